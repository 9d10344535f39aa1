"""`runas-spec conform`: an implementation held to the vectors, and then to random cases."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from runas_cli import progress
from runas_cli.exit_codes import ExitCode
from runas_cli.layout import columns
from runas_cli.repeating import SAVED, repeat_with
from runas_cli.reporting import report_paths
from runas_cli.saying import complain, say, say_json
from runas_cli.signals import held
from runas_cli.targets import target_of
from runas_model.inputs.records import InputError
from runas_properties.conformance import kit
from runas_properties.conformance.judging.known import read_known_failures
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.protocol.cases import Step
from runas_properties.conformance.reports import write
from runas_properties.conformance.reports.report import Report
from runas_properties.conformance.reports.telling import offered_in_words
from runas_properties.conformance.reports.terminal import report_lines
from runas_properties.conformance.reports.writable import check_writable, write_text
from runas_properties.conformance.vectors.making import make_vector
from runas_properties.conformance.vectors.reading import read_vectors
from runas_properties.conformance.vectors.vector import as_json

__all__ = ["conform"]

STORAGE_OF_HYPOTHESIS = "HYPOTHESIS_STORAGE_DIRECTORY"
"""The variable that says where Hypothesis keeps its tables: in the working directory, if nobody says so."""


def conform(options: argparse.Namespace) -> int:
    """Run the kit and print the report; 0 when the implementation conforms, 2 when no case was run.

    Raises KeyboardInterrupt after the report of what was answered before an interruption.
    """
    os.environ.setdefault(STORAGE_OF_HYPOTHESIS, str(_cache() / "runas-spec" / "hypothesis"))
    paths = report_paths(options.report)
    if options.save:
        check_writable(Path(options.save))
    known = read_known_failures(options.known) if options.known else {}
    among = read_vectors(options.vectors) if options.vectors else None
    some = kit.chosen(options.only, options.core, among)

    def note(count: int, of: int | None, what: str) -> None:
        progress.show(f"{count}{'' if of is None else f' of {of}'} {what}")

    run: kit.Run | None = None
    try:
        with target_of(options) as target:
            run = kit.conform(
                target,
                some,
                reading=options.reading,
                known=known,
                generating=_generating(options),
                strict=options.strict,
                repeat=repeat_with(options),
                progress=note,
            )
    except KeyboardInterrupt as interruption:
        if run is None:
            interruption.args = ("before the first case was answered: there is nothing to report",)
            raise
        run = run.broken_off(interruption)
    finally:
        progress.clear()
    report = run.report
    with held(until_third=True):
        if options.save and run.failed:
            _save(options, run.failed)
        progress.doing("writing the report")
        write(report, paths)
    if options.json:
        say_json(msgspec.to_builtins(report))
    else:
        say(*report_lines(report, tables=options.tables, width=columns()))
    sys.stdout.flush()
    if run.interrupted_by is not None:
        run.interrupted_by.args = (f"after {_cases(report)}",)
        raise run.interrupted_by
    return _exit_code(report)


def _cache() -> Path:
    """Where programs of this user keep what they could make again."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    return Path(given if os.path.isabs(given) else os.path.expanduser("~/.cache"))


def _cases(report: Report) -> str:
    count = report.total + (report.generated.cases if report.generated else 0)
    return f"{count:,} {'case' if count == 1 else 'cases'}"


def _exit_code(report: Report) -> ExitCode:
    if report.total == report.counts[Verdict.SKIPPED.value]:
        apart = report.counts[Verdict.NOT_OFFERED.value]
        complain("no case was run" if report.total or not apart else f"no case was run: {_needed(report)}")
        return ExitCode.UNUSABLE
    return ExitCode.HOLDS if report.conforms else ExitCode.DOES_NOT_HOLD


def _needed(report: Report) -> str:
    """What the cases need that are not offered."""
    needs = dict.fromkeys(name for case in report.cases for name in case.needs)
    offered = offered_in_words(report.nouns, report.protocol)
    return f"they need {', '.join(needs)}, and {report.target} offers {offered}"


def _generating(options: argparse.Namespace) -> kit.Generating | None:
    if options.seconds is not None:
        if options.examples is not None:
            raise InputError("use either --examples or --seconds, not both")
        return kit.Generating(None, options.seconds, options.seed)
    if options.examples == 0:
        return None
    return kit.Generating(options.examples, None, options.seed)


def _save(options: argparse.Namespace, failed: Sequence[Step]) -> None:
    title = "A random case that failed."
    vector = make_vector(SAVED.format(seed=options.seed), failed, [], title=title)
    write_text(Path(options.save), as_json([vector]))
