"""The exported table says of every class and reading what `decide` and `explain` say; no browser is needed."""

import json
from typing import Any

import pytest
from hypothesis import given

from runas_model import PROFILES, Reading, Situation, all_readings, decide, explain
from runas_model.facts.classes import SituationClass, class_of, situation_classes
from runas_model.inputs.printing import printable
from runas_model.specification.readings import choices_of
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.stateful.strategies import readings, situations
from spec_site.decision_table import decision_table, vector_of

TABLE = json.loads(json.dumps(decision_table()))


def looked_up(s: Situation, one: SituationClass, reading: Reading) -> dict[str, Any]:
    """What a program finds in the table that knows the class and the names."""
    names = {"tag": s.tag, "default_user": s.default_user}
    quoted = {key: f'"{printable(name)}"' for key, name in names.items()}
    answers = sum(answer << bit for bit, answer in enumerate(one.answers.values()))
    [paths] = [paths for _, bits, paths in TABLE["classes"] if bits == answers]
    path = TABLE["paths"][paths[TABLE["readings"].index(choices_of(reading))]]
    rule = TABLE["rules"][len(path) - 1]
    return {
        "rule": rule["id"],
        "starts": rule["starts"],
        "os_user": rule["os_user"] and rule["os_user"].format(**names),
        "reason": rule["reason"],
        "path": [[TABLE["phrases"][phrase].format(**quoted) for phrase in phrases] for phrases in path],
        "passed_over": [step["id"] for step in TABLE["rules"][: len(path) - 1]],
        "clauses": [[clause, *TABLE["clauses"][clause]] for clause in rule["clauses"] if counts(clause, reading)],
    }


def counts(clause: str, reading: Reading) -> bool:
    """Whether a clause counts under a reading, as the table has it."""
    choices = TABLE["said_by"].get(clause)
    return choices is None or any(choices_of(reading)[point] == choice for point, choice in choices)


def decided(s: Situation, reading: Reading) -> dict[str, Any]:
    decision, explanation = decide(s, reading), explain(s, reading)
    return {
        "rule": decision.rule,
        "starts": decision.starts,
        "os_user": decision.os_user,
        "reason": decision.reason and decision.reason.value,
        "path": [list(because) for because in (*(p.because for p in explanation.passed_over), explanation.because)],
        "passed_over": [step.rule.id for step in explanation.passed_over],
        "clauses": [[clause.id, clause.where, clause.text] for clause in explanation.clauses],
    }


@pytest.mark.parametrize("reading", all_readings(), ids=lambda reading: "-".join(choices_of(reading).values()))
def test_every_class_is_decided_in_the_table_as_by_decide(reading: Reading) -> None:
    classes = situation_classes()
    assert len(classes) == len(TABLE["classes"]) > 600

    expected = {one.id: decided(one.example, reading) for one in classes}
    assert expected == {one.id: looked_up(one.example, one, reading) for one in classes}


@given(situations(), readings())
def test_any_situation_is_explained_by_the_entry_of_its_class(s: Situation, reading: Reading) -> None:
    assert decided(s, reading) == looked_up(s, class_of(s), reading)


def test_the_profiles_name_their_readings() -> None:
    assert {name: choices_of(reading) for name, reading in PROFILES.items()} == {
        name: TABLE["readings"][index] for name, index in TABLE["profiles"].items()
    }


def test_the_vector_of_every_class_exists() -> None:
    known = {vector.id for vector in vectors("decision")}

    assert [one.id for one in situation_classes() if vector_of(one) not in known] == []
    assert [vector for vector, _, _ in TABLE["classes"]] == [vector_of(one) for one in situation_classes()]
