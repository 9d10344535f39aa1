"""Numbers in the sentences of the pages: each is counted here, or is known to count nothing of the project."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runas_cli.exit_codes import ExitCode
from runas_model.specification.operations import SESSION_TAG
from runas_model.specification.readings import CHOICES, PROFILES, Superuser
from runas_model.specification.vocabulary import POSIX_IDS
from runas_model.universes import connectives
from runas_properties.conformance.protocol import messages
from runas_properties.conformance.targets.commands import RESTARTS
from runas_properties.conformance.targets.target import SECONDS
from runas_properties.oracle.recorded import AGENT_KNOWN, read_known
from spec_site.figures import FIGURES

ROOT = Path(__file__).parents[2]
FILES = [*(ROOT / "docs").rglob("*.md"), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
PAGES = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in FILES if "_build" not in path.parts}

LAWS_TEST = ROOT / "tests" / "laws" / "test_laws.py"

WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
VALUES = {word: value for value, word in enumerate(WORDS)} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
NUMBER = re.compile(rf"\b({'|'.join(word for word in VALUES if VALUES[word] > 2)}|\d[\d,]*)\b +(\w+)", re.I)

NAMES = r"\(April 2020\)|agent 3\.3|Debian 12|UTF-8|exit codes?:? [^.]*\b1\d\d\b[^.]*|SMT-LIB 2|Python 3\.\d+"
"""What has digits and is no number of anything. Exit codes have a test of their own."""

OF_CODE = r"^ {4}.*$|\{figure\}`[^`]*`|`[^`]*`|\]\([^)]*\)|<[^>]*>|^\d+\. "

NOTHING: dict[str, set[str]] = {
    "docs/index.md": {"cases", "minutes"},  # read, run and prove; the title of a guide
    "docs/guides/in-your-ci.md": {"minutes"},
    "docs/guides/test-your-implementation.md": {"minutes"},
}
"""What a number on a page may stand before although it counts nothing of the project."""


MESSAGES = (messages.Start, messages.Run, messages.Stop)
"""What the kit sends."""


def headings(page: str, level: int, after: str = "") -> int:
    """The headings of this level on a page, after a given one."""
    return len(re.findall(rf"^{'#' * level} ", PAGES[page].partition(after)[2] if after else PAGES[page], re.M))


COUNTED: dict[str, dict[str, Callable[[], int]]] = {
    "docs/architecture.md": {"walks": lambda: headings("docs/architecture.md", 3, "walks through the code")},
    "docs/background/why.md": {"connectives": lambda: len(listed_connectives())},
    "docs/guides/read-a-counterexample.md": {
        "kinds": lambda: headings("docs/guides/read-a-counterexample.md", 2),
    },
    "docs/readings.md": {"points": lambda: len(CHOICES), "readings": lambda: len(CHOICES)},
    "docs/reference/protocol.md": {
        "kinds": lambda: len(MESSAGES),
        "choices": lambda: len(CHOICES),
        "seconds": lambda: int(SECONDS),
        "bits": lambda: POSIX_IDS[-1].bit_length(),
        "times": lambda: RESTARTS,
        "characters": lambda: SESSION_TAG["key"],
    },
    "docs/vectors.md": {"characters": lambda: SESSION_TAG["key"]},
    "CONTRIBUTING.md": {
        "times": lambda: int(re.findall(r"all tests with (\d+) times", (ROOT / "Makefile").read_text())[0]),
        "examples": lambda: int(re.findall(r"examples / (\d+)", LAWS_TEST.read_text())[0]),  # one example of fifty
        "reports": lambda: len(list((ROOT / "tests" / "solver" / "golden").iterdir())),
    },
    "CHANGELOG.md": {
        "rules": FIGURES["rules"],
        "readings": lambda: len(CHOICES),
        "choices": lambda: len(Superuser),
        "profiles": lambda: len(PROFILES),
        "laws": FIGURES["laws"],
        "recorded": FIGURES["recorded"],
        "kinds": lambda: len(read_known(AGENT_KNOWN)),
        "characters": lambda: SESSION_TAG["key"],
        "faulty": FIGURES["faulty-implementations"],
        "of": FIGURES["classes"],  # ... of the situations that the decision can tell apart
        "walks": lambda: headings("docs/architecture.md", 3, "walks through the code"),
    },
}
"""What a number on a page stands before, with how many of these there are."""


def hidden(text: str) -> str:
    """A page in one line, as long as it is, without code, links, numbers of items, and names that have digits."""
    for pattern, flags in ((r"^```.*?^```$", re.M | re.S), (OF_CODE, re.M), (NAMES, re.I)):
        text = re.sub(pattern, lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=flags)
        if pattern == OF_CODE:
            text = text.replace("\n", " ")
    return text


def value(number: str) -> int:
    """What a number in words or digits stands for."""
    return VALUES.get(number.lower()) or int(number.replace(",", ""))


def numbers(text: str) -> Iterator[tuple[int, str]]:
    """Each number of more than two in the sentences of a page, with the word after it."""
    for number, noun in NUMBER.findall(hidden(text)):
        yield value(number), noun


@pytest.mark.parametrize("page", PAGES)
def test_every_number_in_a_sentence_is_the_one_that_is_counted(page: str) -> None:
    counted, nothing = COUNTED.get(page, {}), NOTHING.get(page, set())
    found = [(value, noun) for value, noun in numbers(PAGES[page]) if noun not in nothing]

    assert [one for one in found if one[1] not in counted] == [], "say it with {figure}`NAME`, or count it here"
    assert found == [(counted[noun](), noun) for _, noun in found]


def test_a_number_is_found_in_words_and_in_digits_and_not_in_code() -> None:
    hidden = "    7 typed\n\n1. `9 lives` {figure}`laws` laws\n\n```\n5 printed\n```\n"
    page = f"There are eleven\nrules.\n\n{hidden}\nUTF-8 text, and 1,005 states."

    assert list(numbers(page)) == [(11, "rules"), (1005, "states")]


def listed_connectives() -> list[str]:
    """Those that the page on the design lists."""
    sentence, _, _ = PAGES["docs/background/why.md"].partition("connectives (")[2].partition("equality")
    return re.findall(r"`(\w+)`", sentence)


def test_the_connectives_that_a_page_lists_are_there() -> None:
    assert listed_connectives()
    assert set(listed_connectives()) <= set(connectives.__all__)


@pytest.mark.parametrize("page", ["docs/reference/command.md", "docs/reference/protocol.md"])
def test_a_page_about_exit_codes_has_all_of_them(page: str) -> None:
    _, _, said = PAGES[page].partition("Exit codes")

    assert sorted({int(code) for code in re.findall(r"\b(\d{1,3})\b", said.partition("\n## ")[0])}) == sorted(ExitCode)
