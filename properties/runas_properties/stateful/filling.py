"""How the default OS user is named where a session starts: by its document, or by a parameter that is filled or not."""

from enum import Enum

from attrs import evolve

from runas_model.specification.vocabulary import Name, Request, SessionDocument, Switch
from runas_properties.laws.law import NOT_GIVEN

__all__ = ["FILLINGS", "Filling", "asking", "document_saying"]


class Filling(Enum):
    """What names the default OS user."""

    FIXED = "fixed"
    """The document, which declares no parameter."""
    LEFT = "left"
    """The document, whose parameter nobody fills."""
    FILLED = "filled"
    """The parameter of the document, which is filled."""


FILLINGS = (*[Filling.FIXED] * 5, Filling.LEFT, *[Filling.FILLED] * 2)
"""What scenes and aims draw from: in three of eight the document declares a parameter."""


def document_saying(run_as_enabled: Switch, default: Name, filling: Filling, other: Name) -> SessionDocument:
    """The document by which the default OS user comes so; `other` is what it says where that does not count."""
    said = other if filling is Filling.FILLED else default
    return SessionDocument(run_as_enabled, said, filling is not Filling.FIXED)


def asking(asked: Request, default: Name, filling: Filling) -> Request:
    """The request with the parameter by which the default OS user comes so, or with none."""
    filled, parameter = (True, default) if filling is Filling.FILLED else NOT_GIVEN
    return evolve(asked, filled=filled, parameter=parameter)
