"""The modules of which mutants are made: those that `verify` is to know, and those that tests are to know."""

from pathlib import Path

import attrs

from mutants.mutators import mutants_of
from mutants.siblings import Siblings
from mutants.source import Mutant, Source

__all__ = ["MODEL", "MODELS", "READERS", "mutants_in"]

MODELS = Path(__file__).parents[2] / "model"
ASKED_OF_TESTS = {
    "specification.vocabulary": ("POSIX_IDS", "OsUser", "Situation", "Switch.__bool__"),
    "specification.readings": ("REPORTED_AT", "CONTRADICTIONS"),
    "specification.operation": ("Operation", "operation_named"),
    "specification.operations": ("SESSION_TAG",),
    "specification.transitions": ("Transition.PLAIN", "Specification.__attrs_post_init__", "_read_call", "A_CALL"),
}
"""What of the model is read from outside, told, or checked of the rest: it neither decides nor does anything."""


@attrs.frozen
class Part:
    """A module, or only that of it which tests are asked about, or only the rest."""

    module: str
    of_tests: bool | None = None

    def has(self, mutant: Mutant) -> bool:
        names = ASKED_OF_TESTS.get(self.module.removeprefix("runas_model."), ())
        is_of_tests = any(f"{mutant.where}.".startswith(f"{name}.") for name in names)
        return self.of_tests is None or self.of_tests is is_of_tests


MODEL = tuple(
    Part(f"runas_model.{module}", of_tests=False)
    for module in (
        *(f"specification.{name}" for name in ("vocabulary", "readings", "rulebook", "decision", "state")),
        *("specification.operations", "specification.transitions", "facts.compiled"),
    )
)
"""The model: what decides and what is done, which `verify` alone is to know."""

READERS = (
    *(Part(f"runas_model.{module}", of_tests=True) for module in ASKED_OF_TESTS),
    *(
        Part(f"runas_model.{room}.{name}")
        for room, names in {
            "specification": ("nouns",),
            "inputs": (
                "switches",
                "rows",
                "situations",
                "observed",
                "os_user_rows",
                "repeated",
                "recorded",
                "records",
                "json_streams",
                "openings",
                "printing",
            ),
            "facts": ("formulas", "questions", "explanation", "classes"),
            "words": ("phrases", "terms", "structure", "telling", "subjects", "named_parts"),
            "stories": ("situations", "traces"),
        }.items()
        for name in names
    ),
)
"""What reads inputs, and what is told, and the universe of facts: which the tests are to know."""

ALIKE = ("specification", "universes/connectives.py")
"""Where names are declared that may stand for each other."""


def mutants_in(part: Part, models: Path = MODELS) -> list[Mutant]:
    """The mutants of a module, in its order."""
    room = models / "runas_model"
    declared = [file for place in ALIKE for file in sorted([*(room / place).glob("*.py"), room / place])]
    siblings = Siblings.in_sources(Source.of("", file).tree for file in declared if file.suffix == ".py")
    source = Source.of(part.module, models.joinpath(*part.module.split(".")).with_suffix(".py"))
    return [mutant for mutant in mutants_of(source, siblings) if part.has(mutant)]
