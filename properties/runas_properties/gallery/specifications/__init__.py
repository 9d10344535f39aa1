"""Faulty specifications: each has one named fault, which a law must catch.

Generated ones remove, swap and replace rules and fix or invert facts; those made by hand change a rule, an operation or
the view of a state. One that makes no difference is proved equivalent instead. May import all that is below the
gallery.
"""

from runas_properties.gallery.specifications import (
    documents,
    holding,
    machines,
    parameters,
    passing,
    role_sessions,
    roles,
    rules,
    settings,
    starts,
    views,
)
from runas_properties.gallery.specifications.faulty import HAND_MADE, FaultySpecification
from runas_properties.gallery.specifications.generated import generated

__all__ = [
    "FAULTY_SPECIFICATIONS",
    "FaultySpecification",
    "documents",
    "holding",
    "machines",
    "parameters",
    "passing",
    "role_sessions",
    "roles",
    "rules",
    "settings",
    "starts",
    "views",
]

FAULTY_SPECIFICATIONS = {fault.id: fault for fault in (*generated(), *HAND_MADE)}
"""All of them, by id: the generated ones, then those made by hand in the order of the modules."""
