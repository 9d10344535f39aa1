"""Situations, readings and decisions in lines that a person can read."""

import attrs

from runas_model.doors import checked
from runas_model.inputs.printing import printable
from runas_model.specification.readings import Reading, choices_of
from runas_model.specification.rulebook import Rule
from runas_model.specification.vocabulary import NO_ID, Decision, Name, OsUser, Platform, Situation

__all__ = ["os_user_ids", "outcome", "plain", "tell", "tell_facts", "tell_reading"]


@checked
def outcome(decision: Decision) -> str:
    """The outcome of a decision: `started as alice`, or `refused (os-user-missing)`."""
    if decision.starts:
        return f"started as {plain(decision.os_user or '')}"
    return f"refused ({decision.reason.value})" if decision.reason else "refused"


@checked
def tell(
    situation: Situation,
    decision: Decision,
    rule: Rule | None = None,
    reading: Reading | None = None,
    *,
    with_ids: bool = False,
) -> str:
    """The facts that matter, then the decision and its rule; `with_ids` as of `tell_facts`, also of who is started."""
    parts = [tell_facts(situation, with_ids=with_ids)]
    started = decision.os_user
    if with_ids and started is not None and started not in _named(situation) and situation.os_users.has(started):
        parts.append(_presence(situation, started, with_ids))
    if reading is not None:
        parts.append(tell_reading(reading))
    by = f" by {rule.id}" if rule else ""
    return f"{', '.join(parts)}: {outcome(decision)}{by}"


@checked
def tell_facts(s: Situation, *, with_ids: bool = False) -> str:
    """The facts that matter to a decision; `with_ids` the uid and gid of each OS user too, so far as they are said."""
    parts = [f"Run As {s.run_as_enabled}"]
    if s.platform is not Platform.LINUX:
        parts.append(s.platform.value)
    in_case = "" if s.tag_key_exact else " by a key in another case"
    parts.append(f"tagged {plain(s.tag)}{in_case}" if s.tagged else "not tagged")
    parts.append(f"default {plain(s.default_user)}" if s.default_named else "no default")
    return ", ".join([*parts, *(_presence(s, name, with_ids) for name in _named(s))])


def _named(s: Situation) -> list[Name]:
    """The names of the tag and of the preferences, each once."""
    return list(dict.fromkeys(([s.tag] if s.tagged else []) + ([s.default_user] if s.default_named else [])))


def _presence(s: Situation, name: Name, with_ids: bool) -> str:
    if not s.os_users.has(name):
        return f"{plain(name)} is not on the instance"
    user = s.os_users[name]
    if with_ids:
        ids = os_user_ids(user)
        return f"{plain(name)}{ids and f' ({ids})'} is on the instance"
    root = " with uid 0" if user.uid == 0 else " with gid 0" if user.gid == 0 else ""
    return f"{plain(name)} is on the instance{root}"


@checked
def os_user_ids(user: OsUser) -> str:
    """The ids of an OS user, so far as they are said: `uid 0, gid 1001`."""
    return ", ".join(f"{kind} {id}" for kind, id in attrs.asdict(user).items() if id != NO_ID)


@checked
def tell_reading(reading: Reading) -> str:
    """A reading in a phrase: `reading names-nobody/ordinary/not-covered/exact`."""
    return f"reading {'/'.join(choices_of(reading).values())}"


@checked
def plain(name: str) -> str:
    """A name, in quotes if it is empty, has white space around it or cannot be printed as it is."""
    return name if name.isprintable() and name == name.strip() and name else f'"{printable(name)}"'
