"""The command `runas-spec`: each of its commands is a module of this package."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from runas_cli.arguments import parse
from runas_cli.exit_codes import ExitCode
from runas_model.inputs.records import InputError

__all__ = ["main", "run"]

NEEDS = {"verify": ("z3", "Z3", "solver"), "explore": ("numpy", "NumPy", "explorer")}
"""What a command cannot do without: the module, its name, and the extra that brings it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        need = NEEDS.get(options.command)
        if options.command == "decide" and options.repair is not None:
            need = NEEDS["verify"]
        if need and find_spec(need[0]) is None:
            what = "--repair" if options.command == "decide" else options.command
            raise InputError(f"{what} needs {need[1]}: pip install 'runas-spec[{need[2]}]'")
        code: int = getattr(import_module(f"runas_cli.{options.command}"), options.command)(options)
        return code
    except InputError as error:
        print(f"runas-spec: {error}", file=sys.stderr)
        return ExitCode.UNUSABLE
    except KeyboardInterrupt:
        print("runas-spec: interrupted", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.INTERRUPTED


def run() -> None:
    """The entry point of the command."""
    sys.exit(main())
