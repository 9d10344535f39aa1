"""Shortest traces: how every rule, operation, error and premise of a law is reached from the initial state.

So is every pair of an operation and the rule that decides the next start of a session, by the same principal, after it.
`search` explores a small world, so that no shorter trace exists there. What it finds is kept in `shortest-traces.json`,
replayed at each use, and made again by a test.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import attrs

from runas_model.readings import AGENT, DEFAULT, PROFILES, Reading
from runas_model.rulebook import RULEBOOK
from runas_model.specification import SPECIFICATION, Specification, Transition
from runas_model.state import INITIAL, State
from runas_model.vocabulary import (
    RUN_AS_TAG,
    SSM_USER,
    Account,
    Instance,
    Name,
    OsUser,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    Session,
    Situation,
    TagKey,
)
from runas_properties.laws import LAWS, Kind, Law

__all__ = [
    "GOALS",
    "WORLD",
    "Reached",
    "Trace",
    "as_text",
    "calls",
    "errors_of",
    "events",
    "instance_of",
    "search",
    "shortest_traces",
]

ALICE, ROOT, NOBODY = Name("alice"), Name("root"), Name("")
TEAM = TagKey("Team")
IDS = {ALICE: 2001, SSM_USER: 1001, ROOT: 0, NOBODY: 2002}
OURS, THEIRS = Account("111111111111"), Account("222222222222")

WORLD: dict[Any, list[Any]] = {
    Account: [OURS, THEIRS],
    Principal: [Principal("amy"), Principal("ben")],
    Instance: [Instance("i-1")],
    Session: [Session("s-1")],
    Name: [ALICE, SSM_USER, ROOT, NOBODY],
    OsUser: [OsUser(PosixId(2001), PosixId(2001))],
    TagKey: [RUN_AS_TAG, TEAM],
    Reading: [DEFAULT, AGENT],
    bool: [True, False],
}
"""What the variables of a law range over."""

Call = tuple[str, Mapping[str, Any]]


def calls() -> Iterator[Call]:
    """Every operation that the search performs, with its arguments."""
    amy, ben, i1, s1 = Principal("amy"), Principal("ben"), Instance("i-1"), Session("s-1")
    yield "create_principal", {"principal": amy, "account": OURS, "kind": PrincipalKind.USER}
    yield "create_principal", {"principal": ben, "account": OURS, "kind": PrincipalKind.ROLE}
    yield "delete_principal", {"principal": amy}
    for name in WORLD[Name]:
        yield "tag_principal", {"principal": amy, "key": RUN_AS_TAG, "value": name}
    yield "tag_principal", {"principal": amy, "key": TEAM, "value": ALICE}
    for key in WORLD[TagKey]:
        yield "untag_principal", {"principal": amy, "key": key}
    for name in reversed(WORLD[Name]):
        yield "update_preferences", {"account": OURS, "run_as_enabled": True, "default_user": name}
    yield "update_preferences", {"account": OURS, "run_as_enabled": False, "default_user": NOBODY}
    yield "update_preferences", {"account": THEIRS, "run_as_enabled": True, "default_user": ALICE}
    for platform in (Platform.LINUX, Platform.WINDOWS, Platform.MACOS):
        yield "register_instance", {"instance": i1, "account": OURS, "platform": platform}
    yield "register_instance", {"instance": i1, "account": THEIRS, "platform": Platform.LINUX}
    yield "deregister_instance", {"instance": i1}
    for name, number in IDS.items():
        yield "create_os_user", {"instance": i1, "name": name, "uid": PosixId(number), "gid": PosixId(number)}
    yield "delete_os_user", {"instance": i1, "name": ALICE}
    yield "start_session", {"session": s1, "principal": amy, "instance": i1}
    yield "terminate_session", {"session": s1}


@attrs.frozen
class Trace:
    """Calls from the initial state under one reading; the last one reaches the goal."""

    goal: str
    reading: Reading
    calls: tuple[Call, ...]

    @property
    def profile(self) -> str:
        """The name of its reading."""
        return next(name for name, reading in PROFILES.items() if reading == self.reading)

    def transitions(self, specification: Specification = SPECIFICATION) -> list[Transition]:
        """The trace, replayed."""
        state, made = INITIAL, []
        for operation, arguments in self.calls:
            made.append(specification.transition(operation, state, self.reading, **arguments))
            state = made[-1].after
        return made

    def plain_calls(self) -> list[list[Any]]:
        """The calls as plain data, to be written as JSON."""
        return [[name, {key: _plain(value) for key, value in call.items()}] for name, call in self.calls]


def _goals() -> list[str]:
    rules = [f"rule {rule.id}" for rule in RULEBOOK]
    operations = [f"{operation} succeeds" for operation in SPECIFICATION.operations]
    errors = [f"{operation} raises {error}" for operation in SPECIFICATION.operations for error in errors_of(operation)]
    return [*rules, *operations, *errors, *(f"law {law}" for law in LAWS)]


def errors_of(operation: str) -> list[str]:
    """The names of the errors that an operation may raise, as it lists them."""
    arguments = next(arguments for name, arguments in calls() if name == operation)
    step = SPECIFICATION.step(operation, INITIAL, DEFAULT, **arguments)
    return list(dict.fromkeys(type(error).__name__ for _, error in step.requires))


GOALS = _goals()
"""Everything that must be reachable, by name."""


def events(t: Transition) -> Iterator[str]:
    """What happened in a transition: success, an error, a rule that decided."""
    if t.accepted:
        yield f"{t.operation} succeeds"
        if t.decision is not None:
            yield f"rule {t.decision.rule}"
        return
    step = t.specification.step(t.operation, t.before, t.reading, **t.arguments)
    error = next(error for holds, error in step.requires if not holds)
    yield f"{t.operation} raises {type(error).__name__}"


def instance_of(law: Law, t: Transition, world: Mapping[Any, list[Any]] = WORLD) -> dict[str, Any] | None:
    """Values of the law's variables at which its premise holds in a transition, the first of several; None if nowhere.

    Laws of decisions are asked at the start of a session, invariants of the state after, step laws of the transition.
    """
    given: dict[Any, list[Any]] = {**world, Reading: [t.reading, *world[Reading]], State: [t.before]}
    subject: Any = t if law.kind is Kind.STEP else t.after if law.kind is Kind.INVARIANT else t.specification
    if law.kind in (Kind.DECISION, Kind.COMPARISON):
        if t.operation != "start_session" or not t.accepted:
            return None
        given[Situation] = [t.specification.situation_of(t.before, t.arguments["principal"], t.arguments["instance"])]
        given[Reading] = [t.reading]
    for values in product(*(given[kind] for kind in law.variables.values())):
        named = dict(zip(law.variables, values, strict=True))
        claim = law.claim(subject, **named)
        if claim.premise and claim.conclusion:
            return named
    return None


@attrs.frozen
class Reached:
    """The traces found, and the goals to which there is none."""

    traces: dict[str, Trace]
    missing: tuple[str, ...]


def search(specification: Specification = SPECIFICATION, goals: Sequence[str] | None = None, depth: int = 8) -> Reached:
    """The shortest traces to goals, or to all, with pairs of an operation and the rule that decides the next start.

    Every state up to a depth is visited, under two readings; needs NumPy.
    """
    from runas_properties.explorer.traces import shortest

    every = list(calls())
    of_readings = [shortest(specification, reading, every, WORLD, depth) for reading in (DEFAULT, AGENT)]
    wanted = dict.fromkeys([*GOALS, *(goal for traces in of_readings for goal in traces)] if goals is None else goals)
    found = {goal: [traces[goal] for traces in of_readings if goal in traces] for goal in wanted}
    fewest = {goal: min(traces, key=lambda trace: len(trace.calls)) for goal, traces in found.items() if traces}
    return Reached(fewest, tuple(goal for goal in wanted if goal not in fewest))


KEPT = files("runas_properties") / "shortest-traces.json"


def as_text(traces: Mapping[str, Trace]) -> str:
    """Traces as JSON, a line for each call."""
    plain = {
        goal: {
            "reading": traces[goal].profile,
            "calls": traces[goal].plain_calls(),
        }
        for goal in traces
    }
    lines = [
        f'{json.dumps(goal)}: {{"reading": {json.dumps(trace["reading"])}, "calls": [\n    '
        + ",\n    ".join(map(json.dumps, trace["calls"]))
        + "]}"
        for goal, trace in plain.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


@cache
def shortest_traces() -> dict[str, Trace]:
    """The traces that are kept, by goal; made by `python -m runas_properties.reach`."""
    kept = json.loads(KEPT.read_text("utf-8"))
    return {
        goal: Trace(
            goal,
            PROFILES[trace["reading"]],
            tuple((name, _values(name, arguments)) for name, arguments in trace["calls"]),
        )
        for goal, trace in kept.items()
    }


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _values(operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    sorts = SPECIFICATION.operations[operation].parameters
    enums = {name: sort for name, sort in sorts.items() if isinstance(sort, type) and issubclass(sort, Enum)}
    return {name: enums[name](value) if name in enums else value for name, value in arguments.items()}


if __name__ == "__main__":
    print(as_text(search().traces), end="")
