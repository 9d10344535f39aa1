"""Python's operations on values that may not be known: each either follows them exactly or raises `NotFollowed`."""

import operator
from collections.abc import Callable, Iterator
from types import BuiltinFunctionType, FunctionType
from typing import Any

from runas_properties.following.classes import in_class
from runas_properties.following.knowledge import Number, Text
from runas_properties.following.loops import Loops
from runas_properties.following.objects import has_plain_equality, is_object, is_ordinary
from runas_properties.following.paths import NotFollowed
from runas_properties.following.values import (
    Dict,
    Function,
    Iter,
    List,
    Method,
    Raised,
    Set,
    Stripped,
    View,
    is_plain,
    named,
    seen,
)

__all__ = ["ORDERS", "Operations", "natively"]

ORDERS: dict[str, Callable[[Any, Any], Any]] = {
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
}
NATIVE_ERRORS = (TypeError, LookupError, ValueError, ArithmeticError, AttributeError)
LARGEST = 2**256
LONGEST = 10_000


def natively(function: Callable[..., Any], *arguments: Any) -> Any:
    """What Python's own function gives for values that are known; what it raises is raised by the code under test."""
    try:
        return function(*arguments)
    except NATIVE_ERRORS as error:
        raise Raised(type(error)) from None


class Operations(Loops):
    """The operations on one path."""

    def truth(self, value: Any) -> bool:
        """Whether a value counts as true."""
        value = self.settled(value)
        kind = type(value)
        if kind is Text:
            return not self.path.same(value, "")
        if kind is Stripped:
            return not self.path.within(value.text, value.characters)
        if kind is Number:
            return not self.path.same(value, 0)
        if kind in (List, Set, Dict, View):
            return self.length(value) > 0
        if kind in (Function, Method, Iter):
            return True
        if is_plain(value) or kind in (tuple, type, FunctionType, BuiltinFunctionType, range):
            return bool(value)
        if is_ordinary(value) and in_class(kind, "__len__") is None and in_class(kind, "__bool__") is None:
            return True
        raise NotFollowed(f"whether a {kind.__name__} counts as true")

    def equal(self, one: Any, other: Any) -> bool:
        """Whether two values are equal."""
        one, other = self.settled(one), self.settled(other)
        if type(one) is Stripped or type(other) is Stripped:
            return self._equal_stripped(one, other)
        if type(one) in TEXTS and type(other) in TEXTS:
            return self.path.same(one, other)
        if type(one) in NUMBERS and type(other) in NUMBERS:
            return self.path.same(*(int(value) if type(value) is bool else value for value in (one, other)))
        for kind in (list, tuple):
            if (items := _sequence(one, kind)) is not None and (others := _sequence(other, kind)) is not None:
                return len(items) == len(others) and all(map(self.equal, list(items), list(others)))
        if type(one) is Set and type(other) is Set:
            return len(one.items) == len(other.items) and all(self.contains(other, item) for item in one.items)
        if type(one) is Dict and type(other) is Dict:
            return len(one.entries) == len(other.entries) and all(
                (found := self.entry(other, key)) is not None and self.equal(value, found[1])
                for key, value in one.entries
            )
        for value in (one, other):
            if not has_plain_equality(value):
                raise NotFollowed(f"whether a {type(value).__name__} is equal to something")
        return one is other

    def _equal_stripped(self, one: Any, other: Any) -> bool:
        stripped, with_ = (one, other) if type(one) is Stripped else (other, one)
        if type(with_) is str and with_ == "":
            return self.path.within(stripped.text, stripped.characters)
        if type(with_) is Stripped or type(with_) in TEXTS or not has_plain_equality(with_):
            raise NotFollowed("a comparison of a name without the characters at its ends, which is another name")
        return False

    def identical(self, one: Any, other: Any) -> bool:
        """Whether two values are one object: known of None, truth values, members, functions and classes."""
        one, other = self.settled(one), self.settled(other)
        if not any(value is None or type(value) is bool or is_object(value) for value in (one, other)):
            raise NotFollowed("`is` between values that may be equal without being one object; compare them with ==")
        return one is other

    def before(self, order: str, one: Any, other: Any) -> bool:
        """Whether one value is less than another, or what else the order asks."""
        one, other = self.settled(one), self.settled(other)
        if is_plain(one) and is_plain(other):
            return bool(natively(ORDERS[order], one, other))
        if type(other) is Number and type(one) in (int, bool):
            one, other, order = other, one, {"Lt": "Gt", "LtE": "GtE", "Gt": "Lt", "GtE": "LtE"}[order]
        if type(one) is Number and type(other) in (int, bool):
            bound = int(other) + (order in ("LtE", "Gt"))
            return self.path.below(one, bound) == (order in ("Lt", "LtE"))
        if type(one) is Set and type(other) is Set and order in ("LtE", "GtE"):
            small, large = (one, other) if order == "LtE" else (other, one)
            return all(self.contains(large, item) for item in small.items)
        raise NotFollowed(f"the order of values that are not known: `{SIGNS[order]}`")

    def contains(self, container: Any, item: Any) -> bool:
        """Whether an item is in a container."""
        container, item = self.settled(container), self.settled(item)
        kind = type(container)
        if kind is str and type(item) is str:
            return item in container
        if kind is Set:
            self.check_key(item)
            return any(self.equal(one, item) for one in list(container.items))
        if kind is Dict:
            return self.entry(container, item) is not None
        if kind is View and container.kind == "keys":
            return self.entry(container.of, item) is not None
        if kind is View and container.kind == "items":
            raise NotFollowed("what is in the items of a dict")
        if kind in (List, View, Iter, range):
            return any(self.equal(one, item) for one in self.iterate(container))
        if kind is tuple:
            return any(self.equal(one, item) for one in container)
        if kind in (type(None), bool, int, Number):
            raise Raised(TypeError)
        raise NotFollowed(f"what is in a {named(container)}")

    def check_key(self, key: Any) -> None:
        """Raises `NotFollowed` for what is no key of a dict, or one that may be equal in a way of its own."""
        if type(key) is tuple:
            for part in key:
                self.check_key(self.settled(part))
        elif not (type(key) in (*TEXTS, *NUMBERS, type(None)) or is_object(key)):
            raise NotFollowed(f"a {named(key)} as a key or in a set")

    def entry(self, of: Dict, key: Any) -> tuple[Any, Any] | None:
        """The pair of a key in a dict, if it has one."""
        key = self.settled(key)
        self.check_key(key)
        for pair in list(of.entries):
            self.check_key(self.settled(pair[0]))
            if self.equal(pair[0], key):
                return pair
        return None

    def put(self, of: Dict, key: Any, value: Any) -> None:
        """Set a key of a dict."""
        self.check_own(of)
        pair = self.entry(of, key)
        if pair is None:
            of.entries.append((self.settled(key), value))
        else:
            of.entries[next(at for at, one in enumerate(of.entries) if one is pair)] = (pair[0], value)

    def drop(self, of: Dict, key: Any) -> Any:
        """Take a key out of a dict; the value that it had."""
        self.check_own(of)
        pair = self.entry(of, key)
        if pair is None:
            raise Raised(KeyError)
        of.entries[:] = [one for one in of.entries if one is not pair]
        return pair[1]

    def dict_of(self, pairs: Iterator[tuple[Any, Any]]) -> Dict:
        """A new dict of pairs, of which later ones replace earlier ones."""
        made = Dict([])
        for key, value in pairs:
            self.put(made, key, value)
        return made

    def set_of(self, items: Iterator[Any], frozen: bool = False) -> Set:
        """A new set of items."""
        made = Set([], frozen=frozen)
        for item in items:
            if not self.contains(made, item):
                made.items.append(self.settled(item))
        return made

    def check_no_truths(self, *sets: Set) -> None:
        """Raises `NotFollowed` where it matters which of two equal items is kept, such as 1 and True."""
        if any(type(item) is bool for one in sets for item in one.items):
            raise NotFollowed("truth values in a set, which are equal to numbers")

    def check_own(self, changed: List | Dict | Set) -> None:
        """Raises `NotFollowed` for what was there before the call, and would be there for the next one."""
        if not changed.own:
            raise NotFollowed("it changes what was there before the call, so that one call may depend on another")

    def length(self, of: Any) -> int:
        """How many items something has."""
        of = self.settled(of)
        kind = type(of)
        if kind in (List, Set):
            return len(of.items)
        if kind is Dict:
            return len(of.entries)
        if kind is View:
            return len(of.of.entries)
        if kind in (str, tuple, range):
            return len(of)
        if kind in (type(None), bool, int, Number, Iter):
            raise Raised(TypeError)
        raise NotFollowed(f"the length of a {named(of)}")

    def item(self, of: Any, key: Any) -> Any:
        """What stands at a key or a place."""
        of, key = self.settled(of), self.settled(key)
        if type(of) is Dict:
            pair = self.entry(of, key)
            if pair is None:
                raise Raised(KeyError)
            return seen(pair[1])
        places = of.items if type(of) is List else of
        if type(of) is List or type(of) in (tuple, str, range):
            ends = (key.start, key.stop, key.step) if type(key) is slice else key
            if is_plain(ends):
                found = natively(operator.getitem, places, key)
                return List(found) if type(of) is List and type(key) is slice else seen(found)
            raise NotFollowed("a place that is not known")
        if is_plain(of):
            return natively(operator.getitem, of, key if is_plain(key) else 0)
        raise NotFollowed(f"a part of a {named(of)}")

    def joined(self, sign: str, function: Callable[[Any, Any], Any], one: Any, other: Any) -> Any:
        """The value of two operands with an operator between them."""
        one, other = self.settled(one), self.settled(other)
        if sign == "Add":
            if type(one) is List and type(other) is List:
                return List([*one.items, *other.items])
            if type(one) is tuple and type(other) is tuple:
                return (*one, *other)
        if type(one) is Set and type(other) is Set and sign in ("BitOr", "BitAnd", "Sub"):
            return self._joined_sets(sign, one, other)
        if type(one) is Dict and type(other) is Dict and sign == "BitOr":
            return self.dict_of(iter([*one.entries, *other.entries]))
        if sign in ("Pow", "LShift") and type(one) is type(other) is int and 0 <= one < LARGEST and 0 <= other <= 64:
            return function(one, other)
        if is_plain(one) and is_plain(other) and sign in SAFE:
            sized = all(type(value) is not int or abs(value) < LARGEST for value in (one, other))
            repeated = sign == "Mult" and not all(type(value) in (int, bool) for value in (one, other))
            if sized and not (repeated and max(v for v in (one, other, 0) if type(v) is int) > LONGEST):
                return natively(function, one, other)
        raise NotFollowed(f"the operator {sign} on values that are not known, or on such large ones")

    def _joined_sets(self, sign: str, one: Set, other: Set) -> Set:
        if sign == "BitOr":
            return self.set_of(iter([*one.items, *other.items]), one.frozen)
        wanted = sign == "BitAnd"
        self.check_no_truths(one, other)
        return Set([item for item in list(one.items) if self.contains(other, item) == wanted], frozen=one.frozen)


TEXTS = (str, Text)
NUMBERS = (int, bool, Number)
SAFE = ("Add", "Sub", "Mult", "FloorDiv", "Mod", "BitOr", "BitAnd", "BitXor")
SIGNS = {"Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">="}


def _sequence(value: Any, kind: type) -> Any:
    if kind is list:
        return value.items if type(value) is List else None
    return value if type(value) is tuple else None
