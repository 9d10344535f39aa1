"""Scopes: what cannot be is refused before any work, and no more states are found than estimated."""

from pathlib import Path

import pytest

from explorer.one_at_a_time import SMALL
from runas_model import AGENT, DEFAULT, Reading
from runas_properties.explorer import Scope, ScopeError, explore
from runas_properties.explorer import scope as scope_module


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"accounts": 0}, "accounts must be from 1 to 64, not 0"),
        ({"names": -1}, "names must be from 1 to 64, not -1"),
        ({"instances": 10**9}, "instances must be from 1 to 64"),
        ({"platforms": 4}, "platforms must be from 1 to 3, not 4"),
        ({"switches": 4}, "switches must be from 1 to 3, not 4"),
        ({"regions": 0}, "regions must be from 1 to 64, not 0"),
        ({"documents": 65}, "documents must be from 1 to 64, not 65"),
        ({"role_sessions": -1}, "role_sessions must be from 0 to 64, not -1"),
        ({"parameters": -1}, "parameters must be from 0 to 64, not -1"),
        ({"parameters": 2, "documents": 2}, "parameters must be from 0 to 1, as many as names, not 2"),
        ({"parameters": 1}, "documents must be from 2 to 64 where there are parameters, not 1"),
        ({"role_sessions": 20}, r"up to .* states would need about .* GiB are free; take a smaller scope"),
        ({"regions": 5, "documents": 9}, r"up to .* states would need about .* GiB are free; take a smaller scope"),
        ({"principals": 40}, r"up to \d\.\de\d+ states would need about .* GiB are free; take a smaller scope"),
    ],
)
def test_a_scope_that_cannot_be_is_refused_before_any_work(counts: dict[str, int], words: str) -> None:
    with pytest.raises(ScopeError, match=words):
        explore(Scope(**{**dict.fromkeys(("accounts", "principals", "instances", "names", "sessions"), 1), **counts}))


def test_where_free_memory_is_not_known_the_64_bits_of_a_state_are_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object) -> str:
        raise OSError

    monkeypatch.setattr(Path, "read_text", unreadable)

    assert scope_module.free_memory() is None
    with pytest.raises(ScopeError, match=r"a state of this scope needs .* bits, and 64 is the most"):
        explore(Scope(accounts=1, principals=1, instances=1, names=40, sessions=1))


@pytest.mark.parametrize(
    "scope",
    [
        *(SMALL, Scope(1, 2, 1, 3, 1), Scope(1, 1, 2, 2, 1), Scope(1, 1, 1, 2, 2, 2), Scope(2, 1, 1, 4, 1, 3)),
        *(Scope(1, 1, 1, 2, 1, switches=switches) for switches in (1, 3)),
        Scope(2, 1, 1, 3, 1, switches=3),
        *(Scope(1, 1, 1, 1, 1, **counts) for counts in ({"regions": 2}, {"documents": 2}, {"documents": 3})),
        Scope(1, 1, 1, 1, 1, regions=2, documents=2, switches=3),
        *(Scope(1, 1, 1, 1, 1, role_sessions=count) for count in (1, 2)),
        Scope(1, 3, 1, 1, 1, role_sessions=1, switches=1),
        Scope(1, 1, 1, 1, 1, documents=2, parameters=1, switches=3),
        Scope(1, 1, 1, 2, 1, documents=2, parameters=2, switches=1),
    ],
)
@pytest.mark.parametrize("reading", [DEFAULT, AGENT], ids=["default", "agent"])
def test_no_scope_has_more_states_than_its_estimate(scope: Scope, reading: Reading) -> None:
    assert explore(scope, reading, laws=()).states <= scope.most_states
