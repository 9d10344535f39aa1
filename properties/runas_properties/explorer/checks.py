"""What is looked for in every state and transition: rules, errors, laws' premises, and laws that are broken."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from runas_model.specification.readings import Reading, all_readings
from runas_model.specification.state import State
from runas_model.specification.transitions import ASKED, Call, Specification, Transition
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    Account,
    DocumentName,
    FoldedKey,
    Instance,
    Name,
    OsUser,
    PosixId,
    Principal,
    Region,
    Request,
    RoleSession,
    Session,
    Situation,
    TagKey,
)
from runas_model.universes.connectives import all_of, any_of, folded, not_
from runas_properties.explorer.search import Watch
from runas_properties.explorer.world import with_requests
from runas_properties.laws import Kind, Law
from runas_properties.laws.law import GIVEN, NOT_GIVEN

__all__ = ["BROKEN", "broken_at", "coverage", "law_watches", "next_start", "next_starts", "world_of"]

BROKEN = "broken "
"""A watch of this name and a law's id sees the law broken."""
NEW_SESSION = Session("s-new")
OTHER_TAG = TagKey("Team")

World = Mapping[Any, Sequence[Any]]
"""The constants that variables of each sort range over."""


def world_of(calls: Sequence[Call], names: Sequence[Name]) -> World:
    """Everything that calls speak of, a tag key that they do not, and OS users that may be added."""
    found: dict[str, dict[Any, None]] = {}
    for _, arguments in calls:
        for parameter, value in arguments.items():
            found.setdefault(parameter, {})[value] = None
    values = [value for name, arguments in calls for value in [arguments.get("parameter")] if arguments.get("filled")]
    given = [NOT_GIVEN, *((True, value) for value in dict.fromkeys(values))]
    keys = list(dict.fromkeys([*found["key"], OTHER_TAG]))
    world: World = {
        Account: list(found["account"]),
        Region: list(found["region"]),
        DocumentName: list(found["document"]),
        Principal: list(found["principal"]),
        RoleSession: list(dict.fromkeys([NO_ROLE_SESSION, *found["role_session"]])),
        Instance: list(found["instance"]),
        Session: list(found["session"]),
        TagKey: keys,
        FoldedKey: list(dict.fromkeys(map(folded, keys))),
        Name: list(names),
        OsUser: [OsUser(PosixId(2001), PosixId(2001)), OsUser(PosixId(0), PosixId(0))],
        GIVEN: given,
        bool: [False, True],
    }
    return with_requests(world)


def coverage(specification: Specification, transitions: Sequence[Transition]) -> Iterator[Watch]:
    """Each operation's success and errors, and each rule that decides the start of a session."""
    for t in transitions:
        call = (t.operation, t.arguments)
        yield Watch(f"{t.operation} succeeds", call, t.accepted)
        so_far: Any = True
        for holds, error in t.requires:
            yield Watch(f"{t.operation} raises {type(error).__name__}", call, all_of(so_far, not_(holds)))
            so_far = all_of(so_far, holds)
        if t.decision is not None:
            for rule in specification.rules:
                yield Watch(f"rule {rule.id}", call, all_of(t.accepted, t.decision.rule == rule.id))


def next_starts(specification: Specification, transitions: Sequence[Transition], world: World) -> Iterator[Watch]:
    """Each pair of an operation and the rule that decides the next start, of those that it was about.

    The start that was decided so is not among the transitions: `next_start` finds it again.
    """
    for t in transitions:
        call = (t.operation, t.arguments)
        starts = [_start(specification, t.after, t.reading, asked) for asked in _next(t, world)]
        for rule in specification.rules:
            decided = (_is_next(t, start, rule.id) for start in starts)
            yield Watch(f"{t.operation}, then rule {rule.id}", call, all_of(t.accepted, any_of(*decided)))


def next_start(t: Transition, rule: str, world: World) -> Call | None:
    """The start of a session, of those that a concrete transition was about, that a rule decides after it."""
    for asked in _next(t, world):
        start = _start(t.specification, t.after, t.reading, asked)
        if _is_next(t, start, rule):
            return start.operation, start.arguments
    return None


def _next(t: Transition, world: World) -> Iterator[Request]:
    """What a start may ask for after a transition: by the principal that it was about, if any.

    And in the role session that this one acted in or began.
    """
    about = t.arguments
    by = [name for name in ("principal", "role_session") if name in about and "principal" in about]
    return (asked for asked in world[Request] if all(getattr(asked, name) == about[name] for name in by))


def _is_next(t: Transition, start: Transition, rule: str) -> Any:
    """Whether a rule decides a start after a transition; where that was about a document, in its account and Region.

    And with that document, if it is there. Where a role session ended, by its role.
    """
    about, asked, here = t.arguments, start.arguments, True
    if "role_session" in about and "principal" not in about:
        here = t.before.assumed[about["role_session"]] == asked["principal"]
    if "region" in about and "instance" not in about:
        machine = t.after.instances[asked["instance"]]
        here = all_of(machine.account == about["account"], machine.region == about["region"])
        if "document" in about and about["document"] != asked["document"]:
            here = all_of(here, not_(t.after.documents.has((about["account"], about["region"], about["document"]))))
    return all_of(here, start.accepted, start.decided.rule == rule)


def law_watches(
    specification: Specification, transitions: Sequence[Transition], laws: Sequence[Law], world: World
) -> Iterator[Watch]:
    """For each law: `law` and its id where its premise holds and it is kept, `broken` and its id where it is not.

    Laws of decisions are asked of every start of a session, with an id not used before; invariants of every state; laws
    of the initial state of that, which needs no trace.
    """
    before, reading = transitions[0].before, transitions[0].reading
    starts = [_start(specification, before, reading, asked) for asked in world[Request]]
    for law in laws:
        if law.kind is Kind.INITIAL:
            broken, _ = _watches(law, None, True, specification.initial, {}, world, reading)
            yield broken
            continue
        if law.kind is Kind.INVARIANT:
            yield from _watches(law, None, True, before, {}, world, reading)
            continue
        for t in transitions if law.kind is Kind.STEP else starts:
            asked_of, where, known = (t, True, {}) if law.kind is Kind.STEP else (specification, t.accepted, _at(t))
            yield from _watches(law, (t.operation, t.arguments), where, asked_of, known, world, reading)


def broken_at(law: Law, state: State, t: Transition | None, world: World, reading: Reading) -> dict[str, Any] | None:
    """The first values of a law's variables for which it is broken in the concrete universe; None if it holds.

    Asked of a state if the law is an invariant, else of a transition.
    """
    subject: Any = state if t is None else t if law.kind is Kind.STEP else t.specification
    known = {} if t is None or law.kind is Kind.STEP else _at(t)
    for values in _values(law, known, world, reading):
        if not law.claim(subject, **values).holds:
            return values
    return None


def _watches(
    law: Law, call: Call | None, where: Any, subject: Any, known: Mapping[Any, Any], world: World, reading: Reading
) -> Iterator[Watch]:
    claims = [law.claim(subject, **values) for values in _values(law, known, world, reading)]
    kept = any_of(*(all_of(claim.premise, claim.conclusion) for claim in claims))
    broken = any_of(*(all_of(claim.premise, not_(claim.conclusion)) for claim in claims))
    yield Watch(f"{BROKEN}{law.id}", call, all_of(where, broken))
    yield Watch(f"law {law.id}", call, all_of(where, kept))


def _values(law: Law, known: Mapping[Any, Any], world: World, reading: Reading) -> Iterator[dict[str, Any]]:
    """The first reading of a law is the one explored under, a second one ranges over all."""
    ranges: list[Sequence[Any]] = []
    readings: list[Sequence[Reading]] = [[reading], all_readings()]
    for sort in law.variables.values():
        ranges.append(readings.pop(0) if sort is Reading else [known[sort]] if sort in known else world[sort])
    return (dict(zip(law.variables, values, strict=True)) for values in product(*ranges))


def _start(specification: Specification, state: State, reading: Reading, asked: Request) -> Transition:
    """The start of a new session that asks for this: who, where and with which document."""
    arguments = {"session": NEW_SESSION, **{name: getattr(asked, name) for name in ASKED}}
    return specification.transition("start_session", state, reading, **arguments)


def _at(t: Transition) -> dict[Any, Any]:
    """What a start of a session settles for the laws of decisions."""
    asked = t.asked
    return {
        State: t.before,
        Situation: t.asks_in(t.before),
        Request: asked,
        Principal: asked.principal,
        Instance: asked.instance,
    }
