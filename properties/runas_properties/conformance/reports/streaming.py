"""Reports of any number of rows, written as these come: the cases of only some of them are kept in memory.

JSON and JUnit have every case. A page for people has the first few of each verdict, and counts all.
"""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO

import attrs
import msgspec

from runas_model.inputs.records import InputError, RowRead
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.protocol.readable import readable, readable_text
from runas_properties.conformance.reports import json, junit, write
from runas_properties.conformance.reports.cases import CaseReport
from runas_properties.conformance.reports.report import Report
from runas_properties.conformance.reports.tally import Tally
from runas_properties.conformance.reports.writable import write_text

__all__ = ["AT_ONCE", "KEPT", "LISTED", "Streamed"]

LISTED = 1_000
"""Cases of one verdict that are kept, and so are listed on pages for people."""
AT_ONCE = 200
"""Cases that are written at once; of more the text leaves the processor's cache, and all takes twice as long."""
KEPT = 1 << 12
"""Cases that are kept, since rows that are alike may come again."""


@attrs.frozen
class _Form:
    """How the cases of a format are written one by one, and what is `around` them, of a report without any."""

    case: Callable[[CaseReport], tuple[str, str]]
    """What stands before and behind the id of a case."""
    id: Callable[[str, int], str]
    """The id of a case in a row."""
    between: str
    around: Callable[[Report], tuple[str, str]]


@attrs.define
class _Told:
    """The case of rows that are alike, in readable text."""

    case: CaseReport
    texts: Mapping[str, tuple[str, str]]
    """By format, what stands before and behind the id."""
    listed: list[tuple[int, CaseReport]]
    """The first few cases of its verdict, each with its row."""
    times: int = 0


@attrs.define
class Streamed:
    """The files of a report in the making. The cases of JSON and JUnit wait on the disk until the rest is known.

    `case_of` makes the case of a row. With `printed`, the JSON also goes to standard output.
    """

    paths: Mapping[str, Path]
    case_of: Callable[[RowRead], CaseReport]
    printed: bool = False
    _tally: Tally = attrs.field(factory=Tally)
    _waiting: list[tuple[str, RowRead]] = attrs.field(factory=list)
    _written: int = 0
    _told: dict[int, tuple[RowRead, _Told]] = attrs.field(factory=dict)
    _listed: dict[Verdict, list[tuple[int, CaseReport]]] = attrs.field(factory=dict)
    _spools: dict[str, TextIO] = attrs.field(factory=dict)

    def __enter__(self) -> "Streamed":
        return self

    def __exit__(self, *_: object) -> None:
        for spool in self._spools.values():
            spool.close()

    @property
    def count(self) -> int:
        """How many cases were added."""
        return self._written + len(self._waiting)

    @property
    def full(self) -> bool:
        """Whether enough cases wait to be written by `flush`."""
        return len(self._waiting) >= AT_ONCE

    @property
    def listed(self) -> list[CaseReport]:
        """The first few cases of each verdict, in the order in which they came."""
        return [case for _, case in sorted(chain(*self._listed.values()), key=lambda numbered: numbered[0])]

    @property
    def tally(self) -> Tally:
        """What was counted of all cases that were written."""
        self._count()
        return self._tally

    def add(self, id: str, alike: RowRead) -> None:
        """Take in a row by its id and one that is like it, which may come often: its case is made once."""
        self._waiting.append((id, alike))

    def flush(self) -> None:
        """Write the cases that wait; not to be broken off. Raises `InputError` where the disk takes no more."""
        rows = range(self._written + 1, self.count + 1)
        ids = [readable_text(id) for id, _ in self._waiting]
        cases = [self._tell(alike) for _, alike in self._waiting]
        for row, id, told in zip(rows, ids, cases, strict=True):
            if len(told.listed) < LISTED:
                told.listed.append((row, msgspec.structs.replace(told.case, id=id)))
        for format in self._formats if cases else ():
            form = FORMS[format]
            around = [told.texts[format] for told in cases]
            names = map(form.id, ids, rows)
            texts = [f"{before}{name}{after}" for (before, after), name in zip(around, names, strict=True)]
            try:
                if format not in self._spools:
                    self._spools[format] = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115
                self._spools[format].write(form.between * bool(self._written) + form.between.join(texts))
            except OSError as error:
                raise InputError(error.strerror or str(error), file=f"a temporary file for {format}") from None
        self._written += len(cases)
        self._waiting.clear()

    def finish(self, report: Report) -> None:
        """Write the files, with the report of the cases that are listed. Raises `InputError` for one that cannot be."""
        write(report, {format: path for format, path in self.paths.items() if format not in FORMS})
        whole = msgspec.structs.replace(report, cases=())
        for format in self._formats:
            before, after = FORMS[format].around(whole)
            if format in self.paths:
                write_text(self.paths[format], before, *self._spooled(format), after)
            if self.printed and format == "json":
                sys.stdout.write(before)
                for cases in self._spooled(format):
                    shutil.copyfileobj(cases, sys.stdout)
                sys.stdout.write(after)

    @property
    def _formats(self) -> list[str]:
        return [format for format in FORMS if format in self.paths or (self.printed and format == "json")]

    def _tell(self, row: RowRead) -> _Told:
        """The case of a row that came once more."""
        found = self._told.get(id(row))
        if found is None:
            if len(self._told) >= KEPT:
                self._count()
            case: CaseReport = readable(self.case_of(row))
            texts = {format: FORMS[format].case(case) for format in self._formats}
            found = row, _Told(case, texts, self._listed.setdefault(case.verdict, []))
            self._told[id(row)] = found
        found[1].times += 1
        return found[1]

    def _count(self) -> None:
        for _, told in self._told.values():
            self._tally.add(told.case, told.times)
        self._told.clear()

    def _spooled(self, format: str) -> Iterator[TextIO]:
        """The cases, from the first on, where there are any."""
        if format in self._spools:
            self._spools[format].seek(0)
            yield self._spools[format]


def _json_around(report: Report) -> tuple[str, str]:
    before, cases, after = json.json(report).partition('\n "cases": [')
    return f"{before}{cases}\n", f"\n {after}"


def _junit_around(report: Report) -> tuple[str, str]:
    before, properties, after = junit.junit(report).partition("</properties>\n")
    return f"{before}{properties}", f"\n{after}"


FORMS = {
    "json": _Form(json.around_id, json.id_of_row, ",\n", _json_around),
    "junit": _Form(junit.around_name, junit.name_as_xml, "\n", _junit_around),
}
"""The formats that have every case."""
