"""Session documents written, kept and deleted wrongly."""

from runas_properties.gallery.implementations.failing import UsesIdsUp
from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.implementations import DictService, Done, Failed, Outcome, Refused
from runas_properties.implementations.dicts import PREFERENCES, REGION

__all__: list[str] = []

Place = tuple[str, str, str]
Written = tuple[bool | str, str]


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
        for written in (PREFERENCES, document):
            super().put_document(account, written, run_as_enabled, default_user, region, declares_parameter)
        return Done()


@fault("writes-preferences-over-documents", "Writes new preferences over the other documents too.", "never-ssm-user")
class WritesPreferencesOverDocuments(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        for _, _, document in [at for at in self.documents if at[:2] == (account, region)]:
            self.put_document(account, document, run_as_enabled, default_user, region)
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
        before, asked = self.documents.get((account, region, document)), (run_as_enabled, default_user)
        if document != PREFERENCES and before is not None:
            told = self.updated((account, region, document), before, asked)
            if told is None:
                return Failed("InvalidDocument")
            asked = told
        return super().put_document(account, document, *asked, region, declares_parameter)

    def updated(self, at: Place, before: Written, asked: Written) -> Written | None:
        """What the document says then of switch and default OS user; None if it cannot be updated."""
        return asked


@fault("keeps-the-default-of-a-document", "Keeps the old default OS user of an updated document.", "started-as-named")
class KeepsTheDefaultOfADocument(Updates):
    def updated(self, at: Place, before: Written, asked: Written) -> Written | None:
        return asked[0], before[1]


@fault("keeps-the-switch-of-a-document", "Keeps the old switch of an updated document.", "unreadable-refuses-everybody")
class KeepsTheSwitchOfADocument(Updates):
    def updated(self, at: Place, before: Written, asked: Written) -> Written | None:
        return before[0], asked[1]


@fault("updates-no-document", "Fails to write a session document that exists.", "errors-are-true")
class UpdatesNoDocument(Updates):
    def updated(self, at: Place, before: Written, asked: Written) -> Written | None:
        return None


@fault(
    "moves-sessions-with-a-document",
    "Moves running sessions to the default OS user of an updated document.",
    "settings-leave-sessions-alone",
)
class MovesSessionsWithADocument(Updates):
    def updated(self, at: Place, before: Written, asked: Written) -> Written | None:
        for running in self.running.values():
            if self.place_of(running.instance, at[2]) == at and running.os_user == before[1]:
                running.os_user = asked[1]
        return asked


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
            super().delete_document(account, PREFERENCES, region)
        return outcome


@fault("deletes-in-all-regions", "Deletes a session document in all Regions.", "never-ssm-user")
class DeletesInAllRegions(DictService):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        outcome = super().delete_document(account, document, region)
        if outcome == Done():
            for _, other, _ in [at for at in self.documents if (at[0], at[2]) == (account, document)]:
                super().delete_document(account, document, other)
        return outcome


@fault("deletes-in-all-accounts", "Deletes a session document in all accounts.", "errors-are-true")
class DeletesInAllAccounts(DictService):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        outcome = super().delete_document(account, document, region)
        if outcome == Done():
            for other, _, _ in [at for at in self.documents if at[1:] == (region, document)]:
                super().delete_document(other, document, region)
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
            for account, region, document in [at for at in self.documents if at[:2] == place]:
                self.delete_document(account, document, region)
        return outcome


@fault(
    "writes-the-named-document-over-preferences",
    "Writes the document that a session names over the preferences.",
    "never-ssm-user",
)
class WritesTheNamedDocumentOverPreferences(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        if self.document != PREFERENCES:
            account, region, _ = self.place_of(instance, PREFERENCES)
            declares = self.declares(instance)
            self.put_document(account, PREFERENCES, *self.settings_of(instance), region, declares)
        super().begin(session, principal, instance, os_user)


@fault("uses-documents-up", "Deletes a session document once a session has named it.", "errors-are-true")
class UsesDocumentsUp(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        if self.document != PREFERENCES:
            account, region, document = self.place_of(instance, self.document)
            self.delete_document(account, document, region)
        super().begin(session, principal, instance, os_user)


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
