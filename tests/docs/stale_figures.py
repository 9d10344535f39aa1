"""`python -m docs.stale_figures` says what is counted otherwise in the benchmark figures that are kept."""

from collections.abc import Iterator, Mapping

from runas_properties.explorer import Scope, explore
from spec_site.benchmarks import KEPT, Figure, read_kept
from spec_site.console import ROOT
from spec_site.figures import FIGURES

__all__ = ["counted", "stale"]


def counted() -> dict[str, int]:
    """What the kept figures count of this specification, by their names."""
    explored = explore(Scope(accounts=2, principals=2, instances=1, names=3, sessions=1), laws=())
    return {
        "obligations": FIGURES["obligations"](),
        "explore-states": explored.states,
        "explore-transitions": explored.transitions,
    }


def stale(figures: Mapping[str, Figure]) -> Iterator[str]:
    """The figures that were measured of another specification than this one, each in words."""
    for name, now in counted().items():
        if name not in figures or figures[name].median != now:
            yield f"{name} is {now:,} now"


if __name__ == "__main__":
    if told := ", ".join(stale(read_kept().figures)):
        print(f"{KEPT.relative_to(ROOT)} was measured of another specification ({told}): make bench-keep")
