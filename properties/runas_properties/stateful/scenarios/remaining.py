"""What an operation leaves: a scene, an operation that succeeds or fails, and then questions about everything.

The scene has two accounts, three principals, three instances and sessions on each, one of which has ended. The
questions are starts by every principal on every instance, and the ends of sessions that were there.
"""

from collections.abc import Collection, Mapping
from random import Random
from typing import Any

from runas_model.specification.nouns import Noun
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    PREFERENCES,
    RUN_AS_TAG,
    SSM_USER,
    Platform,
    PrincipalKind,
    Switch,
)
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

__all__ = ["EVENTS", "QUESTIONS", "SCENE", "after", "any_call", "in_another_order"]

(OURS, THEIRS), ROLE = ACCOUNTS, PrincipalKind.ROLE
SMALL_KEY = RUN_AS_TAG.lower()
ROLE_SESSIONS = ("a", "a", "b", "c")
DRAWN_SWITCHES = (True, True, True, False, Switch.UNREADABLE)

SETTINGS = (
    *(principal("amy"), principal("ben", kind=ROLE), principal("cat", THEIRS)),
    *(instance("i-1"), instance("i-2"), instance("i-3", account=THEIRS)),
    *(user("alice"), user("ops", 2002, 2002), user("ops", 2102, 2102, "i-2"), user("carol", on="i-2")),
    *(user("ops", 2002, 2002, "i-3"), user("alice", 2202, 2202, "i-3")),
    *(tag("ops", "Team"), tag("alice"), tag("ops", name="cat"), tag("alice", "Team", "ben")),
    *(run_as(True, "ops"), run_as(True, "alice", THEIRS)),
)  # fmt: skip
SCENE = (
    *SETTINGS,
    *(start(1), start(2, "ben"), start(3, "ben", "i-2"), start(4, "cat", "i-3"), start(5), end(5)),
)
"""Where everything begins: amy runs as alice, ben as ops by default, cat as ops in another account."""

AGAIN = gone("delete_principal", principal="amy"), principal("amy")
GONE = gone("deregister_instance", instance="i-1")
NO_ALICE = gone("delete_os_user", instance="i-1", name="alice")
NO_SSM_USER = gone("delete_os_user", instance="i-1", name=SSM_USER)
SSM_USER_MADE = (run_as(False), start("n-1"), run_as(True, "ops"))

EVENTS: dict[str, tuple[Call, ...]] = {
    "nothing": (),
    "create-principal-that-exists": (principal("amy"),),
    "create-principal-that-exists-as-a-role-elsewhere": (principal("amy", THEIRS, ROLE),),
    "create-principal-of-another-account": (principal("cat"),),
    "create-principal": (principal("dan"), start("n-1", "dan")),
    "delete-principal": AGAIN[:1],
    "delete-principal-twice": (AGAIN[0], AGAIN[0]),
    "delete-principal-that-is-unknown": (gone("delete_principal", principal="dan"), start("n-1", "dan")),
    "make-principal-again": AGAIN,
    "make-principal-again-elsewhere": (AGAIN[0], principal("amy", THEIRS), start("n-1", "amy", "i-3")),
    "make-principal-again-as-a-role": (AGAIN[0], principal("amy", kind=ROLE)),
    "make-principal-again-and-tag-it": (*AGAIN, tag("ops", "Team"), start("n-1"), tag("carol")),
    "delete-role": (gone("delete_principal", principal="ben"), principal("ben")),
    "tag-again": (tag("ops"),),
    "tag-with-the-same-value": (tag("alice"), tag("alice")),
    "tag-the-untagged": (tag("carol", name="ben"),),
    "tag-with-another-key": (tag("ops", "Role"),),
    "tag-with-an-older-spelling": (tag("ops", SMALL_KEY), tag("alice")),
    "tag-with-nobody": (tag("nobody1"), tag("nobody1", name="ben")),
    "tag-an-unknown-principal": (tag("carol", name="dan"), start("n-1", "dan"), principal("dan"), start("n-2", "dan")),
    "untag": (untag(),),
    "untag-and-tag": (untag(), tag("alice")),
    "untag-another-key": (untag("Team"),),
    "untag-an-unknown-key": (untag("Role"), untag("role"), untag("")),
    "untag-the-untagged": (untag(name="ben"),),
    "untag-twice": (untag(), untag()),
    "untag-twice-and-tag": (untag(), untag(), tag("alice"), untag(name="ben"), tag("ops", name="ben")),
    "untag-an-unknown-principal-and-make-it": (untag(name="dan"), principal("dan"), tag("alice", name="dan"),
        start("n-1", "dan")),
    "untag-an-unknown-principal": (untag(name="dan"), start("n-1", "dan")),
    "switch-off": (run_as(False, "ops"),),
    "switch-off-elsewhere": (run_as(False, "alice", THEIRS),),
    "switch-off-and-on": (run_as(False), start("n-1", "ben"), run_as(True), start("n-2", "ben"), run_as(True, "ops")),
    "switch-unreadable-and-on": (run_as(Switch.UNREADABLE, "ops"), start("n-1"), run_as(True, "carol")),
    "take-the-default-away": (run_as(True),),
    "name-another-default": (run_as(True, "alice"), run_as(True, "carol")),
    "name-a-missing-default": (run_as(True, "dave"), start("n-1", "ben"), user("dave"), start("n-2", "ben")),
    "name-the-default-again": (run_as(True, "ops"), run_as(True, "ops")),
    "name-default-elsewhere": (run_as(True, "ops", THEIRS), run_as(True, "", THEIRS)),
    "register-again": (instance("i-1"),),
    "register-again-elsewhere": (instance("i-1", account=THEIRS), start("n-1", "cat")),
    "register-again-as-windows": (instance("i-1", Platform.WINDOWS), instance("i-3")),
    "register": (instance("i-4"), start("n-1", "ben", "i-4"), user("ops", on="i-4"), start("n-2", "ben", "i-4")),
    "deregister": (GONE,),
    "deregister-twice": (GONE, GONE),
    "deregister-an-unknown-instance": (gone("deregister_instance", instance="i-9"), start("n-1", on="i-9")),
    "deregister-the-last-of-an-account-and-register": (gone("deregister_instance", instance="i-3"),
        instance("i-3", account=THEIRS), user("alice", on="i-3"), principal("dan", THEIRS), start("n-1", "dan", "i-3")),
    "delete-the-last-principal-of-an-account": (gone("delete_principal", principal="cat"), principal("cat", THEIRS),
        start("n-1", "cat", "i-3")),
    "deregister-elsewhere": (gone("deregister_instance", instance="i-3"),),
    "deregister-and-register": (GONE, instance("i-1"), start("n-1"), user("alice")),
    "deregister-and-register-elsewhere": (GONE, instance("i-1", account=THEIRS), user("alice"), start("n-1", "cat")),
    "deregister-and-register-as-windows": (GONE, instance("i-1", Platform.WINDOWS)),
    "deregister-where-ssm-user-was-made": (run_as(False), start("n-1"), GONE, instance("i-1"), run_as(True, SSM_USER),
        start("n-2", "ben")),
    "deregister-all": (GONE, *(gone("deregister_instance", instance=one) for one in ("i-2", "i-3"))),
    "delete-principal-that-is-unknown-and-make-it": (gone("delete_principal", principal="dan"), principal("dan"),
        tag("alice", name="dan"), start("n-1", "dan"), gone("delete_principal", principal="dan"), start("n-2", "dan")),
    "deregister-an-unknown-instance-and-register-it": (gone("deregister_instance", instance="i-9"), instance("i-9"),
        user("alice", on="i-9"), start("n-1", on="i-9"), gone("deregister_instance", instance="i-9")),
    "delete-os-user-that-is-unknown-and-make-it": (gone("delete_os_user", instance="i-1", name="eve"), user("eve"),
        tag("eve"), start("n-1"), gone("delete_os_user", instance="i-1", name="eve"), start("n-2"), tag("alice")),
    "superuser-elsewhere": (user("zed", 0, 0), user("zed", 7, 7, "i-2"), tag("zed"), start("n-1", on="i-2"),
        start("n-2")),
    "superuser-elsewhere-first": (user("zed", 7, 7), user("zed", 0, 0, "i-2"), tag("zed"), start("n-1", on="i-2"),
        start("n-2")),
    "one-id-for-all": (principal("x"), principal("i-1"), principal("s-1"), instance("x"), instance("amy"), user("amy"),
        user("x", on="x"), user("i-1"), tag("x", name="x"), start("x", "x", "x"), start("amy", on="amy"), start("i-1",
        "i-1"), tag("i-1", name="i-1"), start("n-1", "i-1"), end("amy"), gone("delete_principal", principal="x"),
        gone("deregister_instance", instance="x"), end("x"), end("i-1")),
    "make-os-user-that-exists": (user("alice", 0, 0), user("ops", 0, 0), user("alice", 9, 9)),
    "make-os-user-on-an-unknown-instance": (user("dave", on="i-9"), instance("i-9"), tag("dave"), start("n-1",
        on="i-9")),
    "make-os-user-with-a-blank-name": (user(""), user(" "), user("\t", on="i-2"), user("", on="i-9")),
    "make-os-user-of-another-instance": (user("carol"), run_as(True, "carol"), start("n-1", "ben")),
    "make-os-user-with-the-ids-of-another": (user("eve", 2001, 2001), tag("eve"), start("n-1")),
    "delete-os-user": (NO_ALICE,),
    "delete-os-user-twice": (NO_ALICE, NO_ALICE),
    "delete-os-user-that-is-elsewhere": (gone("delete_os_user", instance="i-1", name="carol"),),
    "delete-os-user-on-an-unknown-instance": (gone("delete_os_user", instance="i-9", name="alice"),),
    "delete-os-user-and-make-it-again": (NO_ALICE, start("n-1"), user("alice", 2009, 2009)),
    "delete-os-user-and-make-it-a-superuser": (NO_ALICE, user("alice", 0, 0), start("n-1"), NO_ALICE, user("alice")),
    "delete-superuser-and-make-it-ordinary": (user("zed", 0, 0), tag("zed"), start("n-1"),
        gone("delete_os_user", instance="i-1", name="zed"), user("zed", 7, 7), start("n-2")),
    "delete-default-os-user": (gone("delete_os_user", instance="i-2", name="ops"), start("n-1", "ben", "i-2")),
    "make-ssm-user": (user(SSM_USER), tag(SSM_USER), start("n-1"), gone("delete_os_user", instance="i-1",
        name=SSM_USER)),
    "let-ssm-user-be-made": (run_as(False), start("n-1"), start("n-2", "ben"), end("n-1"), run_as(True, "ops")),
    "let-ssm-user-be-made-where-its-ids-are-taken": (user("dora", 1001, 1001), user("emil", 1001, 1002), run_as(False),
        start("n-1"), run_as(True, "ops")),
    "delete-ssm-user-in-use": (run_as(False), start("n-1"), gone("delete_os_user", instance="i-1", name=SSM_USER),
        start("n-2"), run_as(True, "ops"), end("n-2")),
    "start-with-a-running-id": (start(1, "ben"), start(2), start(3, "ben", "i-2")),
    "start-with-a-running-id-elsewhere": (start(4), start(1, "cat", "i-3")),
    "start-with-an-ended-id": (start(5), start(5, "ben", "i-2"), end(5)),
    "start-with-an-id-of-a-deregistered-instance": (GONE, start(1, "ben", "i-2"), start(2, "cat", "i-3"), end(1)),
    "start-with-the-id-of-a-refusal": (start("n-1", on="i-2"), end("n-1"), start("n-1"), end("n-1"), start("n-1")),
    "start-with-the-id-of-an-error": (start("n-1", "dan"), start("n-1", on="i-9"), start("n-1", "cat"), start("n-1")),
    "start-elsewhere": (start("n-1", "cat"), start("n-2", on="i-3"), end("n-1")),
    "start-by-an-unknown-principal": (start("n-1", "dan"), start("n-2", "dan", "i-9"), start(1, "dan")),
    "start-on-an-unknown-instance": (start("n-1", on="i-9"), instance("i-9"), start("n-2", on="i-9"), start(2,
        on="i-9")),
    "refuse-because-nobody-is-named": (run_as(True), start("n-1", "ben"), start("n-2", "ben", "i-2"), run_as(True,
        "ops")),
    "refuse-because-nobody-can-read": (run_as(Switch.UNREADABLE), start("n-1"), start("n-2", "ben"), run_as(True,
        "ops")),
    "refuse-because-of-ssm-user": (tag(SSM_USER), start("n-1"), user(SSM_USER), start("n-2"), tag("alice")),
    "end-one": (end(1),),
    "end-twice": (end(2), end(2), end(2)),
    "end-the-ended": (end(5),),
    "end-an-unknown-session": (end("n-9"), start("n-9"), end("n-9")),
    "end-all": (end(4), end(3), end(2), end(1)),
    "end-and-start-again": (end(1), start(1), start("n-1"), end(1)),
    "start-six-and-end-some": (*(start(f"n-{one}") for one in range(6)), end("n-0"), end("n-5"), end("n-2")),
    "register-again-where-ssm-user-was-made": (*SSM_USER_MADE, instance("i-1"), NO_SSM_USER),
    "register-again-elsewhere-where-ssm-user-was-made": (*SSM_USER_MADE, instance("i-1", account=THEIRS), end("n-1"),
        NO_SSM_USER, start("n-2")),
    "register-again-as-windows-where-ssm-user-is": (user(SSM_USER), instance("i-1", Platform.WINDOWS), NO_SSM_USER),
    "register-again-where-many-os-users-are": (user("carol"), user("zed", 0, 0), user("eve", 7, 7), instance("i-1"),
        tag("eve"), start("n-1"), *(gone("delete_os_user", instance="i-1", name=one) for one in ("carol", "zed"))),
    "deregister-an-unknown-instance-where-ssm-user-was-made": (*SSM_USER_MADE, gone("deregister_instance",
        instance="i-9"), NO_SSM_USER),
    "create-principal-that-exists-where-ssm-user-was-made": (*SSM_USER_MADE, principal("amy"), end("n-1"),
        NO_SSM_USER),
    "make-ssm-user-that-was-made": (*SSM_USER_MADE, user(SSM_USER, 7, 7), end("n-1"), NO_SSM_USER),
}  # fmt: skip
"""What happens, by id: operations that succeed or fail."""


QUESTIONS = (
    *(start("p-1"), start("p-2", on="i-2"), start("p-3", "ben"), start("p-4", "ben", "i-2")),
    *(start("p-5", "cat", "i-3"), start("p-6", "ben", "i-3"), start("p-7", "cat"), start(5)),
    *(end(1), end(2), start(1, "ben"), untag(), start("p-8"), untag("Team"), untag(name="cat")),
    *(start("p-9", "cat", "i-3"), end(3), run_as(False), start("p-10", "ben", "i-2")),
    *(start("p-11", "cat", "i-3"), end("p-10"), start("p-12", "dan")),
)
"""What shows the state: who may start where and as whom, and which ids and tags are there."""


def after(event: tuple[Call, ...]) -> tuple[Call, ...]:
    """The scene, what happens, and the questions."""
    return (*SCENE, *event, *QUESTIONS)


def in_another_order(random: Random) -> tuple[Call, ...]:
    """The settings in another order, then the questions; what must exist first is made first."""
    left, made, ordered = list(SETTINGS), set[str](), list[Call]()
    random.shuffle(left)
    while left:
        call = next(one for one in left if _needs(one) <= made)
        left.remove(call)
        ordered.append(call)
        if call[0] in ("create_principal", "register_instance"):
            made.add(str(call[1].get("principal", call[1].get("instance"))))
    return (*ordered, *QUESTIONS)


def _needs(call: Call) -> set[str]:
    operation, arguments = call
    if operation in ("create_principal", "register_instance"):
        return set()
    return {str(arguments[part]) for part in ("principal", "instance") if part in arguments}


def any_call(random: Random, about: Mapping[str, Any], nouns: Collection[Noun] = tuple(Noun)) -> Call:
    """An operation with arguments from those in the scene, and some that are not in it; half of them as in `about`.

    Of nouns beside those given none is spoken.
    """

    def drawn(parameter: str, *every: Any) -> Any:
        return about[parameter] if parameter in about and random.random() < 0.5 else random.choice(every)

    who = drawn("principal", "amy", "amy", "ben", "cat", "dan")
    where = drawn("instance", "i-1", "i-1", "i-2", "i-3", "i-9")
    account = drawn("account", OURS, OURS, THEIRS)
    name = drawn("name", "alice", "ops", "carol", "eve", SSM_USER, "")
    key = drawn("key", RUN_AS_TAG, RUN_AS_TAG, "Team", SMALL_KEY)
    session = drawn("session", "s-1", "s-2", "s-3", "s-4", "s-5", "n-1", "n-2")
    region, by, within, more = DEFAULT_REGION, PREFERENCES, "", list[Call]()
    given, declares = None, False
    if Noun.REGIONS in nouns:
        region = drawn("region", *REGIONS[:1] * 3, *REGIONS[1:])
    if Noun.DOCUMENTS in nouns:
        by, own = drawn("document", *DOCUMENTS[:1] * 3, *DOCUMENTS[1:]), random.choice(DOCUMENTS[1:])
        if Noun.PARAMETERS in nouns:
            given, declares = random.choice((None, None, name)), random.random() < 0.5
        written = document(own, random.choice(DRAWN_SWITCHES), name, account, region, declares)
        more += [written, written, no_document(own, account, region), no_document(PREFERENCES, account, region)]
    if Noun.ROLES in nouns:
        within, begun = (drawn("role_session", *ROLE_SESSIONS) for _ in range(2))
        source, role = random.choice(("", "", within)), drawn("principal", "ben", "ben", "ben", "amy", "dan")
        value, goes_on = random.choice((None, name, name)), random.random() < 0.5
        more += [*[assume(begun, role, value, key, goes_on, source)] * 4, leave(begun)]
        within = random.choice(("", within))
        who = role if within else who
    return random.choice((
        *more,
        *[start(one, who, where, by, within, given) for one in (session, f"r-{random.randrange(10**6)}")] * 4,
        principal(who, account, random.choice(tuple(PrincipalKind))),
        gone("delete_principal", principal=who),
        *[tag(name, key, who)] * 2,
        untag(key, who),
        *[run_as(random.choice(DRAWN_SWITCHES), name, account, region)] * 2,
        instance(where, random.choice((Platform.LINUX, Platform.LINUX, *Platform)), account, region),
        gone("deregister_instance", instance=where),
        *[user(name, random.choice((0, 7, 1001, 2001)), random.choice((0, 7, 1001)), where)] * 2,
        gone("delete_os_user", instance=where, name=name),
        end(session),
    ))  # fmt: skip
