"""Whether a law can fail: a faulty specification that it refutes, kept for each law, and refuted again in each run.

A law that refutes none of the gallery is hollow: nothing shows that it says anything. `python -m runas_solver.hollow`
chooses anew which faulty specification is kept for each law, as few as will do.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain, product
from pathlib import Path

import attrs
import z3

from runas_model.specification.operations import OPERATIONS
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS, Law
from runas_solver.asking import RLIMIT, Asked, ask
from runas_solver.counterexamples import Counterexample, counterexample
from runas_solver.obligations import DECISION, INITIALLY, Obligation, Obligations, changed_parts

__all__ = ["KEPT", "Caught", "Trials"]

KEPT = files("runas_solver") / "caught.json"
"""For each law, the faulty specification that it refutes, and what the refuted obligation is about."""
NEEDED = "add one to properties/runas_properties/gallery/specifications/ that each of them catches"


@attrs.frozen
class Caught:
    """A faulty specification that a law refutes: about what, a counterexample, and what it took of the solver."""

    fault: str
    about: str
    counterexample: Counterexample
    rlimit: int


class Trials:
    """Faulty specifications, each asked whether laws refute it."""

    def __init__(self, rlimit: int = RLIMIT) -> None:
        self.rlimit = rlimit
        self._of: dict[str, Obligations] = {}

    def caught_by(self, law: Law) -> Caught | None:
        """A faulty specification that the law refutes: the kept one, else the first of all; None for a hollow law."""
        for fault, obligation, asked in self.refuted(law, chain(_kept(law), _all())):
            found = counterexample(self._obligations(fault), obligation, asked.solver, smallest=False)
            return Caught(fault, obligation.about, found, asked.rlimit)
        return None

    def refuted(self, law: Law, trials: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Obligation, Asked]]:
        """Of some faulty specifications, each with what to ask about, those that the law refutes."""
        for fault, about in trials:
            obligations = self._obligations(fault)
            if about not in obligations.about(law):
                continue
            obligation = obligations.obligation(law, about)
            if not obligation.parts & changed_parts(obligations.specification):
                continue
            asked = ask(obligation.formulas(), self.rlimit)
            if asked.answer == z3.sat:
                yield fault, obligation, asked

    def _obligations(self, fault: str) -> Obligations:
        if fault not in self._of:
            self._of[fault] = Obligations(FAULTY_SPECIFICATIONS[fault].specification)
        return self._of[fault]


def _all() -> Iterator[tuple[str, str]]:
    """Every faulty specification, with everything that laws are about."""
    return product(FAULTY_SPECIFICATIONS, (DECISION, INITIALLY, *OPERATIONS))


@cache
def _table() -> dict[str, list[str]]:
    return dict(json.loads(KEPT.read_text(encoding="utf-8")))


def _kept(law: Law) -> list[tuple[str, str]]:
    """The faulty specification that is kept for a law, if one is that still exists."""
    fault, about = _table().get(law.id, ("", ""))
    return [(fault, about)] if fault in FAULTY_SPECIFICATIONS else []


def main(arguments: Sequence[str]) -> None:
    """Choose and keep for each law a faulty specification that it refutes, so that there are few of them in all.

    After `--kept`, what is kept stays for the laws that still refute it; the file to write may be named.
    """
    trials = Trials()
    kept = {law: list(one) for law, one in _still_refuted(trials)} if "--kept" in arguments else {}
    left = [law for law in LAWS.values() if law.id not in kept]
    refuted = {law.id: {fault: one.about for fault, one, _ in trials.refuted(law, _all())} for law in left}
    if hollow := [law for law, faults in refuted.items() if not faults]:
        raise SystemExit(f"hollow laws, which refute no faulty specification: {', '.join(hollow)}; {NEEDED}")
    used = Counter(fault for fault, _ in kept.values())
    while missing := [law for law in refuted if law not in kept]:
        catching = Counter(fault for law in missing for fault in refuted[law])
        fault = max(catching, key=lambda fault: (fault in used, catching[fault]))
        kept |= {law: [fault, refuted[law][fault]] for law in missing if fault in refuted[law]}
    path = next((Path(argument) for argument in arguments if argument != "--kept"), Path(str(KEPT)))
    path.write_text(json.dumps({law: kept[law] for law in LAWS}, indent=1) + "\n", encoding="utf-8")
    print(f"{len(kept)} laws, {len({fault for fault, _ in kept.values()})} faulty specifications")


def _still_refuted(trials: Trials) -> Iterator[tuple[str, tuple[str, str]]]:
    """The laws that still refute the faulty specification that is kept for them, with it."""
    for law in LAWS.values():
        for fault, obligation, _ in trials.refuted(law, _kept(law)):
            yield law.id, (fault, obligation.about)


if __name__ == "__main__":
    main(sys.argv[1:])
