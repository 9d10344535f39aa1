"""Scenarios of what parameters are filled with: names that are written like those of OS users, and blank ones (D7).

amy starts sessions on i-1 with a document whose default OS user, ops, is a parameter.
"""

from collections.abc import Iterator

from runas_model.specification.transitions import Call
from runas_model.universes.connectives import is_blank
from runas_properties.stateful.calls import document, instance, principal, start, user
from runas_properties.stateful.confusables import BLANKS, CONFUSABLES
from runas_properties.stateful.steering import DOCUMENTS

__all__ = ["blank_ones", "written"]

(_, OPS) = DOCUMENTS
SETTINGS = (principal(), instance(), user("ops"), document(OPS, True, "ops", declares=True))

WAYS = 2
"""Ways to write a name, of each kind, that are filled in."""


def written() -> Iterator[tuple[str, tuple[Call, ...]]]:
    """Names filled in that are written like those of OS users that are there: the flag, and the calls."""
    pairs: dict[str, list[tuple[str, str]]] = {}
    for kind in CONFUSABLES.values():
        ways = map(kind.pair, range(min(kind.examples, WAYS)))
        pairs.setdefault(kind.flag, []).extend(pair for pair in ways if pair is not None)
    for flag, every in pairs.items():
        there = dict.fromkeys(near for _, near in every if not is_blank(near) and near != "ops")
        named = [name for name, _ in every if name not in there]
        asked = (start(number, document=OPS, parameter=name) for number, name in enumerate(named, start=1))
        yield flag, (*SETTINGS, *map(user, there), *asked)


def blank_ones() -> tuple[Call, ...]:
    """Blank names filled in, one after the other."""
    return (*SETTINGS, *(start(number, document=OPS, parameter=blank) for number, blank in enumerate(BLANKS, 1)))
