"""Proofs, measured: run with `make bench`."""

import pytest
import z3

from runas_model import DEFAULT, Reading
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_solver.counterexamples import counterexample
from runas_solver.crosscheck import ask_cvc5, questions_of_laws
from runas_solver.obligations import Obligation, Obligations
from runas_solver.proofs import prove_all
from runas_solver.universe import Universe


def asserted(obligations: list[Obligation], reading: Reading | None) -> list[z3.Solver]:
    """A solver for each obligation, for all readings at once or for one."""
    solvers = []
    for obligation in obligations:
        solvers.append(z3.SolverFor("QF_UF"))
        solvers[-1].add(*obligation.formulas(), *([] if reading is None else only(obligation, reading)))
    return solvers


def only(obligation: Obligation, reading: Reading) -> list[z3.BoolRef]:
    """The reading of an obligation is this one."""
    choices = {type(choice).__name__: choice for choice in (reading.blank_tag, reading.superuser, reading.macos)}
    named = {name: Universe.lift(Universe(), choice, type(choice)).term for name, choice in choices.items()}
    return [
        value.term == named[value.sort.__name__]
        for value in obligation.scope.values.values()
        if value.sort.__name__ in named and "=" not in str(value.term)
    ]


@pytest.fixture(scope="module")
def obligations() -> list[Obligation]:
    return list(Obligations())


@pytest.mark.benchmark(group="proofs")
def test_all_laws_under_all_readings_with_witnesses(benchmark) -> None:  # type: ignore[no-untyped-def]
    proofs = benchmark.pedantic(lambda: list(prove_all()), rounds=5)
    print(f"\n{sum(len(p.discharged) for p in proofs)} obligations, rlimit {sum(p.rlimit for p in proofs):,}")
    assert all(proof.holds for proof in proofs)


@pytest.mark.parametrize("reading", [None, DEFAULT], ids=["all readings", "one reading"])
@pytest.mark.benchmark(group="solver alone")
def test_z3(benchmark, obligations: list[Obligation], reading: Reading | None) -> None:  # type: ignore[no-untyped-def]
    def fresh() -> tuple[tuple[list[z3.Solver]], dict[str, object]]:
        return (asserted(obligations, reading),), {}

    answers = benchmark.pedantic(lambda solvers: [str(one.check()) for one in solvers], setup=fresh, rounds=5)
    assert set(answers) == {"unsat"}


@pytest.mark.benchmark(group="solver alone")
def test_cvc5(benchmark) -> None:  # type: ignore[no-untyped-def]
    questions = list(questions_of_laws())
    assert set(benchmark.pedantic(lambda: [ask_cvc5(one) for one in questions], rounds=3)) == {"unsat"}


@pytest.mark.parametrize("fault", ["without-tag-user-missing", "session-ids-are-reused", "one-tag-serves-all"])
@pytest.mark.benchmark(group="a counterexample, minimised and replayed")
def test_counterexample(benchmark, fault: str) -> None:  # type: ignore[no-untyped-def]
    obligations = Obligations(FAULTY_SPECIFICATIONS[fault].specification)
    failing, solver = next(
        (one, solver) for law in LAWS.values() for one in obligations.of(law) if (solver := failed(one)) is not None
    )

    def fresh() -> tuple[tuple[Obligations, Obligation, z3.Solver], dict[str, object]]:
        again = failed(failing)
        assert again is not None
        return (obligations, failing, again), {}

    assert solver is not None
    assert benchmark.pedantic(counterexample, setup=fresh, rounds=10).lines


def failed(obligation: Obligation) -> z3.Solver | None:
    solver = z3.SolverFor("QF_UF")
    solver.add(*obligation.formulas())
    return solver if solver.check() == z3.sat else None
