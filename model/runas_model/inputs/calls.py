"""Calls read as a stream from a story file: JSON Lines, in each line a call as traces and the protocol have it.

A call is an object with the name of its `operation` and the arguments by their names. Blank lines are passed over.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from runas_model.doors import checked, one_of, wrong_names
from runas_model.doors.saying import shown
from runas_model.inputs.json_streams import TooLong, lines
from runas_model.inputs.openings import OtherEncoding, named, opened
from runas_model.inputs.printing import printable
from runas_model.inputs.recorded import validation_told
from runas_model.inputs.records import InputError
from runas_model.inputs.repeated import repeated_member
from runas_model.inputs.row_checks import Wrong
from runas_model.specification.operations import OPERATIONS

__all__ = ["CallRead", "StepReader", "read_calls"]

StepReader = Callable[[Mapping[str, Any]], Any]
"""What reads a step that is no operation; TypeError, ValueError or ValidationError of msgspec is for a wrong one."""

NO_CALLS = 'has no calls; each line is one, such as {"operation": "delete_principal", "principal": "amy"}'
OF_A_NAME = re.compile(r"(?:has no argument '|needs '|missing required field `|unknown field `)([^'`]+)")
"""How it is said that an argument is there which should not be, or the other way round."""
NOT_UTF_8 = re.compile("[\udc80-\udcff]")
"""How a byte that is no UTF-8 is decoded, so that the line is known that it stands in."""


class CallRead(NamedTuple):
    """A call of a file: the number of its line, what stands there, the operation, and its arguments as members.

    For a step that is no operation, the arguments are what its reader made of it.
    """

    line: int
    step: Mapping[str, Any]
    operation: str
    arguments: Any


@checked
def read_calls(path: str | Path, besides: Mapping[str, StepReader] = {}) -> Iterator[CallRead]:
    """Every call of a file, in order, in memory that does not grow with it; `-` is standard input.

    `besides` has the readers of other steps that the file may have, by the name that stands for an operation. Raises
    `InputError`, naming file, line and field, where something cannot be read, and for a file without calls.
    """
    name, number, is_empty = printable(named(path)), 0, True
    try:
        with opened(path) as file:
            file.reconfigure(errors="surrogateescape")  # type: ignore[attr-defined]
            for text in chain.from_iterable(lines(file)):
                number += 1
                if text.strip():
                    is_empty = False
                    yield _call(text, besides, number, name)
    except TooLong as error:
        raise InputError(str(error), file=name, row=f"line {number + 1}") from None
    except OtherEncoding as error:
        raise InputError(f"not JSON Lines in UTF-8, but in {error}", file=name) from None
    except (OSError, ValueError) as error:
        raise InputError(getattr(error, "strerror", None) or str(error), file=name) from None
    if is_empty:
        raise InputError(NO_CALLS, file=name)


def _call(text: str, besides: Mapping[str, StepReader], line: int, file: str) -> CallRead:
    try:
        step = _object(text)
        if "operation" not in step:
            raise Wrong("operation", "is missing: it says which operation is called")
        with _naming("operation"):
            name = one_of([*OPERATIONS, *besides], step["operation"], "operation")
        if name in besides:
            with _naming(*step):
                return CallRead(line, step, name, besides[name](step))
        with _naming(*step):
            given = {argument: value for argument, value in step.items() if argument != "operation"}
            if given.keys() - (said := OPERATIONS[name].arguments).keys():
                raise wrong_names(name, given, said)
            return CallRead(line, step, name, OPERATIONS[name].with_members(given))
    except Wrong as wrong:
        raise InputError(str(wrong), file=file, row=f"line {line}", field=printable(wrong.field)) from None


def _object(text: str) -> dict[str, Any]:
    """The object that a line is. Raises `Wrong` for another one."""
    if found := NOT_UTF_8.search(text):
        raise Wrong("", f"not UTF-8: it has the byte 0x{ord(found[0]) & 0xFF:02x} in a place where that cannot be")
    try:
        read = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Wrong("", f"not JSON: {' '.join(str(error).split())}; each line is one whole call") from None
    if not isinstance(read, dict):
        raise Wrong("", f"must be an object with operation and its arguments, not {shown(read)}")
    if member := repeated_member(text):
        raise Wrong(member, "it is given twice")
    return read


@contextmanager
def _naming(*fields: str) -> Iterator[None]:
    """In here an error is about one of the fields, or one that should not be there: a `Wrong` names it instead."""
    try:
        yield
        return
    except msgspec.ValidationError as error:
        text, field = validation_told(error)
    except (TypeError, ValueError) as error:
        text, field = str(error), ""
        first, _, rest = text.partition(" ")
        if first in fields:
            text, field = rest, first
    found = OF_A_NAME.search(text)
    raise Wrong(field or (found[1] if found else ""), text)
