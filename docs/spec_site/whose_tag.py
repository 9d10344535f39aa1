"""Whose Run As tag counts: as whom sessions run that are requested by a role, and in its role sessions."""

from collections.abc import Iterator, Mapping
from typing import Any

from runas_model.specification.vocabulary import RUN_AS_TAG
from spec_site.endings import ACCOUNT, Calls, cell, host, how_it_ends
from spec_site.markdown import table
from spec_site.parts import part

__all__ = ["callers"]

ROLE, OTHER, IN, SOURCE = "Breakglass", "Ops", "breakglass-1", "ops-1"
BY_ROLE_SESSION = {"role_session": IN}


def _assume(value: str | None = None, *, transitive: bool = False, **asked: str) -> tuple[str, dict[str, Any]]:
    """The role assumed, with a Run As tag of this value or without one, unless something else is asked."""
    plainly = {"principal": ROLE, "role_session": IN, **asked}
    if value is None:
        return "assume_role", plainly
    return "assume_role_with_tag", {"key": RUN_AS_TAG, "value": value, "transitive": transitive, **plainly}


def _before(transitive: bool) -> tuple[str, dict[str, Any]]:
    """The other role assumed with a Run As tag."""
    return _assume("alice", transitive=transitive, principal=OTHER, role_session=SOURCE)


CALLERS: Mapping[str, tuple[Calls, dict[str, str]]] = {
    "the role in no role session": ((), {}),
    "a role session without session tags": ((_assume(),), BY_ROLE_SESSION),
    "a role session tagged `alice`": ((_assume("alice"),), BY_ROLE_SESSION),
    "another role session of the same role, tagged `bob`": (
        (_assume("alice"), _assume("bob", role_session="breakglass-2")),
        {"role_session": "breakglass-2"},
    ),
    "a role session tagged `alice`, by the key `ssmsessionrunas`": (
        (_assume("alice", key=RUN_AS_TAG.lower()),),
        BY_ROLE_SESSION,
    ),
    "a role session with a blank tag": ((_assume(" "),), BY_ROLE_SESSION),
    "chained, from a role session with the transitive tag `alice`": (
        (_before(transitive=True), _assume(source=SOURCE)),
        BY_ROLE_SESSION,
    ),
    "chained, from one whose tag `alice` is not transitive": (
        (_before(transitive=False), _assume(source=SOURCE)),
        BY_ROLE_SESSION,
    ),
    "chained from that one, and tagged `bob`": (
        (_before(transitive=False), _assume("bob", source=SOURCE)),
        BY_ROLE_SESSION,
    ),
    "chained from one with the transitive tag, and tagged `bob`": (
        (_before(transitive=True), _assume("bob", source=SOURCE)),
        BY_ROLE_SESSION,
    ),
    "a role session that has ended": (
        (_assume("alice"), ("end_role_session", BY_ROLE_SESSION)),
        BY_ROLE_SESSION,
    ),
    "a role session of another role": ((_before(transitive=True),), {"role_session": SOURCE}),
}
"""Who requests a session, in words: how its role session came to be, and what the request says of it."""


def callers() -> Iterator[tuple[str, str, str]]:
    """Who requests a session, in words, and as whom it then runs, or why none does: first where the role is tagged,
    then where it is not.
    """
    for caller, (begun, asked) in CALLERS.items():
        tagged, untagged = (how_it_ends([*_roles(tag), *begun, _start(asked)]) for tag in ("ops", None))
        yield caller, tagged, untagged


def _roles(tag: str | None) -> Calls:
    """The role, with a Run As tag or without one; another, whose own tag names an OS user who never comes in; and Run
    As on, with a default OS user.
    """
    calls: list[tuple[str, dict[str, Any]]] = [
        *host(),
        *(("create_principal", {"principal": role, "kind": "role", **ACCOUNT}) for role in (ROLE, OTHER)),
        ("update_preferences", {"run_as_enabled": True, "default_user": "dba", **ACCOUNT}),
        ("tag_principal", {"principal": OTHER, "key": RUN_AS_TAG, "value": "carol"}),
    ]
    if tag is not None:
        calls.append(("tag_principal", {"principal": ROLE, "key": RUN_AS_TAG, "value": tag}))
    return tuple(calls)


def _start(asked: dict[str, str]) -> tuple[str, dict[str, Any]]:
    return "start_session", {"session": "s-1", "principal": ROLE, "instance": "i-1", **asked}


@part("whose-tag-counts")
def whose_tag_counts() -> str:
    """As whom sessions run, by who requests them, as the operations were performed."""
    headings = ("The session is requested by", "Role tagged `ops`", "Role without a tag")
    return table(headings, ([caller, *map(cell, ends)] for caller, *ends in callers()))
