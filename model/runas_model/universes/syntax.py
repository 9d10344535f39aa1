"""Whether a function of the specification means the same in every universe: asked of its syntax tree.

What a *model value* is, a truth, a name, a table, differs from universe to universe. `is`, `in`, `and`, `or`, `not`,
`if`, an order, a format and the like ask of the Python object that stands for it, and so may answer in one universe
what is not so in another, without a word. So rules, operations and laws, and all that they call, are written in a small
language, and what is not known to be of it is refused: connectives, `==` of values, records and tables; cases and
loops where what decides is plain, the same in every universe.
"""

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar

from runas_model.universes.language.fitting import is_of, is_truth
from runas_model.universes.language.functions import Reader
from runas_model.universes.language.kinds import Model, kind_of
from runas_model.universes.language.members import declare, is_declared, not_constructible
from runas_model.universes.sources import NotForEveryUniverse

F = TypeVar("F", bound=Callable[..., Any])

__all__ = ["NotForEveryUniverse", "check_function", "for_every_universe", "forget_checked"]

_reader = Reader()
_checked: set[tuple[Any, ...]] = set()


def check_function(function: Callable[..., Any], *given: Any, returns: Any = Any, **named: Any) -> None:
    """Check a function, and those that it calls, for arguments of these sorts and classes, in order and by name.

    What it returns has to be of the class `returns`, or a truth where that is `bool`. The first argument is the
    subject: what its class names in `PLAIN` is plain. A function that was checked for the same is not checked again,
    until `forget_checked`. Raises `NotForEveryUniverse` at the first place that may mean something else elsewhere; also
    where the source is not to be read, or is not what runs.
    """
    if not isinstance(function, FunctionType):
        raise NotForEveryUniverse(f"{function!r} is no function that can be read: write `def` or `lambda`")
    asked = (function, given, returns, *named.items())
    if asked in _checked or is_declared(function):
        return
    kinds = [kind_of(sort) for sort in given]
    if kinds and isinstance(kinds[0], Model):
        kinds[0] = Model(kinds[0].sort, subject=True)
    code = function.__code__
    where = f"{code.co_filename}, line {code.co_firstlineno}: `{function.__name__}`"
    try:
        result = _reader.function(function, kinds, {name: kind_of(sort) for name, sort in named.items()})
    except NotForEveryUniverse:
        raise
    except (AttributeError, LookupError, NameError, RecursionError, TypeError, ValueError) as error:
        raise NotForEveryUniverse(f"{where}: it cannot be read, or something that it uses: {error}") from error
    if returns is not Any and not (is_truth(result) if returns is bool else is_of(result, kind_of(returns))):
        wanted = "a truth" if returns is bool else f"a {returns.__name__}"
        raise NotForEveryUniverse(f"{where}: it may return something else than {wanted}")
    _checked.add(asked)


def forget_checked() -> None:
    """From now on every function is checked anew, with what its names mean by then."""
    _reader.forget()
    _checked.clear()
    not_constructible.cache_clear()


def for_every_universe(function: F) -> F:
    """Declare of a function that it means the same in every universe though its syntax does not show it."""
    declare(function)
    return function
