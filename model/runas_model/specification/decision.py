"""The decision that rules make, in any universe: the first one that matches."""

from collections.abc import Sequence
from typing import Annotated, Protocol

from runas_model.doors import AtLeastOne, checked
from runas_model.specification.readings import DEFAULT, Reading
from runas_model.specification.rulebook import Rule
from runas_model.specification.vocabulary import Decision, Situation
from runas_model.universes.connectives import choose

__all__ = ["Decide", "decide_by"]


class Decide(Protocol):
    """A decision procedure."""

    def __call__(self, s: Situation, r: Reading = DEFAULT, /) -> Decision: ...


@checked
def decide_by(rules: Annotated[Sequence[Rule], AtLeastOne]) -> Decide:
    """The decision that `rules` make, in any universe: the outcome of the first rule that matches.

    If no other rule matches, the last one decides, whatever its condition. Raises TypeError for what are no rules, and
    ValueError where there is none.
    """
    *conditional, last = rules

    def first_match(s: Situation, r: Reading = DEFAULT, /) -> Decision:
        decision = last.outcome(last.id, s)
        for rule in reversed(conditional):
            decision = choose(rule.when(s, r), rule.outcome(rule.id, s), decision)
        return decision

    return first_match
