"""Colour: where it is, and that it changes no word."""

import re
import sys

import pytest

from cli.running import DECIDE, run
from cli.terminal import in_terminal
from runas_cli import coloring

pytestmark = pytest.mark.usefixtures("asked_here")

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
FAILING = ("conform", "--target", "targets_in_python:folding", "--only", "name-capital-*", "--examples", "0")
GREEN, RED = "\x1b[1;32m", "\x1b[1;31m"


@pytest.fixture(autouse=True)
def no_choice_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_a_terminal_shows_the_verdict_in_colour_and_the_same_words(capsys: pytest.CaptureFixture[str]) -> None:
    colored = in_terminal(capsys, 80, *FAILING, "--color", "auto")
    plain = in_terminal(capsys, 80, *FAILING)

    assert f"{RED}DOES NOT CONFORM\x1b[0m: " in colored
    assert f"{GREEN}expected\x1b[0m: " in colored
    assert "\x1b" not in plain
    assert ESCAPE.sub("", colored) == plain


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_no_colour_where_the_environment_wants_none_unless_it_is_asked_for(
    name: str, value: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    assert "\x1b" not in in_terminal(capsys, 80, *FAILING, "--color", "auto")
    assert RED in in_terminal(capsys, 80, *FAILING, "--color", "always")


def test_a_pipe_has_colour_only_where_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    _, plain, _ = run(capsys, *FAILING)
    _, colored, _ = run(capsys, *FAILING, "--color", "always")

    assert "\x1b" not in plain
    assert f"{RED}DOES NOT CONFORM\x1b[0m: " in colored


def test_never_is_never(capsys: pytest.CaptureFixture[str]) -> None:
    assert "\x1b" not in in_terminal(capsys, 80, *FAILING, "--color", "never")


def test_without_rich_a_terminal_shows_plain_text_and_who_asks_for_colour_is_told_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rich", None)

    assert "\x1b" not in in_terminal(capsys, 80, *FAILING, "--color", "auto")
    assert run(capsys, *FAILING, "--color", "always") == (
        2,
        "",
        "runas-spec: --color always needs rich: pip install 'runas-spec[terminal]'\n",
    )


def test_json_has_no_colour(capsys: pytest.CaptureFixture[str]) -> None:
    _, plain, _ = run(capsys, *DECIDE, "--json")
    _, colored, _ = run(capsys, *DECIDE, "--json", "--color", "always")

    assert colored == plain


@pytest.mark.parametrize("name", ["[red]alice[/red]", "\x1b[31malice", ":smiley:", "HOLDS", "https://a.example/\x07"])
def test_a_name_is_neither_markup_nor_an_escape(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("decide", "--run-as", "on", "--tag", name)
    _, plain, _ = run(capsys, *arguments)
    _, colored, _ = run(capsys, *arguments, "--color", "always")

    assert ESCAPE.sub("", colored) == plain
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", plain)


def test_every_style_is_used_and_every_part_with_a_name_has_one() -> None:
    used = {name for words in coloring.WORDS for name in re.findall(r"\?P<(\w+)>", words)}

    assert used == coloring.STYLES.keys()
