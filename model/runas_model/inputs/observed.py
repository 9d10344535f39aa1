"""What a recorded decision tells besides the situation and the outcome, and the facts that put it outside the model."""

from collections.abc import Iterator, Mapping
from enum import Enum

import msgspec
from msgspec import UNSET, UnsetType

from runas_model.inputs.filled import filling_of, has_parameters
from runas_model.inputs.rows import FullRow, Group

__all__ = ["NOTHING_MORE", "Circumstances", "Outside", "what_puts_outside"]

SHELL = "Standard_Stream"
COMMANDS = ("InteractiveCommands", "NonInteractiveCommands")


class Outside(Enum):
    """A fact of which the specification does not speak, so that it says nothing about a row that has it."""

    DOCUMENT = "document-shape"
    NOT_TEXT = "not-text"
    PARAMETERS = "document-parameters"
    SESSION_TYPE = "session-type"
    PROPERTIES = "session-properties"
    CONTAINER = "container-mode"
    ELEVATED = "elevated"
    AGENT = "agent-not-root"

    @property
    def meaning(self) -> str:
        """The fact in words."""
        return MEANINGS[self]


MEANINGS = {
    Outside.DOCUMENT: "the session document has another shape than the two settings of Run As",
    Outside.NOT_TEXT: "the tag or the default OS user is not text, so the agent drops the message",
    Outside.PARAMETERS: "the session document has parameters beyond one, of any text, that is its default OS user",
    Outside.SESSION_TYPE: "the session is neither a shell nor a command, for example a port session",
    Outside.PROPERTIES: "the document's properties for the session have another shape",
    Outside.CONTAINER: "the agent is in container mode, where sessions run as the agent's own OS user",
    Outside.ELEVATED: "the session is elevated, so it runs as root, or as the agent's own OS user",
    Outside.AGENT: "the agent does not run as root",
}


class Circumstances(msgspec.Struct, frozen=True):
    """What a row tells besides; all are empty where it tells nothing.

    `sort` is the class of a refusal. `os_user` names whose uid the started process has: None where it is nobody's,
    UNSET where the row leaves it out. `groups` are all groups of each OS user, by its name, the primary one first.
    """

    sort: str = ""
    os_user: str | UnsetType | None = UNSET
    groups: Mapping[str, tuple[Group, ...]] = {}
    conditions: tuple[str, ...] = ()
    sh: str = ""
    id_program: str = ""


NOTHING_MORE = Circumstances()
"""Of a row that tells nothing besides."""


def what_puts_outside(row: FullRow) -> tuple[Outside, ...]:
    """The facts that put a row outside the model, in the order in which the agent meets them; none: it is inside."""
    return tuple(_outside(row))


def _outside(row: FullRow) -> Iterator[Outside]:
    if row.inputs is not UNSET or row.document is not UNSET:
        yield Outside.DOCUMENT
    if not all(isinstance(value, str | UnsetType | None) for value in (row.tag, row.default_user)):
        yield Outside.NOT_TEXT
    if has_parameters(row) and filling_of(row) is None:
        yield Outside.PARAMETERS
    if row.session_type not in (SHELL, *COMMANDS):
        yield Outside.SESSION_TYPE
    if row.properties is not UNSET or not isinstance(row.elevated, bool):
        yield Outside.PROPERTIES
    if row.container_mode:
        yield Outside.CONTAINER
    if row.elevated is True and row.session_type in COMMANDS:
        yield Outside.ELEVATED
    if row.agent is not None and row.agent.uid != 0:
        yield Outside.AGENT
