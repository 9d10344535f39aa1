"""Vectors that are not offered: apart in every report, with the noun that is missing, and never among what passed."""

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree as Xml

import jsonschema
import msgspec
import pytest

from conformance.speaking import (
    ELSEWHERE,
    EVERY,
    INSTANCE,
    PEOPLE,
    ROLE,
    STEPS,
    VECTORS,
    WITHIN,
    WithoutDocuments,
    target_with,
)
from runas_model import AGENT
from runas_model.specification.nouns import Noun
from runas_properties.conformance import kit
from runas_properties.conformance.judging.known import KnownFailure
from runas_properties.conformance.protocol.cases import watched
from runas_properties.conformance.reports.badge import badge, endpoint
from runas_properties.conformance.reports.html import html
from runas_properties.conformance.reports.json import json
from runas_properties.conformance.reports.junit import junit
from runas_properties.conformance.reports.markdown import markdown
from runas_properties.conformance.reports.report import Report, json_schema
from runas_properties.conformance.reports.telling import complaints
from runas_properties.conformance.reports.terminal import report_lines
from runas_properties.conformance.vectors.making import make_vector
from runas_properties.implementations import DictService, Outcome

NOT_THERE = (
    "it offers documents, but passed none of the 3 cases that need them: "
    "offer only nouns that the implementation has, and let the adapter pass on what speaks of them"
)


def terminal(report: Report) -> str:
    return "\n".join(report_lines(report, tables=True))


@pytest.fixture(scope="module")
def partly() -> Report:
    """Of one that has Regions and nothing else: two cases that passed, and four that are not offered."""
    return kit.conform(target_with((Noun.REGIONS,)), EVERY, reading=AGENT).report


@pytest.fixture(scope="module")
def overstated() -> Report:
    """Of one that offers session documents and does not have them."""
    return kit.conform(target_with(tuple(Noun), WithoutDocuments), EVERY, reading=AGENT).report


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (terminal, "Not offered, and so not asked:\n  2  needs documents, not offered\n     documents, both\n"),
        (terminal, "  1  needs roles, not offered\n     roles\n"),
        (terminal, "  1  needs documents, parameters, not offered\n     parameters\n"),
        (terminal, "CONFORMS: 2 of 2 cases passed, 4 others not offered; "),
        (terminal, "ours (Python 3."),
        (markdown, "| not offered | 2 | `needs documents, not offered` |"),
        (markdown, "| not offered | 1 | `needs roles, not offered` |"),
        (markdown, "| not offered | 1 | `needs documents, parameters, not offered` |"),
        (markdown, "2 of 2 cases passed, 4 others not offered"),
        (html, '<span class="chip not_offered">not offered</span>'),
        (html, "2 of 2 cases passed, 4 others not offered"),
        (json, '"not offered": 4'),
        (badge, "run as: conforms 2/2, 4 not offered"),
        (endpoint, '"message": "conforms 2/2, 4 not offered"'),
    ],
)
def test_every_report_has_apart_what_is_not_offered(told: Callable[[Report], str], says: str, partly: Report) -> None:
    assert says in told(partly)


def test_the_nouns_that_are_offered_stand_with_the_target(partly: Report) -> None:
    assert "level service, with regions\n" in terminal(partly)
    assert msgspec.json.decode(json(partly))["nouns"] == ["regions"]


def test_junit_skips_what_is_not_offered_with_the_reason(partly: Report) -> None:
    (suite,) = Xml.fromstring(junit(partly))
    skipped = {case.get("name"): found.get("message") for case in suite if (found := case.find("skipped")) is not None}

    needs = {"documents": "documents", "both": "documents", "roles": "roles", "parameters": "documents, parameters"}
    assert skipped == {id: f"not offered: needs {noun}, not offered" for id, noun in needs.items()}
    assert (suite.get("skipped"), suite.get("failures"), suite.get("errors")) == ("4", "0", "0")


def test_the_report_is_as_its_schema_has_it(partly: Report) -> None:
    jsonschema.Draft202012Validator(json_schema()).validate(msgspec.json.decode(json(partly)))


def test_rules_and_laws_count_apart_what_is_not_offered(partly: Report) -> None:
    by_rule = {row.id: (row.cases, row.not_offered, row.as_it_should_be) for row in partly.rules}
    by_law = {row.id: (row.cases, row.not_offered) for row in partly.laws}
    asked = (VECTORS["neither"], VECTORS["regions"])
    others = tuple(vector for vector in EVERY if vector not in asked)
    (line,) = (line for line in terminal(partly).splitlines() if line.startswith("run-as-off "))

    rules = {"default-user-exists": (2, 2, True), "run-as-off": (0, 1, True), "tag-user-exists": (0, 1, True)}
    assert by_rule == rules
    assert (line.split()[1], line.split("  ")[-1]) == ("0", "1 not offered")
    assert by_law == {
        law: (sum(law in one.laws for one in asked), sum(law in one.laws for one in others)) for law in by_law
    }
    assert any(cases == 0 for cases, _ in by_law.values())


def test_a_noun_that_is_offered_and_not_there_is_told(overstated: Report) -> None:
    assert NOT_THERE in list(complaints(overstated))
    for told in (terminal, markdown, html):
        assert NOT_THERE in told(overstated)
    failed = Xml.fromstring(junit(overstated)).find(".//testcase[@name='every noun that is offered is there']/failure")
    assert failed is not None
    assert failed.get("message") == NOT_THERE


class WithoutParameters(DictService):
    """One that takes no parameter."""

    def apply(self, operation: str, arguments: Mapping[str, Any]) -> Outcome:
        if not {"parameter", "declares_parameter"}.isdisjoint(arguments):
            raise ValueError("unknown argument")
        return super().apply(operation, arguments)


def test_only_the_noun_is_told_that_explains_why_all_cases_failed() -> None:
    (*before, start) = STEPS["parameters"]
    every = {
        "parameters": STEPS["parameters"],
        "parameters-alone": (INSTANCE, *PEOPLE[:2], {**PEOPLE[2], "parameter": "alice"}),
        "parameters-elsewhere": (*({**step, **ELSEWHERE} for step in before[:2]), *before[2:], start),
        "parameters-of-a-role": (*before, ROLE, {"operation": "assume_role", **WITHIN}, start),
    }
    cases = [make_vector(id, watched(steps), [], title=id) for id, steps in every.items()]
    report = kit.conform(target_with(tuple(Noun), WithoutParameters), cases, reading=AGENT).report

    assert {noun for case in cases for noun in case.needs} == {*Noun}
    assert [one for one in complaints(report) if one.startswith("it offers")] == [
        NOT_THERE.replace("documents", "parameters").replace("3", "4")
    ]


def test_nouns_that_only_failed_together_are_both_told() -> None:
    report = kit.conform(target_with(tuple(Noun), WithoutDocuments), [VECTORS["both"]], reading=AGENT).report

    assert [one.split(",")[0] for one in complaints(report) if one.startswith("it offers")] == [
        "it offers regions",
        "it offers documents",
    ]


@pytest.mark.parametrize("nouns", [(Noun.PARAMETERS,), (Noun.REGIONS, Noun.PARAMETERS), (Noun.DOCUMENTS,), ()])
def test_whoever_offers_parameters_without_documents_is_told_once_to_offer_both(nouns: tuple[Noun, ...]) -> None:
    report = kit.conform(target_with(nouns), EVERY, reading=AGENT).report
    advice = "needs documents, not offered: offer documents and parameters together, as session documents declare"

    for told in (terminal, markdown):
        assert " ".join(told(report).split()).count(advice) == (Noun.PARAMETERS in nouns)


def test_a_noun_of_which_all_failures_are_known_is_not_told() -> None:
    known = {id: KnownFailure(id, "Not yet.", "https://example.org/1") for id in ("documents", "both", "parameters")}
    report = kit.conform(target_with(tuple(Noun), WithoutDocuments), EVERY, reading=AGENT, known=known).report

    assert (report.conforms, list(complaints(report))) == (True, [])
