"""Ids that are written like others: of principals, accounts, instances and sessions, and keys made by joining two."""

from collections.abc import Iterator

from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import RUN_AS_TAG, Platform, PrincipalKind
from runas_properties.stateful.calls import end, gone, instance, principal, run_as, start, tag, untag, user
from runas_properties.stateful.steering import ACCOUNTS

__all__ = ["SIMILAR_IDS", "SEPARATORS", "joined", "told_apart"]

OURS, THEIRS = ACCOUNTS
SIMILAR_IDS: dict[str, tuple[tuple[str, str], ...]] = {
    "principal": (
        *(("Amy", "amy"), ("amy", "AMY"), ("amy2", "amy"), ("am", "amy"), ("amy", "amy.k"), ("my", "amy"), ("yma",
        "amy")),
        *(("amy ", "amy"), (" amy", "amy"), ("amy\n", "amy"), ("åmy", "amy"), ("аmy", "amy"), ("am\u200by", "amy")),
        *(("user/amy", "amy"), ("amy@corp", "amy"), ("amy-1", "amy_1"), ("amy.k", "amyk"), ("amy+k", "amy k"), ("%61my",
        "amy")),
        *(("01", "1"), ("1e3", "1000"), ("1.0", "1"), ("0x10", "16"), ("AaAa", "BBBB"), ("plumless", "buckeroo")),
        *(("n" * 16 + "b", "n" * 16 + "a"), ("n" * 32 + "b", "n" * 32 + "a"), ("n" * 64 + "b", "n" * 64 + "a"), ("an",
        "ab")),
        *(("0", "amy"), ("false", "amy"), ("undefined", "amy"), ("-1", "amy"), ("None", "amy"), ("1111", "111")),
        ("arn:aws:iam::111111111111:user/amy", "arn:aws:iam::222222222222:user/amy"),
        ("arn:aws:iam::111111111111:role/amy", "arn:aws:iam::111111111111:user/amy"),
        ("arn:aws:iam::111111111111:user/x/amy", "arn:aws:iam::111111111111:user/amy"),
        *(("AIDAEXAMPLE1:amy", "AIDAEXAMPLE2:amy"), ("role/ops", "role/dev"), ("null", "amy"), ("root", "amy"), ("*",
        "amy")),
        *(("am_", "amy"), ("am%", "amy"), ("amy,ben", "amy"), ("ssm-user", "amy"), ("amy/../ben", "ben"), ("zoe\u0308",
        "zoë")),
        *(("josé", "jose\u0301"), ("\u212bsa", "åsa"), ("ﬁn", "fin"), ("ａｍｙ", "amy"), ("o\u0302\u0323",
        "o\u0323\u0302")),
    ),
    "account": (
        *(("000000000010", "000000000001"), ("111111111112", "111111111111"), ("211111111111", "111111111111")),
        *(("115406078407", "111111111111"), ("000000000012", "120000000000"), ("000000000010", "000000000008")),
        *(("123456789012", "210987654321"), ("111111222222", "222222111111"), ("100000000000", "000000000000")),
        *(("111111111120", "111111111111"), ("011111111111", "001111111111"), ("429496729600", "000000000000")),
        *(("111111111111 ", "111111111111"), (" 111111111111", "111111111111"), ("1111-1111-1111", "111111111111")),
        *(("1111111111111", "111111111111"), ("9007199254740993", "9007199254740992"), ("11111111111", "011111111111")),
        *(("1", "01"), ("Prod", "prod"), ("prod-1", "prod"), ("1.11111111111e11", "111111111111"), ("0", "null")),
        *(("arn:aws:iam::111111111111:root", "111111111111"), ("n" * 32 + "b", "n" * 32 + "a"), ("plumless",
        "buckeroo")),
        *(("123456789013", "123456789012"), ("000000065537", "000000000001"), ("099999999999", "999999999990")),
    ),
    "instance": (
        *(("i-10", "i-1"), ("i-1", "i-10"), ("I-1A", "i-1a"), ("i-01", "i-1"), ("mi-1", "i-1"), ("i-1", "mi-1"),
        ("i-1 ", "i-1")),
        *(("i-0123456789abcdef1", "i-0123456789abcdef0"), ("i-1123456789abcdef0", "i-0123456789abcdef0"), ("i_1",
        "i-1")),
        *(("i-0123456789ABCDEF0", "i-0123456789abcdef0"), ("i-1e3", "i-1000"), ("i-12", "i-21"), ("i-0000001", "i-1")),
        *(("i-100000000", "i-1"), ("i-0x1", "i-1"), ("i-1.example", "i-1"), ("1", "i-1"), ("i-aAaA", "i-aBBA"), ("*",
        "i-1")),
        *(("0", "i-1"), ("null", "i-1"), ("i-1\n", "i-1"), ("i-é", "i-e"), ("i%2d1", "i-1"), ("i\u20101", "i-1")),
        *(("mi-0123456789abcdef0", "i-0123456789abcdef0"), ("i-plumless", "i-buckeroo"), ("arn:aws:ec2:::instance/i-1",
        "i-1")),
        *(("i-1" + "0" * 31, "i-1" + "0" * 30), ("i-1/x", "i-1"), ("i-" + "a" * 40, "i-" + "a" * 39 + "b"), ("i-1,i-2",
        "i-1")),
        *(("i-e\u0301", "i-é"), ("i-å", "i-a\u030a"), ("i-\u212a", "i-K"), ("i-１", "i-1"), ("i-o\u0302\u0323",
        "i-o\u0323\u0302")),
    ),
    "session": (
        *(("s-10", "s-1"), ("s-1", "s-10"), ("S-1", "s-1"), ("s-01", "s-1"), ("1", "s-1"), ("s-1 ", "s-1"), ("t-1",
        "s-1")),
        *(("amy-0a1b2c", "ben-0a1b2c"), ("amy-0a1b2d", "amy-0a1b2c"), ("amy-0A1B2C", "amy-0a1b2c"), ("s_1", "s-1")),
        *(("s-1e3", "s-1000"), ("s-12", "s-21"), ("n" * 32 + "b", "n" * 32 + "a"), ("n" * 64 + "b", "n" * 64 + "a")),
        *(("AaAa", "BBBB"), ("plumless", "buckeroo"), ("1", "01"), ("1.0", "1"), ("4294967297", "1"), ("s-1/x", "s-1")),
        *(("an", "ab"), ("s-1,s-2", "s-1"), ("*", "s-1"), ("s%2d1", "s-1"), ("s-1\n", "s-1"), ("s-2-1", "s-1-2"),
        ("amy", "i-1")),
        *(("0", "s-1"), ("null", "s-1"), ("false", "s-1"), ("-1", "s-1"), ("None", "s-1"), ("undefined", "s-1"), ("s-é",
        "s-e")),
        *(("s-e\u0301", "s-é"), ("zoë-0a1b2c", "zoe\u0308-0a1b2c"), ("s-\u212a", "s-K"), ("s-１", "s-1"),
        ("s-o\u0302\u0323", "s-o\u0323\u0302"), ("ﬁn-0a1b2c", "fin-0a1b2c")),
    ),
}  # fmt: skip
"""Pairs of ids that differ, by whose they are."""

SEPARATORS = ("", ":", "/", "-", ".", "|", "_", " ", ",", "#", "@", ";", "\0", "\x1f", "::", "+", "=", "\t")
"""What implementations put between the parts of a key."""


def told_apart(whose: str, one: str, other: str) -> tuple[Call, ...]:
    """Calls in which two ids of a kind live side by side, one of them after the other is gone."""
    return tuple(_CASES[whose](one, other))


def joined(separator: str) -> tuple[Call, ...]:
    """Tags, OS users and sessions that are two, but whose parts are one text when they are joined with a separator."""
    far, there = f"amy{separator}x", f"i-1{separator}a"
    return (
        *(principal(), principal(far), instance(), instance(there), user("ops"), user("ops", on=there)),
        *(run_as(True, "ops"), tag("alice", f"x{separator}{RUN_AS_TAG}"), start("t-1", far), start("t-2")),
        *(user("alice"), tag("alice", name=far), start("t-3"), start("t-4", far)),
        *(user(f"a{separator}alice"), start("t-5", far, there), user("alice", on=there), start("t-6", far, there)),
        *(gone("delete_os_user", instance="i-1", name=f"a{separator}alice"), start("t-7", far, there)),
        *(start(f"a{separator}s"), start("s", far, there), start(f"x{separator}u"), start("u", far, there)),
        *(end(f"a{separator}s"), end("s"), end(f"x{separator}u"), gone("delete_principal",
        principal="amy")),
        *(start("t-8", far), gone("deregister_instance", instance="i-1"), start("t-9", far, there)),
        *_joined_backwards(separator),
    )  # fmt: skip


def _joined_backwards(separator: str) -> Iterator[Call]:
    """The same with the parts the other way round: the key of a tag before the principal, and so on."""
    far, there = f"x{separator}ben", f"a{separator}j-1"
    yield from (principal("ben"), principal(far), instance("j-1"), instance(there))
    yield from (user("ops", on="j-1"), user("ops", on=there), user("alice", on="j-1"))
    yield from (tag("alice", f"{RUN_AS_TAG}{separator}x", "ben"), start("v-1", far, "j-1"), tag("alice", name=far))
    yield from (start("v-2", "ben", "j-1"), start("v-3", far, "j-1"), start("v-4", far, there))
    yield from (user(f"alice{separator}a", on="j-1"), start("v-5", far, there), user("alice", on=there))
    yield from (start("v-6", far, there), start(f"z{separator}a", "ben", "j-1"), start("z", far, there))
    yield from (start(f"w{separator}x", "ben", "j-1"), start("w", far, there), end(f"z{separator}a"), end("w"))


def _principals(one: str, other: str) -> Iterator[Call]:
    yield from (instance(), user("alice"), user("ops", 2002, 2002), run_as(True, "ops"), principal(other))
    yield from (tag("alice", name=other), start(1, one), principal(one, kind=PrincipalKind.ROLE), start(2, one))
    yield from (start(3, other), tag("dave", name=one), start(4, other), start(5, one), untag(name=one), start(6, one))
    yield from (gone("delete_principal", principal=one), start(7, other), principal(one, THEIRS), start(8, one))
    yield from (start(9, other), tag("ops", name=one), gone("delete_principal", principal=other), start(10, one))
    yield from (principal(other), start(11, other), untag(name=one))


def _accounts(one: str, other: str) -> Iterator[Call]:
    yield from (principal("amy", one), principal("ben", other), instance("i-1", account=one))
    yield from (instance("i-2", account=other), user("ops"), user("ops", on="i-2"), user("alice", on="i-2"))
    yield from (run_as(True, "ops", other), start(1), start(2, "ben", "i-2"), start(3, "amy", "i-2"), start(4, "ben"))
    yield from (run_as(True, "alice", one), start(5, "ben", "i-2"), start(6), run_as(False, "alice", other), start(7))
    yield from (
        start(8, "ben", "i-2"),
        run_as(True, "alice", other),
        run_as(False, "", one),
        start(9, "ben", "i-2"),
    )


def _instances(one: str, other: str) -> Iterator[Call]:
    yield from (principal(), tag("alice"), run_as(True, "ops"), instance(other), user("alice", on=other))
    yield from (start(1, on=one), instance(one), start(2, on=one), user("alice", on=one), start(3, on=one))
    yield from (
        start(4, on=other),
        gone("delete_os_user", instance=one, name="alice"),
        start(5, on=other),
        start(6, on=one),
    )
    yield from (gone("deregister_instance", instance=one), start(7, on=one), start(8, on=other))
    yield from (instance(one, Platform.WINDOWS), start(9, on=other), start(10, on=one))
    yield from (gone("deregister_instance", instance=other), instance(other, account=THEIRS), start(11, on=one))


def _sessions(one: str, other: str) -> Iterator[Call]:
    yield from (
        principal(),
        principal("ben"),
        instance(),
        user("alice"),
        user("ops"),
        run_as(True, "ops"),
        tag("alice"),
    )
    yield from (start(other), end(one), start(one, "ben"), end(other), start(other), end(one))
    yield from (start(one), end(one), end(other))


_CASES = {"principal": _principals, "account": _accounts, "instance": _instances, "session": _sessions}
