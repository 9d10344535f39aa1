"""Recorded decisions run through the same reports."""

import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from runas_cli.main import main
from runas_model import AGENT, DEFAULT
from runas_model.inputs.records import read_recorded
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.recorded import case_of
from runas_properties.oracle.recorded import AGENT_DECISIONS, AGENT_FILES, AGENT_KNOWN, check, read_known

KINDS = {"named-ssm-user-starts": 6, "number-taken-as-uid": 25, "spaces-lost-in-shell": 9}
OF_AGENT = ["check", str(AGENT_DECISIONS), "--reading", "agent"]


def test_the_agents_decisions_are_reported_with_their_kinds_of_departures(tmp_path: Path) -> None:
    page, data, suite, badge = (tmp_path / name for name in ("a.html", "a.json", "a.xml", "a.svg"))
    option = f"html={page},json={data},junit={suite},badge={badge}"

    assert main([*OF_AGENT, "--known", str(AGENT_KNOWN), "--report", option]) == 0

    report = json.loads(data.read_text())
    kinds = [case["kind"] for case in report["cases"] if case["verdict"] == "known failure"]
    assert {kind: kinds.count(kind) for kind in kinds} == KINDS
    assert report["title"] == "amazon-ssm-agent 3.3: recorded decisions"
    assert (report["conforms"], report["profile"], report["vectors"]) == (True, "agent", "")
    assert (report["counts"]["passed"], report["counts"]["known failure"]) == (537, 40)
    (tests,) = Xml.fromstring(suite.read_text())
    assert [tests.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["581", "0", "0", "40"]
    top = page.read_text().partition(">By rule<")[0]
    for known in [known for known in read_known(AGENT_KNOWN) if known.kind in KINDS]:
        assert known.kind in top
        assert known.cause in top
        assert known.allows in top
        assert known.reason in top
        assert f'href="{known.link}"' in top
    assert "conforms 537/577" in badge.read_text()


@pytest.mark.parametrize("reading", [DEFAULT, AGENT])
@pytest.mark.parametrize("listed", [True, False])
def test_the_report_and_the_check_agree_on_every_row(reading: object, listed: bool) -> None:
    known = read_known(AGENT_KNOWN) if listed else []
    cases = [case_of(row, reading, known) for row in read_recorded(AGENT_DECISIONS)]
    checked = check(read_recorded(AGENT_DECISIONS), reading, known)
    counts = [sum(case.verdict is verdict for case in cases) for verdict in (Verdict.PASSED, Verdict.FAILED)]

    assert counts == [checked.agreed, checked.unexplained]
    assert len(cases) == checked.rows == 577
    for case in cases:
        refused = case.got == "refused"
        agrees = case.expected.startswith("refused (") if refused else case.expected == case.got
        assert agrees == (case.verdict is Verdict.PASSED)
        assert (case.story == "") == (case.verdict is Verdict.PASSED)


def row(path: Path, **changes: object) -> str:
    heading = {"os_users": [{"name": "alice", "uid": 2001, "gid": 2001}]}
    outcome = {"started_as": "ssm-user"}
    one = {"id": "<r & 1>", "run_as_enabled": False, "tag": None, "default_user": None, "outcome": outcome, **changes}
    path.write_text(f"{json.dumps(heading)}\n{json.dumps(one)}\n{json.dumps(one)}\n")
    return str(path)


def test_what_a_row_created_besides_is_told(tmp_path: Path) -> None:
    report, page = tmp_path / "report.json", tmp_path / "report.html"
    file = row(tmp_path / "rows.jsonl", created=["ssm-user", "mallory"])

    assert main(["check", file, "--report", f"json={report},html={page}"]) == 1

    found = json.loads(report.read_text())
    assert found["cases"][0]["expected"] == "started as 'ssm-user', creating 'ssm-user'"
    assert found["cases"][0]["got"] == "started as 'ssm-user', creating 'ssm-user', 'mallory'"
    assert found["title"] == "rows.jsonl: recorded decisions"
    assert 'id="case-%3Cr%20%26%201%3E"' in page.read_text()
    assert 'id="case-%3Cr%20%26%201%3E--2"' in page.read_text()


def test_a_known_kind_that_no_row_shows_is_in_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    file = row(tmp_path / "rows.jsonl", created=["ssm-user"])
    known = tmp_path / "known.toml"
    known.write_text("[[known]]\nkind = 'tall'\nreason = 'b'\nwhen = { name = 'tall' }\n")

    assert main(["check", file, "--known", str(known), "--report", f"json={report}"]) == 1
    assert json.loads(report.read_text())["unmatched"] == ["tall"]


def test_rows_outside_the_model_are_reported_by_fact_in_every_format(tmp_path: Path) -> None:
    files = {name: tmp_path / f"a.{name}" for name in ("html", "json", "junit", "markdown", "badge")}
    option = ",".join(f"{name}={path}" for name, path in files.items())

    assert main(["check", str(AGENT_FILES[1]), "--reading", "agent", "--report", option]) == 0

    report = json.loads(files["json"].read_text())
    by_fact = Counter(case["kind"] for case in report["cases"] if case["verdict"] == "outside the model")
    assert report["conforms"]
    assert by_fact == check(read_recorded(AGENT_FILES[1]), AGENT).outside
    assert report["counts"]["outside the model"] == by_fact.total()
    root = Xml.fromstring(files["junit"].read_text())
    assert root[0].get("skipped") == str(by_fact.total() + report["counts"]["known failure"])
    assert root.findall("testsuite/testcase[@classname='decision']/skipped")
    top = files["html"].read_text().partition(">By rule<")[0]
    for fact in by_fact:
        assert f"<code>{fact}</code>" in top
        assert f"| outside the model | {by_fact[fact]} | `{fact}: " in files["markdown"].read_text()
    assert f"conforms {report['counts']['passed']}/917" in files["badge"].read_text()


def test_rows_that_cannot_be_read_are_errors_in_every_format(tmp_path: Path) -> None:
    files = {name: tmp_path / f"a.{name}" for name in ("html", "json", "junit", "markdown", "badge")}
    option = ",".join(f"{name}={path}" for name, path in files.items())
    file = row(tmp_path / "rows.jsonl", created=["ssm-user"])
    with open(file, "a") as rows:
        rows.write('{"id": "r-3"}\n')

    assert main(["check", file, "--report", option]) == 2

    told = "rows.jsonl, line 4 (r-3): Object missing required field `outcome`"
    report = json.loads(files["json"].read_text())
    assert (report["conforms"], report["counts"]["passed"], report["counts"]["cannot be read"]) == (False, 2, 1)
    root = Xml.fromstring(files["junit"].read_text())
    assert root.get("errors") == "1"
    (error,) = root.findall(".//error")
    assert (error.get("message") or "").endswith(told)
    assert told in files["html"].read_text()
    assert told in files["markdown"].read_text()
    assert "does not conform 2/3" in files["badge"].read_text()


def test_who_a_session_really_runs_as_is_told(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    file = row(tmp_path / "rows.jsonl", run_as_enabled=True, tag="2001", outcome={"started_as": "2001", "uid": 2001})

    assert main(["check", file, "--report", f"json={report}"]) == 1
    assert json.loads(report.read_text())["cases"][0]["got"] == "started as '2001' (uid 2001, which is \"alice\")"
