"""An implementation put on trial: explicit examples first, then the steered state machine, until it departs."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from itertools import chain, islice, product

from attrs import evolve
from hypothesis import HealthCheck, Phase, assume, seed, settings
from hypothesis.errors import FlakyFailure
from hypothesis.stateful import run_state_machine_as_test

from runas_model.doors import checked, read
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import AGENT, PROFILES, Reading, all_readings
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.transitions import Call, Transition
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    PREFERENCES,
    ROOT,
    SSM_USER,
    Name,
    Platform,
    PrincipalKind,
    Request,
    RuleId,
)
from runas_properties.explorer.traces import shortest_traces
from runas_properties.implementations import Factory, Implementation
from runas_properties.implementations.interface import of_members
from runas_properties.oracle.expected import Expected, Expecting
from runas_properties.oracle.failures import departure_of
from runas_properties.oracle.oracle import Departure, Oracle
from runas_properties.stateful.aiming import Aim
from runas_properties.stateful.calls import instance, principal, run_as, start, tag, user
from runas_properties.stateful.confusables import BLANKS, CONFUSABLES
from runas_properties.stateful.coverage import IMPOSSIBLE, Coverage, pair
from runas_properties.stateful.machine import RunAsMachine
from runas_properties.stateful.precedents import PRECEDENTS
from runas_properties.stateful.scenarios import (
    EVENTS,
    OF_DOCUMENTS,
    OF_PARAMETERS,
    OF_ROLES,
    PAGES,
    POSIX_IDS,
    SEPARATORS,
    SIMILAR_DOCUMENTS,
    SIMILAR_IDS,
    SIMILAR_REGIONS,
    SIMILAR_ROLE_SESSIONS,
    NameAsked,
    Way,
    after,
    documents_joined,
    documents_told_apart,
    in_every_mode,
    joined,
    many,
    regions_told_apart,
    role_sessions_joined,
    role_sessions_told_apart,
    told_apart,
    ways_of,
)
from runas_properties.stateful.scenes import CONFUSED, IDS, play_of
from runas_properties.stateful.steering import ACCOUNTS, INSTANCES, PRINCIPALS

__all__ = ["convict", "departing", "examples", "seed_coverage"]


WAYS_IN_A_TRACE = 10
AMY, I1 = PRINCIPALS[0], INSTANCES[0]
BY_EXISTENCE = ("tag-user-missing", "tag-user-exists", "default-user-missing", "default-user-exists")


@cache
def examples() -> tuple[tuple[Reading, tuple[Call, ...]], ...]:
    """Traces on which every implementation is tested, each under one reading.

    Those that lead to each goal; for each two names that are easily confused, a start as the one where only the other
    is on the instance, and one where both are; and, under the readings of the profiles, the scenarios.
    """
    names = [_trace("start_session", RuleId(rule), confused, reading)
             for confused, rule, reading in product(CONFUSED, BY_EXISTENCE, all_readings())]  # fmt: skip
    return (*_to_goals(), *product(PROFILES.values(), map(_checked, _scenarios())), *names)


@cache
def _to_goals() -> tuple[tuple[Reading, tuple[Call, ...]], ...]:
    """The shortest traces to each rule, operation, error and law; the precedents; and each operation before each rule.

    That is the operation right before a start that the rule decides.
    """
    shortest = [(trace.reading, trace.calls) for trace in shortest_traces().values()]
    possible = ((operation, rule.id) for operation in OPERATIONS for rule in RULEBOOK
                if pair(operation, rule.id) not in IMPOSSIBLE)  # fmt: skip
    pairs = [_trace(*wanted, CONFUSED[0], AGENT) for wanted in possible]
    return (*shortest, *product(all_readings(), map(_checked, PRECEDENTS)), *pairs)


def _checked(calls: Sequence[Call]) -> tuple[Call, ...]:
    """Calls with enumerated arguments as members."""
    return tuple(read(Sequence[Call], calls, "the calls of an example"))


@cache
def _expected(number: int) -> tuple[Expected, ...]:
    """What the specification allows after each call of an example, found once for all implementations."""
    reading, calls = examples()[number]
    return tuple(_allowed(calls, reading))


def _allowed(calls: Sequence[Call], reading: Reading) -> Iterator[Expected]:
    oracle, expecting = Oracle(reading, laws=False), Expecting()
    return (expecting.after(oracle.follow(operation, arguments)) for operation, arguments in calls)


def departing(make: Factory, readings: Collection[Reading]) -> Iterator[tuple[Reading, tuple[Call, ...]]]:
    """The examples under some readings in which a fresh implementation departs from the specification."""
    for number, (reading, calls) in enumerate(examples()):
        if reading in readings and not _follows(make(reading), calls, _expected(number)):
            yield reading, calls


def _follows(made: Implementation, calls: Sequence[Call], expected: Sequence[Expected]) -> bool:
    return all(
        after.is_met(made.apply(operation, of_members(operation, arguments)), made.sessions(), made.os_users())
        for (operation, arguments), after in zip(calls, expected, strict=True)
    )


def _scenarios() -> Iterator[tuple[Call, ...]]:
    yield from map(after, EVENTS.values())
    yield from (told_apart(whose, *pair) for whose, every in SIMILAR_IDS.items() for pair in every)
    for whose, every in SIMILAR_IDS.items():
        yield from (_two(whose, *pair) for pair in every)
    yield from map(joined, SEPARATORS)
    yield from OF_DOCUMENTS.values()
    yield from (documents_told_apart(*pair) for pair in SIMILAR_DOCUMENTS)
    yield from (regions_told_apart(*pair) for pair in SIMILAR_REGIONS)
    yield from map(documents_joined, SEPARATORS)
    yield from OF_PARAMETERS.values()
    yield from OF_ROLES.values()
    yield from (role_sessions_told_apart(*pair) for pair in SIMILAR_ROLE_SESSIONS)
    yield from map(role_sessions_joined, SEPARATORS)
    yield from (many(whose, number) for whose, number in PAGES.items())
    users = (user(f"u{number}", *ids) for number, ids in enumerate(POSIX_IDS))
    asked_of = (call for number in range(len(POSIX_IDS)) for call in (tag(f"u{number}"), start(number)))
    yield (principal(), instance(), run_as(True), *users, *asked_of)
    blank = (Way(NameAsked(name, "alice")) for name in BLANKS)
    ways = chain(blank, (way for kind in CONFUSABLES.values() for way in ways_of(kind)))
    while some := tuple(islice(ways, WAYS_IN_A_TRACE)):
        there: set[str] = set()
        asked = (in_every_mode(way, number, there) for number, way in enumerate(some))
        yield (principal(), instance(), tag("nobody1"), *chain.from_iterable(asked))
        there = set()
        named = (evolve(way.asked, by="default").calls(number, there) for number, way in enumerate(some))
        yield (principal(), instance(), *chain.from_iterable(named))
        special = [name for way in some for name in way.special if name not in (SSM_USER, ROOT)]
        by_default = (call for name in special for call in (run_as(True, name), start(name)))
        yield (principal(), instance(), *map(user, dict.fromkeys(special)), *by_default)


def _two(whose: str, one: str, other: str) -> tuple[Call, ...]:
    """Two of a kind whose ids are similar, and nothing that asks for them before both are there."""
    match whose:
        case "principal":
            return principal(other), principal(one)
        case "instance":
            return instance(other), instance(one)
        case "account":
            return principal("amy", one), instance("i-1", account=other), start(1)
    return principal(), instance(), user("ops"), run_as(True, "ops"), start(other), start(one)


def _trace(
    operation: str, decides: RuleId, confused: tuple[str, str], reading: Reading
) -> tuple[Reading, tuple[Call, ...]]:
    """The operation right before a start that the rule decides, from the initial state."""
    oracle = Oracle(reading, laws=False)
    platform = Platform.WINDOWS if decides == "platform-not-covered" else Platform.LINUX
    oracle.perform("create_principal", {"principal": AMY, "account": ACCOUNTS[0], "kind": PrincipalKind.USER})
    oracle.perform("register_instance", {"instance": I1, "account": ACCOUNTS[0], "platform": platform})
    aim = Aim(oracle.perform, oracle.state, reading, play_of(confused), Request(AMY, I1, PREFERENCES, NO_ROLE_SESSION))
    aim.at(operation, decides, Name(confused[0]), IDS[0])
    return reading, tuple(oracle.calls)


@checked
def convict(
    make: Factory,
    readings: Sequence[Reading] = tuple(all_readings()),
    *,
    runs: int = 200,
    number: int | None = None,
    explicit: bool = True,
    accept: Callable[[Departure], bool] = lambda departure: True,
) -> Departure | None:
    """The first departure of an implementation under one of the readings; None if `runs` random runs find none.

    `number` is the random seed; with None, Hypothesis chooses. `accept` may reject departures, which are skipped.
    """
    if explicit:
        for reading, calls in departing(make, readings):
            departure = departure_of(make, calls, reading)
            if departure is not None and accept(departure):
                return departure
    found: list[Departure] = []

    class Trial(RunAsMachine):
        def shown(self, departure: Departure) -> Departure:
            return departure

        coverage = Coverage()
        asks_laws = False

        def perform(self, operation: str, **arguments: object) -> Transition:
            try:
                return super().perform(operation, **arguments)
            except Departure as departure:
                if accept(departure):
                    found.append(departure)
                    raise
                assume(departure.is_in_the_answer_alone)
                self.oracle.state = departure.transition.after
                return departure.transition

    Trial.implementation, Trial.readings = make, tuple(readings)
    machine = Trial if number is None else seed(number)(Trial)
    try:
        run_state_machine_as_test(machine, settings=settings(TRIAL, max_examples=runs))
    except (Departure, FlakyFailure):  # an implementation that answers now so, now so, departs too
        if found:
            return found[0]
        raise
    return None


TRIAL = settings(
    database=None,
    deadline=None,
    phases=[Phase.generate],
    stateful_step_count=50,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)


def seed_coverage(coverage: Coverage) -> None:
    """Note in `coverage.seeded` what the explicit examples reach that lead to goals."""
    explicit = Coverage()
    for reading, calls in _to_goals():
        explicit.begin()
        oracle = Oracle(reading, laws=False)
        for operation, arguments in calls:
            explicit.note(oracle.perform(operation, arguments))
    coverage.seeded |= set(explicit.reached)
