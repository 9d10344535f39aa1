"""Parameters in a story: who names the default OS user, what a tag is then, and where no parameter may be given."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cli.running import run
from runas_cli.told import told_schema

STORY = str(Path(__file__).parents[2] / "examples" / "stories" / "filling-in-root.jsonl")
LINE = jsonschema.Draft202012Validator(told_schema())
UNFILLED, FILLED, EMPTY, TAGGED, OF_NO_DOCUMENT, WRITTEN_AGAIN, DECLARED_NO_MORE = 10, 11, 12, 13, 14, 15, 16


def data(capsys: pytest.CaptureFixture[str], *more: str) -> dict[int, Any]:
    """The steps of the story, each as the schema says."""
    code, out, err = run(capsys, "tell", STORY, *more, "--json")
    *steps, _ = (json.loads(line) for line in out.splitlines())
    for one in steps:
        LINE.validate(one)
    assert (code, err) == (0, "")
    return {one["step"]: one for one in steps}


def os_users(steps: dict[int, Any]) -> dict[int, str | None]:
    return {number: one["decision"]["os_user"] for number, one in steps.items() if one["decision"]}


def test_whoever_fills_in_root_is_root_unless_tagged_or_refused_by_the_reading(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert os_users(data(capsys)) == {UNFILLED: "ops", FILLED: "root", EMPTY: None, TAGGED: "amy"}
    assert os_users(data(capsys, "--reading", "agent"))[FILLED] is None


def test_it_is_said_who_names_the_default_os_user(capsys: pytest.CaptureFixture[str]) -> None:
    steps = data(capsys)

    assert {number: one["whose_default"] for number, one in steps.items() if one["whose_default"]} == {
        UNFILLED: "the default OS user is the document's, ops, as the caller gives no parameter",
        FILLED: "the default OS user is what the caller fills in, root",
        EMPTY: 'the default OS user is what the caller fills in, ""',
        TAGGED: "the default OS user is what the caller fills in, root; the tag is amy all the same",
    }
    _, out, _ = run(capsys, "tell", STORY)
    for one in steps.values():
        assert one["whose_default"] is None or f"   {one['whose_default']}\n" in out


def test_a_tag_that_does_not_count_under_the_reading_is_not_told_beside_a_parameter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tag = {"operation": "tag_principal", "principal": "Amy", "key": "SSMSessionRunAs", "value": "  "}
    *steps, start = [line for line in Path(STORY).read_text("utf-8").splitlines() if line.strip()][:TAGGED]
    (tmp_path / "blank.jsonl").write_text("\n".join([*steps, json.dumps(tag), start]), "utf-8")
    filled = "the default OS user is what the caller fills in, root"

    for reading, whose in (("blank_tag=names-nobody", f'{filled}; the tag is "  " all the same'), ("agent", filled)):
        _, out, _ = run(capsys, "tell", str(tmp_path / "blank.jsonl"), "--json", "--reading", reading)
        assert json.loads(out.splitlines()[TAGGED])["whose_default"] == whose


def test_where_no_parameter_is_declared_the_error_names_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    steps = data(capsys)

    for number, document in ((OF_NO_DOCUMENT, "SSM-SessionManagerRunShell"), (DECLARED_NO_MORE, "Ops")):
        assert steps[number]["error"] == {
            "name": "InvalidParameters",
            "text": f"the session document declares no parameter: {document!r}",
            "about": {"document": document},
        }
    assert steps[WRITTEN_AGAIN]["changes"] == [
        "session document Ops of account 111111111111 has Run As on, default ops, no longer a parameter"
    ]


def test_a_call_is_told_with_its_parameter_and_never_with_how_none_is_told_apart(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = run(capsys, "tell", STORY)
    starts = [line.partition(" -> ")[0] for line in out.splitlines() if ". start_session: " in line]

    assert starts[:3] == [
        "10. start_session: session s-1, principal Ben, instance i-1, document Ops",
        "11. start_session: session s-2, principal Ben, instance i-1, document Ops, parameter root",
        '12. start_session: session s-3, principal Ben, instance i-1, document Ops, parameter ""',
    ]
    assert "filled" not in out
    assert "default_user ops, declares_parameter true\n" in out
