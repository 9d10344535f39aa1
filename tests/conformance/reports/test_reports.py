"""Reports in files: each format to its own, options that cannot be meant, and nothing hidden in any format."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from conformance.reports.ten_cases import Target, some
from runas_model import AGENT, DEFAULT
from runas_model.inputs.records import InputError
from runas_properties.conformance import kit
from runas_properties.conformance.protocol.cases import Step
from runas_properties.conformance.protocol.results import Result
from runas_properties.conformance.reports import FORMATS, parse_report_option, prepare, write
from runas_properties.conformance.reports.badge import badge, endpoint
from runas_properties.conformance.reports.html import html
from runas_properties.conformance.reports.json import json
from runas_properties.conformance.reports.junit import junit
from runas_properties.conformance.reports.markdown import markdown
from runas_properties.conformance.reports.report import Report
from runas_properties.conformance.reports.terminal import report_lines
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.targets.target import PythonTarget
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.implementations import DictService


def test_every_format_says_where_readings_are_mixed() -> None:
    class Mixed(Target):
        def run(self, id: str, steps: Sequence[Step]) -> Sequence[Result | None]:
            wanted = DEFAULT if "macos" in id else AGENT
            return PythonTarget(lambda: Stepwise(DictService(wanted)), "mixed").run(id, steps)

    under = [vector for vector in vectors("decision") if vector.depends_on == ("macos",)][:3]
    report = kit.conform(Mixed(None), [*under, *some()], reading=AGENT).report
    mixed_up = "mixes readings: this answer would be correct under "

    assert report.failures
    assert all(case.detail.startswith(mixed_up) for case in report.failures)
    for text in ("\n".join(report_lines(report)), junit(report), markdown(report), html(report)):
        assert mixed_up in text


def test_each_format_goes_to_its_file(mixed: Report, tmp_path: Path) -> None:
    paths = parse_report_option(",".join(f"{format}={tmp_path}/deep/report.{format}" for format in FORMATS))
    prepare(paths)
    assert [*(tmp_path / "deep").iterdir()] == []

    write(mixed, paths)

    expected = [junit, json, html, markdown, badge]
    assert [path.read_text("utf-8") for path in paths.values()] == [make(mixed) for make in expected]
    write(mixed, {"badge": tmp_path / "badge.json"})
    assert (tmp_path / "badge.json").read_text() == endpoint(mixed)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pdf=a.pdf", "unknown format 'pdf'; use junit=FILE, json=FILE, html=FILE, markdown=FILE, badge=FILE"),
        ("", "unknown format ''"),
        ("html=a,", "unknown format ''"),
        ("html", "html needs a file: html=FILE"),
        ("html= ", "html needs a file: html=FILE"),
        ("html=a,html=b", "html is given twice"),
        ("html=a/../b,json=b", "html and json name the same file, b"),
        ("report.txt", "unknown format 'report.txt'; use junit=FILE"),
        ("html=a,b.html", "html is given twice"),
    ],
)
def test_an_option_that_cannot_be_meant_says_what_is_wrong(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        parse_report_option(text)


def test_a_file_alone_has_the_format_that_its_ending_tells() -> None:
    assert parse_report_option("a.html, c/d.XML") == {"html": Path("a.html"), "junit": Path("c/d.XML")}
    assert parse_report_option("x.json,x.md,x.svg,junit=x.json.xml") == {
        "json": Path("x.json"), "markdown": Path("x.md"), "badge": Path("x.svg"), "junit": Path("x.json.xml"),
    }  # fmt: skip


def test_options_given_one_after_another_add_up() -> None:
    first = parse_report_option("html=a")

    assert parse_report_option("json=b", first) == {"html": Path("a"), "json": Path("b")}
    with pytest.raises(ValueError, match="html is given twice"):
        parse_report_option("html=c", first)


def test_a_file_that_cannot_be_written_is_told_before_the_work_and_one_that_is_there_is_kept(
    passing: Report, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.write_text("old")
    prepare({"html": there})

    assert there.read_text() == "old"
    for path in (tmp_path, there / "below"):
        with pytest.raises(InputError, match=re.escape(str(path))):
            prepare({"html": path})
        with pytest.raises(InputError, match=re.escape(str(path))):
            write(passing, {"html": path})
