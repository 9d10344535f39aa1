"""The laws in words: made from their functions, and exactly them."""

from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from runas_model import SPECIFICATION
from runas_model.words import Term, clause, evaluate, noun
from runas_properties.explorer.reach import instance_of
from runas_properties.explorer.traces import shortest_traces
from runas_properties.explorer.world import WORLD
from runas_properties.laws import LAWS, Claim, Kind, Law, laws_of
from runas_properties.laws.law import decision_law
from thinned import thinned


@pytest.mark.parametrize("law", thinned(laws_of(Kind.INVARIANT, Kind.STEP), 2), ids=lambda law: law.id)
def test_a_law_of_states_and_steps_and_its_words_say_the_same(law: Law) -> None:
    operations, holding = set(), set()
    for trace in shortest_traces().values():
        t = trace.transitions()[-1]
        values = instance_of(law, t) or {name: WORLD[kind][0] for name, kind in law.variables.items()}
        subject, known = (t, {"t": t}) if law.kind is Kind.STEP else (t.after, {"state": t.after})
        claim, said = law.claim(subject, **values), law.words.said[t.operation if law.kind is Kind.STEP else ""]

        assert claim.premise == evaluate(said.premise, known | values)
        assert claim.conclusion == evaluate(said.conclusion, known | values)
        operations.add(t.operation)
        holding.add(claim.premise)

    assert operations == set(SPECIFICATION.operations)
    assert True in holding


@pytest.mark.parametrize("law", LAWS.values(), ids=lambda law: law.id)
def test_a_title_has_the_whole_premise_of_its_law_and_then_its_conclusion(law: Law) -> None:
    where = f"Where {law.words.premise}, " if law.words.premise else ""

    assert law.title.startswith(where)
    assert law.title[len(where) :].lower().startswith(law.then.lower())
    assert law.title[0].isupper()
    assert law.title.endswith(".")
    assert not law.then.endswith(".")
    assert not law.then[:1].isupper()


def test_a_title_cannot_be_had_without_where_run_as_applies() -> None:
    assert LAWS["never-ssm-user"].title == (
        "Where Run As applies and the session starts, the session does not run as ssm-user."
    )


def test_what_is_said_of_all_operations_is_told_before_what_is_said_of_some() -> None:
    shared, some = LAWS["os-users-change-only-as-asked"].words.conclusions

    assert (shared.operations, some.operations) == ((), ("create_os_user",))
    assert list(LAWS["tags-belong-to-principals"].words.lines()) == [
        "where the principal has a tag with the key:",
        "  - the principal exists",
    ]


def test_a_law_with_another_premise_for_each_operation_has_no_title() -> None:
    law = LAWS["settings-leave-sessions-alone"]

    with pytest.raises(ValueError, match="a law has one premise for all operations of which it says something, not 2"):
        _ = attrs.evolve(law, claim=lambda t, **_: Claim(t.accepted if t.decision else t.starts(), True)).title


def test_a_law_is_given_its_clauses_before_the_conclusion_of_its_title() -> None:
    with pytest.raises(TypeError, match="the law wrong takes its clauses after its id"):
        decision_law("wrong", "Nobody is root.", ("C1",))(lambda s, d, r: Claim(True, True))
    assert "wrong" not in LAWS


def _questions(part: Any) -> Iterator[Term]:
    """What is asked in a truth: the terms that have phrases of their own."""
    if isinstance(part, tuple):
        for one in part:
            yield from _questions(one)
    elif isinstance(part, Term):
        if part.operation not in ("all", "any", "not", "choose"):
            yield part
        yield from _questions(part.parts[:2] if part.operation == "named" else part.parts)


def _structure(part: Any) -> Any:
    """What a term is, all the way down; of a named part not what its function returned."""
    if isinstance(part, tuple):
        return tuple(map(_structure, part))
    if not isinstance(part, Term):
        return part
    return (part.operation, *map(_structure, part.parts[:2] if part.operation == "named" else part.parts))


@pytest.mark.parametrize("law", LAWS.values(), ids=lambda law: law.id)
def test_no_two_questions_of_a_law_are_told_alike(law: Law) -> None:
    told: dict[str, Any] = {}
    for said in law.words.said.values():
        for question in _questions((said.premise, said.conclusion)):
            if question.kind is bool and question.operation != "constant":
                text = clause(question)
            elif question.operation in ("item", "choose", "decide", "named"):
                text = noun(question)
            else:
                continue
            assert told.setdefault(text, _structure(question)) == _structure(question)
    assert told
