"""The universe of facts: the rulebook as formulas over conditions, and what is derived from them.

From it come the compiled decision, its explanation, and every class of situations that the decision can tell apart. May
import `inputs`, `specification` and `universes`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_model.facts.classes import SituationClass, answers, class_of, situation_classes
    from runas_model.facts.compiled import compile_rules, decide
    from runas_model.facts.explanation import Explanation, PassedOver, explain
    from runas_model.facts.formulas import READING, SITUATION, atoms, evaluate
    from runas_model.facts.questions import FACTS, Fact
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "FACTS",
    "Fact",
    "SITUATION",
    "READING",
    "atoms",
    "evaluate",
    "decide",
    "compile_rules",
    "explain",
    "Explanation",
    "PassedOver",
    "SituationClass",
    "situation_classes",
    "class_of",
    "answers",
]
