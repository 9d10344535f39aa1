"""Another session document taken than the one that holds for a session, or another one accepted."""

from collections.abc import Callable

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.gallery.implementations.misreading import mixes_up
from runas_properties.implementations import DictService, Failed, Outcome
from runas_properties.implementations.dicts import PREFERENCES, REGION

__all__: list[str] = []

Place = tuple[str, str, str]
Written = tuple[bool | str, str]

ALIKE: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    ("folds-documents", "Ignores case in session documents and takes Ops for ops.", "document", str.lower),
    ("trims-documents", "Ignores white space around session documents.", "document", str.strip),
    (
        "cuts-documents-at-8",
        "Compares only the first 8 characters of session documents.",
        "document",
        lambda id: id[:8],
    ),
    ("cuts-regions", "Takes the Region eu-west-2 for eu-west-1.", "region", lambda id: id.rstrip("0123456789")),
)
for id, title, sort, key in ALIKE:
    law = {"region": "off-means-ssm-user", "document": "a-missing-document-starts-nobody"}[sort]
    fault(id, title, law)(mixes_up(sort, key))


@fault("takes-the-default-region", "Takes the documents of the default Region in all Regions.", "off-means-ssm-user")
class TakesTheDefaultRegion(DictService):
    def place_of(self, instance: str, document: str) -> Place:
        return self.instances[instance][0], REGION, document


@fault(
    "takes-the-region-of-the-first-instance",
    "Takes the documents of the first instance's Region for all.",
    "off-means-ssm-user",
)
class TakesTheRegionOfTheFirstInstance(DictService):
    def place_of(self, instance: str, document: str) -> Place:
        _, _, region = next(iter(self.instances.values()))
        return self.instances[instance][0], region, document


class TakesAnother(DictService):
    """Takes the first document that `fits` where the one that is looked for is not there."""

    def fits(self, wanted: Place, there: Place) -> bool:
        return wanted == there

    def place_of(self, instance: str, document: str) -> Place:
        at = super().place_of(instance, document)
        return at if at in self.documents else next((there for there in self.documents if self.fits(at, there)), at)


@fault("finds-documents-in-any-region", "Finds a document in another Region.", "a-missing-document-starts-nobody")
class FindsDocumentsInAnyRegion(TakesAnother):
    def fits(self, wanted: Place, there: Place) -> bool:
        return (wanted[0], wanted[2]) == (there[0], there[2])


@fault("finds-documents-in-any-account", "Finds a document in another account.", "a-missing-document-starts-nobody")
class FindsDocumentsInAnyAccount(TakesAnother):
    def fits(self, wanted: Place, there: Place) -> bool:
        return wanted[1:] == there[1:]


@fault(
    "joins-keys-of-documents",
    "Joins account, Region and name of a document into one key.",
    "a-missing-document-starts-nobody",
)
class JoinsKeysOfDocuments(TakesAnother):
    def fits(self, wanted: Place, there: Place) -> bool:
        return "".join(wanted) == "".join(there)


@fault(
    "shares-preferences-of-the-default-region",
    "Takes the default Region's preferences where a Region has none.",
    "off-means-ssm-user",
)
class SharesPreferencesOfTheDefaultRegion(TakesAnother):
    def fits(self, wanted: Place, there: Place) -> bool:
        return wanted[2] == PREFERENCES and there == (wanted[0], REGION, PREFERENCES)


@fault(
    "looks-for-documents-in-the-default-region",
    "Looks only in the default Region whether a document exists.",
    "errors-are-true",
)
class LooksForDocumentsInTheDefaultRegion(DictService):
    def has_document(self, instance: str, document: str) -> bool:
        return document == PREFERENCES or (self.instances[instance][0], REGION, document) in self.documents


@fault(
    "falls-back-to-preferences",
    "Takes the preferences where a document does not exist.",
    "a-missing-document-starts-nobody",
)
class FallsBackToPreferences(DictService):
    def has_document(self, instance: str, document: str) -> bool:
        return True

    def place_of(self, instance: str, document: str) -> Place:
        account, region, _ = at = super().place_of(instance, document)
        return at if at in self.documents else (account, region, PREFERENCES)


@fault("falls-back-to-off", "Takes Run As for off where a document does not exist.", "a-missing-document-starts-nobody")
class FallsBackToOff(DictService):
    def has_document(self, instance: str, document: str) -> bool:
        return True


@fault(
    "ignores-documents",
    "Takes the preferences whatever document a session names.",
    "off-means-ssm-user",
)
class IgnoresDocuments(DictService):
    def settings_of(self, instance: str) -> Written:
        return self.documents.get(self.place_of(instance, PREFERENCES), (False, ""))


@fault(
    "takes-the-switch-of-preferences",
    "Takes the switch of the preferences with the default of the document.",
    "off-means-ssm-user",
)
class TakesTheSwitchOfPreferences(IgnoresDocuments):
    def settings_of(self, instance: str) -> Written:
        return super().settings_of(instance)[0], DictService.settings_of(self, instance)[1]


@fault(
    "takes-the-default-of-preferences",
    "Takes the default of the preferences with the switch of the document.",
    "started-as-named",
)
class TakesTheDefaultOfPreferences(DictService):
    def settings_of(self, instance: str) -> Written:
        preferences = self.documents.get(self.place_of(instance, PREFERENCES), (False, ""))
        return super().settings_of(instance)[0], preferences[1]


@fault(
    "borrows-the-default-of-preferences",
    "Takes the default of the preferences where the document names none.",
    "nobody-named-is-refused",
)
class BorrowsTheDefaultOfPreferences(TakesTheDefaultOfPreferences):
    def settings_of(self, instance: str) -> Written:
        own = DictService.settings_of(self, instance)
        return super().settings_of(instance) if self.is_blank(own[1]) else own


@fault(
    "switches-run-as-on-by-either",
    "Takes Run As for on if it is in the document or in the preferences.",
    "off-means-ssm-user",
)
class SwitchesRunAsOnByEither(DictService):
    def is_on(self, instance: str) -> bool:
        return super().is_on(instance) or self.documents.get(self.place_of(instance, PREFERENCES), (False,))[0] is True


class ForDocuments(DictService):
    """Decides otherwise for a session that names a document besides the preferences."""

    def tag_of(self, principal: str) -> str | None:
        return super().tag_of(principal) if self.document == PREFERENCES else self.tag_for(principal)

    def tag_for(self, principal: str) -> str | None:
        return super().tag_of(principal)


@fault(
    "ignores-tags-of-sessions-with-a-document",
    "Ignores tags for sessions that name a document.",
    "tag-serves-the-tagged",
)
class IgnoresTagsOfSessionsWithADocument(ForDocuments):
    def tag_for(self, principal: str) -> str | None:
        return None


@fault(
    "lets-documents-win-over-tags",
    "Starts tagged principals as the default of a document that they name.",
    "tag-serves-the-tagged",
)
class LetsDocumentsWinOverTags(ForDocuments):
    def decide(self, principal: str, instance: str) -> Outcome:
        self.default = self.default_of(instance)
        return super().decide(principal, instance)

    def tag_for(self, principal: str) -> str | None:
        return super().tag_for(principal) if self.default is None else None


@fault(
    "serves-deleted-documents",
    "Takes a deleted document for the sessions that still name it.",
    "a-missing-document-starts-nobody",
)
class ServesDeletedDocuments(Remembers):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        at = account, region, document
        if at in self.documents and document != PREFERENCES:
            self.memory[at] = self.documents[at]
        return super().delete_document(account, document, region)

    def has_document(self, instance: str, document: str) -> bool:
        return super().has_document(instance, document) or self.place_of(instance, document) in self.memory

    def settings_of(self, instance: str) -> Written:
        at = self.place_of(instance, self.document)
        written: Written = (
            self.memory[at] if at in self.memory and at not in self.documents else super().settings_of(instance)
        )
        return written


@fault(
    "caches-documents-by-name",
    "Caches session documents by their name alone.",
    "off-means-ssm-user",
)
class CachesDocumentsByName(Remembers):
    def settings_of(self, instance: str) -> Written:
        own = super().settings_of(instance)
        written: Written = own if self.document == PREFERENCES else self.memory.setdefault(self.document, own)
        return written


@fault(
    "remembers-the-last-document",
    "Takes the document that a principal named last when it names none.",
    "off-means-ssm-user",
)
class RemembersTheLastDocument(Remembers):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        last = self.memory.get(principal)
        if last is not None and instance in self.instances and self.has_document(instance, last):
            more = {"document": last, **more}
        self.memory[principal] = more.get("document")
        return super().start_session(session, principal, instance, **more)


@fault("takes-no-name-for-none", "Takes an empty name of a document for none.", "a-missing-document-starts-nobody")
class TakesNoNameForNone(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        said = {name: value for name, value in more.items() if (name, value) != ("document", "")}
        return super().start_session(session, principal, instance, **said)


@fault("misses-preferences", "Fails to start a session where there are no preferences.", "errors-are-true")
class MissesPreferences(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        if self.place_of(instance, self.document) not in self.documents:
            return Failed("InvalidDocument")
        return super().decide(principal, instance)


@fault(
    "switches-run-as-on-without-preferences",
    "Takes Run As for on where there are no preferences.",
    "off-means-ssm-user",
)
class SwitchesRunAsOnWithoutPreferences(DictService):
    def settings_of(self, instance: str) -> Written:
        return self.documents.get(self.place_of(instance, self.document), (True, ""))


@fault(
    "refuses-without-preferences",
    "Refuses every session where there are no preferences.",
    "off-means-ssm-user",
)
class RefusesWithoutPreferences(DictService):
    def settings_of(self, instance: str) -> Written:
        return self.documents.get(self.place_of(instance, self.document), ("unreadable", ""))
