"""Phrases for what can be asked: a noun or a clause for each field, table and operation of terms.

What the rulebook asks has its phrases in `runas_model.facts.FACTS`. In those here, `{of}` is the record whose field it
is, and `{0}` and `{1}` are the keys of a table; `{state}` says which state the table is of.
"""

from enum import Enum
from typing import Any

import attrs

from runas_model.facts.questions import Fact
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    RUN_AS_TAG,
    Account,
    DocumentName,
    FoldedKey,
    Instance,
    Name,
    OsUser,
    Principal,
    Region,
    RoleSession,
    RuleId,
    Session,
    Spelling,
    Switch,
    TagKey,
)
from runas_model.universes.connectives import folded

__all__ = [
    "ASKED",
    "CLAUSES",
    "EQUALITIES",
    "NOUNS",
    "SORTS",
    "TABLES",
    "USUAL",
    "MissingPhrase",
    "TablePhrases",
    "constant_in_words",
    "fact_in_words",
    "in_a_row",
]


class MissingPhrase(LookupError):
    """Nothing says how something reads that a rule, an operation or a law asks."""

    def __init__(self, table: str, key: str, module: str = "phrases") -> None:
        super().__init__(f"model/runas_model/words/{module}.py: {key} has no phrase: add one to {table}")
        self.key = key


NAMED_BY = {"tag": "the OS user named by the tag", "default_user": "the OS user named by the preferences"}
"""What stands for the names of a situation in the phrases of facts."""
SOMEBODY = {"tag": "", "default_user": "an OS user"}
"""The same where the fact is that there is a name."""


def fact_in_words(fact: Fact, holds: bool = True) -> str:
    """A fact of a situation as a clause, or its opposite."""
    names = SOMEBODY if fact.source in ("s.tagged", "s.default_named") else NAMED_BY
    return (fact.holds if holds else fact.fails).format(**names).strip()


def in_a_row(parts: list[str], word: str) -> str:
    """Parts of a sentence, with a word before the last."""
    if len(parts) < 3:
        return f" {word} ".join(parts)
    return f"{', '.join(parts[:-1])}, {word} {parts[-1]}"


SORTS: dict[Any, str] = {
    Account: "account",
    Region: "Region",
    DocumentName: "session document",
    Principal: "principal",
    RoleSession: "role session",
    Instance: "instance",
    Session: "session",
    TagKey: "key",
    FoldedKey: "key",
    Name: "OS user",
    OsUser: "uid and gid",
    RuleId: "rule",
    bool: "truth value",
}
"""What a value of each sort is called."""
USUAL = {"role_session", "account", "region", "document", "principal", "instance", "session", "key", "name", "user"}
"""Variables that need no name beside what they stand for."""

CONSTANTS: dict[Any, str] = {
    DocumentName: "the session document {}",
    RoleSession: "the role session {}",
    TagKey: "the key {}",
    FoldedKey: "the key {} in any case",
    Spelling: "the spelling {}",
    RuleId: "the rule {}",
}
"""How a constant of a sort reads, where it does not read as it is."""


def constant_in_words(value: Any, kind: Any) -> str:
    """A constant of a sort as a noun."""
    if isinstance(value, Enum):
        return str(value if isinstance(value, Switch) else value.value)
    if kind is RoleSession and value == NO_ROLE_SESSION:
        return "none"
    text = RUN_AS_TAG if kind is FoldedKey and value == folded(RUN_AS_TAG) else value
    return CONSTANTS.get(kind, "{}").format(text if text != "" else '""')


NOUNS = {
    "Request.principal": "the principal",
    "Request.instance": "the instance",
    "Request.document": "the session document",
    "Request.role_session": "the role session",
    "Request.parameter": "the OS user named by the parameter",
    "Situation.tag": NAMED_BY["tag"],
    "Situation.default_user": NAMED_BY["default_user"],
    "Situation.run_as_enabled": "the switch in the preferences",
    "Situation.platform": "the instance's platform",
    "Decision.rule": "the rule that decides",
    "Decision.os_user": "the OS user decided on",
    "Decision.reason": "the reason for refusing",
    "SessionDocument.run_as_enabled": "the switch in {of}",
    "SessionDocument.default_user": "the default OS user in {of}",
    "PrincipalRecord.account": "the account of {of}",
    "PrincipalRecord.kind": "the kind of {of}",
    "ManagedInstance.account": "the account of {of}",
    "ManagedInstance.platform": "the platform of {of}",
    "ManagedInstance.region": "the Region of {of}",
    "Tag.spelling": "the spelling of the key of {of}",
    "Tag.value": "the value of {of}",
    "SessionTag.spelling": "the spelling of the key of {of}",
    "SessionTag.value": "the value of {of}",
    "OsUser.uid": "the uid of {of}",
    "OsUser.gid": "the gid of {of}",
    "RunningSession.principal": "the principal of {of}",
    "RunningSession.account": "the account of the principal at the start of {of}",
    "RunningSession.os_user": "the OS user of {of}",
    "RunningSession.rule": "the rule that started {of}",
}
"""A noun for each field of a record."""

CLAUSES = {
    "Request.filled": ("a parameter is given", "no parameter is given"),
    "SessionDocument.declares_parameter": ("{of} declares a parameter", "{of} declares no parameter"),
    "SessionTag.transitive": ("{of} is transitive", "{of} is not transitive"),
    "Decision.starts": ("the session starts", "the session does not start"),
    "Transition.accepted": ("the operation succeeds", "the operation fails"),
    "Transition.starts": ("a session is started", "no session is started"),
    "Transition.refuses": ("a session is refused", "no session is refused"),
    "RunningSession.run_as_applied": ("Run As applied when {of} started", "Run As did not apply when {of} started"),
    "RunningSession.os_user_present": (
        "the OS user of {of} was on the instance when it started",
        "the OS user of {of} was not on the instance when it started",
    ),
}
"""How a field that is a truth reads where it holds, and where it does not."""

ASKED = {
    "declares_parameter": ("the operation declares a parameter", "the operation declares no parameter"),
    "filled": ("the operation gives a parameter", "the operation gives no parameter"),
    "transitive": ("the operation passes a transitive session tag", "the operation passes no transitive session tag"),
}
"""The same of an argument of an operation that is a truth."""

EQUALITIES = {
    "Decision.os_user": ("the session runs as {other}", "the session does not run as {other}"),
    "Decision.rule": ("{other} decides", "{other} does not decide"),
    "Request.document": ("{other} is asked for", "{other} is not asked for"),
    "Request.role_session": ("the role session is {other}", "the role session is not {other}"),
    "Request.parameter": ("the parameter names {other}", "the parameter does not name {other}"),
    "RunningSession.os_user": ("{of} runs as {other}", "{of} does not run as {other}"),
    "RunningSession.rule": ("{of} was started by {other}", "{of} was not started by {other}"),
    "Situation.run_as_enabled": ("Run As is {other}", "Run As is not {other}"),
    "Situation.tag": ("the tag names {other}", "the tag does not name {other}"),
    "Situation.default_user": ("the preferences name {other}", "the preferences do not name {other}"),
    "Situation.platform": ("the instance runs {other}", "the instance does not run {other}"),
}
"""How it reads that a field equals something, and that it does not."""


@attrs.frozen
class TablePhrases:
    """A noun for what a table holds under a key; how it reads that it holds the key, or not; and what puts or drops."""

    noun: str
    holds: str
    fails: str
    put: str = ""
    drop: str = ""


TABLES = {
    "State.documents": TablePhrases(
        "{2} of {0} in {1}{state}", "{2} of {0} exists in {1}{state}", "{2} of {0} does not exist in {1}{state}"
    ),
    "State.principals": TablePhrases("{0}{state}", "{0} exists{state}", "{0} does not exist{state}"),
    "State.tags": TablePhrases(
        "the tag of {0} with {1}{state}",
        "{0} has a tag with {1}{state}",
        "{0} has no tag with {1}{state}",
        put="the tag of {0} with {1} is set to {value}",
    ),
    "State.assumed": TablePhrases(
        "the role of {0}{state}", "{0} has been assumed{state}", "{0} has never been assumed{state}"
    ),
    "State.role_sessions": TablePhrases(
        "{1} of {0}{state}", "{1} of {0} goes on{state}", "{1} of {0} does not go on{state}"
    ),
    "State.session_tags": TablePhrases(
        "the session tag of {0} with {1}{state}",
        "{0} has a session tag with {1}{state}",
        "{0} has no session tag with {1}{state}",
        put="the session tag of {0} with {1} is set to {value}",
    ),
    "State.instances": TablePhrases("{0}{state}", "{0} is registered{state}", "{0} is not registered{state}"),
    "State.os_users": TablePhrases("{1} on {0}{state}", "{1} is on {0}{state}", "{1} is not on {0}{state}"),
    "State.started": TablePhrases(
        "the instance on which {0} was started{state}",
        "{0} has been started{state}",
        "{0} has never been started{state}",
    ),
    "State.sessions": TablePhrases("{1}{state}", "{1} runs on {0}{state}", "{1} does not run on {0}{state}"),
    "Situation.os_users": TablePhrases(
        "{0}{state}",
        "{0} is on the session's instance{state}",
        "{0} is not on the session's instance{state}",
        put="{0} is put on the instance with {value}",
        drop="{0} is taken off the instance",
    ),
}
"""The phrases for each table."""
