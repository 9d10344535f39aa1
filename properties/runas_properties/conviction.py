"""An implementation put on trial: explicit examples first, then the steered state machine, until it departs."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product

from hypothesis import HealthCheck, Phase, assume, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from runas_model.readings import PROFILES, Reading, all_readings
from runas_model.specification import Transition, apply
from runas_model.state import INITIAL
from runas_model.vocabulary import Name, Platform, PrincipalKind, RuleId, Session
from runas_properties.coverage import Coverage
from runas_properties.failures import departure_of
from runas_properties.implementations import Factory
from runas_properties.machine import RunAsMachine
from runas_properties.oracle import Call, Departure
from runas_properties.reach import shortest_traces
from runas_properties.scenes import CONFUSED, IDS, arrangement, play_of
from runas_properties.steering import ACCOUNTS, INSTANCES, PRINCIPALS

__all__ = ["convict", "examples"]


BY_EXISTENCE = ("tag-user-missing", "tag-user-exists", "default-user-missing", "default-user-exists")


@cache
def examples() -> tuple[tuple[Reading, tuple[Call, ...]], ...]:
    """Traces that every implementation is tried on, under one reading each.

    The shortest to each rule, operation, error and law; and for each two names that are easily confused, a start as the
    one where only the other is on the instance, and one where both are.
    """
    shortest = [(trace.reading, trace.calls) for trace in shortest_traces().values()]
    return (*shortest, *_of_confused_names())


def _of_confused_names() -> Iterator[tuple[Reading, tuple[Call, ...]]]:
    amy, i1 = PRINCIPALS[0], INSTANCES[0]
    made: list[Call] = [
        ("create_principal", {"principal": amy, "account": ACCOUNTS[0], "kind": PrincipalKind.USER}),
        ("register_instance", {"instance": i1, "account": ACCOUNTS[0], "platform": Platform.LINUX}),
    ]
    start: Call = ("start_session", {"session": Session("s-1"), "principal": amy, "instance": i1})
    there = INITIAL
    for operation, arguments in made:
        there, _ = apply(operation, there, **arguments)
    for (named, near), rule, reading in product(CONFUSED, BY_EXISTENCE, PROFILES.values()):
        arranged = arrangement(play_of((named, near)), reading, RuleId(rule), Name(named), IDS[0])
        yield reading, (*made, *arranged.calls(there, amy, i1), start)


def convict(
    make: Factory,
    readings: Sequence[Reading] = tuple(all_readings()),
    *,
    runs: int = 200,
    number: int | None = None,
    explicit: bool = True,
    accept: Callable[[Departure], bool] = lambda departure: True,
) -> Departure | None:
    """The first departure of an implementation under one of the readings; None if it has none in so many runs.

    `number` is the seed; None takes Hypothesis' own. `accept` may tell departures to pass over.
    """
    if explicit:
        for reading, calls in examples():
            departure = departure_of(make, calls, reading) if reading in readings else None
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
    except Departure:
        return found[0]
    return None


TRIAL = settings(
    database=None,
    deadline=None,
    phases=[Phase.generate],
    stateful_step_count=50,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
)
