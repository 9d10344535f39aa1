"""The compiled decision is proved to be the rulebook's, and a compiled decision that is not is never proved to be."""

import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import pytest
import z3
from msgspec.structs import replace

from runas_cli import besides
from runas_cli import verify as verify_module
from runas_cli.main import main
from runas_model import AGENT, DEFAULT, RULEBOOK, Decision, Reading, Situation, decide
from runas_model.facts import compiled
from runas_model.specification.decision import Decide
from runas_model.stories.situations import tell_reading
from runas_properties.laws import LAWS
from runas_solver import compiled as proved
from runas_solver.compiled import Agreement, Path, paths_of, prove_compiled, prove_followed
from runas_solver.proofs import Verdict, prove_all
from runas_solver.universe import Universe
from thinned import slow


def test_the_compiled_decision_is_the_rulebooks_on_every_path_under_every_reading() -> None:
    done = prove_compiled()

    assert (done.verdict, done.detail) == (Verdict.PROVED, "")
    assert done.paths > len(RULEBOOK) * 10
    assert done.readings == 24


def test_other_rules_compiled_are_proved_to_be_those_and_not_the_rulebook() -> None:
    fewer = [rule for rule in RULEBOOK if rule.id != "tag-user-missing"]

    assert prove_compiled(compiled.compile_rules(fewer), fewer).holds
    assert prove_followed(compiled.compile_rules(RULEBOOK), fewer).verdict is Verdict.REFUTED


def changed(function: Callable[..., Any], text: str, instead: str) -> Callable[..., Any]:
    """A function of the compiler with one text changed."""
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(text) == 1
    made: dict[str, Any] = {}
    exec(source.replace(text, instead), vars(compiled), made)
    other: Callable[..., Any] = made[function.__name__]
    return other


ANOTHER = "= type(decision)(decision.rule, decision.starts, decision.os_user, decision.reason)"
SABOTAGED = {
    "a swapped branch": ("_code", "then if settled else tree.otherwise", "otherwise if settled else tree.then"),
    "swapped answers": ("_code", "{**known, fact: True}", "{**known, fact: 'Superuser' in fact}"),
    "a choice that is not read": (
        "_code",
        "formulas.value(tree.condition, known)",
        "formulas.value(tree.condition, {'r.tag_key is LookUp_ANY_CASE': False, **known})",
    ),
    "a reading that is missing": (
        "_code",
        "{fact}:",
        "{fact.replace('superuser is Superuser_REFUSED', 'superuser is Superuser_ROOT_REFUSED')}:",
    ),
    "a wrong rule": ("_result", "= decision", ANOTHER.replace("n.rule", "n.rule.replace('default', 'tag')")),
    "a reason that is lost": ("_result", "= decision", ANOTHER.replace("decision.reason", "None")),
    "a start that is refused": ("_result", "= decision", ANOTHER.replace("decision.starts", "False")),
    "a wrong OS user": ("_result", "field.source if", "field.source.replace('s.default_user', 's.tag') if"),
    "one result for all": ("_result", 'f"decided_{len(constants)}"', "'decided'"),
    "a blank that counts": ("_code", "if {fact}:", "if {fact.replace('s.tag_blank', 's.default_named')}:"),
    "gid taken for uid": ("_code", "if {fact}:", "if {fact.replace('.gid', '.uid')}:"),
    "a table asked for another name": ("_code", "{fact}:", "{fact.replace('has(s.tag)', 'has(s.default_user)')}:"),
}


@pytest.mark.parametrize("sabotage", SABOTAGED)
def test_a_sabotaged_compiler_is_refuted_by_a_situation(sabotage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, text, instead = SABOTAGED[sabotage]
    monkeypatch.setattr(compiled, name, changed(getattr(compiled, name), text, instead))

    done = prove_compiled(compiled.compile_rules(RULEBOOK))

    assert done.verdict is Verdict.REFUTED
    assert "Run As" in done.detail
    assert ": it says " in done.detail


def wrapped(change: Callable[[Situation, Reading, Decision], Decision]) -> Decide:
    return lambda s, r=DEFAULT, /: change(s, r, decide(s, r))


def a_back_door(s: Situation, r: Reading, decision: Decision) -> Decision:
    return replace(decision, starts=True, os_user=s.tag) if s.tagged and s.tag == "mallory" else decision


def by_any_equal_name(s: Situation, r: Reading, decision: Decision) -> Decision:
    return replace(decision, os_user=s.default_user) if decision.rule == "tag-user-exists" else decision


def test_a_back_door_and_another_users_name_are_refuted() -> None:
    for change in (a_back_door, by_any_equal_name):
        assert prove_followed(wrapped(change)).verdict is Verdict.REFUTED, change.__name__


def where_a_named_tag_is_said_to_be_blank(s: Situation, r: Reading, decision: Decision) -> Decision:
    return replace(decision, starts=not decision.starts) if s.tag_blank and s.tag == "alice" else decision


def where_a_default_is_said_not_to_be_named(s: Situation, r: Reading, decision: Decision) -> Decision:
    differs = not s.default_named and s.default_user == "alice"
    return replace(decision, starts=not decision.starts) if differs else decision


def test_a_situation_that_says_otherwise_of_a_name_than_the_name_is_covered_too() -> None:
    for change in (where_a_named_tag_is_said_to_be_blank, where_a_default_is_said_not_to_be_named):
        assert prove_followed(wrapped(change)).verdict is Verdict.REFUTED, change.__name__


def test_another_default_reading_is_refuted_though_all_readings_that_are_given_agree() -> None:
    def by_agent(s: Situation, r: Reading = AGENT, /) -> Decision:
        return decide(s, r)

    done = prove_followed(by_agent)

    assert done.verdict is Verdict.REFUTED
    assert tell_reading(DEFAULT) in done.detail


def cached(key: Callable[[Situation, Reading], Any]) -> Decide:
    known: dict[Any, Decision] = {}

    def remembered(s: Situation, r: Reading = DEFAULT, /) -> Decision:
        return known.setdefault(key(s, r), decide(s, r))

    return remembered


def test_a_cache_whose_key_is_too_little_is_not_proved() -> None:
    assert not prove_followed(cached(lambda s, r: (s.platform, s.run_as_enabled))).holds
    assert not prove_followed(cached(lambda s, r: (s.run_as_enabled, s.tagged, r.superuser))).holds
    assert not prove_followed(cached(lambda s, r: ())).holds


def test_a_cache_that_returns_before_it_asks_is_not_proved() -> None:
    known: dict[Any, Decision] = {}

    def early(s: Situation, r: Reading = DEFAULT, /) -> Decision:
        key = (s.platform, s.run_as_enabled)
        if key not in known:
            known[key] = decide(s, r)
        return known[key]

    assert prove_followed(early).detail.startswith("it asked for less when it was run again")


def asking(question: Callable[[Any], Any]) -> Decide:
    """The compiled decision, after a question whose answer makes no difference."""

    def asked(s: Situation, r: Reading = DEFAULT, /) -> Decision:
        return [decide(s, r), decide(s, r)][bool(question(s))]

    return asked


def deciding(decision: Callable[[Any], Any]) -> Decide:
    """What is no decision, where the caller is tagged."""

    def decided(s: Situation, r: Reading = DEFAULT, /) -> Any:
        return decision(s) if s.tagged else decide(s, r)

    return decided


def too_many(s: Any) -> bool:
    raise RuntimeError("too many")


RULE = RULEBOOK[0].id
TURNS: list[int] = []


def by_turns(s: Situation) -> bool:
    TURNS.append(0)
    return s.tagged if len(TURNS) % 2 else s.tag_blank


UNFOLLOWED: dict[str, tuple[Decide, str]] = {
    "asks a name for its length": (asking(lambda s: len(s.tag)), "TypeError"),
    "asks a name for its truth": (asking(lambda s: s.tag), "no truth"),
    "looks a name up in a set": (asking(lambda s: s.tag in {"x"}), "hash"),
    "folds a name": (asking(lambda s: s.tag.lower() == "x"), "lower"),
    "compares a number with a truth": (asking(lambda s: s.os_users[s.tag].uid == False), "PosixId"),  # noqa: E712
    "compares tables": (asking(lambda s: s.os_users == s.tag), "no Value"),
    "asks a name for a key": (asking(lambda s: s.tag[0] == "x"), "no SymbolicTable"),
    "looks into a name": (asking(lambda s: s.tag.optional), "optional is not known"),
    "raises": (asking(lambda s: s.tagged and too_many(s)), "too many"),
    "does otherwise the next time": (asking(by_turns), "when it was run again"),
    "decides nothing": (deciding(lambda s: None), "no decision"),
    "decides by no rule": (deciding(lambda s: Decision(None, True, s.tag, None)), "no decision"),  # type: ignore[arg-type]
    "starts by what is no truth": (deciding(lambda s: Decision(RULE, 1, s.tag, None)), "no decision"),  # type: ignore[arg-type]
    "starts as an id": (deciding(lambda s: Decision(RULE, True, s.os_users[s.tag].uid, None)), "no decision"),
    "starts as a number": (deciding(lambda s: Decision(RULE, True, 5, None)), "no decision"),  # type: ignore[arg-type]
    "refuses for a text": (deciding(lambda s: Decision(RULE, False, None, "no")), "no decision"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("code", UNFOLLOWED)
def test_code_that_cannot_be_followed_is_undetermined_and_it_is_said_why(code: str) -> None:
    decision, why = UNFOLLOWED[code]

    done = prove_followed(decision)

    assert done.verdict is Verdict.UNDETERMINED
    assert why in done.detail


def test_code_with_too_many_paths_is_undetermined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proved, "MOST", 100)

    assert prove_compiled().detail == "it has more than 100 paths"


def test_a_solver_without_a_budget_leaves_it_undetermined() -> None:
    done = prove_compiled(rlimit=1)

    assert done.verdict is Verdict.UNDETERMINED
    assert "budget" in done.detail


def test_a_question_that_makes_no_difference_is_no_difference() -> None:
    done = prove_followed(asking(lambda s: s.default_user == "ops"))

    assert done.holds
    assert done.paths > prove_followed(decide).paths


def test_a_path_that_no_situation_takes_is_not_counted() -> None:
    once = prove_followed(asking(lambda s: s.tag == "ops"))
    twice = prove_followed(asking(lambda s: s.tag == "ops" and s.tag == "dev"))

    assert twice.holds
    assert twice.paths == once.paths


@pytest.mark.parametrize("some", [lambda paths: paths[1:], lambda paths: [*paths, paths[0]]], ids=["less", "twice"])
def test_paths_that_leave_out_a_situation_or_meet_in_one_prove_nothing(
    some: Callable[[list[Path]], list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proved, "paths_of", lambda *given: some(list(paths_of(*given))))

    done = prove_compiled()

    assert done.verdict is Verdict.UNDETERMINED
    assert "takes one of its paths and no other" in done.detail


def test_axioms_that_nothing_fulfils_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Universe, "axioms", lambda self, scope: [z3.BoolVal(False)])

    assert prove_compiled().verdict is Verdict.UNDETERMINED


@slow
def test_verify_fails_where_the_compiled_decision_is_another(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Agreement(Verdict.REFUTED, 7, 1.0, "Run As on: it says otherwise")
    some = [LAWS["never-ssm-user"]]
    monkeypatch.setattr(besides, "prove_compiled", lambda rlimit: other)
    monkeypatch.setattr(verify_module, "prove_all", lambda rlimit: prove_all(laws=some, rlimit=rlimit))

    assert main(["verify"]) == 1

    printed = capsys.readouterr().out
    assert "is not shown to equal the rulebook's: refuted" in printed
    assert "it says otherwise" in printed
    assert "DOES NOT HOLD" in printed
