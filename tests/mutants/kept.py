"""The mutants that are known to be equivalent, each with what shows it."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import attrs

from mutants.source import Mutant
from mutants.trial import Fate, Verdict

__all__ = ["KEPT", "Kept", "read_kept", "stale"]

KEPT = Path(__file__).with_name("equivalents.toml")


@attrs.frozen
class Kept:
    """An equivalent mutant, by its id. It is proved anew whenever it is met, or `reason` says in a sentence why."""

    id: str
    reason: str = ""

    @property
    def is_proved(self) -> bool:
        return not self.reason


def read_kept(file: Path = KEPT) -> dict[str, Kept]:
    """Every known equivalent, by its id.

    Raises ValueError, naming the entry, for one that stands twice, or has neither a proof nor a sentence as its reason.
    """
    kept: dict[str, Kept] = {}
    for entry in tomllib.loads(file.read_text("utf-8")).get("equivalent", []):
        reason, proof = entry.get("reason", ""), entry.get("proof", "")
        for id in entry["mutants"]:
            if (proof == "solver") == bool(reason) or (reason and not reason.endswith(".")):
                raise ValueError(f'{file.name}: {id}: give proof = "solver", or a sentence as its reason')
            if id in kept:
                raise ValueError(f"{file.name}: {id} stands twice")
            kept[id] = Kept(id, reason)
    return kept


def stale(
    kept: Iterable[Kept],
    judged: Mapping[str, tuple[Mutant, Verdict]],
    proved: Callable[[list[Mutant]], dict[str, Verdict]],
) -> dict[str, str]:
    """What is wrong with entries, by their ids: there is no such mutant, it is killed, or its proof fails."""
    wrong: dict[str, str] = {}
    to_prove: list[Mutant] = []
    for entry in kept:
        if entry.id not in judged:
            wrong[entry.id] = "there is no such mutant"
            continue
        mutant, verdict = judged[entry.id]
        if verdict.fate is not Fate.SURVIVED:
            wrong[entry.id] = f"it does not survive: {verdict.by}"
        elif entry.is_proved:
            to_prove.append(mutant)
    for id, verdict in proved(to_prove).items():
        if verdict.fate is not Fate.SURVIVED:
            wrong[id] = f"its proof fails: {verdict.by}"
    return wrong
