"""`runas-spec tell`: a story file, performed on the specification step by step."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
import msgspec
from attrs import evolve

from runas_cli import progress
from runas_cli.exit_codes import ExitCode
from runas_cli.explaining import explanation_as_data, explanation_lines, reading_told
from runas_cli.saying import say, say_json
from runas_cli.told import Decided, End, Met, Running, Told
from runas_model.facts.explanation import explain
from runas_model.inputs.calls import CallRead, read_calls
from runas_model.specification.errors import OperationError
from runas_model.specification.operations import operation_named
from runas_model.specification.readings import Reading, choices_of
from runas_model.specification.state import INITIAL
from runas_model.specification.vocabulary import Situation
from runas_model.stories.performing import Story
from runas_model.stories.requests import tell_whose_default, tell_whose_tag
from runas_model.stories.situations import outcome, plain, tell_facts
from runas_model.stories.traces import changes, tell_call
from runas_properties.conformance.protocol.cases import (
    DECIDE,
    LIST_OS_USERS,
    LIST_SESSIONS,
    Decide,
    ListOsUsers,
    ListSessions,
    situation_asked,
)
from runas_properties.conformance.protocol.readable import readable_text

__all__ = ["tell"]

NOTHING = "nothing changed"


@attrs.frozen
class Ended:
    """How a step ended: in a word behind its call, in lines under it, and as data."""

    word: str = ""
    lines: tuple[str, ...] = ()
    data: Mapping[str, Any] = {}


def tell(options: argparse.Namespace) -> int:
    """Perform the calls of a file, and tell each as it comes; 0 when all of them could be read.

    Raises `InputError` for one that cannot be, after those before it were told, and KeyboardInterrupt likewise.
    """
    story, number = Story(options.reading), 0
    try:
        for call in progress.counted(read_calls(options.file, READERS), "steps"):
            ended = ENDINGS.get(call.operation, _performed)(call, story)
            number += 1
            if options.json:
                told = Told(number, call.line, dict(call.step), **ended.data)
                say_json(msgspec.to_builtins(told), indent=None)
                continue
            if number == 1:
                say(reading_told(story.reading), "")
            first = f"{number}. {_call(call)}{ended.word and f' -> {ended.word}'}"
            say(*map(readable_text, (first, *(f"   {line}" for line in ended.lines))))
    except KeyboardInterrupt as interruption:
        interruption.args = (f"after {_steps(number)}",)
        raise
    if options.json:
        say_json(msgspec.to_builtins(End(number, choices_of(story.reading), tuple(_running(story)))), indent=None)
    else:
        say("", *map(readable_text, _at_the_end(story)))
    return ExitCode.HOLDS


def _steps(number: int) -> str:
    return f"{number:,} {'step' if number == 1 else 'steps'}"


def _call(call: CallRead) -> str:
    """A call in words; a question with the situation that it asks about."""
    if isinstance(call.arguments, Situation):
        return f"{call.operation}: {tell_facts(call.arguments)}"
    arguments = call.arguments if isinstance(call.arguments, Mapping) else msgspec.structs.asdict(call.arguments)
    return tell_call(call.operation, arguments) if arguments else call.operation


def _performed(call: CallRead, story: Story) -> Ended:
    done = story.perform(call.operation, call.arguments)
    if done.error is not None:
        return Ended(f"{type(done.error).__name__}: {done.error}", (NOTHING,), {"error": _met(done.error, call)})
    changed = Ended("", done.changes or (NOTHING,), {"changes": done.changes})
    if done.situation is None:
        return changed
    decided = _decided(done.situation, story.reading)
    asked = done.transition.before, done.transition.asked
    whose_default = tell_whose_default(*asked, done.situation, story.reading)
    whose = {"whose_tag": tell_whose_tag(*asked), "whose_default": whose_default}
    why = (f"because: {tell_facts(done.situation)}", *filter(None, whose.values()))
    data = {**changed.data, **decided.data, **{name: told or None for name, told in whose.items()}}
    return Ended(decided.word, (*changed.lines, *why, *decided.lines), data)


def _met(error: OperationError, call: CallRead) -> Met:
    """An error, with the arguments that it is about: a role session that a role is assumed from is its `source`."""
    given = operation_named(call.operation).complete(call.arguments)
    named = zip(error.about, error.subject, strict=True)
    about = [(next(other for other in (name, *given) if given[other] == subject), subject) for name, subject in named]
    return Met(type(error).__name__, str(error), dict(about))


def _decided(situation: Situation, reading: Reading) -> Ended:
    why = explain(situation, reading)
    lines = tuple(filter(None, explanation_lines(why)))
    data = msgspec.convert(explanation_as_data(why, reading), Decided)
    return Ended(f"{outcome(why.decision)} by {why.rule.id}", lines, {"decision": data})


def _sessions(_: CallRead, story: Story) -> Ended:
    running = {one.session: one.os_user for one in _running(story)}
    return Ended("", tuple(_running_lines(story)) or ("no session is running",), {"sessions": running})


def _os_users(call: CallRead, story: Story) -> Ended:
    state, instance = story.state, call.arguments.instance
    lines = tuple(changes(evolve(state, os_users=state.os_users.drop_under(instance)), state))
    names = tuple(sorted(state.os_users.under(instance)))
    return Ended("", lines or (f"no OS users on {instance}",), {"os_users": names})


ENDINGS: Mapping[str, Callable[[CallRead, Story], Ended]] = {
    DECIDE: lambda call, story: _decided(call.arguments, story.reading),
    LIST_SESSIONS: _sessions,
    LIST_OS_USERS: _os_users,
}
"""How the steps end that are no operations: a failing trace has such, too."""


def _question(step: Mapping[str, Any]) -> Situation:
    msgspec.convert(step, Decide)
    return situation_asked(step)


READERS = {
    DECIDE: _question,
    LIST_SESSIONS: lambda step: msgspec.convert(step, ListSessions),
    LIST_OS_USERS: lambda step: msgspec.convert(step, ListOsUsers),
}


def _running(story: Story) -> Iterator[Running]:
    sessions = story.state.sessions
    for instance, session in sorted(sessions):
        run, role_session = sessions[instance, session], story.role_session_of(session)
        yield Running(session, instance, run.principal, run.os_user, run.rule, role_session or None)


def _running_lines(story: Story) -> Iterator[str]:
    """A line for each running session, in the order of `_running`."""
    lines = changes(evolve(story.state, sessions=INITIAL.sessions), story.state)
    for line, one in zip(lines, _running(story), strict=True):
        yield f"{line}, in role session {plain(one.role_session)}" if one.role_session else line


def _at_the_end(story: Story) -> Iterator[str]:
    running = list(_running_lines(story))
    if not running:
        yield "At the end no session is running."
        return
    count = len(running)
    yield f"At the end {count:,} {'session is' if count == 1 else 'sessions are'} running:"
    yield from (f"  {line}" for line in running)
