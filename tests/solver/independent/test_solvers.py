"""Solvers that the project does not use otherwise say of every exported obligation what Z3 and cvc5 said."""

import json
from pathlib import Path

import pytest

from runas_solver.crosscheck import Question, write_smt2
from solver.asked import law_questions
from solver.independent.solvers import SOLVERS, Solver, differences
from solver.independent.strict import NotStrict, read_strictly
from thinned import slow, thinned

SATISFIABLE = "(set-logic QF_UF)\n(declare-fun a () Bool)\n(assert a)\n(check-sat)\n"


@pytest.fixture(params=thinned(SOLVERS, 4), ids=lambda solver: solver.name)
def solver(request: pytest.FixtureRequest) -> Solver:
    given: Solver = request.param
    return given.required()


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every obligation of the laws, as `runas-spec verify --smt2` writes them."""
    folder = tmp_path_factory.mktemp("smt2")
    assert write_smt2(folder, law_questions()) > 200
    return folder


@slow
def test_every_solver_says_that_every_law_holds(solver: Solver, exported: Path) -> None:
    assert list(differences(solver, exported)) == []


def test_an_answer_that_is_not_expected_is_told_with_the_file_and_the_solver(solver: Solver, tmp_path: Path) -> None:
    opposite = SATISFIABLE.replace("(assert a)", "(assert (and a (not a)))")
    broken = SATISFIABLE.replace("(assert a)", "(assert (or a b))")
    write_smt2(
        tmp_path,
        [
            Question("wrong/sat", SATISFIABLE, "unsat"),
            Question("wrong/unsat", opposite, "sat"),
            Question("right/sat", SATISFIABLE, "sat"),
            Question("unreadable", broken, "sat"),
        ],
    )
    sat, unsat, unreadable = differences(solver, tmp_path)

    assert sat == f"wrong/sat.smt2: {solver.name} says sat, unsat is expected"
    assert unsat == f"wrong/unsat.smt2: {solver.name} says unsat, sat is expected"
    assert unreadable.startswith(f"unreadable.smt2: {solver.name} says error: ")


@slow
def test_a_law_that_is_weakened_in_its_file_is_no_longer_proved(solver: Solver, exported: Path, tmp_path: Path) -> None:
    """The file is asked, and not something else: without what it asserts, the answer is another."""
    file = "never-ssm-user/decision.smt2"
    lines = (exported / file).read_text("utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("(assert"))
    write_smt2(tmp_path, [Question("emptied", "\n".join([*lines[:first], "(check-sat)", ""]), "unsat")])

    assert list(differences(solver, tmp_path)) == [f"emptied.smt2: {solver.name} says sat, unsat is expected"]


def test_a_solver_that_is_missing_is_skipped_with_the_reason_unless_it_is_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    missing = Solver("Some solver", lambda path: "unsat", "some-solver is not installed (how to install it)")

    monkeypatch.delenv("RUNAS_SPEC_REQUIRE_SOLVERS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="some-solver is not installed"):
        missing.required()
    monkeypatch.setenv("RUNAS_SPEC_REQUIRE_SOLVERS", "1")
    with pytest.raises(pytest.fail.Exception, match="some-solver is not installed"):
        missing.required()


@slow
def test_every_exported_obligation_is_read_by_a_strict_reader(exported: Path) -> None:
    index = json.loads((exported / "index.json").read_text("utf-8"))

    for file in index:
        read_strictly((exported / file).read_text("utf-8"))


NOT_STRICT = {
    "(assert (and a))": "line 5: and cannot be applied to 1 parts (Bool)",
    "(assert (or a))": "line 5: or cannot be applied to 1 parts (Bool)",
    "(assert (= n))": "line 5: = cannot be applied to 1 parts (N)",
    "(assert (distinct n))": "line 5: distinct cannot be applied to 1 parts (N)",
    "(assert (not a a))": "line 5: not cannot be applied to 2 parts (Bool, Bool)",
    "(assert (= a n))": "line 5: = cannot be applied to 2 parts (Bool, N)",
    "(assert (ite a n a))": "line 5: ite cannot be applied to 3 parts (Bool, N, Bool)",
    "(assert (f a))": "line 5: f cannot be applied to 1 parts (Bool)",
    "(assert (f n n))": "line 5: f cannot be applied to 2 parts (N, N)",
    "(assert f)": "line 5: f cannot be applied to 0 parts ()",
    "(assert n)": "line 5: what is asserted is no Bool",
    "(assert b)": "line 5: b is not declared before it is used",
    "(declare-fun b () M)": "line 5: M is no sort that is declared before it is used",
    "(declare-fun a () Bool)": "line 5: a is declared twice",
    "(declare-fun and () Bool)": "line 5: and cannot be declared: no simple symbol, or one that has a meaning",
    "(declare-fun |b| () Bool)": "line 5: |b| cannot be declared: no simple symbol, or one that has a meaning",
    "(define-fun b () N a)": "line 5: b is not of its sort, or has two parameters of one name",
    "(assert (let ((b a) (b a)) b))": "line 5: a let binds one symbol twice",
    "(assert (let () a))": "line 5: a let binds symbols, and has a body",
    "(assert ((f n)))": "line 5: no term: ((f n))",
    "(assert a) (check-sat)": "a script has one logic, at its beginning, and one question, at its end",
    "(push 1)": "line 5: no command of this kind of script: (push 1)",
    "; é": "a letter beyond ASCII: 'é'",
    "(assert a))": "line 5: a bracket is closed that was not opened",
    "(assert (f n)": "a bracket is not closed",
    "a": "line 5: a stands outside of a command",
}


@pytest.mark.parametrize("line", NOT_STRICT)
def test_the_strict_reader_refuses_what_lenient_ones_let_pass(line: str) -> None:
    before = (
        "(set-logic QF_UF)\n(declare-sort N 0)\n(declare-fun f (N) Bool)\n(declare-fun n () N) (declare-fun a () Bool)"
    )
    read_strictly(f"{before}\n(assert (let ((b (f n))) (ite b a (=> a b))))\n(check-sat)\n")

    with pytest.raises(NotStrict) as refused:
        read_strictly(f"{before}\n{line}\n(check-sat)\n")
    assert str(refused.value) == NOT_STRICT[line]
