"""Story files that cannot be read: told by one line with file, line and field, after the steps before that place."""

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.malformed.stories import STORIES, calls
from cli.running import run
from runas_cli.main import main
from thinned import slow

FIRST = {"operation": "create_principal", "principal": "first", "account": "1111", "kind": "user"}
CONTENT = "".join(f"{json.dumps(call)}\n" for call in (FIRST, *calls().values())).encode()


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_there_are_many_of_them() -> None:
    assert len(STORIES) > 150


@pytest.mark.parametrize(
    ("more", "every"),
    [((), 5), (("--json",), 10), pytest.param((), 1, marks=slow)],
    ids=["in words", "as JSON", "every one"],
)
def test_a_line_that_cannot_be_read_is_told_with_its_place_and_those_before_it_stay_told_once(
    more: tuple[str, ...], every: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    silent = []
    for name, (text, words) in list(STORIES.items())[::every]:
        (tmp_path / "wrong.jsonl").write_bytes(json.dumps(FIRST).encode() + b"\n" + text + b"\n")
        code, out, err = run(capsys, "tell", "wrong.jsonl", *more)
        is_told = err.startswith("runas-spec: wrong.jsonl, line 2") and words in err and err.count("\n") == 1
        if not (code == 2 and is_told and out.count("first") == 2 and "At the end" not in out):
            silent.append((name, code, out, err))
        assert "Traceback" not in err
        assert err.rstrip("\n").isprintable()

    assert silent == []


@pytest.mark.parametrize(
    ("text", "words"), [(b"", "has no calls"), (b" \n\n", "has no calls"), (b"\xff\xfe{\0", "UTF-16")]
)
def test_a_file_of_which_nothing_can_be_read_is_told_without_a_line(
    text: bytes, words: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "wrong.jsonl").write_bytes(text)
    code, out, err = run(capsys, "tell", "wrong.jsonl")

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("runas-spec: wrong.jsonl: ")
    assert words in err


def test_what_is_not_wrong_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "right.jsonl").write_bytes(CONTENT)

    assert run(capsys, "tell", "right.jsonl")[::2] == (0, "")


PARTS = [b'{"operation"', b'"start_session"', b"{", b"}", b"[", b'"', b",", b":", b"\n", b"\r", b"\0", b"\xff", b"\\",
         b"-1", b"\xef\xbb\xbf", b'"\\ud800"', b"NaN", b"null", b"1e999", b"9" * 5000,
         json.dumps(FIRST).encode()]  # fmt: skip


@st.composite
def malformed(draw: st.DrawFn) -> bytes:
    """A story with parts of it cut out, put in, doubled or overwritten; or parts in any order."""
    if draw(st.booleans()):
        return b"".join(draw(st.lists(st.sampled_from(PARTS), max_size=12)))
    content = CONTENT
    for _ in range(draw(st.integers(1, 3))):
        at, length = draw(st.integers(0, len(content))), draw(st.integers(0, 40))
        between = draw(st.sampled_from([b"", content[at : at + length] * 2, *PARTS]) | st.binary(max_size=4))
        content = content[:at] + between + content[at + length :]
    return content


@given(malformed())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_ends_in_a_story_or_in_a_line_that_names_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "story").write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        code = main(["tell", "story"])

    told = err.getvalue()
    assert (code, told == "") in [(0, True), (2, False)]
    assert ("\nAt the end " in out.getvalue()) == (code == 0)
    if code == 2:
        assert told.startswith("runas-spec: story")
        assert told.count("\n") == 1
        assert told.rstrip("\n").isprintable()
