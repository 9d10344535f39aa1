"""A departure made short, and shown twice: as a program that can be run, and as the story of it."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from runas_model.doors import checked
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import CHOICES, PROFILES, Reading, choices_of, profile_of
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.transitions import Call, Transition
from runas_model.specification.vocabulary import Session, Switch
from runas_model.stories.requests import tell_whose_default, tell_whose_tag
from runas_model.stories.situations import tell
from runas_properties.implementations import Arguments, Factory, plain
from runas_properties.laws import LAWS
from runas_properties.oracle.expected import expected_outcome
from runas_properties.oracle.oracle import Departure, Oracle
from runas_properties.oracle.relevance import relevant

__all__ = [
    "FOUND_AS",
    "departure_of",
    "laws_in_lines",
    "program",
    "reading_in_words",
    "sentence",
    "shortened",
    "story",
    "told",
]

NAMES = ("value", "default_user", "parameter", "name")
PLAIN = ("alice", "ops")


@checked
def departure_of(make: Factory, calls: Sequence[Call], reading: Reading) -> Departure | None:
    """The departure of a fresh implementation in a trace; None if it has none."""
    oracle = Oracle(reading, make(reading), laws=False)
    try:
        for operation, arguments in calls:
            oracle.follow(operation, arguments)
    except Departure as departure:
        return departure
    return None


@checked
def shortened(departure: Departure, make: Factory) -> Departure:
    """The same departure in as few steps as can be, under a profile's reading if that shows it.

    First go the steps that the specification did not look at; then, one by one, all that the implementation departs
    without.
    """
    reading = departure.transition.reading
    shortest = departure_of(make, relevant(departure.calls, reading), reading) or departure
    shrinking = True
    while shrinking:
        shrinking = False
        for index in reversed(range(len(shortest.calls) - 1)):
            fewer = [*shortest.calls[:index], *shortest.calls[index + 1 :]]
            without = departure_of(make, fewer, reading)
            if without is not None:
                shortest, shrinking = without, True
                break
    calls = _numbered(shortest.calls)
    for plainer in (*PROFILES.values(), reading):
        found = departure_of(make, calls, plainer)
        if found is not None and len(found.calls) == len(calls):
            shortest = found
            break
    return _with_plain_names(shortest, make)


def _numbered(calls: Sequence[Call]) -> list[Call]:
    """The calls with sessions numbered as they come."""
    sessions = dict.fromkeys(arguments["session"] for _, arguments in calls if "session" in arguments)
    numbers = {session: Session(f"s-{number}") for number, session in enumerate(sessions, start=1)}
    return [(operation, {name: numbers[value] if name == "session" else value for name, value in arguments.items()})
            for operation, arguments in calls]  # fmt: skip


def _with_plain_names(departure: Departure, make: Factory) -> Departure:
    """The same departure with alice and ops for other names, as far as it is the same then."""
    for name in dict.fromkeys(_names(departure.calls)):
        for plain_name in PLAIN:
            if name not in PLAIN and plain_name not in _names(departure.calls):
                calls = [(operation, {of: plain_name if of in NAMES and value == name else value
                                      for of, value in arguments.items()})
                         for operation, arguments in _said(departure.calls)]  # fmt: skip
                found = departure_of(make, calls, departure.transition.reading)
                if found is not None and (len(found.calls), found.laws) == (len(calls), departure.laws):
                    departure = found
                    break
    return departure


def _names(calls: Sequence[Call]) -> list[str]:
    return [arguments[of] for _, arguments in _said(calls) for of in NAMES if of in arguments]


def _said(calls: Sequence[Call]) -> list[Call]:
    """The calls without what nobody says."""
    return [(operation, OPERATIONS[operation].said(arguments)) for operation, arguments in calls]


@checked
def program(departure: Departure, make: Factory) -> str:
    """The trace as a program that fails where the implementation departs, and passes where it does not."""
    t = departure.transition
    imported, name = _imported(make)
    expected = expected_outcome(t)
    r = t.reading
    profile = (profile_of(r) or "").upper().replace("-", "_")
    chosen = ", ".join(str(getattr(r, point)) for point in CHOICES)
    lines = [
        f"from runas_model import {profile or 'Reading, ' + ', '.join(kind.__name__ for kind in CHOICES.values())}",
        f"from runas_properties.implementations import {type(expected).__name__}",
        *imported,
        "",
        f"service = {name}({profile or f'Reading({chosen})'})",
        *(f"service.apply({_call(call)})" for call in departure.calls[:-1]),
        f"outcome = service.apply({_call(departure.calls[-1])})",
        f"assert outcome == {expected!r}, outcome",
        f"assert service.sessions() == {_sessions(t)!r}, service.sessions()",
        "users = {instance: sorted(names) for instance, names in service.os_users().items() if names}",
        f"assert users == {_os_users(t)!r}, users",
    ]
    return "\n".join(lines)


def _imported(make: Factory) -> tuple[list[str], str]:
    """The lines that import what makes an implementation, and how to call it.

    What no import finds, as a class that a function made, is left to who reads the program, unless it says by itself
    where it is found: as `(module, expression)`, under `FOUND_AS`.
    """
    module, name = getattr(make, "__module__", "") or "", getattr(make, "__qualname__", type(make).__qualname__)
    if found := getattr(make, "__dict__", {}).get(FOUND_AS):
        module, name = found
    elif module in ("", "__main__") or not _is_found(make, module, name):
        of = f" of {module}" if module else ""
        return [f"make = ...  # put here what makes {name}{of}: a program cannot import it"], "make"
    return [f"from {module} import {re.split(r'[^A-Za-z0-9_]', name)[0]}"], name


def _is_found(make: Factory, module: str, name: str) -> bool:
    """Whether an import of what a module has by a name gives this factory."""
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return found is make


FOUND_AS = "found_as"
"""The attribute of a factory that says where a program finds it."""


def reading_in_words(reading: Reading) -> str:
    """A reading by its choices, with the profile that makes them, if one does."""
    profile = profile_of(reading)
    choices = ", ".join(choices_of(reading).values())
    return f"{choices} (profile {profile})" if profile else choices


def laws_in_lines(laws: Iterable[str]) -> Iterator[str]:
    """Laws that were broken, each with its title and, where that has other words for it, the exact conclusion."""
    for law in laws:
        first, *more = LAWS[law].lines()
        yield f"  breaks {first}"
        yield from (f"  {line}" for line in more)


@checked
def story(departure: Departure) -> str:
    """What happened, a line for each step that changed something; then what was expected, why, and what was got."""
    t = departure.transition
    lines = [f"Reading {reading_in_words(t.reading)}:"]
    lines += [f"  {number}. {sentence(call)}" for number, call in enumerate(departure.calls, start=1)]
    lines += [f"  {difference}" for difference in departure.differences]
    if t.decision is not None and t.accepted:
        rule = next(rule for rule in RULEBOOK if rule.id == t.decision.rule)
        situation = t.asks_in(t.before)
        lines.append(f"  decided by {rule.id} ({', '.join(rule.clauses)}): {rule.title}")
        lines.append(f"  because: {tell(situation, t.decision)}")
        whose_default = tell_whose_default(t.before, t.asked, situation, t.reading)
        lines += [f"  {whose}" for whose in (tell_whose_tag(t.before, t.asked), whose_default) if whose]
    else:
        operation = OPERATIONS[t.operation]
        clauses = f" ({', '.join(operation.clauses)})" if operation.clauses else ""
        lines.append(f"  {t.operation}{clauses}: {operation.title}")
    lines += laws_in_lines(departure.laws)
    return "\n".join(lines)


@checked
def told(departure: Departure, make: Factory) -> str:
    """The story and the program."""
    return f"{story(departure)}\n\n{program(departure, make)}"


SENTENCES = {
    "create_principal": "IAM {kind} {principal} is created in account {account}",
    "delete_principal": "{principal} is deleted",
    "tag_principal": "{principal} is tagged {key}={value!r}",
    "untag_principal": "The tag {key} is taken off {principal}",
    "assume_role": "Role {principal} is assumed in role session {role_session}",
    "assume_role_with_tag": "Role {principal} is assumed in role session {role_session}, "
    "with the {transitive}session tag {key}={value!r}",
    "end_role_session": "Role session {role_session} ends",
    "update_preferences": "Account {account} sets Run As to {run_as_enabled}, default OS user {default_user!r}",
    "put_document": "Account {account} writes session document {document!r}: Run As {run_as_enabled}, "
    "default OS user {default_user!r}",
    "delete_document": "Account {account} deletes session document {document!r}",
    "register_instance": "{instance} ({platform}) is registered in account {account}",
    "deregister_instance": "{instance} is deregistered",
    "create_os_user": "OS user {name!r} (uid {uid}, gid {gid}) is created on {instance}",
    "delete_os_user": "OS user {name!r} is deleted from {instance}",
    "start_session": "{principal} starts session {session} on {instance}",
    "terminate_session": "Session {session} is terminated",
}
"""How each operation is told."""
MORE = {
    "declares_parameter": " as a parameter",
    "source": ", from role session {}",
    "region": " in Region {}",
    "document": " with session document {!r}",
    "role_session": ", in role session {}",
    "parameter": ", and gives the parameter {!r}",
}
"""How it is told what an argument is that may be left out."""


def sentence(call: Call) -> str:
    """An operation with its arguments as a sentence."""
    operation, arguments = call
    if operation not in SENTENCES:
        file = "properties/runas_properties/oracle/failures.py"
        raise LookupError(f"{file}: no sentence about {operation} in SENTENCES: add one, with its arguments in braces")
    members = OPERATIONS[operation].with_members_again(arguments)
    said = plain(operation, members)
    more = "".join(MORE[name].format(said[name]) for name in OPERATIONS[operation].left_out if name in said)
    return f"{SENTENCES[operation].format(**{**said, **_in_words(members)})}{more}."


def _in_words(arguments: Arguments) -> dict[str, str]:
    """Those of the arguments that have words of their own: positions of the switch, and truths."""
    switches = {name: str(value) for name, value in arguments.items() if isinstance(value, Switch)}
    truths = {name: f"{name} " if value else "" for name, value in arguments.items() if isinstance(value, bool)}
    return switches | truths


def _call(call: Call) -> str:
    return f'"{call[0]}", {plain(*call)!r}'


def _sessions(t: Transition) -> dict[str, str]:
    return {str(at[1]): str(t.after.sessions[at].os_user) for at in sorted(t.after.sessions)}


def _os_users(t: Transition) -> dict[str, list[str]]:
    return {str(place): sorted(map(str, t.after.os_users.under(place))) for place in sorted(t.after.os_users.rows)}
