"""Faulty implementations of the whole machine, each with one named fault that a suite must catch.

Each is a small override of `runas_properties.implementations.DictService`. May import all that is
below the gallery.
"""

from runas_properties.gallery.implementations import (
    chaining,
    cutting,
    decisions,
    declaring,
    decoding,
    documents,
    failing,
    folding,
    holding,
    ids,
    keeping,
    keys,
    many,
    names,
    ordering,
    parameters,
    parsing,
    posix_ids,
    regions,
    role_sessions,
    role_tags,
    sessions,
    settings,
    switches,
    undeclared,
)
from runas_properties.gallery.implementations.fault import FAULTS, Fault

__all__ = [
    "FAULTS",
    "Fault",
    "chaining",
    "cutting",
    "decisions",
    "declaring",
    "decoding",
    "documents",
    "failing",
    "folding",
    "holding",
    "ids",
    "keeping",
    "keys",
    "many",
    "names",
    "ordering",
    "parameters",
    "parsing",
    "posix_ids",
    "regions",
    "role_sessions",
    "role_tags",
    "sessions",
    "settings",
    "switches",
    "undeclared",
]
