"""Whether the words of a law are the law: asked of the solver, for every situation, state and operation.

The words are told from truths of the universe of words. These run on Z3 terms, as the law's function does, so that Z3
can compare the two. That a phrase says what it stands for is for people to judge.
"""

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from runas_model.universes.connectives import all_of, any_of, not_
from runas_model.words.terms import evaluate
from runas_properties.laws import Claim, Kind, Law
from runas_properties.laws.words import Words
from runas_solver.obligations import Obligations
from runas_solver.proofs import Verdict, discharge

__all__ = ["misworded", "overstated"]

SUBJECTS = {
    Kind.DECISION: "by",
    Kind.COMPARISON: "by",
    Kind.INITIAL: "state",
    Kind.INVARIANT: "state",
    Kind.STEP: "t",
}
"""What the subject of a law is called in the universe of words."""


def overstated(law: Law, words: Words, obligations: Obligations) -> Iterator[str]:
    """Where the title of some words says more than a law: it speaks of more than the law's premise admits."""
    for about, story in _refuted(law, words, obligations, lambda title, said: Claim(title.premise, said.premise)):
        yield (
            f"The title of the law {law.id} says more than the law, about {about}.\n"
            f"  title: {words.title}\n"
            f"  It speaks of this too, of which the law says nothing:\n    {story}\n"
            "  Make the title from the whole premise of the law."
        )


def misworded(law: Law, words: Words, obligations: Obligations) -> Iterator[str]:
    """Where the premise or the conclusion in words is not that of a law."""
    for about, story in _refuted(law, words, obligations, _is_the_same):
        yield f"The words of the law {law.id} are not what it says, about {about}:\n    {story}"


def _is_the_same(worded: Claim, said: Claim) -> Claim:
    pairs = ((worded.premise, said.premise), (worded.conclusion, said.conclusion))
    return Claim(True, all_of(*(any_of(all_of(*pair), all_of(*map(not_, pair))) for pair in pairs)))


def _refuted(
    law: Law, words: Words, obligations: Obligations, compare: Callable[[Claim, Claim], Claim]
) -> Iterator[tuple[str, str]]:
    """What a comparison of the words with the law is refuted about, each with a counterexample as a story."""

    def claim(subject: Any, **values: Any) -> Claim:
        said = words.said.get(subject.operation if law.kind is Kind.STEP else "")
        known = {SUBJECTS[law.kind]: subject, **values}
        if said is None:
            raise ValueError(f"the law {law.id} has no words for {subject.operation}")
        return compare(
            Claim(evaluate(said.premise, known), evaluate(said.conclusion, known)), law.claim(subject, **values)
        )

    compared = attrs.evolve(law, claim=claim)
    for about in obligations.about(law):
        done = discharge(obligations.obligation(compared, about), obligations)
        if done.verdict is not Verdict.PROVED:
            yield about, done.counterexample.story if done.counterexample else done.detail
