"""The page of where tag and preferences come from: the picture, which document holds, and the laws that say so."""

from collections.abc import Iterator, Mapping
from typing import Any

from runas_model.specification.vocabulary import RUN_AS_TAG
from runas_properties.laws import LAWS
from spec_site.endings import ACCOUNT, Calls, cell, host, how_it_ends
from spec_site.markdown import link, table
from spec_site.parts import part
from spec_site.start_picture import start_picture

__all__ = ["fillings", "sessions"]

CLAUSES = ("D1", "D2", "D3", "D5", "D6", "D7")
"""The clauses that say whose tag counts, which document holds, and what fills its default OS user."""


@part("start-picture")
def picture() -> str:
    """From a person to an OS user."""
    return start_picture()


PREFERENCES: Mapping[str, dict[str, str]] = {
    "Run As on, default `ops`": {},
    "only in another Region": {"region": "eu-west-1"},
}
"""Preferences as an instance in the Region that is meant where none is said has them, and what to say to write them."""
NONE, MISSING = "no document", "one that does not exist"
WRITTEN: Mapping[str, dict[str, object]] = {
    "one with Run As on, default `dba`": {"run_as_enabled": True, "default_user": "dba"},
    "one with Run As on, no default": {"run_as_enabled": True, "default_user": ""},
    "one with Run As off": {"run_as_enabled": False, "default_user": "dba"},
    "one with an unreadable switch": {"run_as_enabled": "unreadable", "default_user": "dba"},
}
"""What is written in a document that a session names."""


def sessions() -> Iterator[tuple[str, str, str, str]]:
    """The preferences and the document that is named, each in words, and as whom a session then runs, or why none does:
    first for a tagged principal, then for one without a tag.
    """
    for preferences, where in PREFERENCES.items():
        for document in (NONE, *WRITTEN, MISSING):
            before = [*host(), *_settings(where, WRITTEN.get(document))]
            asked = {"session": "s-1", "instance": "i-1", **({} if document == NONE else NAMED)}
            amy, bob = (
                how_it_ends([*before, ("start_session", {"principal": principal, **asked})])
                for principal in ("amy", "bob")
            )
            yield preferences, document, amy, bob


NAMED = {"document": "Shell"}


def _settings(where: Mapping[str, str], written: Mapping[str, object] | None) -> Calls:
    """Amy, who is tagged `alice`, Bob, who is not, preferences, and a document of its own if something is written."""
    calls: list[tuple[str, dict[str, Any]]] = [
        *(("create_principal", {"principal": principal, "kind": "user", **ACCOUNT}) for principal in ("amy", "bob")),
        ("tag_principal", {"principal": "amy", "key": RUN_AS_TAG, "value": "alice"}),
        ("update_preferences", {"run_as_enabled": True, "default_user": "ops", **ACCOUNT, **where}),
    ]
    if written is not None:
        calls.append(("put_document", {**NAMED, **ACCOUNT, **written}))
    return tuple(calls)


@part("which-document-holds")
def which_document_holds() -> str:
    """How sessions end, by the preferences and by the document that they name, as the operations were performed."""
    headings = ("Preferences", "The session names", "Principal tagged `alice`", "Principal without a tag")
    return table(headings, ([preferences, document, *map(cell, ends)] for preferences, document, *ends in sessions()))


GIVEN: Mapping[str, dict[str, str]] = {
    "no parameter": {},
    "`ops`": {"parameter": "ops"},
    "an empty parameter": {"parameter": ""},
    "`ghost`, who is not on the instance": {"parameter": "ghost"},
    "`ssm-user`": {"parameter": "ssm-user"},
}
"""What a session gives, in words, and what to say to give it."""


def fillings() -> Iterator[tuple[str, str, str, str]]:
    """What a session gives, in words, and as whom it then runs, or why none does: for a principal without a tag and for
    a tagged one where the document declares a parameter, then for one without a tag where it declares none.
    """
    on = WRITTEN["one with Run As on, default `dba`"]
    for given, parameter in GIVEN.items():
        asked = {"session": "s-1", "instance": "i-1", **NAMED, **parameter}
        ends = (
            how_it_ends(
                [
                    *host(),
                    *_settings({}, {"declares_parameter": declared, **on}),
                    ("start_session", {"principal": principal, **asked}),
                ]
            )
            for principal, declared in (("bob", True), ("amy", True), ("bob", False))
        )
        untagged, tagged, undeclared = ends
        yield given, untagged, tagged, undeclared


@part("who-fills-the-default")
def who_fills_the_default() -> str:
    """How sessions end, by what they give, as the operations were performed."""
    headings = ("The session gives", "Declared, no tag", "Declared, tagged `alice`", "Not declared, no tag")
    return table(headings, ([given, *map(cell, ends)] for given, *ends in fillings()))


@part("laws-of-tag-and-preferences")
def laws_of_tag_and_preferences() -> str:
    """A row for each law that says whose tag counts, which document holds, what fills it, and what each can do."""
    return table(
        ("Law", "Id"),
        ([link("law", id, law.title), f"`{id}`"] for id, law in LAWS.items() if set(CLAUSES) & set(law.clauses)),
    )
