"""Python's own functions on values that may not be known. What is not here cannot be followed.

They are known by what they are and not by what they are called, as they were before the code under test was imported.
"""

import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from runas_properties.following.knowledge import Number, Text
from runas_properties.following.methods import pairs_of
from runas_properties.following.operations import Operations, natively
from runas_properties.following.paths import NotFollowed
from runas_properties.following.values import Dict, Iter, List, Raised, Set, is_plain, kind_of, seen

__all__ = ["BUILT_IN", "call_function"]

Call = Callable[[Any, Sequence[Any], Mapping[str, Any]], Any]
NOTHING = object()


def call_function(on: Operations, call: Call, function: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """What one of Python's own functions returns; `call` calls a function of the code under test."""
    followed = BUILT_IN.get(function)
    if followed is None:
        raise NotFollowed(f"a call of `{getattr(function, '__name__', type(function).__name__)}`")
    if named:
        raise NotFollowed(f"`{function.__name__}` with arguments by name")
    try:
        return followed(on, call, *given)
    except TypeError as error:
        if error.__traceback__ is not None and error.__traceback__.tb_next is None:  # wrong arguments
            raise NotFollowed(f"`{function.__name__}` with such arguments") from None
        raise


def _all_of(on: Operations, call: Call, several: Any) -> bool:
    return all(on.truth(one) for one in on.iterate(several))


def _any_of(on: Operations, call: Call, several: Any) -> bool:
    return any(on.truth(one) for one in on.iterate(several))


def _bool(on: Operations, call: Call, value: Any = False) -> bool:
    return on.truth(value)


def _len(on: Operations, call: Call, of: Any) -> int:
    return on.length(of)


def _isinstance(on: Operations, call: Call, value: Any, kinds: Any) -> bool:
    kinds = on.settled(kinds)
    value = on.settled(value)
    several = kinds if type(kinds) is tuple else (kinds,)
    if not all(type(kind) is type and kind in KNOWN for kind in several):
        raise NotFollowed("`isinstance` with a class other than those of plain values")
    if not (is_plain(value) or type(value) in (tuple, Text, Number, List, Dict, Set)):
        raise NotFollowed("`isinstance` of an object")
    return issubclass(kind_of(value), several)


def _type(on: Operations, call: Call, value: Any) -> type:
    value = on.settled(value)
    if not (is_plain(value) or type(value) in (tuple, Text, Number, List, Dict, Set)):
        raise NotFollowed("`type` of an object")
    return kind_of(value)


def _list(on: Operations, call: Call, several: Any = ()) -> List:
    return List(list(on.iterate(several)))


def _tuple(on: Operations, call: Call, several: Any = ()) -> tuple[Any, ...]:
    return tuple(on.iterate(several))


def _items(on: Operations, several: Any) -> Iterator[Any]:
    several = on.settled(several)
    return iter(list(several.items)) if type(several) is Set else on.iterate(several)


def _set(on: Operations, call: Call, several: Any = ()) -> Set:
    return on.set_of(_items(on, several))


def _frozenset(on: Operations, call: Call, several: Any = ()) -> Set:
    return on.set_of(_items(on, several), frozen=True)


def _dict(on: Operations, call: Call, several: Any = ()) -> Dict:
    return on.dict_of(iter(pairs_of(on, several)))


def _next(on: Operations, call: Call, values: Any, otherwise: Any = NOTHING) -> Any:
    values = on.settled(values)
    if type(values) is not Iter:
        raise NotFollowed("`next` of what is no iterator")
    found = next(values.values, NOTHING)
    if found is NOTHING and otherwise is NOTHING:
        raise NotFollowed("`next` of an iterator that may have no more, without a default")
    return otherwise if found is NOTHING else found


def _iter(on: Operations, call: Call, several: Any) -> Any:
    return Iter(on.iterate(several))


def _enumerate(on: Operations, call: Call, several: Any, start: Any = 0) -> Iter:
    if type(start) is not int:
        raise NotFollowed("`enumerate` from a number that is not known")
    return Iter((number, value) for number, value in enumerate(on.iterate(several), start))


def _zip(on: Operations, call: Call, *several: Any) -> Iter:
    return Iter(zip(*(on.iterate(one) for one in several), strict=False))


def _map(on: Operations, call: Call, function: Any, *several: Any) -> Iter:
    return Iter(call(function, values, {}) for values in zip(*(on.iterate(one) for one in several), strict=False))


def _filter(on: Operations, call: Call, function: Any, several: Any) -> Iter:
    function = on.settled(function)
    return Iter(
        one
        for one in on.iterate(several)
        if on.truth(one if function is None else call(function, (one,), {}))
    )  # fmt: skip


def _reversed(on: Operations, call: Call, several: Any) -> Iter:
    several = on.settled(several)
    places = several.items if type(several) is List else several
    if type(places) not in (list, tuple):
        raise NotFollowed("`reversed` of what is neither a list nor a tuple")
    return Iter(_from_the_end(places))


def _from_the_end(places: Sequence[Any]) -> Iterator[Any]:
    """The items of what may get shorter or longer meanwhile."""
    for at in range(len(places) - 1, -1, -1):
        if at >= len(places):
            return
        yield places[at]


def _sorted(on: Operations, call: Call, several: Any) -> List:
    items = list(_items(on, several))
    if len(items) > 1 and not is_plain(tuple(items)):
        raise NotFollowed("the order of values that are not known: `sorted`")
    return List(natively(sorted, items))


def _least(on: Operations, call: Call, *given: Any) -> Any:
    return _extreme(on, "Lt", given)


def _greatest(on: Operations, call: Call, *given: Any) -> Any:
    return _extreme(on, "Gt", given)


def _extreme(on: Operations, order: str, given: Sequence[Any]) -> Any:
    several = list(on.iterate(given[0])) if len(given) == 1 else list(given)
    if not several:
        raise Raised(ValueError)
    found = several[0]
    for one in several[1:]:
        if on.before(order, one, found):
            found = one
    return found


def _plainly(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that is followed where all it is given is known."""

    def followed(on: Operations, call: Call, *given: Any) -> Any:
        settled = [on.settled(one) for one in given]
        if not all(map(is_plain, settled)):
            raise NotFollowed(f"`{function.__name__}` of what is not known")
        return seen(natively(function, *settled))

    return followed


def _str(on: Operations, call: Call, value: Any = "") -> Any:
    value = on.settled(value)
    return value if type(value) is Text else _plainly(str)(on, call, value)


def _int(on: Operations, call: Call, value: Any = 0) -> Any:
    value = on.settled(value)
    return value if type(value) is Number else _plainly(int)(on, call, value)


def _callable(on: Operations, call: Call, value: Any) -> bool:
    if not is_plain(value := on.settled(value)) and type(value) not in (Text, Number, List, Dict, Set):
        raise NotFollowed("`callable` of an object")
    return False


def _range(on: Operations, call: Call, *given: Any) -> range:
    made = _plainly(range)(on, call, *given)
    assert isinstance(made, range)
    return made


KNOWN = (type(None), bool, int, str, float, bytes, list, tuple, dict, set, frozenset, object)
"""Classes that can be asked for."""
BUILT_IN: dict[Any, Callable[..., Any]] = {
    builtins.all: _all_of,
    builtins.any: _any_of,
    builtins.bool: _bool,
    builtins.len: _len,
    builtins.isinstance: _isinstance,
    builtins.type: _type,
    builtins.list: _list,
    builtins.tuple: _tuple,
    builtins.set: _set,
    builtins.frozenset: _frozenset,
    builtins.dict: _dict,
    builtins.next: _next,
    builtins.iter: _iter,
    builtins.enumerate: _enumerate,
    builtins.zip: _zip,
    builtins.map: _map,
    builtins.filter: _filter,
    builtins.reversed: _reversed,
    builtins.sorted: _sorted,
    builtins.min: _least,
    builtins.max: _greatest,
    builtins.str: _str,
    builtins.int: _int,
    builtins.range: _range,
    builtins.callable: _callable,
    builtins.repr: _plainly(repr),
    builtins.abs: _plainly(abs),
    builtins.ord: _plainly(ord),
    builtins.chr: _plainly(chr),
}
