"""The operations that every universe provides: connectives, equality and tables.

Rules, operations and laws use only these, so they run in all universes. May import nothing of ours.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_model.universes.connectives import all_of, any_of, choose, equal, field_names, implies, is_blank, not_
    from runas_model.universes.tables import FixedTable, PairTable, Table
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "all_of",
    "any_of",
    "not_",
    "implies",
    "choose",
    "equal",
    "is_blank",
    "field_names",
    "Table",
    "PairTable",
    "FixedTable",
]
