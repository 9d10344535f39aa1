"""Sentences that were rewritten since they were hard to read do not come back in what is documented or printed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("cli", "docs", "examples", "model", "properties", "solver")
KINDS = {".css", ".html", ".js", ".md", ".mjs", ".py", ".svg", ".toml"}

REWRITTEN = (
    "Its rules are a page that anyone can read",
    "They want Python",
    "to be read offline",
    "it names anything else",
    "situations that the rules can tell apart",
    "lights up the path",
    "faulty specifications on trial",
    "is the kit any good",
    "is the adapter right",
    "a failure is told as",
    "Nothing that is sent tells what is expected",
    "a program that fails by itself",
    "that no longer occurs is told",
    "how directories are joined",
    "take most of a second to build",
    "the dependencies again",
    "A question it newly asks",
    "put into RETIRED",
    "Then make the vectors again",
    "Where states or transitions are other ones",
    "No rule may stand in its script",
    "neither convicted nor proved to be equivalent",
    "rules that one can read",
    "models like it",
    "what would mend it",
    "The first question that is answered with",
    "A session is asked for",
    "the tag’s name",
    "| of what |",
    "tell of the specification is copied by hand",
    "A few words, before the rules",
    "are those with an account on it",
    "the OS user of the tag",
    "It matches when",
    "whatever is left: none of the rules",
    "together that are decided alike",
    "nobody on the instance",
    "Else it fails, and nothing changes",
    "the machine needs it",
    "At AWS:",
    "The rules say how it is decided",
    "made while this page was",
    "have its premise met",
    "What a test suite would let pass",
    "The rules take it that",
    "facts taken for the opposite",
    "a case that an implementation is asked",
    "never used again",
    "every fault that any vector does",
    "errs thus",
    "What speaks for no clause",
    "Say this is it",
    "A few plain cases tell",
    "the shortest case that shows it comes first",
    "Ask that one again",
    "to be held to it",
    "They are believed only when",
    "is not a mere reading",
    "follow any reading, but one.",
    "print nothing else on standard output",
    "shows a fault to be one",
    "would make a decision another one",
    "Why it is built so",
    "somebody must see to it",
    "we do not choose and hope",
    "and a reviewer must",
    "What is public is listed here",
    "in any language costs",
    "not told",
    "decisions of a real agent",
    "hold an implementation to the vectors",
    "with all that is exchanged",
    "implementations that come with it",
    "leave out: not tagged",
    "also with changes",
    "refuse what starts",
    "random cases for so long",
    "where random cases begin",
    "how many (default",
    "smallest changes of settings that would",
    "nothing else is left",
    "is neither NAME nor",
    "As whom?",
    "THE ADAPTER IS RIGHT",
    "found to be the one that it follows",
    "wants one target",
    "wrongly accused",
    "have their premise met",
    "not in this scope and reading",
    "what nobody asked for",
    "the account that its principal was of",
    "decided on as one that never had it",
    "comes to be only by",
    "no row speaks of it",
    "of 577 contradict it",
    "with the task in and the started process",
    "told apart by a pattern",
    "that cannot be seen is written out",
    "so that they say nothing of other platforms",
    "that have a name, by it",
    "that no row shows",
    "stands twice",
    "keeps the machine whole",
)
"""Fragments of old sentences. Where one is back, write who does what, in plain words."""


def sources(root: Path) -> Iterator[Path]:
    """The files that are read, or whose strings are printed or shown as documentation."""
    yield from sorted(root.glob("*.md"))
    for folder in FOLDERS:
        files = (file for file in sorted((root / folder).rglob("*")) if file.suffix in KINDS)
        yield from (file for file in files if not {"_build", "node_modules"} & set(file.parts))


def texts(file: Path) -> Iterator[str]:
    """The text of a file; of a module its strings, joined where they are adjacent, with a gap for each value."""
    if file.suffix != ".py":
        yield file.read_text("utf-8")
        return
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def found(root: Path) -> list[str]:
    """Where a rewritten sentence is back: in any case, across line ends and through markup of code."""
    any_of_them = re.compile("|".join(re.escape(one.lower()) for one in REWRITTEN))
    back: dict[str, None] = {}
    for file in sources(root):
        plain = (" ".join(text.lower().replace("`", "").split()) for text in texts(file))
        back |= {f"{file.relative_to(root)}: {hit}": None for text in plain for hit in any_of_them.findall(text)}
    return list(back)


def test_no_rewritten_sentence_is_back() -> None:
    assert sum(1 for _ in sources(ROOT)) > 200
    assert found(ROOT) == []


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("README.md", "What the file says: put\ninto `RETIRED` the ids.", "README.md: put into retired"),
        ("docs/guides/a.md", "Is the adapter\nright?", "docs/guides/a.md: is the adapter right"),
        ("cli/a.py", 'help = (\n    "random cases "\n    "for so long"\n)', "cli/a.py: random cases for so long"),
        ("model/a.py", 'x = 1\ny = f"{x}: it wants one target"', "model/a.py: wants one target"),
        ("solver/a.py", '"""It is\nthe OS user of the tag."""', "solver/a.py: the os user of the tag"),
    ],
)
def test_one_that_is_back_is_found(name: str, text: str, where: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text, "utf-8")

    assert found(tmp_path) == [where]
