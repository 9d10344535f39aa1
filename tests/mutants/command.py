"""`python -m mutants`: every mutant of the model put to `verify`, or every mutant of readers and phrases to tests.

Ends with 0 where none survives but those that are kept as equivalent, and all that is kept is as it says.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from mutants.equivalence import prove
from mutants.kept import KEPT, Kept, read_kept, stale
from mutants.parts import MODEL, READERS, mutants_in
from mutants.report import Report, heading, lines_of, totals
from mutants.source import Mutant
from mutants.trial import Fate, Judge, Verdict, ask_tests, judge_all, verify
from runas_cli.exit_codes import ExitCode
from runas_cli.progress import counted

__all__ = ["run"]


def run(arguments: Sequence[str]) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except KeyboardInterrupt:
        print("mutants: interrupted", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except (ValueError, OSError) as error:
        print(f"mutants: {error}", file=sys.stderr)
        return ExitCode.UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mutants", description=__doc__)
    parser.add_argument("--readers", action="store_true", help="mutants of readers and phrases, put to their tests")
    parser.add_argument("--only", metavar="TEXT", default="", help="those alone whose id begins so")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each N-th of them, from the first on")
    parser.add_argument("--list", action="store_true", help="only list them")
    parser.add_argument("--json", metavar="FILE", help="also write the report as JSON (- prints only JSON)")
    return parser


def _run(options: argparse.Namespace) -> int:
    parts, judge = (READERS, ask_tests) if options.readers else (MODEL, verify)
    every = [mutant for part in parts for mutant in mutants_in(part)]
    if options.every < 1:
        raise ValueError("--every takes a number from 1 on")
    chosen = [mutant for mutant in every if mutant.id.startswith(options.only)][:: options.every]
    if not chosen:
        raise ValueError(f"--only {options.only!r} chooses none of {len(every)} mutants")
    if options.list:
        print(*(mutant.id for mutant in chosen), sep="\n")
        return ExitCode.HOLDS
    kept = read_kept(KEPT)
    ids = {mutant.id for mutant in chosen} if len(chosen) < len(every) else set(kept)
    report = report_on(chosen, judge, [entry for id, entry in kept.items() if id in ids], options.json != "-")
    if options.json:
        text = json.dumps(report.as_data(), indent=2, ensure_ascii=False) + "\n"
        sys.stdout.write(text) if options.json == "-" else Path(options.json).write_text(text, "utf-8")
    return ExitCode.HOLDS if report.holds else ExitCode.DOES_NOT_HOLD


def report_on(mutants: Sequence[Mutant], judge: Judge, kept: Iterable[Kept], tell: bool = True) -> Report:
    """Put mutants on trial, and see whether those that are kept as equivalent are.

    Raises ValueError where a module does not even survive unchanged: then it is not the mutants that are killed.
    """
    began = time.perf_counter()
    report = Report()
    width = max(len(mutant.source.module) for mutant in mutants)
    _say(tell, heading(width))
    _check_unchanged(mutants, judge)
    judged = counted(judge_all(mutants, judge), "mutants", len(mutants))
    entries = {entry.id: entry for entry in kept}
    for module, several in groupby(judged, lambda one: one[0].source.module):
        of_module = {mutant.id: (mutant, verdict) for mutant, verdict in several}
        report.add(module, of_module, entries)
        _say(tell, *lines_of(report.files[-1], width))
    report.stale = stale(entries.values(), report.judged, _proved)
    report.seconds = time.perf_counter() - began
    _say(tell, *totals(report, width))
    return report


def _check_unchanged(mutants: Sequence[Mutant], judge: Judge) -> None:
    unchanged = {mutant.source.module: mutant.source.unchanged for mutant in mutants}
    for mutant, verdict in judge_all(unchanged.values(), judge):
        if verdict.fate is not Fate.SURVIVED:
            raise ValueError(f"{mutant.source.module} does not survive as it is: {verdict.by}")


def _proved(mutants: list[Mutant]) -> dict[str, Verdict]:
    judged = judge_all(mutants, prove)
    return {mutant.id: verdict for mutant, verdict in counted(judged, "proofs of equivalence", len(mutants))}


def _say(tell: bool, *lines: str) -> None:
    if tell and lines:
        print(*lines, sep="\n", flush=True)
