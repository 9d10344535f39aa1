"""The decision written from the prose alone, joined with the specification's: what the two say of one situation.

The independent one is `decision.smt2`; `link.smt2` says which of its constants is which field of a situation or a
reading, and when the two say the same.
"""

from pathlib import Path
from typing import get_type_hints

import z3

from runas_model import SPECIFICATION, Reading, Situation, Specification
from runas_model.specification.vocabulary import (
    ROOT,
    SSM_USER,
    SUPERUSER_ID,
    Decision,
    Name,
    Platform,
    PosixId,
    Reason,
    Switch,
)
from runas_model.stories.situations import plain, tell
from runas_model.universes.connectives import all_of, field_names
from runas_solver.decoding import Decoder
from runas_solver.smtlib import as_smt2
from runas_solver.terms import Value, formula
from runas_solver.universe import Universe

__all__ = ["ENCODING", "ENDS", "Joined"]

ENCODING = Path(__file__).with_name("decision.smt2").read_text("utf-8")
LINK = Path(__file__).with_name("link.smt2").read_text("utf-8")
ENDS = ("session", "unreadable", "is-ssm-user", "is-superuser", "is-missing", "nobody")
"""The possible ends of the encoding."""


class Joined:
    """A specification's decision in a universe of its own, and its text to put beside an encoding."""

    def __init__(self, specification: Specification = SPECIFICATION) -> None:
        self.specification = specification
        self.universe = universe = Universe()
        with universe.noting() as self.scope:
            self.situation: Situation = universe.fresh(Situation, "s")
            self.reading: Reading = universe.fresh(Reading, "r")
            decision: Decision = specification.decide(self.situation, self.reading)
            said = [
                formula(decision.starts) == z3.Bool("d.starts"),
                universe.lift(decision.os_user, Name).term == z3.Const("d.os_user", universe.z3_sort(Name)),
                universe.lift(decision.reason, Reason).term == z3.Const("d.reason", universe.z3_sort(Reason)),
            ]
            self._mention()
        terms = [truth.term for truth in self.scope.truths.values()]
        terms += [value.term for value in self.scope.values.values()]
        declared = [term == term for term in terms]
        self.text = as_smt2([*universe.axioms(self.scope), *said, *declared])

    def _mention(self) -> None:
        """Let all come up that `link.smt2` speaks of, also what these rules never ask for."""
        for kind in (Platform, Switch, *get_type_hints(Reading).values(), Reason):
            for member in (*kind, None):
                self.universe.lift(member, kind)
        for name in (SSM_USER, ROOT, None):
            self.universe.lift(name, Name)
        self.universe.lift(SUPERUSER_ID, PosixId)
        for name in (self.situation.tag, self.situation.default_user):
            _ = self.situation.os_users.has(name), self.situation.os_users[name]

    def beside(self, encoding: str, *asserted: str) -> str:
        """An encoding, the specification, how they are linked, and what is asserted of them, as SMT-LIB text."""
        shared = f"(declare-sort {Name.__name__} 0)\n"
        logic = "(set-logic QF_UF)\n"
        _, specification = self.text.replace(shared, "").replace("(check-sat)\n", "").split(logic)
        more = "".join(f"(assert {one})\n" for one in asserted)
        return f"{encoding}\n{specification}\n{LINK}\n{more}(check-sat)\n"

    def question(self, encoding: str = ENCODING) -> str:
        """Whether the two ever say something else, in any situation and under any reading: unsatisfiable if not."""
        return self.beside(encoding, "(not same)")

    def solver(self, text: str, reading: Reading | None = None) -> z3.Solver:
        """Z3 with such a text, under one reading or all."""
        solver = z3.Solver()
        solver.from_string(text)
        if reading is not None:
            names = field_names(Reading)
            solver.add(formula(all_of(*(getattr(self.reading, name) == getattr(reading, name) for name in names))))
        return solver

    def difference(self, encoding: str) -> str | None:
        """A situation in which the two say something else, confirmed by running the specification; None if none."""
        solver = self.solver(self.question(encoding))
        if solver.check() == z3.unsat:
            return None
        model = solver.model()
        decoder = Decoder(self.universe, model, self.scope)
        situation, reading = decoder.decode(self.situation), decoder.decode(self.reading)
        decision = self.specification.decide(situation, reading)
        rule = next(rule for rule in self.specification.rules if rule.id == decision.rule)
        return f"{tell(situation, decision, rule, reading)}; the encoding says {self._said(decoder, model)}"

    def _said(self, decoder: Decoder, model: z3.ModelRef) -> str:
        sort = z3.DeclareSort("End")
        said = model.eval(z3.Const("said", sort), model_completion=True)
        end = next(end for end in ENDS if said.eq(model.eval(z3.Const(end, sort), model_completion=True)))
        if end != "session":
            return end
        user = Value(self.universe, Name, z3.Const("said-user", self.universe.z3_sort(Name)))
        return f"a session as {plain(decoder.decode(user))}"
