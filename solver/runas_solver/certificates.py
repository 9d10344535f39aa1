"""Certificates of obligations: made with Z3, and checked by `checker.py`, which alone has to be trusted.

Z3 is asked for truths of the terms that the checker reads from an obligation, as if they had nothing to do with each
other. Lemmas of congruence forbid what equal values rule out, until nothing is left; then the clauses that Z3 learned
lead to the empty one. Lines that are not needed are dropped, so that a certificate can spare none of its lines.

`python -m runas_solver.certificates` renews the certificates that the package keeps, where an obligation has changed.
"""

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import attrs
import z3

from runas_solver.checker import Clauses, Obligation, Unproved, Unreadable, check, contradictory, heading
from runas_solver.crosscheck import Question, questions_of_laws
from runas_solver.kept import KEPT, is_for, kept_certificates, write_kept

__all__ = ["CertificateNotFound", "Certified", "certificate", "certified"]

T = TypeVar("T")


class CertificateNotFound(Exception):
    """Z3 finds an obligation unsatisfiable, but this version of it does not log how."""


@attrs.frozen
class Certified:
    """An obligation as text, with its certificate: none if it is satisfiable, so that its law is refuted."""

    question: Question
    certificate: str | None
    was_kept: bool = False


def certified(questions: Iterable[Question], kept: Mapping[str, str]) -> Iterator[Certified]:
    """Each obligation with a certificate that the checker accepts: the one kept under its id, or else a new one.

    Raises `CertificateNotFound`.
    """
    for question in questions:
        known = kept.get(question.id, "")
        if is_for(known, question.text) and _is_accepted(question.text, known):
            yield Certified(question, known, was_kept=True)
        else:
            yield Certified(question, certificate(question.text))


@attrs.frozen
class _Line:
    """A clause, and whether it follows by congruence or from those before it by unit propagation."""

    clause: tuple[int, ...]
    by_congruence: bool

    def __str__(self) -> str:
        return " ".join(["t"] * self.by_congruence + [str(literal) for literal in (*self.clause, 0)])


def certificate(text: str) -> str | None:
    """The certificate of an obligation in SMT-LIB 2, or None if it is satisfiable: the law is refuted.

    Raises `CertificateNotFound`, and the checker's `Unreadable` for a text that is no obligation.
    """
    obligation = Obligation(text, math.inf)
    lines = _lines(obligation)
    if lines is None:
        return None
    if not _lead_to_nothing(obligation, lines):
        raise CertificateNotFound(f"Z3 {z3.get_version_string()} does not log how it proves the obligation")
    needed = _needed(lines, lambda some: _lead_to_nothing(obligation, some))
    made = "\n".join([heading(text), *map(str, needed), "0", ""])
    check(text, made)
    return made


def _is_accepted(text: str, certificate: str) -> bool:
    try:
        return check(text, certificate) > 0
    except (Unproved, Unreadable):
        return False


def _lines(obligation: Obligation) -> list[_Line] | None:
    """Lemmas and learned clauses from which the empty clause follows, or None where everything can be true."""
    truths = z3.BoolVector("term", len(obligation.terms))
    numbers = {truth.get_id(): number for number, truth in enumerate(truths)}
    lines: list[_Line] = []

    def number(truth: z3.BoolRef) -> int:
        """The number of a term, or 0 for what Z3 defines for its own use."""
        return numbers.get(truth.get_id(), 0)

    def asserted(clause: Iterable[int]) -> z3.BoolRef:
        return z3.Or(*(truths[literal] if literal > 0 else z3.Not(truths[-literal]) for literal in clause))

    def learned(_hint: object, _from: object, clause: Iterable[z3.BoolRef]) -> None:
        literals = [-number(one.arg(0)) if z3.is_not(one) else number(one) for one in clause]
        if 0 not in literals:
            lines.append(_Line(tuple(literals), by_congruence=False))

    solver = z3.SimpleSolver()
    log = z3.OnClause(solver, learned)  # which lasts as long as somebody holds it
    solver.add(*map(asserted, obligation.clauses))
    while solver.check() == z3.sat:
        lemmas = _lemmas(obligation, _supposed(obligation, solver.model(), truths))
        if not lemmas:
            return None
        lines += [_Line(lemma, by_congruence=True) for lemma in lemmas]
        solver.add(*map(asserted, lemmas))
    del log
    return list(_following(obligation, lines))


def _supposed(obligation: Obligation, model: z3.ModelRef, truths: list[z3.BoolRef]) -> list[int]:
    """What a model says of equalities and of declared functions, as literals."""
    asked = (
        number
        for number, (head, *_) in enumerate(obligation.terms[1:], 1)
        if obligation.sort_of[number] == "Bool" and (head == "=" or head in obligation.functions)
    )
    answers = ((number, model[truths[number]]) for number in asked)
    return [number if z3.is_true(answer) else -number for number, answer in answers if answer is not None]


def _lemmas(obligation: Obligation, supposed: list[int]) -> list[tuple[int, ...]]:
    """Clauses that congruence implies and what is supposed contradicts, each as short as can be."""
    lemmas = []
    while contradictory(obligation, supposed):
        core = _needed(supposed, lambda some: contradictory(obligation, some))
        lemmas.append(tuple(-literal for literal in core))
        supposed = [literal for literal in supposed if literal != core[0]]
    return lemmas


def _following(obligation: Obligation, lines: Iterable[_Line]) -> Iterator[_Line]:
    """The lines that are new and follow from those before; Z3 also logs what it was given, and other steps."""
    known, clauses = set(map(frozenset, obligation.clauses)), Clauses(obligation)
    for line in lines:
        if frozenset(line.clause) not in known and (line.by_congruence or clauses.follows(line.clause)):
            known.add(frozenset(line.clause))
            clauses.add(line.clause)
            yield line


def _lead_to_nothing(obligation: Obligation, lines: Iterable[_Line]) -> bool:
    """Whether the empty clause follows from the obligation and some lines, each of which follows."""
    clauses = Clauses(obligation)
    for line in lines:
        if not line.by_congruence and not clauses.follows(line.clause):
            return False
        clauses.add(line.clause)
    return bool(clauses.follows(()))


def _needed(items: list[T], suffice: Callable[[list[T]], bool]) -> list[T]:
    """Some of the items that suffice, none of which can be spared; of lines, the later ones go first.

    More items never suffice less, but for lines that do not follow without an earlier one.
    """
    step = max(1, len(items) // 2)
    while step:
        end = len(items)
        while end > 0:
            start = max(0, end - step)
            fewer = items[:start] + items[end:]
            items, end = (fewer if suffice(fewer) else items), start
        step //= 2
    return items


def _renew(path: Path) -> None:
    """Write the certificates of this version. Raises SystemExit where an obligation has none."""
    renewed = list(certified(questions_of_laws(), kept_certificates()))
    if refuted := [one.question.id for one in renewed if one.certificate is None]:
        raise SystemExit(f"refuted, so that there is no certificate: {', '.join(refuted)}; make verify shows where")
    write_kept({one.question.id: one.certificate for one in renewed if one.certificate}, path)
    print(f"{len(renewed)} certificates, of which {sum(not one.was_kept for one in renewed)} are new: {path}")


if __name__ == "__main__":
    _renew(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name(KEPT))
