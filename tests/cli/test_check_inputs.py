"""What `check` may be given to read: standard input, pipes, any encoding, and what is no record at all."""

import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runas_cli.main import main
from thinned import thinned

USERS = [{"name": "alice", "uid": 2001, "gid": 2001}]
ROW: dict[str, Any] = {
    "id": "r-1", "platform": "linux", "run_as_enabled": True, "tag": "alice", "default_user": None,
    "outcome": {"started_as": "alice", "uid": 2001},
}  # fmt: skip
LINES = "\n".join(map(json.dumps, [{"os_users": USERS, "implementation": "ours"}, ROW, ROW])).encode()
DOCUMENT = json.dumps({"os_users": USERS, "decisions": [ROW, ROW]}, indent=1).encode()
LAST = json.dumps({"decisions": [ROW, ROW], "os_users": USERS}).encode()
CHECK = [sys.executable, "-c", "from runas_cli.main import run; run()", "check"]
AGREED = "2 recorded decisions: 2 agreed, 0 departed"
FORMS = pytest.mark.parametrize("content", [LINES, DOCUMENT, LAST], ids=["lines", "document", "users last"])


@FORMS
@pytest.mark.parametrize("name", thinned(["-", "/dev/stdin"], 2))
def test_standard_input_is_read(name: str, content: bytes) -> None:
    done = subprocess.run([*CHECK, name], input=content, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert AGREED in done.stdout.decode()


@FORMS
@pytest.mark.parametrize("form", ["json", "junit"])
def test_a_pipe_is_read_and_reported(
    content: bytes, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe, report = tmp_path / "pipe", tmp_path / "report"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(content,))
    writer.start()

    assert main(["check", str(pipe), "--report", f"{form}={report}"]) == 0
    writer.join()
    assert AGREED in capsys.readouterr().out
    assert report.read_text().count('"r-1 (row ' if form == "junit" else '"id": "r-1"') == 2


def test_lines_of_a_pipe_are_read_as_they_come() -> None:
    many = LINES + b"\n" + b"\n".join([json.dumps(ROW).encode()] * 5000)
    with subprocess.Popen(
        [*CHECK, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.write(many + b"\n{")
        process.stdin.close()
        assert process.stdout is not None
        assert b"5,002 agreed, 0 departed, 1 cannot be read" in process.stdout.read()
        assert process.wait() == 2


def test_standard_input_is_read_from_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "rows").write_bytes(b"# a comment\n" + LINES)
    with (tmp_path / "rows").open("rb", buffering=0) as file:
        file.read(len(b"# a comment\n"))
        done = subprocess.run([*CHECK, "-"], stdin=file, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")
    assert AGREED in done.stdout.decode()


def test_standard_input_is_read_only_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "-", "-"]) == 2
    assert capsys.readouterr().err == "runas-spec: -, standard input, can be read only once\n"


@FORMS
def test_a_byte_order_mark_of_utf_8_is_read_over(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows"
    path.write_bytes(b"\xef\xbb\xbf" + content)

    assert main(["check", str(path)]) == 0
    assert AGREED in capsys.readouterr().out


@FORMS
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_another_encoding_is_named(
    content: bytes, encoding: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rows"
    path.write_bytes(content.decode().encode(encoding))

    assert main(["check", str(path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"runas-spec: {path}: ")
    assert f"UTF-{encoding[4:6]}" in error
    assert "iconv" in error


def changed(**changes: Any) -> str:
    return json.dumps({**ROW, **changes})


HUGE = "x" * (3 << 20)
BAD_ROWS = [
    (changed(outcome={"started_as": "alice", "uid": -1}), "field outcome.uid: Expected `int` >= 0"),
    (changed(outcome={"started_as": "alice", "uid": 2**32}), "field outcome.uid: Expected `int` <= 4294967295"),
    (changed(os_users=[{"name": "a", "uid": -1, "gid": 1}]), "field os_users[0].uid: Expected `int` >= 0"),
    (changed(os_users=[{"name": "a", "uid": 1, "gid": 2**32}]), "field os_users[0].gid: Expected `int` <= 4294967295"),
    (changed(os_users=[{"name": "a", "uid": 1.5, "gid": 1}]), "field os_users[0].uid: Expected `int | null`"),
    (changed(os_users=[{"name": "\u3000", "uid": 1, "gid": 1}]), "field os_users: an OS user has a blank name"),
    ('{"id": "r-9", "tag": "a", "tag": "b", "outcome": {"refused": ""}}', "(r-9), field tag: it is given twice"),
    (changed(outcome="?").replace('"?"', '{"refused": "", "refused": ""}'), "field refused: it is given twice"),
    (changed()[:-1] + ', "os_users": [{"name": "a", "name": "b"}]}', "the member name is given twice"),
    (changed(id="evil\x1b[2K\n"), None),
    (changed(colour="\x1b[2K"), "unknown field `colour`"),
    ('{"id": "\\ud800", "outcome": {"refused": ""}}', "not JSON"),
    ('{"id": "a", "outcome": {"refused": "", "uid": NaN}}', "not JSON"),
    ('{"id": "a\0", "outcome": {"refused": ""}}', "not JSON"),
    ('{"id": "a", "tag": ' + "[" * 5000 + "]" * 5000 + ', "outcome": {"refused": ""}}', "not JSON: "),
    ('{"id": "a", "uid": 1' + "0" * 5000 + "}", "a, line 3"),
    ("7", "Expected `object`, got `int`"),
    ("null", "Expected `object`, got `null`"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), BAD_ROWS, ids=range(len(BAD_ROWS)))
def test_a_row_that_cannot_be_read_says_why_and_the_next_one_is_read(
    text: str, words: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").write_text(f"{json.dumps({'os_users': USERS})}\n{json.dumps(ROW)}\n{text}\n{json.dumps(ROW)}\n")
    code = main(["check", "a"])

    out, err = capsys.readouterr()
    assert "\x1b" not in out + err
    assert code == (0 if words is None else 2)
    if words is not None:
        assert words in err
        assert "a, line 3" in err
        assert out.startswith("3 recorded decisions: 2 agreed, 0 departed, 1 cannot be read\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"\n\n", "not JSON, or cut short"),
        (json.dumps({"os_users": USERS}).encode(), "holds no decisions"),
        (json.dumps({"os_users": USERS, "decisions": []}).encode(), "holds no decisions"),
        (b'{"os_users": [], "os_users": [], "decisions": []}', "os_users: it is given twice"),
        (b'{"os_users": [], "decisions": [], "os_users": []}', "os_users: it must be given once, before the decisions"),
        (b'{"os_users": [], "decisions": [], "platform": "linux"}', "platform: it must be given once, before the dec"),
        (b'{"os_users": [], "decisions": [], "decisions": []}', "it is given twice"),
        (b'{"os_users": [], "decisions": {}}', "not JSON, or cut short: '[' expected"),
        (b'{"platform": "amiga", "decisions": [7]}', "field platform: unknown platform 'amiga'; use one of linux"),
        (b'{"platform": "amiga"}\n{"id": "a"}', "unknown platform 'amiga'"),
        (b'{"os_users": [{"name": "a", "uid": -1}], "decisions": []}', "os_users[0].uid: Expected `int` >= 0"),
        (f'{{"os_users": [{{"name": "{HUGE}"}}], "decisions": []}}'.encode(), "os_users: longer than 1048576 char"),
        (f'{{"os_users": []}}\n{{"id": "{HUGE}"}}'.encode(), "line 2: longer than 1048576 characters"),
        (b'{"os_users": [], "decisions": [' + b"[" * 100_000, "nested too deeply"),
        (b'{"\\ud800": 1, "decisions": []}', "not JSON"),
        (b'{"os_users": [], "decisions": []}\xff', "not UTF-8, invalid start byte"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_line(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad"
    path.write_bytes(content)

    assert main(["check", str(path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"runas-spec: {path}")
    assert words in error
    assert error.count("\n") == 1


def test_a_file_that_vanishes_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rows"
    path.write_bytes(LINES)

    def vanish(file: object) -> bool:
        path.unlink()
        return False

    monkeypatch.setattr("runas_cli.check._of_agent", vanish)

    assert main(["check", str(path)]) == 2
    assert capsys.readouterr().err == f"runas-spec: {path}: No such file or directory\n"


PARTS = [b'{"os_users"', b'"decisions"', b'"outcome"', b'{"id":', b"[", b"]", b"{", b"}", b",", b":", b"\n", b"\0",
         b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b'"\\ud800"', b"NaN", b"1e999", b"null", b'"alice"',
         json.dumps(ROW).encode(),
         json.dumps({"os_users": USERS}).encode(), b'"', b"\\", b"-1", b"[" * 3000, b"9" * 5000, b" "]  # fmt: skip


@st.composite
def malformed(draw: st.DrawFn) -> bytes:
    """A file with parts of it cut out, put in, doubled or overwritten; or parts in any order."""
    if draw(st.booleans()):
        return b"".join(draw(st.lists(st.sampled_from(PARTS), max_size=12)))
    content = draw(st.sampled_from([LINES, DOCUMENT, LAST]))
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(content))), draw(st.integers(0, 40))
        between = draw(st.sampled_from([b"", content[at : at + length] * 2, *PARTS]) | st.binary(max_size=4))
        content = content[:at] + between + content[at + length :]
    return content


def outcome(arguments: list[str]) -> Iterator[str | int]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        yield main(arguments)
    yield out.getvalue()
    yield err.getvalue()


@given(malformed())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_ends_in_a_verdict_or_in_a_line_that_names_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rows"
    path.write_bytes(content)
    code, out, err = outcome(["check", str(path)])

    if code == 2:
        assert isinstance(err, str)
        assert err.startswith("runas-spec: ")
        assert str(path) in err
        assert err.count("\n") == 1
        assert err.rstrip("\n").isprintable()
    else:
        assert (code in (0, 1), err) == (True, "")
        assert "recorded decisions: " in str(out)


@given(st.binary(max_size=60) | malformed())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_list_of_known_departures_holds_ends_so_too(tmp_path: Path, content: bytes) -> None:
    rows, path = tmp_path / "rows", tmp_path / "known.toml"
    rows.write_bytes(LINES)
    path.write_bytes(content)
    code, _, err = outcome(["check", str(rows), "--known", str(path)])

    assert code in (0, 2)
    assert (code == 0) == (err == "")
    assert code == 0 or (str(err).startswith(f"runas-spec: {path}") and str(err).count("\n") == 1)


def lines(path: Path, *rows: object) -> str:
    path.write_text("\n".join(map(json.dumps, rows)))
    return str(path)


def test_rows_that_agree_only_by_what_they_leave_out_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {name: value for name, value in ROW.items() if name != "platform"}
    file = lines(tmp_path / "a", {"os_users": USERS}, ROW, {**said, "id": "r-2", "outcome": {"started_as": "ssm-user"}})

    assert main(["check", file]) == 0
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first == AGREED
    assert second.startswith(
        "  1 row of these, the first r-2: agrees only if what it leaves out (platform) is so: Run As on, macos"
    )


def test_rows_of_the_agent_are_of_linux_where_they_do_not_say(tmp_path: Path) -> None:
    heading = {"implementation": "amazon-ssm-agent 3.4", "os_users": USERS}
    said = {name: value for name, value in ROW.items() if name != "platform"}
    started = {**said, "outcome": {"started_as": "ssm-user"}}

    assert main(["check", lines(tmp_path / "a", heading, started)]) == 1
    assert main(["check", lines(tmp_path / "a", {**heading, "platform": "windows"}, started)]) == 0
