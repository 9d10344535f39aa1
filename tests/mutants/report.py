"""What became of the mutants, file by file, as text and as data."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from mutants.kept import Kept
from mutants.source import Mutant
from mutants.trial import ROOT, Fate, Verdict

__all__ = ["Report", "heading", "lines_of", "totals"]

KILLED = (Fate.VERIFY, Fate.REGISTRATION, Fate.TESTS, Fate.ENDLESS)
COLUMNS = ("mutants", *(fate.value for fate in KILLED), "equivalent", "survived", "not judged")


@attrs.frozen
class File:
    """The mutants of one module, counted by what became of them; `survivors` were not killed and are not kept."""

    module: str
    counts: Counter[str]
    survivors: tuple[Mutant, ...]


@attrs.define
class Report:
    """All that were judged; `stale` says what is wrong with what is kept, by the id of the mutant."""

    files: list[File] = attrs.field(factory=list)
    judged: dict[str, tuple[Mutant, Verdict]] = attrs.field(factory=dict)
    stale: dict[str, str] = attrs.field(factory=dict)
    seconds: float = 0.0

    def add(self, module: str, judged: Mapping[str, tuple[Mutant, Verdict]], kept: Mapping[str, Kept]) -> None:
        """Count the mutants of a module."""
        counts: Counter[str] = Counter(mutants=len(judged))
        survivors = []
        for id, (mutant, verdict) in judged.items():
            is_kept = verdict.fate is Fate.SURVIVED and id in kept
            counts["equivalent" if is_kept else verdict.fate.value] += 1
            if verdict.fate not in KILLED and not is_kept:
                survivors.append(mutant)
        self.files.append(File(module, counts, tuple(survivors)))
        self.judged.update(judged)

    @property
    def survivors(self) -> list[Mutant]:
        return [mutant for file in self.files for mutant in file.survivors]

    @property
    def holds(self) -> bool:
        """Whether there were mutants, none survived, and what is kept is as it says."""
        return bool(self.judged) and not self.survivors and not self.stale

    def as_data(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "holds": self.holds,
            "seconds": round(self.seconds, 1),
            "files": [{"module": file.module, **{name: file.counts[name] for name in COLUMNS}} for file in self.files],
            "survivors": [
                {
                    "mutant": mutant.id,
                    "place": _place(mutant),
                    "diff": list(mutant.diff()),
                }
                for mutant in self.survivors
            ],
            "stale": self.stale,
            "killed": {id: verdict.by for id, (_, verdict) in self.judged.items() if verdict.by},
        }


def heading(width: int) -> str:
    return f"{'module':{width}}  {'  '.join(f'{name:>12}' for name in COLUMNS)}"


def lines_of(file: File, width: int) -> Iterator[str]:
    """The line of a module in the table, and under it what survived."""
    yield f"{file.module:{width}}  {'  '.join(f'{file.counts[name]:12}' for name in COLUMNS)}"
    for mutant in file.survivors:
        yield f"  {_place(mutant)}: {mutant.id}"
        yield from (f"    {line}" for line in mutant.diff())


def _place(mutant: Mutant) -> str:
    """File and line, as seen from the root."""
    file = mutant.source.file
    return f"{file.relative_to(ROOT) if file.is_relative_to(ROOT) else file}:{mutant.line}"


def totals(report: Report, width: int) -> Iterator[str]:
    """The last line of the table, what is wrong with what is kept, and the verdict."""
    sums = {name: sum(file.counts[name] for file in report.files) for name in COLUMNS}
    yield f"{'in all':{width}}  {'  '.join(f'{sums[name]:12}' for name in COLUMNS)}"
    yield from (f"kept as equivalent: {id}: {why}" for id, why in report.stale.items())
    killed = sum(sums[fate.value] for fate in KILLED)
    yield ""
    yield (
        f"{'HOLDS' if report.holds else 'DOES NOT HOLD'}: of {sums['mutants']} mutants {killed} killed, "
        f"{sums['equivalent']} equivalent, {sums['survived']} survived; {report.seconds:.0f} s"
    )
