"""A certificate as a Coq proof: the assertions of an obligation lead to False, whatever its sorts and functions are.

A clause is a function from the negations of its literals to False, so that no step needs the excluded middle. What an
`ite` of values is worth is a variable, of which two hypotheses say that it is the one value or the other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from runas_solver.checker import Obligation

__all__ = ["as_coq"]

Clause = tuple[int, ...]


def as_coq(text: str, certificate: str, theorem: str) -> str:
    """A module of Coq with the theorem, which prints at its end what the theorem assumes: nothing."""
    return "\n".join(_Replay(Obligation(text), certificate.split("\n")[1:-1]).lines(theorem))


@attrs.define
class _Step:
    """A clause, how it is proved in Coq, and whether anything needs it."""

    clause: Clause
    proof: str
    is_lemma: bool = False
    is_needed: bool = False


class _Replay:
    """Coq's names: `T7` for an `ite`, `P7` for a truth, `C9` for a clause, `y7` and `n7` for proofs of 7 and of -7."""

    def __init__(self, obligation: Obligation, certificate: Sequence[str]) -> None:
        self.obligation = obligation
        self.containing: dict[int, list[int]] = defaultdict(list)
        self.units: list[int] = []
        self.steps: list[_Step] = []
        self.assertions: dict[int, int] = {}
        meant = dict(self._meant())
        for given in map(tuple, obligation.clauses):
            self._add(_Step(given, meant[given] if given in meant else self._asserted(*given)))
        for line in certificate:
            clause = tuple(int(word) for word in line.split() if word not in ("t", "0"))
            is_lemma = line.startswith("t")
            self._add(_Step(clause, _by_congruence(clause) if is_lemma else self._by_units(clause), is_lemma))
        self.steps[-1].is_needed = True
        for step in reversed(self.steps):
            for used in re.findall(r"\bC(\d+)\b", step.proof) if step.is_needed else []:
                self.steps[int(used)].is_needed = True

    def lines(self, theorem: str) -> Iterator[str]:
        needed = [(number, step) for number, step in enumerate(self.steps) if step.is_needed]
        yield f"Module {theorem}. Section {theorem}."
        yield from self._declarations()
        yield from (self._lemma(number) for number, step in needed if step.is_lemma)
        yield from self._hypotheses()
        yield from (self._lemma(number) for number, step in needed if not step.is_lemma)
        yield f"Theorem {theorem} : False. Proof. exact C{len(self.steps) - 1}. Qed."
        yield f"End {theorem}. Print Assumptions {theorem}. End {theorem}."

    def _add(self, step: _Step) -> None:
        """Add a clause, listed under its literals."""
        for literal in set(step.clause):
            self.containing[literal].append(len(self.steps))
        if len(set(step.clause)) == 1:
            self.units.append(len(self.steps))
        self.steps.append(step)

    def _declarations(self) -> Iterator[str]:
        """The sorts and functions of the obligation, an unknown value for each `ite`, and what each truth is."""
        obligation = self.obligation
        yield from (f"Variable {_symbol(sort)} : Type." for sort in obligation.sorts if sort != "Bool")
        for name, (arguments, result) in obligation.functions.items():
            if name != "true":
                sorts = [*map(_symbol, arguments), "Prop" if result == "Bool" else _symbol(result)]
                yield f"Variable {_symbol(name)} : {' -> '.join(sorts)}."
        for number, (head, parts) in enumerate(obligation.terms[1:], 1):
            if obligation.sort_of[number] == "Bool":
                yield f"Definition P{number} : Prop := {self._meaning(head, parts)}."
            elif head == "ite":
                yield f"Variable T{number} : {_symbol(obligation.sort_of[number])}."

    def _hypotheses(self) -> Iterator[str]:
        """The assertions, and which of two values each `ite` is."""
        for number, (head, parts) in enumerate(self.obligation.terms[1:], 1):
            if head == "ite" and self.obligation.sort_of[number] != "Bool":
                condition, then, otherwise = parts
                yield f"Hypothesis if{number} : {_literal(condition)} -> {self._equation(number, then)}."
                yield f"Hypothesis else{number} : ~ {_literal(condition)} -> {self._equation(number, otherwise)}."
        for number, literal in self.assertions.items():
            yield f"Hypothesis A{number} : {_literal(literal)}."

    def _asserted(self, literal: int) -> str:
        """The proof of an assertion: there is no other clause that does not say what a term means."""
        number = len(self.steps)
        self.assertions[number] = literal
        return f"intro no. exact ({_absurd(literal, f'A{number}', 'no')})."

    def _meaning(self, head: str, parts: tuple[int, ...]) -> str:
        match head:
            case "true":
                return "True"
            case "and":
                return " /\\ ".join(map(_literal, parts))
            case "ite":
                condition, then, otherwise = map(_literal, parts)
                return f"({condition} -> {then}) /\\ (~ {condition} -> {otherwise})"
            case "=":
                return self._equation(*parts)
        return self._applied(head, parts)

    def _equation(self, one: int, other: int) -> str:
        return f"{self._value(min(one, other))} = {self._value(max(one, other))}"

    def _value(self, number: int) -> str:
        head, parts = self.obligation.terms[number]
        return f"T{number}" if head == "ite" else self._applied(head, parts)

    def _applied(self, head: str, parts: tuple[int, ...]) -> str:
        return f"({' '.join([_symbol(head), *map(self._value, parts)])})" if parts else _symbol(head)

    def _meant(self) -> Iterator[tuple[Clause, str]]:
        """The clauses that say what a term means, each with its proof: a term of Coq."""
        for number, (head, parts) in enumerate(self.obligation.terms[1:], 1):
            if head == "true":
                yield (number,), "intro no. exact (no I)."
            elif head == "and":
                yield from _meant_by_and(number, parts)
            elif head == "ite" and self.obligation.sort_of[number] == "Bool":
                yield from _meant_by_ite(number, *parts)
            elif head == "ite":
                condition, then, otherwise = parts
                other = _not_the(condition)
                one, two = (self.obligation.equal(number, branch) for branch in (then, otherwise))
                yield (-condition, one), f"exact (fun c no => no (if{number} c))."
                yield (condition, two), f"exact (fun c no => no (else{number} {other}))."

    def _lemma(self, number: int) -> str:
        step = self.steps[number]
        supposed = "".join(f"{_literal(-one)} -> " for one in step.clause)
        return f"Lemma C{number} : {supposed}False. Proof. {step.proof} Qed."

    def _by_units(self, clause: Clause) -> str:
        """Unit propagation as a term: each clause with one literal left is applied to what comes of that literal."""
        proof = ""
        for number, left in reversed(self._propagated(clause)):
            applied = " ".join([f"C{number}", *(_applied_to(one, left, proof) for one in self.steps[number].clause)])
            if left < 0:
                proof = f"let {_proof(left)} : ~ P{-left} := fun {_proof(-left)} : P{-left} => {applied} in {proof}"
            else:
                proof = applied
        assumed = " ".join(_proof(-literal) for literal in clause)
        return f"exact ({f'fun {assumed} => ' if clause else ''}{proof})."

    def _propagated(self, clause: Clause) -> list[tuple[int, int]]:
        """The clauses that propagate to a contradiction, each with the literal left; 0 for the last, which has none."""
        true, reasons = set[int](), dict[int, int]()
        order: list[int] = []
        todo = [(-literal, -1) for literal in clause] + [(self.steps[unit].clause[0], unit) for unit in self.units]
        conflict = next((number for number, step in enumerate(self.steps) if not step.clause), None)
        while conflict is None:
            literal, reason = todo.pop(0)
            if literal in true:
                continue
            if -literal in true:
                conflict = reason
                break
            true.add(literal)
            if reason >= 0:
                reasons[literal] = reason
                order.append(literal)
            for number in self.containing[-literal]:
                left = {one for one in self.steps[number].clause if -one not in true}
                if not left:
                    conflict = number
                    break
                if len(left) == 1:
                    todo.append((left.pop(), number))
        wanted = {-one for one in self.steps[conflict].clause}
        chain = [(conflict, 0)]
        for literal in reversed(order):
            if literal in wanted:
                chain.append((reasons[literal], literal))
                wanted |= {-one for one in self.steps[reasons[literal]].clause if one != literal}
        return chain[::-1]


def _meant_by_and(number: int, parts: tuple[int, ...]) -> Iterator[tuple[Clause, str]]:
    names = [f"a{place}" for place in range(len(parts))]
    yield (number, *(-part for part in parts)), f"exact (fun no {' '.join(names)} => no {_pairs(names)})."
    for place, part in enumerate(parts):
        projected = f"{'proj2 (' * place}yes{')' * place}"
        if place < len(parts) - 1:
            projected = f"proj1 ({projected})"
        yield (-number, part), f"exact (fun yes no => {_absurd(part, f'({projected})', 'no')})."


def _meant_by_ite(number: int, condition: int, then: int, otherwise: int) -> Iterator[tuple[Clause, str]]:
    one, other = "(proj1 yes c)", f"(proj2 yes {_not_the(condition)})"
    yield (-number, -condition, then), f"exact (fun yes c no => {_absurd(then, one, 'no')})."
    yield (-number, condition, otherwise), f"exact (fun yes c no => {_absurd(otherwise, other, 'no')})."
    one, other = "False_ind _ (f c)", f"False_ind _ ({_absurd(condition, 'f', 'c')})"
    yield (number, -condition, -then), f"exact (fun no c a => no (conj (fun _ => a) (fun f => {one})))."
    yield (number, condition, -otherwise), f"exact (fun no c b => no (conj (fun f => {other}) (fun _ => b)))."


def _not_the(condition: int) -> str:
    """A proof that a condition does not hold, of what a clause supposes of it."""
    return "c" if condition > 0 else "(fun f => f c)"


def _applied_to(literal: int, left: int, proof: str) -> str:
    """What a clause is applied to: that a literal is false, for the one that is left, what comes of it."""
    return f"(fun {_proof(left)} : P{left} => {proof})" if literal == left > 0 else _proof(-literal)


def _by_congruence(clause: Clause) -> str:
    return f"unfold {', '.join(f'P{number}' for number in sorted(set(map(abs, clause))))}; congruence."


def _absurd(literal: int, proof: str, negation: str) -> str:
    """False, of a proof of a literal and one of its negation."""
    return f"{negation} {proof}" if literal > 0 else f"{proof} {negation}"


def _pairs(proofs: Sequence[str]) -> str:
    """The proof of a conjunction, from right to left."""
    *before, paired = proofs
    for proof in reversed(before):
        paired = f"(conj {proof} {paired})"
    return paired


def _symbol(name: str) -> str:
    """A name of Coq for a symbol of SMT-LIB, which no other symbol has."""
    return "s_" + re.sub(r"[^A-Za-z0-9]", lambda found: f"_{ord(found[0]):x}_", name)


def _literal(literal: int) -> str:
    return f"P{literal}" if literal > 0 else f"~ P{-literal}"


def _proof(literal: int) -> str:
    """The name of the proof that a literal holds."""
    return f"y{literal}" if literal > 0 else f"n{-literal}"
