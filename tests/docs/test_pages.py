"""The pages as they are written: their examples run, and their parts are given by name."""

import doctest
import re
from pathlib import Path

import pytest

from runas_model import OPERATIONS, RULEBOOK, Rule
from spec_site.console import EXAMPLES, console, program
from spec_site.machine_page import session_moves
from spec_site.markdown import anchor, code, table
from spec_site.session_picture import ENDED, NOT_YET, RUNNING, session_picture
from spec_site.words import condition, source_of_rule

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)


def test_every_python_example_in_the_pages_runs() -> None:
    results = [doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS) for page in PAGES]

    assert sum(result.attempted for result in results) >= 4
    assert sum(result.failed for result in results) == 0


def test_every_program_of_the_examples_is_shown_on_some_page() -> None:
    written = "\n".join(page.read_text("utf-8") for page in PAGES)

    assert [path.name for path in EXAMPLES.glob("*.py") if f"{{example}} {path.name}" not in written] == []


def test_no_command_stands_in_a_page_without_being_run() -> None:
    """A block of code with a prompt is made by `console`; written by hand it could go stale."""
    block = re.compile(r"^```(?!\{)\w*\n(.*?)^```", re.M | re.S)
    written = [(page.name, text) for page in PAGES for text in block.findall(page.read_text("utf-8"))]
    by_hand = [name for name, text in written if re.search(r"^(\$ |>>> )", text, re.M)]

    assert by_hand == []


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


def test_a_table_without_rows_fails_the_build() -> None:
    with pytest.raises(ValueError, match="nothing to show under Law, Says"):
        table(("Law", "Says"), [])


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    assert table(("A",), [["x | y"]]).splitlines()[-1] == "| x \\| y |"


def test_anchors_are_such_as_can_be_written_in_an_address() -> None:
    assert anchor("operation", "start_session") == "operation-start-session"


def test_code_that_has_fences_gets_longer_ones() -> None:
    assert code("a\n```\nb").startswith("````text\n")


def test_a_condition_is_told_in_words_and_nothing_twice() -> None:
    (rule,) = (rule for rule in RULEBOOK if rule.id == "tag-user-exists")

    assert condition(rule).splitlines() == [
        "- the principal is tagged",
        "- and the tag is not blank",
        "- and the OS user of the tag is on the instance",
    ]


@pytest.mark.parametrize("rule", RULEBOOK, ids=lambda rule: rule.id)
def test_the_code_beside_a_rule_is_that_of_the_rule(rule: Rule) -> None:
    source = source_of_rule(rule)

    assert source.startswith(f'Rule(\n    RuleId("{rule.id}")')
    assert rule.title in source


def test_the_life_of_a_session_goes_one_way() -> None:
    moves = session_moves()

    assert set(moves) == {(NOT_YET, NOT_YET), (NOT_YET, RUNNING), (RUNNING, RUNNING), (RUNNING, ENDED)}
    assert moves[RUNNING, ENDED] == ["deregister_instance", "terminate_session"]
    assert moves[NOT_YET, RUNNING] == ["start_session"]
    with pytest.raises(ValueError, match="cannot go back"):
        session_picture({(ENDED, RUNNING): ["start_session"]}, list(OPERATIONS))
