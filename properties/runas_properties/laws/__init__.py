"""The laws: what must hold, each one function that Hypothesis tests, Z3 proves and the explorer checks.

The ground of this package. May import `runas_model` alone.
"""

from runas_properties.laws import decisions, comparisons, documents, roles, invariants, steps, changes  # isort: skip  # the order of the laws
from runas_properties.laws.law import LAWS, Claim, Kind, Law, laws_of

__all__ = [
    "LAWS",
    "Claim",
    "Kind",
    "Law",
    "changes",
    "comparisons",
    "decisions",
    "documents",
    "invariants",
    "laws_of",
    "roles",
    "steps",
]
