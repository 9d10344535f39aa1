"""Reports: what a run found, the same in every format, with nothing that failed hidden and everything hostile shown."""

import re
from collections.abc import Sequence
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import jsonschema
import msgspec
import pytest

from runas_model import AGENT, DEFAULT
from runas_model.inputs.records import InputError
from runas_properties.conformance import kit
from runas_properties.conformance.judging.known import KnownFailure
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.protocol.cases import Step
from runas_properties.conformance.protocol.readable import readable_text
from runas_properties.conformance.protocol.results import Result
from runas_properties.conformance.reports import FORMATS, parse_report_option, prepare, write
from runas_properties.conformance.reports.badge import badge, endpoint
from runas_properties.conformance.reports.html import html
from runas_properties.conformance.reports.json import json
from runas_properties.conformance.reports.junit import junit
from runas_properties.conformance.reports.markdown import LARGEST, markdown
from runas_properties.conformance.reports.report import Generated, Report, json_schema
from runas_properties.conformance.reports.terminal import COLUMNS, report_lines
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.targets.target import CaseError, PythonTarget
from runas_properties.conformance.vectors.vector import Vector, vectors
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import DictService

GOLDEN = Path(__file__).parent / "golden"
ISSUE = "https://example.org/issues/7"
HOSTILE = "<script>alert(1)</script> ]]> | `a` \x00\x1b[31m\u202e\ud800 & \"'\nlast"
SHOWN = r"\x00\x1b[31m\u202e\ud800"

CHOSEN = (
    "name-capital-by-tag-instead",
    "name-capital-by-default-instead",
    "name-ssm-user-capital-by-tag-instead",
    "name-root-capital-by-tag-instead",
    "name-nul-by-tag-instead",
    "name-number-by-tag-instead",
    "name-space-by-tag-instead",
    "near-key-small-with-default",
    "create-os-user-raises-blank-os-user-name",
    "terminate-session-then-tag-names-superuser",
)
FAILED, KNOWN, ERRORED, SKIPPED, FIXED = (
    {"name-capital-by-tag-instead", "name-root-capital-by-tag-instead"},
    {"name-capital-by-default-instead", "name-ssm-user-capital-by-tag-instead"},
    "name-number-by-tag-instead",
    "name-space-by-tag-instead",
    "name-nul-by-tag-instead",
)
LISTED = {
    **{id: KnownFailure(id, "Names are folded by our directory.", ISSUE) for id in KNOWN},
    FIXED: KnownFailure(FIXED, HOSTILE, "javascript:alert(1)"),
    "no-such-case": KnownFailure("no-such-case", "It was renamed.", ISSUE),
}


class Target(PythonTarget):
    """One that folds case, crashes on one case and skips another."""

    def __init__(self, fault: str | None, hostile: str = "boom") -> None:
        make = DictService if fault is None else FAULTS[fault].make
        super().__init__(lambda: Stepwise(make(AGENT)), "directory")
        self.about = msgspec.structs.replace(self.about, language="", version="2.1")
        self.fault, self.hostile = fault, hostile

    def run(self, id: str, steps: Sequence[Step]) -> Sequence[Result | None]:
        if self.fault and id == ERRORED:
            raise CaseError(self.hostile)
        if self.fault and id == SKIPPED:
            return [Result(skipped=f"no spaces: {self.hostile}", issue=ISSUE)] * len(steps)
        return super().run(id, steps)


def some(ids: Sequence[str] = CHOSEN) -> tuple[Vector, ...]:
    return tuple(vector for vector in vectors() if vector.id in ids)


def made(target: Target, known: dict[str, KnownFailure], **more: Any) -> Report:
    repeat = "runas-spec replay {} --target directory:make".format
    report = kit.conform(target, some(), reading=AGENT, known=known, repeat=repeat).report
    return msgspec.structs.replace(report, seconds=0.25, **more)


@cache
def mixed() -> Report:
    """Everything that can become of a case, and a generated one that failed."""
    report = made(Target("folds-case"), LISTED, stderr="\n".join(f"line {number}" for number in range(1, 15)))
    first = msgspec.structs.replace(report.failures[1], id="generated-7", title="A generated case.")
    return msgspec.structs.replace(report, generated=Generated(7, 12, 300, 1.5, first))


@cache
def passing() -> Report:
    return made(Target(None), {}, generated=Generated(7, 200, 6_000, 2.0))


@cache
def excepted() -> Report:
    """Conforms, with known failures."""
    report = made(Target("folds-case"), {id: KnownFailure(id, "Not yet.", ISSUE) for id in (*FAILED, *KNOWN, ERRORED)})
    return report


@cache
def hostile() -> Report:
    target = Target("folds-case", HOSTILE)
    target.about = msgspec.structs.replace(target.about, name=HOSTILE)
    return made(target, {**LISTED, HOSTILE: KnownFailure(HOSTILE, "", "")})


ALL = pytest.mark.parametrize("report", [mixed, passing, excepted, hostile], ids=lambda made: made.__name__)


def ids_of(report: Report, *verdicts: Verdict) -> set[str]:
    return {case.id for case in report.cases if case.verdict in verdicts}


def test_the_report_that_the_formats_are_tried_on_has_a_case_of_every_verdict() -> None:
    report = mixed()

    assert ids_of(report, Verdict.FAILED) == FAILED
    assert ids_of(report, Verdict.KNOWN) == KNOWN
    assert ids_of(report, Verdict.ERRORED) == {ERRORED}
    assert ids_of(report, Verdict.SKIPPED) == {SKIPPED}
    assert ids_of(report, Verdict.FIXED) == {FIXED}
    assert report.unmatched == ("no-such-case",)
    assert "generated-7" in [case.id for case in report.failures]
    assert (report.conforms, passing().conforms, excepted().conforms) == (False, True, True)


def test_a_row_that_is_not_as_it_should_be_is_one_with_a_case_that_failed() -> None:
    report = mixed()
    by_id = {row.id: row for row in (*report.rules, *report.laws)}

    missing = by_id["tag-user-missing"]
    assert (missing.expected, missing.got) == ("5 refused", "2 refused, 2 started, 1 no answer")
    assert (missing.as_it_should_be, missing.known, missing.skipped) == (False, 1, 0)
    default = by_id["default-user-missing"]
    assert (default.got, default.as_it_should_be, default.known) == ("1 started", True, 1)
    assert (by_id["no-fall-through"].got, by_id["no-fall-through"].as_it_should_be) == (
        "2 hold, 2 broken, 2 no answer",
        False,
    )
    assert all(row.as_it_should_be for row in (*passing().rules, *passing().laws))


def test_a_known_failure_without_an_answer_does_not_count_as_a_law_that_holds() -> None:
    report = made(Target("folds-case"), {ERRORED: KnownFailure(ERRORED, "It crashes.", ISSUE)})

    law = next(row for row in report.laws if row.id == "exactly-one-rule")
    assert law.got.endswith(", 2 no answer")
    assert (law.known, law.skipped) == (1, 1)


def test_what_cannot_be_seen_is_shown_and_lines_end_in_stories_alone() -> None:
    assert readable_text("a\x00b\u200b\u202e\ud800é日\n") == r"a\x00b\u200b\u202e\ud800é日\n"
    assert readable_text("a\n\tb", lines=True) == "a\n\\tb"
    assert readable_text("plain ASCII | ~") == "plain ASCII | ~"


def test_the_report_on_a_terminal_is_the_golden_one() -> None:
    assert "\n".join(report_lines(mixed())) + "\n" == (GOLDEN / "report.txt").read_text("utf-8")


@ALL
def test_a_terminal_of_100_columns_holds_every_line_but_commands(report: Any) -> None:
    lines = [line for line in report_lines(report()) if "repeat it: " not in line]

    assert max(map(len, lines)) <= COLUMNS
    assert not any(re.search(r"[\x00-\x1f\x7f]", line) for line in lines)


def test_the_terminal_tells_every_failure_until_there_are_many() -> None:
    text = "\n".join(report_lines(mixed()))
    report = mixed()
    many = [msgspec.structs.replace(report.failures[0], id=f"case-{number:03}") for number in range(50)]
    shown = "\n".join(report_lines(msgspec.structs.replace(report, cases=tuple(many), generated=None)))

    for case in report.failures:
        assert f"{case.id}: " in text
    assert "The shortest of 50 failures: case-000" in shown
    assert "case-020: " in shown
    assert "case-021: " not in shown
    assert "  and 29 more\n" in shown


def test_a_run_that_conforms_has_no_failures_to_tell() -> None:
    text = "\n".join(report_lines(passing()))

    assert text.startswith("rule  ")
    assert "failure" not in text
    assert text.endswith(
        "CONFORMS: 10 of 10 cases passed, 200 generated cases (6,000 steps from seed 7) as expected; 0.2 s"
    )


def test_nothing_that_passed_is_said_to_be_the_reason() -> None:
    only = {SKIPPED}
    report = kit.conform(Target("folds-case"), some([*only]), reading=AGENT).report

    assert not report.conforms
    assert "  not one case passed" in list(report_lines(report))
    assert Xml.fromstring(junit(report)).findall(".//testcase[@classname='run']/failure")


@ALL
def test_junit_has_a_test_for_each_case_and_counts_that_agree(report: Any) -> None:
    found = report()
    root = Xml.fromstring(junit(found))
    suite = root.find("testsuite")
    assert suite is not None
    tests = suite.findall("testcase")
    by_name = {test.get("name"): test for test in tests}

    assert root.attrib == suite.attrib
    assert [root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")] == [
        str(len(suite.findall(path)))
        for path in ("testcase", *(f"testcase/{tag}" for tag in ("failure", "error", "skipped")))
    ]
    assert len(tests) == len(found.cases) + (found.generated is not None) + len(found.unmatched)
    assert (int(str(root.get("failures"))) + int(str(root.get("errors"))) == 0) == found.conforms
    for case in found.cases:
        assert [child.tag for child in by_name[case.id]] == {
            Verdict.PASSED: [],
            Verdict.FAILED: ["failure"],
            Verdict.FIXED: ["failure"],
            Verdict.ERRORED: ["error"],
            Verdict.SKIPPED: ["skipped"],
            Verdict.KNOWN: ["skipped"],
        }[case.verdict]
        assert by_name[case.id].get("classname") == f"{case.level}.{case.rule}"


def test_junit_tells_the_story_the_reason_and_what_to_do() -> None:
    root = Xml.fromstring(junit(mixed()))

    def told(name: str) -> Xml.Element:
        found = root.find(f".//testcase[@name='{name}']/*")
        assert found is not None
        return found

    failed = told("name-capital-by-tag-instead")
    assert failed.get("message") == "expected refused (os-user-missing), got started as 'alice'"
    assert failed.get("type") == "started-as-named"
    assert "repeat it: runas-spec replay name-capital-by-tag-instead --target directory:make" in str(failed.text)
    assert told("name-capital-by-default-instead").get("message") == (
        f"known failure: Names are folded by our directory. ({ISSUE})"
    )
    assert told(SKIPPED).get("message") == f"no spaces: boom ({ISSUE})"
    assert str(told(FIXED).get("message")).startswith("listed as a known failure, and passes")
    assert "line 14" in str(root.findtext(".//system-err"))


@ALL
def test_json_is_valid_by_the_published_schema_and_reads_back_as_it_was(report: Any) -> None:
    schema = msgspec.json.decode((files("runas_properties.conformance.reports") / "report.schema.json").read_bytes())
    text = json(report())

    jsonschema.validate(msgspec.json.decode(text), schema)
    assert msgspec.json.decode(text, type=Report) == report()


def test_the_published_schema_is_that_of_the_report() -> None:
    published = msgspec.json.decode((files("runas_properties.conformance.reports") / "report.schema.json").read_bytes())

    assert published == msgspec.json.decode(msgspec.json.encode(json_schema()))


def test_every_format_says_where_readings_are_mixed() -> None:
    class Mixed(Target):
        def run(self, id: str, steps: Sequence[Step]) -> Sequence[Result | None]:
            wanted = DEFAULT if "macos" in id else AGENT
            return PythonTarget(lambda: Stepwise(DictService(wanted)), "mixed").run(id, steps)

    under = [vector for vector in vectors("decision") if vector.depends_on == ("macos",)][:3]
    report = kit.conform(Mixed(None), [*under, *some()], reading=AGENT).report
    mixed_up = "readings are mixed: this would be right under "

    assert report.failures
    assert all(case.detail.startswith(mixed_up) for case in report.failures)
    for text in ("\n".join(report_lines(report)), junit(report), markdown(report), html(report)):
        assert mixed_up in text


@ALL
def test_markdown_has_a_row_for_every_rule_and_law(report: Any) -> None:
    found = report()
    text = markdown(found)
    rows = [line.split(" | ")[0].removeprefix("| ") for line in text.split("\n") if line.startswith("| ")]

    assert rows.count("rule") == rows.count("law") == 1
    for row in (*found.rules, *found.laws):
        assert row.id in rows
    assert text.startswith(f"### {'CONFORMS' if found.conforms else 'DOES NOT CONFORM'}: ")
    assert text.count("<details>") == text.count("</details>") == 1 + len(found.failures)
    assert text.count("**NO**") == sum(not row.as_it_should_be for row in (*found.rules, *found.laws))
    for case in found.failures:
        assert f"<details><summary><code>{case.verdict.value}: {case.id}</code></summary>" in text


def test_markdown_takes_nothing_hostile_for_markup() -> None:
    text = markdown(hostile())
    outside = re.sub(r"(`+)text\n.*?\n\1", "", text, flags=re.DOTALL)
    outside = re.sub(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", "", outside)

    assert SHOWN in text
    assert "<script>" not in outside
    assert "alert(1)" not in outside
    for line in text.split("\n"):
        if line.startswith("| ") and ISSUE in line:
            assert len(re.findall(r"(?<!\\)\|", line)) == 5


def test_markdown_stays_below_what_a_comment_may_hold() -> None:
    report = mixed()
    many = [msgspec.structs.replace(report.failures[0], id=f"case-{number:04}") for number in range(2_000)]
    known = [
        msgspec.structs.replace(report.failures[0], verdict=Verdict.KNOWN, detail=f"reason {number}")
        for number in range(2_000)
    ]
    text = markdown(msgspec.structs.replace(report, cases=(*many, *known)))

    assert len(text) < LARGEST + 1_000
    stories = text.count("<details>") - 1
    assert stories > 10
    assert f"and {2_001 - stories} more failures" in text
    assert re.search(r"\| and \d+ more reasons \|", text)


class Page(HTMLParser):
    """Whether a page's elements are balanced, with its text, ids and addresses."""

    VOID = frozenset({"meta", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.verdicts: dict[str, str] = {}
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if "data-verdict" in given:
            self.verdicts[given["id"]] = given["data-verdict"]
        if tag == "a":
            self.links.append(given["href"])
        self.addresses += [
            value for name, value in given.items() if name in ("src", "srcset", "action", "data", "style")
        ]
        assert not any(name.startswith("on") for name in given)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.text += data


@ALL
def test_the_page_is_balanced_and_needs_nothing_from_elsewhere(report: Any) -> None:
    text = html(report())
    page = Page(text)
    style_and_script = "".join(re.findall(r"<(style|script)>(.*?)</\1>", text, re.DOTALL)[at][1] for at in (0, 1))

    assert page.open == []
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert (page.tags.count("style"), page.tags.count("script")) == (1, 1)
    assert not {"link", "img", "iframe", "object", "embed", "base"} & set(page.tags)
    assert all(re.fullmatch(r"flex-grow: \d+", address) for address in page.addresses)
    assert not re.search(r"url\(|@import|https?:|fetch|import\(", style_and_script)
    assert all(link.startswith("#") or link == ISSUE for link in page.links)


@ALL
def test_every_case_is_on_the_page_with_its_verdict_and_every_link_leads_somewhere(report: Any) -> None:
    found = report()
    page = Page(html(found))

    assert {f"case-{case.id}": case.verdict.name.lower() for case in found.cases} == page.verdicts
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    for case in found.failures:
        assert case.story.split("\n")[-1] in page.text
    for row in (*found.rules, *found.laws):
        assert row.title in page.text


def test_the_page_shows_what_is_hostile_and_runs_none_of_it() -> None:
    text = html(hostile())
    page = Page(text)

    assert SHOWN in page.text
    assert "<script>alert(1)</script>" in page.text
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\ud800]", text)
    assert "javascript:alert(1)" not in page.links
    assert r"al\x00ice" in page.text or r"alice\x00" in page.text


def test_a_page_leaves_out_passed_cases_where_they_are_too_many_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runas_properties.conformance.reports.html.MOST_PASSED", 2)
    page = Page(html(mixed()))

    assert ids_of(mixed(), Verdict.FAILED, Verdict.ERRORED, Verdict.FIXED) <= {id[5:] for id in page.verdicts}
    left = sum(case.verdict.conforms for case in mixed().cases) - 2
    assert f"{left} that ended as they should are left out here" in page.text


@pytest.mark.parametrize(
    ("report", "message", "color", "named"),
    [
        (passing, "conforms 10/10", "#3a7d0f", "brightgreen"),
        (excepted, "conforms 4/10", "#8a6700", "yellow"),
        (mixed, "does not conform 3/10", "#b3261e", "red"),
    ],
)
def test_a_badge_says_whether_it_conforms_and_how_many_passed(
    report: Any, message: str, color: str, named: str
) -> None:
    root = Xml.fromstring(badge(report()))
    data = msgspec.json.decode(endpoint(report()))

    assert root.findtext("{*}title") == root.get("aria-label") == f"run as: {message}"
    assert [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")] == ["run as", message]
    assert color in badge(report())
    assert data == {
        "schemaVersion": 1,
        "label": "run as",
        "message": message,
        "color": named,
        "isError": not report().conforms,
    }


def test_each_format_goes_to_its_file(tmp_path: Path) -> None:
    paths = parse_report_option(",".join(f"{format}={tmp_path}/deep/report.{format}" for format in FORMATS))
    prepare(paths)
    assert [*(tmp_path / "deep").iterdir()] == []

    write(mixed(), paths)

    expected = [junit, json, html, markdown, badge]
    assert [path.read_text("utf-8") for path in paths.values()] == [make(mixed()) for make in expected]
    write(mixed(), {"badge": tmp_path / "badge.json"})
    assert (tmp_path / "badge.json").read_text() == endpoint(mixed())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pdf=a.pdf", "unknown format 'pdf'; use junit=FILE, json=FILE, html=FILE, markdown=FILE, badge=FILE"),
        ("", "unknown format ''"),
        ("html=a,", "unknown format ''"),
        ("html", "html needs a file: html=FILE"),
        ("html= ", "html needs a file: html=FILE"),
        ("html=a,html=b", "html is given twice"),
        ("html=a/../b,json=b", "html and json are to go to the same file, b"),
    ],
)
def test_an_option_that_cannot_be_meant_says_what_is_wrong(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        parse_report_option(text)


def test_options_given_one_after_another_add_up() -> None:
    first = parse_report_option("html=a")

    assert parse_report_option("json=b", first) == {"html": Path("a"), "json": Path("b")}
    with pytest.raises(ValueError, match="html is given twice"):
        parse_report_option("html=c", first)


def test_a_file_that_cannot_be_written_is_told_before_the_work_and_one_that_is_there_is_kept(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("old")
    prepare({"html": there})

    assert there.read_text() == "old"
    for path in (tmp_path, there / "below"):
        with pytest.raises(InputError, match=re.escape(str(path))):
            prepare({"html": path})
        with pytest.raises(InputError, match=re.escape(str(path))):
            write(passing(), {"html": path})
