"""Recorded decisions by a session document that declares a parameter: which the model can say, and who is named."""

import re
from typing import Any, NamedTuple

from attrs import evolve
from msgspec import UNSET

from runas_model.inputs.rows import FullRow
from runas_model.specification.state import INITIAL, default_of, place_of
from runas_model.specification.vocabulary import (
    NO_NAME,
    NO_ROLE_SESSION,
    PREFERENCES,
    Instance,
    Name,
    Principal,
    Request,
    SessionDocument,
    Switch,
)

__all__ = ["Filling", "filling_of", "has_parameters"]

PARAMETER = re.compile(r"\{\{\s*([a-zA-Z0-9]+)\s*\}\}")
"""A parameter that stands for itself alone, as the agent takes it: names of other characters are none to it."""
DECLARED = {"type", "default", "description"}
"""What a parameter may be declared with that restricts no value."""
ASKED = Request(Principal("the-principal"), Instance("the-instance"), PREFERENCES, NO_ROLE_SESSION)


class Filling(NamedTuple):
    """What the default OS user is unless it is filled, and what it is filled with; None: it is not."""

    declared: Name
    given: Name | None

    @property
    def default_user(self) -> Name:
        """The default OS user of the situation, as the model finds it (D7)."""
        written = SessionDocument(Switch.ON, self.declared, declares_parameter=True)
        at = place_of(INITIAL, ASKED.instance, ASKED.document)
        state = evolve(INITIAL, documents=INITIAL.documents.put(at, written))
        return default_of(state, evolve(ASKED, filled=self.given is not None, parameter=self.given or NO_NAME))


def has_parameters(row: FullRow) -> bool:
    """Whether a row speaks of parameters."""
    return row.parameters is not UNSET or row.document_parameters is not UNSET


def filling_of(row: FullRow) -> Filling | None:
    """How the default OS user of a row is filled; None where its parameters are others than those of the model.

    In the model the whole default OS user is the one parameter that is declared: a text, of which none is forbidden,
    with a default. It is given as text, or not at all, and no other is. The switch is none, and a tag never is.
    """
    default, declared = row.default_user, row.document_parameters
    found = PARAMETER.fullmatch(default) if isinstance(default, str) else None
    if not found or not isinstance(declared, dict) or [*declared] != [found[1]] or _has_braces(row.run_as_enabled):
        return None
    of, given = declared[found[1]], {} if row.parameters is UNSET else row.parameters
    if not isinstance(of, dict) or not of.keys() <= DECLARED or of.get("type") != "String":
        return None
    if not isinstance(of.get("default"), str) or not isinstance(given, dict) or not given.keys() <= declared.keys():
        return None
    if not all(isinstance(value, str) for value in given.values()):
        return None
    return Filling(Name(of["default"]), given.get(found[1]))


def _has_braces(switch: Any) -> bool:
    return isinstance(switch, str) and "{{" in switch
