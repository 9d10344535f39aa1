"""Conditions of rules in words, from the formula that a rule is over facts."""

import ast
import inspect
from collections.abc import Iterator
from typing import Any

from runas_model import RULEBOOK, Rule
from runas_model.facts.formulas import READING, SITUATION, Formula
from runas_model.facts.questions import fact_of
from runas_model.specification import rulebook
from runas_model.words.phrases import fact_in_words

__all__ = ["condition", "source_of_rule"]


def condition(rule: Rule) -> str:
    """The condition of a rule as nested bullets, or a sentence where it has none."""
    formula = _plain(rule.when(SITUATION, READING), True)
    if formula.kind == "constant":
        return "- no earlier rule does"
    return "\n".join(_bullets(formula, 0))


def _plain(truth: Any, positive: bool) -> Formula:
    """The formula, or its negation: `not` at facts alone, none within its like, none that another part implies."""
    formula = truth if isinstance(truth, Formula) else Formula("atom", (getattr(truth, "source", truth),))
    if isinstance(truth, bool):
        return Formula("constant", (truth == positive,))
    if formula.kind == "not":
        return _plain(formula.parts[0], not positive)
    if formula.kind in ("all", "any"):
        kind = formula.kind if positive else {"all": "any", "any": "all"}[formula.kind]
        parts: list[Formula] = []
        for part in formula.parts:
            plain = _plain(part, positive)
            parts += plain.parts if plain.kind == kind else [plain]
        told = set(map(str, parts))
        parts = [part for part in parts if part.kind not in ("all", "any") or told.isdisjoint(map(str, part.parts))]
        return parts[0] if len(parts) == 1 else Formula(kind, tuple(parts))
    if formula.kind == "constant":
        return Formula("constant", (formula.parts[0] == positive,))
    return formula if positive else Formula("not", (formula,))


def _bullets(formula: Formula, depth: int, joined: str = "") -> Iterator[str]:
    margin = "  " * depth
    if formula.kind in ("all", "any"):
        parts: list[Formula] = list(formula.parts)
        if depth or formula.kind == "any":
            yield f"{margin}- {joined}{'all' if formula.kind == 'all' else 'one'} of these:"
            depth += 1
        for index, part in enumerate(parts):
            yield from _bullets(part, depth, "" if index == 0 else "and " if formula.kind == "all" else "or ")
        return
    fact = fact_of(formula.parts[0].parts[0] if formula.kind == "not" else formula.parts[0])
    yield f"{margin}- {joined}{fact_in_words(fact, formula.kind != 'not')}"


def source_of_rule(rule: Rule) -> str:
    """The rule as it stands in the rulebook."""
    source = inspect.getsource(rulebook)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Rule":
            first = node.args[0]
            if isinstance(first, ast.Call) and ast.literal_eval(first.args[0]) == rule.id:
                return inspect.cleandoc("\n" + " " * 4 + (ast.get_source_segment(source, node) or ""))
    raise ValueError(f"the rule {rule.id} is not written out in the rulebook, which has {len(RULEBOOK)} rules")
