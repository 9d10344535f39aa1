"""How terms are told."""

from collections.abc import Callable

import attrs
import pytest

from runas_model import Platform, Reading, Situation
from runas_model.specification.rulebook import run_as_applies
from runas_model.specification.state import State
from runas_model.specification.vocabulary import FoldedKey, Instance, Name, OsUser, Principal, SessionDocument, TagKey
from runas_model.universes import all_of, any_of, choose, implies, not_
from runas_model.words import MissingPhrase, Term, clause, clauses, noun
from runas_model.words.phrases import CLAUSES, TABLES
from runas_model.words.subjects import SPECIFICATION_IN_WORDS, transition_of, variable

S, R = variable("s", Situation), variable("r", Reading)
D = SPECIFICATION_IN_WORDS.decide(S, R)
T = transition_of("start_session")
A, B, C = S.tagged, S.default_named, S.tag_blank


@pytest.mark.parametrize(
    ("truth", "told"),
    [
        (all_of(A, B), "the principal is tagged and the preferences name an OS user"),
        (all_of(A, B, C), "the principal is tagged, the preferences name an OS user, and the tag is blank"),
        (not_(all_of(A, B)), "the principal is not tagged or the preferences name nobody"),
        (not_(any_of(A, not_(B))), "the principal is not tagged and the preferences name an OS user"),
        (all_of(A, any_of(B, C)), "the principal is tagged and (the preferences name an OS user or the tag is blank)"),
        (any_of(all_of(A, B), C), "(the principal is tagged and the preferences name an OS user) or the tag is blank"),
        (all_of(A, all_of(B, C)), "the principal is tagged, the preferences name an OS user, and the tag is blank"),
        (implies(A, B), "if the principal is tagged then the preferences name an OS user"),
        (not_(implies(A, B)), "the principal is tagged and the preferences name nobody"),
        (choose(A, B, C), "if the principal is tagged then the preferences name an OS user, else the tag is blank"),
        (not_(choose(A, C, C)), "if the principal is tagged then the tag is not blank, else the tag is not blank"),
        (A == B, "the principal is tagged exactly if the preferences name an OS user"),
        (not_(A == B), "the principal is tagged exactly if it is false that the preferences name an OS user"),
        (True, "this is always so"),
        (False, "this never happens"),
    ],
)  # fmt: skip
def test_connectives_are_told_with_brackets_where_they_are_needed(truth: bool, told: str) -> None:
    assert clause(truth) == told


@pytest.mark.parametrize(
    ("truth", "told"),
    [
        (run_as_applies(S, R), "Run As applies"),
        (not_(run_as_applies(S, R)), "Run As does not apply"),
        (S.platform == Platform.LINUX, "the instance runs Linux"),
        (S.tag == "ssm-user", "the tag names ssm-user"),
        (S.os_users.has(S.tag), "the OS user named by the tag is on the instance"),
        (S.default_named, "the preferences name an OS user"),
        (not_(S.default_named), "the preferences name nobody"),
        (D.starts, "the session starts"),
        (not_(D.os_user == "ssm-user"), "the session does not run as ssm-user"),
        (D.os_user == None, "there is no OS user decided on"),  # noqa: E711
        (not_(D.reason == None), "there is some reason for refusing"),  # noqa: E711
        (D.rule == "run-as-off", "the rule run-as-off decides"),
        (T.accepted, "the operation succeeds"),
        (T.did("tag_principal", key="SSMSessionRunAs"), "tag_principal succeeds for the key SSMSessionRunAs"),
        (T.after.principals.has(variable("principal", Principal)), "the principal exists after the operation"),
        (variable("other_named", bool), "the truth value other_named is true"),
    ],
)  # fmt: skip
def test_questions_have_phrases(truth: bool, told: str) -> None:
    assert clause(truth) == told


def test_what_is_asked_of_another_situation_or_reading_says_of_which() -> None:
    other = variable("q", Reading)
    put = attrs.evolve(S, os_users=S.os_users.put(Name("eve"), variable("user", OsUser)))

    assert clause(run_as_applies(S, other)) == "Run As applies under the reading q"
    assert clause(SPECIFICATION_IN_WORDS.decide(put, R).starts) == (
        "the session starts if eve is put on the instance with the uid and gid"
    )


def test_a_table_says_what_was_put_into_it_or_taken_out_before_it_was_asked() -> None:
    state, instance, name = variable("state", State), variable("instance", Instance), variable("name", Name)
    user = variable("user", OsUser)

    assert clause(state.os_users.under(instance).has(name)) == "the OS user is on the instance"
    assert clause(S.os_users.put(Name("eve"), user).drop(Name("bob")).has(name)) == (
        "the OS user is on the session's instance if eve is put on the instance with the uid and gid "
        "and bob is taken off the instance"
    )
    with pytest.raises(MissingPhrase, match=r"drop of State\.tags has no phrase: add one to TABLES"):
        clause(state.tags.drop((variable("principal", Principal), TagKey("k"))).has((Principal("p"), TagKey("k"))))


def test_a_truth_may_be_a_value() -> None:
    assert noun(S.tagged) == "whether the principal is tagged"
    assert clause(S.tagged == True) == "the principal is tagged exactly if this is always so"  # noqa: E712


def test_what_an_operation_leaves_as_it_was_is_told_once() -> None:
    principal, key = variable("principal", Principal), variable("key", FoldedKey)
    before, after = T.before.tags, T.after.tags

    assert clause(before.has((principal, key)) == after.has((principal, key))) == (
        "it stays the same whether the principal has a tag with the key"
    )
    assert (
        clause(before[principal, key].value == after[principal, key].value)
        == "the value of the tag of the principal with the key stays the same"
    )
    assert clause(before[principal, key].value == before[principal, FoldedKey("k")].value) == (
        "the value of the tag of the principal with the key before the operation is "
        "the value of the tag of the principal with the key k in any case before the operation"
    )


def test_choices_within_choices_are_told_in_a_row() -> None:
    assert clause(choose(A, B, choose(C, A, B))) == (
        "if the principal is tagged then the preferences name an OS user, "
        "else if the tag is blank then the principal is tagged, else the preferences name an OS user"
    )


def test_what_holds_together_is_told_apart() -> None:
    assert clauses(all_of(A, not_(any_of(B, C)))) == (
        "the principal is tagged",
        "the preferences name nobody",
        "the tag is not blank",
    )
    assert clauses(True) == ()
    assert clauses(False) == ("this never happens",)


@pytest.mark.parametrize("table", [CLAUSES, TABLES], ids=["CLAUSES", "TABLES"])
def test_a_question_without_a_phrase_is_an_error_that_names_it(
    table: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = variable("state", State)
    asked = {"Decision.starts": D.starts, "State.principals": state.principals.has(variable("principal", Principal))}
    (key, truth) = next((key, truth) for key, truth in asked.items() if key in table)
    monkeypatch.delitem(table, key)

    with pytest.raises(MissingPhrase, match=f"{key} has no phrase: add one to"):
        clause(truth)


@pytest.mark.parametrize("told", [clause, noun], ids=["clause", "noun"])
def test_an_operation_on_terms_that_cannot_be_told_is_an_error_that_names_it(told: Callable[[Term], str]) -> None:
    with pytest.raises(MissingPhrase, match=r"words/telling\.py: guess has no phrase: add one to (_atom|noun)"):
        told(Term("guess", (), Name))


def test_a_value_of_an_unknown_sort_is_an_error_that_names_it() -> None:
    with pytest.raises(MissingPhrase, match="SessionDocument has no phrase: add one to SORTS"):
        noun(Term("variable", ("d",), SessionDocument))
