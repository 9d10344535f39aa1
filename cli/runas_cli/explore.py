"""`runas-spec explore`: every state of a small scope, and the laws in each."""

import argparse
from collections.abc import Iterator

import attrs

from runas_cli import progress
from runas_cli.exit_codes import ExitCode
from runas_cli.saying import say, say_json
from runas_model.inputs.records import InputError
from runas_model.specification.readings import Reading, profile_of
from runas_model.specification.vocabulary import OsUser
from runas_model.stories.situations import os_user_ids
from runas_properties.explorer import Broken, Exploration, Scope, ScopeError
from runas_properties.explorer import explore as explore_scope

__all__ = ["explore", "report_lines"]


def explore(options: argparse.Namespace) -> int:
    """Explore, and print what was found; 0 when every law holds in every state.

    Raises KeyboardInterrupt after what was found before an interruption.
    """
    counts = {field.name: getattr(options, field.name) for field in attrs.fields(Scope)}

    def show(explored: int, found: int) -> None:
        progress.show(f"{explored:,} of {found:,} states found so far")

    progress.doing("preparing the scope" if options.no_laws else "preparing the scope and the formulas of the laws")
    try:
        done = explore_scope(Scope(**counts), options.reading, laws=() if options.no_laws else None, progress=show)
    except ScopeError as error:
        raise InputError(str(error)) from None
    finally:
        progress.clear()
    if options.json:
        say_json(done.as_data())
    else:
        say(*report_lines(done))
    if done.interrupted_by is not None:
        raise done.interrupted_by
    return ExitCode.HOLDS if done.holds else ExitCode.DOES_NOT_HOLD


def report_lines(done: Exploration) -> Iterator[str]:
    """The exploration as aligned lines of text."""
    yield f"{done.scope}; reading {_name_of(done.reading)}"
    nouns = ", ".join(noun.value for noun in done.scope.nouns)
    yield f"in play beside accounts, principals and instances: {nouns or 'nothing'}"
    yield ""
    width = max(len(f"{done.transitions:,}"), 9)
    yield f"  states       {done.states:{width},}"
    yield f"  transitions  {done.transitions:{width},}"
    yield f"  depth        {done.depth:{width},}"
    yield f"  fingerprint  {done.fingerprint}"
    yield ""
    yield from _operations(done)
    yield ""
    yield from _met(done, "rule ", "rules", "decide the start of some session")
    if done.laws:
        yield from _met(done, None, "pairs", "of an operation and the rule that decides the next start occur")
        yield from _met(done, "law ", "laws", "exercised")
    for broken in done.broken:
        yield ""
        yield from _trace(broken)
    yield ""
    yield _verdict(done)


def _operations(done: Exploration) -> Iterator[str]:
    """Each operation with its transitions, and the errors met or not."""
    width = max(map(len, done.accepted))
    yield f"  {'operation':{width}}  {'transitions':>14}  errors met"
    for operation, count in done.accepted.items():
        errors = [
            found.name.removeprefix(f"{operation} raises ") + ("" if found.met else " (not met)")
            for found in done.found
            if found.name.startswith(f"{operation} raises ")
        ]
        yield f"  {operation:{width}}  {count:14,}  {', '.join(errors) or '-'}"


def _met(done: Exploration, prefix: str | None, noun: str, what: str) -> Iterator[str]:
    every = [
        found for found in done.found if (", then " in found.name if prefix is None else found.name.startswith(prefix))
    ]
    yield f"  {sum(found.met for found in every):3} of {len(every):3} {noun} {what}"
    missing = [found.name.removeprefix(prefix) for found in every if not found.met] if prefix else []
    if missing:
        yield f"      not reachable in this scope and reading: {', '.join(missing)}"


def _trace(broken: Broken) -> Iterator[str]:
    first, *more = broken.law.lines()
    yield f"  broken: {first}"
    yield from (f"  {line}" for line in more)
    yield "  a shortest trace from the initial state:"
    for operation, arguments in broken.trace.plain_calls():
        yield f"    {operation}({', '.join(f'{name}={value!r}' for name, value in arguments.items())})"
    told = {name: repr(value) for name, value in broken.values.items() if isinstance(value, str | bool)}
    told |= {name: os_user_ids(value) for name, value in broken.values.items() if isinstance(value, OsUser)}
    if told:
        yield f"  for {', '.join(f'{name} = {value}' for name, value in told.items())}"


def _verdict(done: Exploration) -> str:
    laws = f"{len(done.laws)} laws checked in every state and transition" if done.laws else "no laws checked"
    figures = f"{done.seconds:.1f} s, {done.states / done.seconds:,.0f} states/s"
    if done.interrupted:
        return f"INTERRUPTED at depth {done.depth}, with states left to explore: {laws} so far; {figures}"
    if done.broken:
        return f"DOES NOT HOLD: {len(done.broken)} of {len(done.laws)} laws broken at depth {done.depth}; {figures}"
    return f"{'HOLDS' if done.laws else 'EXPLORED'}: every state, {laws}; {figures}"


def _name_of(reading: Reading) -> str:
    choices = (f"{name}={choice.value}" for name, choice in attrs.asdict(reading).items())
    return profile_of(reading) or ", ".join(choices)
