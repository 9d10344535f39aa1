"""What the page of the protocol says of the specification: its reasons, its errors, white space, and what is new."""

import unicodedata

from runas_model import OPERATIONS, Platform, situation
from runas_model.specification.errors import ERRORS
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.vocabulary import Reason
from runas_model.universes.connectives import WHITE_SPACE
from runas_properties.conformance.protocol.version_1 import NEW
from runas_properties.explorer.reach import errors_of
from spec_site.markdown import link, links, table
from spec_site.parts import part

__all__: list[str] = []

ANY = situation(run_as_enabled=False, platform=Platform.LINUX, users=[])
"""The reason of a rule is the same in every situation."""


@part("protocol-reasons")
def reasons() -> str:
    """A row for each reason, with the rules that refuse a session for it."""
    rules: dict[Reason | None, list[str]] = {}
    for rule in RULEBOOK:
        rules.setdefault(rule.outcome(rule.id, ANY).reason, []).append(rule.id)
    return table(("`refused`", "by the rule"), ([f"`{one.value}`", links("rule", rules[one])] for one in Reason))


@part("protocol-errors")
def errors() -> str:
    """A row for each error, with what its operation requires, and the operations that may fail with it."""
    operations = {id: errors_of(id) for id in OPERATIONS}
    return table(
        ("`failed`", "the operation requires", "operations"),
        (
            [
                f"`{error.__name__}`",
                error.required,
                ", ".join(link("operation", id) for id, every in operations.items() if error.__name__ in every),
            ]
            for error in ERRORS
        ),
    )


@part("white-space")
def white_space() -> str:
    """Every character that a blank name may have, by its number and name."""
    return ", ".join(f"U+{ord(one):04X}{_named(one)}" for one in WHITE_SPACE) + "."


@part("new-in-protocol-2")
def new() -> str:
    """What an implementation of version 1 is not asked."""
    return "\n".join(f"- {one}" for one in NEW)


def _named(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    return f" {name}" if name else ""
