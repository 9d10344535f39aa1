"""Commands and programs on a page: shown with what they print, and not built where they do otherwise."""

from pathlib import Path

import pytest

from spec_site.console import console, program, told_command


def test_a_command_is_shown_with_what_it_prints() -> None:
    shown = console(["$ runas-spec decide --run-as off \\", "    --tag alice"], last=1)

    assert shown.splitlines()[1:3] == ["$ runas-spec decide --run-as off \\", ">     --tag alice"]
    assert "C2" in shown


@pytest.mark.parametrize(
    ("lines", "exit_code", "says"),
    [
        (["$ runas-spec decide --run-as off"], 1, "exit code 0, not 1"),
        (["$ runas-spec nonsense"], 0, "exit code 2, not 0"),
        (["$ rm -r docs"], 0, "only runas-spec"),
        (["runas-spec decide"], 0, "begins with"),
        ([], 0, "no command"),
    ],
)
def test_a_command_that_does_not_do_as_the_page_says_fails_the_build(
    lines: list[str], exit_code: int, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        console(lines, exit_code)


def test_what_is_left_out_is_counted() -> None:
    command = ["$ runas-spec decide --run-as off"]
    every = console(command).splitlines()[2:-1]

    assert console(command, first=1).splitlines()[2:-1] == [every[0], f"... {len(every) - 1} more lines"]
    assert console(command, last=len(every) - 1).splitlines()[2:-1] == ["... 1 more line above", *every[1:]]


def test_a_command_that_was_told_is_the_first_of_its_kind_after_the_prompt() -> None:
    shown = "$ runas-spec replay typed\nfailed\n  rerun: runas-spec replay told -r agent\n  or: runas-spec replay x"

    assert told_command(shown, "replay") == "runas-spec replay told -r agent"


@pytest.mark.parametrize("shown", ["", "$ runas-spec replay typed", "rerun: runas-spec conform"])
def test_a_command_that_no_reader_sees_told_fails_the_build(shown: str) -> None:
    with pytest.raises(ValueError, match="no command 'runas-spec replay' is shown above on the page"):
        told_command(shown, "replay")


def test_a_program_that_fails_fails_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.py").write_text("raise SystemExit('wrong')")
    monkeypatch.setattr("spec_site.console.EXAMPLES", tmp_path)

    with pytest.raises(ValueError, match=r"broken\.py: exit code 1: wrong"):
        program("broken.py")
