"""Reasons and errors that the specification does not define: they count as none, so that a misspelt one goes unseen."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

import attrs

from runas_properties.conformance.protocol.cases import Step
from runas_properties.conformance.protocol.messages import About
from runas_properties.conformance.protocol.results import ERROR_NAMES, REASONS, Result
from runas_properties.conformance.targets.target import Target

__all__ = ["Listening", "unknown_words", "warning"]

DEFINED = {"reason": sorted(REASONS), "error": sorted(ERROR_NAMES)}

Word = tuple[str, str]
"""`reason` or `error`, and the text that was given for one."""


@attrs.define
class Listening:
    """A target, and the unknown reasons and errors in its answers: for each, the cases, the first one first."""

    target: Target
    heard: dict[Word, list[str]] = attrs.field(factory=dict)

    @property
    def about(self) -> About:
        return self.target.about

    def run(self, id: str, steps: Sequence[Step]) -> Sequence[Result | None]:
        results = self.target.run(id, steps)
        for word in dict.fromkeys(unknown_words(results)):
            self.heard.setdefault(word, []).append(id)
        return results

    def close(self) -> None:
        self.target.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """A sentence for each of them."""
        return tuple(warning(word, cases) for word, cases in self.heard.items())


def unknown_words(results: Iterable[Result | None]) -> Iterator[Word]:
    """The reasons and errors in some results that are none of the specification's."""
    for result in results:
        if result is None:
            continue
        if isinstance(result.refused, str) and result.refused not in REASONS:
            yield "reason", result.refused
        if isinstance(result.failed, str) and result.failed not in ERROR_NAMES:
            yield "error", result.failed


def warning(word: Word, cases: Sequence[str]) -> str:
    """What is wrong with a reason or an error, in how many cases, and what was probably meant."""
    kind, text = word
    several = len(dict.fromkeys(cases))
    where = f"in {cases[0]}" if several == 1 else f"in {several:,} cases, {cases[0]} first"
    return f"unknown {kind} {text!r} {where}: it is not compared; {_meant(kind, text)}"


def _meant(kind: str, text: str) -> str:
    """The nearest of the specification's; all of them where none is near."""
    by_letters = {_letters(one): one for one in DEFINED[kind]}
    near = get_close_matches(_letters(text), by_letters, n=1)
    return f"did you mean {by_letters[near[0]]!r}?" if near else f"known are {', '.join(DEFINED[kind])}"


def _letters(text: str) -> str:
    """The letters of its words, in any case and order and however they are joined."""
    words = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+", text)
    return "".join(sorted(word.lower() for word in words))
