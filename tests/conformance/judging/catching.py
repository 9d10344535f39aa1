"""Which faulty implementations the default random cases of a seed catch, by themselves."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from runas_model.specification.nouns import Noun
from runas_model.specification.readings import Reading, all_readings
from runas_model.specification.transitions import Call
from runas_properties.conformance.judging.generated import cases_of
from runas_properties.conformance.kit import DEFAULT_EXAMPLES
from runas_properties.conformance.protocol.results import Accepted, accepts
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.vectors.expectations import accepted_results
from runas_properties.gallery.implementations import FAULTS, Fault
from runas_solver.convictions import as_asked

__all__ = ["caught", "counted"]


def counted() -> None:
    """Print how many of so many seeds catch each fault, as JSON."""
    by: Counter[str] = Counter()
    for number in range(int(sys.argv[1])):
        by.update(caught(number))
    print(json.dumps(by))


def caught(number: int, thinned_to: int = 1) -> set[str]:
    """The faults that the default random cases of a seed catch, each under one of its readings."""
    found: set[str] = set()
    for reading, faults in _by_reading(list(FAULTS.values())[::thinned_to]).items():
        left = dict(faults)
        for steps in islice(cases_of("service", reading, number, tuple(Noun)), DEFAULT_EXAMPLES["service"]):
            accepted, calls = accepted_results(steps, reading), [as_asked(**step) for step in steps]
            for id, fault in list(left.items()):
                if departs(fault, reading, calls, accepted):
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


def departs(fault: Fault, reading: Reading, calls: Sequence[Call], accepted: Sequence[Accepted]) -> bool:
    service = Stepwise(fault.make(reading))
    return not all(accepts(wanted, service.perform(*call)) for call, wanted in zip(calls, accepted, strict=True))
