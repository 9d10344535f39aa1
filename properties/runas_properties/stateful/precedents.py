"""Precedents: short traces in which implementations are known to go wrong, each tried under every reading.

They speak of what is remembered, kept apart or compared too loosely; `confusions` beside this does of names.
"""

from collections.abc import Iterator
from itertools import product

from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import SSM_USER, Name, Platform, PrincipalKind, Switch
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
from runas_properties.stateful.steering import (
    ACCOUNTS,
    DOCUMENTS,
    INSTANCES,
    NEAR_DOCUMENTS,
    PRINCIPALS,
    REGIONS,
    TAG_KEYS,
)

__all__ = ["PRECEDENTS"]

(AMY, AMY2, BEN), (I1, I2), (OURS, THEIRS) = PRINCIPALS, INSTANCES, ACCOUNTS
ALICE, OPS, ROOT, NOBODY, CAROL = map(Name, ("alice", "ops", "root", "", "carol"))
TEAM, SMALL = TAG_KEYS[1:3]
(PREFERENCES, OWN), THERE = DOCUMENTS, REGIONS[1]

BEGIN = (principal(), instance(), user(ALICE), user(OPS, 2002, 2002), run_as(True, OPS))


def _precedents() -> Iterator[tuple[Call, ...]]:
    for default in (OPS, NOBODY):
        yield from ((*BEGIN, run_as(True, default), tag(ALICE, key), start(1)) for key in TAG_KEYS)
        yield from ((*BEGIN, run_as(True, default), tag(Name(blank)), start(1)) for blank in ("", " ", "\u3000"))
        yield *BEGIN, tag(ALICE), principal(AMY2), run_as(True, default), start(1, AMY2)
        again = (gone("delete_principal", principal=AMY), principal(), run_as(True, default), start(1))
        yield *BEGIN, tag(ALICE), *again
        yield *BEGIN, tag(ALICE), untag(), run_as(True, default), start(1)
    yield *BEGIN, tag(ALICE), tag(OPS), start(1)
    yield *BEGIN, run_as(True), tag(ALICE), tag(ALICE), start(1)
    yield *BEGIN, tag(ALICE), tag(OPS, SMALL), start(1)
    yield *BEGIN, tag(ALICE, SMALL), tag(ALICE), start(1)
    yield *BEGIN, tag(ALICE, SMALL), run_as(True), start(1)
    yield *BEGIN, tag(ALICE), untag(SMALL), start(1)
    yield *BEGIN, tag(ALICE), tag(OPS, SMALL), untag(), tag(ALICE), start(1)
    yield *BEGIN, tag(ALICE), tag(OPS, TEAM), start(1), untag(TEAM), start(2)
    yield *BEGIN, tag(OPS, TEAM), tag(ALICE), untag(TEAM), start(1)
    yield *BEGIN, principal(BEN, kind=PrincipalKind.ROLE), tag(ALICE, name=BEN), start(1, BEN)
    yield *BEGIN[:-1], run_as(True, OPS, THEIRS), start(1)
    yield *BEGIN, run_as(False, NOBODY, THEIRS), start(1)
    yield *BEGIN, start(1), run_as(True, ALICE), start(2), run_as(False), start(3), run_as(True), start(4)
    yield *BEGIN, tag(ALICE), run_as(False, OPS), start(1)
    yield *BEGIN, tag(Name("dave")), start(1)
    yield *BEGIN, run_as(Switch.UNREADABLE, OPS), start(1)
    yield *BEGIN, run_as(Switch.UNREADABLE), tag(ALICE), start(1)
    yield *BEGIN[:-1], run_as(Switch.UNREADABLE), start(1)
    yield *BEGIN, tag(Name("\x1c")), start(1)
    yield *BEGIN, run_as(True, Name("\x1c")), start(1)
    for platform in Platform:
        yield principal(), instance(I1, platform), user(ALICE), run_as(Switch.UNREADABLE, ALICE), start(1)
        yield principal(), instance(I1, platform), user(ALICE), tag(ALICE), run_as(True, ALICE), start(1)
    for uid, gid in ((0, 0), (0, 5), (5, 0), (33, 33)):
        for name in (ALICE, ROOT):
            one = (principal(), instance(), user(name, uid, gid))
            yield *one, tag(name), run_as(True), start(1)
            yield *one, run_as(True, name), start(1)
    yield principal(), instance(), user(ROOT), tag(ROOT), run_as(True, ROOT), start(1), untag(), start(2)
    for named in (tag(SSM_USER), run_as(True, SSM_USER)):
        yield *BEGIN, run_as(True), user(SSM_USER), named, start(1)
    two = (*BEGIN, start(1), start(2), principal(BEN), start(3, BEN))
    yield *two, end(2), start(2)
    yield *two, gone("delete_principal", principal=AMY)
    yield *two, gone("delete_os_user", instance=I1, name=OPS), start(4)
    yield *two, tag(ALICE), start(4)
    yield *two, instance(I2), user(OPS, on=I2), start(4, AMY, I2), gone("deregister_instance", instance=I1), start(5)
    yield *BEGIN[:-1], start(1), end(1), start(1)
    yield *BEGIN[:-1], start(1), run_as(True, OPS), end(1)
    yield *BEGIN, gone("deregister_instance", instance=I1), start(1), instance(), start(2)
    yield *BEGIN[:-1], instance(I2), user(Name("dave"), on=I2), run_as(True, Name("dave")), start(1)
    yield *BEGIN[:-1], run_as(True, Name("dave")), tag(Name("dave")), start(1), user(Name("dave")), start(1)
    yield *BEGIN, instance(I2, account=THEIRS), start(1, AMY, I2)
    yield *BEGIN, user(Name(" ")), user(ALICE, 3, 3)
    yield from _of_documents()
    yield from _of_role_sessions()
    yield from _of_parameters()


def _of_documents() -> Iterator[tuple[Call, ...]]:
    """Those that speak of session documents, or of another Region."""
    both = (start(1), start(2, document=OWN))
    yield *BEGIN, start(1, document=OWN), end(1)
    yield *BEGIN, start(1, document="")
    yield *BEGIN, no_document(OWN)
    for switch, default in ((True, ALICE), (True, NOBODY), (False, ALICE), (Switch.UNREADABLE, ALICE)):
        yield *BEGIN, document(OWN, switch, default), *both
        yield *BEGIN, document(OWN, True, ALICE), run_as(switch, OPS), *both
        yield *BEGIN, tag(ALICE), document(OWN, switch, OPS), *both
        yield *BEGIN, document(OWN, switch, default, THEIRS), *both
        yield *BEGIN, document(OWN, switch, default, region=THERE), *both
        yield *BEGIN, document(OWN, False), document(OWN, switch, default, region=THERE), *both
        yield *BEGIN, run_as(switch, default, region=THERE), *both
        yield *BEGIN, document(PREFERENCES, switch, default), *both
        yield *BEGIN, instance(I2, region=THERE), user(ALICE, on=I2), run_as(switch, default), start(1, AMY, I2)
        elsewhere = (instance(I2, region=THERE), user(ALICE, on=I2), user(OPS, on=I2), document(OWN, switch, default))
        yield (
            *BEGIN,
            *elsewhere,
            start(1, AMY, I2, OWN),
            document(OWN, True, ALICE, region=THERE),
            start(2, AMY, I2, OWN),
        )
    for near in NEAR_DOCUMENTS:
        for name in DOCUMENTS:
            yield (
                *BEGIN,
                document(name, True, ALICE),
                start(1, document=near),
                no_document(near),
                start(2, document=name),
            )
            yield *BEGIN, document(near, True, ALICE), *both, start(3, document=near), no_document(near), start(4)
            yield *BEGIN, document(name, True, ALICE), document(near, False), start(1, document=name), no_document(name)
    yield *BEGIN, no_document(), start(1), no_document(), start(2, document=PREFERENCES), run_as(True, ALICE), start(3)
    yield *BEGIN, document(OWN, True, ALICE), no_document(), *both
    yield *BEGIN, document(OWN, True, ALICE), no_document(OWN), *both
    yield *BEGIN, document(OWN, True, ALICE), no_document(OWN, THEIRS), no_document(OWN, region=THERE), *both
    yield *BEGIN, document(OWN, True, ALICE), start(1, document=OWN), no_document(OWN), end(1), start(1)
    moved = (gone("deregister_instance", instance=I1), instance(region=THERE), user(ALICE), user(OPS))
    yield *BEGIN, document(OWN, True, ALICE), *moved, *both, run_as(True, ALICE, region=THERE), start(3)
    yield *BEGIN, instance(region=THERE), *both
    yield *BEGIN, start(1, BEN, document=OWN), start(2, on=I2, document=OWN), start(3), start(3, document=OWN)
    yield *BEGIN, principal(BEN, THEIRS), start(1, BEN, document=OWN)


def _of_role_sessions() -> Iterator[tuple[Call, ...]]:
    """Those that speak of role sessions: of the role ben, and of the role amy2 that is assumed from one of his."""
    ours = (*BEGIN, user(CAROL, 2003, 2003), principal(BEN, kind=PrincipalKind.ROLE))
    both = (*ours, principal(AMY2, kind=PrincipalKind.ROLE))
    first, itself, again = start(1, BEN, within=1), start("s-0", BEN), start(2, BEN, within=2)
    chained = start(3, AMY2, within=2)
    yield from ((*ours, tag(CAROL, name=BEN), assume(1, BEN, ALICE, key), first, itself) for key in TAG_KEYS)
    yield from ((*ours, tag(CAROL, key, BEN), assume(1, BEN, ALICE), first, itself) for key in (SMALL, TEAM))
    for blank in ("", " "):
        yield *ours, tag(CAROL, name=BEN), assume(1, BEN, blank), first
        yield *ours, run_as(True, OPS), assume(1, BEN, blank), first
    yield *ours, assume(1, BEN, ALICE), first, assume(2, BEN), again, itself
    yield *ours, assume(1, BEN, ALICE), assume(2, BEN, CAROL), first, again
    yield *ours, assume(1, BEN, ALICE), assume(2, BEN), tag(CAROL, name=BEN), first, again, untag(name=BEN), itself
    yield *ours, tag(CAROL, name=BEN), assume(2, BEN), untag(name=BEN), again
    yield *ours, assume(1, BEN, ALICE), untag(name=BEN), itself
    for transitive, key in product((True, False), (*TAG_KEYS[:1], TEAM, SMALL)):
        through = (*both, tag(CAROL, name=AMY2), assume(1, BEN, ALICE, key, transitive), assume(2, AMY2, source=1))
        yield *through, chained, assume(3, BEN, source=2), start(4, BEN, within=3)
        over = (assume(1, BEN, ALICE, key, transitive), assume(2, AMY2, CAROL, source=1))
        yield *both, *over, chained, assume(2, AMY2), start(4, AMY2, within=2)
    yield *both, tag(ALICE, name=BEN), assume(1, BEN), assume(2, AMY2, source=1), chained
    yield *both, assume(1, BEN, ALICE, transitive=True), leave(1), assume(2, AMY2, source=1), chained
    for last in (leave(1), gone("delete_principal", principal=BEN)):
        inherited = (assume(1, BEN, ALICE, transitive=True), assume(2, AMY2, source=1))
        yield *both, *inherited, last, chained, first, last, assume(3, AMY2, source=1)
        yield *ours, assume(1, BEN, ALICE), start(5, BEN, within=1), last, first, assume(1, BEN), end(5)
    remade = (gone("delete_principal", principal=BEN), principal(BEN, kind=PrincipalKind.ROLE))
    yield *ours, tag(CAROL, name=BEN), assume(1, BEN, ALICE), *remade, first, itself, assume(1, BEN), leave(1)
    yield *both, assume(1, BEN, ALICE), start(1, AMY2, within=1), start(1, AMY, within=1), start(1, BEN, within=2)
    yield *both, assume(1, BEN, ALICE), leave(1), leave(1), leave(2), assume(1, AMY2), start(4, AMY2, within=1)
    yield *ours, assume(1, AMY, ALICE), start(1, AMY, within=1), assume(1, "dan"), assume("", BEN), assume(1, BEN)
    yield *ours, assume(1, BEN, source=1), assume(2, BEN, source=1), assume(1, BEN, ALICE), first
    for named in (Name("dave"), SSM_USER, Name("Alice")):
        yield *ours, tag(CAROL, name=BEN), assume(1, BEN, named), first, user(named), start(2, BEN, within=1)


def _of_parameters() -> Iterator[tuple[Call, ...]]:
    """Those that speak of parameters of session documents."""
    ours = (*BEGIN, user(CAROL, 2003, 2003), user(ROOT, 0, 0))
    for own in DOCUMENTS:
        plain, declaring = (document(own, True, ALICE, declares=declares) for declares in (False, True))
        filled, left_out, again = (start(at, document=own, parameter=CAROL if at % 2 else None) for at in (1, 2, 3))
        for value in (CAROL, NOBODY, " ", ROOT, SSM_USER, "Alice", " alice", "dave"):
            given = start(1, document=own, parameter=value)
            yield *ours, declaring, given, left_out
            yield *ours, declaring, tag(OPS), given, untag(), again
        for switch, default in ((True, NOBODY), (True, " "), (False, ALICE), (Switch.UNREADABLE, ALICE)):
            yield *ours, document(own, switch, default, declares=True), filled, left_out
        yield *ours, declaring, filled, plain, left_out, again
        yield *ours, plain, filled, declaring, left_out, again, filled
        yield *ours, declaring, no_document(own), filled, plain, left_out, again
        yield *ours, declaring, left_out, filled, end(1), filled, left_out, again
        yield from ((*ours, declaring, tag(OPS, key), filled, left_out) for key in TAG_KEYS[1:])
        yield from ((*ours, declaring, tag(Name(blank)), filled, left_out) for blank in ("", " "))
    plain, declaring = (document(OWN, True, ALICE, declares=declares) for declares in (False, True))
    elsewhere = (document(OWN, True, ALICE, THEIRS, THERE, True), document(OWN, True, ALICE, OURS, THERE, True),
                 document(OWN, True, ALICE, THEIRS, declares=True))  # fmt: skip
    for value in (ALICE, OPS, NOBODY):
        filled = start(1, document=OWN, parameter=value)
        yield *ours, start(1, parameter=value), start(1), start(1, parameter=value)
        yield *ours, filled, plain, filled, tag(ALICE), filled, run_as(False), start(1, parameter=value)
        yield *ours, plain, *elsewhere, filled, document(PREFERENCES, True, OPS, declares=True), filled
        yield *ours, declaring, *elsewhere, no_document(OWN, THEIRS), filled, start(2, parameter=value), start(2)
        unknown = (start(1, BEN, parameter=value), start(1, on=I2, parameter=value))
        yield *ours, *unknown, principal(BEN, THEIRS), start(1, BEN, parameter=value)
    yield *ours, document(PREFERENCES, True, OPS, declares=True), run_as(True, OPS), start(1, parameter=CAROL), start(1)
    for platform in Platform:
        yield (
            principal(),
            instance(I1, platform),
            user(ALICE),
            declaring,
            start(1, document=OWN, parameter=OPS),
            start(2),
        )


PRECEDENTS = tuple(_precedents())
"""All of them, each a trace from the initial state."""
