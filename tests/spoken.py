"""Sets of nouns of which a test speaks, one after the other."""

from runas_model.specification.nouns import Noun

__all__ = ["ALONE"]

OF_ANOTHER = {Noun.PARAMETERS: (Noun.DOCUMENTS, Noun.PARAMETERS)}
"""Nouns of which nothing can be without another: a parameter is one of a document."""
ALONE: list[tuple[Noun, ...]] = [(), *(OF_ANOTHER.get(noun, (noun,)) for noun in Noun)]
"""No noun, and each by itself as far as it can be."""
