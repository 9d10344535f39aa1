"""What commands look like in terminals of 80 and 120 columns, and where nothing fits."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from cli.running import DECIDE, run
from cli.terminal import in_terminal
from golden import assert_golden
from runas_cli import explore as explore_module
from runas_cli import verify as verify_module
from runas_cli.besides import Besides
from runas_cli.layout import cut, fitting
from runas_properties.explorer import explore
from runas_properties.laws import LAWS
from runas_properties.oracle.recorded import AGENT_DECISIONS
from runas_solver.asking import RLIMIT
from runas_solver.proofs import Proof
from thinned import slow

GOLDEN = Path(__file__).parent / "golden"
FEW = ("--only", "name-*", "--only", "written-case*", "--examples", "0")
SCOPE = ("--accounts", "1", "--principals", "1", "--instances", "1", "--names", "2")
COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", str(AGENT_DECISIONS)),
    "check-unexplained": ("check", str(AGENT_DECISIONS), "--no-known"),
    "conform": ("conform", "--target", "targets_in_python:correct", *FEW),
    "conform-folds-case": ("conform", "--target", "targets_in_python:folding", *FEW),
    "conform-trims": ("conform", "--target", "targets_in_python:trimming", *FEW),
    "conform-tables": ("conform", "--target", "targets_in_python:folding", *FEW, "--tables"),
    "decide": (*DECIDE, "--reading", "agent"),
    "decide-session-tag": (*DECIDE, "--session-tag", "bob"),
    "explore": ("explore", *SCOPE, "--reading", "agent"),
    "tell": ("tell", str(Path(__file__).parents[2] / "examples" / "stories" / "switching-run-as-on.jsonl")),
    "verify": ("verify",),
}
NAMES = [pytest.param(name, marks=slow) if name == "verify" else name for name in COMMANDS]
pytestmark = pytest.mark.usefixtures("asked_here")

FIRST = {"check": 40, "check-unexplained": 30}
"""Of a long report that goes on in the same way, so many lines."""
WIDTHS = (80, 120)


@pytest.fixture
def in_no_time(monkeypatch: pytest.MonkeyPatch, already_proved: None) -> None:
    """Let `verify` and `explore` take the same time, and the solver the same effort, whenever they run."""
    prove_all, besides = vars(verify_module)["prove_all"], vars(verify_module)["besides"]

    def proofs(**_: object) -> list[Proof]:
        return [
            evolve(proof, milliseconds=12.0, discharged=tuple(evolve(one, rlimit=1000) for one in proof.discharged))
            for proof in prove_all(rlimit=RLIMIT)
        ]

    def shown_besides(*_: object) -> Besides:
        found: Besides = besides(RLIMIT)
        determined = tuple(evolve(one, rlimit=1000) for one in found.determined)
        shown: Besides = evolve(found, compiled=evolve(found.compiled, milliseconds=100.0), determined=determined)
        return shown

    monkeypatch.setattr(verify_module, "prove_all", proofs)
    monkeypatch.setattr(verify_module, "besides", shown_besides)
    monkeypatch.setattr(explore_module, "explore_scope", lambda *a, **more: evolve(explore(*a, **more), seconds=1.0))


SHOWN: dict[tuple[str, int], str] = {}
"""What a command printed in a terminal of some width: several tests look at it."""


def shown(capsys: pytest.CaptureFixture[str], width: int, name: str) -> str:
    if (name, width) not in SHOWN:
        SHOWN[name, width] = in_terminal(capsys, width, *COMMANDS[name])
    return SHOWN[name, width]


@pytest.mark.usefixtures("in_no_time")
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_a_command_looks_as_the_golden_file_has_it(name: str, width: int, capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, width, name).splitlines()
    first = lines[: FIRST.get(name, len(lines))]

    assert_golden(GOLDEN / f"{name}-{width}.txt", "".join(f"{line}\n" for line in first))


@pytest.mark.usefixtures("in_no_time")
@pytest.mark.parametrize("width", [40, *WIDTHS, 200])
@pytest.mark.parametrize("name", [name for name in NAMES if name != "conform-tables"])
def test_no_line_is_wider_than_the_terminal_but_a_command_or_a_word(
    name: str, width: int, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in shown(capsys, width, name).splitlines():
        assert len(line) <= width or len(line.split()) == 1 or ": runas-spec " in line or "  " in line.strip(), line


@slow
@pytest.mark.usefixtures("in_no_time")
def test_verify_has_one_line_for_each_law_in_80_columns_and_all_of_it_where_it_is_piped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    narrow = shown(capsys, 80, "verify").splitlines()
    _, piped, _ = run(capsys, "verify")

    for law in LAWS.values():
        (line,) = (line for line in narrow if f" {law.id}: " in line)
        assert line.startswith("proved       12 ms  ")
        assert line.removesuffix("...") in f"proved       12 ms  {law.id}: {law.title}"
        assert f"proved       12 ms  {law.id}: {law.title}\n" in piped


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("verify", "explore", "conform-tables")])
def test_piped_every_line_is_whole_and_a_terminal_has_the_same_words(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    _, piped, _ = run(capsys, *COMMANDS[name])
    wide, narrow = (shown(capsys, width, name) for width in (100_000, 40))

    assert without_times(piped) == without_times(wide)
    assert without_times(" ".join(piped.split())) == without_times(" ".join(narrow.split()))


def without_times(text: str) -> str:
    return re.sub(r"\d+\.\d s\b|Python 3\.\d+", "", text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", [""]),
        ("one two three", ["one two three"]),
        ("one two three four five six", ["one two three four", "    five six"]),
        ("  a  b c d e f g h i j k l", ["  a  b c d e f g h i", "      j k l"]),
        ("x" * 30, ["x" * 30]),
        ("rerun: runas-spec replay some-vector --reading agent", None),
        ('sent: {"operation": "start_session"} and more words', None),
    ],
)
def test_a_long_line_goes_on_under_its_first_word_unless_it_is_there_to_be_copied(
    line: str, expected: list[str] | None
) -> None:
    assert list(fitting(line, 20)) == (expected or [line])
    assert list(fitting(line, None)) == [line]


@pytest.mark.parametrize("within", [cut, lambda line, width: next(fitting(line, width))])
def test_a_line_that_fits_exactly_stays(within: Callable[[str, int], str]) -> None:
    assert within("x y" * 10, 30) == "x y" * 10
    assert len(within("x y" * 10, 29)) <= 29
