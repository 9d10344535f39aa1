"""Files of known failures and departures: one format, read by `check`, `conform` and the pytest plugin alike.

A TOML file with tables `[[known]]`. Each mistake is an `InputError` that names the file, the entry and the field.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec

from runas_model.doors import checked
from runas_model.inputs.openings import OtherEncoding, named, text_of
from runas_model.inputs.printing import printable
from runas_model.inputs.records import InputError
from runas_model.specification.rulebook import RULES
from runas_properties.oracle.departures import point_of
from runas_properties.oracle.known import FACTS, Known, KnownFile, When

__all__ = ["PATTERNS", "known_of", "read_known"]

PATTERNS = ("name", "started_as", "really", "group", "conditions", "id_program", "sh")
"""The members of `when` that are patterns."""
TWICE = ("id", "kind", "when")
"""What two entries must not have alike."""


class _Wrong(ValueError):
    """What is wrong with a field of an entry."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


@checked
def read_known(path: str | Path) -> list[Known]:
    """The entries of a TOML file, in order; `-` is standard input. Raises `InputError` for one that cannot be read."""
    file = named(path)
    try:
        data = tomllib.loads(text_of(path))
    except OSError as error:
        raise InputError(error.strerror or str(error), file=file) from None
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8, {error.reason}", file=file) from None
    except OtherEncoding as error:
        raise InputError(f"not TOML in UTF-8, but in {error}", file=file) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"not TOML: {error}", file=file) from None
    return known_of(data, file)


def known_of(data: Mapping[str, Any], file: str) -> list[Known]:
    """The entries of what such a file holds, in order. Raises `InputError` for a mistake in them."""
    row = ""
    try:
        _refuse_unknown(data, _fields(KnownFile))
        must_occur, entries = data.get("must_occur", True), data.get("known", [])
        if type(must_occur) is not bool:
            raise _Wrong("must_occur", f"must be true or false, not {must_occur!r}")
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise _Wrong("known", "must be tables: write [[known]] above each entry")
        known: list[Known] = []
        for number, members in enumerate(entries, 1):
            row = _named(number, members)
            known.append(_entry(members, must_occur))
            _refuse_twice(known)
        return known
    except _Wrong as wrong:
        raise InputError(printable(str(wrong)), file=file, row=row, field=printable(wrong.field)) from None


def _named(number: int, members: Mapping[str, Any]) -> str:
    name = members.get("id") or members.get("kind")
    return f"entry {number}" + (f", {printable(name)}" if isinstance(name, str) else "")


def _entry(members: Mapping[str, Any], must_occur: bool) -> Known:
    _refuse_unknown(members, _fields(Known))
    if ("id" in members) == ("when" in members):
        raise _Wrong("", "missing required field `id`, of a vector or a row, or `when`" if "id" not in members
                     else "either `id` or `when`, not both")  # fmt: skip
    required = ("id", "reason", "issue") if "id" in members else ("kind", "reason")
    for name in required:
        if name not in members:
            raise _Wrong("", f"missing required field `{name}`")
    when = members.get("when")
    if not isinstance(when, dict):
        when = {}
    else:
        _refuse_unknown(when, _fields(When), "when.")
        if not when:
            raise _Wrong("when", f"must say something, or it would match every row: use {', '.join(_fields(When))}")
    for field, value in (*members.items(), *((f"when.{name}", value) for name, value in when.items())):
        if value is False and field.startswith("when."):
            raise _Wrong(field, "must be true, or left out")
        if (isinstance(value, str) and not value.strip()) or value == []:
            raise _Wrong(field, "must not be blank" if field in required else "must not be blank: leave it out")
    try:
        entry = msgspec.convert({"must_occur": must_occur, **members}, Known)
    except msgspec.ValidationError as error:
        text, _, where = str(error).partition(" - at `$.")
        raise _Wrong(where.rstrip("`"), text) from None
    if entry.when is not None:
        _check_when(entry.when)
    return entry


def _check_when(when: When) -> None:
    for name in PATTERNS:
        try:
            re.compile(getattr(when, name))
        except (re.error, RecursionError, OverflowError) as error:
            raise _Wrong(f"when.{name}", f"not a regular expression: {error}") from None
    _refuse_unknown(when.facts, FACTS, "when.facts", "fact")
    _refuse_unknown(when.rule, RULES, "when.rule", "rule")
    points = {point_of(rule): rule for rule in when.rule}
    if len(points) > 1 and not when.facts:
        raise _Wrong("when.rule", f"{' and '.join(points.values())} are of different causes: make an entry for each")


def _refuse_unknown(given: Iterable[str], known: Iterable[str], field: str = "", what: str = "field") -> None:
    for name in given:
        if name not in known:
            place = field + name if what == "field" else field
            near = get_close_matches(name, list(known), 1)
            instead = f"did you mean {near[0]!r}?" if near else f"use {', '.join(known)}"
            raise _Wrong(place, f"unknown {what} {f'`{name}`' if what == 'field' else repr(name)}; {instead}")


def _refuse_twice(known: Sequence[Known]) -> None:
    *before, last = known
    for name in TWICE:
        value = getattr(last, name)
        for number, entry in enumerate(before, 1):
            if value and getattr(entry, name) == value:
                raise _Wrong("", f"the {name} is listed twice: entry {number} has it too")


def _fields(of: type[msgspec.Struct]) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(of)]
