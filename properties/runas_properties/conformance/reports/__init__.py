"""A report in files, for people and machines: `--report junit=F,json=F,html=F,markdown=F,badge=F`."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from runas_model.records import InputError
from runas_properties.conformance.report import Report
from runas_properties.conformance.reports.badge import badge, endpoint
from runas_properties.conformance.reports.html import html
from runas_properties.conformance.reports.junit import junit
from runas_properties.conformance.reports.markdown import markdown

__all__ = ["FORMATS", "parse_report_option", "prepare", "write"]


def _json(report: Report) -> str:
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode() + "\n"


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "junit": junit,
    "json": _json,
    "html": html,
    "markdown": markdown,
    "badge": badge,
}
"""The text of a report, by format."""


def parse_report_option(text: str, before: Mapping[str, Path] | None = None) -> dict[str, Path]:
    """Files by format, of `html=report.html,junit=report.xml`, added to those of an option given `before`.

    Raises ValueError for a format that is unknown or given twice, and for a path that is blank or given twice.
    """
    paths = dict(before or {})
    for part in text.split(","):
        format, equals, path = part.strip().partition("=")
        if format not in FORMATS:
            raise ValueError(f"unknown format {format!r}; use {', '.join(f'{known}=FILE' for known in FORMATS)}")
        if not equals or not path.strip():
            raise ValueError(f"{format} needs a file: {format}=FILE")
        if format in paths:
            raise ValueError(f"{format} is given twice")
        same = next((other for other, taken in paths.items() if taken.resolve() == Path(path).resolve()), None)
        if same is not None:
            raise ValueError(f"{same} and {format} are to go to the same file, {path}")
        paths[format] = Path(path)
    return paths


def prepare(paths: Mapping[str, Path]) -> None:
    """Make the folders of files, and see that each can be written. Raises `InputError`, before any work is done."""
    for path in paths.values():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            there = path.exists()
            with path.open("a", encoding="utf-8"):
                pass
            if not there:
                path.unlink()
        except OSError as error:
            raise InputError(error.strerror or str(error), file=str(path)) from None


def write(report: Report, paths: Mapping[str, Path]) -> None:
    """Write a report in each format; a badge whose file ends in `.json` as the data for shields.io.

    Raises `InputError` for a file that cannot be written.
    """
    for format, path in paths.items():
        make = endpoint if format == "badge" and path.suffix == ".json" else FORMATS[format]
        try:
            path.write_text(make(report), encoding="utf-8")
        except OSError as error:
            raise InputError(error.strerror or str(error), file=str(path)) from None
