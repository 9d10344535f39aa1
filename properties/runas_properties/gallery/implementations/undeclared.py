"""Parameters that are taken where a session document declares none, or missed where it declares one."""

from runas_properties.gallery.implementations.failing import UsesIdsUp
from runas_properties.gallery.implementations.fault import fault
from runas_properties.implementations import DictService, Failed, Outcome, Refused
from runas_properties.implementations.dicts import PREFERENCES

__all__: list[str] = []

Place = tuple[str, str, str]

UNDECLARED = "an-undeclared-parameter-starts-nobody"
ERRORS = "errors-are-true"


@fault("fills-undeclared-parameters", "Takes a parameter for the default of a document that declares none.", UNDECLARED)
class FillsUndeclaredParameters(DictService):
    def declares(self, instance: str) -> bool:
        return True


@fault("ignores-undeclared-parameters", "Ignores a parameter that the document does not declare.", UNDECLARED)
class IgnoresUndeclaredParameters(FillsUndeclaredParameters):
    def default_of(self, instance: str) -> str | None:
        if not DictService.declares(self, instance):
            self.parameter = None
        return super().default_of(instance)


@fault(
    "refuses-undeclared-parameters",
    "Refuses a session with an undeclared parameter instead of failing.",
    "accepted-if-no-error-is-true",
)
class RefusesUndeclaredParameters(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        outcome = super().start_session(session, principal, instance, **more)
        return Refused() if outcome == Failed("InvalidParameters") else outcome


@fault("uses-ids-for-undeclared-parameters", "Uses up the id of a session that gives an undeclared parameter.", ERRORS)
class UsesIdsForUndeclaredParameters(UsesIdsUp):
    by = (Failed("InvalidParameters"),)


@fault("takes-no-value-for-none", "Takes an empty parameter for none.", UNDECLARED)
class TakesNoValueForNone(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        said = {name: value for name, value in more.items() if (name, value) != ("parameter", "")}
        return super().start_session(session, principal, instance, **said)


@fault("takes-the-default-for-none", "Takes a parameter for none that is the default of the document.", UNDECLARED)
class TakesTheDefaultForNone(DictService):
    def declares(self, instance: str) -> bool:
        return super().declares(instance) or self.given == self.settings_of(instance)[1]

    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        self.given = more.get("parameter")
        return super().start_session(session, principal, instance, **more)


@fault("wants-parameters-to-be-filled", "Fails to start a session that does not fill a declared parameter.", ERRORS)
class WantsParametersToBeFilled(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        if self.parameter is None and self.declares(instance):
            return Failed("InvalidParameters")
        return super().decide(principal, instance)


@fault(
    "wants-parameters-to-be-needed",
    "Fails to start a session that gives a parameter where Run As is off.",
    ERRORS,
)
class WantsParametersToBeNeeded(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        if self.parameter is not None and self.settings_of(instance)[0] is False:
            return Failed("InvalidParameters")
        return super().decide(principal, instance)


@fault(
    "starts-across-accounts-with-a-parameter",
    "Lets a principal that fills a parameter start sessions in other accounts.",
    "same-account",
)
class StartsAcrossAccountsWithAParameter(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        self.given = "parameter" in more
        return super().start_session(session, principal, instance, **more)

    def is_elsewhere(self, principal: str, instance: str) -> bool:
        return super().is_elsewhere(principal, instance) and not self.given


class Finds(DictService):
    """Takes a parameter where another document that `fits` declares one."""

    def fits(self, wanted: Place, there: Place) -> bool:
        return wanted == there

    def declares(self, instance: str) -> bool:
        wanted = self.place_of(instance, self.document)
        return any(self.fits(wanted, there) for there in self.declaring)


@fault(
    "takes-parameters-of-other-documents",
    "Takes a parameter that another document of the account and Region declares.",
    UNDECLARED,
)
class TakesParametersOfOtherDocuments(Finds):
    def fits(self, wanted: Place, there: Place) -> bool:
        return wanted[:2] == there[:2]


@fault(
    "takes-parameters-of-preferences",
    "Takes a parameter for a document where the preferences declare one.",
    UNDECLARED,
)
class TakesParametersOfPreferences(Finds):
    def fits(self, wanted: Place, there: Place) -> bool:
        return there in (wanted, (*wanted[:2], PREFERENCES))


@fault(
    "declares-for-all-regions",
    "Takes a parameter that a document of the same name declares in another Region.",
    UNDECLARED,
)
class DeclaresForAllRegions(Finds):
    def fits(self, wanted: Place, there: Place) -> bool:
        return (wanted[0], wanted[2]) == (there[0], there[2])


@fault(
    "declares-for-all-accounts",
    "Takes a parameter that a document of the same name declares in another account.",
    UNDECLARED,
)
class DeclaresForAllAccounts(Finds):
    def fits(self, wanted: Place, there: Place) -> bool:
        return wanted[1:] == there[1:]


@fault("misses-parameters-of-preferences", "Misses a parameter that the preferences declare.", ERRORS)
class MissesParametersOfPreferences(DictService):
    def declares(self, instance: str) -> bool:
        return self.document != PREFERENCES and super().declares(instance)


@fault("misses-parameters-where-run-as-is-off", "Misses a parameter that a document with Run As off declares.", ERRORS)
class MissesParametersWhereRunAsIsOff(DictService):
    def declares(self, instance: str) -> bool:
        return self.is_on(instance) and super().declares(instance)


@fault("uses-parameters-up", "Forgets that a document declares a parameter once a session filled it.", ERRORS)
class UsesParametersUp(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        if self.parameter is not None:
            self.declaring.discard(self.place_of(instance, self.document))
        super().begin(session, principal, instance, os_user)
