"""The universe of words: what a law asks, kept as it is asked, and told in English.

May import `facts`, `specification` and `universes`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_model.words.named_parts import Entry, glossary
    from runas_model.words.phrases import MissingPhrase
    from runas_model.words.telling import clause, clauses, noun
    from runas_model.words.terms import Term, WordTransition, evaluate, fresh, specification, whole
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "clause",
    "clauses",
    "noun",
    "glossary",
    "Entry",
    "Term",
    "fresh",
    "whole",
    "evaluate",
    "specification",
    "WordTransition",
    "MissingPhrase",
]
