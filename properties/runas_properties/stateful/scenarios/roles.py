"""Role sessions: whose tag counts in one, what goes on into a chained one, and what ends with it.

dev and adm are roles, amy is a user; on i-1 are the OS users alice, bob and ops, and the preferences name ops.
"""

from collections.abc import Iterator

from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import RUN_AS_TAG, SSM_USER, Platform, PrincipalKind, Switch
from runas_properties.stateful.calls import (
    assume,
    document,
    end,
    gone,
    instance,
    leave,
    principal,
    run_as,
    start,
    tag,
    untag,
    user,
)
from runas_properties.stateful.steering import ACCOUNTS, REGIONS

__all__ = ["OF_ROLES", "SIMILAR_ROLE_SESSIONS", "role_sessions_joined", "role_sessions_told_apart"]

(OURS, THEIRS), THERE, ROLE = ACCOUNTS, REGIONS[1], PrincipalKind.ROLE
DEV, ADM, TEAM, SMALL, LONG = "dev", "adm", "Team", RUN_AS_TAG.lower(), "a" * 256

SETTINGS = (
    *(principal(DEV, kind=ROLE), principal(ADM, kind=ROLE), principal(), instance()),
    *(user("alice"), user("bob", 2002, 2002), user("ops", 2003, 2003), run_as(True, "ops")),
)
NO_DEV, DEV_AGAIN = gone("delete_principal", principal=DEV), principal(DEV, kind=ROLE)


def ask(session: int | str, *within: int, role: str = DEV) -> tuple[Call, ...]:
    """A session in each of some role sessions of a role, and one of the role itself."""
    return (*(start(f"{session}-{one}", role, within=one) for one in within), start(f"{session}-0", role))


def transitive(role_session: int, value: str, key: str = RUN_AS_TAG, role: str = DEV, source: int | str = "") -> Call:
    """A role session begun with a transitive session tag."""
    return assume(role_session, role, value, key, True, source)


_OF_ROLES: dict[str, tuple[Call, ...]] = {
    "a-session-tag-and-that-of-the-role": (tag("bob", name=DEV), assume(1, DEV, "alice"), *ask(1, 1), assume(2, DEV),
        *ask(2, 2, 1)),
    "a-session-tag-where-the-role-has-none": (assume(1, DEV, "alice"), *ask(1, 1), run_as(True), *ask(2, 1)),
    "a-session-tag-that-says-the-same": (tag("alice", name=DEV), assume(1, DEV, "alice"), *ask(1, 1), untag(name=DEV),
        *ask(2, 1), tag("bob", name=DEV), *ask(3, 1)),
    "the-role-is-tagged-afterwards": (assume(1, DEV, "alice"), assume(2, DEV), *ask(1, 1, 2), tag("bob", name=DEV),
        *ask(2, 1, 2), untag(name=DEV), *ask(3, 1, 2)),
    "the-tag-of-the-role-changes": (tag("alice", name=DEV), assume(1, DEV), *ask(1, 1), tag("bob", name=DEV),
        *ask(2, 1), untag(name=DEV), *ask(3, 1), tag("alice", SMALL, DEV), *ask(4, 1)),
    "the-tag-of-the-role-is-taken-away": (tag("alice", name=DEV), assume(1, DEV), assume(2, DEV, "x", TEAM),
        untag(name=DEV), *ask(1, 1, 2), tag("bob", name=DEV), *ask(2, 1, 2)),
    "one-session-after-another": (assume(1, DEV, "alice"), *ask(1, 1), assume(2, DEV), *ask(2, 2), assume(3, DEV,
        "bob"), *ask(3, 3, 2, 1), assume(4, DEV), *ask(4, 4)),
    "one-session-after-another-has-ended": (assume(1, DEV, "alice"), start(1, DEV, within=1), leave(1), assume(2, DEV),
        *ask(1, 2, 1), assume(3, DEV, "bob"), *ask(2, 3, 2)),
    "a-session-of-one-role-beside-one-of-another": (assume(1, DEV, "alice"), assume(2, ADM, "bob"), *ask(1, 1),
        *ask(2, 2, role=ADM), assume(3, ADM), *ask(3, 3, role=ADM), assume(4, DEV), *ask(4, 4)),
    "a-session-of-another-role": (assume(1, DEV, "alice"), start(1, ADM, within=1), start(2, within=1), end(1), end(2),
        *ask(3, 1), tag("bob", name=ADM), start(4, ADM, within=1)),
    "a-session-that-was-never-begun": (start(1, DEV, within=1), start(2, within=1), end(1), *ask(3, 1), leave(1),
        assume(1, DEV, "alice"), *ask(4, 1)),
    "a-session-that-was-never-begun-and-other-mistakes": (start(1, "dan", within=9), start(1, DEV, "i-9", within=9),
        start(1, DEV, within=9), start(1, DEV, "i-9"), assume(1, DEV), leave(1), start(1, DEV, "i-9", within=1),
        start(1, "dan", within=1), *ask(1, 1)),
    "end-a-session": (tag("bob", name=DEV), assume(1, DEV, "alice"), *ask(1, 1), leave(1), *ask(2, 1), leave(1),
        end("1-1"), assume(1, DEV), *ask(3, 1)),
    "end-another-session": (assume(1, DEV, "alice"), assume(2, DEV, "bob"), leave(2), *ask(1, 1, 2), leave(2), leave(1),
        *ask(2, 1, 2)),
    "end-a-session-without-tags": (tag("bob", name=DEV), assume(1, DEV), assume(2, DEV), leave(1), *ask(1, 1, 2)),
    "end-a-session-in-use": (assume(1, DEV, "alice"), start(1, DEV, within=1), start(2, DEV, within=1), leave(1),
        end(1), start(3, DEV, within=1), end(2), end(2)),
    "begin-a-session-anew": (assume(1, DEV, "alice"), assume(1, DEV, "bob"), *ask(1, 1), assume(1, DEV), *ask(2, 1),
        assume(1, ADM), start(3, ADM, within=1), leave(1), assume(1, DEV, "bob"), *ask(4, 1)),
    "delete-the-role": (assume(1, DEV, "alice"), assume(2, DEV), start(1, DEV, within=1), NO_DEV, *ask(1, 1),
        leave(1), assume(3, DEV), assume(4, ADM, source=1), end(1)),
    "make-the-role-again": (tag("bob", name=DEV), assume(1, DEV, "alice"), assume(2, DEV), NO_DEV, DEV_AGAIN,
        *ask(1, 1, 2), leave(1), assume(1, DEV), assume(3, DEV), *ask(2, 3, 1), assume(4, DEV, source=2)),
    "make-the-role-again-as-a-user": (assume(1, DEV, "alice"), NO_DEV, principal(DEV), *ask(1, 1), assume(2, DEV),
        tag("bob", name=DEV), *ask(2, 1)),
    "delete-another-role": (assume(1, DEV, "alice"), assume(2, ADM, "bob"), gone("delete_principal", principal=ADM),
        *ask(1, 1), start(2, ADM, within=2), start(3, DEV, within=2), leave(2), leave(1)),
    "delete-the-role-of-the-source": (transitive(1, "alice"), assume(2, ADM, source=1), NO_DEV, *ask(1, 2, role=ADM),
        DEV_AGAIN, assume(3, ADM, source=1), assume(4, ADM, source=2), *ask(2, 4, role=ADM)),
    "a-transitive-tag-goes-on": (transitive(1, "alice"), assume(2, ADM, source=1), *ask(1, 2, role=ADM), run_as(True),
        *ask(2, 2, role=ADM), *ask(3, 1)),
    "a-transitive-tag-wins-over-that-of-the-role": (tag("bob", name=ADM), transitive(1, "alice"), assume(2, ADM,
        source=1), *ask(1, 2, role=ADM), assume(3, ADM), *ask(2, 3, role=ADM)),
    "a-tag-that-is-not-transitive-ends": (assume(1, DEV, "alice"), assume(2, ADM, source=1), *ask(1, 2, role=ADM),
        tag("bob", name=ADM), *ask(2, 2, role=ADM), *ask(3, 1)),
    "the-tag-of-a-role-does-not-go-on": (tag("alice", name=DEV), assume(1, DEV), assume(2, ADM, source=1), *ask(1, 2,
        role=ADM), *ask(2, 1), tag("bob", name=ADM), *ask(3, 2, role=ADM)),
    "the-tag-of-a-role-does-not-go-on-beside-one-that-does": (tag("alice", name=DEV), transitive(1, "bob", TEAM),
        assume(2, ADM, source=1), *ask(1, 2, role=ADM), assume(3, ADM, "bob", source=1), *ask(2, 3, role=ADM)),
    "a-tag-goes-on-twice": (transitive(1, "alice"), assume(2, ADM, source=1), assume(3, DEV, source=2), *ask(1, 3),
        tag("bob", name=DEV), *ask(2, 3), assume(4, DEV, "bob", source=3), *ask(3, 4)),
    "a-tag-goes-on-once": (assume(1, DEV), transitive(2, "alice", role=ADM, source=1), assume(3, DEV, source=2),
        *ask(1, 3, 1), assume(4, DEV, "bob", source=1), assume(5, ADM, source=4), *ask(2, 5, role=ADM), *ask(3, 4)),
    "chained-within-one-role": (transitive(1, "alice"), assume(2, DEV, source=1), assume(3, DEV), assume(4, DEV, "bob",
        source=3), assume(5, DEV, source=4), *ask(1, 1, 2, 3, 4, 5)),
    "a-transitive-tag-handed-over-again": (transitive(1, "alice"), assume(2, ADM, "bob", source=1), start(1, ADM,
        within=2), transitive(2, "alice", role=ADM, source=1), start(2, ADM, within=2), assume(2, ADM, "bob", SMALL,
        source=1), start(3, ADM, within=2), assume(2, ADM, source=1), *ask(4, 2, role=ADM)),
    "a-key-in-another-case-handed-over-again": (transitive(1, "alice", SMALL), assume(2, ADM, "bob", source=1),
        assume(3, ADM, "bob", SMALL, source=1), assume(2, ADM, "x", TEAM, source=1), *ask(1, 2, role=ADM)),
    "a-tag-that-is-not-transitive-handed-over-again": (assume(1, DEV, "alice"), assume(2, ADM, "bob", source=1),
        *ask(1, 2, role=ADM), transitive(3, "alice", role=ADM, source=1), assume(4, DEV, "bob", source=3), assume(5,
        DEV, source=3), *ask(2, 5)),
    "a-tag-beside-a-transitive-one-of-another-key": (transitive(1, "x", TEAM), assume(2, ADM, "alice", source=1),
        *ask(1, 2, role=ADM), assume(3, DEV, "y", TEAM.upper(), source=2), assume(3, DEV, "bob", source=2), *ask(2, 3),
        assume(4, DEV, source=2), *ask(3, 4)),
    "another-key-beside-a-transitive-tag": (transitive(1, "alice"), assume(2, ADM, "x", TEAM, source=1), *ask(1, 2,
        role=ADM), assume(3, DEV, "y", TEAM, source=2), *ask(2, 3)),
    "the-source-has-ended": (transitive(1, "alice"), leave(1), assume(2, ADM, source=1), assume(3, ADM, "bob", TEAM,
        source=1), start(1, ADM, within=2), assume(2, ADM), *ask(2, 2, role=ADM)),
    "the-source-ends-afterwards": (transitive(1, "alice"), assume(2, ADM, source=1), leave(1), *ask(1, 2, role=ADM),
        assume(3, DEV, source=2), *ask(2, 3, 1), leave(2), assume(4, DEV, source=2), *ask(3, 3)),
    "a-source-without-tags-ends-afterwards": (assume(1, DEV), assume(2, ADM, "alice", source=1), leave(1), *ask(1, 2,
        role=ADM), leave(2), *ask(2, 2, role=ADM)),
    "the-source-is-unknown": (assume(2, ADM, source=1), assume(2, ADM, "bob", source=9), start(1, ADM, within=2),
        assume(2, ADM, source=2), assume(1, DEV, "alice"), assume(2, ADM, "bob", source=1), assume(3, ADM,
        source="amy"), *ask(2, 2, role=ADM)),
    "a-user-is-no-role": (assume(1, "amy"), assume(1, "amy", "alice"), start(1, within=1), assume(1, DEV, "alice"),
        assume(2, "amy", source=1), start(2, within=1), *ask(3, 1)),
    "a-role-that-is-unknown": (assume(1, "dan"), assume(1, "dan", "alice", source=9), principal("dan", kind=ROLE),
        assume(1, "dan", "alice"), start(1, "dan", within=1)),
    "a-session-without-an-id": (assume("", DEV, "alice"), assume("", DEV), leave(""), *ask(1), assume(1, DEV, "bob"),
        assume("", DEV, source=1), *ask(2, 1)),
    "a-session-tag-on-the-role": (assume(1, DEV, "alice"), untag(name=DEV), *ask(1, 1), tag("bob", name="r-1"),
        untag(name="r-1"), tag("bob", name=DEV), untag(name=DEV), untag(name=DEV), *ask(2, 1)),
    "keys-in-another-case": (tag("bob", name=DEV), assume(1, DEV, "alice", SMALL), assume(2, DEV, "alice",
        RUN_AS_TAG.upper()), *ask(1, 1, 2), tag("bob", SMALL, DEV), assume(3, DEV, "alice"), *ask(2, 1, 2, 3)),
    "keys-in-another-case-that-go-on": (tag("bob", name=ADM), transitive(1, "alice", SMALL), assume(2, ADM, source=1),
        *ask(1, 2, role=ADM), run_as(True), *ask(2, 2, role=ADM), *ask(3, 1)),
    "keys-that-are-others": (tag("bob", name=DEV), *(assume(at, DEV, "alice", key) for at, key in enumerate((TEAM,
        f"{RUN_AS_TAG} ", f" {RUN_AS_TAG}", f"{RUN_AS_TAG}User", RUN_AS_TAG[:-1]), 1)), *ask(1, 1, 2, 3, 4, 5),
        untag(name=DEV), *ask(2, 1, 2)),
    "keys-that-are-others-where-the-role-has-no-tag": (run_as(True), assume(1, DEV, "alice", f"{RUN_AS_TAG}User"),
        assume(2, DEV, "alice", f"{RUN_AS_TAG} "), assume(3, DEV, "alice", "SSM-Session-Run-As"), *ask(1, 1, 2, 3),
        assume(4, DEV, "alice", f"aws:{RUN_AS_TAG}"), transitive(5, "alice", TEAM), *ask(2, 4, 5), tag("bob", name=DEV),
        *ask(3, 1)),
    "blank-session-tags": (tag("bob", name=DEV), *(assume(at, DEV, blank) for at, blank in enumerate(("", " ", "\t",
        "\u3000"), 1)), *ask(1, 1, 2, 3, 4), untag(name=DEV), *ask(2, 1, 2)),
    "blank-session-tags-that-go-on": (tag("bob", name=ADM), transitive(1, ""), assume(2, ADM, source=1), *ask(1, 2,
        role=ADM), assume(3, ADM, "alice", source=1), transitive(4, " "), assume(5, ADM, source=4), *ask(2, 5,
        role=ADM)),
    "long-session-tags": (user(LONG), user(LONG[1:]), user("a" * 32), *(assume(at, DEV, LONG[:length]) for at, length in
        enumerate((256, 255, 40, 32), 1)), transitive(5, LONG), assume(6, DEV, source=5), *ask(1, 1, 2, 3, 4, 6)),
    "session-tags-that-are-similar": (tag("bob", name=DEV), *(assume(at, DEV, name) for at, name in enumerate(("Alice",
        " alice", "alice ", "ali", "alice2", "2001"), 1)), *ask(1, 1, 2, 3, 4, 5, 6), user("Alice"), *ask(2, 1)),
    "session-tags-that-name-nobody-there": (tag("bob", name=DEV), assume(1, DEV, "dave"), *ask(1, 1), user("dave"),
        *ask(2, 1), gone("delete_os_user", instance="i-1", name="dave"), *ask(3, 1)),
    "session-tags-that-name-superusers": (user("zed", 0, 0), user("root", 0, 0), user("yan", 7, 0), *(assume(at, DEV,
        name) for at, name in enumerate(("zed", "root", "yan", SSM_USER), 1)), *ask(1, 1, 2, 3, 4), user(SSM_USER),
        *ask(2, 4)),
    "session-tags-where-run-as-is-off": (tag("bob", name=DEV), assume(1, DEV, "alice"), run_as(False), *ask(1, 1),
        run_as(Switch.UNREADABLE), *ask(2, 1), run_as(True), *ask(3, 1)),
    "session-tags-where-run-as-covers-nothing": (instance("i-4", Platform.WINDOWS), instance("i-5", Platform.MACOS),
        user("alice", on="i-5"), assume(1, DEV, "alice"), start(1, DEV, "i-4", within=1), start(2, DEV, "i-5",
        within=1), start(3, DEV, within=1)),
    "session-tags-on-another-instance": (instance("i-2"), user("bob", on="i-2"), assume(1, DEV, "alice"), assume(2, DEV,
        "bob"), start(1, DEV, "i-2", within=1), start(2, DEV, "i-2", within=2), *ask(3, 1, 2)),
    "a-role-of-another-account": (principal("far", THEIRS, ROLE), transitive(1, "alice", role="far"), start(1, "far",
        within=1), assume(2, DEV, source=1), *ask(2, 2), assume(3, "far", source=2), start(3, "far", within=3),
        instance("i-3", account=THEIRS), user("alice", on="i-3"), start(4, "far", "i-3", within=3)),
    "many-sessions-of-a-role": (*(assume(at, DEV, ("alice", "bob", "ops")[at % 3]) for at in range(1, 25)), assume(25,
        DEV), *ask(1, 1, 2, 3, 12, 23, 24, 25), leave(12), *ask(2, 11, 12, 13)),
    "a-long-chain": (transitive(1, "alice"), *(assume(at, (DEV, ADM)[at % 2], source=at - 1) for at in range(2, 13)),
        *ask(1, 12), leave(6), *ask(2, 12), assume(13, ADM, "bob", source=12)),
    "sessions-with-the-ids-of-other-things": (assume(DEV, DEV, "alice"), assume("i-1", DEV), assume("s-1", ADM, "bob"),
        start(1, DEV, within=DEV), start("s-2", DEV, within="i-1"), start("s-3", ADM, within="s-1"), leave("s-1"),
        end(1), assume("alice", DEV, source=DEV), start("r-1", DEV, within="alice"), assume(1, DEV), start(4, DEV,
        within="r-1")),
    "session-tags-and-documents": (tag("bob", name=DEV), assume(1, DEV, "alice"), document("Own", True, "ops"), start(1,
        DEV, document="Own", within=1), document("Own", False), start(2, DEV, document="Own", within=1), start(3, DEV,
        within=1), start(4, DEV, document="None", within=1), leave(1), start(4, DEV, document="None", within=1)),
    "session-tags-and-regions": (instance("i-2", region=THERE), user("alice", on="i-2"), assume(1, DEV, "alice"),
        start(1, DEV, "i-2", within=1), run_as(True, "bob", region=THERE), start(2, DEV, "i-2", within=1), *ask(3, 1)),
}  # fmt: skip
OF_ROLES = {id: (*SETTINGS, *calls) for id, calls in _OF_ROLES.items()}
"""What happens, by id, from nothing on."""

SIMILAR_ROLE_SESSIONS = (
    *(("r-10", "r-1"), ("r-1", "r-10"), ("R-1", "r-1"), ("r-01", "r-1"), ("r-1 ", "r-1"), (" r-1", "r-1")),
    *(("r_1", "r-1"), ("r-1\n", "r-1"), ("1", "01"), ("1.0", "1"), ("0", "r-1"), ("null", "r-1")),
    *(("false", "r-1"), ("*", "r-1")),
    *(("r-12", "r-21"), ("amy@x", "amy"), ("dev/amy", "amy"), ("n" * 64 + "b", "n" * 64 + "a"), ("AaAa", "BBBB")),
    *(("r-e\u0301", "r-é"), ("r-\u212a", "r-K"), ("r%2d1", "r-1"), ("r-1/x", "r-1"), ("plumless", "buckeroo")),
    ("arn:aws:sts::111111111111:assumed-role/dev/amy", "arn:aws:sts::111111111111:assumed-role/adm/amy"),
)  # fmt: skip
"""Pairs of ids of role sessions that differ."""


def role_sessions_told_apart(one: str, other: str) -> tuple[Call, ...]:
    """Calls in which a role session is not there while another is, then both, then the one without the other."""
    return (
        *(*SETTINGS, tag("ops", name=DEV), assume(other, DEV, "alice", transitive=True), start(1, DEV, within=one)),
        *(assume("c-1", ADM, source=one), leave(one), start(2, DEV, within=other), assume(one, DEV, "bob")),
        *(start(3, DEV, within=one), start(4, DEV, within=other), assume("c-2", ADM, source=one)),
        *(assume("c-3", ADM, source=other), start(5, ADM, within="c-2"), start(6, ADM, within="c-3"), leave(other)),
        *(start(7, DEV, within=one), start(8, DEV, within=other), assume(one, DEV), leave(one), leave(other)),
    )


def role_sessions_joined(separator: str) -> tuple[Call, ...]:
    """Session tags and role sessions that are two, but whose parts are one text when joined with a separator."""
    return tuple(_joined(f"{DEV}{separator}x", f"r{separator}x", separator))


def _joined(far: str, long: str, separator: str) -> Iterator[Call]:
    yield from (*SETTINGS, principal(far, kind=ROLE), assume("r", DEV, "alice", f"x{separator}{RUN_AS_TAG}"))
    yield from (assume(long, DEV), start(1, DEV, within=long), start(2, DEV, within="r"), tag("bob", name=far))
    yield from (assume(f"x{separator}t", DEV, "alice"), assume("t", far), start(3, far, within="t"))
    yield from (start(4, DEV, within=f"x{separator}t"), start(5, far, within=f"x{separator}t"), leave("t"))
    yield from (start(6, DEV, within=f"x{separator}t"), start(7, far, within="t"), NO_DEV, start(8, far, within="t"))
    yield from (assume("u", far, "alice"), start(9, far, within="u"), start(10, DEV, within=f"x{separator}u"))
