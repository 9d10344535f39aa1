"""Where something was not added for an operation, a rule or a law, the message names the file and what to add."""

import re
from pathlib import Path

import attrs
import pytest

from recipes.following import ROOT, Copy
from runas_model import DEFAULT, OPERATIONS, Decision
from runas_model.facts import formulas, questions
from runas_model.words import noun, phrases
from runas_model.words.subjects import variable
from runas_properties.explorer import Scope, ScopeError, explore, reach, world
from runas_properties.explorer.world import calls
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import DictService, EventSourcedService, events
from runas_properties.oracle import failures
from runas_properties.stateful import performing
from runas_solver import vectors
from thinned import slow

OPERATION = "terminate_session"
NO_CALL = 'no call of terminate_session in calls(): add yield "terminate_session", {"session": ...}'
CALL = next(call for call in calls() if call[0] == OPERATION)


def without_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "calls", lambda: (call for call in calls() if call[0] != OPERATION))
    reach.errors_of(OPERATION)


def without_a_call_in_scopes(monkeypatch: pytest.MonkeyPatch) -> None:
    scope, every = Scope(1, 1, 1, 1, 1), Scope._calls
    monkeypatch.setattr(Scope, "_calls", lambda self: (call for call in every(self) if call[0] != OPERATION))
    explore(scope)


def without_the_operation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(OPERATIONS, OPERATION)
    reach.search(goals=[], depth=1)


def without_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(failures.SENTENCES, OPERATION)
    failures.sentence(CALL)


def without_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performing, "OPERATIONS", {OPERATION: OPERATIONS[OPERATION]})
    type("RunAsMachine", (performing.Performing,), {})


def without_a_method(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(DictService, OPERATION)
    DictService(DEFAULT).apply(*CALL)


def without_what_is_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "FOLDED", ())
    EventSourcedService(DEFAULT).apply(*CALL)


def without_a_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(phrases.NOUNS, "Decision.reason")
    noun(variable("d", Decision).reason)


def without_a_wording(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(questions.FACTS, "s.tagged")
    formulas.phrases_that_decide(formulas.SITUATION.tagged, {"s.tagged": True})


def without_what_leads_there(monkeypatch: pytest.MonkeyPatch) -> None:
    reach.main(reach.search(goals=["law never-reached"], depth=1))


def without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    unseen = attrs.evolve(next(iter(FAULTS.values())), id="unseen", make=DictService)
    monkeypatch.setattr(vectors, "FAULTS", {"unseen": unseen})
    for made in ("_classes", "_elsewhere", "_names", "_near_keys", "_goals", "_scenarios"):
        monkeypatch.setattr(vectors, made, lambda: ())
    vectors.all_vectors()


@pytest.mark.parametrize(
    ("left_out", "to_add"),
    [
        pytest.param(without_what_leads_there, "no call leads to law never-reached: add what it needs", marks=slow),
        pytest.param(
            without_a_trace,
            "no vector catches the fault unseen: add a trace that shows it to PRECEDENTS, an operation to "
            "scenarios/remaining.py, or a way to write a name to confusables",
            marks=slow,
        ),
        (without_a_call, NO_CALL),
        (without_a_call_in_scopes, NO_CALL),
        (without_the_operation, "terminate_session in calls() is no operation: take it out"),
        (without_a_sentence, "no sentence about terminate_session in SENTENCES: add one, with its arguments in braces"),
        (
            without_what_is_folded,
            "terminate_session is not in FOLDED: add it, and what follows from it to the questions",
        ),
        (without_a_rule, "no rule for terminate_session in RunAsMachine: add one of that name"),
        (without_a_phrase, "Decision.reason has no phrase: add one to NOUNS"),
        (without_a_wording, 'no wording of s.tagged in FACTS: add Fact("s.tagged", ...)'),
        (without_a_method, "no method terminate_session in DictService: add one"),
    ],
)
def test_what_is_left_out_is_named_with_its_file(
    left_out: object, to_add: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises((LookupError, ScopeError)) as raised:
        left_out(monkeypatch)  # type: ignore[operator]

    file, _, said = str(raised.value.args[0]).partition(": ")
    assert said == to_add
    assert (ROOT / file).is_file()


def test_the_place_for_a_call_is_where_the_calls_are() -> None:
    assert Path(str(world.__file__)) == ROOT / "properties" / "runas_properties" / "explorer" / "world.py"


@slow
def test_renewing_without_a_call_says_so_in_a_line(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    file = tmp_path / "properties" / "runas_properties" / "explorer" / "world.py"
    file.write_text(re.sub(rf'^    yield "{OPERATION}".*\n', "", file.read_text("utf-8"), flags=re.M), "utf-8")

    code, said = copy.run("make renew")

    assert code == 2
    assert said.startswith(
        "shortest traces: properties/runas_properties/explorer/world.py: no call of terminate_session"
    )
    assert "Traceback" not in said
