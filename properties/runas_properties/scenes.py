"""How a trace begins: a principal, an instance, settings, OS users, such that a chosen rule decides the first start."""

from typing import Any

import attrs
from hypothesis import strategies as st

from runas_model.readings import BlankTag, MacOs, Reading, Superuser, all_readings
from runas_model.rulebook import RULEBOOK
from runas_model.vocabulary import RUN_AS_TAG, SSM_USER, Name, Platform, PosixId, PrincipalKind, RuleId, Session
from runas_properties.oracle import Call
from runas_properties.steering import Play

__all__ = ["CONFUSED", "IDS", "Scene", "plays", "scenes"]

CONFUSED = (
    *(("alice", "Alice"), ("Alice", "alice"), (" alice", "alice"), ("alice ", "alice"), ("alice\n", "alice")),
    *(("alice eve", "alice"), ("ali", "alice"), ("alice", "ali"), ("2001", "alice"), ("+2001", "alice")),
    *(("#2001", "2001"), ("-u", "u"), ("ops", "alice"), ("alicex", "alice"), ("root", "toor"), ("Root", "root")),
    *(("SSM-User", "ssm-user"), ("ssm-user ", "ssm-user"), ("ssm_user", "ssm-user"), ("a" * 40, "a" * 32)),
    *(("dave@corp.example.com", "dave"), ("CORP\\alice", "alice"), ("zoe\u0308", "zoë"), ("zoë", "zoe\u0308")),
    *(("\uff41lice", "alice"), ("\u0430lice", "alice"), ("ali\u200dce", "alice"), ("al\x00ice", "al")),
    *(("", "alice"), (" ", "alice"), ("\t", "alice"), ("\u00a0", "alice")),
)
"""Pairs of a name and one that implementations are known to take it for."""

IDS = tuple(
    (PosixId(uid), PosixId(gid)) for uid, gid in ((2001, 2001), (1000, 1000), (33, 33), (0, 0), (0, 5), (2004, 0))
)
"""uid and gid of OS users: ordinary, of the system, root, and either half of root."""

SUPERUSERS = IDS[3:]


@attrs.frozen
class Scene:
    """A reading, who is in play, and the calls that a trace begins with."""

    reading: Reading
    play: Play
    calls: tuple[Call, ...]


def plays() -> st.SearchStrategy[Play]:
    """Few names: two that are confused with each other, a plain one, root, ssm-user and, now and then, a blank one."""

    def with_names(pair: tuple[str, str], blank: str) -> Play:
        return Play(tuple(dict.fromkeys(map(Name, (*pair, "ops", "root", SSM_USER, blank)))))

    return st.builds(with_names, st.sampled_from(CONFUSED), st.sampled_from(["", " ", "\u3000"]))


@st.composite
def scenes(draw: st.DrawFn, readings: tuple[Reading, ...] = tuple(all_readings())) -> Scene:
    """Scenes: each rule decides the first start equally often, under each of the readings that allow it.

    Half of them begin with that start; the others leave it to what follows.
    """
    play = draw(plays())
    rule = draw(st.sampled_from([rule.id for rule in RULEBOOK]))
    reading = draw(st.sampled_from(_that_allow(rule, readings)))
    kind = draw(st.sampled_from(PrincipalKind))
    tag, default, users = _named(rule, reading, play, draw(st.sampled_from(IDS)), draw(st.sampled_from(SUPERUSERS)))
    by_tag = tag is not None
    other = draw(st.sampled_from(play.names))
    tag = other if tag is None and rule in ("platform-not-covered", "run-as-off") else tag
    if by_tag and default is None:
        default = other
    (account, _), (principal, *_), (instance, *_) = play.accounts, play.principals, play.instances
    platform = Platform.LINUX
    if rule == "platform-not-covered":
        platform = draw(st.sampled_from(_uncovered(reading)))
    elif reading.macos is MacOs.COVERED:
        platform = draw(st.sampled_from([Platform.LINUX, Platform.LINUX, Platform.MACOS]))
    calls: list[tuple[str, dict[str, Any]]] = [
        ("create_principal", {"principal": principal, "account": account, "kind": kind}),
        ("register_instance", {"instance": instance, "account": account, "platform": platform}),
    ]
    if rule != "run-as-off" or draw(st.booleans()):
        settings = {"account": account, "run_as_enabled": rule != "run-as-off", "default_user": default or Name("")}
        calls.append(("update_preferences", settings))
    for name, (uid, gid) in users.items():
        if name.strip():
            calls.append(("create_os_user", {"instance": instance, "name": name, "uid": uid, "gid": gid}))
    if tag is not None:
        calls.append(("tag_principal", {"principal": principal, "key": RUN_AS_TAG, "value": tag}))
    if draw(st.booleans()):
        calls.append(("start_session", {"session": Session("s-1"), "principal": principal, "instance": instance}))
    return Scene(reading, play, tuple(calls))


def _that_allow(rule: RuleId, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    allowed = tuple(r for r in readings if "superuser" not in rule or r.superuser is Superuser.REFUSED)
    return allowed or readings


def _uncovered(reading: Reading) -> list[Platform]:
    return [Platform.WINDOWS] if reading.macos is MacOs.COVERED else [Platform.MACOS, Platform.WINDOWS]


def _named(
    rule: RuleId, reading: Reading, play: Play, ids: tuple[PosixId, PosixId], superuser: tuple[PosixId, PosixId]
) -> tuple[Name | None, Name | None, dict[Name, tuple[PosixId, PosixId]]]:
    """The tag, the default and the OS users with which a rule decides."""
    named, near = play.names[:2]
    number = (PosixId(2001), PosixId(2001))
    users = {near: number, Name("ops"): ids}
    by, _, how = rule.partition("-")
    if by not in ("tag", "default"):
        return (named if rule in ("platform-not-covered", "run-as-off") else None), None, users | {named: number}
    name = {"names-ssm-user": SSM_USER, "names-superuser": Name("root")}.get(how, named)
    if how == "names-superuser":
        users[name] = superuser
    elif how == "names-ssm-user":
        users[name] = number
    elif how == "user-exists":
        users[name] = number if reading.superuser is Superuser.REFUSED else ids
    elif name in users:
        del users[name]
    if by == "tag":
        return name, None, users
    untagged = Name(" ") if reading.blank_tag is BlankTag.AS_UNTAGGED and not named.strip() else None
    return untagged, name, users
