"""Faulty implementations of role sessions: a trace for each, on which it breaks the laws it names."""

from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import RUN_AS_TAG, PrincipalKind
from runas_properties.gallery.implementations import FAULTS, chaining, role_sessions, role_tags
from runas_properties.stateful.calls import gone, instance, principal, run_as, start, tag, untag, user

SMALL, TEAM = RUN_AS_TAG.lower(), "Team"
ADMIN, AUDIT = "admin", "audit"
"""Two roles."""


def assume(role_session: str, role: str = ADMIN, source: str = "") -> Call:
    more = {"source": source} if source else {}
    return "assume_role", {"principal": role, "role_session": role_session, **more}


def passing(
    role_session: str, value: str, transitive: bool = False, key: str = RUN_AS_TAG, role: str = ADMIN, source: str = ""
) -> Call:
    _, who = assume(role_session, role, source)
    return "assume_role_with_tag", {**who, "key": key, "value": value, "transitive": transitive}


def begin(session: int, role_session: str = "", role: str = ADMIN) -> Call:
    operation, asked = start(session, role)
    return operation, {**asked, "role_session": role_session} if role_session else asked


ROLE, OTHER = principal(ADMIN, kind=PrincipalKind.ROLE), principal(AUDIT, kind=PrincipalKind.ROLE)
ON = (instance(), user("ops"), user("bob"), user("eve"), run_as(True, "eve"), ROLE)
TAGGED = (*ON, tag("bob", name=ADMIN), passing("rs-1", "ops"))
TWO = (*ON, passing("rs-1", "ops"), passing("rs-2", "bob"))
HANDS_ON = (*ON, OTHER, passing("rs-1", "ops", transitive=True))
CHAINED = (*HANDS_ON, assume("rs-2", AUDIT, "rs-1"))
KEPT = (*ON, OTHER, passing("rs-1", "ops"))
ENDED = gone("end_role_session", role_session="rs-1")
BEGUN = (*ON, assume("rs-1"))

TRACES: dict[str, tuple[Call, ...]] = {
    "lets-role-tags-win": (*TAGGED, begin(1, "rs-1")),
    "ignores-session-tags": (*TAGGED, begin(1, "rs-1")),
    "ignores-role-tags-in-role-sessions": (*BEGUN, tag("bob", name=ADMIN), begin(1, "rs-1")),
    "passes-over-blank-session-tags": (*ON, tag("bob", name=ADMIN), passing("rs-1", ""), begin(1, "rs-1")),
    "compares-session-tags-with-case": (
        *ON, tag("bob", name=ADMIN), passing("rs-1", "nobody", key=SMALL), begin(1, "rs-1")
    ),
    "takes-any-session-tag": (*ON, passing("rs-1", "ops", key=TEAM), begin(1, "rs-1")),
    "counts-transitive-tags-alone": (*TAGGED, begin(1, "rs-1")),
    "takes-the-role-of-the-instance": (*ON, tag("bob", name=ADMIN), principal(), start(1)),
    "keeps-session-tags-by-role": (*TWO, begin(1, "rs-1")),
    "takes-the-tags-of-the-first-role-session": (*TWO, begin(1, "rs-2")),
    "leaks-session-tags-to-the-next": (*ON, passing("rs-1", "ops"), assume("rs-2"), begin(1, "rs-2")),
    "leaks-session-tags-to-the-role": (*ON, passing("rs-1", "ops"), begin(1, "rs-1"), begin(2)),
    "writes-session-tags-on-roles": (*ON, passing("rs-1", "ops"), begin(1)),
    "copies-role-tags-into-role-sessions": (
        *ON, tag("bob", name=ADMIN), assume("rs-1"), tag("ops", name=ADMIN), begin(1, "rs-1")
    ),
    "tags-role-sessions-with-roles": (*ON, passing("rs-1", "ops"), tag("bob", name=ADMIN), begin(1, "rs-1")),
    "untags-role-sessions-with-roles": (*TAGGED, untag(name=ADMIN), begin(1, "rs-1")),
    "loses-transitive-tags": (*CHAINED, begin(1, "rs-2", AUDIT)),
    "hands-on-every-tag": (*KEPT, assume("rs-2", AUDIT, "rs-1"), begin(1, "rs-2", AUDIT)),
    "hands-on-once": (*CHAINED, assume("rs-3", source="rs-2"), begin(1, "rs-3")),
    "hands-on-the-first-of-a-chain": (
        *ON, OTHER, assume("rs-1"), passing("rs-2", "ops", True, role=AUDIT, source="rs-1"),
        assume("rs-3", source="rs-2"), begin(1, "rs-3")
    ),
    "hands-on-tags-of-the-role": (
        *ON, OTHER, tag("bob", name=ADMIN), assume("rs-1"), assume("rs-2", AUDIT, "rs-1"), begin(1, "rs-2", AUDIT)
    ),
    "hands-nothing-on-to-the-tagged": (
        *HANDS_ON, passing("rs-2", "red", key=TEAM, role=AUDIT, source="rs-1"), begin(1, "rs-2", AUDIT)
    ),
    "lets-roles-override-inherited-tags": (
        *HANDS_ON, tag("bob", name=AUDIT), assume("rs-2", AUDIT, "rs-1"), begin(1, "rs-2", AUDIT)
    ),
    "overrides-inherited-tags": (*HANDS_ON, passing("rs-2", "bob", role=AUDIT, source="rs-1")),
    "ignores-repeated-tags": (*HANDS_ON, passing("rs-2", "bob", role=AUDIT, source="rs-1")),
    "compares-repeated-keys-with-case": (*HANDS_ON, passing("rs-2", "bob", key=SMALL, role=AUDIT, source="rs-1")),
    "repeats-no-tag": (*KEPT, passing("rs-2", "bob", role=AUDIT, source="rs-1")),
    "keeps-ended-role-sessions": (*BEGUN, ENDED, begin(1, "rs-1")),
    "starts-in-ended-role-sessions": (*BEGUN, ENDED, begin(1, "rs-1")),
    "keeps-role-sessions-of-deleted-roles": (
        *BEGUN, gone("delete_principal", principal=ADMIN), ROLE, begin(1, "rs-1")
    ),
    "assumes-users": (principal(), assume("rs-1", "amy")),
    "assumes-in-ended-role-sessions": (*BEGUN, ENDED, assume("rs-2", source="rs-1")),
    "reuses-role-session-ids": (*BEGUN, assume("rs-1")),
    "reuses-ended-role-session-ids": (*BEGUN, ENDED, assume("rs-1")),
    "starts-in-role-sessions-of-others": (*BEGUN, OTHER, begin(1, "rs-1", AUDIT)),
    "folds-role-sessions": (*BEGUN, begin(1, "RS-1")),
    "trims-role-sessions": (*BEGUN, begin(1, " rs-1")),
    "cuts-role-sessions-at-64": (*ON, assume("n" * 64 + "a"), begin(1, "n" * 64 + "b")),
    "ends-all-role-sessions-of-a-role": (*BEGUN, assume("rs-2"), ENDED, begin(1, "rs-2")),
    "ends-chained-role-sessions": (*BEGUN, assume("rs-2", source="rs-1"), ENDED, begin(1, "rs-2")),
    "has-one-role-session-a-role": (*BEGUN, assume("rs-2"), begin(1, "rs-1")),
    "ends-the-source-of-a-chain": (*BEGUN, OTHER, assume("rs-2", AUDIT, "rs-1"), begin(1, "rs-1")),
    "uses-role-sessions-up": (*BEGUN, begin(1, "rs-1"), begin(2, "rs-1")),
    "ends-sessions-with-their-role-session": (*BEGUN, begin(1, "rs-1"), ENDED),
}  # fmt: skip
"""The calls after which the last one shows the fault."""


def test_there_is_a_trace_for_each_fault_of_roles_and_session_tags() -> None:
    modules = (role_tags.__name__, chaining.__name__, role_sessions.__name__)

    here = {id for id, fault in FAULTS.items() if getattr(fault.make, "__module__", "") in modules}

    assert here | {id for id, *_ in role_sessions.ALIKE} == set(TRACES)
