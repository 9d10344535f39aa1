"""Scenarios of parameters: which document declares one, who fills it, with what, and that no tag is ever filled (D7).

amy starts sessions on i-1, where the OS users alice and ops are; the preferences there name ops.
"""

from collections.abc import Iterator

from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    PREFERENCES,
    RUN_AS_TAG,
    Name,
    Platform,
    PrincipalKind,
    Switch,
)
from runas_model.universes.connectives import is_blank
from runas_properties.stateful.calls import (
    assume,
    document,
    end,
    gone,
    instance,
    leave,
    no_document,
    principal,
    run_as,
    start,
    tag,
    untag,
    user,
)
from runas_properties.stateful.confusables import BLANKS, CONFUSABLES
from runas_properties.stateful.steering import ACCOUNTS, REGIONS

__all__ = ["OF_PARAMETERS", "blank_ones", "written"]

(OURS, THEIRS), (_, THERE), OPS, DEV = ACCOUNTS, REGIONS, "Ops", "Dev"
UNREADABLE = Switch.UNREADABLE
SETTINGS = (principal(), instance(), user("alice"), user("ops", 2002, 2002), run_as(True, "ops"))


def declared(
    name: str, on: bool | Switch, default: str = "", account: str = OURS, region: str = DEFAULT_REGION
) -> Call:
    """A document whose default OS user is a parameter."""
    operation, arguments = document(name, on, default, account, region)
    return operation, {**arguments, "declares_parameter": True}


def fill(session: int, value: str, name: str = "amy", on: str = "i-1", by: str = OPS, within: int | str = "") -> Call:
    """A session requested by a document, with a parameter."""
    operation, arguments = start(session, name, on, by, within)
    return operation, {**arguments, "parameter": Name(value)}


def ask(session: int, name: str = "amy", on: str = "i-1", by: str = OPS) -> tuple[Call, ...]:
    """A session in which alice is filled in, and one in which nobody is."""
    return fill(2 * session - 1, "alice", name, on, by), start(2 * session, name, on, by)


ROLE = (principal("ben", kind=PrincipalKind.ROLE), tag("ops", name="ben"))

_OF_PARAMETERS: dict[str, tuple[Call, ...]] = {
    "filled-and-not": (declared(OPS, True, "ops"), *ask(1), start(3), *ask(2), *ask(3)),
    "filled-with-another-name-each-time": (declared(OPS, True, "ops"), fill(1, "alice"), fill(2, "ops"), fill(3,
        "dave"), user("dave"), fill(3, "dave"), gone("delete_os_user", instance="i-1", name="dave"), fill(4, "dave"),
        fill(4, "alice")),
    "filled-where-the-default-is-nobody": (declared(OPS, True), *ask(1), declared(OPS, True, "  "), *ask(2)),
    "filled-where-the-default-is-not-there": (declared(OPS, True, "dave"), *ask(1)),
    "filled-where-the-default-is-refused": (user("root", 0, 0), declared(OPS, True, "ssm-user"), *ask(1), declared(OPS,
        True, "root"), *ask(2)),
    "filled-with-nothing": (declared(OPS, True, "ops"), fill(1, ""), fill(1, " "), fill(1, "\t"), start(1,
        document=OPS), tag("alice"), fill(2, "")),
    "filled-with-ssm-user": (declared(OPS, True, "ops"), fill(1, "ssm-user"), user("ssm-user"), fill(1, "ssm-user"),
        declared(OPS, False, "ops"), fill(1, "ssm-user"), fill(2, "alice")),
    "filled-with-a-superuser": (user("root", 0, 0), user("zed", 0, 2003), user("gus", 2004, 0), declared(OPS, True,
        "ops"), fill(1, "root"), fill(2, "zed"), fill(3, "gus"), tag("root"), fill(4, "alice")),
    "filled-with-a-number": (declared(OPS, True, "ops"), fill(1, "2001"), user("2001", 2005, 2005), fill(1, "2001")),
    "not-declared": (document(OPS, True, "ops"), *ask(1), fill(3, "ops"), fill(3, ""), document(OPS, False, "ops"),
        fill(3, "alice"), document(OPS, UNREADABLE), fill(3, "alice"), tag("alice"), fill(3, "alice"), end(3)),
    "not-declared-by-the-preferences": (*ask(1, by=PREFERENCES), fill(3, "", by=PREFERENCES), declared(OPS, True,
        "ops"), *ask(2, by=PREFERENCES), no_document(), fill(5, "alice", by=PREFERENCES), *ask(3)),
    "declared-by-the-preferences": (declared(PREFERENCES, True, "ops"), *ask(1, by=PREFERENCES), document(OPS, True,
        "ops"), *ask(2), run_as(True, "ops"), *ask(3, by=PREFERENCES)),
    "declared-by-one-document-of-two": (declared(OPS, True, "ops"), document(DEV, True, "ops"), *ask(1), *ask(2,
        by=DEV), document(OPS, True, "ops"), declared(DEV, True, "ops"), *ask(3), *ask(4, by=DEV)),
    "declared-later": (document(OPS, True, "ops"), *ask(1), declared(OPS, True, "ops"), *ask(2)),
    "declared-no-more": (declared(OPS, True, "ops"), *ask(1), document(OPS, True, "ops"), *ask(2), declared(OPS, True,
        "alice"), fill(5, "ops"), start(6, document=OPS)),
    "declared-by-a-document-that-is-gone": (declared(OPS, True, "ops"), no_document(OPS), *ask(1), document(OPS, True,
        "ops"), *ask(2), no_document(OPS), declared(OPS, True, "ops"), *ask(3)),
    "declared-in-another-account": (principal("cat", THEIRS), instance("i-3", account=THEIRS), user("alice", on="i-3"),
        declared(OPS, True, "alice", THEIRS), document(OPS, True, "ops"), *ask(1), *ask(2, "cat", "i-3")),
    "declared-in-another-region": (instance("i-2", region=THERE), user("alice", on="i-2"), declared(OPS, True, "alice",
        region=THERE), document(OPS, True, "ops"), *ask(1), *ask(2, on="i-2")),
    "filled-by-the-tagged": (declared(OPS, True, "ops"), tag("alice"), fill(1, "ops"), tag("dave"), fill(2, "ops"),
        tag("ssm-user"), fill(2, "alice"), untag(), fill(2, "alice")),
    "filled-by-those-with-a-blank-tag": (declared(OPS, True, "ops"), tag(" "), *ask(1), tag(""), *ask(2)),
    "filled-by-those-with-another-key": (declared(OPS, True, "ops"), tag("ops", RUN_AS_TAG.lower()), *ask(1), untag(),
        tag("ops", "Team"), *ask(2)),
    "filled-in-role-sessions": (*ROLE, declared(OPS, True, "ops"), assume(1, value="ops"), fill(1, "alice", "ben",
        within=1), assume(2), fill(2, "alice", "ben", within=2), untag(name="ben"), fill(3, "alice", "ben", within=2),
        fill(4, "alice", "ben", within=1), leave(1), fill(5, "alice", "ben", within=1)),
    "filled-where-run-as-is-off": (declared(OPS, False, "ops"), *ask(1), tag("ops"), *ask(2)),
    "filled-where-the-switch-is-unreadable": (declared(OPS, UNREADABLE, "ops"), *ask(1), tag("ops"), *ask(2)),
    "filled-where-run-as-covers-nothing": (instance("i-4", Platform.WINDOWS), instance("i-5", Platform.MACOS),
        user("alice", on="i-5"), declared(OPS, True, "ops"), *ask(1, on="i-4"), *ask(2, on="i-5")),
    "filled-and-something-else-missing": (fill(1, "alice", "dan"), fill(1, "alice", on="i-9"), fill(1, "alice"),
        declared(OPS, True, "ops"), *ask(1), fill(1, "alice"), document(OPS, True, "ops"), fill(1, "alice"),
        principal("cat", THEIRS), fill(3, "alice", "cat"), *ROLE, fill(3, "alice", "ben", within=7)),
    "the-session-goes-on": (declared(OPS, True, "ops"), *ask(1), document(OPS, False), *ask(2), no_document(OPS),
        gone("delete_os_user", instance="i-1", name="alice"), end(1), fill(5, "alice")),
    "two-principals": (principal("ben"), tag("ops", name="ben"), declared(OPS, True, "ops"), fill(1, "alice", "ben"),
        fill(2, "alice"), start(3, "ben", document=OPS), start(4, document=OPS)),
}  # fmt: skip
OF_PARAMETERS = {id: (*SETTINGS, *calls) for id, calls in _OF_PARAMETERS.items()}
"""What happens, by id, from nothing on."""

WAYS = 2
"""Ways to write a name, of each kind, that are filled in."""


def written() -> Iterator[tuple[str, tuple[Call, ...]]]:
    """Names filled in that are written like those of OS users that are there: the flag, and the calls."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    for kind in CONFUSABLES.values():
        ways = map(kind.pair, range(min(kind.examples, WAYS)))
        pairs.setdefault(kind.flag, []).extend(pair for pair in ways if pair is not None)
    for flag, every in pairs.items():
        there = dict.fromkeys(near for _, near in every if not is_blank(near) and near != "ops")
        asked = (fill(number, named) for number, (named, _) in enumerate(every, start=1) if named not in there)
        yield flag, (*SETTINGS[:2], user("ops"), *map(user, there), declared(OPS, True, "ops"), *asked)


def blank_ones() -> tuple[Call, ...]:
    """Blank names filled in, one after the other."""
    return (*SETTINGS, declared(OPS, True, "ops"), *(fill(number, blank) for number, blank in enumerate(BLANKS, 1)))
