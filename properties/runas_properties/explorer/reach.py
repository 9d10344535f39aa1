"""Shortest traces: how every rule, operation, error and premise of a law is reached from the initial state.

So is every pair of an operation and the rule that decides the next start of a session, by the same principal, after it,
and in the same role session; after one has ended, by its role.
`search` explores a small world, so that no shorter trace exists there among those that speak of no more nouns. What it
finds is kept; `make renew` keeps it again, and a test compares it with what is found.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import attrs

from runas_model.doors import checked
from runas_model.specification.nouns import Noun, nouns_needed, nouns_of
from runas_model.specification.readings import AGENT, DEFAULT, Reading
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import SPECIFICATION, Specification, Transition
from runas_model.specification.vocabulary import NO_ROLE_SESSION, RoleSession, Situation
from runas_properties.explorer.traces import Trace, as_text
from runas_properties.explorer.world import WORLD, calls, no_call, with_requests, wrong_calls
from runas_properties.laws import LAWS, Kind, Law
from runas_properties.laws.law import GIVEN

__all__ = ["GOALS", "Reached", "errors_of", "events", "instance_of", "reached", "search"]


def _goals() -> list[str]:
    rules = [f"rule {rule.id}" for rule in RULEBOOK]
    operations = [f"{operation} succeeds" for operation in SPECIFICATION.operations]
    errors = [f"{operation} raises {error}" for operation in SPECIFICATION.operations for error in errors_of(operation)]
    laws = [f"law {law.id}" for law in LAWS.values() if law.kind is not Kind.INITIAL]  # those need no trace
    return [*rules, *operations, *errors, *laws]


def errors_of(operation: str) -> list[str]:
    """The names of the errors that an operation may raise, as it lists them. Raises LookupError if nobody calls it."""
    arguments = next((arguments for name, arguments in calls() if name == operation), None)
    if arguments is None:
        raise LookupError(no_call(operation, "world"))
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
    error = next(error for holds, error in t.requires if not holds)
    yield f"{t.operation} raises {type(error).__name__}"


@checked
def instance_of(law: Law, t: Transition, world: Mapping[Any, list[Any]] = WORLD) -> dict[str, Any] | None:
    """Values of the law's variables at which its premise holds in a transition, the first of several; None if nowhere.

    Laws of decisions are asked at the start of a session, invariants of the state after, step laws of the transition.
    """
    given: dict[Any, list[Any]] = {**world, Reading: [t.reading, *world[Reading]], State: [t.before]}
    subject = _subject(law, t)
    if law.kind in (Kind.DECISION, Kind.COMPARISON):
        if t.operation != "start_session" or not t.accepted:
            return None
        given[Situation] = [t.asks_in(t.before)]
        given[Reading] = [t.reading]
    return _instance(law, subject, given)


def reached(law: Law, trace: Trace, specification: Specification = SPECIFICATION) -> dict[str, Any] | None:
    """Values of the law's variables at which its premise holds at the end of a trace; None if nowhere.

    A law of the initial state is asked of that.
    """
    if law.kind is Kind.INITIAL:
        return _instance(law, specification.initial, WORLD)
    return instance_of(law, trace.transitions(specification)[-1])


def _instance(law: Law, subject: Any, given: Mapping[Any, list[Any]]) -> dict[str, Any] | None:
    for values in product(*(given[kind] for kind in law.variables.values())):
        named = dict(zip(law.variables, values, strict=True))
        claim = law.claim(subject, **named)
        if claim.premise and claim.conclusion:
            return named
    return None


def _subject(law: Law, t: Transition) -> Any:
    match law.kind:
        case Kind.STEP:
            return t
        case Kind.INVARIANT:
            return t.after
    return t.specification


@attrs.frozen
class Reached:
    """The traces found, and the goals to which there is none."""

    traces: dict[str, Trace]
    missing: tuple[str, ...]


def search(specification: Specification = SPECIFICATION, goals: Sequence[str] | None = None, depth: int = 8) -> Reached:
    """The shortest traces to goals, or to all, with pairs of an operation and the rule that decides the next start.

    A trace speaks of Regions, role sessions, documents or parameters only where no trace to the goal can do without
    them; whoever has none can follow the others. Every state up to a depth is visited, under two readings; needs
    NumPy. Raises LookupError where the calls of the world are not those of all operations.
    """
    from runas_properties.explorer.shortest import shortest

    every = list(calls())
    if wrong := wrong_calls(every, "world"):
        raise LookupError(wrong)
    found: dict[str, Trace] = {}

    def wanted(goal: str) -> bool:
        return goal not in found and (goals is None or goal in goals)

    for nouns in _stages():
        some = [call for call in every if nouns_of([call]) <= nouns]
        world = _world(nouns)
        of_readings = [shortest(specification, at, some, world, depth, wanted) for at in (DEFAULT, AGENT)]
        for goal in dict.fromkeys(goal for traces in of_readings for goal in traces):
            found[goal] = min((one[goal] for one in of_readings if goal in one), key=lambda trace: len(trace.calls))
    every_goal = dict.fromkeys([*GOALS, *found] if goals is None else goals)
    missing = tuple(goal for goal in every_goal if goal not in found)
    return Reached({goal: found[goal] for goal in every_goal if goal in found}, missing)


def _stages() -> Iterator[frozenset[Noun]]:
    """The nouns to look with: none, then each alone, then parameters with documents that declare them, then all."""
    declared = frozenset({Noun.PARAMETERS, *nouns_needed("put_document")})
    return iter([frozenset(), *(frozenset([noun]) for noun in Noun), declared, frozenset(Noun)])


def _world(nouns: frozenset[Noun]) -> Mapping[Any, list[Any]]:
    """What variables range over; what no call speaks of would take time, and no goal needs it."""
    world: dict[Any, list[Any]] = {**WORLD}
    if Noun.ROLES not in nouns:
        world[RoleSession] = [NO_ROLE_SESSION]
    if Noun.PARAMETERS not in nouns:
        world[GIVEN] = [given for given in WORLD[GIVEN] if not given[0]]
    return with_requests(world)


def main(found: Reached) -> None:
    """Print the traces as they are kept. Raises LookupError, which names the goals to which there is none."""
    if found.missing:
        what = "; ".join(found.missing)
        raise LookupError(f"properties/runas_properties/explorer/world.py: no call leads to {what}: add what it needs")
    print(as_text(found.traces), end="")


if __name__ == "__main__":
    main(search())
