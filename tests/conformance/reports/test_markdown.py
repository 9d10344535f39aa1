"""A report in Markdown: every rule and law, nothing hostile taken for markup, and short enough."""

import re

import msgspec

from conformance.reports.ten_cases import ISSUE, SHOWN
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.markdown import LARGEST, markdown
from runas_properties.conformance.reports.report import Report


def test_markdown_has_a_row_for_every_rule_and_law(report: Report) -> None:
    text = markdown(report)
    rows = [line.split(" | ")[0].removeprefix("| ") for line in text.split("\n") if line.startswith("| ")]

    assert rows.count("rule") == rows.count("law") == 1
    for row in (*report.rules, *report.laws):
        assert row.id in rows
    assert text.startswith(f"### {'CONFORMS' if report.conforms else 'DOES NOT CONFORM'}: ")
    assert text.count("<details>") == text.count("</details>") == 1 + len(report.failures)
    assert text.count("**NO**") == sum(not row.as_it_should_be for row in (*report.rules, *report.laws))
    for case in report.failures:
        assert f"<details><summary><code>{case.verdict.value}: {case.id}</code></summary>" in text


def test_markdown_takes_nothing_hostile_for_markup(hostile: Report) -> None:
    text = markdown(hostile)
    outside = re.sub(r"(`+)text\n.*?\n\1", "", text, flags=re.DOTALL)
    outside = re.sub(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", "", outside)

    assert SHOWN in text
    assert "<script>" not in outside
    assert "alert(1)" not in outside
    for line in text.split("\n"):
        if line.startswith("| ") and ISSUE in line:
            assert len(re.findall(r"(?<!\\)\|", line)) == 5


def test_markdown_stays_below_what_a_comment_may_hold(mixed: Report) -> None:
    many = [msgspec.structs.replace(mixed.failures[0], id=f"case-{number:04}") for number in range(2_000)]
    known = [
        msgspec.structs.replace(mixed.failures[0], verdict=Verdict.KNOWN, detail=f"reason {number}")
        for number in range(2_000)
    ]
    text = markdown(msgspec.structs.replace(mixed, cases=(*many, *known)))

    assert len(text) < LARGEST + 1_000
    stories = text.count("<details>") - 1
    assert stories > 10
    assert f"and {2_001 - stories} more failures" in text
    assert re.search(r"\| and \d+ more reasons \|", text)
