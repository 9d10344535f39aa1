"""The decision: the first rule that matches, and why it was that one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import attrs

from runas_model import facts
from runas_model.clauses import CLAUSES, Clause
from runas_model.connectives import choose, field_names
from runas_model.facts import FACTS, READING, SITUATION, Choice
from runas_model.readings import DEFAULT, Reading
from runas_model.rulebook import RULEBOOK, Rule
from runas_model.vocabulary import Decision, RuleId, Situation

__all__ = [
    "RULES",
    "Decide",
    "Explanation",
    "PassedOver",
    "compile_rules",
    "decide",
    "decide_by",
    "explain",
    "known_facts",
    "path_to",
]


class Decide(Protocol):
    """A decision procedure."""

    def __call__(self, s: Situation, r: Reading = DEFAULT, /) -> Decision: ...


RULES: dict[RuleId, Rule] = {rule.id: rule for rule in RULEBOOK}

CONDITIONS = {rule.id: rule.when(SITUATION, READING) for rule in RULEBOOK}
"""The condition of each rule as a formula over facts."""


def decide_by(rules: Sequence[Rule]) -> Decide:
    """The decision that `rules` make, in any universe: the outcome of the first that matches.

    The last rule decides whatever the others leave, whether it matches or not.
    """
    *conditional, last = rules

    def first_match(s: Situation, r: Reading = DEFAULT, /) -> Decision:
        decision = last.outcome(last.id, s)
        for rule in reversed(conditional):
            decision = choose(rule.when(s, r), rule.outcome(rule.id, s), decision)
        return decision

    return first_match


def compile_rules(rules: Sequence[Rule]) -> Decide:
    """The same decision as Python code for the concrete universe, derived by running `rules` on facts.

    On no path does the code ask for a fact twice, or for one that cannot matter.
    """
    tree = decide_by(rules)(SITUATION, READING)
    constants: dict[str, Any] = dict(facts.CONSTANTS)
    constants |= {"Decision": Decision, "DEFAULT": DEFAULT}
    lines = ["def decide(s, r=DEFAULT):", *_code(tree, {}, constants, indent=1)]
    exec(compile("\n".join(lines), "<compiled rulebook>", "exec"), constants)
    compiled: Decide = constants["decide"]
    return compiled


def _code(tree: Any, known: dict[str, bool], constants: dict[str, Any], indent: int) -> list[str]:
    margin = "    " * indent
    if not isinstance(tree, Choice):
        return [f"{margin}return {_result(tree, constants)}"]
    settled = facts.value(tree.condition, known)
    if settled is not None:
        return _code(tree.then if settled else tree.otherwise, known, constants, indent)
    fact = facts.open_question(tree.condition, known)
    return [
        f"{margin}if {fact}:",
        *_code(tree, {**known, fact: True}, constants, indent + 1),
        *_code(tree, {**known, fact: False}, constants, indent),
    ]


def _result(decision: Decision, constants: dict[str, Any]) -> str:
    fields = [getattr(decision, name) for name in field_names(Decision)]
    if not any(isinstance(field, facts.Term) for field in fields):
        name = f"decided_{len(constants)}"
        constants[name] = decision
        return name
    rendered = (field.source if isinstance(field, facts.Term) else repr(field) for field in fields)
    return f"Decision({', '.join(rendered)})"


decide = compile_rules(RULEBOOK)
"""Which OS user a session runs as in a situation under a reading, or why it is refused (C1 to C14)."""


@attrs.frozen
class PassedOver:
    """A rule that did not match, and the facts for which it did not."""

    rule: Rule
    because: tuple[str, ...]


@attrs.frozen
class Explanation:
    """The path through the rulebook: the rules passed over, the one that decided, and the clauses that speak."""

    decision: Decision
    passed_over: tuple[PassedOver, ...]
    rule: Rule
    because: tuple[str, ...]
    clauses: tuple[Clause, ...]


def known_facts(situation: Situation, reading: Reading) -> dict[str, bool]:
    """The answer to every question in `runas_model.facts.FACTS`, by its source."""
    names = {**facts.CONSTANTS, "s": situation, "r": reading}
    return {source: bool(eval(source, names)) for source in FACTS}


def explain(situation: Situation, reading: Reading = DEFAULT) -> Explanation:
    """The decision with its path through the rules."""
    decision = decide(situation, reading)
    names = {"tag": f'"{situation.tag}"', "default_user": f'"{situation.default_user}"'}
    *passed_over, last = (
        PassedOver(rule, tuple(phrase.format(**names) for phrase in phrases))
        for rule, phrases in path_to(decision.rule, known_facts(situation, reading))
    )
    clauses = tuple(CLAUSES[clause] for clause in last.rule.clauses)
    return Explanation(decision, tuple(passed_over), last.rule, last.because, clauses)


def path_to(decided: RuleId, known: Mapping[str, bool]) -> Iterator[tuple[Rule, list[str]]]:
    """The rules passed over and last the one that decided, each with the phrases that say why.

    `known` answers every question in `runas_model.facts.FACTS`; the phrases may hold `{tag}` and `{default_user}`.
    """
    for rule in RULEBOOK:
        yield rule, facts.phrases_that_decide(CONDITIONS[rule.id], known)
        if rule.id == decided:
            return
