"""How a trace begins: a principal, an instance, settings, OS users, such that a chosen rule decides the first start."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import product
from typing import TypeVar

import attrs
from hypothesis import strategies as st

from runas_model.inputs.situations import situation
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import LookUp, MacOs, Reading, Superuser, all_readings
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.state import INITIAL, State, can_be_named, document_of
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import (
    PREFERENCES,
    RUN_AS_TAG,
    SSM_USER,
    Account,
    DocumentName,
    ManagedInstance,
    Name,
    Platform,
    PosixId,
    PrincipalKind,
    Region,
    Request,
    RuleId,
    SessionDocument,
    Situation,
    Switch,
    TagKey,
)
from runas_model.universes.connectives import is_blank, spelled
from runas_properties.stateful.confusables import CONFUSABLES
from runas_properties.stateful.confusions import CONFUSIONS
from runas_properties.stateful.filling import FILLINGS, Filling, asking, document_saying
from runas_properties.stateful.steering import (
    DOCUMENTS,
    NEAR_DOCUMENTS,
    RUN_AS_KEYS,
    SWITCHES,
    Play,
    arguments_asking,
)
from runas_properties.stateful.tagging import THROUGH, Through, beside, role_session_of, tagging

__all__ = [
    "CONFUSED",
    "DECIDING",
    "IDS",
    "Arrangement",
    "Scene",
    "arrangement",
    "arrangements",
    "confused_names",
    "mostly_first",
    "play_of",
    "plays",
    "scenes",
]

CONFUSED = tuple((confusion.named, confusion.near) for confusion in CONFUSIONS)
"""Pairs of a name and one that implementations are known to take it for."""

IDS = tuple(
    (PosixId(uid), PosixId(gid)) for uid, gid in ((2001, 2001), (1000, 1000), (33, 33), (0, 0), (0, 5), (2004, 0))
)
"""uid and gid of OS users: ordinary, of the system, root, and either half of root."""

SPELLINGS = (*[RUN_AS_TAG] * 3, *sorted({*RUN_AS_KEYS} - {RUN_AS_TAG}))
"""Keys that a scene's tag may have: two in five are in another case."""

Ids = tuple[PosixId, PosixId]
T = TypeVar("T")

ORDINARY = IDS[0]

SUPERUSERS = IDS[3:]

DECIDING = [rule.id for rule in RULEBOOK for _ in range(6 if rule.id.endswith("user-exists") else 1)]


@attrs.frozen
class Scene:
    """A reading, who is in play, and the calls that a trace begins with."""

    reading: Reading
    play: Play
    calls: tuple[Call, ...]


@attrs.frozen
class Arrangement:
    """Settings of an account, tag of a principal and OS users of an instance, with which a rule decides.

    `absent` are the names that no OS user may have.
    """

    run_as_enabled: Switch
    tag: Name | None
    default: Name
    users: dict[Name, Ids]
    absent: tuple[Name, ...] = ()
    tag_key: TagKey = RUN_AS_TAG
    filling: Filling = Filling.FIXED

    def under_key(self, key: TagKey, reading: Reading, other: Name) -> "Arrangement":
        """The same, with the tag under this key, if the rule still decides.

        Where keys must be spelled exactly, another spelling is a tag beside the rules that go by none; its value is
        `other`.
        """
        if self.tag is not None and reading.tag_key is LookUp.ANY_CASE:
            return attrs.evolve(self, tag_key=key)
        if self.tag is None and reading.tag_key is LookUp.EXACT and spelled(key) != spelled(RUN_AS_TAG):
            return attrs.evolve(self, tag=other, tag_key=key)
        return self

    def situation(self, platform: Platform = Platform.LINUX) -> Situation:
        """The situation on an instance that has these OS users and no others."""
        return situation(
            run_as_enabled=self.run_as_enabled,
            tag=self.tag,
            tag_key=self.tag_key,
            default_user=self.default,
            users=[(name, *ids) for name, ids in self.users.items()],
            platform=platform,
        )

    def asked(self, asked: Request) -> Request:
        """The request with the parameter with which it is brought about, or with none."""
        return asking(asked, self.default, self.filling)

    def calls(
        self, state: State, asked: Request, through: Through = Through.ITSELF, other: Name = SSM_USER
    ) -> Iterator[Call]:
        """The operations that bring it about for a start by a principal that exists, on an instance that does.

        It comes by its tag `through` something, in the role session that `role_session_of` says, and gives the
        parameter that `asked` of this says; `other` is the value of tags, and of a default OS user, that do not count.
        """
        instance, document = asked.instance, asked.document
        written = document_saying(self.run_as_enabled, self.default, self.filling, other)
        if not can_be_named(state, instance, document) or document_of(state, instance, document) != written:
            machine = state.instances[instance]
            yield writing(machine.account, machine.region, document, written)
        for name in self.absent:
            if state.os_users.has((instance, name)):
                yield "delete_os_user", {"instance": instance, "name": name}
        for name, (uid, gid) in self.users.items():
            if not is_blank(name) and not state.os_users.has((instance, name)):
                yield "create_os_user", {"instance": instance, "name": name, "uid": uid, "gid": gid}
        yield from tagging(state, asked.principal, through, self.tag_key, self.tag, other)


def writing(account: Account, region: Region, document: DocumentName, written: SessionDocument) -> Call:
    """The operation that writes a session document."""
    arguments = {"account": account, "region": region, **attrs.asdict(written)}
    if document == PREFERENCES and not written.declares_parameter:
        del arguments["declares_parameter"]
        return "update_preferences", arguments
    return "put_document", {**arguments, "document": document}


def arrangements(play: Play, reading: Reading, rule: RuleId | None = None) -> st.SearchStrategy[Arrangement]:
    """Arrangements with which a rule decides; without one, any but more often one that starts a named OS user."""
    return st.builds(
        arrangement,
        st.just(play),
        st.just(reading),
        st.sampled_from(DECIDING) if rule is None else st.just(rule),
        st.sampled_from(play.names),
        st.sampled_from(IDS),
    )


def arrangement(play: Play, reading: Reading, rule: RuleId, other: Name, ids: Ids) -> Arrangement:
    """The arrangement for a rule; `other` chooses the pair of names, `ids` are of the one who is served."""
    named, near = play.pair_of(other)
    users = {near: ORDINARY, Name("ops"): ids}
    by, _, how = rule.partition("-")
    if by not in ("tag", "default"):
        nobody = rule == "nobody-named"
        default, tag = (Name(""), None) if nobody else (other, named)
        switch = {"run-as-off": Switch.OFF, "preferences-unreadable": Switch.UNREADABLE}.get(rule, Switch.ON)
        return Arrangement(switch, tag, default, {**users, named: ORDINARY})
    if how == "user-missing":
        users.pop(named, None)
        tag, default = (named, other) if by == "tag" else (None, named)
        return Arrangement(Switch.ON, tag, default, users, absent=(named,))
    name = {"names-ssm-user": SSM_USER, "names-superuser": Name("root")}.get(how, named)
    uses_ids = ids not in SUPERUSERS or reading.superuser is Superuser.ORDINARY
    users[name] = {"names-superuser": SUPERUSERS[sum(ids) % 3]}.get(how, ids if uses_ids else ORDINARY)
    replaced = (name,) if how == "names-superuser" else ()
    tag, default = (name, other) if by == "tag" else (None, name)
    return Arrangement(Switch.ON, tag, default, users, replaced)


def play_of(*confused: tuple[str, str], blank: str = "") -> Play:
    """A play with some pairs of names that are confused, two plain names, root, ssm-user and a blank one."""
    pairs = tuple((Name(named), Name(near)) for named, near in confused)
    names = (*(name for pair in pairs for name in pair), "ops", "root", SSM_USER, blank)
    return Play(tuple(dict.fromkeys(map(Name, names))), pairs)


@cache
def confused_names() -> st.SearchStrategy[tuple[str, str]]:
    """A name and one that it is taken for, of every kind of confusable alike."""
    return st.sampled_from(list(CONFUSABLES.values())).flatmap(lambda kind: st.sampled_from(list(kind.pairs())))


def plays() -> st.SearchStrategy[Play]:
    """Few names: three pairs that are confused with each other, a plain one, root, ssm-user and a blank one.

    In a third, beside the preferences and a document there is another of a name that is taken for one of theirs.
    """
    pairs = st.sampled_from(CONFUSED) | confused_names()
    plain = st.builds(play_of, pairs, pairs, pairs, blank=st.sampled_from(["", " ", "\u3000"]))
    confusable = [(*DOCUMENTS, near) for near in NEAR_DOCUMENTS]
    documents = st.sampled_from([*[DOCUMENTS] * 2 * len(confusable), *confusable])
    return st.builds(lambda play, documents: attrs.evolve(play, documents=documents), plain, documents)


@cache
def mostly_first(values: tuple[T, ...]) -> st.SearchStrategy[T]:
    """The first of some values in four of five, the others alike."""
    return st.sampled_from([*values[:1] * max(4 * (len(values) - 1), 1), *values[1:]])


@st.composite
def scenes(
    draw: st.DrawFn, readings: Sequence[Reading] = tuple(all_readings()), nouns: Collection[Noun] = tuple(Noun)
) -> Scene:
    """Scenes: every rule decides the first start in some, those that start a session as a named OS user in most.

    Two in three begin with that start; the others leave it to what follows. One in five is in another Region, one in
    five starts with a document of its own, and in one of three there is a document that has no say in it. One in three
    starts in a role session, beside which there may be another of the same role. In three of eight the document that
    holds declares a parameter, which mostly is filled. Of nouns beside those given none is spoken.
    """
    play = draw(plays()).having(nouns)
    rule = draw(st.sampled_from(DECIDING))
    reading = draw(st.sampled_from(_that_allow(rule, readings)))
    kind = draw(st.sampled_from(PrincipalKind))
    arranged = draw(arrangements(play, reading, rule))
    arranged = arranged.under_key(draw(st.sampled_from(SPELLINGS)), reading, draw(st.sampled_from(play.names)))
    if play.parameters:
        arranged = attrs.evolve(arranged, filling=draw(st.sampled_from(FILLINGS)))
    (account, _), (principal, *_), (instance, *_) = play.accounts, play.principals, play.instances
    covered = [Platform.LINUX, Platform.MACOS] if reading.macos is MacOs.COVERED else [Platform.LINUX]
    others = [platform for platform in Platform if platform not in covered]
    platform = draw(st.sampled_from(others if rule == "platform-not-covered" else covered))
    region, document = draw(mostly_first(play.regions)), draw(mostly_first(play.documents))
    through = draw(st.sampled_from(THROUGH)) if play.roles and kind is PrincipalKind.ROLE else Through.ITSELF
    machine = ManagedInstance(account, platform, region)
    state = attrs.evolve(INITIAL, instances=INITIAL.instances.put(instance, machine))
    asked = arranged.asked(Request(principal, instance, document, role_session_of(state, through)))
    calls: list[Call] = [
        ("create_principal", {"principal": principal, "account": account, "kind": kind}),
        ("register_instance", {"instance": instance, **attrs.asdict(machine)}),
        *arranged.calls(state, asked, through, draw(st.sampled_from(play.names))),
    ]
    if draw(st.sampled_from([True, False, False])):
        places = [place for place in product(play.accounts, play.regions, play.documents)
                  if place != (account, region, document)]  # fmt: skip
        declares = play.parameters and draw(st.booleans())
        decoy = SessionDocument(draw(st.sampled_from(SWITCHES)), draw(st.sampled_from(play.names)), declares)
        calls.append(writing(*draw(st.sampled_from(places)), decoy))
    if through is not Through.ITSELF and draw(st.booleans()):
        calls.append(
            beside(asked.principal, asked.role_session, draw(st.sampled_from(play.names)), draw(st.booleans()))
        )
    if draw(st.sampled_from([True, True, False])):
        calls.append(("start_session", arguments_asking(state, asked)))
    return Scene(reading, play, tuple(calls))


def _that_allow(rule: RuleId, readings: Sequence[Reading]) -> list[Reading]:
    allowed = [r for r in readings if "superuser" not in rule or r.superuser is not Superuser.ORDINARY]
    return allowed or list(readings)
