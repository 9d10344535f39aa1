"""How terms are told."""

from collections.abc import Callable

import attrs
import pytest

from runas_model import Platform, Reading, Situation
from runas_model.specification.rulebook import run_as_applies
from runas_model.specification.state import State, default_of, fills, has_session_tag, situation_of
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    Account,
    DocumentName,
    FoldedKey,
    Instance,
    Name,
    OsUser,
    Principal,
    Region,
    Request,
    RoleSession,
    SessionDocument,
    TagKey,
)
from runas_model.universes import all_of, any_of, choose, implies, is_blank, not_
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
        (all_of(A, B), "the caller is tagged and the preferences name an OS user"),
        (all_of(A, B, C), "the caller is tagged, the preferences name an OS user, and the tag is blank"),
        (not_(all_of(A, B)), "the caller is not tagged or the preferences name nobody"),
        (not_(any_of(A, not_(B))), "the caller is not tagged and the preferences name an OS user"),
        (all_of(A, any_of(B, C)), "the caller is tagged and (the preferences name an OS user or the tag is blank)"),
        (any_of(all_of(A, B), C), "(the caller is tagged and the preferences name an OS user) or the tag is blank"),
        (all_of(A, all_of(B, C)), "the caller is tagged, the preferences name an OS user, and the tag is blank"),
        (implies(A, B), "if the caller is tagged then the preferences name an OS user"),
        (not_(implies(A, B)), "the caller is tagged and the preferences name nobody"),
        (choose(A, B, C), "if the caller is tagged then the preferences name an OS user, else the tag is blank"),
        (not_(choose(A, C, C)), "if the caller is tagged then the tag is not blank, else the tag is not blank"),
        (A == B, "the caller is tagged exactly if the preferences name an OS user"),
        (not_(A == B), "the caller is tagged exactly if it is false that the preferences name an OS user"),
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


@pytest.mark.parametrize("way", ["copy_under", "drop_under"])
def test_a_table_that_changed_in_a_way_without_a_phrase_is_an_error_that_names_it(way: str) -> None:
    tags, key = variable("state", State).session_tags, (RoleSession("r-2"), FoldedKey("k"))
    given = {"copy_under": (RoleSession("r-1"), RoleSession("r-2"), "transitive"), "drop_under": (RoleSession("r-1"),)}

    with pytest.raises(MissingPhrase, match=f"{way} has no phrase: add one to _in_table"):
        clause(getattr(tags, way)(*given[way]).has(key))


ROLE, IN, KEY = variable("principal", Principal), variable("role_session", RoleSession), variable("key", FoldedKey)
STATE, ASKED = variable("state", State), variable("asked", Request)
ASSUMES, STARTS = transition_of("assume_role"), transition_of("start_session")
TAGS = STATE.session_tags
OTHER = variable("other", RoleSession)
OWN_TAG = "Run As tag of the role session holds"
TAG_OF_ROLE = "tag with the key SSMSessionRunAs in any case"


@pytest.mark.parametrize(
    ("truth", "told", "denied"),
    [
        (STATE.assumed.has(IN), "the role session has been assumed", "the role session has never been assumed"),
        (STATE.assumed[IN] == ROLE, "the role of the role session is the principal",
         "the role of the role session is not the principal"),
        (STATE.role_sessions.has((ROLE, IN)), "the role session of the principal goes on",
         "the role session of the principal does not go on"),
        (ASSUMES.after.role_sessions.has((ROLE, IN)), "the role session of the principal goes on after the operation",
         "the role session of the principal does not go on after the operation"),
        (TAGS.has((IN, KEY)), "the role session has a session tag with the key",
         "the role session has no session tag with the key"),
        (TAGS[IN, KEY].transitive, "the session tag of the role session with the key is transitive",
         "the session tag of the role session with the key is not transitive"),
        (TAGS[IN, KEY].value == "alice", "the value of the session tag of the role session with the key is alice",
         "the value of the session tag of the role session with the key is not alice"),
        (STARTS.arguments["role_session"] == NO_ROLE_SESSION, "the operation's role session is none",
         "the operation's role session is not none"),
        (OTHER == IN, "the role session other is the role session", "the role session other is not the role session"),
        (has_session_tag(STATE, ASKED), "a Run As tag of the role session holds",
         "no Run As tag of the role session holds"),
        (situation_of(STATE, ASKED).tagged, f"a {OWN_TAG} or the principal has a {TAG_OF_ROLE}",
         f"no {OWN_TAG} and the principal has no {TAG_OF_ROLE}"),
    ],
)  # fmt: skip
def test_questions_about_role_sessions_have_phrases(truth: Term, told: str, denied: str) -> None:
    assert (clause(truth), clause(not_(truth))) == (told, denied)


DECLARED = STATE.documents[variable("account", Account), variable("region", Region), variable("document", DocumentName)]
WRITES, PASSES = transition_of("put_document"), transition_of("assume_role_with_tag")


@pytest.mark.parametrize(
    ("truth", "told", "denied"),
    [
        (ASKED.filled, "a parameter is given", "no parameter is given"),
        (STARTS.arguments["filled"], "the operation gives a parameter", "the operation gives no parameter"),
        (WRITES.arguments["declares_parameter"], "the operation declares a parameter",
         "the operation declares no parameter"),
        (PASSES.arguments["transitive"], "the operation passes a transitive session tag",
         "the operation passes no transitive session tag"),
        (DECLARED.declares_parameter, "the session document of the account in the Region declares a parameter",
         "the session document of the account in the Region declares no parameter"),
        (ASKED.parameter == "alice", "the parameter names alice", "the parameter does not name alice"),
        (D.os_user == ASKED.parameter, "the session runs as the OS user named by the parameter",
         "the session does not run as the OS user named by the parameter"),
        (fills(STATE, ASKED), "a parameter fills the default OS user", "no parameter fills the default OS user"),
        (is_blank(default_of(STATE, ASKED)), "the default OS user that holds is blank",
         "the default OS user that holds is not blank"),
    ],
)  # fmt: skip
def test_questions_about_parameters_have_phrases(truth: Term, told: str, denied: str) -> None:
    assert (clause(truth), clause(not_(truth))) == (told, denied)


def test_of_what_a_session_gives_it_is_told_that_it_may_give_none() -> None:
    step = SPECIFICATION_IN_WORDS.decide(SPECIFICATION_IN_WORDS.situation_of(STARTS.before, STARTS.asked), R).starts

    assert clause(step) == (
        "the session starts for the operation's principal in the operation's role session on the operation's instance "
        "with the operation's document and the operation's parameter, if any, before the operation"
    )


def test_a_truth_may_be_a_value() -> None:
    assert noun(S.tagged) == "whether the caller is tagged"


def test_a_truth_that_is_compared_with_a_fixed_one_is_told_as_it_is_or_as_its_opposite() -> None:
    assert clause(S.tagged == True) == clause(not_(S.tagged == False)) == "the caller is tagged"  # noqa: E712
    assert clause(S.tagged == False) == clause(not_(S.tagged == True)) == "the caller is not tagged"  # noqa: E712


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
        "if the caller is tagged then the preferences name an OS user, "
        "else if the tag is blank then the caller is tagged, else the preferences name an OS user"
    )


def test_what_holds_together_is_told_apart() -> None:
    assert clauses(all_of(A, not_(any_of(B, C)))) == (
        "the caller is tagged",
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
