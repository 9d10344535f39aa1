"""`runas-spec prove`: an implementation of the decision in Python, proved or refuted by following its source."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import msgspec

from runas_cli import progress
from runas_cli.exit_codes import ExitCode
from runas_cli.repeating import path_word
from runas_cli.saying import say, say_json
from runas_model.inputs.records import InputError
from runas_properties.conformance.protocol.readable import shell_word
from runas_properties.conformance.reports.writable import check_writable, write_text
from runas_properties.conformance.targets.target import SECONDS, Unusable
from runas_properties.conformance.vectors.vector import as_json
from runas_properties.following.apart import prove_apart
from runas_properties.following.limits import Limits
from runas_properties.following.proving import LONG
from runas_properties.following.verdicts import Ending, Verdict

__all__ = ["prove"]

CODES = {
    Ending.PROVED: ExitCode.HOLDS,
    Ending.REFUTED: ExitCode.DOES_NOT_HOLD,
    Ending.NOT_PROVABLE: ExitCode.UNUSABLE,
}


def prove(options: argparse.Namespace) -> int:
    """Print the verdict; 0 where it is proved, 1 where it is refuted, 2 where it is not provable."""
    if options.save:
        check_writable(Path(options.save))
    progress.doing("starting the implementation")
    try:
        verdict = prove_apart(
            options.target,
            options.reading,
            Limits(os_users=options.os_users, seconds=options.seconds),
            seconds=SECONDS if options.timeout is None else options.timeout,
            seconds_to_start=options.timeout,
            progress=progress.show,
        )
    except Unusable as unusable:
        raise InputError(str(unusable)) from None
    finally:
        progress.clear()
    if options.save and verdict.vector is not None:
        write_text(Path(options.save), as_json([verdict.vector]))
    if options.json:
        say_json(msgspec.to_builtins(verdict))
    else:
        say(*_lines(verdict, options))
    return CODES[verdict.ending]


def _lines(verdict: Verdict, options: argparse.Namespace) -> Iterator[str]:
    match verdict.ending:
        case Ending.PROVED:
            yield from _proved(verdict)
        case Ending.REFUTED:
            yield from _refuted(verdict, options)
        case Ending.NOT_PROVABLE:
            yield f"NOT PROVABLE: {verdict.target}: {verdict.why}"
            if verdict.place is not None:
                yield f"  at {verdict.place}"
            if verdict.id:
                yield f"  on the vector {verdict.id}"
            if verdict.paths:
                yield f"  after {verdict.paths:,} paths, on which it agrees with the reading {verdict.reading}"
    yield f"{verdict.seconds:.1f} s"


def _proved(verdict: Verdict) -> Iterator[str]:
    found = "as asked" if verdict.given else "found: no other fits"
    yield f"PROVED: {verdict.target} decides as the specification does under the reading {verdict.reading} ({found})."
    yield (
        f"  For every question with at most {verdict.os_users} OS users, whose names differ and are not blank: any "
        "names, any ids, in any order."
    )
    yield (
        f"  {verdict.paths:,} paths were followed. The function itself was run {verdict.runs:,} times: on every "
        f"vector, and on examples of each path, also with {LONG} OS users more."
    )
    yield from (f"  assumed: {assumption}" for assumption in verdict.assumed)


def _refuted(verdict: Verdict, options: argparse.Namespace) -> Iterator[str]:
    fits = "" if verdict.given else ", which fits it best"
    yield f"REFUTED: {verdict.target} departs from the specification under the reading {verdict.reading}{fits}."
    yield verdict.story or f"  got: {verdict.answer}"
    limit = "" if options.timeout is None else f" --timeout {options.timeout:g}"
    under = f"--reading {verdict.reading}{limit} --target {shell_word(options.target)}"
    if verdict.id:
        yield f"Repeat it: runas-spec replay {verdict.id} {under}"
    elif verdict.vector is not None and options.save:
        file = path_word(options.save)
        yield f"Repeat it: runas-spec replay {verdict.vector.id} --vectors {file} {under}"
    elif verdict.vector is not None:
        limits = f"--os-users {options.os_users} --seconds {options.seconds:g}"
        yield f"Repeat it, and save it: runas-spec prove {limits} --save counterexample.json {under}"
