"""Parameters of session documents that fill something else in role sessions, or are lost there."""

from runas_model.specification.readings import DEFAULT, BlankTag, Reading
from runas_properties.gallery.implementations.fault import fault
from runas_properties.implementations import DictService, Outcome

__all__: list[str] = []

TAGGED = "tag-serves-the-tagged"
UNTAGGED = "default-serves-the-untagged"


class Chaining(DictService):
    """Keeps from which role session another one came."""

    def __init__(self, reading: Reading = DEFAULT) -> None:
        super().__init__(reading)
        self.sources: dict[str, str] = {}

    def assume(self, role: str, role_session: str, source: str, passed: dict[str, tuple[str, bool]]) -> Outcome:
        if role_session not in self.role_sessions:
            self.sources[role_session] = source
        return super().assume(role, role_session, source, passed)

    def is_chained(self) -> bool:
        """Whether the role session in which a session is requested came from another."""
        return bool(self.sources.get(self.role_session))


class PassesOver(Chaining):
    """Passes over some session tags where a parameter is given."""

    at = ""
    """The instance on which a session is requested."""

    def passes_over(self, value: str, transitive: bool) -> bool:
        """Whether a Run As tag of the role session, of this value, is passed over."""
        return True

    def decide(self, principal: str, instance: str) -> Outcome:
        self.at = instance
        return super().decide(principal, instance)

    def tags_that_count(self, principal: str) -> dict[str, str]:
        passed = self.session_tags()
        key = self.alike(self.tag_key, passed)
        if self.parameter is None or key is None or not self.passes_over(*passed[key]):
            return super().tags_that_count(principal)
        return {}


@fault(
    "lets-parameters-win-over-inherited-tags",
    "Ignores a transitive session tag where a parameter is given.",
    TAGGED,
)
class LetsParametersWinOverInheritedTags(PassesOver):
    def passes_over(self, value: str, transitive: bool) -> bool:
        return transitive


@fault(
    "fills-for-blank-session-tags",
    "Starts the caller as what it fills in where its session tag is blank.",
    "no-fall-through",
    blank_tag=BlankTag.NAMES_NOBODY,
)
class FillsForBlankSessionTags(PassesOver):
    def passes_over(self, value: str, transitive: bool) -> bool:
        return self.is_blank(value)


@fault(
    "fills-for-missing-session-tags",
    "Starts the caller as what it fills in where no OS user has the name in its session tag.",
    "no-fall-through",
)
class FillsForMissingSessionTags(PassesOver):
    def passes_over(self, value: str, transitive: bool) -> bool:
        return not self.is_ssm_user(value) and not self.is_blank(value) and value not in self.users[self.at]


@fault(
    "fills-for-ssm-user-in-session-tags",
    "Starts the caller as what it fills in where its session tag names ssm-user.",
    "started-as-named",
)
class FillsForSsmUserInSessionTags(PassesOver):
    def passes_over(self, value: str, transitive: bool) -> bool:
        return self.is_ssm_user(value)


@fault(
    "lets-parameters-win-in-chained-role-sessions",
    "Ignores session tags in a chained role session where a parameter is given.",
    TAGGED,
)
class LetsParametersWinInChainedRoleSessions(PassesOver):
    def passes_over(self, value: str, transitive: bool) -> bool:
        return self.is_chained()


@fault(
    "removes-session-tags-by-empty-parameters",
    "Ignores session tags where an empty parameter is given.",
    TAGGED,
)
class RemovesSessionTagsByEmptyParameters(PassesOver):
    def passes_over(self, value: str, transitive: bool) -> bool:
        return self.parameter == ""


class Loses(Chaining):
    """Loses the parameter of some requests, so that the document's own default OS user counts."""

    def loses(self) -> bool:
        """Whether the parameter of this request is lost."""
        return True

    def decide(self, principal: str, instance: str) -> Outcome:
        if self.loses():
            self.parameter = None
        return super().decide(principal, instance)


@fault(
    "ignores-parameters-in-chained-role-sessions",
    "Ignores parameters that are given in a chained role session.",
    UNTAGGED,
)
class IgnoresParametersInChainedRoleSessions(Loses):
    def loses(self) -> bool:
        return self.is_chained()


@fault(
    "ignores-parameters-beside-other-session-tags",
    "Ignores parameters that are given in a role session which has session tags with other keys alone.",
    UNTAGGED,
)
class IgnoresParametersBesideOtherSessionTags(Loses):
    def loses(self) -> bool:
        passed = self.session_tags()
        return bool(passed) and self.alike(self.tag_key, passed) is None


@fault(
    "hands-parameters-on-in-a-chain",
    "Takes the parameter that was given in the role session from which a chained one came, where none is given.",
    UNTAGGED,
)
class HandsParametersOnInAChain(Chaining):
    def __init__(self, reading: Reading = DEFAULT) -> None:
        super().__init__(reading)
        self.given: dict[str, str] = {}

    def decide(self, principal: str, instance: str) -> Outcome:
        if self.parameter is not None:
            self.given[self.role_session] = self.parameter
        elif self.is_chained() and self.declares(instance):
            self.parameter = self.given.get(self.sources[self.role_session])
        return super().decide(principal, instance)
