"""What was found before SIGINT or SIGTERM came is reported, everywhere as what it is."""

import json
import signal
from pathlib import Path

import jsonschema
import pytest

from cli.signals.interrupting import EITHER, SIGNALS, Started, target
from runas_properties.conformance.reports.report import json_schema
from runas_properties.oracle.recorded import AGENT_DECISIONS
from thinned import slow


@EITHER
def test_an_interrupted_conform_reports_what_was_answered(sent: signal.Signals, tmp_path: Path) -> None:
    code, word = SIGNALS[sent]
    files = "json=a.json,junit=a.xml,html=a.html,markdown=a.md,badge=a.svg"
    with Started(tmp_path, ["conform", *target(tmp_path, at=8), "--report", files]) as started:
        ended, out, err = started.ended(sent)

    report = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert (ended, err) == (code, f"runas-spec: {word} after 7 cases\n")
    assert (report["interrupted"], report["conforms"], len(report["cases"])) == (True, False, 7)
    assert list(jsonschema.Draft202012Validator(json_schema()).iter_errors(report)) == []
    said = f"INTERRUPTED after 7 of {7 + report['not_asked']} vectors"
    assert said in out.splitlines()[-1]
    for name in ("a.xml", "a.html", "a.md"):
        assert said in (tmp_path / name).read_text("utf-8")
    assert "interrupted 7/" in (tmp_path / "a.svg").read_text("utf-8")


def test_an_interrupted_conform_says_so_as_json_too(tmp_path: Path) -> None:
    with Started(tmp_path, ["conform", *target(tmp_path, at=8), "--json"]) as started:
        ended, out, _ = started.ended(signal.SIGTERM)

    report = json.loads(out)
    assert (ended, report["interrupted"], report["conforms"], len(report["cases"])) == (143, True, False, 7)


@slow
def test_generated_cases_that_are_interrupted_are_reported_after_all_of_the_vectors(tmp_path: Path) -> None:
    chosen = ["--only", "decision-linux-off*", "--report", "json=a.json", "--reading", "agent"]
    with Started(tmp_path, ["conform", *target(tmp_path, at=132), *chosen]) as started:
        ended, out, err = started.ended(signal.SIGTERM)

    report = json.loads((tmp_path / "a.json").read_text("utf-8"))
    vectors, generated = len(report["cases"]), report["generated"]
    assert ended == 143
    assert report["generated"]["interrupted"]
    assert (report["interrupted"], report["conforms"], report["not_asked"]) == (True, False, 0)
    assert vectors + generated["cases"] == 131
    assert err == "runas-spec: terminated after 131 cases\n"
    last = " ".join(out.split())
    assert f"INTERRUPTED after {vectors} of {vectors} vectors and {generated['cases']} generated cases: " in last


ROWS = """
import itertools
import runas_cli.check as module
rows = module.Records.rows
def slowly(records, platform):
    yield from itertools.islice(rows(records, platform), {rows})
    wait()
module.Records.rows = slowly
"""
CHECK = ["check", str(AGENT_DECISIONS), "--reading", "agent"]


@EITHER
def test_an_interrupted_check_reports_the_rows_that_were_checked(sent: signal.Signals, tmp_path: Path) -> None:
    code, word = SIGNALS[sent]
    files = "json=a.json,junit=a.xml,html=a.html,markdown=a.md,badge=a.svg"
    with Started(tmp_path, [*CHECK, "--report", files], ROWS.format(rows=30)) as started:
        ended, out, err = started.ended(sent)

    report = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert (ended, err) == (code, f"runas-spec: {word} after 30 rows\n")
    assert out.startswith("30 recorded decisions: ")
    assert out.splitlines()[-1].startswith("INTERRUPTED after 30 rows: ")
    assert (report["interrupted"], report["conforms"], len(report["cases"])) == (True, False, 30)
    for name in ("a.xml", "a.html", "a.md"):
        assert "INTERRUPTED after 30 rows" in (tmp_path / name).read_text("utf-8")
    assert "interrupted " in (tmp_path / "a.svg").read_text("utf-8")


def test_an_interrupted_check_says_so_as_json_and_does_not_call_known_departures_stale(tmp_path: Path) -> None:
    known = str(AGENT_DECISIONS.parent / "agent-known.toml")
    with Started(tmp_path, [*CHECK, "--known", known, "--json"], ROWS.format(rows=1)) as started:
        ended, out, _ = started.ended(signal.SIGTERM)

    report = json.loads(out)
    recorded = report["recorded"]
    assert (ended, report["interrupted"], recorded["holds"], recorded["rows"]) == (143, True, False, 1)

    (tmp_path / "waiting").unlink()
    with Started(tmp_path, [*CHECK, "--known", known, "--report", "json=a.json"], ROWS.format(rows=1)) as started:
        assert "take it off the list" not in started.ended(signal.SIGTERM)[1]
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["unmatched"] == []


@pytest.mark.parametrize("command", ["conform", "check"])
def test_an_interruption_before_anything_was_found_leaves_an_older_report_alone(command: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("older")
    arguments = ["conform", *target(tmp_path, at=1)] if command == "conform" else CHECK
    replaced = ROWS.format(rows=0) if command == "check" else ""
    with Started(tmp_path, [*arguments, "--report", "json=a.json,html=a.html"], replaced) as started:
        ended, out, err = started.ended(signal.SIGTERM)

    assert (ended, out) == (143, "")
    assert err.startswith("runas-spec: terminated before the first ")
    assert err.endswith(": there is nothing to report\n")
    assert (tmp_path / "a.json").read_text() == "older"
    assert not (tmp_path / "a.html").exists()


@EITHER
@pytest.mark.parametrize("as_json", [True, False])
def test_an_interrupted_exploration_reports_what_it_covered(
    sent: signal.Signals, as_json: bool, tmp_path: Path
) -> None:
    replaced = """
from runas_cli import progress
progress.show = lambda text: wait() if int(text.split()[0]) > 50 else None
"""
    code, word = SIGNALS[sent]
    small = [part for name in ("accounts", "principals", "instances", "sessions") for part in (f"--{name}", "1")]
    with Started(tmp_path, ["explore", *small, *["--json"] * as_json], replaced) as started:
        ended, out, err = started.ended(sent)

    assert (ended, err) == (code, f"runas-spec: {word}\n")
    if as_json:
        assert (json.loads(out)["interrupted"], json.loads(out)["holds"]) == (True, False)
    else:
        assert "INTERRUPTED at depth 3, with states left to explore" in out


@pytest.mark.parametrize("second", SIGNALS, ids=lambda sent: sent.name)
def test_a_second_signal_does_not_break_off_the_report(second: signal.Signals, tmp_path: Path) -> None:
    replaced = f"""
import runas_cli.conform as module
write = module.write
def interrupted_again(report, paths):
    os.kill(os.getpid(), {second:d})
    write(report, paths)
module.write = interrupted_again
"""
    arguments = ["conform", *target(tmp_path, at=3), "--report", "json=a.json"]
    with Started(tmp_path, arguments, replaced) as started:
        ended, out, err = started.ended(signal.SIGTERM)

    assert (ended, err) == (143, "runas-spec: terminated after 2 cases\n")
    assert "INTERRUPTED after 2 of " in out
    assert len(json.loads((tmp_path / "a.json").read_text("utf-8"))["cases"]) == 2


def test_a_signal_while_the_report_is_written_waits_until_it_is(tmp_path: Path) -> None:
    replaced = """
import runas_cli.conform as module
write = module.write
def interrupted(report, paths):
    os.kill(os.getpid(), signal.SIGTERM)
    write(report, paths)
module.write = interrupted
"""
    arguments = ["conform", *target(tmp_path, at=0), "--core", "--examples", "0", "--report", "json=a.json"]
    with Started(tmp_path, arguments, replaced) as started:
        ended, out, err = started.ended()

    assert (ended, err) == (143, "runas-spec: terminated\n")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["cases"]
    assert " cases passed" in out


@EITHER
@pytest.mark.parametrize("command", ["conform", "check"])
def test_a_reader_that_is_gone_when_the_partial_report_is_printed_causes_no_traceback(
    command: str, sent: signal.Signals, tmp_path: Path
) -> None:
    code, word = SIGNALS[sent]
    long = ["conform", *target(tmp_path, at=200)]
    with Started(tmp_path, CHECK if command == "check" else long, ROWS.format(rows=1)) as started:
        started.wait()
        assert started.process.stdout is not None
        started.process.stdout.close()
        started.process.stdout = None
        ended, _, err = started.ended(sent)

    assert ended == code
    assert err.startswith(f"runas-spec: {word}")
    assert err.count("\n") == 1
