"""Pieces of Python, with arguments to call them with: what following them gives must be what Python gives."""

from collections.abc import Callable
from typing import Any

__all__ = ["SNIPPETS"]

SNIPPETS: list[tuple[Callable[..., Any], tuple[Any, ...]]] = []
EMPTY: dict[str, str] = {}
TABLE = {"a": 1, True: "yes", None: "nobody", ("x", 1): "pair"}


def called_with(*several: tuple[Any, ...]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        SNIPPETS.extend((function, arguments) for arguments in several)
        return function

    return register


@called_with((1, 2), (0, True), ("a", "b"), (None, 0), ("", []), ([1], [1]), ({"a": 1}, {"a": True}), ((1,), [1]))
def comparisons(a: Any, b: Any) -> Any:
    return [a == b, a != b, a is None, b is True, a in (b, 1), not a, a or b, a and b, bool(a)]


@called_with((1, 2), ("b", "a"), (None, 1), (True, 0), ((1, 2), (1, 3)), ("a", 1))
def orders(a: Any, b: Any) -> Any:
    return [a < b, a <= b, a > b >= a, min(a, b), max([a, b]), sorted([b, a])]


@called_with((7, 2), (7, 0), ("a", 3), ((1,), (2,)), ([1], [2]), (None, 1), (2, 65))
def operators(a: Any, b: Any) -> Any:
    return a + b, a * 2, a // b, a % b, -a, a**2, a | 1, a & 1, a ^ 1


@called_with(("one two",), ("  x ",), ("",), ("SSM",), (3,), (None,))
def texts(text: Any) -> Any:
    parts = text.split()
    return (
        [text.strip(), text.lower(), text.upper(), text.startswith("o"), text.isspace(), "-".join(parts), text[::-1]],
        f"<{text!r:>10}|{text}>", len(text), text.partition(" "), text.replace("o", "0"), text in "one two",
    )  # fmt: skip


@called_with(([3, 1, 2],), ([],), ("abc",), ((1, 2),), (None,), (5,), ({"a": 1},))
def loops(several: Any) -> Any:
    found: list[Any] = []
    for at, one in enumerate(several, 1):
        if one == 2:
            continue
        if at > 3:
            break
        found.append((at, one))
    else:
        found.append("all")
    rest = found
    rest += ["end"]
    return found, [x for x in several if x], {x: [x] for x in several}, list(zip(several, found)), list(reversed(found))  # noqa: B905


@called_with(([1, 2],), ([1, 2, 3],), ("ab",), (None,))
def unpacking(pair: Any) -> Any:
    a, b = pair
    (c, d), e = (a, b), a
    return a, b, c, d, e


@called_with(("a",), (1,), (True,), (None,), (("x", 1),), ("no",), ([],))
def tables(key: Any) -> Any:
    own: dict[Any, Any] = {**TABLE, "a": 2}
    own[key] = own.get(key, "new")
    own.setdefault("b", []).append(key)
    removed = own.pop(key, "gone"), own.pop("zzz", None)
    return key in TABLE, TABLE.get(key), list(own), removed, own, len(own), list(own.items()), {"b": 1} | own


@called_with(([1, 1, 2],), (["a"],), ([],), ([True, 1, 0, False],))
def sets(several: Any) -> Any:
    one, other = set(several), {1, "a"}
    one.add("z")
    one.discard(2)
    return len(one), "z" in one, len(one & other), len(one | other), len(one - other), one == other, one <= other


@called_with((0,), (1,), (2,), (3,))
def exceptions(number: Any) -> Any:
    told: list[Any] = []
    try:
        try:
            if number == 0:
                told.append(EMPTY["no"])
            elif number == 1:
                told.append(None.lower())  # type: ignore[attr-defined]
            elif number == 2:
                raise ValueError("no")
            else:
                told.append("fine")
        except KeyError as error:
            told.append(error is None)
            told.append("key")
            raise RuntimeError from None
        except (AttributeError, TypeError):
            told.append("attribute")
        else:
            told.append("else")
        finally:
            told.append("finally")
    except RuntimeError:
        told.append("runtime")
    return told


@called_with((0,), (1,), (2,))
def finally_wins(number: Any) -> Any:
    for _ in (1, 2):
        try:
            if number == 0:
                raise KeyError
            if number == 1:
                return "try"
        finally:
            if number < 2:
                break  # noqa: B012
    return "after"


@called_with((1,), (2,), ("a",), (None,), ([1, 2],), ((1, 2),), ({"k": 1, "x": 2},), ({},), (True,))
def patterns(value: Any) -> Any:
    match value:
        case None:
            return "none"
        case True | False:
            return "truth"
        case 1:
            return "one"
        case int(number) if number > 1:
            return number
        case [1, x]:
            return "pair", x
        case {"k": k}:
            return "k", k
        case str() as text:
            return text
    return "other"


@called_with((1, 2), (1,), (), (1, 2, 3, 4))
def arguments(*given: Any) -> Any:
    def inner(a: Any, /, b: Any = 10, *rest: Any, c: Any = 5, **more: Any) -> Any:
        return a, b, rest, c, more

    return inner(*given), inner(*given, c=1), inner(*given[:1], **{"b": 3}, d=4), inner(*given, **{"e": 1})


@called_with((1,), (2,), (3,), (4,))
def wrong_arguments(which: Any) -> Any:
    def inner(a: Any, b: Any = 1) -> Any:
        return a, b

    calls = {1: lambda: inner(), 2: lambda: inner(1, 2, 3), 3: lambda: inner(1, a=2), 4: lambda: inner(1, c=2)}  # type: ignore[call-arg, misc]
    return calls[which]()


@called_with(([1, 2, 3],), ([],), ([0, 0],))
def generators(several: Any) -> Any:
    return (
        next((x * 2 for x in several if x is not None), "none"),
        list(x * 2 for x in several if x is not None),  # noqa: C400
        any(several),
        all(several),
        list(map(lambda x: x + 1, several)),  # noqa: C417
        next(filter(None, several)),
    )


@called_with(([],), ([1],))
def a_stop_within(several: Any) -> Any:
    return list(next(iter(inner)) for inner in [several, several])  # noqa: C400


@called_with((3,), (0,))
def closures(number: Any) -> Any:
    made: list[Callable[[], Any]] = [lambda: at for at in range(number)]  # noqa: B023
    total = 0
    while total < number:
        total += 1
        if total == 2:
            break
    return [one() for one in made], total, (last := number) and last


@called_with((1,), ("1",), (None,), ([],), ({},), ((),), (True,))
def kinds(value: Any) -> Any:
    return isinstance(value, int), isinstance(value, (str, list)), type(value) is bool, type(value) == dict  # noqa: E721


@called_with((1,))
def unbound(number: Any) -> Any:
    if number == 2:
        late = 1
    return late


@called_with(([1, 2, 3],))
def changed_in_a_loop(several: Any) -> Any:
    for one in several:
        if len(several) < 6:
            several.append(one)
    return several


@called_with(([1, 2, 2],), ([],))
def lists(several: Any) -> Any:
    copied = several.copy()
    copied.insert(0, "first")
    copied.extend(several[::-1])
    copied.reverse()
    taken = copied.pop(), copied.pop(0) if copied else None
    copied.append(several)
    return copied, taken, several.count(2), several.index(2), several[-1], several + [9], [*several, *copied]  # noqa: RUF005


@called_with(([1, 2, 1],), ([],), (["a"],), ([None, True, 1],))
def methods_of_lists(given: Any) -> Any:
    several = list(given)
    several.extend(given)
    several.insert(0, "first")
    several.reverse()
    told = [several.count(1), several.index("first"), several.pop(), several.copy()]
    several.remove(1)
    last = several.pop(0)
    emptied = several.copy()
    emptied.clear()
    return told, several, last, emptied


@called_with(("missing",), ("a",), (1,))
def what_is_not_in_a_list(item: Any) -> Any:
    return ["a", "b"].index(item)


@called_with(({"a": 1},), ({},), ([("a", 1), ("b", 2)],), ([("a",)],), (None,))
def methods_of_dicts(given: Any) -> Any:
    table = dict(given)
    more = table.copy()
    more.update({"a": 2, "c": 3})
    told = [table.setdefault("a", 5), more.pop("c"), list(more.values()), more.get("z"), more.setdefault("z")]
    copied = table.copy()
    copied.clear()
    return told, table, more, copied, table.pop("q", None), table.pop("a")


@called_with(([1, 2],), ([],), (["a", "b"],), ([1, "a"],))
def methods_of_sets(given: Any) -> Any:
    one, other = set(given), frozenset([1, "a", "z"])
    copied = one.copy()
    copied.update(["q"], (1,))
    told = [len(one.union(other, ["y"])), len(one.intersection(other)), len(one.difference(given))]
    asked = [one.isdisjoint(other), one.issubset(other), one.issuperset([1]), other.isdisjoint(["no"])]
    emptied = set(given)
    emptied.clear()
    return told, asked, len(copied), len(emptied), len(other.copy())


@called_with((1,), (5,))
def what_is_removed_from_a_set(item: Any) -> Any:
    several = {1, 2}
    several.remove(item)
    return len(several)


@called_with(("a",))
def a_frozen_set_stays(item: Any) -> Any:
    several: Any = frozenset("b")
    return several.add(item)


@called_with((["a", ""],), ([],), ([0, None, 3],))
def functions(several: Any) -> Any:
    first = next(iter(several), "none")
    kinds = [isinstance(one, (str, int)) for one in several]
    chosen = list(filter(None, several)), list(map(str, several)), tuple(reversed(several)), False
    return first, kinds, chosen, all(several), any(several), len(frozenset(several)), type(several) is list
