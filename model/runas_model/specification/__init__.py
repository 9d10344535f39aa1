"""The specification: the code that a reviewer reads and that every universe runs.

In reading order: `vocabulary`, `clauses`, `readings`, `rulebook`, `decision`, `state`, `errors`, `operations`,
`transitions`. May import `universes`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_model.specification.clauses import CLAUSES, Clause
    from runas_model.specification.decision import Decide, decide_by
    from runas_model.specification.errors import ERRORS, OperationError
    from runas_model.specification.operations import OPERATIONS, Operation, Step
    from runas_model.specification.readings import (
        AGENT,
        DEFAULT,
        DOCS_2023,
        PROFILES,
        BlankTag,
        MacOs,
        Reading,
        Superuser,
        all_readings,
    )
    from runas_model.specification.rulebook import RULEBOOK, RULES, Rule, run_as_applies
    from runas_model.specification.state import INITIAL, State, situation_of
    from runas_model.specification.transitions import SPECIFICATION, Call, Specification, Transition, apply
    from runas_model.specification.vocabulary import (
        RUN_AS_TAG,
        SSM_USER,
        Decision,
        Name,
        Platform,
        Reason,
        Situation,
        TagKey,
    )
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "SSM_USER",
    "RUN_AS_TAG",
    "Name",
    "TagKey",
    "Platform",
    "Situation",
    "Decision",
    "Reason",
    "CLAUSES",
    "Clause",
    "Reading",
    "BlankTag",
    "Superuser",
    "MacOs",
    "PROFILES",
    "DEFAULT",
    "AGENT",
    "DOCS_2023",
    "all_readings",
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
