"""An executable specification of one decision: which OS user a Session Manager session runs as.

>>> from runas_model import decide, situation
>>> decide(situation(run_as_enabled=True, tag="alice", users=["alice", "ops"])).os_user
'alice'
"""

from runas_model.clauses import CLAUSES, Clause
from runas_model.decision import Explanation, decide, decide_by, explain
from runas_model.operations import OPERATIONS, Operation, Step
from runas_model.readings import AGENT, DEFAULT, DOCS_2023, PROFILES, BlankTag, MacOs, Reading, Superuser, all_readings
from runas_model.rulebook import RULEBOOK, Rule
from runas_model.situations import os_users, situation
from runas_model.specification import SPECIFICATION, Specification, Transition, apply
from runas_model.state import INITIAL, State, situation_of
from runas_model.vocabulary import RUN_AS_TAG, SSM_USER, Decision, OsUser, Platform, Reason, Situation

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
