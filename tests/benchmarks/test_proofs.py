"""Proofs, measured: run with `make bench`."""

import subprocess
import sys

import cvc5
import pytest
import z3

from runas_model import DEFAULT, Reading
from runas_model.specification.readings import CHOICES
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_solver.counterexamples import counterexample
from runas_solver.crosscheck import Question, questions_of_laws
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
    choices = {sort.__name__: getattr(reading, name) for name, sort in CHOICES.items()}
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


@pytest.mark.benchmark(group="building")
def test_building_for_z3(benchmark, keep) -> None:  # type: ignore[no-untyped-def]
    solvers = benchmark.pedantic(lambda: asserted(list(Obligations()), None), rounds=7)
    keep("obligations", "Obligations", "of all laws", "obligations", [len(solvers)])
    covers = "running the laws and the specification on Z3 terms, and asserting the formulas; nothing is checked"
    keep("z3-build", "Z3: building the formulas", covers, "ms", milliseconds(benchmark))


@pytest.mark.benchmark(group="building")
def test_building_for_cvc5(benchmark, keep) -> None:  # type: ignore[no-untyped-def]
    benchmark.pedantic(lambda: list(map(read_by_cvc5, questions_of_laws())), rounds=5)
    covers = "as for Z3, and writing the formulas as SMT-LIB 2, and cvc5 reading that; nothing is checked"
    keep("cvc5-build", "cvc5: building the formulas", covers, "ms", milliseconds(benchmark))


@pytest.mark.benchmark(group="solver alone")
def test_z3(benchmark, keep, obligations: list[Obligation]) -> None:  # type: ignore[no-untyped-def]
    alone(benchmark, obligations, None)
    covers = "Z3's `check()` alone, once for each obligation under all readings, on formulas that are asserted"
    keep("z3-check", "Z3: solver alone", covers, "ms", milliseconds(benchmark))


@pytest.mark.benchmark(group="solver alone")
def test_z3_under_one_reading(benchmark, obligations: list[Obligation]) -> None:  # type: ignore[no-untyped-def]
    alone(benchmark, obligations, DEFAULT)


def alone(benchmark, obligations: list[Obligation], reading: Reading | None) -> None:  # type: ignore[no-untyped-def]
    """Time Z3's `check()`, and nothing else."""

    def fresh() -> tuple[tuple[list[z3.Solver]], dict[str, object]]:
        return (asserted(obligations, reading),), {}

    answers = benchmark.pedantic(lambda solvers: [one.check() for one in solvers], setup=fresh, rounds=7)
    assert all(answer == z3.unsat for answer in answers)


@pytest.mark.benchmark(group="solver alone")
def test_cvc5(benchmark, keep) -> None:  # type: ignore[no-untyped-def]
    questions = list(questions_of_laws())

    def fresh() -> tuple[tuple[list[cvc5.Solver]], dict[str, object]]:
        return (list(map(read_by_cvc5, questions)),), {}

    answers = benchmark.pedantic(lambda solvers: [one.checkSat() for one in solvers], setup=fresh, rounds=5)
    assert all(answer.isUnsat() for answer in answers)
    covers = "cvc5's `checkSat()` alone, once for each obligation under all readings, on formulas that are read"
    keep("cvc5-check", "cvc5: solver alone", covers, "ms", milliseconds(benchmark))


def read_by_cvc5(question: Question) -> cvc5.Solver:
    """A solver of cvc5 that has read an obligation, up to where it is to be checked."""
    solver = cvc5.Solver()
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, question.text, question.id)
    while (command := parser.nextCommand()).getCommandName() != "check-sat":
        command.invoke(solver, parser.getSymbolManager())
    return solver


WHOLE = {
    "z3": "from runas_solver.proofs import prove_all\nassert all(proof.holds for proof in prove_all())",
    "cvc5": (
        "from runas_solver.crosscheck import ask_cvc5, questions_of_laws\n"
        "assert {ask_cvc5(one) for one in questions_of_laws()} == {'unsat'}"
    ),
}


@pytest.mark.parametrize("solver", WHOLE)
@pytest.mark.benchmark(group="whole proof")
def test_the_whole_proof(benchmark, keep, solver: str) -> None:  # type: ignore[no-untyped-def]
    command = [sys.executable, "-c", WHOLE[solver]]
    benchmark.pedantic(lambda: subprocess.run(command, check=True), rounds=5)
    covers = "a process from its start to its end: importing, building, solving" + (
        ", and replaying the witness of each law" if solver == "z3" else ""
    )
    keep(f"{solver}-whole", f"{solver.replace('z', 'Z')}: whole proof", covers, "s", benchmark.stats.stats.data)


def milliseconds(benchmark) -> list[float]:  # type: ignore[no-untyped-def]
    """Of each round."""
    return [seconds * 1000 for seconds in benchmark.stats.stats.data]


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
