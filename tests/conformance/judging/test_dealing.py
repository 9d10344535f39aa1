"""Random cases alone: each seed has every way to write a name, and catches nearly every faulty implementation."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

import pytest

from runas_model.specification.readings import DEFAULT, Reading, all_readings
from runas_properties.conformance.judging.dealing import Deck
from runas_properties.conformance.judging.generated import cases_of
from runas_properties.conformance.kit import DEFAULT_EXAMPLES
from runas_properties.conformance.protocol.cases import DECIDE, Step, is_decided
from runas_properties.conformance.protocol.results import Accepted, accepts
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.vectors.expectations import accepted_results
from runas_properties.gallery.implementations import FAULTS, Fault
from runas_properties.stateful.confusables import CONFUSABLES
from thinned import slow

SEEDS = 10
WELL = 9
"""Of so many seeds a fault must be caught by so many."""


@pytest.mark.parametrize("level", ["decision", "service"])
def test_the_same_seed_deals_the_same_cases_and_another_seed_others(level: str) -> None:
    one, again, other = (list(islice(_dealt(level, seed), 50)) for seed in ("1", "1", "2"))

    assert one == again
    assert one != other


def _dealt(level: str, seed: str) -> Iterable[tuple[Step, ...]]:
    deck = Deck("decision" if level == "decision" else "service", seed)
    while True:
        yield deck.deal()


def test_each_seed_deals_every_way_to_write_a_name() -> None:
    for level in ("decision", "service"):
        tags = set()
        for steps in islice(_dealt(level, "3"), DEFAULT_EXAMPLES["decision" if level == "decision" else "service"]):
            tags |= {step.get("tag") or step.get("value") for step in steps}
        listed = {kind.pair(way) for kind in CONFUSABLES.values() if kind.bases == 1 for way in range(kind.ways)}
        missing = {named for named, _ in filter(None, listed)} - tags

        assert len(missing) < len(listed) / 20, missing


def test_cases_that_are_dealt_look_at_what_they_leave() -> None:
    kinds: Counter[str] = Counter()
    for steps in islice(_dealt("service", "4"), 100):
        kinds.update({step["operation"] for step in steps})
        assert steps[-1]["operation"] == "list_os_users"

    assert kinds["list_sessions"] == 100
    assert kinds["delete_principal"] > 10


def test_one_seed_catches_nearly_all_faults() -> None:
    some = list(FAULTS)[::12]

    assert len(set(some) - caught(0, thinned_to=12)) <= len(some) / 20


@slow
def test_nine_of_ten_seeds_catch_each_fault() -> None:
    by: Counter[str] = Counter()
    for number in range(SEEDS):
        by.update(caught(number))

    assert {id: by[id] for id in FAULTS if by[id] < WELL} == {}


def caught(number: int, thinned_to: int = 1) -> set[str]:
    """The faults that the default random cases of a seed catch, each under one of its readings."""
    found: set[str] = set()
    for reading, faults in _by_reading(list(FAULTS.values())[::thinned_to]).items():
        left = dict(faults)
        for steps in islice(cases_of("service", reading, number), DEFAULT_EXAMPLES["service"]):
            accepted = accepted_results(steps, reading)
            for id, fault in list(left.items()):
                if departs(fault, reading, steps, accepted):
                    found.add(id)
                    del left[id]
            if not left:
                break
    return found


def _by_reading(faults: Sequence[Fault]) -> dict[Reading, dict[str, Fault]]:
    """Each fault under a reading that shows it, such that there are few readings."""
    left, by = {fault.id: fault for fault in faults}, dict[Reading, dict[str, Fault]]()
    while left:
        reading = max(all_readings(), key=lambda r: sum(r in fault.readings for fault in left.values()))
        by[reading] = {id: fault for id, fault in left.items() if reading in fault.readings}
        left = {id: fault for id, fault in left.items() if id not in by[reading]}
    return by


def departs(fault: Fault, reading: Reading, steps: Sequence[Step], accepted: Sequence[Accepted]) -> bool:
    service = Stepwise(fault.make(reading))
    return not all(accepts(wanted, service.apply(step)) for step, wanted in zip(steps, accepted, strict=True))


def test_questions_of_a_decision_are_decided_alone() -> None:
    for steps in islice(cases_of("decision", DEFAULT, 1), 60):
        assert [step["operation"] for step in steps] == [DECIDE]
        assert is_decided(steps[0])
