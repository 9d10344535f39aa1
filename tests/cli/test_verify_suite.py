"""The report of `verify` as JUnit: a test case for each law and for each thing shown besides, read as it is meant."""

from pathlib import Path

import pytest

from cli.running import run
from cli.wrong_rules import proofs_of_wrong_rules
from junit_readers import complaints_of_readers, test_cases
from runas_cli import verify as verify_module
from runas_model import DEFAULT
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_properties.oracle.recorded import AGENT_KNOWN, check_agent, read_known
from runas_solver.crosscheck import Question
from runas_solver.gallery import Conviction
from thinned import slow


def suite(file: Path) -> dict[tuple[str, str], str]:
    """The outcome of each test case, of a file that the readers take."""
    text = file.read_text("utf-8")
    assert complaints_of_readers(text) == []
    return {
        key: next((child.tag for child in case if child.tag != "system-out"), "passed")
        for key, case in test_cases(text).items()
    }


@slow
@pytest.mark.usefixtures("already_proved")
def test_verify_writes_a_test_case_for_each_law_and_for_what_is_shown_besides(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file, data = tmp_path / "verify.xml", tmp_path / "verify.json"

    code, _, _ = run(capsys, "verify", "--report", f"junit={file},json={data}", "--json", str(tmp_path / "again.json"))

    outcomes = suite(file)
    assert (code, set(outcomes.values())) == (0, {"passed"})
    assert [name for classname, name in outcomes if classname.startswith("law.")] == list(LAWS)
    recorded = [name for classname, name in outcomes if classname == "recorded.amazon-ssm-agent"]
    assert recorded[:-3] == [known.kind for known in read_known(AGENT_KNOWN)]
    assert {"start_session", "the machine's operations"} & {name.split(",")[0] for _, name in outcomes}
    assert [name for classname, name in outcomes if classname == "kept"] == [
        "the decision as it is compiled",
        "readings, profiles and their clauses",
        "traces applied again",
        "vectors decided again",
    ]
    assert data.read_text() == (tmp_path / "again.json").read_text()


@pytest.mark.usefixtures("few_proved")
def test_names_stay_and_what_does_not_hold_is_a_failure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before, after = tmp_path / "before.xml", tmp_path / "after.xml"
    run(capsys, "verify", "--report", f"junit={before}")
    monkeypatch.setattr(verify_module, "prove_all", proofs_of_wrong_rules)
    monkeypatch.setattr(verify_module, "check_agent", lambda: check_agent(DEFAULT))

    code, _, _ = run(capsys, "verify", "--report", f"junit={after}")

    outcomes = suite(after)
    assert code == 1
    assert list(outcomes) == list(suite(before))
    failed = {name for (_, name), outcome in outcomes.items() if outcome == "failure"}
    assert {"no-fall-through", "every departure is explained", "all of it holds"} <= failed
    law = test_cases(after.read_text("utf-8"))["law.decision", "no-fall-through"][0]
    assert (law.get("message"), law.get("type")) == ("refuted", "refuted")
    assert LAWS["no-fall-through"].title in str(law.text)
    assert "alice is not on the instance" in str(law.text)


@pytest.mark.usefixtures("few_proved")
def test_what_the_solver_did_not_know_is_an_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, _ = run(capsys, "verify", "--rlimit", "1", "--report", f"junit={tmp_path / 'verify.xml'}")

    outcomes = suite(tmp_path / "verify.xml")
    assert code == 1
    assert outcomes["law.decision", "never-ssm-user"] == "error"
    assert "error" in {outcome for (classname, _), outcome in outcomes.items() if classname == "determined"}


@pytest.mark.usefixtures("few_proved")
def test_faulty_specifications_and_the_answers_of_cvc5_are_test_cases_where_they_are_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    caught, free, unknown = list(FAULTY_SPECIFICATIONS)[:3]
    made = [
        Conviction(caught, "Caught.", {"never-ssm-user": ["decision"]}, "", equivalent=False),
        Conviction(free, "Neither.", {}, "", equivalent=False),
        Conviction(unknown, "Not known.", {}, "", equivalent=False, undetermined=("never-ssm-user",)),
    ]
    asked = [Question("a/decision", "", "unsat"), Question("b/decision", "", "unsat")]
    monkeypatch.setattr(verify_module, "convict_all", lambda: made)
    monkeypatch.setattr(verify_module, "_second_opinion", lambda *_: list(zip(asked, ("unsat", "sat"), strict=True)))

    code, _, _ = run(capsys, "verify", "--cross-check", "--report", f"junit={tmp_path / 'verify.xml'}")

    outcomes = suite(tmp_path / "verify.xml")
    assert code == 1
    assert [outcomes["faulty-specification", fault] for fault in (caught, free, unknown)] == [
        "passed",
        "failure",
        "error",
    ]
    assert (outcomes["cvc5", "a/decision"], outcomes["cvc5", "b/decision"]) == ("passed", "failure")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--report", "html=a.html"], "--report: unknown format 'html'; use junit=FILE, json=FILE"),
        (["--fail-fast", "--report", "junit=a.xml"], "leave out --report"),
    ],
)
def test_a_report_that_verify_cannot_write_is_refused_at_once(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    code, out, err = run(capsys, "verify", *arguments)

    assert (code, out) == (2, "")
    assert said in err
