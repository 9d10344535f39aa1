"""A report as a page: balanced, complete, in need of nothing from elsewhere, and nothing hostile run."""

import re
from html.parser import HTMLParser

import pytest

from conformance.reports.ten_cases import ISSUE, SHOWN, ids_of
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.html import html
from runas_properties.conformance.reports.report import Report


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


def test_the_page_is_balanced_and_needs_nothing_from_elsewhere(report: Report) -> None:
    text = html(report)
    page = Page(text)
    style_and_script = "".join(re.findall(r"<(style|script)>(.*?)</\1>", text, re.DOTALL)[at][1] for at in (0, 1))

    assert page.open == []
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert (page.tags.count("style"), page.tags.count("script")) == (1, 1)
    assert not {"link", "img", "iframe", "object", "embed", "base"} & set(page.tags)
    assert all(re.fullmatch(r"flex-grow: \d+", address) for address in page.addresses)
    assert not re.search(r"url\(|@import|https?:|fetch|import\(", style_and_script)
    assert all(link.startswith("#") or link == ISSUE for link in page.links)


def test_every_case_is_on_the_page_with_its_verdict_and_every_link_leads_somewhere(report: Report) -> None:
    page = Page(html(report))

    assert {f"case-{case.id}": case.verdict.name.lower() for case in report.cases} == page.verdicts
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    for case in report.failures:
        assert case.story.split("\n")[-1] in page.text
    for row in (*report.rules, *report.laws):
        assert row.title in page.text


def test_the_page_shows_what_is_hostile_and_runs_none_of_it(hostile: Report) -> None:
    text = html(hostile)
    page = Page(text)

    assert SHOWN in page.text
    assert "<script>alert(1)</script>" in page.text
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\ud800]", text)
    assert "javascript:alert(1)" not in page.links
    assert r"al\x00ice" in page.text or r"alice\x00" in page.text


def test_a_page_leaves_out_passed_cases_where_they_are_too_many_and_says_so(
    mixed: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("runas_properties.conformance.reports.html.MOST_PASSED", 2)
    page = Page(html(mixed))

    assert ids_of(mixed, Verdict.FAILED, Verdict.ERRORED, Verdict.FIXED) <= {id[5:] for id in page.verdicts}
    left = sum(case.verdict.conforms for case in mixed.cases) - 2
    assert f"{left} cases without failure are omitted here" in page.text
