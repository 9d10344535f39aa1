"""`runas-spec selfcheck`: the kit, tried on implementations of which it is known whether they are right."""

import argparse
from collections.abc import Iterator, Sequence

import attrs

from runas_cli import progress
from runas_cli.exit_codes import ExitCode
from runas_cli.saying import say, say_json
from runas_properties.conformance.selfcheck import Tried, self_check, trials

__all__ = ["selfcheck"]


def selfcheck(options: argparse.Namespace) -> int:
    """Try the kit on all; 0 when each fault is convicted by a core vector, and nothing else is accused."""
    tried = list(progress.counted(self_check(), "implementations", trials()))
    holds = bool(tried) and all(one.as_it_should_be for one in tried)
    if options.json:
        every = [{**attrs.asdict(one), "as_it_should_be": one.as_it_should_be} for one in tried]
        say_json({"holds": holds, "tried": every})
    else:
        say(*_lines(tried, holds))
    return ExitCode.HOLDS if holds else ExitCode.DOES_NOT_HOLD


def _lines(tried: Sequence[Tried], holds: bool) -> Iterator[str]:
    width = max(len(one.id) for one in tried)
    yield f"{'implementation':{width}}  expected   got         correct"
    for one in tried:
        expected = "caught" if one.faulty else "conforms"
        got = "caught" if one.caught_by else "conforms"
        accused = f"  false positives: {', '.join(one.accused_by[:3])}" if one.accused_by else ""
        by = f"by {one.caught_by[0]}" if one.caught_by else f"{one.cases:,} cases"
        yield f"{one.id:{width}}  {expected:9}  {got:10}  {'yes' if one.as_it_should_be else 'NO':3}  {by}{accused}"
    faults = [one for one in tried if one.faulty]
    correct = [one for one in tried if not one.faulty]
    yield ""
    yield (
        f"{'HOLDS' if holds else 'DOES NOT HOLD'}: {sum(bool(one.caught_by) for one in faults)} of {len(faults)} "
        f"faults caught by the core vectors, {sum(bool(one.accused_by) for one in tried)} false positives (including "
        f"{sum(bool(one.accused_by) for one in correct)} of {len(correct)} correct implementations)"
    )
