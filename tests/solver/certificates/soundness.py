"""What a checker accepts, held against Z3: random lines for random problems, and problems made by hand."""

import re
from collections.abc import Iterator
from itertools import product
from random import Random
from types import ModuleType

import attrs

from runas_solver import checker as real
from runas_solver.certificates import certificate
from solver.certificates.problems import HAND_MADE, answer, problem, random_problem

__all__ = ["Accepted", "accepted_lines", "faults_found", "meaning"]


@attrs.frozen
class Accepted:
    """A line that a checker took as following from a problem and lines before it, and whether it does."""

    text: str
    lines: tuple[str, ...]
    is_implied: bool


def accepted_lines(checker: ModuleType, problems: int = 40, candidates: int = 30) -> Iterator[Accepted]:
    """Random lines for random problems, as far as a checker accepts them."""
    for seed in range(problems):
        random = Random(seed)
        text = random_problem(random)
        terms = checker.Obligation(text)
        truths = [number for number, sort in enumerate(terms.sort_of) if sort == "Bool"]
        lines: tuple[str, ...] = ()
        for _ in range(candidates):
            clause = [random.choice((1, -1)) * random.choice(truths) for _ in range(random.choice((1, 2, 2, 3)))]
            line = f"{random.choice(('', 't '))}{' '.join(map(str, clause))} 0"
            if _accepts(checker, text, (*lines, line)):
                lines = (*lines, line)
                yield Accepted(text, lines, _is_implied(text, terms, clause, alone=line.startswith("t")))
        if _accepts(checker, text, (*lines, "0")):
            yield Accepted(text, (*lines, "0"), answer(text) == "unsat")


def faults_found(checker: ModuleType) -> Iterator[str]:
    """What shows that a checker is not the real one, whether it accepts too much or too little."""
    for name, (unsatisfiable, satisfiable) in HAND_MADE.items():
        proved = certificate(problem(unsatisfiable))
        assert proved is not None
        if not _proves(checker, problem(unsatisfiable), proved):
            yield f"{name}: not proved"
        for text in (problem(satisfiable), problem(f"{unsatisfiable} q") + "\n"):
            if _proves(checker, text, proved):
                yield f"{name}: proved by a certificate for another text"
        if _proves(checker, problem(satisfiable), f"{real.heading(problem(satisfiable))}\n0\n"):
            yield f"{name}: proved, and satisfiable"
        if _proves(checker, problem(unsatisfiable), proved.removesuffix("0\n")):
            yield f"{name}: proved without the last line"
        yield from (f"{name}: no lemma: {line}" for line in _false_lemmas(checker, problem(satisfiable)))
    for accepted in accepted_lines(checker):
        if not accepted.is_implied:
            yield f"does not follow: {accepted.lines[-1]}"


def meaning(obligation: real.Obligation, literal: int) -> str:
    """A literal of a checker's terms as SMT-LIB text."""
    if literal < 0:
        return f"(not {meaning(obligation, -literal)})"
    head, parts = obligation.terms[literal]
    return f"({head} {' '.join(meaning(obligation, part) for part in parts)})" if parts else head


def _false_lemmas(checker: ModuleType, text: str) -> Iterator[str]:
    """The lemmas that a checker accepts about all equalities and declared truths of a problem, and that are none."""
    terms = checker.Obligation(text)
    atoms = [n for n, sort in enumerate(terms.sort_of) if sort == "Bool" and terms.terms[n][0] not in ("and", "ite")]
    for signs in product((1, -1), repeat=len(atoms) - 1):
        clause = [sign * atom for sign, atom in zip(signs, atoms[1:], strict=True)]  # all but `true`
        line = f"t {' '.join(map(str, clause))} 0"
        if clause and _accepts(checker, text, (line,)) and not _is_implied(text, terms, clause, alone=True):
            yield line


def _is_implied(text: str, obligation: real.Obligation, clause: list[int], alone: bool) -> bool:
    """Whether a clause follows from a problem's assertions, or alone, by what equality and connectives mean."""
    supposed = re.sub(r"\(assert .*\)\n", "", text) if alone else text
    negated = "".join(f"(assert (not {meaning(obligation, literal)}))\n" for literal in clause)
    return answer(supposed.replace("(check-sat)", negated)) == "unsat"


def _accepts(checker: ModuleType, text: str, lines: tuple[str, ...]) -> bool:
    """Whether a checker accepts the last of some lines, of which it accepts the others."""
    try:
        checker.check(text, "\n".join([real.heading(text), *lines, "0", ""]))
    except checker.Unproved as problem:
        return f"line {len(lines) + 1} " not in str(problem)
    return True


def _proves(checker: ModuleType, text: str, certificate: str) -> bool:
    try:
        return bool(checker.check(text, certificate))
    except (checker.Unproved, checker.Unreadable):
        return False
