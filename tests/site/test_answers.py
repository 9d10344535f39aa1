"""The playground answers as `decide` does, from what was entered."""

import json
import shlex
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error, Page

from runas_cli.main import main
from runas_model import DEFAULT, RULEBOOK, Reading, Situation, all_readings, explain, situation
from runas_model.facts.classes import class_of, situation_classes
from runas_model.specification.readings import choices_of
from runas_properties.conformance.protocol.cases import question
from runas_properties.stateful.confusions import CONFUSIONS
from spec_site.decision_table import vector_of
from spec_site.picture import outcome_in_words
from spec_site.playground import example_of

Evaluate = Callable[[Page, str, Any], Any]

NAMES = {name for pair in CONFUSIONS for name in (pair.named, pair.near)}
WHITE_SPACE = [chr(point) for point in range(0x3001) if chr(point).isspace()]
NEARLY_WHITE = ["\u200b", "\ufeff", "\u180e", "\u2060", "\x00", "\x1b"]


def entered(s: Situation, reading: Reading) -> dict[str, Any]:
    """A situation as the page reads it from its form."""
    asked = {key: value for key, value in question(s).items() if key != "operation"}
    return {**asked, "reading": choices_of(reading)}


def expected(s: Situation, reading: Reading) -> dict[str, Any]:
    told = explain(s, reading)
    return {
        "vector": vector_of(class_of(s)),
        "rule": told.rule.id,
        "starts": told.decision.starts,
        "osUser": told.decision.os_user,
        "reason": told.decision.reason.value if told.decision.reason else None,
        "passedOver": [{"rule": step.rule.id, "because": list(step.because)} for step in told.passed_over],
        "because": list(told.because),
        "clauses": [clause.id for clause in told.clauses],
        "title": told.rule.title,
    }


def assert_answers_as_the_model(page: Page, evaluate: Evaluate, cases: list[tuple[Situation, Reading]]) -> None:
    assert len(cases) > 100
    answers = evaluate(
        page,
        "all => all.map(one => { const { inWords, ...answer } = look(one); return answer; })",
        [entered(s, reading) for s, reading in cases],
    )
    wanted = [expected(s, reading) for s, reading in cases]
    assert [(case, one) for case, one, other in zip(cases, answers, wanted, strict=True) if one != other] == []


def test_every_class_under_every_reading(open_page: Callable[..., Page], playground: str, evaluate: Evaluate) -> None:
    cases = [(one.example, reading) for one in situation_classes() for reading in all_readings()]

    assert len(cases) == len(situation_classes()) * len(all_readings()) > 20_000
    assert_answers_as_the_model(open_page(playground), evaluate, cases)


def test_names_that_are_easily_confused_are_told_apart(
    open_page: Callable[..., Page], playground: str, evaluate: Evaluate
) -> None:
    pairs = [(named, near) for named in sorted(NAMES) for near in sorted(NAMES) if near.strip()]
    cases = [
        (situation(run_as_enabled=True, tag=tag, default_user=default, users=[(near, 0, 0), "bystander"]), reading)
        for named, near in pairs
        for tag, default in ((named, near), (None, named))
        for reading in (DEFAULT,)
    ]

    assert_answers_as_the_model(open_page(playground), evaluate, cases)


def test_a_name_is_blank_in_the_page_when_it_is_in_python(
    open_page: Callable[..., Page], playground: str, evaluate: Evaluate
) -> None:
    assert len(WHITE_SPACE) > 25
    names = [*WHITE_SPACE, *NEARLY_WHITE, *(f"{one}{other}" for one in NEARLY_WHITE for other in WHITE_SPACE)]
    cases = [
        (situation(run_as_enabled=True, tag=tag, default_user=default, users=["ops"]), reading)
        for name in names
        for tag, default in ((name, "ops"), (None, name))
        for reading in all_readings()
    ]

    assert_answers_as_the_model(open_page(playground), evaluate, cases)


def test_a_rule_of_the_picture_opens_a_situation_that_it_decides_and_all_of_the_answer_is_shown(
    open_page: Callable[..., Page], playground: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = open_page(playground)
    for rule in RULEBOOK:
        page.locator(f"#rule-{rule.id} a").click()
        page.wait_for_function("id => document.querySelector('.rule.decided').id === id", arg=f"rule-{rule.id}")

        s, reading = example_of(rule)
        assert shown(page) == to_be_shown(s, reading)
        command, *arguments = shlex.split(page.locator("#command").text_content() or "")
        assert (command, main([*arguments, "--json"])) == ("runas-spec", 0)
        assert json.loads(capsys.readouterr().out)["rule"] == rule.id


def shown(page: Page) -> dict[str, Any]:
    path = page.locator("#path li")
    return {
        "state": page.locator("#decision").get_attribute("class"),
        "outcome": page.locator("#outcome").inner_text(),
        "sentence": page.locator("#sentence").inner_text(),
        "path": path.locator("code").all_inner_texts(),
        "because": path.locator("p").all_inner_texts(),
        "clauses": page.locator("#clauses dt").all_inner_texts(),
        "vector": page.locator("#vector").inner_text(),
        "lit": lit(page),
    }


def to_be_shown(s: Situation, reading: Reading) -> dict[str, Any]:
    told = explain(s, reading)
    starts, passed = told.decision.starts, [step.rule.id for step in told.passed_over]
    reasons = [*(step.because for step in told.passed_over), told.because]
    return {
        "state": "starts" if starts else "refused",
        "outcome": f"Starts as {told.decision.os_user}" if starts else f"Refused: {outcome_in_words(told.rule)[1]}",
        "sentence": told.rule.title,
        "path": [*passed, told.rule.id],
        "because": [", ".join(because) or "no other rule applies" for because in reasons],
        "clauses": [clause.id for clause in told.clauses],
        "vector": vector_of(class_of(s)),
        "lit": (passed, [told.rule.id]),
    }


def lit(page: Page) -> tuple[list[str], list[str]]:
    """The rules of the picture that are marked as passed over, and as deciding."""
    passed, decided = (
        page.locator(f".rule.{state}").evaluate_all("all => all.map(group => group.id.replace('rule-', ''))")
        for state in ("passed", "decided")
    )
    return passed, decided


def test_what_cannot_be_read_gets_no_decision_but_a_reason(open_page: Callable[..., Page], playground: str) -> None:
    page = open_page(playground)

    page.get_by_label("uid of alice").fill("-1")
    assert page.locator("#decision").get_attribute("class") == "undecided"
    assert page.locator("#sentence").inner_text() == "The uid of alice must be a whole number, 0 or more."
    assert page.get_by_label("uid of alice").get_attribute("aria-invalid") == "true"
    assert lit(page) == ([], [])

    page.get_by_label("uid of alice").fill("0")
    page.get_by_label("name of OS user 2").fill("alice")
    assert page.locator("#sentence").inner_text() == "OS user alice is listed twice with different ids."

    page.get_by_label("name of OS user 2").fill("")
    assert page.locator("#outcome").inner_text() == "Starts as alice"


def test_a_question_that_the_page_cannot_answer_is_named(open_page: Callable[..., Page], playground: str) -> None:
    page = open_page(playground)

    with pytest.raises(Error, match=r"cannot answer the question s\.weekday == 'sunday': add it to answersTo"):
        page.evaluate("""() => { table.questions.push("s.weekday == 'sunday'"); look(read().entered); }""")
