"""Colour for lines that are said: by rich, which an extra brings, and by what the words of a line are."""

import argparse
import os
import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

from runas_model.inputs.records import InputError

__all__ = ["add_option", "choose", "colored"]

EXTRA = "pip install 'runas-spec[terminal]'"

STYLES = {
    "good": "bold green",
    "bad": "bold red",
    "doubtful": "bold yellow",
    "name": "bold",
    "quiet": "dim",
    "copy": "cyan",
}
WORDS = [
    r"^(?P<good>0 unexplained)$",
    r"^(?P<bad>[1-9]\d* unexplained)$",
    r"^ +(?P<bad>unexplained|cannot be read): (?P<name>[^:]+):",
    r"^ +\d+ rows  (?P<name>[\w-]+):",
    r"^(?P<good>HOLDS|CONFORMS|PROVED|PASSED|EXPLORED|ADAPTER OK)\b",
    r"^(?P<bad>DOES NOT HOLD|DOES NOT CONFORM|REFUTED|FAILED|ERRORED|ADAPTER FAULTY)\b",
    r"^(?P<doubtful>INTERRUPTED|NOT PROVABLE|SKIPPED|WARNING|Warnings)\b",
    r"^(?:(?P<good>proved)|(?P<bad>refuted|conditional|hollow|vacuous)|(?P<doubtful>undetermined))(?= +\d+ ms  )",
    r"^\w+ +(?P<quiet>\d+ ms)  (?P<name>[\w-]+):",
    r"^(?P<name>The (?:shortest of \d+ failures|only failure))",
    r"^(?P<name>[A-Z\d][^:.]*):$",
    r"^ +(?P<bad>got): ",
    r"^ +(?P<good>expected): ",
    r"^ +(?P<quiet>skipped)  ",
    r"^ +(?P<name>matched  [\w-]+)",
    r"  (?P<bad>NO)$",
    r"(?P<copy>: runas-spec .*)$",
    r"(?P<copy>https?://\S+)",
]
"""The parts of a line that have a style, by its name."""

_chosen = "auto"


def add_option(command: argparse.ArgumentParser) -> None:
    """Give a command the option `--color`."""
    command.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colour; auto, the default, is colour in a terminal, where rich is installed and NO_COLOR is not set",
    )


def choose(choice: str) -> None:
    """Take over the option `--color`. Raises `InputError` where it asks for colour and rich is not there."""
    global _chosen
    if choice == "always" and find_spec("rich") is None:
        raise InputError(f"--color always needs rich: {EXTRA}")
    _chosen = choice


def colored(line: str) -> str:
    """The line as it is to be printed on standard output."""
    return _painter()(line) if _wanted() else line


def _wanted() -> bool:
    if _chosen != "auto":
        return _chosen == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain and find_spec("rich") is not None


@cache
def _painter() -> Callable[[str], str]:
    from rich.console import Console
    from rich.highlighter import RegexHighlighter
    from rich.theme import Theme

    class Words(RegexHighlighter):
        base_style = "runas."
        highlights = WORDS

    styles = {f"{Words.base_style}{name}": style for name, style in STYLES.items()}
    console = Console(force_terminal=True, color_system="standard", no_color=False, theme=Theme(styles))
    words = Words()

    def paint(line: str) -> str:
        with console.capture() as captured:
            console.print(words(line), soft_wrap=True, end="")
        return captured.get()

    return paint
