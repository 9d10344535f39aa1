"""What is looked for: premises met and laws broken as in the concrete model, by a shortest trace."""

from collections.abc import Callable
from itertools import islice, product

import pytest
from attrs import evolve

from explorer.one_at_a_time import SMALL, concrete_levels
from runas_model import AGENT, DEFAULT, OPERATIONS, RULEBOOK, SPECIFICATION, Reading, Specification, State
from runas_model.specification.errors import InvalidParameters
from runas_model.specification.operations import Decides, Step
from runas_model.specification.state import fills, situation_of
from runas_model.specification.vocabulary import Request, SessionDocument, Situation
from runas_model.universes.connectives import choose
from runas_properties.explorer import Exploration, Scope, explore
from runas_properties.explorer.checks import broken_at, world_of
from runas_properties.explorer.reach import instance_of
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.gallery.specifications.faulty import without
from runas_properties.laws import LAWS, Kind, laws_of
from thinned import thinned

WITHOUT = ("run-as-off", "preferences-unreadable", "tag-user-exists", "tag-user-missing", "default-user-exists")


@pytest.mark.parametrize(
    "specification",
    thinned(
        [SPECIFICATION, *(Specification([rule for rule in RULEBOOK if rule.id != dropped]) for dropped in WITHOUT)], 4
    ),
    ids=["whole", *(f"without-{dropped}" for dropped in WITHOUT)],
)
def test_premises_are_met_and_laws_broken_where_the_concrete_model_says_so(specification: Specification) -> None:
    scope = Scope(accounts=1, principals=1, instances=1, names=1, sessions=1, switches=3)
    done = explore(scope, specification=specification)
    world = {sort: list(values) for sort, values in world_of(scope.calls(), scope.names_in_play).items()}
    world[Reading] = []
    broken, met = set(), set()
    for level, _ in islice(concrete_levels(scope, DEFAULT, specification), done.depth + done.complete):
        for state, (name, arguments) in product(level, scope.calls()):
            t = specification.transition(name, state, DEFAULT, **arguments)
            for law in laws_of(Kind.DECISION, Kind.COMPARISON, Kind.INVARIANT, Kind.STEP):
                if law.kind is Kind.STEP or law.kind is Kind.INVARIANT or (name == "start_session" and t.accepted):
                    asked = None if law.kind is Kind.INVARIANT else t
                    broken |= {law.id} if broken_at(law, state, asked, world, DEFAULT) is not None else set()
                    met |= {law.id} if law.id not in met and instance_of(law, t, world) is not None else set()

    initially = laws_of(Kind.INITIAL)
    first = specification.initial
    broken |= {law.id for law in initially if broken_at(law, first, None, world, DEFAULT) is not None}

    assert {one.law.id for one in done.broken} == broken
    assert {found.name.removeprefix("law ") for found in done.found if found.met and found.name in goals} == met


goals = {f"law {law}" for law in LAWS}


def test_a_law_of_the_initial_state_is_broken_before_any_operation() -> None:
    done = explore(SMALL, specification=FAULTY_SPECIFICATIONS["run-as-is-on-at-first"].specification)

    broken = {one.law.id: one.trace.calls for one in done.broken if one.law.kind is Kind.INITIAL}
    assert broken == {"run-as-is-off-at-first": (), "what-is-not-there-reads-as-nothing": ()}


def test_checking_laws_changes_no_state_and_no_count() -> None:
    with_laws, without = explore(SMALL, AGENT), explore(SMALL, AGENT, laws=())

    assert with_laws.holds
    assert with_laws.laws == tuple(LAWS.values())
    assert without.laws == ()
    assert without.fingerprint == with_laws.fingerprint
    assert (without.accepted, without.levels) == (with_laws.accepted, with_laws.levels)


def confirmed(done: Exploration, specification: Specification) -> dict[str, int]:
    """The broken laws with the lengths of their traces, after each trace is replayed in the concrete universe."""
    world = world_of(done.scope.calls(), done.scope.names_in_play)
    for broken in done.broken:
        last = broken.trace.transitions(specification)[-1]
        asked = None if broken.law.kind is Kind.INVARIANT else last
        assert broken.values == broken_at(
            broken.law, last.after if asked is None else last.before, asked, world, DEFAULT
        )
    return {broken.law.id: len(broken.trace.calls) for broken in done.broken}


def test_a_rulebook_without_a_rule_is_convicted_by_a_shortest_trace() -> None:
    without = Specification([rule for rule in RULEBOOK if rule.id != "tag-user-missing"])

    done = explore(SMALL, specification=without, laws=[LAWS["never-ssm-user"], LAWS["exactly-one-rule"]])

    assert not done.holds
    assert confirmed(done, without) == {"exactly-one-rule": 5}
    assert [name for name, _ in done.broken[0].trace.calls][-1] == "start_session"


def test_an_operation_that_forgets_is_convicted_by_a_shortest_trace() -> None:
    def keeps_tags(state: State, principal: str):  # type: ignore[no-untyped-def]
        step = OPERATIONS["delete_principal"].function(state, principal)
        return evolve(step, state=evolve(step.state, tags=state.tags))

    faulty = with_function("delete_principal", keeps_tags)

    done = explore(SMALL, specification=faulty, laws=laws_of(Kind.STEP))

    assert confirmed(done, faulty) == {"tags-change-only-as-asked": 3}
    only_invariants = explore(SMALL, specification=faulty, laws=laws_of(Kind.INVARIANT))
    assert confirmed(only_invariants, faulty) == {"tags-belong-to-principals": 3}
    assert [name for name, _ in only_invariants.broken[0].trace.calls] == [
        "create_principal",
        "tag_principal",
        "delete_principal",
    ]


def with_function(operation: str, function: Callable[..., Step]) -> Specification:
    """The specification with an operation that does something else."""
    return Specification(operations={**OPERATIONS, operation: evolve(OPERATIONS[operation], function=function)})


def keeps_role_sessions(state: State, principal: str):  # type: ignore[no-untyped-def]
    step = OPERATIONS["delete_principal"].function(state, principal)
    return evolve(step, state=evolve(step.state, role_sessions=state.role_sessions))


def ends_nothing(state: State, role_session: str):  # type: ignore[no-untyped-def]
    step = OPERATIONS["end_role_session"].function(state, role_session)
    return evolve(step, state=evolve(step.state, role_sessions=state.role_sessions))


def hands_nothing_on(state: State, principal: str, role_session: str, source: str):  # type: ignore[no-untyped-def]
    step = OPERATIONS["assume_role"].function(state, principal, role_session, source)
    return evolve(step, state=evolve(step.state, session_tags=state.session_tags))


@pytest.mark.parametrize(
    ("operation", "forgets", "law"),
    [
        ("delete_principal", keeps_role_sessions, "deleted-roles-start-nothing"),
        ("end_role_session", ends_nothing, "role-sessions-change-only-as-asked"),
        ("assume_role", hands_nothing_on, "transitive-tags-go-on"),
    ],
)
def test_an_operation_that_forgets_role_sessions_is_convicted_by_a_shortest_trace(
    operation: str, forgets: Callable[..., Step], law: str
) -> None:
    faulty, scope = with_function(operation, forgets), Scope(1, 1, 1, 1, 1, switches=1, role_sessions=2)

    done = explore(scope, specification=faulty, laws=laws_of(Kind.STEP))

    assert confirmed(done, faulty)[law] == 3
    assert {one.trace.calls[-1][0] for one in done.broken} == {operation}


def forgets_what_is_declared(state: State, account: str, document: str, written: SessionDocument, region: str):  # type: ignore[no-untyped-def]
    return OPERATIONS["put_document"].function(
        state, account, document, evolve(written, declares_parameter=False), region
    )


def takes_any_parameter(state: State, reading: Reading, by: Decides, session: str, asked: Request):  # type: ignore[no-untyped-def]
    step = OPERATIONS["start_session"].function(state, reading, by, session, asked)
    return without(step, InvalidParameters(asked.document))


def fills_the_tag(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    return evolve(s, tag=choose(fills(state, asked), asked.parameter, s.tag))


@pytest.mark.parametrize(
    ("faulty", "law", "length"),
    [
        (with_function("put_document", forgets_what_is_declared), "documents-change-only-as-asked", 1),
        (with_function("start_session", takes_any_parameter), "an-undeclared-parameter-starts-nobody", 3),
        (Specification(situation_of=fills_the_tag), "a-parameter-never-fills-the-tag", 6),
    ],
    ids=["declares-nothing", "takes-any-parameter", "fills-the-tag"],
)
def test_whoever_mistakes_what_a_parameter_fills_is_convicted_by_a_shortest_trace(
    faulty: Specification, law: str, length: int
) -> None:
    scope = Scope(1, 1, 1, 2, 1, documents=2, parameters=2)

    done = explore(scope, specification=faulty, laws=[LAWS[law]])

    assert confirmed(done, faulty) == {law: length}


@pytest.mark.parametrize(
    "fault",
    thinned([
        "retagging-loses-the-tag", "defaults-switch-on", "preferences-reach-sessions", "sessions-outlive-instances",
        "refusals-create-the-named-user", "ssm-user-is-not-created", "another-accounts-default", "one-tag-serves-all",
    ], 4),
)  # fmt: skip
def test_faulty_specifications_are_convicted(fault: str) -> None:
    faulty = FAULTY_SPECIFICATIONS[fault].specification

    done = explore(Scope(accounts=2, principals=2, instances=1, names=2, sessions=1), specification=faulty)

    assert confirmed(done, faulty)
