"""The checker of certificates: what it reads, what it accepts and what it refuses."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from runas_solver import checker
from runas_solver.certificates import certificate
from runas_solver.checker import FORMAT, Unproved, Unreadable, check, heading
from solver.certificates.problems import HAND_MADE, answer, problem, random_problem
from solver.certificates.soundness import accepted_lines, faults_found

CONGRUENCE = problem("(= a b) (not (= (f a) (f b)))")
NAMES = [*HAND_MADE]


@pytest.mark.parametrize("name", NAMES)
def test_a_small_problem_is_proved_if_it_is_unsatisfiable_and_only_then(name: str) -> None:
    unsatisfiable, satisfiable = map(problem, HAND_MADE[name])
    made = certificate(unsatisfiable)

    assert (answer(unsatisfiable), answer(satisfiable)) == ("unsat", "sat")
    assert made is not None
    assert check(unsatisfiable, made) > 0
    assert certificate(satisfiable) is None
    with pytest.raises((Unproved, Unreadable), match=r"does not follow|no clause"):
        check(satisfiable, "\n".join([heading(satisfiable), *made.split("\n")[1:]]))


def test_random_problems_are_proved_if_z3_says_so() -> None:
    problems = [random_problem(Random(seed)) for seed in range(60)]
    answers = [answer(text) for text in problems]
    made = [certificate(text) for text in problems]

    assert 10 < answers.count("unsat") < 50
    assert [one is None for one in made] == [answered == "sat" for answered in answers]
    assert all(check(text, one) for text, one in zip(problems, made, strict=True) if one)


def test_what_is_accepted_follows_as_z3_says() -> None:
    accepted = list(accepted_lines(checker, problems=50))

    assert sum(one.lines[-1].startswith("t") for one in accepted) > 15
    assert sum(not one.lines[-1].startswith("t") for one in accepted) > 100
    assert [one for one in accepted if not one.is_implied] == []


def test_nothing_speaks_against_the_checker() -> None:
    assert list(faults_found(checker)) == []


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("", "cut short"),
        ("0", "cut short"),
        ("0\n0 ", "cut short"),
        ("x 0\n0\n", "line 2 of the certificate is no clause"),
        ("1 2\n0\n", "line 2 of the certificate is no clause"),
        ("1 0 2 0\n0\n", "line 2 of the certificate is no clause"),
        ("0\r\n0\n", "line 2 of the certificate is no clause"),
        ("d 1 0\n0\n", "line 2 of the certificate is no clause"),
        ("\n0\n", "line 2 of the certificate is no clause"),
        ("999 0\n0\n", "line 2 of the certificate is no clause"),
        ("2 0\n0\n", "line 2 of the certificate is no clause"),  # the value a
        ("٣ 0\n0\n", "not ASCII"),
        (f"{'9' * 5_000} 0\n0\n", "line 2 of the certificate is no clause"),
        ("0\n" * 10_000_000, "longer than 4,000,000 characters"),
    ],
)
def test_what_is_no_certificate_is_refused_in_a_line(lines: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told) as refused:
        check(CONGRUENCE, f"{heading(CONGRUENCE)}\n{lines}")

    assert len(str(refused.value)) < 200


def test_a_certificate_is_for_one_text_of_one_version() -> None:
    made = certificate(CONGRUENCE) or ""

    with pytest.raises(Unproved, match="for another obligation"):
        check(CONGRUENCE.replace("a", "c"), made)
    with pytest.raises(Unreadable, match="of another version"):
        check(CONGRUENCE, made.replace(FORMAT, FORMAT.replace("1", "2")))
    with pytest.raises(Unreadable, match="of another version"):
        check(CONGRUENCE, "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "cut short"),
        (")", "cut short"),
        ("(assert true", "cut short"),
        ("(assert true)", "cut short"),
        ("(check-sat)(check-sat)", "no list of commands"),
        ("symbol (check-sat)", "no list of commands"),
        ("(set-info :notes (let ((q false)) a b))(check-sat)", "not understood: set-info"),
        ("()(check-sat)", r"not understood: \(\)"),
        ("((assert))(check-sat)", "not understood"),
        ("(push 1)(check-sat)", "not understood: push"),
        ("(declare-sort S 1)(check-sat)", "not understood: declare-sort"),
        ("(declare-sort S 0)(declare-sort S 0)(check-sat)", "declared twice"),
        ("(declare-sort and 0)(check-sat)", "and cannot be declared"),
        ("(declare-fun 1 () Bool)(check-sat)", "1 cannot be declared"),
        ("(declare-fun f () T)(check-sat)", "f is declared with a sort that is none"),
        ("(declare-fun f (Bool) Bool)(check-sat)", "a Bool as argument"),
        ("(declare-fun f ((Array S)) Bool)(check-sat)", "f is declared with a sort that is none"),
        ("(define-fun t () Bool true)(define-fun t () Bool true)(check-sat)", "declared twice"),
        ("(define-fun t () Bool (and t t))(check-sat)", "a t that is not declared"),
        ("(assert |q|)(check-sat)", "quoted symbols"),
        ('(set-info :source "x")(check-sat)', "strings"),
        ("(assert (= ä ä))(check-sat)", "not ASCII"),
        *[
            (problem(wrong), told)
            for wrong, told in {
                "(and q)": "a and that",
                "(or q)": "a or that",
                "(and)": "no term",
                "()": "no term",
                "((q) r)": "no term",
                "(not q r)": "a not that",
                "(not a)": "a not that",
                "(and q a)": "a and that",
                "(= a q)": "a = that",
                "(= a)": "a = that",
                "(distinct a q)": "a distinct that",
                "(ite a b c)": "a ite that",
                "(p (ite q a r))": "a ite that",
                "(xor q r q)": "a xor that",
                "(f a)": "a and that",
                "(p q)": "a p that",
                "(p a a)": "a p that",
                "p": "a p that",
                "unknown": "a unknown that",
                "(true q)": "no term",
                "(let (x) q)": "a let that",
                "(let ((and q)) q)": "a and that",
                "(let ((x q)) q q)": "no term",
                "(let ((y q)) (let ((x y)) x)) x": "a x that",
            }.items()
        ],
        (problem("(forall ((x S)) (p x))"), "a x that"),
    ],
)
def test_what_is_no_obligation_is_refused_in_a_line(text: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told) as refused:
        check(text, f"{heading(text)}\n0\n")

    assert len(str(refused.value)) < 200


def test_a_define_fun_stays_and_a_let_does_not() -> None:
    text = problem("t (let ((u (not t))) (not u)) (not u)", "(define-fun t () Bool q)(define-fun u () Bool t)")

    assert check(text, certificate(text) or "") > 0


@pytest.mark.parametrize(
    "nested",
    [
        lambda depth: "(not " * depth + "q" + ")" * depth + " (not q)",
        lambda depth: f"(distinct a a) (= a {'(f ' * depth}a{')' * depth})",
        lambda depth: "".join(f"(let ((x{n} q)) " for n in range(depth)) + "(and q (not q))" + ")" * depth,
        lambda depth: f"(not {'(let ((q ' * depth}q{')) q)' * depth}) q",
    ],
)
def test_depth_does_not_matter(nested: object) -> None:
    text = problem(nested(10_000))  # type: ignore[operator]
    terms = checker.Obligation(text).terms
    lemmas = [f"t {number} 0" for number, (head, parts) in enumerate(terms) if head == "=" and len(set(parts)) == 1]

    assert check(text, "\n".join([heading(text), *lemmas, "0", ""])) == len(lemmas) + 1


def test_a_long_chain_of_congruences_is_followed() -> None:
    depth = 10_000
    text = problem(f"(= a (f a)) (distinct a {'(f ' * depth}a{')' * depth})")
    terms = checker.Obligation(text).terms
    first, last = [number for number, (head, _) in enumerate(terms) if head == "="]

    assert check(text, f"{heading(text)}\nt -{first} {last} 0\n0\n") == 2


def test_a_check_that_takes_too_many_steps_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker.Obligation.__init__, "__defaults__", (100,))
    made = certificate(CONGRUENCE) or ""
    lines = "t -1 1 0\n" * 100

    assert check(CONGRUENCE, made) == 2
    with pytest.raises(Unreadable, match="more than 20,000,000 steps"):
        check(CONGRUENCE, f"{heading(CONGRUENCE)}\n{lines}0\n")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    made = [("obligation.smt2", CONGRUENCE), ("certificate.cert", certificate(CONGRUENCE) or "")]
    for name, content in made:
        (tmp_path / name).write_text(content)
    return [str(tmp_path / name) for name, _ in made]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", checker.__file__, *arguments]  # -I and -S: nothing but the standard library
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_file_checks_by_itself(files: list[str]) -> None:
    done = run(*files)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("obligation.smt2: proved, by 2 lines\n")


@pytest.mark.parametrize(
    ("certificate", "code", "told"),
    [
        (f"{heading(CONGRUENCE)}\n0\n".encode(), 1, "line 2 of the certificate does not follow by unit propagation"),
        (f"{heading(CONGRUENCE)}\nt 1 -1 0\n0\n".encode(), 1, "line 3 of the certificate does not follow"),
        (f"{heading(CONGRUENCE)}\nt 7 0\n0\n".encode(), 1, "line 2 of the certificate does not follow by congruence"),
        (b"\xff\xfe", 2, "not ASCII"),
        (b"0\n" * 3_000_000, 2, "longer than 4,000,000 characters"),
        (b"any text", 2, "another version, or none"),
    ],
)
def test_it_says_in_a_line_why_not(files: list[str], certificate: bytes, code: int, told: str) -> None:
    Path(files[1]).write_bytes(certificate)
    done = run(*files)

    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [(), ("one",), ("not there", "nor there"), ("/", "/")])
def test_it_is_not_run_on_anything_but_two_files(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
