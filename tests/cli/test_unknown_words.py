"""Reasons and errors that the specification does not define: a warning everywhere, and a failure if strict."""

import json
from pathlib import Path

import pytest

from cli.running import conform, run
from runas_properties.conformance.judging.words import warning

pytestmark = pytest.mark.usefixtures("asked_here")

FEW = ("--only", "decision-linux-on-tag-user-missing-*", "--only", "fault-*", "--examples", "0")
MISSPELT = "unknown reason 'os_user_missing' in "
MEANT = "it is not compared; did you mean 'os-user-missing'?"
FORMATS = {"a.json": "json", "a.xml": "junit", "a.html": "html", "a.md": "markdown"}


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("strict", [False, True])
def test_a_misspelt_reason_is_a_warning_in_every_report_and_a_failure_if_strict(
    strict: bool, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    files = ",".join(f"{format}={name}" for name, format in FORMATS.items())
    code, out, _ = conform(capsys, "misspelling", *FEW, "--report", f"{files},badge=a.svg", *["--strict"] * strict)

    told = [" ".join(out.split()), *(" ".join((tmp_path / name).read_text("utf-8").split()) for name in FORMATS)]
    told = [text.replace("&#x27;", "'") for text in told]
    assert code == int(strict)
    assert [MISSPELT in text and MEANT in text for text in told] == [True] * 5
    assert ("DOES NOT CONFORM" in told[0]) == strict
    assert (" fail a strict run" in told[0] or " fails a strict run" in told[0]) == strict
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["conforms"] is not strict
    assert ("does not conform" in (tmp_path / "a.svg").read_text("utf-8")) == strict


def test_a_word_that_only_random_cases_bring_is_a_warning_too(capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ("--only", "decision-linux-off-*")
    vectors_alone, all_of_it = (
        conform(capsys, "misspelling", *chosen, "--examples", number, "--strict") for number in ("0", "60")
    )

    assert (vectors_alone[0], all_of_it[0]) == (0, 1)
    assert MISSPELT not in vectors_alone[1]
    assert MISSPELT in all_of_it[1]


def test_an_error_that_is_misspelt_is_one_too(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = conform(capsys, "misspelling_errors", "--only", "*-raises-*", "--examples", "0", "--strict")

    assert code == 1
    assert "unknown error 'unknown principal' in " in out
    assert "did you mean 'UnknownPrincipal'?" in " ".join(out.split())


def test_smoke_says_it_first(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "smoke", "--target", "targets_in_python:misspelling")

    verdict = out.rpartition("\n\n")[2].splitlines()
    assert code == 0
    assert verdict[0].startswith(f"WARNING: {MISSPELT}smoke-missing: ")
    assert verdict[1].startswith("ADAPTER OK")


def test_replay_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    id = "decision-linux-on-tag-user-missing-default-user-present"
    _, out, _ = run(capsys, "replay", id, "--target", "targets_in_python:misspelling")

    assert f"WARNING: {MISSPELT}{id}: {MEANT}" in out


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        ("reason", "OS_USER_MISSING", "did you mean 'os-user-missing'?"),
        ("reason", "ssm-user", "did you mean 'ssm-user-named'?"),
        ("reason", "nobodyNamed", "did you mean 'nobody-named'?"),
        ("error", "PrincipalUnknown", "did you mean 'UnknownPrincipal'?"),
        ("error", "unknown_session", "did you mean 'UnknownSession'?"),
        ("reason", "42", "known are nobody-named, os-user-missing"),
        ("error", "", "known are BlankOsUserName"),
    ],
)
def test_the_nearest_is_meant_or_all_are_told(kind: str, text: str, meant: str) -> None:
    assert meant in warning((kind, text), ["one"])


def test_a_reason_of_the_specification_or_none_is_no_warning(capsys: pytest.CaptureFixture[str]) -> None:
    for target in ("correct", "decision"):
        code, out, _ = conform(capsys, target, *FEW, "--strict")

        assert (code, "unknown" in out) == (0, False)
