"""Cases: what an implementation is asked, step by step, in plain values and without any expectation.

A case of the level `decision` has one step, `decide`: a question without a state. A case of the level `service` has
operations of the model, and steps that only look: `list_sessions` and `list_os_users`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from inspect import get_annotations
from typing import Annotated, Any, Literal

import attrs
import msgspec

from runas_model.doors import checked, checked_fields, one_of, read, wrong_kind, wrong_names
from runas_model.facts.classes import OTHER_CASE
from runas_model.inputs.situations import situation
from runas_model.specification.nouns import Noun, nouns_of
from runas_model.specification.operations import OPERATIONS, Operation
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import POSIX_IDS, RUN_AS_TAG, Platform, PosixId, Situation, Switch
from runas_properties.implementations import plain

__all__ = [
    "Case",
    "Level",
    "Step",
    "STEPS",
    "DECIDE",
    "LIST_SESSIONS",
    "LIST_OS_USERS",
    "asks",
    "is_decided",
    "deciding",
    "question",
    "situation_asked",
    "as_operations",
    "call_of",
    "step_of",
    "needs_of",
    "looks",
    "watched",
    "followed",
]

Level = Literal["decision", "service"]
SwitchSent = bool | Literal["unreadable"]
"""How the switch in the preferences is sent: the values of `runas_model.Switch`."""
Step = Mapping[str, Any]
"""An object with `operation` and the arguments by name: what the protocol sends, and what `apply` is given."""

DECIDE, LIST_SESSIONS, LIST_OS_USERS = "decide", "list_sessions", "list_os_users"


@attrs.frozen(field_transformer=checked_fields)
class Case:
    """An id and steps. Raises TypeError for a field of a wrong kind."""

    id: str
    steps: tuple[Step, ...]

    @property
    def level(self) -> Level:
        return "decision" if self.steps[0]["operation"] == DECIDE else "service"


SentId = Annotated[int, msgspec.Meta(ge=0, le=POSIX_IDS[-1])]
"""A uid or gid, of 32 bits and without a sign."""


class AskedOsUser(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An OS user on the instance."""

    name: str
    uid: SentId
    gid: SentId


class Decide(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="operation", tag=DECIDE):
    """The question of the level `decision`: which user does the session run as, if it starts?

    `run_as_enabled` is the switch in the preferences: true, false, or "unreadable" if it is not a truth value. `tag` is
    the value of the principal's Run As tag, or null if there is none; `tag_key` is the spelling of its key, or null if
    there is no tag. `default_user` is the OS user named by the preferences, or null if the field is absent.
    """

    run_as_enabled: SwitchSent
    default_user: str | None
    tag: str | None
    tag_key: str | None
    platform: Platform
    os_users: tuple[AskedOsUser, ...]


QUESTION = Decide.__struct_fields__


class ListSessions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="operation", tag=LIST_SESSIONS):
    """Which sessions are running, and as which users?"""


class ListOsUsers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="operation", tag=LIST_OS_USERS):
    """Which OS users does an instance have? A deregistered instance has none."""

    instance: str


def _operation_step(name: str) -> type[msgspec.Struct]:
    """The step of an operation of the model, derived from its parameters."""
    operation = OPERATIONS[name]
    fields: list[tuple[str, Any, Any]] = [
        (one, *_type_and_default(operation, one, _plain_type(sort, operation.longest.get(one))))
        for one, sort in operation.arguments.items()
    ]
    made = msgspec.defstruct(
        "".join(word.title() for word in name.split("_")),
        fields,
        namespace={"__doc__": operation.title},
        frozen=True,
        forbid_unknown_fields=True,
        tag_field="operation",
        tag=name,
    )
    assert set(get_annotations(made)) == set(operation.arguments)
    return made


def _type_and_default(operation: Operation, argument: str, plain: Any) -> tuple[Any, Any]:
    """The type of a member, and what is meant where it is not there: of one that is given or not, that it is not."""
    if argument in operation.optional:
        return plain | msgspec.UnsetType, msgspec.UNSET
    return plain, operation.left_out.get(argument, msgspec.NODEFAULT)


def _plain_type(sort: Any, longest: int | None) -> Any:
    plain: Any = {Switch: SwitchSent, PosixId: SentId}.get(sort) or getattr(sort, "__supertype__", sort)
    return plain if longest is None else Annotated[plain, msgspec.Meta(max_length=longest)]


STEPS: tuple[type[msgspec.Struct], ...] = (Decide, *map(_operation_step, OPERATIONS), ListSessions, ListOsUsers)
"""The type of every step, for checks and JSON Schemas."""


def asks(step: Step) -> bool:
    """Whether an implementation must say how the step ended: a decision, a start, or a look."""
    return step["operation"] not in OPERATIONS or is_decided(step)


def is_decided(step: Step) -> bool:
    """Whether the step is a question or a start, and so is decided."""
    return step["operation"] in (DECIDE, "start_session")


def deciding(steps: Sequence[Step]) -> int:
    """The place of the last step that is decided, or else of the last of all."""
    return max((at for at, step in enumerate(steps) if is_decided(step)), default=len(steps) - 1)


@checked
def question(s: Situation) -> Step:
    """A situation as the question of the level `decision`."""
    users = [{"name": name, "uid": s.os_users[name].uid, "gid": s.os_users[name].gid} for name in _names(s)]
    return {
        "operation": DECIDE,
        "run_as_enabled": s.run_as_enabled.value,
        "default_user": s.default_user if s.default_named or s.default_user else None,
        "tag": s.tag if s.tagged else None,
        "tag_key": (RUN_AS_TAG if s.tag_key_exact else OTHER_CASE) if s.tagged else None,
        "platform": s.platform.value,
        "os_users": users,
    }


def _names(s: Situation) -> Sequence[Any]:
    return sorted(s.os_users)  # type: ignore[call-overload, no-any-return]


def situation_asked(step: Step) -> Situation:
    """The situation that a question is about.

    Raises TypeError for what is no question, for a member that is missing, that there is not or of a wrong kind, and
    ValueError for one of the right kind that is not to be had.
    """
    if read(Step, step, "step").keys() != {"operation", *QUESTION}:
        raise wrong_names(DECIDE, step, ("operation", *QUESTION))
    one_of((DECIDE,), step["operation"], "operation")
    return situation(
        run_as_enabled=step["run_as_enabled"],
        tag=step["tag"],
        tag_key=step["tag_key"] or RUN_AS_TAG,
        default_user=step["default_user"],
        users=[_user(user, place) for place, user in enumerate(read(Sequence[Any], step["os_users"], "os_users"))],
        platform=step["platform"],
    )


def _user(user: Any, place: int) -> tuple[Any, Any, Any]:
    if not isinstance(user, Mapping) or user.keys() != {"name", "uid", "gid"}:
        raise wrong_kind(f"os_users[{place}]", user, "an object with name, uid and gid")
    return user["name"], user["uid"], user["gid"]


def as_operations(step: Step) -> Iterator[Step]:
    """A question as operations, for an implementation of the whole machine; the last one is the start."""
    principal, account, instance = "amy", "111111111111", "i-1"
    yield {"operation": "create_principal", "principal": principal, "account": account, "kind": "user"}
    yield {"operation": "register_instance", "instance": instance, "account": account, "platform": step["platform"]}
    for user in step["os_users"]:
        yield {"operation": "create_os_user", "instance": instance, **user}
    if step["tag"] is not None:
        yield {"operation": "tag_principal", "principal": principal, "key": step["tag_key"], "value": step["tag"]}
    yield {
        "operation": "update_preferences",
        "account": account,
        "run_as_enabled": step["run_as_enabled"],
        "default_user": step["default_user"] or "",
    }
    yield {"operation": "start_session", "session": "s-1", "principal": principal, "instance": instance}


def call_of(step: Step) -> Call:
    """A step as an operation of the model with its arguments."""
    operation = step["operation"]
    return operation, OPERATIONS[operation].with_members({key: step[key] for key in step if key != "operation"})


def step_of(call: Call) -> Step:
    """An operation of the model with its arguments as a step."""
    return {"operation": call[0], **plain(*call)}


def needs_of(steps: Iterable[Step]) -> tuple[Noun, ...]:
    """The nouns that an implementation must have to be asked some steps, in order.

    Raises TypeError or ValueError for arguments that an operation does not take.
    """
    spoken_of = nouns_of(call_of(step) for step in steps if step["operation"] in OPERATIONS)
    return tuple(noun for noun in Noun if noun in spoken_of)


def looks(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps that look at all that operations may have left: the running sessions, and every instance's OS users."""
    instances = dict.fromkeys(step["instance"] for step in steps if step["operation"] == "register_instance")
    yield {"operation": LIST_SESSIONS}
    yield from ({"operation": LIST_OS_USERS, "instance": instance} for instance in instances)


def watched(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps, and then a look at all that they may have left."""
    return (*steps, *looks(steps))


ENDING = ("terminate_session", "deregister_instance", "delete_principal", "delete_os_user")


def followed(calls: Iterable[Call]) -> tuple[Step, ...]:
    """Calls as steps, with a look at the sessions after each that may end some, and at all that they left."""
    steps: list[Step] = []
    for call in calls:
        steps.append(step_of(call))
        if call[0] in ENDING:
            steps.append({"operation": LIST_SESSIONS})
    return watched(steps)
