"""Targets for the tests of the kit and its commands, of which it is known what is wrong with them."""

from collections.abc import Callable
from typing import Any

from runas_model import AGENT, DEFAULT, decide
from runas_model.specification.nouns import Noun
from runas_model.specification.vocabulary import Reason
from runas_properties.conformance.protocol.cases import situation_asked
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.implementations import Arguments, DictService, Outcome


def _faulty(fault: str) -> Any:
    from runas_properties.gallery.implementations import FAULTS  # which takes as long to import as all the rest

    return FAULTS[fault].make(AGENT)


def correct() -> Stepwise:
    return Stepwise(DictService(AGENT))


def offering() -> Stepwise:
    return Stepwise(DictService(AGENT), tuple(Noun))


def unaware() -> Stepwise:
    """Offers role sessions, and looks at no tags but those of the role."""
    return Stepwise(_Unaware(AGENT), (Noun.ROLES,))


class _Unaware(DictService):
    def apply(self, operation: str, arguments: Arguments) -> Outcome:
        return super().apply(operation, {**arguments, **({"key": "Team"} if "transitive" in arguments else {})})


def unaware_of_parameters() -> Stepwise:
    """Offers documents and parameters, and passes on no parameter."""
    return Stepwise(_WithoutParameters(AGENT), (Noun.DOCUMENTS, Noun.PARAMETERS))


class _WithoutParameters(DictService):
    def apply(self, operation: str, arguments: Arguments) -> Outcome:
        return super().apply(operation, {name: value for name, value in arguments.items() if name != "parameter"})


def overstating() -> Stepwise:
    """Offers session documents, and takes no such operation, nor one of role sessions."""
    return Stepwise(_Without(AGENT), (Noun.DOCUMENTS,))


class _Without(DictService):
    def apply(self, operation: str, arguments: Arguments) -> Outcome:
        if operation.endswith(("_document", "_role", "_role_session", "_role_with_tag")):
            raise ValueError(f"unknown operation {operation}")
        return super().apply(operation, arguments)


def caching() -> Stepwise:
    return Stepwise(_faulty("caches-decisions"))


def forgetful() -> Stepwise:
    """Wrong only in what generated cases find soon."""
    return Stepwise(_faulty("terminates-the-oldest"))


def decision() -> Callable[[Any], str | None]:
    return lambda asked: decide(situation_asked(asked), AGENT).os_user


def declaring() -> Callable[[Any], str | None]:
    def decides(asked: Any) -> str | None:
        return decide(situation_asked(asked), AGENT).os_user

    decides.reading = DEFAULT  # type: ignore[attr-defined]
    return decides


def mixing() -> Callable[[Any], str | None]:
    """Refuses superusers that a tag names, and serves those that the preferences name."""

    def decides(asked: Any) -> str | None:
        s = situation_asked(asked)
        return decide(s, AGENT if s.tagged and not s.tag_blank else DEFAULT).os_user

    return decides


def trimming() -> Callable[[Any], str | None]:
    def decides(asked: Any) -> str | None:
        tag = asked["tag"]
        return decide(situation_asked({**asked, "tag": tag if tag is None else tag.strip()}), AGENT).os_user

    return decides


def truthy() -> Callable[[Any], str | None]:
    """Takes the switch for on unless it is false."""
    return lambda asked: (
        decide(situation_asked({**asked, "run_as_enabled": bool(asked["run_as_enabled"])}), AGENT).os_user
    )


def only_true() -> Callable[[Any], str | None]:
    """Takes the switch for off unless it is true."""
    return lambda asked: (
        decide(situation_asked({**asked, "run_as_enabled": asked["run_as_enabled"] is True}), AGENT).os_user
    )


def swapped() -> Callable[[Any], str | None]:
    return lambda asked: (
        decide(situation_asked({**asked, "tag": asked["default_user"], "default_user": asked["tag"]}), AGENT).os_user
    )


def misspelling() -> Callable[[Any], Any]:
    """Right, but for the spelling of a reason."""

    def decides(asked: Any) -> Any:
        d = decide(situation_asked(asked), AGENT)
        if d.reason is Reason.OS_USER_MISSING:
            return {"refused": "os_user_missing"}
        return d.os_user

    return decides


def misspelling_errors() -> Any:
    class Misspelling(Stepwise):
        def apply(self, step: Any) -> Any:
            result = super().apply(step)
            return {"failed": "unknown principal"} if result.failed == "UnknownPrincipal" else result

    return Misspelling(DictService(AGENT))


def skipping() -> Callable[[Any], Any]:
    def decides(asked: Any) -> Any:
        if asked["platform"] == "macos":
            return {"skipped": "no macOS here", "issue": "https://example.org/issues/1"}
        return decide(situation_asked(asked), AGENT).os_user

    return decides


def skipping_all() -> Callable[[Any], Any]:
    return lambda asked: {"skipped": "not yet", "issue": "https://example.org/issues/2"}


def constant() -> Callable[[Any], str]:
    return lambda asked: "ssm-user"


class Counting:
    """Answers the first case and no other: something stays from one case to the next."""

    asked = 0


def remembering() -> Callable[[Any], str | None]:
    counting = Counting()

    def decides(asked: Any) -> str | None:
        counting.asked += 1
        return decide(situation_asked(asked), AGENT).os_user if counting.asked < 7 else None

    return decides


def folding() -> Stepwise:
    return Stepwise(_faulty("folds-case"))
