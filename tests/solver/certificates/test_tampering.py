"""Certificates that were tampered with, by the thousand: rejected, or still a proof as Z3 says."""

import math
from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from functools import cached_property
from random import Random

import attrs
import pytest
import z3

from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import Kind, laws_of
from runas_solver import checker
from runas_solver.certificates import certificate
from runas_solver.checker import Clauses, Obligation, Unproved, Unreadable, check, heading
from runas_solver.kept import kept_certificates
from runas_solver.obligations import Obligations
from runas_solver.smtlib import smt2
from solver.asked import law_questions
from solver.certificates.problems import answer
from solver.certificates.soundness import meaning
from thinned import IS_DEEP, slow

EVERY = 1 if IS_DEEP else 6
"""Of so many obligations one is tampered with, and of twice as many faulty specifications one is tried."""


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Some obligations whose certificates have more than the last line."""
    many = [one for one in law_questions() if kept_certificates()[one.id].count("\n") > 2]
    return {one.id: one.text for one in many[::EVERY]}


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the checker makes of a text alone is kept while that is the same: no line of a certificate changes it."""
    last = ["", Obligation("(check-sat)")]
    known: dict[frozenset[int], bool] = {}
    begun: list[Clauses] = []

    def obligation(text: str) -> Obligation:
        if last[0] != text:
            last[:] = text, Obligation(text, math.inf)
            known.clear()
            begun.clear()
        return last[1]  # type: ignore[return-value]

    def contradictory(obligation: Obligation, literals: list[int]) -> bool:
        if (key := frozenset(literals)) not in known:
            known[key] = checked(obligation, literals)
        return known[key]

    def clauses(obligation: Obligation) -> Clauses:
        if not begun:
            begun.append(Clauses(obligation))
        (one,) = map(copy, begun)
        one.true = set(one.true)
        one.containing = defaultdict(list, {literal: [*those] for literal, those in one.containing.items()})
        return one

    checked = checker.contradictory
    monkeypatch.setattr(checker, "Obligation", obligation)
    monkeypatch.setattr(checker, "contradictory", contradictory)
    monkeypatch.setattr(checker, "Clauses", clauses)


def is_proof(text: str, lines: list[str]) -> bool:
    """Whether the checker accepts lines for a text."""
    try:
        return check(text, "\n".join([heading(text), *lines, ""])) > 0
    except (Unproved, Unreadable):
        return False


def lines_of(id: str) -> list[str]:
    return kept_certificates()[id].split("\n")[1:-1]


@slow
@pytest.mark.usefixtures("read_once")
def test_no_line_can_be_spared(texts: dict[str, str]) -> None:
    dropped = [(id, lines_of(id), at) for id in texts for at in range(len(lines_of(id)))]

    assert len(dropped) > 30
    assert [(id, at) for id, lines, at in dropped if is_proof(texts[id], lines[:at] + lines[at + 1 :])] == []


@slow
@pytest.mark.usefixtures("read_once")
def test_a_certificate_cut_short_is_none(texts: dict[str, str]) -> None:
    for id, text in texts.items():
        whole = kept_certificates()[id]
        for end in {*range(0, len(whole), 97), len(whole) - 1}:
            with pytest.raises((Unproved, Unreadable)):
                check(text, whole[:end])


@slow
@pytest.mark.usefixtures("read_once")
def test_what_is_accepted_with_a_line_changed_or_added_is_a_proof(texts: dict[str, str]) -> None:
    random, tried, accepted = Random(0), 0, 0
    for id, text in texts.items():
        judge = Judge(Obligation(text))
        for changed, at in tampered(random, judge.obligation, lines_of(id)):
            tried += 1
            if is_proof(text, changed):
                accepted += 1
                assert judge.follows(changed, at), f"{id}, line {at + 2}: {changed[at]}"

    assert tried > 1_000
    assert 0 < accepted < tried / 2


@slow
def test_no_certificate_is_for_another_obligation(texts: dict[str, str]) -> None:
    for text in [*texts.values()][:20]:
        for id, other in kept_certificates().items():
            if not other.startswith(heading(text)):
                with pytest.raises(Unproved, match="another obligation"):
                    check(text, other)
                assert id not in texts or texts[id] != text


@slow
@pytest.mark.usefixtures("read_once")
def test_no_faulty_obligation_has_a_certificate() -> None:
    """Not the certificate of the same obligation without the fault, however tampered with, nor any that is made."""
    random, tried = Random(0), 0
    for fault in [*FAULTY_SPECIFICATIONS.values()][:: 2 * EVERY]:
        for id, text in faulty_obligations(fault.specification):
            assert certificate(text) is None
            original = lines_of(id)
            candidates = [original, *(lines for lines, _ in tampered(random, Obligation(text), original))]
            tried += len(candidates)
            assert not any(is_proof(text, candidate) for candidate in candidates)

    assert tried > 200


def faulty_obligations(specification: object) -> Iterator[tuple[str, str]]:
    """The first decision law of a specification that Z3 refutes."""
    obligations = Obligations(specification)  # type: ignore[arg-type]
    for law in laws_of(Kind.DECISION):
        for obligation in obligations.of(law):
            solver = z3.SolverFor("QF_UF")
            solver.add(*obligation.formulas())
            if solver.check() == z3.sat:
                yield obligation.id, smt2(obligation)
                return


def tampered(random: Random, obligation: Obligation, lines: list[str]) -> Iterator[tuple[list[str], int]]:
    """Lines with one changed or added, and which it is."""
    truths = [number for number, sort in enumerate(obligation.sort_of) if sort == "Bool"]

    def some_literal() -> str:
        return str(random.choice((1, -1)) * random.choice(truths))

    for at in range(len(lines) - 1):
        *words, _ = lines[at].split()
        place = random.randrange(len(words))
        others = [
            [*words[:place], some_literal(), *words[place + 1 :]],
            [*words[:place], *words[place + 1 :]],
            [*words, some_literal()],
            words[1:] if words[0] == "t" else ["t", *words],
            [word if word == "t" else str(-int(word)) for word in words],
        ]
        for other in others:
            yield [*lines[:at], " ".join([*other, "0"]), *lines[at + 1 :]], at
        yield [*lines[:at], f"{random.choice(('', 't '))}{some_literal()} 0", *lines[at:]], at
        yield [*lines[:at], f"t {some_literal()} {some_literal()} 0", *lines[at:]], at


@attrs.frozen(slots=False)
class Judge:
    """Whether Z3 finds that a line follows: by what equality means, or from the clauses and lines before it."""

    obligation: Obligation

    @cached_property
    def clauses(self) -> z3.Solver:
        """The clauses of the obligation, of truths that mean nothing else."""
        solver = z3.Solver()
        solver.add(*map(_either, self.obligation.clauses))
        return solver

    @cached_property
    def declarations(self) -> str:
        sorts = "".join(f"(declare-sort {sort} 0)" for sort in self.obligation.sorts if sort != "Bool")
        functions = "".join(
            f"(declare-fun {name} ({' '.join(domain)}) {result})"
            for name, (domain, result) in self.obligation.functions.items()
            if name != "true"
        )
        return sorts + functions

    def follows(self, lines: list[str], at: int) -> bool:
        *before, clause = ([int(word) for word in line.split() if word not in ("t", "0")] for line in lines[: at + 1])
        if lines[at].startswith("t"):
            negated = "".join(f"(assert (not {meaning(self.obligation, literal)}))" for literal in clause)
            return answer(self.declarations + negated) == "unsat"
        self.clauses.push()
        self.clauses.add(*map(_either, before), *(_either([-literal]) for literal in clause))
        answered = self.clauses.check()
        self.clauses.pop()
        return bool(answered == z3.unsat)


def _either(clause: list[int]) -> z3.BoolRef:
    return z3.Or(*(z3.Bool(str(literal)) if literal > 0 else z3.Not(z3.Bool(str(-literal))) for literal in clause))
