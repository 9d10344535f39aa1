"""`runas-spec check`: recorded decisions of an implementation, held against the specification."""

import argparse
import time
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from runas_cli import progress
from runas_cli.check_report import report_lines
from runas_cli.exit_codes import ExitCode
from runas_cli.reporting import report_paths
from runas_cli.saying import say
from runas_cli.signals import held, raise_lost
from runas_model.inputs.openings import STANDARD_INPUT, named
from runas_model.inputs.records import InputError, Records, RowRead
from runas_model.specification.readings import AGENT, DEFAULT
from runas_properties.oracle.known import Known
from runas_properties.oracle.known_files import read_known
from runas_properties.oracle.recorded import AGENT_KNOWN, AGENT_PLATFORM, Report, rows_in_words

if TYPE_CHECKING:
    from runas_properties.conformance.reports.streaming import Streamed

__all__ = ["check"]

AGENT_NAME = "amazon-ssm-agent"
BUILT_IN = f"known departures: those of {AGENT_NAME} that runas-spec lists; --no-known leaves them out"
OF_AGENT = f"reading: agent, since the decisions are those of {AGENT_NAME}; --reading chooses another"
NO_ROWS = "holds no decisions; a document has os_users and decisions, and JSON Lines have one decision in each line"
NOT_LISTED = (
    f"known departures: none, since not every file says before its decisions that its implementation is {AGENT_NAME}; "
    "--known FILE.toml gives a list"
)


def check(options: argparse.Namespace) -> int:
    """Check files and print what was found; 0 when every departure is known and every kind occurs that must.

    Memory does not grow with the files. Raises KeyboardInterrupt after the report of the rows that were checked before
    an interruption, and `InputError` after a report with rows that cannot be read, or up to where a file cannot be read
    any further.
    """
    if [*options.files, options.known].count(STANDARD_INPUT) > 1:
        raise InputError(f"{STANDARD_INPUT}, standard input, can be read only once")
    with ExitStack() as stack:
        return _check([stack.enter_context(closing(Records(file))) for file in options.files], options)


def _check(files: Sequence[Records], options: argparse.Namespace) -> int:
    of_agent = [_of_agent(file) for file in files]
    known, notes = _known(options, of_agent)
    if options.reading is None:
        options.reading = AGENT if all(of_agent) else DEFAULT
        notes += [OF_AGENT] if all(of_agent) else []
    report, paths = Report(options.reading, known), report_paths(options.report)
    began = time.perf_counter()
    platforms = (AGENT_PLATFORM if one else None for one in of_agent)
    rows = progress.counted(chain.from_iterable(map(Records.rows, files, platforms)), "rows")
    with _streamed(paths, report, options.json) as streamed:
        interruption = _check_rows(rows, report, streamed)
        if report.rows == 0:
            raise interruption or InputError(NO_ROWS, file=", ".join(file.name for file in files))
        if streamed is not None:
            with held(until_third=True):
                _write(streamed, report, time.perf_counter() - began, files[0], options)
    if not options.json:
        first, *more = report_lines(report)
        say(first, *notes, *more)
    if interruption is not None:
        raise interruption
    if report.unreadable:
        unreadable = report.unreadable_first[0].told
        raise InputError(f"{rows_in_words(report.unreadable)} cannot be read, the first: {unreadable}")
    for name, group in report.groups.items():
        if group.mixed:
            mixed = f"matches rows of several causes: {group.mixed}; make an entry for each"
            raise InputError(mixed, file=options.known, row=name, field="id" if group.known.id else "when")
    return ExitCode.HOLDS if report.holds else ExitCode.DOES_NOT_HOLD


def _check_rows(
    rows: Iterable[RowRead], report: Report, streamed: "Streamed | None"
) -> KeyboardInterrupt | InputError | None:
    """Check rows, up to what breaks that off, which is returned and says how far it came."""
    row: RowRead | None = None
    interruption: KeyboardInterrupt | InputError | None = None
    try:
        if streamed is None:
            for row in rows:
                report.add(row)
        else:
            for row in rows:
                streamed.add(row.id, report.add(row))
                if streamed.full:
                    with held():
                        streamed.flush()
                    raise_lost()
    except KeyboardInterrupt as caught:
        interruption, report.interrupted = caught, True
        before = "before the first row was checked: there is nothing to report"
        caught.args = (f"after {rows_in_words(report.rows)}" if report.rows else before,)
    except InputError as caught:
        interruption, report.interrupted = caught, True
    if streamed is not None and row is not None and streamed.count < report.rows:  # broken off between the two
        streamed.add(row.id, row)
    return interruption


def _known(options: argparse.Namespace, of_agent: Sequence[bool]) -> tuple[list[Known], list[str]]:
    """The list that was given, else the one of amazon-ssm-agent, where all files say that its decisions are in them.

    With a line that says so, where nobody asked for that list, or why it does not apply to some file that does say so.
    """
    if options.known:
        return read_known(options.known), []
    if options.no_known or not all(of_agent):
        return [], [NOT_LISTED] if any(of_agent) and not options.no_known else []
    return read_known(AGENT_KNOWN), [BUILT_IN]


def _of_agent(file: Records) -> bool:
    with suppress(InputError):  # which reading the rows will tell
        return file.implementation(before_decisions=True).startswith(AGENT_NAME)
    return False


def _streamed(paths: dict[str, Path], report: Report, printed: bool) -> "AbstractContextManager[Streamed | None]":
    if not (paths or printed):
        return nullcontext()
    from runas_properties.conformance.reports.recorded import case_of
    from runas_properties.conformance.reports.streaming import Streamed

    return Streamed(paths, lambda row: case_of(row, report.reading, report.known), printed)


def _write(streamed: "Streamed", report: Report, seconds: float, first: Records, options: argparse.Namespace) -> None:
    """Write the files of `--report`, and the JSON that `--json` prints."""
    from runas_properties.conformance.reports.recorded import recorded_report

    progress.doing("writing the report")
    streamed.flush()
    implementation = first.implementation() or ", ".join(Path(named(file)).name for file in options.files)
    made = recorded_report(streamed.listed, report, implementation, options.reading, seconds, streamed.tally)
    streamed.finish(made)
