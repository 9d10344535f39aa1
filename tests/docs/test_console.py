"""Commands and programs on a page: shown with what they print, and not built where they do otherwise."""

from pathlib import Path

import pytest

from spec_site.console import console, program


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


def test_a_program_that_fails_fails_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.py").write_text("raise SystemExit('wrong')")
    monkeypatch.setattr("spec_site.console.EXAMPLES", tmp_path)

    with pytest.raises(ValueError, match=r"broken\.py: exit code 1: wrong"):
        program("broken.py")
