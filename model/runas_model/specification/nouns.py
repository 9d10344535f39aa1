"""What a call speaks of beyond accounts, principals and instances: Regions, role sessions, documents, parameters.

Whoever has no such things, an implementation or a scope of the explorer, can be asked everything else.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Any

from runas_model.doors import checked
from runas_model.specification.operations import OPERATIONS, operation_named
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import DocumentName, Region, RoleSession

__all__ = ["Noun", "nouns_needed", "nouns_of"]


class Noun(Enum):
    """A kind of thing that not everybody has."""

    REGIONS = "regions"
    """Regions other than the one that is meant where a call names none (D5)."""
    ROLES = "roles"
    """Role sessions, with session tags of their own (D1 to D3)."""
    DOCUMENTS = "documents"
    """Session documents other than the preferences, and that a session document can be deleted (D5, D6)."""
    PARAMETERS = "parameters"
    """Session documents whose default OS user is a parameter, and sessions that fill it (D7)."""


SORTS: dict[Any, Noun] = {Region: Noun.REGIONS, DocumentName: Noun.DOCUMENTS, RoleSession: Noun.ROLES}
"""The noun of which something of a sort is."""
ARGUMENTS = {"declares_parameter": Noun.PARAMETERS, "parameter": Noun.PARAMETERS}
"""The noun of which an argument is that is of no such sort."""


@checked
def nouns_needed(operation: str) -> frozenset[Noun]:
    """The nouns without which an operation cannot be called: those of arguments that cannot be left out.

    Raises TypeError or ValueError for an operation that there is not.
    """
    of = operation_named(operation)
    nouns = (_noun(operation, name) for name in of.arguments if name not in of.left_out)
    return frozenset(noun for noun in nouns if noun is not None)


@checked
def nouns_of(calls: Iterable[Call]) -> frozenset[Noun]:
    """The nouns that calls speak of: each that one of their arguments is of, unless it may be left out and is."""
    spoken_of = (_noun(name, argument) for name, arguments in calls for argument in OPERATIONS[name].said(arguments))
    return frozenset(noun for noun in spoken_of if noun is not None)


def _noun(operation: str, argument: str) -> Noun | None:
    return ARGUMENTS.get(argument) or SORTS.get(OPERATIONS[operation].parameters[argument])
