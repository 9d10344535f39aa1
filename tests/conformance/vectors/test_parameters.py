"""Scenarios of parameters: what they reach with one that is given, and what vectors are made of them."""

from collections.abc import Iterable, Iterator

import pytest

from runas_model import AGENT, DEFAULT, RULEBOOK, Reading
from runas_model.specification.nouns import Noun
from runas_model.specification.rulebook import names_by_tag, run_as_applies
from runas_model.specification.state import fills
from runas_model.specification.transitions import Call, Transition
from runas_properties.conformance.protocol.cases import needs_of
from runas_properties.conformance.vectors.making import make_vector
from runas_properties.conformance.vectors.scenarios import scenarios
from runas_properties.explorer.reach import errors_of
from runas_properties.oracle.oracle import Oracle
from runas_properties.stateful.scenarios import OF_PARAMETERS

MADE = {one.id: one for one in scenarios() if one.id.startswith("parameter")}


@pytest.fixture(scope="module")
def starts() -> list[Transition]:
    """Every start of the scenarios, under two readings."""
    return [t for reading in (DEFAULT, AGENT) for calls in OF_PARAMETERS.values() for t in _starts(calls, reading)]


def _starts(calls: Iterable[Call], reading: Reading) -> Iterator[Transition]:
    oracle = Oracle(reading, laws=False)
    performed = [oracle.perform(*call) for call in calls]
    return (t for t in performed if t.operation == "start_session")


def test_every_rule_decides_where_a_parameter_is_filled_and_where_it_is_not(starts: list[Transition]) -> None:
    declared = [t for t in starts if t.accepted]
    by_filling = {t.decision.rule for t in declared if t.decision and fills(t.before, t.asked)}

    assert by_filling == {rule.id for rule in RULEBOOK}
    assert {t.asked.filled for t in declared} == {True, False}


def test_every_error_of_a_start_is_told_where_a_parameter_is_given(starts: list[Transition]) -> None:
    failed = [t for t in starts if not t.accepted and t.asked.filled]

    assert {type(next(error for holds, error in t.requires if not holds)).__name__ for t in failed} == set(
        errors_of("start_session")
    )


def test_no_tagged_caller_runs_as_what_it_fills_in(starts: list[Transition]) -> None:
    tagged = [t for t in starts if t.accepted and t.asked.filled and names_by_tag(t.asks_in(t.before), t.reading)]
    others = [t for t in tagged if t.asks_in(t.before).tag != t.asked.parameter]
    run_as = [(t.decided.os_user, s.tag) for t in others if run_as_applies(s := t.asks_in(t.before), t.reading)]

    assert all(os_user in (None, tag) for os_user, tag in run_as)
    assert len([os_user for os_user, _ in run_as if os_user]) > 10


@pytest.mark.parametrize(
    "id", ["filled-by-the-tagged", "filled-with-an-empty-value", "given-to-a-document-that-declares-none"]
)
def test_a_vector_of_them_needs_documents_and_parameters_and_says_so(id: str) -> None:
    one = MADE[f"parameters-{id}"]
    vector = make_vector(one.id, one.steps, one.flags, title=one.title)

    assert vector.needs == (Noun.DOCUMENTS, Noun.PARAMETERS)
    assert {"parameter", "session-document"} <= set(vector.flags)


def test_all_speak_of_parameters_and_none_of_how_one_is_told_apart_from_none() -> None:
    assert all(Noun.PARAMETERS in needs_of(one.steps) for one in MADE.values())
    assert not any("filled" in step for one in MADE.values() for step in one.steps)
    assert any(step.get("parameter") == "" for one in MADE.values() for step in one.steps)
