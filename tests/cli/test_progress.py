"""Progress, shown while a command works: a line that goes in a terminal, now and then a line elsewhere."""

import itertools
import re
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from cli.running import conform, run
from runas_cli import progress
from runas_cli.main import main
from runas_properties.laws import LAWS
from runas_properties.oracle.recorded import AGENT_DECISIONS
from thinned import slow

Capture = pytest.CaptureFixture[str]
CLEARED = "\r\x1b[K"
FEW = ("--only", "name-capital-*", "--examples", "0")


def in_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let standard error be a terminal from here on."""
    monkeypatch.setattr(progress, "SECONDS", 0)
    monkeypatch.setattr(progress, "UNCOUNTED", 100)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """One second for each look at the clock."""
    seconds = itertools.count()
    monkeypatch.setattr(time, "monotonic", lambda: float(next(seconds)))


@pytest.fixture
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time goes by for progress, however long the machine takes."""
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: 1.0))


@slow
def test_verify_tells_in_a_terminal_what_it_does(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    in_terminal(monkeypatch)
    main(["verify"])

    assert f"{len(LAWS)} of {len(LAWS)} laws" in capsys.readouterr().err


def test_rows_are_counted_in_a_terminal_and_the_line_goes(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    in_terminal(monkeypatch)
    main(["check", str(AGENT_DECISIONS), "--reading", "agent"])

    shown = capsys.readouterr().err
    assert [int(count) for count in re.findall(r"\r(\d+) rows", shown)] == [100, 200, 300, 400, 500]
    assert shown.endswith(CLEARED)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("conform", "--target", "targets_in_python:correct", *FEW), ["starting the implementation", "1 of "]),
        (("smoke", "--target", "targets_in_python:correct"), ["starting the implementation", "waiting for the first"]),
        (
            ("replay", "name-nul-by-tag-instead", "--target", "targets_in_python:correct"),
            ["starting the implementation"],
        ),
        (("decide", "--run-as", "off", "--repair"), ["looking for the smallest changes"]),
        (("explore", "--principals", "1", "--names", "1", "--no-laws"), ["preparing the scope", "1 of 1 states"]),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else "",
)
def test_a_command_tells_what_it_does_before_the_first_result(
    arguments: tuple[str, ...], told: list[str], capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_terminal(monkeypatch)
    main(arguments)

    shown = capsys.readouterr().err
    places = [shown.index(f"\r{text}") for text in told]
    assert places == sorted(places)
    assert shown.endswith(CLEARED)


def test_a_line_of_progress_fits_a_narrow_terminal(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    in_terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "30")
    progress.doing("words " * 20)
    progress.clear()

    shown = capsys.readouterr().err
    assert max(map(len, re.split(r"\r|\x1b\[K", shown))) == 29
    assert "...\x1b[K" in shown


@pytest.mark.usefixtures("clock")
def test_where_there_is_no_terminal_a_line_comes_now_and_then(capsys: Capture) -> None:
    progress.begin()
    for _ in progress.counted(range(40), "laws", 40):
        pass

    assert capsys.readouterr().err.splitlines() == [
        f"runas-spec: still working: {number} of 40 laws" for number in (10, 20, 30, 40)
    ]


@pytest.mark.usefixtures("clock")
def test_rows_without_a_total_are_told_now_and_then_too(capsys: Capture) -> None:
    progress.begin()
    assert list(progress.counted(iter(range(25_500)), "rows")) == list(range(25_500))

    assert capsys.readouterr().err.splitlines() == [
        f"runas-spec: still working: {count} rows" for count in ("10,000", "20,000")
    ]


@pytest.mark.usefixtures("stopped_clock")
def test_what_takes_no_time_tells_nothing_where_there_is_no_terminal(capsys: Capture) -> None:
    assert run(capsys, "check", str(AGENT_DECISIONS), "--reading", "agent")[2] == ""
    assert conform(capsys, "correct", *FEW)[2] == ""


def test_what_is_counted_may_end_early_or_fail(capsys: Capture) -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    first = next(progress.counted(iter(range(5)), "rows"))

    assert first == 0
    with pytest.raises(ValueError, match="broken"):
        list(progress.counted(broken(), "rows"))
