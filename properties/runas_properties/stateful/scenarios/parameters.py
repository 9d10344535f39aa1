"""Parameters of session documents: who fills the default OS user, what with, and where no document declares one.

amy starts sessions on i-1, where the OS users alice, bob and ops are; the preferences there name ops.
"""

from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import PREFERENCES, RUN_AS_TAG, SSM_USER, Platform, PrincipalKind, Switch
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
from runas_properties.stateful.steering import ACCOUNTS, DOCUMENTS, REGIONS

__all__ = ["OF_PARAMETERS"]

(OURS, THEIRS), (HERE, THERE), (_, OPS) = ACCOUNTS, REGIONS, DOCUMENTS
BLANKS, LONG = ("", " ", "\t", "\u3000"), "a" * 300

SETTINGS = (
    *(principal(), instance(), user("alice"), user("bob", 2002, 2002), user("ops", 2003, 2003)),
    run_as(True, "ops"),
)


def declaring(
    default: str = "alice", on: bool | Switch = True, name: str = OPS, account: str = OURS, region: str = HERE
) -> Call:
    """A document that declares a parameter."""
    return document(name, on, default, account, region, declares=True)


def ask(session: int | str, *given: str, name: str = "amy", on: str = "i-1", by: str = OPS) -> tuple[Call, ...]:
    """A session with each of some parameters, and one with none."""
    filled = (start(f"{session}-{at}", name, on, by, parameter=value) for at, value in enumerate(given, 1))
    return (*filled, start(f"{session}-0", name, on, by))


def _in(session: int, name: str, within: int, *given: str) -> tuple[Call, ...]:
    """A session in a role session with each of some parameters, and one with none."""
    filled = (start(f"{session}-{at}", name, "i-1", OPS, within, value) for at, value in enumerate(given, 1))
    return (*filled, start(f"{session}-0", name, document=OPS, within=within))


ROLES = (principal("dev", kind=PrincipalKind.ROLE), principal("sec", kind=PrincipalKind.ROLE))

_OF_PARAMETERS: dict[str, tuple[Call, ...]] = {
    "a-parameter-is-filled": (declaring(), *ask(1, "bob", "alice", "ops"), run_as(False), *ask(2, "bob")),
    "given-once-and-then-left-out": (declaring(), start(1, document=OPS), *ask(2, "bob"), *ask(3, "ops"), start(4),
        start(5, document=OPS)),
    "given-once-by-somebody-else": (principal("ben"), declaring(), *ask(1, "bob"), start(2, "ben", document=OPS),
        *ask(3, "ops", name="ben"), start(4, document=OPS), declaring("ops", name="Dev"), start(5, document="Dev")),
    "given-once-on-another-instance": (instance("i-2"), user("alice", on="i-2"), user("bob", on="i-2"), declaring(),
        *ask(1, "bob"), start(2, on="i-2", document=OPS), *ask(3, "bob", on="i-2"), start(4, document=OPS)),
    "left-out-where-the-document-names-nobody": (declaring(""), *ask(1, "bob", ""), start(2), declaring(" "), *ask(3,
        "bob")),
    "filled-by-the-tagged": (tag("alice"), declaring("ops"), *ask(1, "bob", "ops", "alice"), tag("bob"), *ask(2,
        "alice"), untag(), *ask(3, "bob")),
    "filled-by-the-tagged-with-what-starts-nobody": (tag("alice"), user("root", 0, 0), declaring("ops"), *ask(1, "",
        SSM_USER, "root", "dave"), untag(), *ask(2, "", SSM_USER, "root", "dave")),
    "filled-by-who-is-tagged-with-what-starts-nobody": (declaring(), user("zed", 0, 0), tag("dave"), *ask(1, "bob"),
        tag(SSM_USER), *ask(2, "bob"), tag("zed"), *ask(3, "bob"), user("dave"), tag("dave"), *ask(4, "bob")),
    "filled-by-who-has-a-blank-tag": (tag(""), declaring(), *ask(1, "bob", ""), tag(" "), *ask(2, "bob", " "),
        untag(), *ask(3, "bob", " ")),
    "filled-by-who-has-a-tag-of-another-key": (tag("alice", RUN_AS_TAG.lower()), declaring("ops"), *ask(1, "bob"),
        untag(), tag("alice", "Team"), *ask(2, "bob"), tag("alice", "osUser"), *ask(3, "bob")),
    "filled-by-the-tagged-and-by-the-untagged": (principal("ben"), tag("alice", name="ben"), declaring("ops"), *ask(1,
        "bob"), *ask(2, "bob", name="ben"), *ask(3, "bob")),
    "filled-with-ssm-user": (declaring(), *ask(1, SSM_USER), user(SSM_USER), *ask(2, SSM_USER), declaring(on=False),
        *ask(3, SSM_USER)),
    "filled-where-the-document-names-ssm-user": (declaring(SSM_USER), *ask(1, "bob"), user(SSM_USER), *ask(2, "bob")),
    "filled-with-an-empty-value": (declaring(), *ask(1, *BLANKS), declaring(""), *ask(2, *BLANKS)),
    "filled-with-superusers": (user("root", 0, 0), user("zed", 0, 0), user("yan", 7, 0), user("xan", 0, 7), declaring(),
        *ask(1, "root", "zed", "yan", "xan"), declaring("zed"), *ask(2, "bob", "zed")),
    "filled-with-who-is-not-there": (declaring(), *ask(1, "dave"), user("dave"), *ask(2, "dave"), gone("delete_os_user",
        instance="i-1", name="dave"), *ask(3, "dave"), gone("delete_os_user", instance="i-1", name="alice"), *ask(4,
        "bob")),
    "filled-with-similar-names": (declaring("ops"), *ask(1, "Alice", " alice", "alice ", "alice\n", "ali", "alice2",
        "2001", "\u0430lice"), user("Alice"), *ask(2, "Alice", "ALICE"), user("zo\u00eb"), *ask(3, "zoe\u0308")),
    "filled-with-long-names": (user(LONG), user(LONG[:32]), user(LONG[:255]), declaring(), *ask(1, LONG, LONG[1:],
        LONG[:255], LONG[:33])),
    "filled-with-what-looks-like-parameters": (user("{{ osUser }}"), declaring("{{ osUser }}"), *ask(1, "bob",
        "{{ osUser }}", "osUser", "null", "None", "false", "0"), user("osUser"), *ask(2, "osUser")),
    "given-to-preferences-that-declare-none": (start(1, parameter="bob"), start(1, parameter="ops"), start(1,
        parameter=""), start(1), end(1), tag("alice"), start(2, parameter="bob"), start(2)),
    "given-to-preferences-that-declare-one": (declaring("ops", name=PREFERENCES), *ask(1, "bob", by=PREFERENCES),
        run_as(True, "ops"), *ask(2, "bob", by=PREFERENCES), declaring(name=PREFERENCES), *ask(3, "bob",
        by=PREFERENCES)),
    "given-to-preferences-that-are-deleted": (declaring("ops", name=PREFERENCES), *ask(1, "bob", by=PREFERENCES),
        no_document(), *ask(2, "bob", by=PREFERENCES), run_as(True, "ops"), *ask(3, "bob", by=PREFERENCES)),
    "given-to-preferences-that-were-never-written": (no_document(), *ask(1, "bob", by=PREFERENCES), declaring(), *ask(2,
        "bob", by=PREFERENCES), *ask(3, "bob")),
    "given-to-a-document-that-declares-none": (document(OPS, True, "alice"), *ask(1, "bob", "alice", ""), tag("alice"),
        *ask(2, "bob"), document(OPS, False), *ask(3, "bob"), document(OPS, Switch.UNREADABLE), *ask(4, "bob")),
    "given-to-a-document-that-declares-none-anymore": (declaring(), *ask(1, "bob"), document(OPS, True, "alice"),
        *ask(2, "bob"), declaring("ops"), *ask(3, "bob")),
    "given-to-a-document-that-declared-none-before": (document(OPS, True, "alice"), *ask(1, "bob"), declaring(), *ask(2,
        "bob"), document(OPS, True), *ask(3, "bob")),
    "given-to-a-document-that-is-deleted-and-put-again": (declaring(), *ask(1, "bob"), no_document(OPS), *ask(2, "bob"),
        document(OPS, True, "alice"), *ask(3, "bob"), no_document(OPS), declaring(), *ask(4, "bob")),
    "given-to-a-document-that-is-missing": (start(1, document=OPS, parameter="bob"), declaring(name="Dev"), start(1,
        document=OPS, parameter="bob"), tag("alice"), start(1, document=OPS, parameter="bob"), start(1, document="Dev",
        parameter="bob"), untag(), start(2, document="Dev", parameter="bob")),
    "declared-by-the-preferences-alone": (declaring("ops", name=PREFERENCES), document(OPS, True, "alice"), *ask(1,
        "bob"), *ask(2, "bob", by=PREFERENCES)),
    "declared-by-another-document-alone": (declaring("ops", name="Dev"), document(OPS, True, "alice"), *ask(1, "bob"),
        *ask(2, "bob", by="Dev"), *ask(3, "bob", by=PREFERENCES)),
    "declared-by-a-document-whose-name-is-similar": (declaring("ops", name="ops"), document(OPS, True, "alice"), *ask(1,
        "bob"), *ask(2, "bob", by="ops"), no_document("ops"), *ask(3, "bob", by="ops"), *ask(4, "bob")),
    "declared-in-another-account-alone": (declaring(account=THEIRS), document(OPS, True, "alice"), *ask(1, "bob"),
        principal("cat", THEIRS), instance("i-3", account=THEIRS), user("bob", on="i-3"), *ask(2, "bob", name="cat",
        on="i-3"), declaring(), document(OPS, True, "bob", THEIRS), *ask(3, "bob"), *ask(4, "bob", name="cat",
        on="i-3")),
    "declared-in-another-region-alone": (declaring(region=THERE), document(OPS, True, "alice"), *ask(1, "bob"),
        instance("i-2", region=THERE), user("bob", on="i-2"), *ask(2, "bob", on="i-2"), declaring(), document(OPS, True,
        "bob", region=THERE), *ask(3, "bob"), *ask(4, "bob", on="i-2"), no_document(OPS, region=THERE), *ask(5, "bob"),
        *ask(6, "bob", on="i-2")),
    "filled-where-run-as-is-off": (declaring(on=False), *ask(1, "bob", "dave", ""), tag("alice"), *ask(2, "bob"),
        declaring(), *ask(3, "bob")),
    "filled-where-nobody-can-read-the-document": (declaring(on=Switch.UNREADABLE), *ask(1, "bob", ""), tag("alice"),
        *ask(2, "bob"), declaring(), *ask(3, "bob"), untag(), *ask(4, "bob")),
    "filled-where-run-as-covers-nothing": (instance("i-4", Platform.WINDOWS), instance("i-5", Platform.MACOS),
        user("bob", on="i-5"), declaring(), *ask(1, "bob", on="i-4"), *ask(2, "bob", on="i-5"), document(OPS, True,
        "bob"), *ask(3, "bob", on="i-4")),
    "given-and-something-else-missing": (start(1, "dan", parameter="bob"), start(1, on="i-9", parameter="bob"), start(1,
        document=OPS, parameter="bob"), start(1), start(1, parameter="bob"), start(1, "dan", "i-9", OPS,
        parameter="bob"), principal("cat", THEIRS), start(2, "cat", parameter="bob"), declaring(), start(1,
        document=OPS, parameter="bob"), start(2, "cat", document=OPS, parameter="bob"), *ask(3, "bob")),
    "the-id-of-what-gave-an-undeclared-parameter": (start(1, parameter="bob"), end(1), start(1), start(1,
        parameter="bob"), end(1), start(1, parameter="bob"), start(1)),
    "the-id-of-what-was-refused": (declaring(), start(1, document=OPS, parameter="dave"), end(1), start(1,
        document=OPS), start(1, document=OPS, parameter="bob"), end(1), start(2, document=OPS, parameter="")),
    "running-when-the-document-changes": (declaring(), *ask(1, "bob"), document(OPS, True, "ops"), *ask(2, "bob"),
        no_document(OPS), end("1-1"), end("1-0"), *ask(3, "bob"), end("1-1")),
    "the-instance-registered-again": (declaring(), *ask(1, "bob"), gone("deregister_instance", instance="i-1"), *ask(2,
        "bob"), instance(), user("bob"), *ask(3, "bob"), user("alice"), *ask(4, "bob")),
    "filled-in-role-sessions": (principal("dev", kind=PrincipalKind.ROLE), declaring("ops"), assume(1, "dev", "alice"),
        assume(2, "dev"), start(1, "dev", document=OPS, within=1, parameter="bob"), start(2, "dev", document=OPS,
        within=2, parameter="bob"), start(3, "dev", document=OPS, within=2), tag("alice", name="dev"), start(4, "dev",
        document=OPS, within=2, parameter="bob"), start(5, "dev", within=1, parameter="bob"), start(5, "dev",
        document=OPS, within=9, parameter="bob"), *ask(6, "bob", name="dev"), leave(1), start(7, "dev", document=OPS,
        within=1, parameter="bob")),
    "filled-where-a-session-tag-goes-on": (*ROLES, declaring("ops"), assume(1, "dev", "alice", transitive=True),
        assume(2, "sec", source=1), *_in(1, "dev", 1, "bob", "", SSM_USER), *_in(2, "sec", 2, "bob", "", SSM_USER),
        tag("ops", name="sec"), *_in(3, "sec", 2, "bob"), *ask(4, "bob", name="sec")),
    "filled-where-a-session-tag-is-blank": (*ROLES, declaring("ops"), assume(1, "dev", " "), assume(2, "dev", "",
        transitive=True), assume(3, "sec", source=2), *_in(1, "dev", 1, "bob", ""), *_in(2, "dev", 2, "bob"), *_in(3,
        "sec", 3, "bob"), tag("alice", name="dev"), *_in(4, "dev", 1, "bob")),
    "filled-where-a-session-tag-starts-nobody": (*ROLES, user("zed", 0, 0), declaring("ops"), assume(1, "dev", "dave"),
        assume(2, "dev", SSM_USER), assume(3, "dev", "zed", transitive=True), assume(4, "sec", source=3), *_in(1,
        "dev", 1, "bob"), *_in(2, "dev", 2, "bob"), *_in(3, "dev", 3, "bob"), *_in(4, "sec", 4, "bob"), user("dave"),
        *_in(5, "dev", 1, "bob")),
    "filled-where-no-session-tag-goes-on": (*ROLES, declaring("ops"), assume(1, "dev", "alice"), assume(2, "sec",
        source=1), assume(3, "dev", source=2), *_in(1, "sec", 2, "bob"), *_in(2, "dev", 3, "bob", ""), tag("alice",
        name="sec"), *_in(3, "sec", 2, "bob")),
    "filled-where-session-tags-have-other-keys": (*ROLES, declaring("ops"), assume(1, "dev", "alice", "Team"), assume(2,
        "dev", "alice", RUN_AS_TAG + "2"), assume(3, "dev", "alice", RUN_AS_TAG.lower()), *_in(1, "dev", 1, "bob"),
        *_in(2, "dev", 2, "bob"), *_in(3, "dev", 3, "bob"), tag("alice", RUN_AS_TAG + "2"), *ask(4, "bob")),
    "given-once-in-the-source-of-a-chain": (*ROLES, declaring("ops"), assume(1, "dev"), *_in(1, "dev", 1, "bob"),
        assume(2, "sec", source=1), *_in(2, "sec", 2), *_in(3, "sec", 2, "alice"), *_in(4, "dev", 1)),
    "given-in-role-sessions-where-none-is-declared": (*ROLES, document(OPS, True, "ops"), assume(1, "dev", "alice",
        transitive=True), assume(2, "sec", source=1), assume(3, "sec"), *_in(1, "dev", 1, "bob"), *_in(2, "sec", 2,
        "bob"), *_in(3, "sec", 3, "bob")),
    "given-to-preferences-of-another-region": (instance("i-2", region=THERE), user("bob", on="i-2"), user("ops",
        on="i-2"), declaring("ops", name=PREFERENCES, region=THERE), *ask(1, "bob", "ops", on="i-2", by=PREFERENCES),
        *ask(2, "bob", by=PREFERENCES)),
    "given-blank-to-preferences": (declaring("ops", name=PREFERENCES), *ask(1, *BLANKS, by=PREFERENCES)),
    "filled-with-ssm-user-where-nobody-can-read": (user(SSM_USER), declaring(on=Switch.UNREADABLE), *ask(1, SSM_USER),
        tag(SSM_USER), *ask(2, SSM_USER)),
}  # fmt: skip
OF_PARAMETERS = {id: (*SETTINGS, *calls) for id, calls in _OF_PARAMETERS.items()}
"""What happens, by id, from nothing on."""
