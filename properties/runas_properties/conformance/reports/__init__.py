"""Reports: the results of a run, for people and machines: `--report junit=F,json=F,html=F,markdown=F,badge=F`.

Of a file alone, its ending tells the format.

May import `judging`, `vectors`, `targets` and `protocol`.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from runas_model.doors import checked, one_of, read
from runas_properties.conformance.reports.writable import check_writable, write_text

if TYPE_CHECKING:
    from runas_properties.conformance.reports.report import Report

__all__ = ["FORMATS", "parse_report_option", "prepare", "write"]

FORMATS = ("junit", "json", "html", "markdown", "badge")
"""Each is a module here with a function of its name, imported when it is used: commands start without them."""

ENDINGS = {".xml": "junit", ".json": "json", ".html": "html", ".md": "markdown", ".svg": "badge"}
"""The format of a file, by its ending, where nobody says it."""


@checked
def parse_report_option(
    text: str, before: Mapping[str, Path] | None = None, formats: Sequence[str] = FORMATS
) -> dict[str, Path]:
    """Files by format, of `html=report.html,junit=report.xml` or `report.html`, added to those given `before`.

    Raises ValueError for a format that is unknown or given twice, and for a path that is blank or given twice.
    """
    paths = dict(before or {})
    for part in map(str.strip, text.split(",")):
        format, equals, path = part.partition("=")
        if not equals and format not in formats:
            format, equals, path = ENDINGS.get(Path(part).suffix.lower(), part), "=", part
        if format not in formats:
            raise ValueError(f"unknown format {format!r}; use {', '.join(f'{known}=FILE' for known in formats)}")
        if not equals or not path.strip():
            raise ValueError(f"{format} needs a file: {format}=FILE")
        if format in paths:
            raise ValueError(f"{format} is given twice")
        same = next((other for other, taken in paths.items() if taken.resolve() == Path(path).resolve()), None)
        if same is not None:
            raise ValueError(f"{same} and {format} name the same file, {path}")
        paths[format] = Path(path)
    return paths


@checked
def prepare(paths: Mapping[str, Path]) -> None:
    """Make the folders of files, and see that each can be written. Raises `InputError`, before any work is done."""
    for path in paths.values():
        check_writable(path, folders=True)


def write(report: "Report", paths: Mapping[str, Path]) -> None:
    """Write a report in each format; a badge whose file ends in `.json` as the data for shields.io.

    Raises `InputError` for a file that cannot be written, TypeError for what is no report or path, and ValueError for a
    format that there is not.
    """
    from runas_properties.conformance.reports.report import Report

    read(Report, report, "report")
    for format in read(Mapping[str, Path], paths, "paths"):
        one_of(FORMATS, format, "a key of paths")
    for format, path in paths.items():
        name = "endpoint" if format == "badge" and path.suffix == ".json" else format
        text = getattr(import_module(f"{__name__}.{format}"), name)(report)
        write_text(path, text)
