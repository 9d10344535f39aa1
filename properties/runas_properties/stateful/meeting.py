"""Which situations meet the premise of a law of decisions: of the classes, and of those in which a rule decides."""

from itertools import product
from typing import Any

from runas_model.facts.classes import situation_classes
from runas_model.specification.readings import Reading, all_readings
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.vocabulary import Name, OsUser, Platform, RuleId, Situation
from runas_properties.laws import Law
from runas_properties.oracle.oracle import ORACLE
from runas_properties.stateful.scenes import IDS, arrangement, play_of

__all__ = ["examples_that_meet", "rules_that_meet"]


def examples_that_meet(law: Law) -> list[Situation]:
    """The examples of classes of situations that meet the law's premise under some reading."""

    def meets(s: Situation, reading: Reading) -> bool:
        given = {**OTHERS, Situation: s, Reading: reading}
        return law.claim(ORACLE, **{name: given[kind] for name, kind in law.variables.items()}).premise

    examples = (one.example for one in situation_classes())
    return [s for s in examples if any(meets(s, reading) for reading in all_readings())]


OTHERS: dict[Any, Any] = {Name: Name("eve"), OsUser: OsUser(*IDS[0]), bool: False}
"""Values for the variables of laws besides the situation and the reading."""


def rules_that_meet(law: Law) -> tuple[RuleId, ...]:
    """The rules of which a plain situation meets the law's premise."""
    play = play_of(("alice", "alicia"))
    found: dict[RuleId, None] = {}
    for rule, reading in product([rule.id for rule in RULEBOOK], all_readings()):
        arranged = arrangement(play, reading, rule, Name("ops"), IDS[0])
        s = arranged.situation(Platform.WINDOWS if rule == "platform-not-covered" else Platform.LINUX)
        values = {name: {**OTHERS, Situation: s, Reading: reading}[kind] for name, kind in law.variables.items()}
        if law.claim(ORACLE, **values).premise:
            found[rule] = None
    return tuple(found)
