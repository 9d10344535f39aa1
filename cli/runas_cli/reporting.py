"""The option `--report` of commands."""

from collections.abc import Sequence
from pathlib import Path

from runas_cli.arguments import of_option
from runas_properties.conformance.reports import FORMATS, parse_report_option, prepare

__all__ = ["report_paths"]


def report_paths(given: Sequence[str], formats: Sequence[str] = FORMATS) -> dict[str, Path]:
    """The files to be written, by format. Raises `InputError` for one that cannot be, before any work is done."""
    paths: dict[str, Path] = {}
    with of_option("--report"):
        for text in given:
            paths = parse_report_option(text, paths, formats)
    prepare(paths)
    return paths
