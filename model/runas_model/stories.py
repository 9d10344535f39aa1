"""Situations and decisions in a line that a person can read."""

from runas_model.readings import Reading
from runas_model.rulebook import Rule
from runas_model.vocabulary import Decision, Platform, Situation

__all__ = ["outcome", "tell"]


def outcome(decision: Decision) -> str:
    """How a decision ends: `started as alice`, or `refused (os-user-missing)`."""
    if decision.starts:
        return f"started as {decision.os_user}"
    return f"refused ({decision.reason.value})" if decision.reason else "refused"


def tell(situation: Situation, decision: Decision, rule: Rule | None = None, reading: Reading | None = None) -> str:
    """The facts that matter, then the decision and its rule."""
    s = situation
    parts = [f"Run As {'on' if s.run_as_enabled else 'off'}"]
    if s.platform is not Platform.LINUX:
        parts.append(s.platform.value)
    parts.append(f"tagged {_name(s.tag)}" if s.tagged else "not tagged")
    parts.append(f"default {_name(s.default_user)}" if s.default_named else "no default")
    named = ([s.tag] if s.tagged else []) + ([s.default_user] if s.default_named else [])
    for name in dict.fromkeys(named):
        if s.os_users.has(name):
            user = s.os_users[name]
            root = " with uid 0" if user.uid == 0 else " with gid 0" if user.gid == 0 else ""
            parts.append(f"{_name(name)} is on the instance{root}")
        else:
            parts.append(f"{_name(name)} is not on the instance")
    if reading is not None:
        parts.append(f"reading {reading.blank_tag.value}/{reading.superuser.value}/{reading.macos.value}")
    by = f" by {rule.id}" if rule else ""
    return f"{', '.join(parts)}: {outcome(decision)}{by}"


def _name(name: str) -> str:
    return name if name.isprintable() and name == name.strip() and name else f'"{name}"'
