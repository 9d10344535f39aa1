"""Nouns on the command line: what is offered by a target or by `--nouns`, and what is said of the rest."""

import json
from pathlib import Path

import pytest

from cli.running import conform, run
from conformance.speaking import EVERY, STEPS
from runas_properties.conformance.protocol.cases import watched
from runas_properties.conformance.vectors.making import make_vector
from runas_properties.conformance.vectors.vector import as_json

THERE = ("--examples", "0", "--reading", "agent")


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Six vectors: one needs no noun, two need two of them, and three others one each."""
    (tmp_path / "vectors.json").write_text(as_json(EVERY), "utf-8")
    return str(tmp_path / "vectors.json")


def test_a_target_that_offers_nothing_is_told_what_it_is_not_asked(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = conform(capsys, "correct", "--vectors", file, *THERE)

    assert code == 0
    assert "1 of 1 cases passed, 5 others not offered" in out
    assert "needs regions, not offered" in out
    assert "needs regions, documents, not offered" in out
    assert "needs roles, not offered" in out
    assert "needs documents, parameters, not offered" in out


def test_a_target_that_offers_all_is_asked_all(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = conform(capsys, "offering", "--vectors", file, *THERE)

    assert code == 0
    assert "6 of 6 cases passed;" in out
    assert "not offered" not in out


def test_nouns_on_the_command_line_come_before_those_of_the_target(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = conform(
        capsys, "correct", "--vectors", file, "--nouns", "documents,parameters,roles,regions", *THERE
    )
    fewer, less, _ = conform(capsys, "offering", "--vectors", file, "--nouns", "regions", "--json", *THERE)

    assert (code, fewer) == (0, 0)
    assert "6 of 6 cases passed;" in out
    assert json.loads(less)["nouns"] == ["regions"]
    assert json.loads(less)["counts"]["not offered"] == 4


def test_it_is_no_pass_if_nothing_that_was_chosen_is_offered(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = conform(capsys, "correct", "--vectors", file, "--only", "both", *THERE)

    assert code == 2
    assert "no case was run: they need regions, documents, and targets_in_python:correct offers none of them" in err


def test_nouns_that_are_offered_and_not_there_fail_with_what_to_do(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = conform(capsys, "overstating", "--vectors", file, *THERE)

    assert code == 1
    assert "it offers documents, but passed none of the 1 cases that need them" in " ".join(out.split())


def test_the_command_to_rerun_a_case_says_the_nouns(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = conform(capsys, "overstating", "--vectors", file, "--nouns", "regions,documents", *THERE)

    assert "--nouns regions,documents --target targets_in_python:overstating" in " ".join(out.split())


def test_replay_says_what_a_vector_needs_that_is_not_offered(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "replay", "both", "--vectors", file, "--target", "targets_in_python:overstating")

    assert code == 2
    assert "both needs regions, documents, but targets_in_python:overstating (Python 3." in err
    assert err.endswith("offers documents\n")


def test_replay_tells_the_steps_of_a_vector_that_needs_nouns(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "replay", "both", "--vectors", file, "--target", "targets_in_python:offering")

    assert code == 0
    assert '{"operation": "delete_document", "account": "1", "document": "Own", "region": "eu-west-1"}' in out
    assert "PASSED" in out


def test_smoke_asks_a_case_of_each_noun_that_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "smoke", "--target", "targets_in_python:offering")
    without, less, _ = run(capsys, "smoke", "--target", "targets_in_python:correct")

    assert (code, without) == (0, 0)
    assert "\nregions: " in out
    assert "\ndocuments: " in out
    assert "\nroles: " in out
    assert "\nparameters: " in out
    assert "\nregions: " not in less
    assert "The implementation failed" not in out


def test_smoke_says_of_a_noun_that_is_not_there_that_it_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "smoke", "--target", "targets_in_python:overstating")

    assert code == 1
    assert "ADAPTER FAULTY" in out
    told = " ".join(out.split())
    assert "the case 'documents' was not answered: ValueError: unknown operation put_document" in told
    assert "it offers documents: does the implementation have them, and the adapter pass them on?" in told


def test_role_sessions_that_are_offered_and_not_there_are_told(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "smoke", "--target", "targets_in_python:overstating", "--nouns", "roles")
    judged, told, _ = conform(capsys, "overstating", "--vectors", file, "--nouns", "roles", *THERE)

    assert (code, judged) == (1, 1)
    assert "the case 'roles' was not answered: ValueError: unknown operation assume_role" in " ".join(out.split())
    assert "it offers roles: does the implementation have them, and the adapter pass them on?" in " ".join(out.split())
    assert "it offers roles, but passed none of the 1 cases that need them" in " ".join(told.split())


def test_replay_tells_role_sessions_in_sentences(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = run(capsys, "replay", "roles", "--vectors", file, "--target", "targets_in_python:unaware")
    right = run(capsys, "replay", "roles", "--vectors", file, "--target", "targets_in_python:offering")

    assert (wrong[0], right[0]) == (1, 0)
    for _, out, _ in (wrong, right):
        assert "5. Role ops is assumed in role session amy@ops, with the session tag SSMSessionRunAs='alice'." in out
        assert "6. ops starts session s-1 on i-1, in role session amy@ops." in out
    assert "expected: started as 'alice'" in wrong[1]
    assert "the tag is that of role session amy@ops" in wrong[1]


def test_parameters_that_are_offered_and_not_there_are_told_once(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    unaware = ("--target", "targets_in_python:unaware_of_parameters")
    code, out, _ = run(capsys, "smoke", *unaware)
    judged, told, _ = run(capsys, "conform", "--vectors", file, *unaware, *THERE)
    without, less, _ = run(capsys, "smoke", *unaware, "--nouns", "documents")

    assert (code, judged, without) == (0, 1, 0)
    said = " ".join(out.split())
    assert "Expected started as 'alice', got started as 'ops'. Does the adapter pass on declares_parameter, and" in said
    assert said.count("Does the adapter pass on") == 1
    assert "it offers parameters, but passed none of the 1 cases that need them" in " ".join(told.split())
    assert "parameters: " not in less


def test_parameters_without_documents_are_asked_no_simple_case(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "smoke", "--target", "targets_in_python:offering", "--nouns", "parameters")

    assert code == 0
    assert "parameters: " not in out


def test_replay_tells_who_names_the_default_os_user(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        capsys, "replay", "parameters", "--vectors", file, "--target", "targets_in_python:unaware_of_parameters"
    )

    assert code == 1
    assert "2. Account 1 writes session document 'Own': Run As on, default OS user '' as a parameter." in out
    assert "5. amy starts session s-1 on i-1 with session document 'Own', and gives the parameter 'alice'." in out
    assert "expected: started as 'alice'" in out
    assert "the default OS user is what the caller fills in, alice\n" in out


def test_replay_does_not_tell_a_tag_beside_a_parameter_that_does_not_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    *before, start = STEPS["parameters"]
    tag = {"operation": "tag_principal", "principal": "amy", "key": "ssmsessionrunas", "value": "ben"}
    vector = make_vector("tagged", watched([*before, tag, start]), [], title="tagged")
    (tmp_path / "one.json").write_text(as_json([vector]), "utf-8")
    unaware = ("--target", "targets_in_python:unaware_of_parameters")

    for reading, more in (("agent", ""), ("tag_key=any-case", "; the tag is ben all the same")):
        asked = ("--vectors", str(tmp_path / "one.json"), *unaware, "--reading", reading)
        _, out, _ = run(capsys, "replay", "tagged", *asked)
        assert f"the default OS user is what the caller fills in, alice{more}\n" in out
