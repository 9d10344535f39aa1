"""The explorer, measured: run with `make bench`."""

import subprocess
import sys

import attrs
import pytest

from runas_properties.explorer import Scope, explore

SCOPE = Scope(accounts=2, principals=2, instances=1, names=3, sessions=1)


@pytest.mark.parametrize("laws", [(), None], ids=["laws off", "laws on"])
@pytest.mark.benchmark(group="explore 2 accounts, 2 principals, 1 instance, 3 names, 1 session")
def test_explore(benchmark, keep, laws) -> None:  # type: ignore[no-untyped-def]
    done = benchmark.pedantic(explore, (SCOPE,), {"laws": laws}, rounds=5)

    assert done.complete
    fastest = benchmark.stats.stats.min
    print(
        f"\n{'laws off' if laws == () else 'laws on'}: {done.states:,} states, {done.transitions:,} transitions, "
        f"{done.states / fastest:,.0f} states/s, {done.transitions / fastest:,.0f} transitions/s"
    )
    if laws == ():
        seconds = benchmark.stats.stats.data
        keep("explore-states", "States", "of this scope, under the reading `default`", "states", [done.states])
        keep("explore-transitions", "Transitions", "between them", "transitions", [done.transitions])
        covers = "visiting every state, no laws checked, importing not included"
        keep("explore-seconds", "Exploring", covers, "s", seconds)
        rates = [done.states / round for round in seconds]
        keep("explore-rate", "States a second", "the states over that time", "states/s", rates)


EVERY_NOUN = attrs.astuple(Scope(1, 1, 1, 1, 1, regions=2, documents=2, role_sessions=1))
"""Two Regions, a session document beside the preferences, and a role session."""

MEASURE = """
import sys
from runas_properties.explorer import Scope, explore
done = explore(Scope(*map(int, sys.argv[2:])), laws=None if sys.argv[1] == "on" else ())
assert done.complete and not done.broken
(peak,) = (int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(
    f"{done.states:>11,} states  {done.transitions:>13,} transitions  depth {done.depth:2}  {done.seconds:6.1f} s"
    f"  {done.states / done.seconds:>8,.0f} states/s  peak {peak / 1024:>7,.0f} MiB"
)
"""


@pytest.mark.parametrize("laws", ["off", "on"])
@pytest.mark.parametrize("sizes", [(2, 1, 1, 3, 1), (2, 2, 1, 3, 1), (2, 2, 1, 3, 2), EVERY_NOUN], ids=str)
@pytest.mark.benchmark(group="explore growing scopes")
def test_growth(benchmark, sizes: tuple[int, ...], laws: str) -> None:  # type: ignore[no-untyped-def]
    command = [sys.executable, "-c", MEASURE, laws, *map(str, sizes)]
    run = {"capture_output": True, "text": True, "check": True}
    done = benchmark.pedantic(subprocess.run, (command,), run, rounds=1)
    print(f"\n{Scope(*sizes)}; laws {laws}: {done.stdout.strip()}")
