"""The benchmark figures that are kept in a file, with the date, the machine, the versions and the command of each.

`make bench-keep` measures them and writes the file. Pages read the file and measure nothing.
"""

import os
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from platform import python_version

import attrs
import msgspec

from spec_site.console import ROOT

__all__ = [
    "KEPT", "Figure", "Kept", "figure_of", "filled", "load", "machine", "names_in", "noise", "read_kept",
    "versions",
]  # fmt: skip

KEPT = ROOT / "docs" / "data" / "benchmarks.json"
MEASURED_WITH = {"Z3": "z3-solver", "cvc5": "cvc5", "Hypothesis": "hypothesis", "NumPy": "numpy"}


@attrs.frozen
class Figure:
    """One figure: what it times or counts, over how many rounds, and the command that measures it again.

    `least`, `median` and `most` are in `unit`: `s`, `ms`, `ns`, `%`, a rate such as `states/s`, or what is counted.
    """

    label: str
    covers: str
    command: str
    unit: str
    rounds: int
    least: float
    median: float
    most: float

    def __str__(self) -> str:
        return _written(self.median, self.unit)

    @property
    def counts(self) -> bool:
        """It is a number of things, and no measurement."""
        return self.unit not in WAYS and not self.unit.endswith("/s")

    @property
    def spread(self) -> str:
        """From the least to the most of its rounds."""
        return f"{_written(self.least, self.unit)} to {_written(self.most, self.unit)}"


@attrs.frozen
class Kept:
    """All figures of one run of `command`: when, on what machine, with what versions, and how busy it was."""

    date: str
    machine: str
    noise: str
    command: str
    versions: dict[str, str]
    figures: dict[str, Figure]


WAYS = {"s": "{:,.2f} s", "ms": "{:,.0f} ms", "ns": "{:,.0f} ns", "%": "{:.0f} %"}


def _written(value: float, unit: str) -> str:
    """A value as a table shows it; a rate is rounded to three figures, and its unit is left to the heading."""
    if unit.endswith("/s"):
        value = float(f"{value:.3g}")
    return WAYS.get(unit, "{:,.0f}").format(value)


def figure_of(label: str, covers: str, command: str, unit: str, values: Sequence[float]) -> Figure:
    """The figure of several rounds. Raises ValueError where none was measured."""
    if not values:
        raise ValueError(f"{label}: nothing was measured")
    return Figure(label, covers, command, unit, len(values), min(values), statistics.median(values), max(values))


def read_kept(path: Path = KEPT) -> Kept:
    """The kept figures. Raises ValueError, saying what is wrong, for a file of another shape."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except msgspec.DecodeError as error:
        raise ValueError(f"{path.name}: {error}; make it again: make bench-keep") from None


def names_in(texts: Iterable[str]) -> list[str]:
    """The names of figures that texts ask for, as in `{z3-check}`."""
    return [name for text in texts for name in re.findall(r"\{([a-z0-9-]+)\}", text)]


def filled(text: str, figures: Mapping[str, Figure]) -> str:
    """A text with the median of each figure that it names. Raises ValueError for one that is not kept."""
    for name in names_in([text]):
        if name not in figures:
            raise ValueError(f"no figure {name!r} is kept in {KEPT.name}; make it again: make bench-keep")
        text = text.replace(f"{{{name}}}", str(figures[name]))
    return text


def versions() -> dict[str, str]:
    """Of Python and of what the figures depend on, as installed here."""
    return {"Python": python_version(), **{name: version(package) for name, package in MEASURED_WITH.items()}}


def machine() -> str:
    """This machine in general words: its kind, cores, processor and memory."""
    told = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"^model name\s*: (.*)$", told, re.M)
    kind = "a virtual machine" if re.search(r"^flags.* hypervisor( |$)", told, re.M) else "a machine"
    memory = round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    processor = f", {model[1].strip()}" if model else ""
    return f"{kind} with {os.cpu_count()} cores{processor}, {memory} GiB of memory"


def load() -> float:
    """How busy the machine is: processes that ran or waited to, averaged over the last minute."""
    return os.getloadavg()[0]


OF_BENCHMARKS = 2.0
"""The load that benchmarks make by themselves, at the most: some drive a second process."""


def noise(at_first: float, at_last: float) -> str:
    """How busy the machine was, and whether it had other work to do."""
    alone = max(at_first, at_last) <= OF_BENCHMARKS
    said = "nothing else kept it busy" if alone else "other programs ran at the same time, so times are noisy"
    return f"load average {at_first:.1f} at the beginning and {at_last:.1f} at the end: {said}"
