"""Session documents and Regions: which document holds, where it is, and what is taken for it.

amy starts sessions on i-1, where the OS users alice and ops are; the preferences there name ops.
"""

from collections.abc import Iterator

from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import PREFERENCES, Platform, Switch
from runas_properties.stateful.calls import (
    document,
    end,
    gone,
    instance,
    no_document,
    principal,
    run_as,
    start,
    tag,
    untag,
    user,
)
from runas_properties.stateful.steering import ACCOUNTS, REGIONS

__all__ = ["OF_DOCUMENTS", "SIMILAR_DOCUMENTS", "SIMILAR_REGIONS", "documents_joined", "documents_told_apart",
           "regions_told_apart"]  # fmt: skip

(OURS, THEIRS), (HERE, THERE), OPS = ACCOUNTS, REGIONS, "Ops"
UNREADABLE = Switch.UNREADABLE

SETTINGS = (principal(), instance(), user("alice"), user("ops", 2002, 2002), run_as(True, "ops"))
ELSEWHERE = (instance("i-2", region=THERE), user("alice", on="i-2"), user("ops", 2002, 2002, "i-2"))
"""An instance of the same account in another Region."""
ABROAD = (principal("cat", THEIRS), instance("i-3", account=THEIRS), user("alice", on="i-3"), user("ops", on="i-3"))
"""A principal and an instance of another account."""
GONE = gone("deregister_instance", instance="i-1")


def ask(session: int | str, name: str = "amy", on: str = "i-1") -> tuple[Call, ...]:
    """A session by the preferences, and one with the document."""
    return start(f"{session}-1", name, on), start(f"{session}-2", name, on, OPS)


def moved(region: str) -> tuple[Call, ...]:
    """The instance registered in another Region, with the same OS users."""
    return GONE, instance(region=region), user("alice"), user("ops", 2002, 2002)


_OF_DOCUMENTS: dict[str, tuple[Call, ...]] = {
    "a-document-of-another-account": (*ABROAD, document(OPS, True, "alice", THEIRS), *ask(1), *ask(2, "cat", "i-3"),
        document(OPS, False), *ask(3), *ask(4, "cat", "i-3"), no_document(OPS, THEIRS), *ask(5), *ask(6, "cat", "i-3")),
    "a-document-of-another-region": (*ELSEWHERE, document(OPS, True, "alice", region=THERE), *ask(1), *ask(2, on="i-2"),
        document(OPS, False), *ask(3), *ask(4, on="i-2"), no_document(OPS, region=THERE), *ask(5), *ask(6, on="i-2")),
    "preferences-of-the-default-region-alone": (*ELSEWHERE, tag("alice"), start(1, on="i-2"), start(2), untag(),
        start(3, on="i-2")),
    "preferences-of-another-region-alone": (*ELSEWHERE, no_document(), run_as(True, "alice", region=THERE), *ask(1),
        *ask(2, on="i-2"), no_document(region=THERE), *ask(3), *ask(4, on="i-2")),
    "preferences-of-two-regions": (*ELSEWHERE, run_as(True, "alice", region=THERE), start(1), start(2, on="i-2"),
        run_as(False), start(3), start(4, on="i-2"), run_as(UNREADABLE, region=THERE), start(5), start(6, on="i-2"),
        no_document(), start(7), start(8, on="i-2")),
    "preferences-of-another-account-in-a-region": (*ELSEWHERE, run_as(True, "alice", THEIRS, THERE), start(1),
        start(2, on="i-2"), run_as(True, "alice", OURS, THERE), run_as(False, "", THEIRS, THERE), start(3, on="i-2")),
    "a-document-changes-no-preferences": (document(OPS, True, "alice"), *ask(1), document(OPS, False), *ask(2),
        document(OPS, UNREADABLE), *ask(3), document(OPS, True), *ask(4), no_document(OPS), *ask(5)),
    "preferences-change-no-document": (document(OPS, True, "alice"), run_as(False), *ask(1), run_as(UNREADABLE),
        *ask(2), run_as(True), *ask(3), no_document(), *ask(4)),
    "the-preferences-written-as-a-document": (document(PREFERENCES, True, "alice"), *ask(1), run_as(True, "ops"),
        *ask(2), document(PREFERENCES, False, "alice"), *ask(3), document(PREFERENCES, True, "alice", region=THERE),
        *ask(4)),
    "a-missing-document": (start(1, document=OPS), end(1), start(1), document(OPS, True, "alice"), *ask(2),
        no_document(OPS), *ask(3), end(1)),
    "a-missing-document-where-run-as-is-off": (run_as(False), start(1, document=OPS), end(1), start(1)),
    "a-missing-document-of-the-tagged": (tag("alice"), start(1, document=OPS), end(1), start(1)),
    "a-missing-document-and-something-else-missing": (start(1, "dan", document=OPS), start(1, on="i-9", document=OPS),
        start(1), start(1, document=OPS), end(1), start(1, document=OPS), principal("cat", THEIRS),
        start(2, "cat", document=OPS), start(2)),
    "the-switch-of-one-and-the-default-of-the-other": (document(OPS, True, "alice"), run_as(False, "ops"), *ask(1),
        document(OPS, False, "alice"), run_as(True, "ops"), *ask(2)),
    "a-document-that-names-nobody": (document(OPS, True), *ask(1), tag("alice"), *ask(2), untag(), document(OPS, True,
        "  "), *ask(3)),
    "preferences-that-name-nobody": (document(OPS, True, "alice"), run_as(True), *ask(1), run_as(True, " "), *ask(2)),
    "a-document-that-names-nobody-there": (document(OPS, True, "dave"), *ask(1), user("dave"), *ask(2),
        gone("delete_os_user", instance="i-1", name="ops"), *ask(3)),
    "a-document-that-names-a-superuser": (user("zed", 0, 0), user("root", 0, 0), document(OPS, True, "zed"), *ask(1),
        document(OPS, True, "root"), *ask(2), document(OPS, True, "ssm-user"), *ask(3)),
    "an-unreadable-document": (document(OPS, UNREADABLE, "alice"), *ask(1), tag("alice"), *ask(2), run_as(False),
        *ask(3), document(OPS, True, "ops"), *ask(4)),
    "unreadable-preferences": (document(OPS, True, "alice"), run_as(UNREADABLE, "ops"), *ask(1), document(OPS, False),
        *ask(2), no_document(), *ask(3)),
    "documents-and-the-tagged": (tag("alice"), document(OPS, True, "ops"), *ask(1), tag("dave"), *ask(2),
        document(OPS, False), *ask(3), untag(), *ask(4)),
    "documents-where-run-as-covers-nothing": (instance("i-4", Platform.WINDOWS), instance("i-5", Platform.MACOS),
        user("ops", on="i-5"), document(OPS, True, "ops"), *ask(1, on="i-4"), *ask(2, on="i-5"), document(OPS,
        UNREADABLE), *ask(3, on="i-4"), *ask(4, on="i-5")),
    "ssm-user-by-a-document": (document(OPS, False), start(1, document=OPS), run_as(True, "ssm-user"), start(2),
        gone("delete_os_user", instance="i-1", name="ssm-user"), start(3), start(4, document=OPS)),
    "delete-the-preferences": (tag("alice"), start(1), no_document(), start(2), no_document(), untag(), start(3),
        document(OPS, True, "alice"), *ask(4), run_as(True, "ops"), *ask(5), end(1)),
    "delete-preferences-that-were-never-written": (no_document(account=THEIRS), no_document(region=THERE), *ABROAD,
        start(1, "cat", "i-3"), start(2)),
    "delete-a-document-that-is-elsewhere": (document(OPS, True, "alice", THEIRS), document(OPS, True, "alice",
        region=THERE), no_document(OPS), document(OPS, True, "alice"), no_document(OPS, THEIRS), *ask(1),
        no_document(OPS, region=THERE), *ask(2), no_document(OPS), *ask(3)),
    "delete-a-document-in-use": (document(OPS, True, "alice"), start(1, document=OPS), no_document(OPS), start(2),
        end(1), start(1, document=OPS), start(1)),
    "delete-a-document-twice-and-write-it": (document(OPS, True, "alice"), no_document(OPS), no_document(OPS), *ask(1),
        document(OPS, False, "ops"), *ask(2)),
    "one-document-after-the-other": (document(OPS, True, "alice"), start(1, document=OPS), start(2), start(3,
        document=OPS), document("Dev", False), start(4, document="Dev"), start(5, document=OPS), start(6)),
    "two-principals-and-two-documents": (principal("ben"), tag("alice", name="ben"), document(OPS, True, "alice"),
        start(1, "ben", document=OPS), start(2), start(3, "ben"), start(4, document=OPS)),
    "the-instance-in-another-region": (document(OPS, True, "alice"), *ask(1), *moved(THERE), *ask(2), run_as(True,
        "alice", region=THERE), *ask(3), document(OPS, False, region=THERE), *ask(4), *moved(HERE), *ask(5)),
    "the-instance-in-another-account-and-region": (*ABROAD, document(OPS, True, "alice", THEIRS, THERE), GONE,
        instance(account=THEIRS, region=THERE), user("alice"), *ask(1), *ask(2, "cat"), run_as(True, "alice", THEIRS),
        *ask(3, "cat"), run_as(True, "alice", THEIRS, THERE), *ask(4, "cat")),
    "an-instance-that-is-registered-already": (document(OPS, True, "alice"), instance(region=THERE), *ask(1),
        run_as(False, region=THERE), *ask(2)),
    "documents-before-anything-else": (document("Dev", True, "alice", THEIRS, THERE), principal("cat", THEIRS),
        instance("i-3", account=THEIRS, region=THERE), user("alice", on="i-3"), start(1, "cat", "i-3", "Dev"),
        start(2, "cat", "i-3"), start(3, "cat", "i-3", OPS)),
    "documents-with-the-names-of-other-things": (document("amy", True, "alice"), start(1, document="amy"),
        start(2, document="i-1"), document("alice", False), start(3, document="alice"), start(4, document=OURS),
        document(HERE, False), start(5, document=HERE), start(6), no_document("amy"), start(7, document="amy")),
    "a-document-without-a-name": (start(1, document=""), document(OPS, True, "alice"), start(1, document=""),
        no_document(""), *ask(2)),
}  # fmt: skip
OF_DOCUMENTS = {id: (*SETTINGS, *calls) for id, calls in _OF_DOCUMENTS.items()}
"""What happens, by id, from nothing on."""

SIMILAR_DOCUMENTS = (
    *(("ops", "Ops"), ("OPS", "Ops"), ("Ops ", "Ops"), (" Ops", "Ops"), ("Ops\n", "Ops"), ("Op", "Ops")),
    *(("Ops2", "Ops"), ("Ops-2", "Ops_2"), ("Ops.2", "Ops"), ("01", "1"), ("1.0", "1"), ("Öps", "Ops")),
    *(("O\u0440s", "Ops"), ("Op\u200ds", "Ops"), ("Zo\u00eb", "Zoe\u0308"), ("Op%73", "Ops")),
    *(("Ops/1", "Ops"), ("Ops:1", "Ops"), ("null", "Ops"), ("0", "Ops"), ("n" * 64 + "b", "n" * 64 + "a")),
    ("n" * 128 + "b", "n" * 128 + "a"),
    *((PREFERENCES.lower(), PREFERENCES), (PREFERENCES.upper(), PREFERENCES), (f"{PREFERENCES} ", PREFERENCES)),
    *((f" {PREFERENCES}", PREFERENCES), (f"{PREFERENCES}2", PREFERENCES), (PREFERENCES[:-1], PREFERENCES)),
    *((PREFERENCES.replace("-", "_"), PREFERENCES), (PREFERENCES.replace("SSM-", "AWS-"), PREFERENCES)),
    (f"arn:aws:ssm:us-east-1:111111111111:document/{PREFERENCES}", PREFERENCES),
    ("arn:aws:ssm:us-east-1:111111111111:document/Ops", "Ops"),
)  # fmt: skip
"""Pairs of names of session documents that differ; none of the first of a pair is that of the preferences."""

SIMILAR_REGIONS = (
    *(("us-east-2", "us-east-1"), ("us-west-1", "us-east-1"), ("us-east-11", "us-east-1"), ("us-east-1a", "us-east-1")),
    *(("US-EAST-1", "us-east-1"), ("us-east-1 ", "us-east-1"), ("us_east_1", "us-east-1"), ("useast1", "us-east-1")),
    *(("us-gov-east-1", "us-east-1"), ("eu-west-1", "eu-west-2"), ("eu-west-3", "eu-west-1")),
    *(("ap-south-1", "ap-south-2"), ("ap-southeast-1", "ap-northeast-1"), ("global", "us-east-1")),
)  # fmt: skip
"""Pairs of Regions that differ."""


def documents_told_apart(one: str, other: str) -> tuple[Call, ...]:
    """Calls in which a document is not there while another is, then both, and the one after the other is gone."""
    return (
        *(*SETTINGS[:-1], document(other, True, "alice"), start(1, document=one), no_document(one)),
        *(start(2, document=other), document(one, True, "ops"), start(3, document=one), start(4, document=other)),
        *(start(5), document(other, False), start(6, document=one), document(one, Switch.UNREADABLE), start(7)),
        *(start(8, document=other), no_document(other), start(9, document=one), start(10, document=other), start(11)),
        *(no_document(other), document(one, True, "alice"), start(12, document=one), no_document(one), start(13)),
    )


def regions_told_apart(one: str, other: str) -> tuple[Call, ...]:
    """Calls in which preferences and a document are in one of two Regions, then in both, then in the other."""
    there = (instance("j-1", region=one), instance("j-2", region=other))
    users = (user(name, on=on) for on in ("j-1", "j-2") for name in ("alice", "ops"))
    return (
        *(principal(), *there, *users, run_as(True, "alice", region=other), document(OPS, True, "ops", region=other)),
        *(*ask(1, on="j-1"), *ask(2, on="j-2"), no_document(region=one), no_document(OPS, region=one)),
        *(run_as(True, "ops", region=one), document(OPS, True, "alice", region=one), *ask(3, on="j-1")),
        *(*ask(4, on="j-2"), run_as(False, region=other), document(OPS, Switch.UNREADABLE, region=other)),
        *(*ask(5, on="j-1"), *ask(6, on="j-2"), no_document(region=other), no_document(OPS, region=other)),
        *(*ask(7, on="j-1"), *ask(8, on="j-2")),
    )


def documents_joined(separator: str) -> tuple[Call, ...]:
    """Documents that are two, but whose account, Region and name are one text when joined with a separator."""
    far = f"{HERE}{separator}x"
    return tuple(_joined(far, f"x{separator}{OPS}", f"{OURS}{separator}{HERE}", separator))


def _joined(far: str, long: str, both: str, separator: str) -> Iterator[Call]:
    yield from (*SETTINGS, instance("i-2", region=far), user("alice", on="i-2"), user("ops", on="i-2"))
    yield from (document(OPS, True, "alice", region=far), start(1, document=long), *ask(2, on="i-2"))
    yield from (document(long, False), start(3, document=long), *ask(4, on="i-2"), no_document(long), *ask(5, on="i-2"))
    yield from (
        document(OPS, True, "alice", both, "x"),
        start(6, document=OPS),
        document(OPS, False, region=far),
    )
    yield from (*ask(7, on="i-2"), no_document(OPS, both, "x"), no_document(OPS, region=far), *ask(8, on="i-2"))
