"""Whether something can stand where something of a kind is wanted."""

from typing import Any, get_args

from runas_model.universes.language.kinds import (
    PLAIN,
    Items,
    Kind,
    Known,
    Many,
    Model,
    Shape,
    category,
    elements,
    kind_of,
    of_table,
    parts_of,
)
from runas_model.universes.tables import sorts_of

__all__ = ["fits", "is_key", "is_of", "is_text", "is_truth"]


def is_truth(kind: Kind) -> bool:
    """Whether something is a truth, as far as that is known."""
    if isinstance(kind, Known):
        return type(kind.value) is bool
    return kind is PLAIN or (isinstance(kind, Model) and kind.sort in (bool, Any))


def is_text(kind: Kind) -> bool:
    """Whether something is a text, as far as that is known: a value of a sort that is made of texts."""
    if isinstance(kind, Known):
        return type(kind.value) is str
    made_of = getattr(kind.sort, "__supertype__", kind.sort) if isinstance(kind, Model) else str
    return category(kind) in (Shape.VALUE, Shape.PLAIN) and made_of in (str, Any)


def is_key(kind: Kind, sort: Any, under: bool = False) -> bool:
    """Whether something can be looked up in a table: as many values as its keys have, and one less for all `under`."""
    parts = kind.kinds if isinstance(kind, Items) else (kind,)
    wanted = (len(sorts_of(sort)) - 1 if get_args(sort) else 1) - under
    return len(parts) == wanted and all(category(part) in (Shape.VALUE, Shape.PLAIN) for part in parts)


def fits(kind: Kind, hint: Any) -> bool:
    """Whether something can stand where `hint` is annotated, so that it is afterwards what it says."""
    wanted = kind_of(hint)
    if isinstance(kind, Known) and kind.value is None:
        return True
    several = elements(kind)
    if isinstance(wanted, Items) and isinstance(several, Items):
        return len(wanted.kinds) == len(several.kinds) and all(map(is_of, several.kinds, wanted.kinds))
    if isinstance(wanted, Many) and several is not None:
        return all(is_of(part, wanted.kind) for part in parts_of(several))
    return is_of(kind, wanted)


def is_of(kind: Kind, wanted: Kind) -> bool:
    """Whether something is of a kind that was declared: a record of that very class, a table of the same records."""
    if isinstance(wanted, Items):
        parts = elements(kind)
        return isinstance(parts, Items) and len(parts.kinds) == len(wanted.kinds) and all(
            map(is_of, parts.kinds, wanted.kinds)
        )  # fmt: skip
    if isinstance(wanted, Many):
        parts = elements(kind)
        return parts is not None and all(is_of(part, wanted.kind) for part in parts_of(parts))
    shape, needed = category(kind), category(wanted)
    if needed in (Shape.VALUE, Shape.PLAIN):
        return shape in (Shape.VALUE, Shape.PLAIN)
    if needed is Shape.TABLE:
        return shape is needed and of_table(kind.sort) == of_table(wanted.sort)
    return shape is needed and (needed is Shape.ERROR or (needed is Shape.RECORD and kind.sort == wanted.sort))
