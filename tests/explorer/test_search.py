"""The search: the same states and transitions as the concrete model has."""

import numpy as np
import pytest

from explorer.one_at_a_time import SMALL, concrete_levels
from runas_model import AGENT, DEFAULT, SPECIFICATION, Reading, apply
from runas_model.specification.vocabulary import Switch
from runas_properties.explorer import Scope
from runas_properties.explorer.packing import packing_of
from runas_properties.explorer.search import Search
from runas_properties.oracle.oracle import ORACLE
from thinned import slow

LARGER = Scope(accounts=2, principals=2, instances=2, names=4, sessions=1, platforms=3, switches=3)


def search_of(scope: Scope, reading: Reading = DEFAULT) -> Search:
    packing, columns, _, transitions = packing_of(SPECIFICATION, reading, scope.start(), scope.calls())
    return Search(packing, columns, transitions, [])


@pytest.mark.parametrize(
    ("scope", "reading"),
    [
        (SMALL, DEFAULT),
        pytest.param(Scope(1, 1, 1, 1, 2, 3), AGENT, marks=slow),
        pytest.param(Scope(2, 1, 1, 1, 1), AGENT, marks=slow),
        pytest.param(Scope(1, 1, 2, 1, 1), DEFAULT, marks=slow),
        (Scope(1, 1, 1, 2, 1, switches=3), DEFAULT),
        (Scope(1, 1, 1, 1, 1, regions=2), DEFAULT),
        pytest.param(Scope(1, 1, 1, 1, 1, documents=2), AGENT, marks=slow),
        (Scope(1, 1, 1, 1, 1, role_sessions=1), DEFAULT),
        pytest.param(Scope(1, 1, 1, 1, 1, role_sessions=2, switches=1), AGENT, marks=slow),
        (Scope(1, 1, 1, 1, 1, documents=2, parameters=1, switches=1), DEFAULT),
    ],
)
def test_the_concrete_model_reaches_the_same_states_at_the_same_depth_by_as_many_transitions(
    scope: Scope, reading: Reading
) -> None:
    search = search_of(scope, reading)
    search.run(lambda search: False)

    accepted = 0
    for (level, transitions), packed in zip(concrete_levels(scope, reading), search.levels, strict=True):
        assert {search.packing.unpack(int(one)) for one in packed} == set(level)
        assert {search.packing.pack(state) for state in level} == set(map(int, packed))
        accepted += sum(t.accepted for t in transitions)
    assert accepted == sum(search.accepted)


@pytest.mark.parametrize(
    ("scope", "reading"),
    [
        (LARGER, DEFAULT),
        pytest.param(LARGER, AGENT, marks=slow),
        pytest.param(Scope(2, 1, 1, 2, 1, switches=3, regions=2, documents=2), AGENT, marks=slow),
        (Scope(accounts=2, principals=3, instances=1, names=2, sessions=1, documents=2, role_sessions=2), AGENT),
        (Scope(accounts=1, principals=2, instances=1, names=4, sessions=1, documents=2, parameters=4), AGENT),
    ],
)
def test_in_states_of_a_larger_scope_every_operation_does_what_it_does_in_the_concrete_model(
    scope: Scope, reading: Reading
) -> None:
    search = search_of(scope, reading)
    search.run(lambda search: sum(map(len, search.levels)) > 50_000)
    sample = np.random.default_rng(2020).choice(search.visited, 100, replace=False)

    columnar = {place: dict(zip(map(int, b), map(int, a), strict=True)) for place, b, a in search.successors(sample)}

    for packed in map(int, sample):
        state = search.packing.unpack(packed)
        for place, (name, arguments) in enumerate(scope.calls()):
            t = ORACLE.transition(name, state, reading, **arguments)
            expected = search.packing.pack(t.after) if t.accepted else None
            assert columnar.get(place, {}).get(packed) == expected, (name, arguments, state)


def test_an_os_user_that_no_call_ever_creates_takes_no_bits() -> None:
    calls = [call for call in SMALL.calls() if call[0] in ("create_principal", "register_instance", "start_session")]
    preferences = [arguments for name, arguments in SMALL.calls() if name == "update_preferences"]
    on = next(arguments for arguments in preferences if arguments["run_as_enabled"] is Switch.ON)
    start, _ = apply("update_preferences", SMALL.start(), DEFAULT, **on)

    packing, columns, _, transitions = packing_of(SPECIFICATION, DEFAULT, start, calls)
    search = Search(packing, columns, transitions, [])

    assert search.run(lambda search: False)
    assert packing.bits == 2
    assert [len(packing.unpack(int(one)).os_users) for one in search.visited] == [0, 0, 0, 0]
