"""What `runas-spec verify` shows besides the laws: that they leave no choice, and that what is kept still holds."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import attrs

from runas_properties.conformance.vectors.expectations import stale
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.explorer.traces import shortest_traces
from runas_properties.laws.readings import problems
from runas_properties.oracle.recorded import check_agent
from runas_solver.asking import RLIMIT
from runas_solver.compiled import Agreement, prove_compiled
from runas_solver.free import FreeChoice, free_choices
from runas_solver.obligations import DECISION, INITIALLY
from runas_solver.proofs import Verdict
from runas_solver.uniqueness import OPERATIONS, SITUATION, Determined, determined

__all__ = ["Besides", "besides", "first_wrong"]

SUBJECTS = {
    DECISION: "any decision that obeys the decision laws",
    INITIALLY: "any initial state that obeys its laws",
    SITUATION: "any view of a state that obeys the laws",
    OPERATIONS: "the machine's operations, with their arguments",
}
"""What is held to be this specification's, where it is not an operation."""


@attrs.frozen
class Besides:
    """What is shown besides the laws; what is not as it should be is told in words.

    `wrong` is of the readings, `stale` of the kept vectors, `replayed` of the kept traces.
    """

    compiled: Agreement
    determined: tuple[Determined, ...]
    free: tuple[FreeChoice, ...]
    wrong: tuple[str, ...]
    stale: tuple[str, ...]
    vectors: int
    replayed: tuple[str, ...]
    traces: int

    @property
    def holds(self) -> bool:
        unique = bool(self.determined) and all(one.holds for one in self.determined)
        return (
            self.compiled.holds
            and unique
            and 0 not in (self.vectors, self.traces)
            and not (self.wrong or self.stale or self.replayed)
        )

    def lines(self, details: bool = False) -> Iterator[str]:
        """Each in a line, with what is not as it should be under it, and with `details` all that it consists of."""
        yield from self._of_uniqueness(details)
        yield from self._of_compiled()
        yield f"readings, profiles and their clauses: {_count(self.wrong)}"
        yield from (f"  {line}" for line in self.wrong)
        yield f"{self.traces:,} kept traces applied again: {_count(self.replayed)}"
        yield from (f"  {line}" for line in self.replayed[:TOLD])
        yield f"{self.vectors:,} kept vectors decided again: {_count(self.stale)}"
        yield from (f"  {line}" for line in self.stale[:TOLD])
        if self.stale:
            yield "  where the change is meant: make renew"

    def _of_compiled(self) -> Iterator[str]:
        compiled = self.compiled
        how = "equals the rulebook's" if compiled.holds else "is not shown to equal the rulebook's"
        yield (
            f"the decision as it is compiled {how}: {compiled.verdict.value}, {compiled.paths} paths under "
            f"{compiled.readings} readings, {compiled.milliseconds:.0f} ms"
        )
        if compiled.detail:
            yield f"  {compiled.detail}"

    def _of_uniqueness(self, details: bool) -> Iterator[str]:
        holds = all(one.holds for one in self.determined)
        yield (
            f"the laws leave {'no choice' if holds else 'a choice'}: any decision and any machine that obey them "
            f"{'are' if holds else 'are not shown to be'} these, rlimit {sum(one.rlimit for one in self.determined):,}"
        )
        if details:
            yield from self._of_each_determined()
        else:
            yield from (f"  {_about(one)}: {_told(one)}" for one in self.determined if not one.holds)

    def _of_each_determined(self) -> Iterator[str]:
        yield from (f"  {SUBJECTS[one.about]}: {_told(one)}" for one in self.determined if one.about in SUBJECTS)
        operations = [one for one in self.determined if one.about not in SUBJECTS]
        alike = [one for one in operations if one.holds]
        if alike:
            compared = ", ".join(dict.fromkeys(what for one in alike for what in one.compared))
            yield f"  any operation that obeys the laws, {len(alike)} of {len(operations)}: the same in {compared}"
        yield from (f"  {_about(one)}: {_told(one)}" for one in operations if not one.holds)
        yield "free on purpose, which of two true errors is told:"
        yield from (f"  {choice.operation}: {' or '.join(choice.errors)}" for choice in self.free)

    def as_data(self) -> dict[str, Any]:
        """The same as plain data."""
        return {
            "compiled": {
                "verdict": self.compiled.verdict.value,
                "paths": self.compiled.paths,
                "readings": self.compiled.readings,
                "milliseconds": self.compiled.milliseconds,
                "detail": self.compiled.detail,
            },
            "determined": [
                {
                    "about": one.about,
                    "verdict": one.verdict.value,
                    "same": [what for what in one.compared if what not in one.open],
                    "open": list(one.open),
                    "rlimit": one.rlimit,
                }
                for one in self.determined
            ],
            "free": [{"operation": choice.operation, "errors": list(choice.errors)} for choice in self.free],
            "readings": {"wrong": list(self.wrong)},
            "traces": {"count": self.traces, "wrong": list(self.replayed)},
            "vectors": {"count": self.vectors, "stale": list(self.stale)},
        }


TOLD = 5
"""How many of those that are not as they should be are told."""


def first_wrong() -> str:
    """What is quick to see and not as it should be, the first of it; empty if all is."""
    return next(chain(problems(), _replayed(), stale(vectors())), "") or (
        "" if check_agent().holds else "recorded decisions are unexplained"
    )


def besides(rlimit: int = RLIMIT) -> Besides:
    """All of it, shown now."""
    every = vectors()
    return Besides(
        compiled=prove_compiled(rlimit=rlimit),
        determined=tuple(determined(rlimit=rlimit)),
        free=tuple(free_choices(rlimit=rlimit)),
        wrong=tuple(problems()),
        stale=tuple(stale(every)),
        vectors=len(every),
        replayed=tuple(_replayed()),
        traces=len(shortest_traces()),
    )


def _replayed() -> Iterator[str]:
    """What is done otherwise where a kept trace is applied again."""
    return filter(None, (trace.applied_otherwise() for trace in shortest_traces().values()))


def _about(one: Determined) -> str:
    return SUBJECTS.get(one.about, f"any {one.about} that obeys the laws")


def _told(one: Determined) -> str:
    if one.holds:
        return f"the same in {', '.join(one.compared)}"
    how = "undetermined" if one.verdict is Verdict.UNDETERMINED else "another is possible"
    return f"{how} in {', '.join(one.open) or 'what cannot be told apart'}"


def _count(wrong: Sequence[str]) -> str:
    return f"{len(wrong)} wrong" if wrong else "all as they should be"
