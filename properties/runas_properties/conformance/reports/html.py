"""A report as one page for a reviewer: self-contained, nothing in it from elsewhere, of use without its script."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from inspect import getdoc
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from runas_model.specification.clauses import CLAUSES
from runas_model.specification.readings import CHOICES
from runas_model.specification.rulebook import RULES
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.report import CaseReport, Report, Row
from runas_properties.conformance.reports.telling import (
    answer_in_words,
    as_it_should_be,
    complaints,
    counts_in_words,
    excepted,
    generated_in_words,
    headline,
    is_link,
    protocol_in_words,
    target_in_words,
    warnings,
    whence_in_words,
)
from runas_properties.conformance.vectors.vector import FLAGS
from runas_properties.laws import LAWS

__all__ = ["html"]

STORIES_OPEN = 1
MOST_PASSED = 5_000
"""Cases that ended as they should, in the list of all: a browser can bear no more than so many."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def html(report: Report) -> str:
    """The page: the verdict, failures, exceptions, tables by rule and law, then every case."""
    anchors = dict(_anchors(report.cases))
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("title", f"{headline(report)}: {report.title}"),
        element("style", _part("page.css")),
    )
    main = element(
        "main",
        *_top(report),
        *_failures(report, anchors),
        *_exceptions(report, anchors),
        *_table("By rule", "rule", report.rules),
        *_table("By law", "law", report.laws),
        *_cases(report, anchors),
        *_stderr(report),
    )
    body = element("body", main, _foot(), element("script", _part("page.js")))
    page = element("html", head, body, lang="en")
    return f"<!DOCTYPE html>\n{Xml.tostring(page, encoding='unicode', method='html')}\n"


def element(tag: str, *children: "str | Xml.Element", **attributes: str) -> Xml.Element:
    """An element; `class_` stands for the attribute class, and `_` for `-`."""
    made = Xml.Element(tag, {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()})
    for child in children:
        if isinstance(child, Xml.Element):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + child
        else:
            made.text = (made.text or "") + child
    return made


def _part(name: str) -> str:
    return "\n" + (files("runas_properties.conformance.reports") / name).read_text("utf-8")


def _anchors(cases: Iterable[CaseReport]) -> Iterator[tuple[int, str]]:
    """A fragment for each case, made of its id; recorded decisions may have one id twice."""
    seen: Counter[str] = Counter()
    for case in cases:
        seen[case.id] += 1
        again = f"--{seen[case.id]}" if seen[case.id] > 1 else ""
        yield id(case), f"case-{quote(case.id, safe='')}{again}"


def _top(report: Report) -> Iterator[Xml.Element]:
    yield element("h1", report.title)
    bar = [
        element("span", class_=verdict.name.lower(), style=f"flex-grow: {report.counts[verdict.value]}")
        for verdict in Verdict
        if report.counts[verdict.value]
    ]
    yield element(
        "div",
        element("strong", headline(report)),
        counts_in_words(report),
        element("div", *bar, class_="bar", aria_hidden="true"),
        class_=f"verdict {'good' if report.conforms else 'bad'}",
    )
    if against := [element("li", complaint) for complaint in complaints(report)]:
        yield element("ul", *against, class_="no")
    if doubts := warnings(report):
        yield element("p", "Warnings (a failure with ", element("code", "--strict"), "):")
        yield element("ul", *(element("li", one) for one in doubts))
    facts = {
        "Tested": target_in_words(report),
        "Protocol": protocol_in_words(report),
        "Cases": f"{report.total}{f', version {report.vectors} of the vectors' if report.vectors else ''}",
        "Generated": generated_in_words(report.generated) if report.generated else "",
        "Took": f"{report.seconds:.2f} s" if report.seconds else "",
    }
    told = [part for name, fact in facts.items() if fact for part in (element("dt", name), element("dd", fact))]
    choices = [
        element("li", f"{(getdoc(CHOICES[name]) or name).rstrip('.')}: ", element("code", choice))
        for name, choice in report.reading.items()
    ]
    profile = f"Profile {report.profile}" if report.profile else "No profile"
    reading = element("dd", f"{profile} ({whence_in_words(report)})", element("ul", *choices))
    yield element("dl", *told, element("dt", "Reading"), reading)


def _failures(report: Report, anchors: dict[int, str]) -> Iterator[Xml.Element]:
    failures = report.failures
    if not failures:
        return
    yield element("h2", f"{len(failures)} {'failures' if len(failures) > 1 else 'failure'}, the shortest first")
    stories = []
    for at, case in enumerate(failures):
        link = (
            [element("p", element("a", "details of this case", href=f"#{anchors[id(case)]}"))]
            if id(case) in anchors
            else []
        )
        opened = {"open": ""} if at < STORIES_OPEN else {}
        stories.append(element("details", _summary(case), *_told(case), *link, **opened))
    yield element("div", *stories, id="failures")


def _summary(case: CaseReport) -> Xml.Element:
    chip = element("span", case.verdict.value, class_=f"chip {case.verdict.name.lower()}")
    return element("summary", chip, " ", element("span", case.id, class_="id"), " ", element("span", case.title))


def _told(case: CaseReport) -> Iterator[Xml.Element]:
    yield element("pre", case.story or answer_in_words(case))
    if case.story and case.detail:
        yield element("p", case.detail)
    if case.repeat:
        yield element("p", "Rerun: ", element("code", case.repeat))


def _exceptions(report: Report, anchors: dict[int, str]) -> Iterator[Xml.Element]:
    groups = excepted(report)
    if not groups:
        return
    yield element("h2", "Known failures, and cases that were not judged")
    rows = []
    for group in groups:
        links = [element("li", element("a", case.id, href=f"#{anchors[id(case)]}")) for case in group.cases]
        which = element("details", element("summary", "cases"), element("ul", *links))
        name = element("code", group.kind) if group.kind else ""
        reason = element(
            "td", name, element("span", group.reason, class_="quiet") if group.kind else group.reason, which
        )
        chip = element("span", group.verdict.value, class_=f"chip {group.verdict.name.lower()}")
        cells = [
            element("td", chip),
            element("td", str(len(group.cases)), class_="number"),
            element("td", _link(group.issue), class_="link"),
        ]
        rows.append((reason, *cells))
    yield _rows(("reason", "excepted as", "cases", "issue"), rows)


def _link(address: str) -> "str | Xml.Element":
    return element("a", address, href=address, rel="noreferrer") if is_link(address) else address


def _table(title: str, what: str, rows: Sequence[Row]) -> Iterator[Xml.Element]:
    yield element("h2", title)
    made = []
    for row in rows:
        verdict = as_it_should_be(row)
        made.append(
            (
                element(
                    "td", element("a", row.id, class_="id", href="#cases"), element("span", row.title, class_="quiet")
                ),
                element("td", str(row.cases), class_="number"),
                element("td", row.expected),
                element("td", row.got),
                element("td", verdict, class_={"NO": "no", "yes": "yes"}.get(verdict, "yes but")),
            )
        )
    yield _rows((what, "cases", "expected", "got", "as expected"), made)


def _rows(heads: Sequence[str], rows: Iterable[Sequence[Xml.Element]]) -> Xml.Element:
    """A table; every cell knows its head, for a screen too narrow for columns."""
    body = element("tbody")
    for row in rows:
        for head, cell in zip(heads, row, strict=True):
            cell.set("data-head", head)
        body.append(element("tr", *row))
    top = [element("th", head, scope="col", **({"class_": "number"} if head == "cases" else {})) for head in heads]
    return element("div", element("table", element("thead", element("tr", *top)), body, class_="rows"), class_="wide")


def _cases(report: Report, anchors: dict[int, str]) -> Iterator[Xml.Element]:
    yield element("h2", "Every case")
    passed = [case for case in report.cases if case.verdict.conforms]
    left_out = set(map(id, passed[MOST_PASSED:]))
    if left_out:
        yield element(
            "p", f"{len(left_out)} cases without failure are omitted here; the JSON report contains all cases."
        )
    if more := report.counted - len(report.cases):
        yield element("p", f"{more} more cases are counted above but not listed; the JSON report contains all cases.")
    options = [element("option", "any result", value="")]
    options += [element("option", v.value, value=v.name.lower()) for v in Verdict if report.counts[v.value]]
    words = element(
        "input", type="search", name="words", placeholder="rule, law, clause, name …", aria_label="Search text"
    )
    verdict = element("select", *options, name="verdict", aria_label="Result")
    yield element("form", words, verdict, element("output", class_="quiet"), hidden="")
    made = [_case(case, anchors[id(case)]) for case in report.cases if id(case) not in left_out]
    yield element("div", *made, id="cases")


def _case(case: CaseReport, anchor: str) -> Xml.Element:
    facts: list[tuple[str, Sequence[str | Xml.Element]]] = [
        ("Asked", [element("ol", *(element("li", sentence) for sentence in case.asked))] if case.asked else []),
        ("Expected", [case.expected]),
        ("Got", [case.got]),
        ("Rule", [f"{case.rule}: {RULES[case.rule].title}" if case.rule in RULES else case.rule]),  # type: ignore[index]
        ("Clauses", _list(f"{id} ({CLAUSES[id].where}): {CLAUSES[id].text}" for id in case.clauses)),
        ("Needs", [", ".join(case.needs)]),
        ("Purpose", _list(FLAGS.get(flag, flag) for flag in case.flags)),
        ("Laws tested", [", ".join(case.laws_tested)]),
        ("Laws broken", _list(" ".join(LAWS[law].lines()) for law in case.laws_broken)),
        (case.kind or "Note", [case.detail]),
        ("Issue", [_link(case.issue)]),
    ]
    told = [part for name, fact in facts if fact and fact != [""]
            for part in (element("dt", name), element("dd", *fact))]  # fmt: skip
    story = _told(case) if case.story or case.repeat else ()
    return element(
        "details", _summary(case), element("dl", *told), *story, id=anchor, data_verdict=case.verdict.name.lower()
    )


def _list(lines: Iterable[str]) -> list["str | Xml.Element"]:
    made = [element("li", line) for line in lines]
    return [element("ul", *made)] if made else []


def _stderr(report: Report) -> Iterator[Xml.Element]:
    if report.stderr:
        yield element("h2", "Standard error")
        yield element("pre", report.stderr)


def _foot() -> Xml.Element:
    return element(
        "footer",
        "runas-spec: which OS user a Session Manager session runs as. Each case is compared with the specification "
        "under one reading: a choice for each point on which the source text is silent. A law is a statement that is "
        "proved for the specification; an implementation breaks it if one of its answers makes it false.",
    )
