"""The obligations: complete, quantifier-free, decidable, and the same at every run."""

import os
import subprocess
import sys
from collections.abc import Iterator

import attrs
import pytest
import z3

from runas_model import OPERATIONS, SPECIFICATION, Specification
from runas_properties.explorer.reach import errors_of
from runas_properties.laws import LAWS, Claim, Kind, laws_of
from runas_solver.obligations import INITIALLY, Obligation, Obligations
from thinned import slow

ALL = Obligations()
ABOUT = [(law, about) for law in LAWS.values() for about in ALL.about(law)]


@pytest.fixture(scope="module")
def obligations() -> list[Obligation]:
    return list(ALL)


@pytest.fixture(scope="module")
def terms(obligations: list[Obligation]) -> list[z3.ExprRef]:
    """All that occurs in any obligation, once."""
    return list(subterms([formula for one in obligations for formula in one.formulas()]))


def subterms(formulas: list[z3.BoolRef]) -> Iterator[z3.ExprRef]:
    seen: set[int] = set()
    waiting = list[z3.ExprRef](formulas)
    while waiting:
        term = waiting.pop()
        if term.get_id() not in seen:
            seen.add(term.get_id())
            yield term
            waiting.extend(term.children())


def test_the_matrix_holds_every_law_about_everything_that_it_speaks_of(obligations: list[Obligation]) -> None:
    matrix = {(one.law.id, one.about) for one in obligations}
    expected = {(law.id, "decision") for law in laws_of(Kind.DECISION, Kind.COMPARISON)}
    expected |= {(law.id, name) for law in laws_of(Kind.INVARIANT, Kind.STEP) for name in OPERATIONS}
    expected |= {(law.id, INITIALLY) for law in laws_of(Kind.INITIAL, Kind.INVARIANT)}

    assert expected == matrix
    assert len(obligations) == len(matrix)
    assert all(one.readings >= 8 for one in obligations)


def test_a_law_or_an_operation_that_is_added_gets_its_obligations(monkeypatch: pytest.MonkeyPatch) -> None:
    law = attrs.evolve(LAWS["same-account"], id="another-law")
    monkeypatch.setitem(LAWS, "another-law", law)
    rename = attrs.evolve(OPERATIONS["create_principal"], id="another_operation")
    more = Obligations(Specification(operations={**OPERATIONS, "another_operation": rename}))
    found = {(one.law.id, one.about) for one in more}

    assert {("another-law", name) for name in (*OPERATIONS, "another_operation", INITIALLY)} <= found
    assert {(law.id, "another_operation") for law in laws_of(Kind.INVARIANT, Kind.STEP)} <= found


def test_no_obligation_has_a_quantifier(terms: list[z3.ExprRef]) -> None:
    assert len(terms) > 1000
    assert not any(z3.is_quantifier(term) or z3.is_var(term) for term in terms)


def test_the_sort_graph_has_no_cycle_so_that_no_answer_is_unknown(terms: list[z3.ExprRef]) -> None:
    edges: dict[str, set[str]] = {}
    for term in terms:
        if z3.is_app_of(term, z3.Z3_OP_UNINTERPRETED) and term.num_args() and term.sort() != z3.BoolSort():
            for argument in term.children():
                edges.setdefault(argument.sort().name(), set()).add(term.sort().name())

    def reachable(sort: str, seen: frozenset[str] = frozenset()) -> set[str]:
        later = edges.get(sort, set()) - seen
        return later | {sort for one in later for sort in reachable(one, seen | later)}

    assert {"Account", "Principal", "Name"} <= reachable("Session")
    assert [sort for sort in edges if sort in reachable(sort)] == []


@pytest.mark.parametrize("number", range(len(ABOUT)), ids=[f"{law.id}/{about}" for law, about in ABOUT])
def test_the_hypotheses_and_axioms_of_an_obligation_do_not_contradict_each_other(
    number: int, obligations: list[Obligation]
) -> None:
    obligation = obligations[number]
    solver = z3.SolverFor("QF_UF")
    solver.add(*obligation.formulas()[2:])

    assert z3.sat == solver.check()


def test_an_operation_is_accepted_and_refused_in_the_symbolic_universe() -> None:
    obligations = Obligations()
    for name in SPECIFICATION.operations:
        t, scope = obligations.transition(name)
        accepted = t.accepted
        answers = []
        for goal in (accepted, not accepted) if isinstance(accepted, bool) else (accepted.term, z3.Not(accepted.term)):
            solver = z3.SolverFor("QF_UF")
            solver.add(goal, *obligations.universe.axioms(scope))
            answers.append(str(solver.check()))
        assert answers == ["sat", "sat" if errors_of(name) else "unsat"]


def test_an_invariant_whose_premise_cannot_be_instantiated_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    law = attrs.evolve(LAWS["same-account"], id="everything", claim=lambda state, **keys: Claim(True, True))
    monkeypatch.setitem(LAWS, "everything", law)

    with pytest.raises(TypeError, match="the premise of the invariant everything"):
        Obligations().obligation(LAWS["same-account"], "delete_principal")


@slow
def test_number_and_resources_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "from runas_solver.proofs import prove_all\n"
        "print([(p.law.id, one.obligation.id, one.rlimit) for p in prove_all() for one in p.discharged])\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1
    assert outputs.pop().count(b"/") == len(ABOUT)
