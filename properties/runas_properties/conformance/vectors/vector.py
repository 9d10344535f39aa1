"""The vectors: cases with what is accepted for each, why they are there, and what they catch.

They are kept in `decision.json` and `service.json`, generated from the model and the solver (`python -m
runas_solver.vectors`). Their version is their own: the major number is the format's, the minor one counts what is new,
the last one what was wrong and has been put right.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from runas_model.doors import checked, one_of, read
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import CHOICES, Reading, all_readings
from runas_properties.conformance.protocol.cases import STEPS, Case, Level
from runas_properties.conformance.protocol.messages import definitions
from runas_properties.conformance.protocol.results import Accepted

__all__ = [
    "FLAGS",
    "FLAG_OF",
    "RETIRED",
    "VERSION",
    "Document",
    "Under",
    "Vector",
    "as_json",
    "decode_document",
    "json_schema",
    "readings_when",
    "vectors",
]

VERSION = "2.5.0"
"""The version of the package's vectors."""

RETIRED: tuple[str, ...] = (
    "fault-applies-preferences-to-running-sessions",
    "fault-applies-tags-to-running-sessions",
    "fault-caches-the-tag",
    "fault-cannot-be-switched-off",
    "fault-keeps-the-first-tag",
    "fault-loses-a-tag-on-retagging",
    "fault-reuses-ended-session-ids",
    "fault-sticks-to-the-first-os-user",
    "register-instance-then-default-names-ssm-user",
)
"""Ids that were used once and must not be reused."""

FLAGS = {
    "accent": "Letters with and without accents are different letters.",
    "aftermath": "An operation succeeds or fails in a scene; then everything that it may have changed is asked.",
    "blank": "A name or a tag is blank. Readings differ on what a blank tag means.",
    "case": "Names are compared exactly and are case-sensitive, as in the operating system.",
    "control": "Control characters in a name count: none is skipped, ends the name or moves within it.",
    "domain": "A name from a directory is one name; its domain must not be removed.",
    "elsewhere": "Run As does not apply, or the preferences cannot be read: the names make no difference.",
    "encoded": "A name is not decoded: escapes, entities and encodings are characters like any others.",
    "every-class": "The complete set: one vector for each class of situations that the decision distinguishes.",
    "fault": "The shortest case found that catches a fault which no other vector catches.",
    "hashed": "Names are compared themselves, not by their length, letters, checksum or part of a digest.",
    "id": "Ids of principals, accounts, instances and sessions are compared exactly, each part for itself.",
    "invisible": "Characters that cannot be seen count, byte order marks included.",
    "key-in-another-case": "The tag's key is SSMSessionRunAs in another case. Readings differ on whether it counts.",
    "list": "A name with a separator in it is one name, not a list of names.",
    "lookalike": "Letters that look alike are different letters, and invisible characters count.",
    "macos": "The instance runs macOS. Readings differ on whether Run As covers it.",
    "many": "There are many of a kind, more than fit on one page of a list.",
    "near-key": "The tag's key resembles SSMSessionRunAs but is a different key: the tag is not a Run As tag.",
    "no-fall-through": "The user in the tag does not exist; the default user does, but is not used if the tag counts.",
    "nobody": "Run As is on and nobody is named: no session may start, not even as ssm-user.",
    "normal-form": "Names with composed and with decomposed letters are different names.",
    "number": "A number is treated as a name, not as a uid: the OS user with that uid must not be used.",
    "operation-error": "An operation whose requirement is not met fails and changes nothing.",
    "option": "A name that begins with a dash must not be treated as a command-line option.",
    "order": "The same settings, made in another order, have the same effect.",
    "other-name": "A name that does not exist on the instance, next to one that is often confused with it.",
    "pair": "An operation, then a start that a given rule decides: nothing cached may affect the decision.",
    "parameter": "A document's default OS user may be a parameter, which the caller fills; a tag never is.",
    "part-of-a-name": "A name is compared as a whole, not by a prefix and not up to a maximum length.",
    "path": "A name is not a path: no folder, dot or extension is taken off.",
    "pattern": "A name is not a pattern, query or template: a wildcard stands for itself.",
    "posix-id": "uid and gid are at a boundary. Only uid 0 and gid 0 make a difference, as the reading has it.",
    "punctuation": "Punctuation in a name counts.",
    "quoted": "Quotes and brackets around or in a name are part of it.",
    "region": "Preferences, session documents and instances are of an account in a Region: no other Region counts.",
    "role-session": "A session is requested in a role session: its own tag counts before the role's, while it goes on.",
    "run-as-off": "Run As is off: the session runs as ssm-user, whoever is named.",
    "session-document": "A session names a document, which holds in place of the preferences and must be there.",
    "ssm-user": "The tag or the preferences name ssm-user. Where Run As applies, no session may run as it.",
    "superuser": "The name is root, or the OS user has uid 0 or gid 0. Readings differ on which of these are refused.",
    "tag-wins": "There are a tag and a default user: where Run As applies and the tag counts, the tag decides.",
    "uncovered": "The platform is not Linux. Where Run As does not cover it, no tag and no default user is used.",
    "unreadable": "The switch in the preferences is not a truth value: every session is refused, on every platform.",
    "value": "A name that is a word for true, false, none, a date or another value is a name like any other.",
    "white-space": "Names are not trimmed: a name with white space around it is a different name.",
    "witness": "The shortest case in which the premise of a law holds.",
}
"""The purpose of a vector, by flag."""


FLAG_OF: dict[Noun, str] = {
    Noun.REGIONS: "region",
    Noun.ROLES: "role-session",
    Noun.DOCUMENTS: "session-document",
    Noun.PARAMETERS: "parameter",
}
"""The flag of vectors that need a noun."""


class Under(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The accepted answers under the readings with the choices in `when`; `rule` decides the last start."""

    when: dict[str, str]
    rule: str | None
    results: tuple[Accepted, ...]


class Vector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A test case with its accepted answers and its purpose.

    `accepted` has one entry for each combination of choices for the points in `depends_on`. `rules`, `clauses` and
    `laws` are those that the case tests; `convicts` are the faults in `runas_properties.gallery.implementations` that
    it catches under some reading; `core` marks a small set that catches every fault the full set catches, whatever
    nouns are offered. `needs` are the nouns of which its steps speak: it is asked only of those who offer them.
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
    needs: tuple[Noun, ...] = ()

    @property
    def case(self) -> Case:
        """The case without the accepted answers."""
        return Case(self.id, self.steps)

    def under(self, reading: Reading) -> Under:
        """The accepted answers under a reading."""
        return next(one for one in self.accepted if reading in readings_when(tuple(one.when.items())))


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of vectors; `retired` are ids that were used once and must not be reused."""

    version: str
    flags: dict[str, str]
    vectors: tuple[Vector, ...]
    retired: tuple[str, ...] = ()


@checked
@cache
def readings_when(choices: tuple[tuple[str, str], ...]) -> tuple[Reading, ...]:
    """The readings with the given choices, in order. Raises ValueError for an unknown choice."""
    wanted = {name: read(CHOICES[one_of(CHOICES, name, "choices")], value, name) for name, value in choices}
    return tuple(r for r in all_readings() if all(getattr(r, name) == choice for name, choice in wanted.items()))


KEPT = files("runas_properties.conformance.vectors")


@checked
@cache
def vectors(level: Level | None = None) -> tuple[Vector, ...]:
    """The vectors of a level, or all vectors, those of the level decision first."""
    levels: tuple[Level, ...] = ("decision", "service") if level is None else (level,)
    return tuple(vector for one in levels for vector in decode_document((KEPT / f"{one}.json").read_bytes()).vectors)


_decoder = msgspec.json.Decoder(Document)


def decode_document(text: str | bytes) -> Document:
    """A file of vectors. Raises ValueError or `msgspec.DecodeError` for what is none."""
    return _decoder.decode(text)


@checked
def as_json(vectors: Iterable[Vector]) -> str:
    """Vectors as a JSON document, one line per vector, with the notes of their flags; `needs` only where it has some.

    So a vector that was there before there were nouns is written as it was.
    """
    made = tuple(vectors)
    used = {flag for vector in made for flag in vector.flags}
    head = Document(VERSION, {flag: note for flag, note in FLAGS.items() if flag in used}, (), RETIRED)
    data = msgspec.to_builtins(head)
    lines = ",\n".join(f"  {msgspec.json.encode(_written(vector)).decode()}" for vector in made)
    rest = "".join(
        f' "{name}": {msgspec.json.encode(data[name]).decode()},\n' for name in ("version", "flags", "retired")
    )
    return f'{{\n{rest} "vectors": [\n{lines}\n ]\n}}\n'


def _written(vector: Vector) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(vector)
    if not vector.needs:
        del plain["needs"]
    return plain


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
