"""The universe of words, held to the concrete one."""

import attrs
import pytest
from hypothesis import given

from runas_model import DEFAULT, INITIAL, SPECIFICATION, Platform, Reading, Situation, State, situation
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import ManagedInstance, Name, OsUser, PrincipalKind, PrincipalRecord
from runas_model.universes import all_of, any_of, choose, not_
from runas_model.words.subjects import SPECIFICATION_IN_WORDS, variable
from runas_model.words.terms import MEANINGS, Term, evaluate, whole
from runas_properties.stateful.strategies import readings, situations

S, R = variable("s", Situation), variable("r", Reading)


@given(situations(), readings())
def test_every_rule_and_the_decision_in_words_mean_what_they_are(s: Situation, r: Reading) -> None:
    values = {"s": s, "r": r, "by": SPECIFICATION}
    decision = SPECIFICATION_IN_WORDS.decide(S, R)

    assert [rule.when(s, r) for rule in RULEBOOK] == [evaluate(rule.when(S, R), values) for rule in RULEBOOK]
    assert SPECIFICATION.decide(s, r) == evaluate(whole(decision), values)


def test_the_homomorphism_fails_for_a_connective_that_is_taken_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MEANINGS, "any", all_of)
    condition = next(rule for rule in RULEBOOK if rule.id == "platform-not-covered").when
    s = situation(run_as_enabled=True)

    assert condition(s, DEFAULT) != evaluate(condition(S, R), {"s": s, "r": DEFAULT})


def test_connectives_take_out_what_is_always_so() -> None:
    assert all_of(True, S.tagged) is S.tagged
    assert any_of(False, S.tagged) is S.tagged
    assert all_of(False, S.tagged) is False
    assert any_of(True, S.tagged) is True


def test_a_changed_record_is_the_record_with_the_change() -> None:
    changed = attrs.evolve(S, tagged=False, os_users=S.os_users.put(Name("x"), variable("user", OsUser)))
    s = situation(run_as_enabled=True, tag="x", users=["y"])
    meant = evaluate(whole(changed), {"s": s, "user": OsUser(1, 2)})

    assert (meant.tagged, meant.tag, meant.os_users["x"], meant.os_users.has("y")) == (False, "x", OsUser(1, 2), True)
    assert whole(S) is whole(S)


def test_a_record_of_another_record_s_fields_is_a_record_of_its_own() -> None:
    user, other = variable("user", OsUser), variable("instance", ManagedInstance)
    values = {"user": OsUser(1, 2), "instance": ManagedInstance("1", Platform.MACOS, "us-east-1")}

    assert evaluate(whole(OsUser(user.gid, user.uid)), values) == OsUser(2, 1)
    assert evaluate(whole(PrincipalRecord(other.account, PrincipalKind.ROLE)), values) == PrincipalRecord(
        "1", PrincipalKind.ROLE
    )


def test_tables_are_chosen_and_dropped_from_row_by_row() -> None:
    state, flag = variable("state", State), variable("flag", bool)
    users = INITIAL.os_users.put(("i-1", "x"), OsUser(1, 2))
    chosen = choose(flag, state.os_users.drop_under("i-1"), state.os_users)

    for holds in (True, False):
        values = {"state": attrs.evolve(INITIAL, os_users=users), "flag": holds}
        assert evaluate(chosen.has(("i-1", "x")), values) is not holds


def test_a_choice_of_values_is_kept() -> None:
    chosen = choose(S.tagged, S.tag, S.default_user)

    assert evaluate(chosen, {"s": situation(run_as_enabled=True, default_user="ops")}) == "ops"


def test_a_transition_is_of_an_operation() -> None:
    with pytest.raises(TypeError, match="a transition is of an operation"):
        variable("t", Transition)


def test_a_truth_in_words_cannot_be_branched_on() -> None:
    with pytest.raises(TypeError, match="use the connectives"):
        bool(not_(S.tagged))
    assert isinstance(S.tagged, Term)
