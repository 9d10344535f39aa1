"""Benchmarks time what their labels say: building formulas, or a solver alone, and never both."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import cvc5
import pytest
import z3

from benchmarks import test_proofs as benchmarks
from benchmarks.test_speed import by_hand
from runas_model import all_readings, decide
from runas_properties.conformance.protocol.cases import situation_asked
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.laws import LAWS
from runas_solver.crosscheck import questions_of_laws
from runas_solver.obligations import Obligation, Obligations
from thinned import slow


class Timed:
    """In place of the fixtures `benchmark` and `keep`: what is timed may use nothing of what is forbidden."""

    def __init__(self, *forbidden: tuple[Any, str]) -> None:
        self.forbidden = forbidden
        self.stats = SimpleNamespace(stats=SimpleNamespace(data=[0.5]))
        self.kept: dict[str, str] = {}

    def pedantic(self, target: Callable[..., Any], setup: Callable[..., Any] | None = None, rounds: int = 1) -> Any:
        arguments, _ = setup() if setup else ((), {})
        with pytest.MonkeyPatch.context() as patched:
            for owner, name in self.forbidden:
                patched.setattr(owner, name, lambda *_, used=name: pytest.fail(f"{used} is timed too"))
            return target(*arguments)

    def keep(self, name: str, label: str, covers: str, unit: str, values: Sequence[float]) -> None:
        self.kept[name] = label


class Checks(cvc5.Solver):  # type: ignore[misc]
    """A solver of cvc5 whose checking can be forbidden."""

    def checkSat(self, *assumptions: Any) -> Any:  # noqa: N802
        return super().checkSat(*assumptions)


BUILDING = [(Obligation, "formulas"), (Obligations, "__iter__"), (z3.Solver, "add"), (cvc5, "InputParser")]
CHECKING = [(z3.Solver, "check"), (Checks, "checkSat")]


@pytest.fixture(autouse=True)
def _cvc5(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cvc5, "Solver", Checks)


@slow
def test_the_solver_alone_is_timed_without_building_a_formula() -> None:
    timed = Timed(*BUILDING)

    benchmarks.test_z3(timed, timed.keep, list(Obligations()))
    benchmarks.test_cvc5(timed, timed.keep)
    assert timed.kept == {"z3-check": "Z3: solver alone", "cvc5-check": "cvc5: solver alone"}


@slow
def test_building_is_timed_without_checking_anything() -> None:
    timed = Timed(*CHECKING)

    benchmarks.test_building_for_z3(timed, timed.keep)
    benchmarks.test_building_for_cvc5(timed, timed.keep)
    assert timed.kept.pop("obligations") == "Obligations"
    assert timed.kept == {"z3-build": "Z3: building the formulas", "cvc5-build": "cvc5: building the formulas"}


def test_what_is_not_to_be_timed_is_found() -> None:
    obligations = Obligations()
    first = next(obligations.of(next(iter(LAWS.values()))))
    question = next(questions_of_laws([first]))

    with pytest.raises(pytest.fail.Exception, match="formulas is timed too"):
        Timed(*BUILDING).pedantic(lambda: first.formulas())
    with pytest.raises(pytest.fail.Exception, match="InputParser is timed too"):
        Timed(*BUILDING).pedantic(lambda: benchmarks.read_by_cvc5(question))
    with pytest.raises(pytest.fail.Exception, match="checkSat is timed too"):
        Timed(*CHECKING).pedantic(lambda: benchmarks.read_by_cvc5(question).checkSat())


def test_the_if_chain_that_is_measured_beside_the_decision_decides_as_it_does() -> None:
    for vector in vectors("decision"):
        s = situation_asked(vector.steps[0])
        for reading in all_readings():
            assert by_hand(s, reading) == decide(s, reading), vector.id
