"""An executable specification of one decision: which OS user a Session Manager session runs as.

>>> from runas_model import decide, situation
>>> decide(situation(run_as_enabled=True, tag="alice", users=["alice", "ops"])).os_user
'alice'

The rooms, from the ground: `doors`, `universes`, `specification`, `inputs`, then `facts` and `stories` side by side.
May import attrs, msgspec and a persistent map, and never Hypothesis, Z3 or pytest.
"""

from typing import TYPE_CHECKING

from runas_model.faces import moved, when_asked

if TYPE_CHECKING:
    from runas_model.facts.compiled import decide
    from runas_model.facts.explanation import Explanation, explain
    from runas_model.inputs.situations import os_users, situation, situation_of
    from runas_model.specification.clauses import CLAUSES, Clause
    from runas_model.specification.decision import decide_by
    from runas_model.specification.operations import OPERATIONS, Operation, Step
    from runas_model.specification.readings import (
        AGENT,
        DEFAULT,
        DOCS_2023,
        PROFILES,
        BlankTag,
        LookUp,
        MacOs,
        Reading,
        Superuser,
        all_readings,
    )
    from runas_model.specification.rulebook import RULEBOOK, Rule
    from runas_model.specification.state import INITIAL, State
    from runas_model.specification.transitions import SPECIFICATION, Specification, Transition, apply
    from runas_model.specification.vocabulary import (
        RUN_AS_TAG,
        SSM_USER,
        Decision,
        OsUser,
        Platform,
        Reason,
        Situation,
        Switch,
    )
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "AGENT",
    "CLAUSES",
    "DEFAULT",
    "DOCS_2023",
    "INITIAL",
    "OPERATIONS",
    "PROFILES",
    "RULEBOOK",
    "RUN_AS_TAG",
    "SPECIFICATION",
    "SSM_USER",
    "BlankTag",
    "Clause",
    "Decision",
    "Explanation",
    "LookUp",
    "MacOs",
    "Operation",
    "OsUser",
    "Platform",
    "Reading",
    "Reason",
    "Rule",
    "Situation",
    "Specification",
    "State",
    "Step",
    "Superuser",
    "Switch",
    "Transition",
    "all_readings",
    "apply",
    "decide",
    "decide_by",
    "explain",
    "os_users",
    "situation",
    "situation_of",
]

moved(
    {
        "runas_model.classes": "runas_model.facts.classes",
        "runas_model.connectives": "runas_model.universes.connectives",
        "runas_model.records": "runas_model.inputs.records",
        "runas_model.rulebook": "runas_model.specification.rulebook",
    }
)
