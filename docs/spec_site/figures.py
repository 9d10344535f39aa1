"""The numbers that pages and the README name, each counted in the packages when it is asked for."""

from collections.abc import Callable

from runas_model import CLAUSES, OPERATIONS, PROFILES, RULEBOOK, all_readings
from runas_model.facts.classes import situation_classes
from runas_model.specification.readings import CHOICES
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.following.opaque import opaque_situations
from runas_properties.gallery.implementations import FAULTS
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_solver.obligations import Obligations
from runas_solver.trials import kept_convictions
from runas_solver.weight import Weight
from spec_site.evidence import agent_report, answers_of_cvc5, weights

__all__ = ["FIGURES"]

FIGURES: dict[str, Callable[[], int]] = {
    "clauses": lambda: len(CLAUSES),
    "rules": lambda: len(RULEBOOK),
    "operations": lambda: len(OPERATIONS),
    "readings": lambda: len(all_readings()),
    "silent-points": lambda: len(CHOICES),
    "profiles": lambda: len(PROFILES),
    "classes": lambda: len(situation_classes()),
    "opaque-situations": lambda: sum(1 for _ in opaque_situations()),
    "laws": lambda: len(LAWS),
    "obligations": lambda: len(list(Obligations())),
    "carried": lambda: sum(weight is Weight.CARRIED for weight in weights().values()),
    "cross-checked": lambda: len(answers_of_cvc5()) + FIGURES["convicted"](),
    "faulty-specifications": lambda: len(FAULTY_SPECIFICATIONS),
    "convicted": lambda: sum(bool(conviction.laws) for conviction in kept_convictions().values()),
    "equivalent": lambda: sum(conviction.equivalent for conviction in kept_convictions().values()),
    "faulty-implementations": lambda: len(FAULTS),
    "vectors": lambda: len(vectors()),
    "decision-vectors": lambda: len(vectors("decision")),
    "service-vectors": lambda: len(vectors("service")),
    "core-vectors": lambda: sum(vector.core for vector in vectors()),
    "recorded": lambda: agent_report().rows,
    "agreed": lambda: agent_report().agreed,
    "departed": lambda: agent_report().departed,
    "outside": lambda: agent_report().outside.total(),
}
"""How each number is counted, by its name."""
