"""The small world in which shortest traces are looked for: who and what there is, and what may be asked."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from runas_model.facts.classes import OTHER_CASE
from runas_model.specification.nouns import Noun, nouns_needed
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import AGENT, DEFAULT, Reading
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    NO_ROLE_SESSION,
    PREFERENCES,
    RUN_AS_TAG,
    SSM_USER,
    Account,
    DocumentName,
    FoldedKey,
    Instance,
    Name,
    OsUser,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    Region,
    Request,
    RoleSession,
    Session,
    Switch,
    TagKey,
)
from runas_model.universes.connectives import folded
from runas_properties.laws.law import GIVEN, NOT_GIVEN, REQUESTED

__all__ = ["WORLD", "calls", "completed", "no_call", "with_requests", "wrong_calls"]

EXPLORER = "properties/runas_properties/explorer"

ALICE, ROOT, NOBODY = Name("alice"), Name("root"), Name("")
TEAM, SMALL = TagKey("Team"), TagKey(OTHER_CASE)
IDS = {ALICE: 2001, SSM_USER: 1001, ROOT: 0, NOBODY: 2002}
OURS, THEIRS = Account("111111111111"), Account("222222222222")
WEST, OPS = Region("us-west-2"), DocumentName("Ops")


def with_requests(world: Mapping[Any, Sequence[Any]]) -> dict[Any, list[Any]]:
    """Ranges of sorts, and one of the requests that can be made of them."""
    requests = [Request(*asked, *given) for *asked, given in product(*(world[at] for at in (*REQUESTED, GIVEN)))]
    return {**{sort: [*values] for sort, values in world.items()}, Request: requests}


WORLD = with_requests(
    {
        Account: [OURS, THEIRS],
        Region: [DEFAULT_REGION, WEST],
        DocumentName: [PREFERENCES, OPS],
        Principal: [Principal("amy"), Principal("ben")],
        RoleSession: [NO_ROLE_SESSION, RoleSession("r-1"), RoleSession("r-2")],
        Instance: [Instance("i-1")],
        Session: [Session("s-1")],
        Name: [ALICE, SSM_USER, ROOT, NOBODY],
        OsUser: [OsUser(PosixId(2001), PosixId(2001))],
        TagKey: [RUN_AS_TAG, SMALL, TEAM],
        FoldedKey: [folded(RUN_AS_TAG), folded(TEAM)],
        GIVEN: [NOT_GIVEN, (True, ALICE)],
        Reading: [DEFAULT, AGENT],
        bool: [True, False],
    }
)
"""What the variables of a law range over."""


def calls() -> Iterator[Call]:
    """Every operation that the search performs, with its arguments."""
    return completed(_calls())


def completed(every: Iterable[Call]) -> Iterator[Call]:
    """Calls with what is meant by arguments that are left out; one of no operation as it is, for `wrong_calls`."""
    for name, arguments in every:
        yield name, OPERATIONS[name].with_members(arguments) if name in OPERATIONS else arguments


def _calls() -> Iterator[Call]:
    amy, ben, i1, s1 = Principal("amy"), Principal("ben"), Instance("i-1"), Session("s-1")
    yield "create_principal", {"principal": amy, "account": OURS, "kind": PrincipalKind.USER}
    yield "create_principal", {"principal": ben, "account": OURS, "kind": PrincipalKind.ROLE}
    yield "delete_principal", {"principal": amy}
    for name in WORLD[Name]:
        yield "tag_principal", {"principal": amy, "key": RUN_AS_TAG, "value": name}
    yield "tag_principal", {"principal": amy, "key": TEAM, "value": ALICE}
    yield "tag_principal", {"principal": amy, "key": SMALL, "value": ALICE}
    for key in (RUN_AS_TAG, TEAM):
        yield "untag_principal", {"principal": amy, "key": key}
    for name in reversed(WORLD[Name]):
        yield "update_preferences", {"account": OURS, "run_as_enabled": Switch.ON, "default_user": name}
    yield "update_preferences", {"account": OURS, "run_as_enabled": Switch.OFF, "default_user": NOBODY}
    yield "update_preferences", {"account": OURS, "run_as_enabled": Switch.UNREADABLE, "default_user": NOBODY}
    yield "update_preferences", {"account": THEIRS, "run_as_enabled": Switch.ON, "default_user": ALICE}
    yield "update_preferences", {"account": OURS, "run_as_enabled": Switch.ON, "default_user": ALICE, "region": WEST}
    for switch, name in ((Switch.ON, ALICE), (Switch.OFF, NOBODY), (Switch.UNREADABLE, NOBODY)):
        yield "put_document", {"account": OURS, "document": OPS, "run_as_enabled": switch, "default_user": name}
    declaring = {"document": OPS, "run_as_enabled": Switch.ON, "default_user": ROOT, "declares_parameter": True}
    yield "put_document", {"account": OURS, **declaring}
    for name in (SSM_USER, ROOT, NOBODY):
        written = {"document": PREFERENCES, "run_as_enabled": Switch.ON, "default_user": name}
        yield "put_document", {"account": OURS, **written}
    for document in (OPS, PREFERENCES):
        yield "delete_document", {"account": OURS, "document": document}
    yield "delete_document", {"account": OURS, "document": PREFERENCES, "region": WEST}
    for platform in (Platform.LINUX, Platform.WINDOWS, Platform.MACOS):
        yield "register_instance", {"instance": i1, "account": OURS, "platform": platform}
    yield "register_instance", {"instance": i1, "account": THEIRS, "platform": Platform.LINUX}
    yield "register_instance", {"instance": i1, "account": OURS, "platform": Platform.LINUX, "region": WEST}
    yield "deregister_instance", {"instance": i1}
    for name, number in IDS.items():
        yield "create_os_user", {"instance": i1, "name": name, "uid": PosixId(number), "gid": PosixId(number)}
    yield "delete_os_user", {"instance": i1, "name": ALICE}
    r1, r2 = RoleSession("r-1"), RoleSession("r-2")
    tags = [
        {"key": key, "value": value, "transitive": key == RUN_AS_TAG}
        for key, value in ((RUN_AS_TAG, ALICE), (RUN_AS_TAG, SSM_USER), (RUN_AS_TAG, ROOT), (TEAM, ALICE))
    ]
    yield "assume_role", {"principal": amy, "role_session": r1}
    yield "assume_role_with_tag", {"principal": amy, "role_session": r1, **tags[0]}
    for begun in ({"role_session": r1}, {"role_session": r2, "source": r1}):
        yield "assume_role", {"principal": ben, **begun}
        yield from (("assume_role_with_tag", {"principal": ben, **begun, **tag}) for tag in tags)
    for ended in (r1, r2):
        yield "end_role_session", {"role_session": ended}
        yield "start_session", {"session": s1, "principal": ben, "instance": i1, "role_session": ended}
    for document in (PREFERENCES, OPS):
        asked = {"principal": amy, "instance": i1, "document": document}
        yield "start_session", {"session": s1, **asked}
        yield "start_session", {"session": s1, **asked, "parameter": ALICE}
    yield "terminate_session", {"session": s1}


def no_call(operation: str, module: str) -> str:
    """What to add to `calls` of a module of the explorer, which has no call of an operation."""
    given = ", ".join(f'"{name}": ...' for name in OPERATIONS[operation].arguments)
    call = f'yield "{operation}", {{{given}}}'
    return f"{EXPLORER}/{module}.py: no call of {operation} in calls(): add {call}"


def wrong_calls(every: Iterable[Call], module: str, without: Collection[Noun] = ()) -> str:
    """What to add to `calls` of a module of the explorer, or to take out; empty where these are of all operations.

    Those that cannot be called without a noun that is not in play may be missing.
    """
    called = {name for name, _ in every}
    if missing := {name for name in OPERATIONS if not nouns_needed(name) & {*without}} - called:
        return no_call(min(missing), module)
    if gone := called - OPERATIONS.keys():
        return f"{EXPLORER}/{module}.py: {min(gone)} in calls() is no operation: take it out"
    return ""
