"""What an implementation answers to a step, what the specification accepts, and whether the one is the other."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

from runas_model.doors import read
from runas_model.specification.errors import ERRORS
from runas_model.specification.vocabulary import Reason
from runas_properties.implementations import Done, Failed, Outcome, Refused, Started

__all__ = ["Accepted", "Result", "accepts", "result_of"]

REASONS = frozenset(reason.value for reason in Reason)
ERROR_NAMES = frozenset(error.__name__ for error in ERRORS)


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to one step: exactly one of these members, except that `issue` accompanies `skipped`.

    `started_as` is the OS user of a session that started; `refused` is the reason for refusing one, or null; `done` is
    true for an operation that succeeded; `failed` is the name of an operation's error, or null; `sessions` has the OS
    user of each running session; `os_users` has the names on an instance; `skipped` says why the implementation does
    not support the step, with the URL of an `issue`; `errored` says what went wrong if there is no answer.
    """

    started_as: str | UnsetType = UNSET
    refused: str | UnsetType | None = UNSET
    done: bool | UnsetType = UNSET
    failed: str | UnsetType | None = UNSET
    sessions: dict[str, str] | UnsetType = UNSET
    os_users: list[str] | UnsetType = UNSET
    skipped: str | UnsetType = UNSET
    errored: str | UnsetType = UNSET
    issue: str | UnsetType = UNSET

    def __post_init__(self) -> None:
        if _members(self).count(UNSET) != len(KINDS) - 1:
            given = [kind for kind in KINDS if getattr(self, kind) is not UNSET]
            found = f"this one has {' and '.join(given)}" if given else "this one has none"
            raise ValueError(f"a result must have exactly one of {', '.join(KINDS)}; {found}")
        if self.done is False:
            raise ValueError("done must be true; an operation that failed has the member failed")
        if self.skipped is not UNSET and not (self.skipped and self.issue):
            raise ValueError("skipped needs a message and the URL of an issue")
        if self.skipped is UNSET and self.issue is not UNSET:
            raise ValueError("issue is allowed only together with skipped")

    @property
    def kind(self) -> str:
        """Which of them it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not UNSET)

    def __str__(self) -> str:
        return _in_words(self.kind, getattr(self, self.kind))


KINDS = tuple(name for name in Result.__struct_fields__ if name != "issue")
_members = attrgetter(*KINDS)


class Accepted(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The accepted answer to one step: exactly one of these members.

    A refusal may give this reason or none; a failure may name any of these errors or none.
    """

    started_as: str | UnsetType = UNSET
    refused: str | UnsetType = UNSET
    done: bool | UnsetType = UNSET
    failed: tuple[str, ...] | UnsetType = UNSET
    sessions: dict[str, str] | UnsetType = UNSET
    os_users: tuple[str, ...] | UnsetType = UNSET

    @property
    def problem(self) -> str:
        """What is wrong with it, where it was not made here; blank if nothing is."""
        given = [kind for kind in self.__struct_fields__ if getattr(self, kind) is not UNSET]
        if len(given) != 1 or self.done is False:
            return f"must have exactly one of {', '.join(self.__struct_fields__)}; done is true where it is there"
        unknown = [self.refused] if isinstance(self.refused, str) and self.refused not in REASONS else []
        unknown += [error for error in self.failed or () if error not in ERROR_NAMES]
        return f"there is no reason and no error {unknown[0]!r:.80}" if unknown else ""

    @property
    def kind(self) -> str:
        """Which of them it is."""
        return next(kind for kind in self.__struct_fields__ if getattr(self, kind) is not UNSET)

    def __str__(self) -> str:
        return _in_words(self.kind, getattr(self, self.kind))


def accepts(accepted: Accepted, got: Result) -> bool:
    """Whether an answer is one that the specification accepts.

    A reason or an error in words of the implementation's own counts as none: only the specification's are compared.
    Raises TypeError for what is no answer.
    """
    if type(accepted) is not Accepted or type(got) is not Result:  # asked a million times in a test of the kit
        accepted, got = read(Accepted, accepted, "accepted"), read(Result, got, "got")
    if accepted.started_as is not UNSET:
        return got.started_as == accepted.started_as
    if accepted.refused is not UNSET:
        return got.refused is not UNSET and (got.refused == accepted.refused or got.refused not in REASONS)
    if accepted.done is not UNSET:
        return got.done is True
    if accepted.failed is not UNSET:
        return got.failed is not UNSET and (got.failed in accepted.failed or got.failed not in ERROR_NAMES)
    if accepted.sessions is not UNSET:
        return got.sessions == accepted.sessions
    return got.os_users is not UNSET and set(got.os_users) == set(accepted.os_users or ())


def result_of(answer: Any, starts: bool) -> Result:
    """What a Python adapter returned, as a `Result`; `starts` tells the start of a session from another step.

    A string is the OS user of a session that started, None a refusal (or, of another step, that it is done); a dict is
    read as the protocol's JSON, and the outcomes of `runas_properties.implementations` serve as well. Raises ValueError
    or `msgspec.ValidationError` for anything else.
    """
    match answer:
        case Result():
            return answer
        case None:
            return Result(refused=None) if starts else Result(done=True)
        case str() if starts:
            return Result(started_as=str.__str__(answer))  # of a subclass, the letters
        case Started(os_user):
            return Result(started_as=os_user)
        case Refused(reason):
            return Result(refused=reason)
        case Done():
            return Result(done=True)
        case Failed(error):
            return Result(failed=error)
        case Mapping():
            return msgspec.convert(dict(answer), Result)
    wanted = "a name, None or a dict" if starts else "None or a dict"
    raise ValueError(f"the answer was {answer!r:.200}, of type {type(answer).__name__}; it must be {wanted}")


def outcome_of(result: Result) -> Outcome | None:
    """A result as an outcome, where it is one."""
    match result.kind:
        case "started_as":
            return Started(str(result.started_as))
        case "refused":
            return Refused(result.refused if isinstance(result.refused, str) else None)
        case "done":
            return Done()
        case "failed":
            return Failed(str(result.failed))
    return None


def _in_words(kind: str, value: Any) -> str:
    match kind:
        case "started_as":
            return f"started as {value!r}"
        case "refused" | "failed":
            detail = value if isinstance(value, str) else " or ".join(value or ())
            return f"{kind} ({detail})" if detail else kind
        case "done":
            return "done"
        case "sessions":
            running = ", ".join(f"{id} as {os_user!r}" for id, os_user in sorted(value.items()))
            return f"sessions: {running or 'none'}"
        case "os_users":
            return f"OS users: {', '.join(map(repr, sorted(value))) or 'none'}"
    return f"{kind}: {value}"
