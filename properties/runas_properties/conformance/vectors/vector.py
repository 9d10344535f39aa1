"""The vectors: cases with what is accepted for each, why they are there, and what they catch.

They are kept in `decision.json` and `service.json`, generated from the model and the solver (`python -m
runas_solver.vectors`). Their version is their own: the major number is the format's, the minor one counts what is new,
the last one what was wrong and has been put right.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from runas_model.inputs.records import InputError
from runas_model.specification.readings import CHOICES, Reading, all_readings
from runas_properties.conformance.protocol.cases import STEPS, Case, Level
from runas_properties.conformance.protocol.messages import definitions
from runas_properties.conformance.protocol.results import Accepted

__all__ = [
    "FLAGS",
    "RETIRED",
    "VERSION",
    "Document",
    "Under",
    "Vector",
    "as_json",
    "json_schema",
    "read_document",
    "read_vectors",
    "readings_when",
    "vectors",
]

VERSION = "2.0.0"
"""Of the vectors that are kept."""

RETIRED: tuple[str, ...] = ("fault-keeps-the-first-tag", "fault-loses-a-tag-on-retagging")
"""Ids that vectors once had, and that none will have again."""

FLAGS = {
    "blank": "A blank name, or a tag that is blank. Readings differ on what a blank tag means.",
    "case": "Names are compared exactly: case counts, as it does for an operating system.",
    "domain": "A name from a directory is one name; its domain is not to be cut off.",
    "elsewhere": "Run As does not apply, or the preferences cannot be read: what is named makes no difference.",
    "every-class": "One of every class of situations that the decision can tell apart; together they are all.",
    "fault": "The shortest case that was found to catch a mistake which no other vector catches.",
    "lookalike": "Letters that look alike are not the same, and invisible ones count.",
    "macos": "Whether Run As covers macOS is a point on which readings differ.",
    "key-in-another-case": "The tag's key is SSMSessionRunAs in another case: readings differ on whether it counts.",
    "near-key": "Only a tag whose key is SSMSessionRunAs names an OS user, and no other key does.",
    "no-fall-through": "The tag's OS user is missing and the preferences' one is there: it must not serve instead.",
    "nobody": "Run As is on, and nobody is named: no session, and not ssm-user's.",
    "normal-form": "Composed and decomposed letters are different names.",
    "number": "A number is a name like any other, and not a uid: an OS user of that uid does not serve.",
    "operation-error": "An operation on something that is not there fails and changes nothing.",
    "option": "A name that begins with a dash must not be taken for an option of a program.",
    "other-name": "A name that is not on the instance, beside one that is often taken for it.",
    "pair": "An operation, and then a start that a given rule decides: nothing remembered may stand in the way.",
    "part-of-a-name": "A name is compared as a whole: not its beginning, and not up to a certain length.",
    "run-as-off": "With Run As off the session is ssm-user's, whatever is named.",
    "ssm-user": "Where Run As applies, no session runs as ssm-user, not even where it is named.",
    "superuser": "The name root, or an OS user with uid 0 or gid 0: readings differ on which are refused.",
    "tag-wins": "Both the tag and the preferences name somebody: the tag decides.",
    "uncovered": "Run As does not cover the platform: the session is ssm-user's, whatever is named.",
    "unreadable": "The switch in the preferences is no truth value: nobody gets a session, on no platform.",
    "white-space": "Nothing is trimmed: a name with white space around it is another name.",
    "witness": "The shortest case in which a law says something.",
}
"""Why a vector is there, by flag."""


class Under(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is accepted under some readings: those that make the choices in `when`; `rule` decides the last start."""

    when: dict[str, str]
    rule: str | None
    results: tuple[Accepted, ...]


class Vector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A case, what is accepted, and what it is about.

    `accepted` has an entry for every combination of choices of the readings in `depends_on`. `rules`, `clauses` and
    `laws` are those that the case speaks for; `convicts` the faults of `runas_properties.gallery.implementations` that
    it catches, under some reading; `core` marks the smallest set that catches them all.
    """

    id: str
    title: str
    level: Level
    steps: tuple[dict[str, Any], ...]
    accepted: tuple[Under, ...]
    rules: tuple[str, ...]
    clauses: tuple[str, ...]
    laws: tuple[str, ...]
    flags: tuple[str, ...]
    depends_on: tuple[str, ...] = ()
    convicts: tuple[str, ...] = ()
    core: bool = False

    @property
    def case(self) -> Case:
        """What an implementation is asked."""
        return Case(self.id, self.steps)

    def under(self, reading: Reading) -> Under:
        """What is accepted under a reading."""
        return next(one for one in self.accepted if reading in readings_when(tuple(one.when.items())))


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of vectors; `retired` are ids that were used once, and never will be again."""

    version: str
    flags: dict[str, str]
    vectors: tuple[Vector, ...]
    retired: tuple[str, ...] = ()


@cache
def readings_when(choices: tuple[tuple[str, str], ...]) -> tuple[Reading, ...]:
    """The readings that make the choices given, in order. Raises ValueError for an unknown choice."""
    wanted = {name: CHOICES[name](value) for name, value in choices}
    return tuple(r for r in all_readings() if all(getattr(r, name) == choice for name, choice in wanted.items()))


KEPT = files("runas_properties.conformance.vectors")


@cache
def vectors(level: Level | None = None) -> tuple[Vector, ...]:
    """The vectors of a level, or all: those of the decision first."""
    levels: tuple[Level, ...] = ("decision", "service") if level is None else (level,)
    return tuple(vector for one in levels for vector in _decode((KEPT / f"{one}.json").read_bytes()).vectors)


def read_vectors(path: str | Path) -> tuple[Vector, ...]:
    """The vectors in a file, such as one that was saved. Raises `InputError` for one that cannot be read."""
    return read_document(path).vectors


def read_document(path: str | Path) -> Document:
    """A file of vectors. Raises `InputError` for one that cannot be read."""
    try:
        return _decode(Path(path).read_bytes())
    except OSError as error:
        raise InputError(error.strerror or str(error), file=str(path)) from None
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        text, _, where = str(error).partition(" - at `$.")
        raise InputError(f"not a file of vectors: {text}", file=str(path), field=where.rstrip("`")) from None


_decode = msgspec.json.Decoder(Document).decode


def as_json(vectors: Iterable[Vector]) -> str:
    """Vectors as a document, a line each, with the notes of the flags that they have."""
    made = tuple(vectors)
    used = {flag for vector in made for flag in vector.flags}
    head = Document(VERSION, {flag: note for flag, note in FLAGS.items() if flag in used}, (), RETIRED)
    data = msgspec.to_builtins(head)
    lines = ",\n".join(f"  {msgspec.json.encode(vector).decode()}" for vector in made)
    rest = "".join(
        f' "{name}": {msgspec.json.encode(data[name]).decode()},\n' for name in ("version", "flags", "retired")
    )
    return f'{{\n{rest} "vectors": [\n{lines}\n ]\n}}\n'


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a file of vectors."""
    components = definitions(*STEPS, Document)
    steps = [{"$ref": f"#/$defs/{step.__name__}"} for step in STEPS]
    components["Vector"]["properties"]["steps"]["items"] = {"anyOf": steps}
    components["Vector"]["properties"]["steps"]["minItems"] = 1
    components["Accepted"] |= {"minProperties": 1, "maxProperties": 1}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Vectors of runas-spec",
        "$ref": "#/$defs/Document",
        "$defs": components,
    }
