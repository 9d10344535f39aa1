"""Situations, readings and decisions in lines that a person can read."""

from runas_model.doors import checked
from runas_model.inputs.printing import printable
from runas_model.specification.readings import Reading, choices_of
from runas_model.specification.rulebook import Rule
from runas_model.specification.vocabulary import Decision, Platform, Situation

__all__ = ["outcome", "plain", "tell", "tell_facts", "tell_reading"]


@checked
def outcome(decision: Decision) -> str:
    """The outcome of a decision: `started as alice`, or `refused (os-user-missing)`."""
    if decision.starts:
        return f"started as {plain(decision.os_user or '')}"
    return f"refused ({decision.reason.value})" if decision.reason else "refused"


@checked
def tell(situation: Situation, decision: Decision, rule: Rule | None = None, reading: Reading | None = None) -> str:
    """The facts that matter, then the decision and its rule."""
    parts = [tell_facts(situation)]
    if reading is not None:
        parts.append(tell_reading(reading))
    by = f" by {rule.id}" if rule else ""
    return f"{', '.join(parts)}: {outcome(decision)}{by}"


@checked
def tell_facts(s: Situation) -> str:
    """The facts of a situation that matter to a decision."""
    parts = [f"Run As {s.run_as_enabled}"]
    if s.platform is not Platform.LINUX:
        parts.append(s.platform.value)
    in_case = "" if s.tag_key_exact else " by a key in another case"
    parts.append(f"tagged {plain(s.tag)}{in_case}" if s.tagged else "not tagged")
    parts.append(f"default {plain(s.default_user)}" if s.default_named else "no default")
    named = ([s.tag] if s.tagged else []) + ([s.default_user] if s.default_named else [])
    for name in dict.fromkeys(named):
        if s.os_users.has(name):
            user = s.os_users[name]
            root = " with uid 0" if user.uid == 0 else " with gid 0" if user.gid == 0 else ""
            parts.append(f"{plain(name)} is on the instance{root}")
        else:
            parts.append(f"{plain(name)} is not on the instance")
    return ", ".join(parts)


@checked
def tell_reading(reading: Reading) -> str:
    """A reading in a phrase: `reading names-nobody/ordinary/not-covered/exact`."""
    return f"reading {'/'.join(choices_of(reading).values())}"


@checked
def plain(name: str) -> str:
    """A name, in quotes if it is empty, has white space around it or cannot be printed as it is."""
    return name if name.isprintable() and name == name.strip() and name else f'"{printable(name)}"'
