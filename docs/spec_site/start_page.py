"""The page of where tag and preferences come from: the picture, which document holds, and the laws that say so."""

from collections.abc import Iterator, Mapping
from typing import Any

from runas_model import INITIAL, SSM_USER, State, apply
from runas_model.specification.errors import OperationError
from runas_model.specification.vocabulary import RUN_AS_TAG
from runas_properties.laws import LAWS
from spec_site.markdown import link, table
from spec_site.parts import part
from spec_site.start_picture import start_picture

__all__ = ["sessions"]

CLAUSES = ("D5", "D6")
"""The clauses that say which document holds."""


@part("start-picture")
def picture() -> str:
    """From a person to an OS user."""
    return start_picture()


PREFERENCES: Mapping[str, dict[str, str]] = {
    "Run As on, default `ops`": {},
    "only in another Region": {"region": "eu-west-1"},
}
"""Preferences as an instance in the Region that is meant where none is said has them, and what to say to write them."""
NONE, MISSING = "no document", "one that does not exist"
WRITTEN: Mapping[str, dict[str, object]] = {
    "one with Run As on, default `dba`": {"run_as_enabled": True, "default_user": "dba"},
    "one with Run As on, no default": {"run_as_enabled": True, "default_user": ""},
    "one with Run As off": {"run_as_enabled": False, "default_user": "dba"},
    "one with an unreadable switch": {"run_as_enabled": "unreadable", "default_user": "dba"},
}
"""What is written in a document that a session names."""


def sessions() -> Iterator[tuple[str, str, str, str]]:
    """The preferences and the document that is named, each in words, and as whom a session then runs, or why none does:
    first for a tagged principal, then for one without a tag.
    """
    for preferences, where in PREFERENCES.items():
        for document in (NONE, *WRITTEN, MISSING):
            state = _state(where, WRITTEN.get(document))
            asked = {} if document == NONE else NAMED
            yield preferences, document, _end(state, "amy", asked), _end(state, "bob", asked)


NAMED = {"document": "Shell"}
OS_USERS = ("alice", "ops", "dba")


def _state(where: Mapping[str, str], written: Mapping[str, object] | None) -> State:
    """Amy, who is tagged `alice`, Bob, who is not, and an instance on which everybody exists."""
    account = {"account": "111111111111"}
    calls: list[tuple[str, dict[str, Any]]] = [
        ("create_principal", {"principal": "amy", "kind": "user", **account}),
        ("create_principal", {"principal": "bob", "kind": "user", **account}),
        ("tag_principal", {"principal": "amy", "key": RUN_AS_TAG, "value": "alice"}),
        ("register_instance", {"instance": "i-1", "platform": "linux", **account}),
        ("update_preferences", {"run_as_enabled": True, "default_user": "ops", **account, **where}),
    ]
    calls += [("create_os_user", {"instance": "i-1", "name": name, "uid": 1000, "gid": 1000}) for name in OS_USERS]
    if written is not None:
        calls.append(("put_document", {**NAMED, **account, **written}))
    state = INITIAL
    for operation, arguments in calls:
        state, _ = apply(operation, state, **arguments)
    return state


def _end(state: State, principal: str, document: Mapping[str, Any]) -> str:
    try:
        _, decision = apply("start_session", state, session="s-1", principal=principal, instance="i-1", **document)
    except OperationError as error:
        return type(error).__name__
    assert decision is not None
    return decision.os_user or (decision.reason.value if decision.reason else "")


@part("which-document-holds")
def which_document_holds() -> str:
    """How sessions end, by the preferences and by the document that they name, as the operations were performed."""
    headings = ("Preferences", "The session names", "Principal tagged `alice`", "Principal without a tag")
    return table(headings, ([preferences, document, *map(_cell, ends)] for preferences, document, *ends in sessions()))


def _cell(end: str) -> str:
    return f"[✓ {end}]{{.starts}}" if end in (SSM_USER, *OS_USERS) else f"[✗ {end}]{{.refused}}"


@part("laws-of-documents")
def laws_of_documents() -> str:
    """A row for each law that says which document holds and what it can do."""
    return table(
        ("Law", "Id"),
        ([link("law", id, law.title), f"`{id}`"] for id, law in LAWS.items() if set(CLAUSES) & set(law.clauses)),
    )
