"""Session documents, and the Regions of instances, written, kept and deleted wrongly."""

from runas_properties.gallery.implementations.failing import UsesIdsUp
from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.implementations import DictService, Done, Failed, Outcome, Refused
from runas_properties.implementations.dicts import PREFERENCES, REGION

__all__: list[str] = []


@fault("writes-documents-over-preferences", "Writes each session document over the preferences too.", "never-ssm-user")
class WritesDocumentsOverPreferences(DictService):
    def put_document(
        self,
        account: str,
        document: str,
        run_as_enabled: bool | str,
        default_user: str,
        region: str = REGION,
        declares_parameter: bool = False,
    ) -> Outcome:
        self.documents[account, region, PREFERENCES] = (run_as_enabled, default_user)
        return super().put_document(account, document, run_as_enabled, default_user, region, declares_parameter)


@fault("writes-preferences-over-documents", "Writes new preferences over the other documents too.", "never-ssm-user")
class WritesPreferencesOverDocuments(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        for at in [at for at in self.documents if at[:2] == (account, region)]:
            self.documents[at] = (run_as_enabled, default_user)
        return super().update_preferences(account, run_as_enabled, default_user, region)


class Updates(DictService):
    """Writes something else where a session document besides the preferences is updated."""

    def put_document(
        self,
        account: str,
        document: str,
        run_as_enabled: bool | str,
        default_user: str,
        region: str = REGION,
        declares_parameter: bool = False,
    ) -> Outcome:
        before = self.documents.get((account, region, document))
        if document == PREFERENCES or before is None:
            return super().put_document(account, document, run_as_enabled, default_user, region, declares_parameter)
        return self.update((account, region, document), before, (run_as_enabled, default_user))

    def update(
        self, at: tuple[str, str, str], before: tuple[bool | str, str], asked: tuple[bool | str, str]
    ) -> Outcome:
        """Replace what the document said before by what it is asked to say."""
        self.documents[at] = asked
        return Done()


@fault("keeps-the-default-of-a-document", "Keeps the old default OS user of an updated document.", "started-as-named")
class KeepsTheDefaultOfADocument(Updates):
    def update(
        self, at: tuple[str, str, str], before: tuple[bool | str, str], asked: tuple[bool | str, str]
    ) -> Outcome:
        return super().update(at, before, (asked[0], before[1]))


@fault("keeps-the-switch-of-a-document", "Keeps the old switch of an updated document.", "unreadable-refuses-everybody")
class KeepsTheSwitchOfADocument(Updates):
    def update(
        self, at: tuple[str, str, str], before: tuple[bool | str, str], asked: tuple[bool | str, str]
    ) -> Outcome:
        return super().update(at, before, (before[0], asked[1]))


@fault("updates-no-document", "Fails to write a session document that exists.", "errors-are-true")
class UpdatesNoDocument(Updates):
    def update(
        self, at: tuple[str, str, str], before: tuple[bool | str, str], asked: tuple[bool | str, str]
    ) -> Outcome:
        return Failed("InvalidDocument")


@fault(
    "moves-sessions-with-a-document",
    "Moves running sessions to the default OS user of an updated document.",
    "settings-leave-sessions-alone",
)
class MovesSessionsWithADocument(Updates):
    def update(
        self, at: tuple[str, str, str], before: tuple[bool | str, str], asked: tuple[bool | str, str]
    ) -> Outcome:
        for running in self.running.values():
            if self.place_of(running.instance, at[2]) == at and running.os_user == before[1]:
                running.os_user = asked[1]
        return super().update(at, before, asked)


@fault(
    "deletes-what-is-missing",
    "Reports success for a deleted document that was not there.",
    "accepted-if-no-error-is-true",
)
class DeletesWhatIsMissing(DictService):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        super().delete_document(account, document, region)
        return Done()


@fault("protects-preferences", "Fails to delete the preferences.", "errors-are-true")
class ProtectsPreferences(DictService):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        if document == PREFERENCES:
            return Failed("InvalidDocument")
        return super().delete_document(account, document, region)


@fault(
    "leaves-deleted-preferences",
    "Leaves the preferences as they are when they are deleted.",
    "off-means-ssm-user",
)
class LeavesDeletedPreferences(DictService):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        if document == PREFERENCES and (account, region, document) in self.documents:
            return Done()
        return super().delete_document(account, document, region)


@fault("deletes-preferences-too", "Deletes the preferences with any session document.", "never-ssm-user")
class DeletesPreferencesToo(DictService):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        outcome = super().delete_document(account, document, region)
        if outcome == Done():
            self.documents.pop((account, region, PREFERENCES), None)
        return outcome


@fault("deletes-in-all-regions", "Deletes a session document in all Regions.", "never-ssm-user")
class DeletesInAllRegions(DictService):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        outcome = super().delete_document(account, document, region)
        if outcome == Done():
            for at in [at for at in self.documents if (at[0], at[2]) == (account, document)]:
                del self.documents[at]
        return outcome


@fault("deletes-in-all-accounts", "Deletes a session document in all accounts.", "errors-are-true")
class DeletesInAllAccounts(DictService):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        outcome = super().delete_document(account, document, region)
        if outcome == Done():
            for at in [at for at in self.documents if at[1:] == (region, document)]:
                del self.documents[at]
        return outcome


@fault(
    "ends-sessions-with-a-document",
    "Ends the sessions of its account and Region with a deleted document.",
    "settings-leave-sessions-alone",
)
class EndsSessionsWithADocument(DictService):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        outcome = super().delete_document(account, document, region)
        if outcome == Done():
            at = account, region, document
            self.running = {id: run for id, run in self.running.items() if self.place_of(run.instance, document) != at}
        return outcome


@fault(
    "brings-documents-back",
    "Gives a document that is created again what it said when it was deleted.",
    "started-as-named",
)
class BringsDocumentsBack(Remembers):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        at = account, region, document
        if at in self.documents:
            self.memory[at] = self.documents[at]
        return super().delete_document(account, document, region)

    def put_document(
        self,
        account: str,
        document: str,
        run_as_enabled: bool | str,
        default_user: str,
        region: str = REGION,
        declares_parameter: bool = False,
    ) -> Outcome:
        asked = run_as_enabled, default_user
        run_as_enabled, default_user = self.memory.pop((account, region, document), asked)
        return super().put_document(account, document, run_as_enabled, default_user, region, declares_parameter)


@fault(
    "forgets-documents-with-the-last-instance",
    "Forgets the documents of an account in a Region with its last instance there.",
    "never-ssm-user",
)
class ForgetsDocumentsWithTheLastInstance(DictService):
    def deregister_instance(self, instance: str) -> Outcome:
        place = self.place_of(instance, "")[:2] if instance in self.instances else ("", "")
        outcome = super().deregister_instance(instance)
        if place not in [self.place_of(other, "")[:2] for other in self.instances]:
            self.documents = {at: written for at, written in self.documents.items() if at[:2] != place}
        return outcome


@fault(
    "writes-the-named-document-over-preferences",
    "Writes the document that a session names over the preferences.",
    "never-ssm-user",
)
class WritesTheNamedDocumentOverPreferences(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        if self.document != PREFERENCES:
            self.documents[self.place_of(instance, PREFERENCES)] = self.settings_of(instance)
        super().begin(session, principal, instance, os_user)


@fault("uses-documents-up", "Deletes a session document once a session has named it.", "errors-are-true")
class UsesDocumentsUp(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        if self.document != PREFERENCES:
            del self.documents[self.place_of(instance, self.document)]
        super().begin(session, principal, instance, os_user)


@fault(
    "writes-documents-in-the-default-region", "Writes all session documents in the default Region.", "never-ssm-user"
)
class WritesDocumentsInTheDefaultRegion(DictService):
    def put_document(
        self,
        account: str,
        document: str,
        run_as_enabled: bool | str,
        default_user: str,
        region: str = REGION,
        declares_parameter: bool = False,
    ) -> Outcome:
        return super().put_document(account, document, run_as_enabled, default_user, REGION, declares_parameter)


@fault("registers-in-the-default-region", "Records every instance in the default Region.", "never-ssm-user")
class RegistersInTheDefaultRegion(DictService):
    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        return super().register_instance(instance, account, platform)


@fault(
    "keeps-the-first-region",
    "Keeps an instance in its Region when it is registered again in another.",
    "off-means-ssm-user",
)
class KeepsTheFirstRegion(Remembers):
    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        return super().register_instance(instance, account, platform, self.memory.setdefault(instance, region))


@fault(
    "changes-the-region-of-what-exists",
    "Changes the Region of an instance when asked to register it again.",
    "never-ssm-user",
)
class ChangesTheRegionOfWhatExists(DictService):
    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        outcome = super().register_instance(instance, account, platform, region)
        self.instances[instance] = (*self.instances[instance][:2], region)
        return outcome


@fault(
    "uses-ids-for-unknown-documents", "Uses up the session id of a request with an unknown document.", "errors-are-true"
)
class UsesIdsForUnknownDocuments(UsesIdsUp):
    by = (Failed("InvalidDocument"),)


class Unknown(DictService):
    """Answers something else to a session that names a document which does not exist."""

    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        outcome = super().start_session(session, principal, instance, **more)
        return self.answer(instance, more["document"]) if outcome == Failed("InvalidDocument") else outcome

    def answer(self, instance: str, document: str) -> Outcome:
        return Failed("InvalidDocument")


@fault(
    "refuses-unknown-documents",
    "Refuses a session with an unknown document instead of failing.",
    "accepted-if-no-error-is-true",
)
class RefusesUnknownDocuments(Unknown):
    def answer(self, instance: str, document: str) -> Outcome:
        return Refused()


@fault(
    "creates-unknown-documents",
    "Creates a document that a session names in vain, with Run As off.",
    "accepted-if-no-error-is-true",
)
class CreatesUnknownDocuments(Unknown):
    def answer(self, instance: str, document: str) -> Outcome:
        self.documents[self.place_of(instance, document)] = (False, "")
        return super().answer(instance, document)
