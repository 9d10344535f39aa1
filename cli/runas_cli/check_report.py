"""What a check of recorded decisions found, as lines of text."""

from collections.abc import Iterator

from runas_cli.layout import cut
from runas_model.inputs.observed import Outside
from runas_model.inputs.printing import printable
from runas_properties.oracle.completions import completed_in_words
from runas_properties.oracle.known import BY_TAG, Known
from runas_properties.oracle.recorded import Group, Report, interrupted_after, rows_in_words

__all__ = ["NO_ROW", "report_lines", "short_report_lines"]

NO_ROW = "unused entry: no row matches it; remove it or correct how it is matched"


def report_lines(report: Report) -> Iterator[str]:
    """The four verdicts counted, then each kind of departure, what lies outside, and what cannot be read."""
    yield from _counts(report)
    for kind, group in _kinds(report):
        yield ""
        yield f"  {_kind(kind, group)}"
        yield from (f"      {line}" for line in _about(group, report.interrupted))
    if report.unexplained_first:
        yield ""
    yield from _unexplained(report)
    yield from _outside(report)
    yield from _unreadable(report)
    if report.rows and not report.compared:
        yield ""
        yield "  no row could be compared with the specification"
    yield ""
    unexplained = f"{report.unexplained} unexplained"
    yield f"{interrupted_after(rows_in_words(report.rows))}: {unexplained}" if report.interrupted else unexplained


def short_report_lines(report: Report, width: int | None = None) -> Iterator[str]:
    """The same, with a line for each kind, cut to the width; what nobody explains or can read is told in full."""
    yield from _counts(report)
    for kind, group in _kinds(report):
        yield cut(f"  {_kind(kind, group)}", width)
        if not group.count:
            yield f"      {NO_ROW}"
    yield from (cut(f"  {report.outside[fact.value]:5} rows  outside the model, {fact.value}: {fact.meaning}", width)
                for fact in Outside if report.outside[fact.value])  # fmt: skip
    yield from _unexplained(report)
    yield from _unreadable(report)
    yield f"{report.unexplained} unexplained"


def _counts(report: Report) -> Iterator[str]:
    others = [f"{report.outside.total():,} outside the model"] if report.outside else []
    others += [f"{report.unreadable:,} cannot be read"] if report.unreadable else []
    counts = [f"{report.agreed:,} agreed", f"{report.departed:,} departed", *others]
    yield f"{report.rows:,} recorded decisions: {', '.join(counts)}"
    if report.completed_first is not None:
        count, first = rows_in_words(report.completed), report.completed_first
        yield f"  {count} of these, the first {printable(first.id)}: {completed_in_words(first)}"


def _kinds(report: Report) -> Iterator[tuple[str, Group]]:
    """The kinds that occur, or should."""
    return ((kind, group) for kind, group in report.groups.items() if group.count or group.known.must_occur)


def _kind(kind: str, group: Group) -> str:
    return f"{group.count:5} rows  {kind}: {group.known.reason}"


def _unexplained(report: Report) -> Iterator[str]:
    for departure in report.unexplained_first:
        yield f"  unexplained: {departure.story}"
        yield f"    laws broken: {', '.join(departure.laws) or 'none'}"
    if report.unexplained > len(report.unexplained_first):
        yield f"  and {report.unexplained - len(report.unexplained_first)} more"


def _about(group: Group, interrupted: bool) -> Iterator[str]:
    if group.first is None or group.smallest is None:
        yield "no row matches it so far" if interrupted else NO_ROW
        return
    yield f"rules: {', '.join(sorted(group.rules))}"
    yield f"laws broken: {', '.join(sorted(group.laws)) or 'none'}"
    yield from _said(group.known)
    yield f"first: {group.first.story}"
    if group.smallest is not group.first:
        yield f"smallest: {group.smallest.story}"
    if group.known.page:
        yield group.known.page


def _said(known: Known) -> Iterator[str]:
    if known.cause:
        yield f"cause: {known.cause}"
    if known.allows:
        yield f"what it allows: {known.allows}"
    if known.by_tag:
        yield f"IAM: {BY_TAG[known.by_tag]}"


def _outside(report: Report) -> Iterator[str]:
    if not report.outside:
        return
    yield ""
    yield "  outside the model, by the first fact that puts a row there:"
    for fact in Outside:
        if count := report.outside[fact.value]:
            yield f"  {count:5} rows  {fact.value}: {fact.meaning}"
            yield f"      first: {report.outside_first[fact.value].told}"


def _unreadable(report: Report) -> Iterator[str]:
    if report.unreadable_first:
        yield ""
    yield from (f"  cannot be read: {row.told}" for row in report.unreadable_first)
    if report.unreadable > len(report.unreadable_first):
        yield f"  and {report.unreadable - len(report.unreadable_first)} more"
