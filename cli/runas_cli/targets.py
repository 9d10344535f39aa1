"""The target that a command line names."""

import argparse
import shlex
from collections.abc import Iterator
from contextlib import contextmanager

from runas_model.inputs.records import InputError
from runas_properties.conformance.kit import GENERATED, Repeat
from runas_properties.conformance.targets.commands import CommandTarget
from runas_properties.conformance.targets.target import Target, Unusable, load

__all__ = ["repeat_with", "target_of"]


@contextmanager
def target_of(options: argparse.Namespace) -> Iterator[Target]:
    """The target that the options name; let go of at the end. Raises `InputError` for one that cannot be driven."""
    try:
        command: list[str] = options.under_test
        target: Target = CommandTarget(command, options.timeout) if command else load(options.target, options.timeout)
    except Unusable as unusable:
        raise InputError(str(unusable)) from None
    try:
        yield target
    finally:
        target.close()


def repeat_with(options: argparse.Namespace) -> Repeat:
    """The command that asks the same target one vector again, or random cases from the same seed."""
    target = f"-- {shlex.join(options.under_test)}" if options.under_test else f"--target {options.target}"

    def repeated(id: str, more: str) -> str:
        if id.startswith(f"{GENERATED}-") and not options.save:
            return f"runas-spec conform{more} --seed {options.seed} --save saved.json {target}"
        saved = options.save if id.startswith(f"{GENERATED}-") else options.vectors
        return f"runas-spec replay {shlex.quote(saved or id)}{more} {target}"

    return repeated
