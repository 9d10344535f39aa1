"""The gallery of faulty specifications: which laws convict each, with a counterexample; or that it is equivalent."""

import os
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import active_children, get_context, parent_process

import attrs
import z3

from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_solver.asking import RLIMIT, ask
from runas_solver.equivalence import differences
from runas_solver.obligations import Obligation, Obligations, changed_parts
from runas_solver.proofs import Verdict, discharge

__all__ = ["Conviction", "convict", "convict_all"]

LOT = 8
"""Faulty specifications that a process takes at a time."""


@attrs.frozen
class Conviction:
    """The laws that a faulty specification breaks, each with what the failed obligations are about; and one story.

    `equivalent` where it breaks none because it makes no difference, which is proved.
    """

    fault: str
    title: str
    laws: dict[str, list[str]]
    story: str
    equivalent: bool
    undetermined: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Convicted by a law, or proved to be equivalent; and the solver knew everything that it was asked."""
        return (bool(self.laws) or self.equivalent) and not self.undetermined


def convict_all(faults: Iterable[str] | None = None, processes: int = 2) -> Iterator[Conviction]:
    """Every faulty specification put on trial, in order, in some processes at a time."""
    names = list(FAULTY_SPECIFICATIONS if faults is None else faults)
    others = set(active_children())
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_serve) as pool:
        trials = [pool.submit(_convict_each, some) for some in _in_lots(names)]
        try:
            for trial in trials:
                yield from trial.result()
        except BaseException:  # such as a signal, after which nobody waits for what they are at
            for worker in set(active_children()) - others:
                worker.kill()
            raise


def _in_lots(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[at : at + LOT] for at in range(0, len(names), LOT))


def _convict_each(faults: Sequence[str]) -> list[Conviction]:
    return [convict(fault) for fault in faults]


def _serve() -> None:
    """Leave Ctrl-C to the process that this one works for, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    z3.set_param("ctrl_c", False)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def convict(fault: str, rlimit: int = RLIMIT) -> Conviction:
    """Put one faulty specification on trial: only what it changes is asked of the solver."""
    faulty = FAULTY_SPECIFICATIONS[fault]
    obligations = Obligations(faulty.specification)
    laws: dict[str, list[str]] = {}
    undetermined = []
    failed: Obligation | None = None
    changed = changed_parts(faulty.specification)
    for law, about, parts in _questions():
        if not parts & changed:
            continue
        obligation = obligations.obligation(LAWS[law], about)
        answer = ask(obligation.formulas(), rlimit).answer
        if answer == z3.sat:
            laws.setdefault(law, []).append(about)
            failed = failed or obligation
        elif answer != z3.unsat:
            undetermined.append(obligation.id)
    story = ""
    if failed is not None:
        found = discharge(failed, obligations, rlimit)
        if found.verdict is Verdict.REFUTED and found.counterexample is not None:
            story = found.counterexample.story
    equivalent = not laws and not any(differences(faulty.specification))
    return Conviction(fault, faulty.title, laws, story, equivalent, tuple(undetermined))


@cache
def _questions() -> list[tuple[str, str, set[str]]]:
    """Law, subject and parts of each obligation of the real specification."""
    return [(one.law.id, one.about, one.parts) for one in Obligations()]
