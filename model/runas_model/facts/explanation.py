"""Why a decision was that one: the path through the rulebook, in phrases."""

from collections.abc import Iterator, Mapping

import attrs

from runas_model.doors import checked
from runas_model.facts import formulas, questions
from runas_model.facts.compiled import decide
from runas_model.facts.formulas import READING, SITUATION
from runas_model.facts.questions import FACTS
from runas_model.inputs.printing import printable
from runas_model.specification.clauses import CLAUSES, Clause
from runas_model.specification.readings import DEFAULT, Reading, counts_under
from runas_model.specification.rulebook import RULEBOOK, Rule
from runas_model.specification.vocabulary import Decision, RuleId, Situation

__all__ = ["Explanation", "PassedOver", "explain", "known_facts", "path_to"]

CONDITIONS = {rule.id: rule.when(SITUATION, READING) for rule in RULEBOOK}
"""The condition of each rule as a formula over facts."""


@attrs.frozen
class PassedOver:
    """A rule that did not match, and the facts for which it did not."""

    rule: Rule
    because: tuple[str, ...]


@attrs.frozen
class Explanation:
    """The path through the rulebook: the rules skipped, the rule that matched, and those of its clauses that count."""

    decision: Decision
    passed_over: tuple[PassedOver, ...]
    rule: Rule
    because: tuple[str, ...]
    clauses: tuple[Clause, ...]


def known_facts(situation: Situation, reading: Reading) -> dict[str, bool]:
    """The answer to every question in `runas_model.facts.FACTS`, by its source."""
    names = {**questions.CONSTANTS, "s": situation, "r": reading}
    return {source: bool(eval(source, names)) for source in FACTS}


@checked
def explain(situation: Situation, reading: Reading = DEFAULT) -> Explanation:
    """The decision with its path through the rules."""
    decision = decide(situation, reading)
    names = {name: f'"{printable(getattr(situation, name))}"' for name in ("tag", "default_user")}
    *passed_over, last = (
        PassedOver(rule, tuple(phrase.format(**names) for phrase in phrases))
        for rule, phrases in path_to(decision.rule, known_facts(situation, reading))
    )
    clauses = tuple(CLAUSES[id] for id in last.rule.clauses if counts_under(id, reading))
    return Explanation(decision, tuple(passed_over), last.rule, last.because, clauses)


def path_to(decided: RuleId, known: Mapping[str, bool]) -> Iterator[tuple[Rule, list[str]]]:
    """The rules passed over and last the one that decided, each with the phrases that say why.

    `known` answers every question in `runas_model.facts.FACTS`; the phrases may hold `{tag}` and `{default_user}`.
    """
    for rule in RULEBOOK:
        yield rule, formulas.phrases_that_decide(CONDITIONS[rule.id], known)
        if rule.id == decided:
            return
