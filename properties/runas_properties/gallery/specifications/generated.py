"""Faults generated from the rulebook: rules removed, swapped or given other outcomes; conditions inverted or fixed."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from attrs import evolve

from runas_model.facts.formulas import READING, SITUATION, evaluate
from runas_model.facts.questions import FACTS
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import (
    RULEBOOK,
    Rule,
    refuse,
    start_as_default,
    start_as_ssm_user,
    start_as_tag,
)
from runas_model.specification.transitions import Specification
from runas_model.specification.vocabulary import Decision, Reason, RuleId, Situation
from runas_model.universes.connectives import not_
from runas_model.universes.syntax import for_every_universe
from runas_model.words.phrases import fact_in_words
from runas_properties.gallery.specifications.faulty import FaultySpecification

__all__ = ["generated"]

OUTCOMES = {
    "ssm-user": (start_as_ssm_user, "start as ssm-user"),
    "tag": (start_as_tag, "start as the user in the tag"),
    "default": (start_as_default, "start as the default user"),
    "refusal": (refuse(Reason.NOBODY_NAMED), "refusal"),
}
"""Outcomes that a rule may have instead of its own, each also in words."""
TREATED = {"blind": "always treated as false", "sure": "always treated as true", "negated": "inverted"}
"""What is wrong with a fact, in words."""


def generated() -> Iterator[FaultySpecification]:
    """Every one, in the order of the rules."""
    for index, rule in enumerate(RULEBOOK):
        rules = [*RULEBOOK[:index], *RULEBOOK[index + 1 :]]
        yield FaultySpecification(f"without-{rule.id}", f"The rule {rule.id} is removed.", Specification(rules))
    for index, (rule, following) in enumerate(pairwise(RULEBOOK)):
        rules = [*RULEBOOK[:index], following, rule, *RULEBOOK[index + 2 :]]
        title = f"The rule {following.id} comes before {rule.id}."
        yield FaultySpecification(f"swapped-{rule.id}", title, Specification(rules))
    for rule in RULEBOOK:
        for name, (outcome, in_words) in OUTCOMES.items():
            if _outcome(rule.outcome) != _outcome(outcome):
                changed = [evolve(one, outcome=outcome) if one is rule else one for one in RULEBOOK]
                title = f"The rule {rule.id} has a different outcome: {in_words}."
                yield FaultySpecification(f"{rule.id}-gives-{name}", title, Specification(changed))
    for number, fact in enumerate(FACTS.values(), 1):
        for way, answer in (("blind", lambda truth: False), ("sure", lambda truth: True), ("negated", not_)):
            changed = [evolve(rule, when=_altered(rule, fact.source, answer)) for rule in RULEBOOK]
            title = f'"{fact_in_words(fact)}" is {TREATED[way]}.'
            yield FaultySpecification(f"fact-{number}-{way}", title, Specification(changed))


def _outcome(outcome: Callable[[RuleId, Situation], Decision]) -> Any:
    decision = outcome(RuleId(""), SITUATION)
    return (decision.starts, getattr(decision.os_user, "source", decision.os_user), decision.reason)


def _altered(rule: Rule, source: str, answer: Callable[[Any], Any]) -> Callable[[Situation, Reading], bool]:
    """The rule's condition with one fact answered otherwise."""
    condition = rule.when(SITUATION, READING)

    @for_every_universe
    def when(s: Situation, r: Reading) -> bool:
        return evaluate(condition, s, r, {source: answer})

    return when
