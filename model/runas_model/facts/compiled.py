"""The decision compiled: the rulebook, run once on facts, as a function of the concrete universe."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from runas_model.doors import checked
from runas_model.facts import formulas, questions
from runas_model.facts.formulas import READING, SITUATION, Choice, Formula
from runas_model.specification.decision import Decide, decide_by
from runas_model.specification.readings import DEFAULT
from runas_model.specification.rulebook import RULEBOOK, Rule
from runas_model.specification.vocabulary import Decision
from runas_model.universes.connectives import field_names

__all__ = ["FILE", "compile_rules", "decide", "written"]

FILE = "<compiled rulebook>"
"""What Python calls the file in which the compiled decision would be."""


@checked
def compile_rules(rules: Sequence[Rule]) -> Decide:
    """The same decision as Python code for the concrete universe, derived by running `rules` on facts.

    No path evaluates a fact twice, or one that cannot matter.
    """
    source, names = written(rules)
    exec(compile(source, FILE, "exec"), names)
    compiled: Decide = names["decide"]
    return compiled


def written(rules: Sequence[Rule]) -> tuple[str, dict[str, Any]]:
    """The source of the compiled decision, and what the names in it mean; the same whenever it is asked."""
    tree = decide_by(rules)(SITUATION, READING)
    constants: dict[str, Any] = dict(questions.CONSTANTS)
    constants |= {"Decision": Decision, "DEFAULT": DEFAULT}
    lines = ["def decide(s, r=DEFAULT):", *_code(tree, {}, constants, indent=1)]
    return "\n".join(lines), constants


def _code(tree: Any, known: dict[str, bool], constants: dict[str, Any], indent: int) -> list[str]:
    margin = "    " * indent
    if not isinstance(tree, Choice):
        settled_by = _open_field(tree)
        if settled_by is None:
            return [f"{margin}return {_result(tree, constants)}"]
        tree = settled_by
    settled = formulas.value(tree.condition, known)
    if settled is not None:
        return _code(tree.then if settled else tree.otherwise, known, constants, indent)
    fact = formulas.open_question(tree.condition, known)
    return [
        f"{margin}if {fact}:",
        *_code(tree, {**known, fact: True}, constants, indent + 1),
        *_code(tree, {**known, fact: False}, constants, indent),
    ]


def _open_field(decision: Decision) -> Choice | None:
    """The decision by the first field of it that is itself chosen, or a truth over facts; None where there is none."""
    for name in field_names(Decision):
        field = getattr(decision, name)
        if isinstance(field, Formula):
            field = Choice(field, True, False)
        if isinstance(field, Choice):
            branches = (replace(decision, **{name: branch}) for branch in (field.then, field.otherwise))
            return Choice(field.condition, *branches)
    return None


def _result(decision: Decision, constants: dict[str, Any]) -> str:
    fields = [getattr(decision, name) for name in field_names(Decision)]
    if not any(isinstance(field, formulas.Term) for field in fields):
        name = f"decided_{len(constants)}"
        constants[name] = decision
        return name
    rendered = (field.source if isinstance(field, formulas.Term) else repr(field) for field in fields)
    return f"Decision({', '.join(rendered)})"


decide = compile_rules(RULEBOOK)
"""Which OS user a session runs as in a situation under a reading, or why it is refused (C1 to C14)."""
