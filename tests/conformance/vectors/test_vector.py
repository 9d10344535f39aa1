"""The vectors: generated, complete, well-formed; the core is the smallest that convicts every fault."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from runas_cli.linter import main as lint
from runas_model import OPERATIONS, RULEBOOK, all_readings
from runas_model.facts.classes import class_of, situation_classes
from runas_model.inputs.records import InputError
from runas_model.specification.readings import CHOICES
from runas_properties.conformance.protocol.cases import DECIDE, call_of, situation_asked
from runas_properties.conformance.vectors import linter
from runas_properties.conformance.vectors.expectations import walk
from runas_properties.conformance.vectors.vector import FLAGS, VERSION, Document, Vector, read_vectors, vectors
from runas_properties.explorer.reach import errors_of
from runas_properties.gallery.implementations import FAULTS
from runas_properties.oracle.oracle import Oracle
from runas_properties.stateful.confusions import CONFUSIONS, NEAR_KEYS
from runas_properties.stateful.coverage import IMPOSSIBLE, Coverage, pair
from runas_solver.vectors import KEPT, SCHEMAS, smallest_cover, write

PACKAGE = Path(str(files("runas_properties.conformance")))
LEVELS = ("decision", "service")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    write(folder)
    return folder


@pytest.mark.parametrize("name", [*map(KEPT.format, LEVELS), *SCHEMAS])
def test_what_is_kept_is_what_the_generator_makes(name: str, generated: Path) -> None:
    assert (PACKAGE / name).read_text("utf-8") == (generated / name).read_text("utf-8"), (
        f"{name} differs from what python -m runas_solver.vectors makes: run it, and raise VERSION in "
        "runas_properties/conformance/vectors/vector.py"
    )


@pytest.mark.parametrize("level", LEVELS)
def test_the_files_are_as_their_schema_has_them(level: str) -> None:
    schema = json.loads((PACKAGE / "vectors" / "vectors.schema.json").read_text("utf-8"))
    found = json.loads((PACKAGE / KEPT.format(level)).read_text("utf-8"))

    assert list(jsonschema.Draft202012Validator(schema).iter_errors(found)) == []


@pytest.mark.parametrize("reading", all_readings(), ids=str)
def test_every_rule_decides_in_a_vector_under_every_reading_under_which_it_can(reading: Any) -> None:
    decided = {vector.under(reading).rule for vector in vectors("decision")}
    cannot = set() if reading.superuser.value == "refused" else {"tag-names-superuser", "default-names-superuser"}

    assert decided == {rule.id for rule in RULEBOOK} - cannot


def test_every_class_of_situations_has_a_vector_named_after_it() -> None:
    asked = {vector.id: class_of(situation_asked(vector.steps[0])).id for vector in vectors("decision")}

    assert {f"decision-{one.id}" for one in situation_classes()} <= set(asked)
    assert all(asked[f"decision-{one.id}"] == one.id for one in situation_classes())


def test_every_operation_every_error_and_every_pair_with_a_rule_is_in_a_vector() -> None:
    coverage = Coverage()
    for vector in vectors("service"):
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


def test_the_core_is_as_small_as_can_be() -> None:
    caught = {vector.id: vector.convicts for vector in vectors()}

    assert smallest_cover(caught) == {vector.id for vector in vectors() if vector.core}


def test_a_smallest_cover_is_smaller_than_what_taking_the_largest_first_finds() -> None:
    caught = {"large": "abcd", "left": "abe", "right": "cdf"}

    assert smallest_cover(caught) == {"left", "right"}


def test_of_several_smallest_covers_the_earliest_vectors_are_taken() -> None:
    assert smallest_cover({"one": "ab", "two": "ab", "three": "bd", "four": "cd", "five": "ac"}) == {"one", "four"}


def test_what_is_accepted_depends_on_the_readings_that_a_vector_names_and_on_no_other() -> None:
    for vector in vectors():
        for under in vector.accepted:
            assert tuple(under.when) == vector.depends_on
        for name in vector.depends_on:
            by_others: dict[Any, list[Any]] = {}
            for under in vector.accepted:
                others = tuple(item for item in under.when.items() if item[0] != name)
                by_others.setdefault(others, []).append((under.rule, under.results))
            assert any(one != other for one, other in by_others.values()), f"{vector.id} does not depend on {name}"


def test_no_vector_that_is_sent_holds_an_expectation() -> None:
    for vector in vectors():
        for step in vector.steps:
            assert not {"started_as", "refused", "accepted", "rule", "expected"} & set(step)


def test_every_flag_says_why_and_is_used() -> None:
    assert {flag for vector in vectors() for flag in vector.flags} == set(FLAGS)
    assert all(len(note) > 20 for note in FLAGS.values())


def test_the_linter_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint([]) == 0
    assert capsys.readouterr().out == f"{len(vectors())} vectors, 0 problems\n"


def document(*some: Vector, **changes: Any) -> Document:
    """A document of a few vectors."""
    used = sorted({flag for vector in some for flag in vector.flags} & set(FLAGS))
    made = Document(VERSION, {flag: FLAGS[flag] for flag in used}, some)
    return msgspec.structs.replace(made, **changes)


PLAIN = next(vector for vector in vectors("decision") if not vector.depends_on and not vector.core)
ON = next(vector for vector in vectors("decision") if vector.depends_on == ("blank_tag",))


@pytest.mark.parametrize(
    ("vector", "changes", "problem"),
    [
        (PLAIN, {"id": "Not A Slug"}, "the id is no slug of small letters, digits and hyphens"),
        (PLAIN, {"id": ON.id}, "2 vectors have this id"),
        (PLAIN, {"title": " "}, "the title is blank"),
        (PLAIN, {"rules": ("tag-wins",)}, "rules: there is no 'tag-wins'"),
        (PLAIN, {"clauses": ("C17",)}, "clauses: there is no 'C17'"),
        (PLAIN, {"laws": ("no-law",)}, "laws: there is no 'no-law'"),
        (PLAIN, {"flags": ("because",)}, "the flag 'because' has no note"),
        (PLAIN, {"convicts": ("sloth",)}, "convicts: there is no 'sloth'"),
        (PLAIN, {"core": True, "convicts": ()}, "it is in the core and convicts nobody"),
        (PLAIN, {"steps": ()}, "it has no steps"),
        (PLAIN, {"steps": ({"operation": "sudo"},)}, "step 1: Invalid value 'sudo'"),
        (PLAIN, {"steps": PLAIN.steps * 2}, "a vector of the level decision has one step"),
        (PLAIN, {"level": "service"}, "its level is service, but its steps are of the level decision"),
        (ON, {"depends_on": ()}, "accepted has not one entry for each combination"),
        (ON, {"accepted": ON.accepted[:1]}, "accepted has not one entry for each combination"),
        (PLAIN, {"accepted": ON.accepted[:1]}, "accepted has not one entry for each combination"),
        (ON, {"accepted": ON.accepted[::-1]}, "accepted has not one entry for each combination"),
    ],
)
def test_the_linter_finds_what_is_wrong(vector: Vector, changes: dict[str, Any], problem: str) -> None:
    other = ON if vector is PLAIN else PLAIN
    found = list(linter.problems([document(msgspec.structs.replace(vector, **changes), other)]))

    assert any(problem in one for one in found), found


def test_the_linter_asks_the_specification_what_is_accepted() -> None:
    wrong = msgspec.structs.replace(ON.accepted[0], results=ON.accepted[1].results)
    found = list(linter.problems([document(msgspec.structs.replace(ON, accepted=(wrong, ON.accepted[1])))]))

    assert len(found) == 1
    assert found[0].startswith(f"{ON.id}: step 1 under {{'blank_tag': 'names-nobody'}}: it accepts ")


def test_the_linter_wants_a_result_for_each_step() -> None:
    short = [msgspec.structs.replace(under, results=()) for under in ON.accepted]

    found = list(linter.problems([document(msgspec.structs.replace(ON, accepted=tuple(short)))]))

    assert found == [f"{ON.id}: 0 results for 1 steps"]


def test_the_linter_keeps_retired_ids_retired_and_formats_apart() -> None:
    found = list(linter.problems([document(PLAIN, retired=(PLAIN.id,), version="2.0.0")]))

    assert found == [
        f"{PLAIN.id}: the id was retired, and is not used again",
        "version 2.0.0: this linter knows the format 1",
    ]


def test_the_linter_says_when_there_is_nothing() -> None:
    assert list(linter.problems([])) == ["there are no vectors"]


def test_the_linter_prints_problems_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "vectors.json").write_bytes(msgspec.json.encode(document(PLAIN, retired=(PLAIN.id,))))

    assert lint([str(tmp_path / "vectors.json")]) == 1
    assert f"{PLAIN.id}: the id was retired" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a file of vectors"),
        ("[]", "not a file of vectors"),
        ('{"version": "1.0.0", "flags": {}, "vectors": [{"id": 7}]}', "field vectors[0].id"),
        ("[" * 100_000, "not a file of vectors"),
    ],
)
def test_a_file_that_is_none_of_vectors_is_told(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vectors.json"
    path.write_text(text)

    assert lint([str(path)]) == 2
    assert says in capsys.readouterr().err
    with pytest.raises(InputError, match="No such file"):
        read_vectors(tmp_path / "nothing.json")


def test_walking_a_case_takes_each_step_as_the_specification_does() -> None:
    for vector in vectors():
        for reading in all_readings():
            accepted = [answered.accepted for answered in walk(vector.steps, reading)]
            assert tuple(accepted) == vector.under(reading).results
    assert {step["operation"] for vector in vectors() for step in vector.steps} >= {DECIDE, *OPERATIONS}
    assert set(CHOICES) == {"blank_tag", "superuser", "macos"}
