"""What this project does of what its peers were measured on: measured while the pages are made, or counted."""

import contextlib
import io
import time
import timeit
from collections.abc import Callable

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from runas_model import DEFAULT, decide, situation
from runas_properties.explorer import Scope, explore
from runas_properties.gallery.conviction import TRIAL
from runas_properties.stateful.coverage import Coverage
from runas_properties.stateful.machine import RunAsMachine
from spec_site.evidence import proofs

__all__ = ["OURS"]

TRACES = 60


def explored() -> list[str]:
    """The scope of the comparison, every state, no laws."""
    done = explore(Scope(accounts=2, principals=2, instances=1, names=3, sessions=1), DEFAULT, laws=())
    told = f"{done.states:,} states, {done.transitions:,} transitions"
    return [f"**runas-spec explore**, {told}", f"{done.seconds:.1f} s", f"{done.states / done.seconds:,.0f}"]


def proved() -> list[str]:
    """Every obligation of every law."""
    made = [one for proof in proofs().values() for one in proof.discharged]
    whole = sum(proof.milliseconds for proof in proofs().values())
    return [
        "**runas-spec verify**, Z3",
        str(len(made)),
        f"{whole / 1000:.2f} s",
        f"{sum(one.milliseconds for one in made):.0f} ms",
    ]


def walked() -> list[str]:
    """The steered state machine, without an implementation and without laws."""

    class Walk(RunAsMachine):
        coverage = Coverage()
        asks_laws = False

    began = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        run_state_machine_as_test(Walk, settings=settings(TRIAL, max_examples=TRACES))
    seconds = time.perf_counter() - began
    steps = Walk.coverage.steps / seconds
    return [
        "**runas-spec**, the steered machine, 50 steps",
        f"{steps:,.0f}",
        f"{Walk.coverage.share_with_run_as_on:.0%}",
    ]


def decided() -> list[str]:
    """One decision on a prepared situation: the best of several runs."""
    s = situation(run_as_enabled=True, tag="alice", default_user="ops", users=["alice", "ops"])
    number = 20_000
    seconds = min(timeit.repeat(lambda: decide(s), number=number, repeat=5))
    return ["**runas-spec**, `decide`", f"{seconds / number * 1e9:,.0f} ns"]


OURS: dict[str, Callable[[], list[str]]] = {"explore": explored, "prove": proved, "walk": walked, "decide": decided}
"""What makes our row in a table, by the name that the data has for it."""
