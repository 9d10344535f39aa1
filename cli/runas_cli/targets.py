"""The target that a command line names."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from runas_cli import progress
from runas_model.inputs.records import InputError
from runas_properties.conformance.targets.apart import PythonApart
from runas_properties.conformance.targets.commands import CommandTarget
from runas_properties.conformance.targets.target import SECONDS, Target, Unusable

__all__ = ["target_of"]


@contextmanager
def target_of(options: argparse.Namespace) -> Iterator[Target]:
    """The target that the options name; let go of at the end. Raises `InputError` for one that cannot be driven."""
    progress.doing("starting the implementation")
    try:
        command: list[str] = options.under_test
        seconds = SECONDS if options.timeout is None else options.timeout
        said = {"seconds_to_start": options.timeout, "nouns": options.nouns, "protocol": options.protocol}
        target: Target = (
            CommandTarget(command, seconds, **said) if command else PythonApart(options.target, seconds, **said)
        )
    except Unusable as unusable:
        raise InputError(str(unusable)) from None
    try:
        progress.doing("waiting for the first answers")
        yield target
    finally:
        target.close()
