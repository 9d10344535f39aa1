"""The compiled decision is the rulebook's: proved on every path through it, for all situations under all readings.

Its source is made of a few forms (`forms`) that cannot tell symbolic values from real ones. The code itself runs, on a
situation and a reading of the symbolic universe that settle one truth at a time: each truth that the code asks for has
two cases, each enumerated value as many as it has members, and the code runs again until no case is left. That gives
its paths: what was asked on each, with the answers, and the decision at its end. Then Z3 shows that the rulebook
decides the same wherever a path is taken, and that everywhere exactly one path is.

What is taken for granted of the values that code is given:

- a truth is `True` or `False`, and an enumerated value one of its members, so that `is` and `==` tell the same of it;
- a name is known by `==` alone: what else can be asked of a text (its length, its hash) ends the proof;
- a uid or gid is known by `==` alone, and one that is the constant of a rule is equal to it;
- a name, a uid or a gid in a situation is never None; what a decision to refuse has for an OS user is;
- a table gives the same for the same name, and something for every name: where it holds nothing, its default;
- nothing else is taken to agree: `tag_blank` and `default_named` may be either, whatever the names are.

And of the code: that it does the same whenever it is given the same. Code that remembers what it was given is refused
where it then asks something else, and its answers are held to the rulebook as any others.
"""

import time
from collections.abc import Iterator, Sequence
from enum import Enum, EnumType
from typing import Any

import attrs
import z3

from runas_model import decide as compiled_decide
from runas_model.specification.decision import Decide, decide_by
from runas_model.specification.readings import DEFAULT, Reading, all_readings
from runas_model.specification.rulebook import RULEBOOK, Rule
from runas_model.specification.vocabulary import Decision, Name, Reason, RuleId, Situation
from runas_model.stories.situations import outcome, tell_facts, tell_reading
from runas_model.universes.connectives import all_of, field_names
from runas_solver.decoding import Decoder
from runas_solver.forms import deviation
from runas_solver.proofs import RLIMIT, Verdict
from runas_solver.terms import SymbolicTable, Truth, Value, formula
from runas_solver.universe import Universe

__all__ = ["Agreement", "Path", "paths_of", "prove_compiled", "prove_followed"]

MOST = 2_000
"""The most paths that are followed; the rulebook's decision has some hundreds."""


@attrs.frozen
class Agreement:
    """The verdict on a compiled decision, and the number of its paths that some situation takes.

    `detail` says where it differs, or why nothing is known.
    """

    verdict: Verdict
    paths: int
    milliseconds: float
    detail: str = ""

    @property
    def holds(self) -> bool:
        return self.verdict is Verdict.PROVED

    @property
    def readings(self) -> int:
        """The number of readings that a proof covers."""
        return len(all_readings())


@attrs.frozen
class Path:
    """What was asked on one path and answered, as formulas that hold there, and what was decided at its end."""

    holds: tuple[z3.BoolRef, ...]
    decision: Decision


class Unfollowed(Exception):
    """Code that did what cannot be followed: what, and on which path."""


def prove_compiled(
    decide: Decide = compiled_decide, rules: Sequence[Rule] = RULEBOOK, rlimit: int = RLIMIT
) -> Agreement:
    """Prove that the compiled decision of some rules is the one that they make, by code of the forms in `forms` alone.

    It is undetermined where the code is another, or of other forms; else it is as `prove_followed` says.
    """
    if wrong := deviation(decide, rules):
        return Agreement(Verdict.UNDETERMINED, 0, 0.0, wrong)
    return prove_followed(decide, rules, rlimit)


def prove_followed(decide: Decide, rules: Sequence[Rule] = RULEBOOK, rlimit: int = RLIMIT) -> Agreement:
    """Prove that a decision, as it runs, is the one that `rules` make; asked with a reading, and without one.

    It is taken for granted that code does the same on symbolic values as on real ones. It is refuted only where running
    both on a counterexample confirms that they differ. Never raises for code that raises or cannot be followed, nor for
    a solver that gives up: that is undetermined.
    """
    began = time.perf_counter()
    verdict, count, detail = Verdict.PROVED, 0, ""
    for with_reading in (True, False):
        proof = _Proof(decide, decide_by(rules), with_reading, rlimit)
        try:
            verdict, detail = proof.verdict()
        except (Unfollowed, z3.Z3Exception) as error:
            verdict, detail = Verdict.UNDETERMINED, str(error)
        count += proof.taken
        if verdict is not Verdict.PROVED:
            break
    return Agreement(verdict, count, (time.perf_counter() - began) * 1000, detail)


def paths_of(decide: Decide, *given: Any) -> Iterator[Path]:
    """Every path of a decision on symbolic values: a situation, and a reading or none.

    Raises `Unfollowed` for code that asks what cannot be answered in cases, does not decide, or has too many paths.
    """
    plans: list[Plan] = [()]
    found = 0
    while plans:
        answers = _Answers(plans.pop())
        try:
            decision = decide(*(answers.seen(one) for one in given))
        except Unfollowed:
            raise
        except Exception as error:
            raise Unfollowed(f"it cannot be followed{answers}: {type(error).__name__}: {error}") from error
        if len(answers.asked) < len(answers.plan):
            raise Unfollowed(f"it asked for less when it was run again{answers}")
        if (found := found + 1) > MOST:
            raise Unfollowed(f"it has more than {MOST} paths")
        yield Path(tuple(answers.holds), _decided(decision, answers))
        plans += answers.others()


Plan = tuple[tuple[z3.ExprRef, int], ...]
"""What is asked one after another, each with the number of the case that is the answer."""


class _Answers:
    """The answers on one path: those that are planned, and then always the first case."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.asked: list[tuple[z3.ExprRef, int]] = []
        self.holds: list[z3.BoolRef] = []
        self._cases: list[int] = []
        self._known: dict[int, int] = {}

    def settle(self, question: z3.ExprRef, cases: Sequence[z3.BoolRef]) -> int:
        """Which of some cases it is, of which always one is true and the others are not."""
        number = question.get_id()
        if number not in self._known:
            place = len(self.asked)
            planned, case = self.plan[place] if place < len(self.plan) else (question, 0)
            if not planned.eq(question):
                raise Unfollowed(f"it asked something else when it was run again{self}")
            self.asked.append((question, case))
            self.holds.append(cases[case])
            self._cases.append(len(cases))
            self._known[number] = case
        return self._known[number]

    def others(self) -> Iterator[Plan]:
        """The plans that part from this path later than its own: for each question, one for every other answer."""
        for place in range(len(self.plan), len(self.asked)):
            question, _ = self.asked[place]
            yield from ((*self.asked[:place], (question, case)) for case in range(1, self._cases[place]))

    def seen(self, value: Any) -> Any:
        """A value as code sees it: a truth or an enumerated value is settled now, of others what is asked of them."""
        if isinstance(value, Truth):
            return self.settle(value.term, (value.term, z3.Not(value.term))) == 0
        if isinstance(value, Value) and isinstance(value.sort, EnumType):
            members: list[Enum] = list(value.sort)
            return members[self.settle(value.term, [formula(value == member) for member in members])]
        return _Seen(self, value)

    def __str__(self) -> str:
        return f" where {' and '.join(str(one) for one in self.holds)}" if self.holds else ""


class _Seen:
    """A name, a number, a record or a table of the symbolic universe, as code sees it."""

    def __init__(self, answers: _Answers, value: Any) -> None:
        self._answers, self._value = answers, value

    def __getattr__(self, name: str) -> Any:
        if isinstance(self._value, Value | SymbolicTable) or name not in field_names(type(self._value)):
            raise AttributeError(f"{name} is not known of it")
        return self._answers.seen(getattr(self._value, name))

    def __getitem__(self, key: Any) -> Any:
        return self._answers.seen(self._of(SymbolicTable)[_unseen(key)])

    def has(self, key: Any) -> Any:
        return self._answers.seen(self._of(SymbolicTable).has(_unseen(key)))

    def __eq__(self, other: object) -> Any:
        return self._answers.seen(self._of(Value) == _unseen(other))

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError("what is no truth is asked for one")

    def _of(self, kind: type) -> Any:
        if not isinstance(self._value, kind):
            raise TypeError(f"no {kind.__name__} is asked as one")
        return self._value


def _unseen(value: Any) -> Any:
    return value._value if isinstance(value, _Seen) else value


def _decided(decision: Any, answers: _Answers) -> Decision:
    """The decision at the end of a path. Raises `Unfollowed` where a field is not of the type that it must have."""
    name = _unseen(getattr(decision, "os_user", None))
    is_decision = type(decision) is Decision and (
        type(decision.rule) is str
        and type(decision.starts) is bool
        and (name is None or type(name) is str or (isinstance(name, Value) and name.sort is Name))
        and (decision.reason is None or type(decision.reason) is Reason)
    )
    if not is_decision:
        raise Unfollowed(f"it gave what is no decision{answers}: {decision!r}")
    return Decision(decision.rule, decision.starts, name, decision.reason)


class _Proof:
    """One decision held to another, in a universe of its own; `taken` is the number of paths that something takes."""

    def __init__(self, decide: Decide, by_rules: Decide, with_reading: bool, rlimit: int) -> None:
        self.both = (decide, by_rules)
        self.taken = 0
        self.universe = Universe()
        with self.universe.noting() as self.scope:
            s = self.universe.fresh(Situation, "s")
            either = {name: self.universe.fresh(bool, f"s.{name}") for name in ("tag_blank", "default_named")}
            self.given: tuple[Any, ...] = (attrs.evolve(s, **either),)
            if with_reading:
                self.given += (self.universe.fresh(Reading, "r"),)
        self.solver = z3.SolverFor("QF_UF")
        self.solver.set("rlimit", rlimit)

    def verdict(self) -> tuple[Verdict, str]:
        """Whether the two are one, and what is wrong where they are not."""
        decide, by_rules = self.both
        with self.universe.noting(self.scope) as scope:
            paths = list(paths_of(decide, *self.given))
            expected = by_rules(*self.given)
            same = [self._same(path.decision, expected) for path in paths]
        self.scope = scope
        self.solver.add(*self.universe.axioms(scope))
        for path, is_same in zip(paths, same, strict=True):
            taken = self._check(*path.holds)
            self.taken += taken == z3.sat
            if taken != z3.unsat and (taken == z3.unknown or self._check(*path.holds, z3.Not(is_same)) != z3.unsat):
                return self._differs()
        is_taken = [z3.FreshBool("path") for _ in paths]
        self.solver.add(*(one == z3.And(*path.holds) for one, path in zip(is_taken, paths, strict=True)))
        if not self.taken or self._check(z3.Or(z3.Not(z3.Or(*is_taken)), z3.AtLeast(*is_taken, 2))) != z3.unsat:
            return Verdict.UNDETERMINED, "not every situation takes one of its paths and no other"
        return Verdict.PROVED, ""

    def _check(self, *formulas: z3.BoolRef) -> z3.CheckSatResult:
        self.solver.push()
        self.solver.add(*formulas)
        answer = self.solver.check()
        self.model = self.solver.model() if answer == z3.sat else None
        self.solver.pop()
        return answer

    def _same(self, one: Decision, other: Decision) -> z3.BoolRef:
        sorts = {"rule": RuleId, "os_user": Name, "reason": Reason}
        lifted = [[self.universe.lift(getattr(d, name), sort) for name, sort in sorts.items()] for d in (one, other)]
        return formula(all_of(*(a == b for a, b in zip(*lifted, strict=True)), other.starts == one.starts))

    def _differs(self) -> tuple[Verdict, str]:
        """A situation and a reading at which the two differ, confirmed by running both."""
        if self.model is None:
            return Verdict.UNDETERMINED, "the solver ran out of its budget"
        decoder = Decoder(self.universe, self.model, self.scope)
        given = [decoder.decode(one) for one in self.given]
        got, expected = (decide(*given) for decide in self.both)
        s, *r = given
        where = f"{tell_facts(s, with_ids=True)}, {tell_reading(r[0] if r else DEFAULT)}"
        if got == expected:
            return Verdict.UNDETERMINED, f"where {where}, the proof says that it differs, and running it does not"
        told = [f"{outcome(one)} by {one.rule}" for one in (got, expected)]
        return Verdict.REFUTED, f"{where}: it says {told[0]}, and the rulebook {told[1]}"
