"""The specification: the code that a reviewer reads and that every universe runs.

In reading order: `vocabulary`, `clauses`, `readings`, `rulebook`, `decision`, `state`, `errors`, `operation`,
`operations`, `transitions`, `nouns`. May import `universes`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_model.specification.clauses import CLAUSES, Clause, Source
    from runas_model.specification.decision import Decide, decide_by
    from runas_model.specification.errors import ERRORS, OperationError
    from runas_model.specification.operation import Operation, Step
    from runas_model.specification.operations import OPERATIONS
    from runas_model.specification.readings import (
        AGENT,
        CONTRADICTIONS,
        DEFAULT,
        DOCS_2023,
        ORIGINS,
        PROFILES,
        BlankTag,
        Contradiction,
        LookUp,
        MacOs,
        Reading,
        Superuser,
        all_readings,
    )
    from runas_model.specification.rulebook import RULEBOOK, RULES, Rule, run_as_applies
    from runas_model.specification.state import INITIAL, State, situation_of
    from runas_model.specification.transitions import SPECIFICATION, Call, Specification, Transition, apply
    from runas_model.specification.vocabulary import (
        ROOT,
        RUN_AS_TAG,
        SSM_USER,
        Decision,
        Name,
        Platform,
        Reason,
        Situation,
        Switch,
        TagKey,
    )
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "SSM_USER",
    "ROOT",
    "RUN_AS_TAG",
    "Name",
    "TagKey",
    "Platform",
    "Switch",
    "Situation",
    "Decision",
    "Reason",
    "CLAUSES",
    "Clause",
    "Source",
    "Reading",
    "BlankTag",
    "Superuser",
    "MacOs",
    "LookUp",
    "PROFILES",
    "ORIGINS",
    "DEFAULT",
    "AGENT",
    "DOCS_2023",
    "all_readings",
    "CONTRADICTIONS",
    "Contradiction",
    "RULEBOOK",
    "RULES",
    "Rule",
    "run_as_applies",
    "Decide",
    "decide_by",
    "State",
    "INITIAL",
    "situation_of",
    "ERRORS",
    "OperationError",
    "OPERATIONS",
    "Operation",
    "Step",
    "Specification",
    "SPECIFICATION",
    "Transition",
    "Call",
    "apply",
]
