"""What must hold of the readings, and that each of it is told where it does not."""

from typing import Any

import attrs
import pytest

from runas_model.specification import readings as specified
from runas_model.specification.readings import (
    AGENT,
    CONTRADICTIONS,
    DOCS_2023,
    ORIGINS,
    PROFILES,
    BlankTag,
    MacOs,
    Reading,
)
from runas_properties.laws import readings
from runas_properties.laws.readings import problems


def test_nothing_is_wrong_with_the_readings() -> None:
    assert list(problems()) == []


def unknown(name: str) -> Reading:
    if name in PROFILES or "=" in name:
        return specified.reading_named(name)
    raise ValueError("no")


WRONG = [
    ("PROFILES", {**PROFILES, "docs-2023": attrs.evolve(DOCS_2023, blank_tag=BlankTag.AS_UNTAGGED)}, "blank_tag"),
    ("PROFILES", {**PROFILES, "agent": attrs.evolve(AGENT, macos=MacOs.NOT_COVERED)}, "macos"),
    ("PROFILES", {"default": AGENT, "agent": AGENT, "docs-2023": DOCS_2023}, "the profile default"),
    ("ORIGINS", {**ORIGINS, "agent": attrs.evolve(ORIGINS["agent"], clauses=("D9",))}, "the profile agent"),
    ("ORIGINS", {name: ORIGINS[name] for name in ("default", "agent")}, "origins"),
    ("SAID_BY", {**specified.SAID_BY, MacOs.COVERED: "D8"}, "D8"),
    ("reading_named", lambda name: AGENT, "names the reading"),
    ("counts_under", lambda clause, reading: True, "counts under"),
    ("CONTRADICTIONS", (attrs.evolve(CONTRADICTIONS[0], decided_by=("run-as-off",)),), "does not cite"),
    ("all_readings", lambda: [AGENT], "not one for each"),
    ("CHOICES", {"macos": MacOs}, "the points of a reading are"),
    ("ORIGINS", {**ORIGINS, "docs-2023": attrs.evolve(ORIGINS["docs-2023"], date="2024")}, "was taken from what"),
    ("name_of", lambda reading: "agent", "does not name the profile"),
    ("reading_named", lambda name: specified.reading_named(name.partition(",")[0]), "with that choice"),
    ("UNKNOWN", ("agent",), "names a reading"),
    ("reading_named", unknown, "it is not said what may be chosen"),
]


@pytest.mark.parametrize(("name", "value", "told"), WRONG)
def test_what_is_wrong_is_told(name: str, value: Any, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, name, value)

    assert any(told in line for line in problems())
