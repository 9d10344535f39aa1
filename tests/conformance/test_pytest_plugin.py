"""The pytest plugin: one test a vector, and no test without an implementation."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from runas_properties.conformance.vectors.vector import vectors
from thinned import slow
from untraced import with_path

TESTS = Path(__file__).parents[1]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--pyargs", "runas_properties.conformance", "-q", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": with_path(TESTS), "PYTEST_ADDOPTS": "-p no:cacheprovider"},
        timeout=600,
    )


@slow
def test_a_target_is_tested_one_test_a_vector_with_junit_and_in_two_processes(tmp_path: Path) -> None:
    done = run(tmp_path, "--runas-target=targets_in_python:caching", "--junit-xml=junit.xml", "-n", "2")

    suite = ElementTree.parse(tmp_path / "junit.xml").getroot()[0]
    failed = {case.get("name") for case in suite if case.find("failure") is not None}
    assert done.returncode == 1, done.stdout + done.stderr
    assert int(suite.get("tests", "0")) == len(vectors())
    caught = [vector for vector in vectors() if "caches-decisions" in vector.convicts and not vector.needs]
    skipped = {case.get("name") for case in suite if case.find("skipped") is not None}
    assert failed == {f"test_vector[{vector.id}]" for vector in caught}
    assert skipped == {f"test_vector[{vector.id}]" for vector in vectors() if vector.needs}
    assert "breaks started-user-exists" in done.stdout
    assert "runas-spec replay fault-caches-decisions --reading agent --target targets_in_python:caching" in done.stdout


@slow
def test_tests_are_chosen_by_id_and_a_known_failure_is_expected(tmp_path: Path) -> None:
    (tmp_path / "known.toml").write_text(
        '[[known]]\nid = "fault-caches-decisions"\nreason = "our cache"\nissue = "https://example.org/3"\n'
    )
    options = ("--runas-target=targets_in_python:caching", "--runas-known=known.toml", "-k", "caches-decisions")

    known, unknown = run(tmp_path, *options), run(tmp_path, *options[:1], *options[2:])

    assert known.returncode == 0, known.stdout
    assert "1 xfailed" in known.stdout
    assert unknown.returncode == 1


@slow
def test_a_known_failure_that_passes_fails(tmp_path: Path) -> None:
    (tmp_path / "known.toml").write_text(
        '[[known]]\nid = "fault-caches-decisions"\nreason = "mended"\nissue = "https://example.org/3"\n'
    )
    done = run(
        tmp_path, "--runas-target=targets_in_python:correct", "--runas-known=known.toml", "-k", "caches-decisions"
    )

    assert done.returncode == 1
    assert "listed as failing, and passes" in done.stdout


def test_what_is_skipped_says_why(tmp_path: Path) -> None:
    done = run(
        tmp_path, "--runas-target=targets_in_python:skipping", "-k", "decision-macos-off-untagged-no-default", "-rs"
    )

    assert done.returncode == 0
    assert "no macOS here (https://example.org/issues/1)" in done.stdout


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "name the implementation to test: --runas-target=package.module:factory"),
        (("--runas-target=nonsense",), "invalid target 'nonsense': expected package.module:factory"),
        (("--runas-target=targets_in_python:correct", "--runas-reading=mine"), "unknown reading 'mine'"),
        (("--runas-target=targets_in_python:correct", "--runas-known=none.toml"), "none.toml: No such file"),
    ],
)
def test_options_that_cannot_be_used_are_an_error_and_never_a_skip(
    options: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    done = run(tmp_path, *options)

    assert done.returncode in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERRUPTED)
    assert says in done.stdout + done.stderr
    assert "skipped" not in done.stdout


def test_a_declared_reading_is_held_to(tmp_path: Path) -> None:
    done = run(tmp_path, "--runas-target=targets_in_python:declaring", "-k", "blank and decision-linux")

    assert done.returncode == 1
    assert "Reading names-nobody, ordinary, not-covered, exact (profile default):" in done.stdout
