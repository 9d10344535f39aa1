"""Reports of any number of cases, written as these come: only some of them are kept in memory.

JSON and JUnit have every case. A page for people has the first few of each verdict, and counts all.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO
from xml.etree import ElementTree as Xml

import attrs
import msgspec

from runas_model.inputs.records import InputError
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.protocol.readable import readable
from runas_properties.conformance.reports import write
from runas_properties.conformance.reports.cases import CaseReport
from runas_properties.conformance.reports.json import json
from runas_properties.conformance.reports.junit import OF_THE_RUN, junit
from runas_properties.conformance.reports.report import Report
from runas_properties.conformance.reports.tally import Tally
from runas_properties.conformance.reports.writable import write_text

__all__ = ["LISTED", "Streamed"]

LISTED = 1_000
"""Cases of one verdict that are kept, and so are listed on pages for people."""
AT_ONCE = 500
"""Cases that are written at once."""
HERE = "<!--cases-->"
MARGIN = "  "


def _spool() -> TextIO:
    return TemporaryFile("w+", encoding="utf-8")


@attrs.define
class Streamed:
    """The files of a report in the making. The cases of JSON and JUnit wait on the disk until the rest is known.

    With `printed`, the JSON also goes to standard output.
    """

    paths: Mapping[str, Path]
    printed: bool = False
    tally: Tally = attrs.field(factory=Tally)
    listed: list[CaseReport] = attrs.field(factory=list)
    _waiting: list[CaseReport] = attrs.field(factory=list)
    _written: int = 0
    _in_suite: Counter[str] = attrs.field(factory=Counter)
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

    def add(self, case: CaseReport) -> None:
        """Take in a case."""
        self._waiting.append(case)

    def flush(self) -> None:
        """Write the cases that wait; not to be broken off. Raises `InputError` where the disk takes no more."""
        cases: list[CaseReport] = [readable(case) for case in self._waiting]
        for case in cases:
            self.tally.add(case)
            if self.tally.verdicts[case.verdict] <= LISTED:
                self.listed.append(case)
        for format, written in (("json", self._as_json), ("junit", self._as_junit)):
            if (format in self.paths or (self.printed and format == "json")) and cases:
                try:
                    if format not in self._spools:
                        self._spools[format] = _spool()
                    self._spools[format].write(written(cases))
                except OSError as error:
                    raise InputError(error.strerror or str(error), file=f"a temporary file for {format}") from None
        self._written += len(cases)
        self._waiting.clear()

    def finish(self, report: Report) -> None:
        """Write the files, with the report of the cases that are listed. Raises `InputError` for one that cannot be."""
        others = {format: path for format, path in self.paths.items() if format not in ("json", "junit")}
        write(report, others)
        whole = msgspec.structs.replace(report, cases=())
        ends: dict[str, Callable[[Report], str]] = {"json": _json_around, "junit": self._junit_around}
        for format, around in ends.items():
            if format in self.paths:
                write_text(self.paths[format], *self._parts(format, around(whole)))
        if self.printed:
            for part in self._parts("json", _json_around(whole)):
                sys.stdout.writelines([part] if isinstance(part, str) else part)

    def _parts(self, format: str, around: str) -> Iterator[str | TextIO]:
        """What makes up a file: the cases, between what stands around them."""
        before, after = around.split(HERE)
        yield before
        if format in self._spools:
            self._spools[format].seek(0)
            yield self._spools[format]
        yield after

    def _as_json(self, cases: list[CaseReport]) -> str:
        texts = [msgspec.json.format(msgspec.json.encode(case), indent=1).decode() for case in cases]
        made = ",\n".join(MARGIN + text.replace("\n", f"\n{MARGIN}") for text in texts)
        return f",\n{made}" if self._written else made

    def _as_junit(self, cases: list[CaseReport]) -> str:
        """The test cases, as `junit` makes them of a report of these alone."""
        suite = Xml.fromstring(junit(_suite_of(cases), self._written + 1))
        made = [case for case in suite.iter("testcase") if case.get("classname") != OF_THE_RUN]
        for case in made:
            self._in_suite.update(["tests", *(f"{child.tag}s" for child in case if child.tag in ("failure", "error"))])
            self._in_suite["skipped"] += case.find("skipped") is not None
        Xml.indent(suite)
        return "".join(f"    {Xml.tostring(case, encoding='unicode').strip()}\n" for case in made)

    def _junit_around(self, report: Report) -> str:
        suites = Xml.fromstring(junit(report))
        for element in (suites, suites.find("testsuite")):
            assert element is not None
            for name in {"tests", "failures", "errors", "skipped"} & element.attrib.keys():
                element.set(name, str(int(element.attrib[name]) + self._in_suite[name]))
        suite = suites.find("testsuite")
        assert suite is not None
        at = next((at for at, child in enumerate(suite) if child.tag not in ("properties",)), len(suite))
        suite.insert(at, Xml.Comment("cases"))
        Xml.indent(suites)
        text = Xml.tostring(suites, encoding="unicode")
        before, after = text.split(f"    {HERE}\n" if f"    {HERE}\n" in text else HERE)
        return f"<?xml version='1.0' encoding='utf-8'?>\n{before}{HERE}{after}\n"


def _json_around(report: Report) -> str:
    return json(report).replace('\n "cases": []', f'\n "cases": [\n{HERE}\n ]')


def _suite_of(cases: list[CaseReport]) -> Report:
    counts = {verdict.value: 0 for verdict in Verdict} | Counter(case.verdict.value for case in cases)
    return Report(
        title="", target="", version="", language="", level="", reading={}, profile=None, reading_is="declared",
        vectors="", conforms=True, counts=counts, rules=(), laws=(), cases=tuple(cases),
    )  # fmt: skip
