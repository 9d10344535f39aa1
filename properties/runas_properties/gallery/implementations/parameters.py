"""Parameters of session documents that fill something else, or that are read, kept and remembered wrongly."""

from collections.abc import Callable

from runas_model.specification.readings import Superuser
from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.implementations import DictService, Outcome, Started
from runas_properties.implementations.dicts import PREFERENCES

__all__: list[str] = []

TAGGED = "tag-serves-the-tagged"
UNTAGGED = "default-serves-the-untagged"
NAMED = "started-as-named"
NOBODY = "nobody-named-is-refused"
MISSING = "missing-default-is-refused"
REFUSED = "ssm-user-is-refused-by-name"


@fault("fills-tags-with-parameters", "Fills the Run As tag with the parameter too.", TAGGED)
class FillsTagsWithParameters(DictService):
    def tag_of(self, principal: str) -> str | None:
        tag = super().tag_of(principal)
        return tag if tag is None or self.parameter is None else self.parameter


@fault("lets-parameters-win-over-tags", "Starts tagged principals as the OS user that a parameter names.", TAGGED)
class LetsParametersWinOverTags(DictService):
    def tag_of(self, principal: str) -> str | None:
        return super().tag_of(principal) if self.parameter is None else None


@fault("lets-parameters-win-over-session-tags", "Ignores session tags where a parameter is given.", TAGGED)
class LetsParametersWinOverSessionTags(DictService):
    def tags_that_count(self, principal: str) -> dict[str, str]:
        return super().tags_that_count(principal) if self.parameter is None else self.tags[principal]


class Fills(DictService):
    """Takes the parameter only where it `fills` the default OS user of the document; else that default stays."""

    def fills(self, parameter: str, default: str) -> bool:
        return True

    def default_of(self, instance: str) -> str | None:
        if self.parameter is not None and not self.fills(self.parameter, self.settings_of(instance)[1]):
            self.parameter = None
        return super().default_of(instance)


@fault("ignores-parameters", "Ignores parameters and uses the default of the document.", NAMED)
class IgnoresParameters(Fills):
    def fills(self, parameter: str, default: str) -> bool:
        return False


@fault("fills-only-missing-defaults", "Ignores a parameter where the document names a default OS user.", NAMED)
class FillsOnlyMissingDefaults(Fills):
    def fills(self, parameter: str, default: str) -> bool:
        return self.is_blank(default)


@fault("replaces-only-named-defaults", "Ignores a parameter where the document names no default OS user.", UNTAGGED)
class ReplacesOnlyNamedDefaults(Fills):
    def fills(self, parameter: str, default: str) -> bool:
        return not self.is_blank(default)


@fault("ignores-blank-parameters", "Uses the default of the document where a parameter is blank.", NOBODY)
class IgnoresBlankParameters(Fills):
    def fills(self, parameter: str, default: str) -> bool:
        return not self.is_blank(parameter)


@fault("takes-blank-parameters-as-names", "Treats a blank parameter as a name.", NOBODY)
class TakesBlankParametersAsNames(DictService):
    def default_of(self, instance: str) -> str | None:
        return super().default_of(instance) if self.parameter is None else self.parameter


@fault("names-nobody-without-a-parameter", "Names nobody where a declared parameter is not filled.", UNTAGGED)
class NamesNobodyWithoutAParameter(DictService):
    def default_of(self, instance: str) -> str | None:
        return None if self.parameter is None and self.declares(instance) else super().default_of(instance)


@fault(
    "fills-parameters-from-preferences",
    "Takes the default of the preferences where a declared parameter is not filled.",
    NAMED,
)
class FillsParametersFromPreferences(DictService):
    def default_of(self, instance: str) -> str | None:
        if self.parameter is None and self.declares(instance):
            self.document = PREFERENCES
        return super().default_of(instance)


@fault("switches-run-as-on-by-parameters", "Takes Run As for on where a parameter is given.", "off-means-ssm-user")
class SwitchesRunAsOnByParameters(DictService):
    def is_on(self, instance: str) -> bool:
        return super().is_on(instance) or self.parameter is not None


@fault("starts-ssm-user-by-parameters", "Starts a session as ssm-user where a parameter names it.", REFUSED)
class StartsSsmUserByParameters(DictService):
    def is_ssm_user(self, name: str) -> bool:
        return super().is_ssm_user(name) and name != self.parameter


@fault(
    "starts-superusers-by-parameters",
    "Starts a session as a superuser where a parameter names it.",
    "refused-superusers-never-start",
    superuser=(Superuser.ROOT_REFUSED, Superuser.REFUSED),
)
class StartsSuperusersByParameters(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return super().is_refused_superuser(name, uid, gid) and name != self.parameter


@fault("ignores-existence-by-parameters", "Starts a session as a missing OS user that a parameter names.", MISSING)
class IgnoresExistenceByParameters(DictService):
    def find(self, name: str, instance: str) -> str | None:
        return name if name == self.parameter and not self.is_blank(name) else super().find(name, instance)


@fault(
    "creates-os-users-by-parameters",
    "Creates a missing OS user that a parameter names.",
    "only-off-sessions-create-ssm-user",
)
class CreatesOsUsersByParameters(DictService):
    def find(self, name: str, instance: str) -> str | None:
        if name == self.parameter and not self.is_blank(name):
            self.users[instance].setdefault(name, (3000, 3000))
        return super().find(name, instance)


@fault(
    "lists-parameters-as-os-users",
    "Lists a session under the OS user that a parameter names, whoever it runs as.",
    "sessions-run-as-decided",
)
class ListsParametersAsOsUsers(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        super().begin(session, principal, instance, os_user)
        if self.parameter is not None:
            self.running[session].os_user = self.parameter


def reads_parameters_as(change: Callable[[str], str]) -> type[DictService]:
    """Takes a parameter for what `change` makes of it."""

    class ReadsParametersAs(DictService):
        def default_of(self, instance: str) -> str | None:
            if self.parameter is not None:
                self.parameter = change(self.parameter)
            return super().default_of(instance)

    return ReadsParametersAs


READ: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    ("trims-parameters", "Strips white space around a parameter.", MISSING, str.strip),
    ("folds-parameters", "Reads a parameter in lower case.", MISSING, str.lower),
    ("cuts-parameters-at-8", "Reads only the first 8 characters of a parameter.", UNTAGGED, lambda name: name[:8]),
    (
        "removes-the-braces-of-parameters",
        "Reads the parameter {{ alice }} as alice.",
        UNTAGGED,
        lambda p: p.strip("{ }"),
    ),
)
for id, title, law, change in READ:
    fault(id, title, law)(reads_parameters_as(change))


@fault(
    "remembers-parameters-of-principals",
    "Fills a declared parameter with what its principal gave last, when it gives none.",
    NAMED,
)
class RemembersParametersOfPrincipals(Remembers):
    def decide(self, principal: str, instance: str) -> Outcome:
        if self.parameter is not None:
            self.memory[principal] = self.parameter
        elif self.declares(instance):
            self.parameter = self.memory.get(principal)
        return super().decide(principal, instance)


@fault(
    "remembers-parameters-of-documents",
    "Fills a declared parameter with what was last given with the document, when none is given.",
    NAMED,
)
class RemembersParametersOfDocuments(Remembers):
    def decide(self, principal: str, instance: str) -> Outcome:
        at = self.place_of(instance, self.document)
        if self.parameter is not None:
            self.memory[at] = self.parameter
        elif self.declares(instance):
            self.parameter = self.memory.get(at)
        return super().decide(principal, instance)


@fault(
    "keeps-the-last-parameter",
    "Uses the parameter that was last given where a document declares none.",
    NAMED,
)
class KeepsTheLastParameter(Remembers):
    def decide(self, principal: str, instance: str) -> Outcome:
        if self.parameter is not None:
            self.memory["last"] = self.parameter
        elif not self.declares(instance):
            self.parameter = self.memory.get("last")
        return super().decide(principal, instance)


@fault("keeps-the-first-parameter", "Fills a document with the first parameter that was given with it.", NAMED)
class KeepsTheFirstParameter(Remembers):
    def decide(self, principal: str, instance: str) -> Outcome:
        if self.parameter is not None:
            self.parameter = self.memory.setdefault(self.place_of(instance, self.document), self.parameter)
        return super().decide(principal, instance)


@fault("writes-parameters-into-documents", "Writes a parameter into the document once a session started.", NAMED)
class WritesParametersIntoDocuments(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        if self.parameter is not None:
            self.documents[self.place_of(instance, self.document)] = self.settings_of(instance)[0], self.parameter
        super().begin(session, principal, instance, os_user)


@fault(
    "writes-refused-parameters-into-documents",
    "Writes a parameter into the document where a session is refused.",
    UNTAGGED,
)
class WritesRefusedParametersIntoDocuments(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        outcome = super().decide(principal, instance)
        if self.parameter is not None and not isinstance(outcome, Started):
            self.documents[self.place_of(instance, self.document)] = self.settings_of(instance)[0], self.parameter
        return outcome


@fault(
    "moves-sessions-with-a-parameter",
    "Moves a principal's running sessions to the OS user that a parameter names.",
    "settings-leave-sessions-alone",
)
class MovesSessionsWithAParameter(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        super().begin(session, principal, instance, os_user)
        for running in self.running.values():
            if self.parameter == os_user and running.principal == principal:
                running.os_user = os_user
