"""CrossHair confirms the decision laws over every path through `decide`."""

import subprocess
import sys
from pathlib import Path

from every_path.paths import FACTS, holds, module
from runas_properties.laws import Kind, laws_of

TESTS = Path(__file__).parents[1]
SECONDS_FOR_A_LAW = 300  # it takes one or two of CPU time; this ends what hangs, on a busy machine too
SECONDS_FOR_ALL = 900
ENVIRONMENT = {"PYTHONPATH": str(TESTS), "PATH": ""}


def command(path: Path) -> list[str]:
    checks = ["--report_all", "--analysis_kind=PEP316", "--per_condition_timeout", str(SECONDS_FOR_A_LAW)]
    return [sys.executable, "-m", "crosshair", "check", str(path), *checks]


def test_crosshair_confirms_every_decision_law_over_all_paths(tmp_path: Path) -> None:
    laws = [law.id for law in laws_of(Kind.DECISION)]
    halves = [laws[::2], laws[1::2]]
    running = []
    for number, half in enumerate(halves):
        path = tmp_path / f"laws_{number}.py"
        path.write_text(module(half))
        running.append(subprocess.Popen(command(path), env=ENVIRONMENT, stdout=subprocess.PIPE, text=True))
    printed = "".join(child.communicate(timeout=SECONDS_FOR_ALL)[0] for child in running)

    assert printed.count("Confirmed over all paths.") == len(laws) > 0, printed
    assert printed.count("\n") == len(laws), printed


def test_a_law_that_does_not_hold_is_not_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "wrong.py"
    path.write_text(module(["never-ssm-user"]).replace("return holds", "return not holds"))
    done = subprocess.run(command(path), env=ENVIRONMENT, capture_output=True, text=True, timeout=SECONDS_FOR_ALL)

    assert done.returncode == 1
    assert "Confirmed" not in done.stdout
    assert "false when calling never_ssm_user" in done.stdout


def test_the_facts_reach_the_law_in_the_concrete_universe_too() -> None:
    assert all(holds(law.id, dict.fromkeys(FACTS, truth)) for law in laws_of(Kind.DECISION) for truth in (True, False))
