"""Parameters of session documents: who is named by one, what it is to give none, and which calls say one."""

from enum import Enum
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import runas_model
from model.specification.performed import (
    AMY,
    DECLARES,
    HOST,
    IN_ROLE,
    ON,
    OPS,
    OPS_ROLE,
    PASS,
    START,
    TAG,
    perform,
)
from runas_model import DEFAULT, OPERATIONS, State, Switch, apply
from runas_model.specification import errors as e
from runas_model.specification.nouns import Noun, nouns_needed, nouns_of
from runas_model.specification.state import default_of, document_of, fills, situation_of
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    NO_ROLE_SESSION,
    PREFERENCES,
    DocumentName,
    Instance,
    Name,
    PosixId,
    Principal,
    Request,
    SessionDocument,
)

FILLED = ("start_session", {**START[1], "document": "Ops", "parameter": "alice"})
ALICE = ("create_os_user", {"instance": "i-1", "name": "alice", "uid": 8, "gid": 8})
PLAIN = (DECLARES[0], {**DECLARES[1], "declares_parameter": False})
UNDER_TEST = perform(AMY, HOST, OPS, ALICE, DECLARES)


def asked(**otherwise: Any) -> Request:
    """Amy on i-1 with the document Ops, which gives no parameter unless said otherwise."""
    return evolve(Request(Principal("amy"), Instance("i-1"), DocumentName("Ops"), NO_ROLE_SESSION), **otherwise)


def os_user(state: State, **start: Any) -> str | None:
    """Whom a session with the document Ops runs as; None: it is refused."""
    _, decision = apply("start_session", state, DEFAULT, **{**START[1], "document": "Ops", **start})
    assert decision is not None
    return decision.os_user if decision.starts else None


def test_the_parameter_that_is_given_names_the_os_user_and_without_one_the_document_does() -> None:
    assert os_user(UNDER_TEST, parameter="alice") == "alice"
    assert os_user(UNDER_TEST) == "ops"


def test_a_parameter_that_is_given_empty_is_given_and_names_nobody() -> None:
    assert os_user(UNDER_TEST, parameter="") is os_user(UNDER_TEST, parameter=" ") is None
    assert not situation_of(UNDER_TEST, asked(filled=True, parameter="")).default_named


def test_a_parameter_changes_no_document() -> None:
    assert perform(AMY, HOST, ALICE, DECLARES, FILLED).documents == UNDER_TEST.documents


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("declares", [True, False])
def test_a_parameter_fills_the_default_if_it_is_given_and_declared_and_only_given_alone_is_an_error(
    filled: bool, declares: bool
) -> None:
    state = UNDER_TEST if declares else perform(AMY, HOST, OPS, ALICE, PLAIN)
    request = asked(filled=filled, parameter=Name("alice"))
    expected = "alice" if filled and declares else "ops"

    assert fills(state, request) is (filled and declares)
    assert default_of(state, request) == situation_of(state, request).default_user == expected
    if filled and not declares:
        with pytest.raises(e.InvalidParameters, match="the session document declares no parameter: 'Ops'"):
            os_user(state, parameter="alice")
    else:
        assert os_user(state, **({"parameter": "alice"} if filled else {})) == expected


def test_the_value_of_a_parameter_that_is_not_given_means_nothing() -> None:
    assert situation_of(UNDER_TEST, asked(parameter=Name("alice"))) == situation_of(UNDER_TEST, asked())


@pytest.mark.parametrize("parameter", ["ops", "", " ", "ghost", None])
def test_a_tagged_caller_runs_as_its_tags_os_user_whatever_is_filled_in(parameter: str | None) -> None:
    state = perform(AMY, HOST, OPS, ALICE, DECLARES, TAG)
    given_or_not = {} if parameter is None else {"parameter": parameter}

    assert os_user(state, **given_or_not) == "alice"


def test_a_session_tag_is_never_a_parameter_either() -> None:
    state = perform(OPS_ROLE, HOST, OPS, ALICE, DECLARES, PASS)

    assert os_user(state, **{**IN_ROLE[1], "parameter": "ops"}) == "alice"


def test_the_preferences_may_declare_a_parameter_and_updating_them_ends_that() -> None:
    declaring = (DECLARES[0], {**DECLARES[1], "document": PREFERENCES})
    state = perform(AMY, HOST, OPS, ALICE, declaring)

    assert os_user(state, document=PREFERENCES, parameter="alice") == "alice"
    updated = perform(AMY, HOST, OPS, ALICE, declaring, ON)
    assert not document_of(updated, Instance("i-1"), PREFERENCES).declares_parameter
    with pytest.raises(e.InvalidParameters):
        os_user(updated, document=PREFERENCES, parameter="alice")


def test_writing_a_document_without_a_word_of_a_parameter_ends_that_it_declares_one() -> None:
    silent = ("put_document", {name: value for name, value in DECLARES[1].items() if name != "declares_parameter"})
    state = perform(DECLARES, silent)

    assert state.documents["1", DEFAULT_REGION, "Ops"] == SessionDocument(Switch.ON, Name("ops"), False)


def test_what_a_parameter_is_given_to_is_told_after_what_is_not_there_and_before_the_session_id() -> None:
    used = perform(AMY, HOST, OPS, ALICE, PLAIN, (START[0], {**START[1], "document": "Ops"}))

    with pytest.raises(e.UnknownInstance):
        os_user(perform(AMY), parameter="alice")
    with pytest.raises(e.InvalidDocument):
        os_user(perform(AMY, HOST), parameter="alice")
    with pytest.raises(e.InvalidParameters):
        os_user(used, parameter="alice")


def test_a_record_that_an_operation_takes_is_taken_as_its_fields_in_order() -> None:
    fields = ["run_as_enabled", "default_user", "declares_parameter"]
    written, start = OPERATIONS["put_document"], OPERATIONS["start_session"]

    assert list(written.parameters) == list(written.arguments) == ["account", "document", *fields, "region"]
    assert list(start.taken) == ["session", "asked"]
    assert list(start.parameters) == ["session", *(field.name for field in attrs.fields(Request))]
    assert list(start.arguments) == [name for name in start.parameters if name != "filled"]
    of = written.gathered(written.with_members(DECLARES[1]))
    assert of["written"] == SessionDocument(Switch.ON, Name("ops"), True)
    assert {*of} == {*written.taken}


@pytest.mark.parametrize("parameter", ["alice", "", " "])
def test_a_parameter_is_given_where_it_is_said_even_empty(parameter: str) -> None:
    start = OPERATIONS["start_session"]
    complete = start.with_members({**START[1], "parameter": parameter})

    assert (complete["filled"], complete["parameter"]) == (True, parameter)
    assert start.said(complete) == {**START[1], "parameter": parameter}


def test_a_parameter_that_is_not_given_is_not_said_whatever_its_value() -> None:
    start = OPERATIONS["start_session"]
    complete = start.with_members(START[1])

    assert not complete["filled"]
    assert start.said({**complete, "parameter": "alice"}) == START[1]


def values(sort: Any) -> st.SearchStrategy[Any]:
    if sort is PosixId:
        return st.sampled_from([0, 1001])
    if isinstance(sort, type) and issubclass(sort, Enum | bool):
        return st.sampled_from([False, True] if sort is bool else [*sort])
    return st.sampled_from(["", " ", "amy", PREFERENCES, DEFAULT_REGION])


def calls(operation: str) -> st.SearchStrategy[dict[str, Any]]:
    """What a caller may say: each argument that may be left out is there or not, and at times as it is meant then."""
    of = OPERATIONS[operation]
    drawn = {name: values(sort) for name, sort in of.arguments.items()}
    may = {name: drawn.pop(name) | st.just(meant) for name, meant in of.left_out.items()}
    return st.fixed_dictionaries(drawn, optional=may)


@pytest.mark.parametrize("operation", OPERATIONS)
@given(data=st.data())
def test_what_is_said_of_a_call_means_the_same_call_and_says_nothing_that_need_not_be(
    operation: str, data: st.DataObject
) -> None:
    of, call = OPERATIONS[operation], data.draw(calls(operation))
    complete = of.with_members(call)
    said = of.said(complete)

    assert complete.keys() == of.parameters.keys()
    assert of.complete(complete) == complete == of.with_members(said)
    assert said.keys() <= call.keys()
    assert call.keys() - said.keys() <= of.left_out.keys() - of.optional.keys()
    for name in said:
        without = {other: value for other, value in said.items() if other != name}
        assert name not in of.left_out or of.with_members(without) != complete


def test_what_is_said_wrong_of_a_call_never_speaks_of_whether_a_parameter_is_given() -> None:
    start = OPERATIONS["start_session"]

    for wrong in ({**START[1], "filed": True}, {"session": "s-1"}, {**START[1], "parameter": 1}):
        with pytest.raises(TypeError) as caught:
            start.with_members(wrong)
        assert "filled" not in str(caught.value)


@pytest.mark.parametrize(
    ("call", "nouns"),
    [
        (START, set()),
        (("start_session", {**START[1], "parameter": ""}), {Noun.PARAMETERS}),
        (FILLED, {Noun.PARAMETERS, Noun.DOCUMENTS}),
        (DECLARES, {Noun.PARAMETERS, Noun.DOCUMENTS}),
        (PLAIN, {Noun.DOCUMENTS}),
        (ON, set()),
    ],
)
def test_a_call_speaks_of_parameters_where_one_is_declared_or_given_even_empty(call: Any, nouns: set[Noun]) -> None:
    operation, said = call

    assert nouns_of([call]) == nouns
    assert nouns_of([(operation, OPERATIONS[operation].with_members(said))]) == nouns


def test_no_operation_needs_parameters_to_be_called() -> None:
    assert not any(Noun.PARAMETERS in nouns_needed(operation) for operation in OPERATIONS)


def test_the_situation_is_asked_for_with_a_parameter_of_a_document_that_declares_one_alone() -> None:
    look = runas_model.situation_of

    assert look(UNDER_TEST, "amy", "i-1", "Ops").default_user == "ops"
    assert look(UNDER_TEST, "amy", "i-1", "Ops", parameter="alice").default_user == "alice"
    assert not look(UNDER_TEST, "amy", "i-1", "Ops", parameter="").default_named
    with pytest.raises(ValueError, match=r"parameter cannot be 'alice': .* declares no parameter"):
        look(UNDER_TEST, "amy", "i-1", parameter="alice")
