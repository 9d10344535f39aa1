"""Session documents that declare a parameter, written wrongly."""

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.implementations import DictService, Failed, Outcome
from runas_properties.implementations.dicts import PREFERENCES, REGION

__all__: list[str] = []

UNDECLARED = "an-undeclared-parameter-starts-nobody"
ERRORS = "errors-are-true"


class Records(Remembers):
    """Records that a document declares a parameter, or that it does not, as is `recorded` of what it is to say."""

    def recorded(self, at: tuple[str, str, str], declares: bool) -> bool:
        return declares

    def put_document(
        self,
        account: str,
        document: str,
        run_as_enabled: bool | str,
        default_user: str,
        region: str = REGION,
        declares_parameter: bool = False,
    ) -> Outcome:
        recorded = self.recorded((account, region, document), declares_parameter)
        return super().put_document(account, document, run_as_enabled, default_user, region, recorded)


@fault("declares-always", "Records of every session document that it declares a parameter.", UNDECLARED)
class DeclaresAlways(Records):
    def recorded(self, at: tuple[str, str, str], declares: bool) -> bool:
        return True


@fault("declares-never", "Records of no session document that it declares a parameter.", ERRORS)
class DeclaresNever(Records):
    def recorded(self, at: tuple[str, str, str], declares: bool) -> bool:
        return False


@fault("keeps-declaring", "Keeps a document declaring a parameter when it is updated without one.", UNDECLARED)
class KeepsDeclaring(Records):
    def recorded(self, at: tuple[str, str, str], declares: bool) -> bool:
        return declares or at in self.declaring


@fault("declares-at-first-alone", "Misses a parameter that a document declares when it is updated.", ERRORS)
class DeclaresAtFirstAlone(Records):
    def recorded(self, at: tuple[str, str, str], declares: bool) -> bool:
        return declares and (at not in self.documents or at in self.declaring)


@fault("forgets-to-declare", "Forgets that a document declares a parameter when it is updated.", ERRORS)
class ForgetsToDeclare(Records):
    def recorded(self, at: tuple[str, str, str], declares: bool) -> bool:
        return declares and at not in self.declaring


@fault(
    "brings-parameters-back",
    "Declares the parameter of a deleted document when it is created again without one.",
    UNDECLARED,
)
class BringsParametersBack(Records):
    def recorded(self, at: tuple[str, str, str], declares: bool) -> bool:
        return declares or bool(self.memory.pop(at, False))

    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        self.memory[account, region, document] = (account, region, document) in self.declaring
        return super().delete_document(account, document, region)


@fault(
    "keeps-preferences-declaring",
    "Keeps the preferences declaring a parameter when they are set.",
    UNDECLARED,
)
class KeepsPreferencesDeclaring(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        declares = (account, region, PREFERENCES) in self.declaring
        return self.put_document(account, PREFERENCES, run_as_enabled, default_user, region, declares)


class Declaring(DictService):
    """Writes something else where a session document declares a parameter."""

    def put_document(
        self,
        account: str,
        document: str,
        run_as_enabled: bool | str,
        default_user: str,
        region: str = REGION,
        declares_parameter: bool = False,
    ) -> Outcome:
        asked = account, document, run_as_enabled, default_user, region, declares_parameter
        return self.declare(*asked[:-1]) if declares_parameter else super().put_document(*asked)

    def declare(
        self, account: str, document: str, run_as_enabled: bool | str, default_user: str, region: str
    ) -> Outcome:
        return super().put_document(account, document, run_as_enabled, default_user, region, True)


@fault("declares-nothing-in-preferences", "Fails to write preferences that declare a parameter.", ERRORS)
class DeclaresNothingInPreferences(Declaring):
    def declare(
        self, account: str, document: str, run_as_enabled: bool | str, default_user: str, region: str
    ) -> Outcome:
        if document == PREFERENCES:
            return Failed("InvalidDocument")
        return super().declare(account, document, run_as_enabled, default_user, region)


@fault(
    "drops-the-default-of-a-parameter",
    "Drops the default OS user of a document that declares a parameter.",
    "default-serves-the-untagged",
)
class DropsTheDefaultOfAParameter(Declaring):
    def declare(
        self, account: str, document: str, run_as_enabled: bool | str, default_user: str, region: str
    ) -> Outcome:
        return super().declare(account, document, run_as_enabled, "", region)


@fault(
    "switches-run-as-on-with-a-parameter",
    "Switches Run As on in a document that declares a parameter.",
    "off-means-ssm-user",
)
class SwitchesRunAsOnWithAParameter(Declaring):
    def declare(
        self, account: str, document: str, run_as_enabled: bool | str, default_user: str, region: str
    ) -> Outcome:
        return super().declare(account, document, run_as_enabled or True, default_user, region)


@fault("declares-in-the-default-region", "Writes documents that declare a parameter in the default Region.", ERRORS)
class DeclaresInTheDefaultRegion(Declaring):
    def declare(
        self, account: str, document: str, run_as_enabled: bool | str, default_user: str, region: str
    ) -> Outcome:
        return super().declare(account, document, run_as_enabled, default_user, REGION)
