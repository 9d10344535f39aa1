"""The command `conform`, on targets of which it is known what is wrong with them."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cli.running import conform, run
from runas_properties.conformance.reports.report import json_schema
from runas_properties.conformance.vectors.vector import vectors
from thinned import slow
from untraced import with_path

pytestmark = pytest.mark.usefixtures("asked_here")

CAUGHT = [vector.id for vector in vectors() if "caches-decisions" in vector.convicts and not vector.needs]
"""The vectors that an implementation fails which caches its decisions."""


def test_a_correct_implementation_conforms(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = conform(capsys, "correct", "--examples", "20")

    assert (code, err) == (0, "")
    asked = sum(not vector.needs for vector in vectors())
    assert f"CONFORMS: {asked} of {asked} cases passed, 20 generated cases" in out


def test_an_implementation_of_the_decision_alone_is_asked_decisions_alone(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = conform(capsys, "decision", "--examples", "20")

    asked = len(vectors("decision"))
    assert code == 0
    assert f"CONFORMS: {asked} of {asked} cases passed" in out


def test_a_faulty_one_does_not_and_the_shortest_story_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = conform(capsys, "caching")

    assert code == 1
    assert out.startswith(f"The shortest of {len(CAUGHT)} failures: fault-caches-decisions")
    assert "6. OS user 'ops' is deleted from i-1." in out
    assert "expected: refused (os-user-missing)" in out
    assert "runas-spec replay fault-caches-decisions --reading agent --target targets_in_python:caching" in out
    assert "DOES NOT CONFORM" in out


def test_the_core_alone_convicts_too(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = conform(capsys, "caching", "--core")

    core = [vector.id for vector in vectors() if vector.core and not vector.needs]
    failed = len({*core} & {*CAUGHT})
    assert code == 1
    assert 0 < failed < len(CAUGHT)
    assert f"{len(core) - failed} of {len(core)} cases passed, {failed} failed" in out


def test_the_reading_that_is_followed_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = conform(capsys, "decision", "--core", "--examples", "0")

    assert "reading (inferred; none declared): blank_tag=" in " ".join(out.split())


def test_a_declared_reading_is_held_to_exactly(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = conform(capsys, "declaring", "--core")

    assert code == 1
    assert "reading (declared): blank_tag=" in " ".join(out.split())


def test_the_reading_that_is_asked_for_counts_before_the_declared(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = conform(capsys, "declaring", "--reading", "agent", "--core", "--examples", "0")

    assert code == 0


def test_a_mixture_of_readings_is_a_failure_and_called_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, _ = conform(capsys, "mixing", "--report", f"json={tmp_path / 'report.json'}")

    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    details = {case["detail"].partition(":")[0] for case in report["cases"] if case["verdict"] == "failed"}
    assert code == 1
    assert details == {"mixes readings"}


def test_a_skip_is_shown_with_its_reason_and_does_not_count_as_passed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = conform(capsys, "skipping", "--core", "--examples", "0")

    asked = [vector for vector in vectors("decision") if vector.core]
    skipped = sum(vector.steps[0]["platform"] == "macos" for vector in asked)
    assert code == 0
    assert 0 < skipped < len(asked)
    assert f"{len(asked) - skipped} of {len(asked)} cases passed, {skipped} skipped" in " ".join(out.split())
    assert "no macOS here" in out
    assert "https://example.org/issues/1" in out


def test_a_run_in_which_all_is_skipped_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = conform(capsys, "skipping_all", "--core")

    assert (code, err) == (2, "runas-spec: no case was run\n")


def known_file(folder: Path, *entries: tuple[str, str]) -> str:
    path = folder / "known.toml"
    path.write_text(
        "".join(f'[[known]]\nid = "{id}"\nreason = "{why}"\nissue = "https://example.org/3"\n' for id, why in entries)
    )
    return str(path)


def test_a_known_failure_is_let_pass_with_its_reason(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    known = known_file(tmp_path, *((id, "our cache") for id in CAUGHT if id.startswith("fault-")))
    code, out, _ = conform(capsys, "caching", "--only", "fault-*", "--known", known)

    assert code == 0
    assert "our cache" in out
    assert "generated" not in out


def test_a_known_failure_that_passes_fails_the_run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    known = known_file(tmp_path, ("fault-caches-decisions", "our cache"))
    code, out, _ = conform(capsys, "correct", "--only", "fault-*", "--known", known)

    assert code == 1
    assert "1 unexpectedly passed" in " ".join(out.split())


def test_a_known_failure_that_matches_nothing_fails_the_run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    known = known_file(tmp_path, ("no-such-vector", "gone"))
    code, out, _ = conform(capsys, "correct", "--only", "fault-*", "--known", known)

    assert code == 1
    assert "no-such-vector" in out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[known]]\n", "missing required field `id`"),
        ('[[known]]\nid = "a"\nreason = ""\nissue = "x"\n', "a, field reason: must not be blank"),
        ('[[known]]\nid = "a"\nreason = "b"\nissue = "x"\n' * 2, "a: the id is listed twice"),
        ("[[known", "known.toml: "),
        ('[[known]]\nid = "a"\nreason = "b"\nissue = "x"\nwhy = 1\n', "unknown field `why`"),
    ],
)
def test_a_list_of_known_failures_that_cannot_be_read_is_told(
    text: str, says: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "known.toml").write_text(text)
    code, _, err = conform(capsys, "correct", "--known", str(tmp_path / "known.toml"))

    assert code == 2
    assert says in err


AFTER_FEW_VECTORS = ("--only", "decision-linux-on-*-no-default")
SHOWN = {
    "terminate_session": "expected: done\n  got:      failed (UnknownSession)",
    "list_sessions": "expected: sessions",
}


def seed_that_finds_the_forgetful(capsys: pytest.CaptureFixture[str]) -> str:
    """The first seed whose random cases show the fault: which one that is depends on what is loaded beside it."""
    seeds = map(str, range(20))
    return next(seed for seed in seeds if conform(capsys, "forgetful", *AFTER_FEW_VECTORS, "--seed", seed)[0] == 1)


@slow
def test_a_generated_case_that_fails_is_shrunk_told_and_saved_and_can_be_replayed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    saved = tmp_path / "saved.json"
    seed = seed_that_finds_the_forgetful(capsys)
    code, out, _ = conform(capsys, "forgetful", *AFTER_FEW_VECTORS, "--seed", seed, "--save", str(saved))

    assert code == 1
    assert re.search(r" 5\. Session s-\d+ is terminated\. ", " ".join(out.split()))
    steps = json.loads(saved.read_text("utf-8"))["vectors"][0]["steps"]
    *before, last = [step["operation"] for step in steps]
    assert before == [
        "create_principal",
        "register_instance",
        "start_session",
        "start_session",
        "terminate_session",
    ]
    assert last in ("terminate_session", "list_sessions"), "either shows that the other session has ended"

    again = f"runas-spec replay saved-{seed} --vectors {saved} --reading agent --target targets_in_python:forgetful"
    assert again in " ".join(out.split())

    code, out, _ = run(capsys, *again.split()[1:])
    assert code == 1
    assert SHOWN[last] in out
    assert run(capsys, "replay", str(saved), "--target", "targets_in_python:correct")[0] == 0
    assert conform(capsys, "correct", "--vectors", str(saved), "--examples", "0")[0] == 0
    assert conform(capsys, "forgetful", "--vectors", str(saved))[0] == 1


@slow
def test_the_report_as_json_is_as_its_schema_has_it_and_the_same_whichever_option_asks_for_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = conform(capsys, "caching", "--json", "--report", f"json={tmp_path / 'report.json'}")
    report: dict[str, Any] = json.loads(out)

    assert code == 1
    assert report == json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert list(jsonschema.Draft202012Validator(json_schema()).iter_errors(report)) == []
    assert report["conforms"] is False
    assert report["counts"]["failed"] == len(CAUGHT)


def test_an_interrupted_run_exits_130_and_says_how_far_it_came(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(
        "import os, signal, time\n"
        "def make():\n"
        "    asked = []\n"
        "    def decide(question):\n"
        "        asked.append(question)\n"
        "        if len(asked) == 8:\n"
        "            os.kill(os.getppid(), signal.SIGINT)\n"
        "            time.sleep(5)\n"
        "    return decide\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", "from runas_cli.main import run; run()", "conform", "--target", "slow:make"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": with_path(tmp_path)},
        timeout=60,
    )

    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr == "runas-spec: interrupted after 7 cases\n"
