"""The vectors: complete, well-formed, and without an expectation in what is sent."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from runas_model import OPERATIONS, RULEBOOK, all_readings
from runas_model.facts.classes import class_of, situation_classes
from runas_properties.conformance.protocol.cases import call_of, situation_asked
from runas_properties.conformance.vectors.vector import FLAGS, vectors
from runas_properties.explorer.reach import errors_of
from runas_properties.gallery.implementations import FAULTS
from runas_properties.oracle.oracle import Oracle
from runas_properties.stateful.confusions import CONFUSIONS, NEAR_KEYS
from runas_properties.stateful.coverage import IMPOSSIBLE, Coverage, pair
from runas_solver.vectors import KEPT
from thinned import thinned

PACKAGE = Path(str(files("runas_properties.conformance")))
LEVELS = ("decision", "service")
TENTHS = range(10)


@pytest.mark.parametrize("start", thinned(TENTHS, 10))
@pytest.mark.parametrize("level", LEVELS)
def test_the_files_are_as_their_schema_has_them(level: str, start: int) -> None:
    schema = json.loads((PACKAGE / "vectors" / "vectors.schema.json").read_text("utf-8"))
    found = json.loads((PACKAGE / KEPT.format(level)).read_text("utf-8"))
    found["vectors"] = found["vectors"][start :: len(TENTHS)]

    assert list(jsonschema.Draft202012Validator(schema).iter_errors(found)) == []


@pytest.mark.parametrize("reading", all_readings(), ids=str)
def test_every_rule_decides_in_a_vector_under_every_reading_under_which_it_can(reading: Any) -> None:
    decided = {vector.under(reading).rule for vector in vectors("decision")}
    cannot = {"tag-names-superuser", "default-names-superuser"} if reading.superuser.value == "ordinary" else set()

    assert decided == {rule.id for rule in RULEBOOK} - cannot


def test_every_class_of_situations_has_a_vector_named_after_it() -> None:
    asked = {vector.id: class_of(situation_asked(vector.steps[0])).id for vector in vectors("decision")}

    assert {f"decision-{one.id}" for one in situation_classes()} <= set(asked)
    assert all(asked[f"decision-{one.id}"] == one.id for one in situation_classes())


def test_every_operation_every_error_and_every_pair_with_a_rule_is_in_a_vector() -> None:
    coverage = Coverage()
    for vector in vectors("service"):
        if not {"pair", "operation-error", "witness"} & set(vector.flags):
            continue
        for reading in all_readings():
            coverage.begin()
            oracle = Oracle(reading, laws=False)
            for step in vector.steps:
                if step["operation"] in OPERATIONS:
                    coverage.note(oracle.perform(*call_of(step)))
    wanted = {
        *(f"{operation} succeeds" for operation in OPERATIONS),
        *(f"{operation} raises {error}" for operation in OPERATIONS for error in errors_of(operation)),
        *(pair(operation, rule.id) for operation in OPERATIONS for rule in RULEBOOK),
    }

    assert wanted - set(IMPOSSIBLE) - set(coverage.reached) == set()


def test_every_confusable_name_and_every_near_key_is_in_a_vector() -> None:
    ids = {vector.id for vector in vectors()}

    assert {f"name-{confusion.id}-by-{by}-instead" for confusion in CONFUSIONS for by in ("tag", "default")} <= ids
    assert {f"near-key-{key}-with-default" for key in NEAR_KEYS} <= ids


def test_every_fault_is_convicted_and_the_core_convicts_them_all() -> None:
    assert {fault for vector in vectors() for fault in vector.convicts} == set(FAULTS)
    assert {fault for vector in vectors() if vector.core for fault in vector.convicts} == set(FAULTS)


def test_what_is_accepted_depends_on_the_readings_that_a_vector_names_and_on_no_other() -> None:
    for vector in vectors():
        for under in vector.accepted:
            assert tuple(under.when) == vector.depends_on
        for name in vector.depends_on:
            by_others: dict[Any, list[Any]] = {}
            for under in vector.accepted:
                others = tuple(item for item in under.when.items() if item[0] != name)
                by_others.setdefault(others, []).append((under.rule, under.results))
            assert any(one != first for first, *others in by_others.values() for one in others), (
                f"{vector.id} does not depend on {name}"
            )


def test_no_vector_that_is_sent_holds_an_expectation() -> None:
    for vector in vectors():
        for step in vector.steps:
            assert not {"started_as", "refused", "accepted", "rule", "expected"} & set(step)


def test_every_flag_says_why_and_is_used() -> None:
    assert {flag for vector in vectors() for flag in vector.flags} == set(FLAGS)
    assert all(len(note) > 20 for note in FLAGS.values())
