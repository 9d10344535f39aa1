"""The command `tell`: a story performed step by step, in words and as JSON Lines."""

import json
import os
import subprocess
import sys
import threading
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from cli.running import run
from runas_cli.told import NAME, told_schema
from runas_model import OPERATIONS, PROFILES
from runas_properties.conformance.vectors.expectations import accepted_results
from runas_properties.conformance.vectors.vector import vectors
from thinned import thinned

STORIES = Path(__file__).parents[2] / "examples" / "stories"
EXAMPLE, BREAKGLASS = STORIES / "switching-run-as-on.jsonl", STORIES / "breakglass-from-ops.jsonl"
TELL = [sys.executable, "-c", "from runas_cli.main import run; run()", "tell"]
LINE = jsonschema.Draft202012Validator(told_schema())
AMY = {"operation": "create_principal", "principal": "amy", "account": "1111", "kind": "user"}
START = {"operation": "start_session", "session": "s-1", "principal": "amy", "instance": "i-1"}


def story(folder: Path, *steps: Any) -> str:
    path = folder / "story.jsonl"
    path.write_text("".join(f"{json.dumps(step)}\n" for step in steps))
    return str(path)


def data(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[Any]:
    """The lines of JSON that a story gives, each as the schema says."""
    code, out, err = run(capsys, "tell", *arguments, "--json")
    lines = [json.loads(line) for line in out.removesuffix("\n").split("\n")]  # a name may have other ends of lines
    for line in lines:
        LINE.validate(line)
    assert (code, err) == (0, "")
    return lines


def step(out: str, number: int) -> list[str]:
    """The lines of one step."""
    lines = out.splitlines()
    begin = next(at for at, line in enumerate(lines) if line.startswith(f"{number}. "))
    return [lines[begin], *takewhile(lambda line: line.startswith("   "), lines[begin + 1 :])]


def test_a_trace_that_replay_printed_can_be_pasted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for id in ("fault-caches-decisions", "name-capital-by-tag-instead"):
        _, printed, _ = run(capsys, "replay", id, "--target", "targets_in_python:correct")
        pasted = [line for line in printed.splitlines() if line.startswith('  {"operation": ')]
        (tmp_path / "pasted").write_text("\n".join(pasted))
        code, out, err = run(capsys, "tell", str(tmp_path / "pasted"))

        assert (code, err) == (0, "")
        assert [line.partition(". ")[0] for line in out.splitlines() if line[:1].isdecimal()] == [
            str(number) for number in range(1, len(pasted) + 1)
        ]


def test_a_call_is_told_with_what_it_changed(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "tell", str(EXAMPLE))

    assert out.startswith("reading: blank_tag=names-nobody, ")
    assert step(out, 6)[:2] == [
        "6. create_os_user: instance i-1, name ops, uid 2001, gid 2001",
        "   OS user ops (uid 2001, gid 2001) is on i-1",
    ]


def test_a_start_is_told_with_who_starts_as_whom_and_explained_as_decide_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = run(capsys, "tell", str(EXAMPLE), "--reading", "docs-2023")
    decided = ("decide", "--run-as", "on", "--default-user", "ops", "--os-user", "ops:2001:2001")
    _, explained, _ = run(capsys, *decided, "--reading", "docs-2023")
    first, changed, because, *_ = started = step(out, 7)

    assert first.endswith(" -> started as ops by default-user-exists")
    assert changed == "   session s-2 on i-1 is amy's and runs as ops by default-user-exists"
    assert because == f"   because: {explained.partition(': started')[0]}"
    path = [f"   {line}" for line in explained.splitlines()[3:] if line]
    assert started[3 : 3 + len(path)] == path


def test_a_refusal_and_an_error_are_told_and_that_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "tell", str(EXAMPLE))
    refused, met = step(out, 9), step(out, 10)

    assert code == 0
    assert refused[0].endswith(" -> refused (os-user-missing) by tag-user-missing")
    assert refused[1] == "   nothing changed"
    assert met[0].endswith(" -> SessionIdUsed: the session id was used before: 's-2'")
    assert met[1] == "   nothing changed"


def test_role_sessions_are_told_with_their_tags_and_whose_tag_counts(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "tell", str(BREAKGLASS))

    assert step(out, 8)[1:] == [
        "   role session amy@Ops of Ops has begun",
        "   role session amy@Ops has session tag SSMSessionRunAs = amy",
    ]
    assert step(out, 13)[2] == "   role session amy@Breakglass-again has transitive session tag SSMSessionRunAs = amy"
    assert [(step(out, number)[0].partition(" -> ")[2], step(out, number)[3]) for number in (9, 11, 14)] == [
        ("started as amy by tag-user-exists", "   the tag is that of role session amy@Ops"),
        (
            "started as rescue by tag-user-exists",
            "   the tag is that of Breakglass, as role session amy@Breakglass has none",
        ),
        (
            "started as amy by tag-user-exists",
            "   the tag is that of role session amy@Breakglass-again, which comes before that of Breakglass",
        ),
    ]
    assert "TransitiveTagRepeated: the role session inherits a transitive session tag" in step(out, 15)[0]
    assert step(out, 16)[1:] == ["   role session amy@Breakglass of Breakglass has ended"]
    assert "ExpiredToken: the role session has ended: 'amy@Breakglass'" in step(out, 17)[0]


def test_a_user_has_no_role_session(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assumed = {"operation": "assume_role", "principal": "amy", "role_session": "r-1"}
    within = {**START, "role_session": "r-1"}
    _, met, asked, end = data(capsys, story(tmp_path, AMY, assumed, within))

    assert met["error"] == {
        "name": "NotARole",
        "text": "the principal is no role: 'amy'",
        "about": {"principal": "amy"},
    }
    assert (asked["error"]["name"], asked["whose_tag"], end["sessions"]) == ("UnknownRoleSession", None, [])


def test_whose_tag_counts_is_data_too(capsys: pytest.CaptureFixture[str]) -> None:
    steps = data(capsys, str(BREAKGLASS))[:-1]

    assert [one["step"] for one in steps if one["whose_tag"]] == [9, 11, 14]
    assert steps[8]["whose_tag"] == "the tag is that of role session amy@Ops"


def test_at_the_end_are_the_running_sessions_each_with_its_os_user(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, out, _ = run(capsys, "tell", str(EXAMPLE))

    assert out.splitlines()[-3:] == [
        "At the end 2 sessions are running:",
        "  session s-1 on i-1 is amy's and runs as ssm-user by run-as-off",
        "  session s-2 on i-1 is amy's and runs as ops by default-user-exists",
    ]
    assert run(capsys, "tell", story(tmp_path, AMY))[1].endswith("\n\nAt the end no session is running.\n")


def test_a_running_session_is_told_with_the_role_session_in_which_it_was_started(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, out, _ = run(capsys, "tell", str(BREAKGLASS))
    *_, end = data(capsys, str(BREAKGLASS))
    role = {**AMY, "kind": "role"}
    machine = {"operation": "register_instance", "instance": "i-1", "account": "1111", "platform": "linux"}
    assumed = {"operation": "assume_role", "principal": "amy", "role_session": " "}
    starts = [{**START, "session": "s-2", "role_session": " "}, {**START, "role_session": "r-2"}, START]
    steps = (role, machine, assumed, *starts, {"operation": "list_sessions"})
    _, listed, _ = run(capsys, "tell", story(tmp_path, *steps))

    assert out.splitlines()[-2].endswith("runs as rescue by tag-user-exists, in role session amy@Breakglass")
    role_sessions = {one["session"]: one["role_session"] for one in end["sessions"]}
    assert role_sessions == {"s-1": "amy@Ops", "s-2": "amy@Breakglass", "s-3": "amy@Breakglass-again"}
    assert step(listed, 7)[1:] == [
        "   session s-1 on i-1 is amy's and runs as ssm-user by run-as-off",
        '   session s-2 on i-1 is amy\'s and runs as ssm-user by run-as-off, in role session " "',
    ]
    assert [one["role_session"] for one in data(capsys, str(EXAMPLE))[-1]["sessions"]] == [None, None]


def test_the_reading_is_the_one_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    rules = {name: data(capsys, str(EXAMPLE), "--reading", name)[8]["decision"]["rule"] for name in PROFILES}

    assert rules == {"default": "tag-user-missing", "agent": "default-user-exists", "docs-2023": "tag-user-missing"}


def result(told: Any) -> tuple[str, Any]:
    """How a step ended, in the words of the protocol."""
    decision = told["decision"]
    if decision is not None:
        return ("started_as", decision["os_user"]) if decision["starts"] else ("refused", decision["reason"])
    for kind in ("sessions", "os_users"):
        if told[kind] is not None:
            return kind, told[kind]
    return ("done", True) if told["error"] is None else ("failed", told["error"]["name"])


@pytest.mark.parametrize("profile", thinned(PROFILES, 3))
def test_every_step_ends_as_the_vectors_accept_it(
    profile: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = set()
    for vector in [vector for vector in vectors() if vector.core]:
        *steps, _ = data(capsys, story(tmp_path, *vector.steps), "--reading", profile)
        for one, accepted in zip(steps, accepted_results(vector.steps, PROFILES[profile]), strict=True):
            kind, value = result(one)
            ((expected, values),) = json.loads(msgspec.json.encode(accepted)).items()
            assert kind == expected
            assert value in values if kind == "failed" else value == values
            told.add(one["call"]["operation"])
        assert [one["call"] for one in steps] == list(vector.steps)

    assert told > set(OPERATIONS)


def test_the_last_line_of_json_is_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    *_, met, end = data(capsys, str(EXAMPLE))

    about = {"session": "s-2"}
    assert met["error"] == {"name": "SessionIdUsed", "text": "the session id was used before: 's-2'", "about": about}
    assert (met["line"], end["steps"], end["reading"]["superuser"]) == (10, 10, "ordinary")
    assert [(one["session"], one["os_user"]) for one in end["sessions"]] == [("s-1", "ssm-user"), ("s-2", "ops")]


def test_the_schema_that_is_kept_is_that_of_the_types() -> None:
    kept = (files("runas_cli") / NAME).read_text("utf-8")

    assert kept == f"{json.dumps(told_schema(), indent=1)}\n"
    jsonschema.Draft202012Validator.check_schema(told_schema())
    assert not LINE.is_valid({"step": 1})


def test_a_name_cannot_be_taken_for_a_line_of_its_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    evil = {**AMY, "principal": "amy\n2. start_session \x1b[31m\u202e"}
    _, out, _ = run(capsys, "tell", story(tmp_path, evil, {**START, "principal": evil["principal"]}))

    assert [line.partition(":")[0] for line in out.splitlines() if line[:1].isdecimal()] == [
        "1. create_principal",
        "2. start_session",
    ]
    assert not {"\x1b", "\u202e"} & {*out}


def test_a_pipe_and_standard_input_are_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, expected, _ = run(capsys, "tell", str(EXAMPLE))
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(EXAMPLE.read_bytes(),))
    writer.start()
    code, out, err = run(capsys, "tell", str(tmp_path / "pipe"))
    writer.join()
    done = subprocess.run([*TELL, "-"], input=b"\xef\xbb\xbf" + EXAMPLE.read_bytes(), capture_output=True, check=False)

    assert (code, out, err) == (0, expected, "")
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, expected, b"")


def test_nothing_heavy_is_imported_for_it() -> None:
    program = (
        "import sys; from runas_cli.main import main; main(sys.argv[1:]);"
        "assert not {'z3', 'hypothesis', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, "tell", str(EXAMPLE)], check=True, capture_output=True)


def test_an_error_is_about_the_argument_that_has_what_it_names(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    role = {**AMY, "principal": "ops", "kind": "role"}
    assume = {"operation": "assume_role", "principal": "ops", "role_session": "r-2", "source": "r-1"}
    *_, met, _ = data(capsys, story(tmp_path, role, assume))

    assert (met["error"]["name"], met["error"]["about"]) == ("UnknownRoleSession", {"source": "r-1"})
