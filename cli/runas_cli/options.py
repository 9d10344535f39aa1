"""Options that several commands take."""

import argparse
from collections.abc import Sequence

from runas_cli import values
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import PROFILES
from runas_properties.conformance.protocol.messages import VERSIONS
from runas_properties.conformance.reports import FORMATS

__all__ = ["READING", "file", "reading", "reading_of_target", "report", "target", "timeout"]

READING = f"profile ({', '.join(PROFILES)}), optionally with overrides, e.g. default,superuser=refused"


def file(command: argparse.ArgumentParser, name: str, help: str, metavar: str = "FILE") -> None:
    """Add an option or an argument that names a file or a folder."""
    command.add_argument(name, type=values.file, metavar=metavar, help=help)


def reading(command: argparse.ArgumentParser) -> None:
    """Add `--reading`, with the default one."""
    command.add_argument("--reading", type=values.reading, default=PROFILES["default"], metavar="READING", help=READING)


def reading_of_target(command: argparse.ArgumentParser, otherwise: str = "") -> None:
    """Add `--reading`, which is otherwise the target's own."""
    help = f"{READING}; default: the one that the target declares{otherwise}"
    command.add_argument("--reading", type=values.reading, metavar="READING", help=help)


def report(command: argparse.ArgumentParser, formats: Sequence[str] = FORMATS) -> None:
    """Add `--report`, for some formats or all."""
    command.add_argument(
        "--report",
        action="append",
        default=[],
        metavar="FORMAT=FILE,...",
        help=f"also write the report to files: {', '.join(f'{format}=F' for format in formats)}, or F alone where its "
        "ending tells the format",
    )


def target(command: argparse.ArgumentParser) -> None:
    """Add `--target`, `--nouns`, `--protocol` and `--timeout`, and show how a command is given as a target."""
    command.usage = "%(prog)s [OPTIONS] (--target MODULE:FACTORY | -- COMMAND [ARGUMENT ...])"
    command.add_argument(
        "--target", metavar="MODULE:FACTORY", help="adapter in Python: a factory that returns a function or a machine"
    )
    command.add_argument(
        "--nouns",
        type=values.nouns,
        metavar="NOUN,...",
        help=f"nouns that the target has ({', '.join(noun.value for noun in Noun)}); default: those that it offers",
    )
    command.add_argument(
        "--protocol",
        type=int,
        choices=VERSIONS,
        help="version of the protocol for which the target was written; default: the one that it speaks",
    )
    timeout(command)


def timeout(command: argparse.ArgumentParser) -> None:
    """Add `--timeout`."""
    command.add_argument(
        "--timeout",
        type=values.seconds,
        metavar="S",
        help="time limit per case, and for the start, in seconds (default 10, and 30 for the start)",
    )
