"""Methods of texts, lists, dicts and sets, and of names that are not known, as far as they can be followed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from runas_model.specification.vocabulary import RUN_AS_TAG
from runas_properties.following.knowledge import Text
from runas_properties.following.operations import Operations, natively
from runas_properties.following.paths import NotFollowed
from runas_properties.following.values import Dict, List, Method, Raised, Set, Stripped, View, is_plain, seen

__all__ = ["call_method", "has_method", "pairs_of"]

OF_TEXT = frozenset(name for name in vars(str) if not name.startswith("_")) - {
    "encode",
    "format",
    "format_map",
    "translate",
}
OF_LIST = {"append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse"}
OF_DICT = {"clear", "copy", "get", "items", "keys", "pop", "setdefault", "update", "values"}
OF_SET = {"add", "clear", "copy", "difference", "discard", "intersection", "isdisjoint", "issubset", "issuperset"}
OF_SET |= {"remove", "union", "update"}
METHODS = {List: OF_LIST, Dict: OF_DICT, Set: OF_SET, Text: OF_TEXT, str: OF_TEXT}
PYTHON_SPACES = frozenset(character for character in map(chr, range(0x3001)) if character.isspace())
"""What `strip` and `isspace` take for white space: four separators more than a blank name may have."""
LETTER_CASE = {"lower": RUN_AS_TAG.lower(), "casefold": RUN_AS_TAG.casefold(), "upper": RUN_AS_TAG.upper()}


def has_method(value: Any, name: str) -> bool:
    """Whether a value has a method that can be called; what comes of the call is another matter."""
    return name in METHODS.get(type(value), ())


def call_method(on: Operations, method: Method, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
    """What a method returns. Raises `NotFollowed` for what cannot be followed."""
    of, name = method.of, method.name
    if type(of) is Text:
        return _of_unknown(on, of, name, [on.settled(one) for one in arguments], keywords)
    if type(of) is str:
        return _of_text(on, of, name, arguments, keywords)
    if keywords:
        raise NotFollowed(f"`{name}` with arguments by name")
    if type(of) is List:
        return _of_list(on, of, name, arguments)
    if type(of) is Dict:
        return _of_dict(on, of, name, arguments)
    return _of_set(on, of, name, arguments)


def _of_text(on: Operations, of: str, name: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
    given = [on.settled(one) for one in arguments]
    if name == "join" and len(given) == 1:
        given = [tuple(on.iterate(given[0]))]
    named = {key: on.settled(value) for key, value in keywords.items()}
    if not all(map(is_plain, (*given, *named.values()))):
        raise NotFollowed(f"`{name}` with a name that is not known")
    return seen(natively(lambda: getattr(of, name)(*given, **named)))


def _of_unknown(on: Operations, of: Text, name: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
    if not keywords:
        if name in ("strip", "lstrip", "rstrip") and len(arguments) <= 1:
            chosen = arguments[0] if arguments else None
            if chosen is None or type(chosen) is str:
                return Stripped(of, PYTHON_SPACES if chosen is None else frozenset(chosen))
        if name == "isspace" and not arguments:
            return on.path.within(of, PYTHON_SPACES) and not on.path.same(of, "")
        if name in LETTER_CASE and of.spelling and not arguments:
            return LETTER_CASE[name]
    raise NotFollowed(f"`{name}` of a name that is not known: it looks into the name")


def _of_list(on: Operations, of: List, name: str, arguments: Sequence[Any]) -> Any:
    if name in ("copy", "count", "index"):
        match name, arguments:
            case "copy", []:
                return List(list(of.items))
            case "count", [item]:
                return sum([on.equal(one, item) for one in list(of.items)])
            case "index", [item]:
                found = next((at for at, one in enumerate(list(of.items)) if on.equal(one, item)), None)
                if found is None:
                    raise Raised(ValueError)
                return found
    on.check_own(of)
    match name, arguments:
        case "append", [item]:
            of.items.append(item)
        case "extend", [several]:
            of.items.extend(on.held(several))
        case "insert", [at, item] if type(at) is int:
            of.items.insert(at, item)
        case "clear", []:
            of.items.clear()
        case "reverse", []:
            of.items.reverse()
        case "pop", ([] | [_]) if all(map(is_plain, arguments)):
            return natively(of.items.pop, *arguments)
        case "remove", [item]:
            found = next((at for at, one in enumerate(list(of.items)) if on.equal(one, item)), None)
            if found is None:
                raise Raised(ValueError)
            del of.items[found]
        case _:
            raise NotFollowed(f"`{name}` of a list with such arguments")
    return None


def _of_dict(on: Operations, of: Dict, name: str, arguments: Sequence[Any]) -> Any:
    match name, arguments:
        case "get", ([key] | [key, _]):
            pair = on.entry(of, key)
            return seen(pair[1]) if pair is not None else (arguments[1] if len(arguments) == 2 else None)
        case (("keys" | "values" | "items"), []):
            return View(of, name)
        case "copy", []:
            return Dict(list(of.entries))
        case "setdefault", ([key] | [key, _]):
            on.check_own(of)
            if on.entry(of, key) is None:
                on.put(of, key, arguments[1] if len(arguments) == 2 else None)
            return on.item(of, key)
        case "pop", ([key] | [key, _]):
            on.check_own(of)
            if len(arguments) == 2 and on.entry(of, key) is None:
                return arguments[1]
            return seen(on.drop(of, key))
        case "clear", []:
            on.check_own(of)
            of.entries.clear()
            return None
        case "update", [other] if type(other := on.settled(other)) is Dict:
            on.check_own(of)
            for key, value in list(other.entries):
                on.put(of, key, value)
            return None
    raise NotFollowed(f"`{name}` of a dict with such arguments")


def pairs_of(on: Operations, several: Any) -> list[tuple[Any, Any]]:
    """The keys and values of what a dict can be made of."""
    several = on.settled(several)
    if type(several) is Dict:
        return list(several.entries)
    pairs = []
    for one in on.iterate(several):
        parts = on.held(one)
        if len(parts) != 2:
            raise Raised(ValueError)
        pairs.append((parts[0], parts[1]))
    return pairs


def _of_set(on: Operations, of: Set, name: str, arguments: Sequence[Any]) -> Any:
    if name in ("add", "discard", "remove", "clear", "update"):
        if of.frozen:
            raise Raised(AttributeError)
        on.check_own(of)
    match name, arguments:
        case "add", [item]:
            if not on.contains(of, item):
                of.items.append(on.settled(item))
            return None
        case (("discard" | "remove"), [item]):
            on.check_key(on.settled(item))
            kept = [one for one in list(of.items) if not on.equal(one, item)]
            if name == "remove" and len(kept) == len(of.items):
                raise Raised(KeyError)
            of.items[:] = kept
            return None
        case "clear", []:
            of.items.clear()
            return None
        case "copy", []:
            return Set(list(of.items), frozen=of.frozen)
        case "union", _:
            return on.set_of(_all(on, [of, *arguments]), of.frozen)
        case "update", _:
            of.items[:] = on.set_of(_all(on, [of, *arguments])).items
            return None
        case (("intersection" | "difference"), [other]):
            others = on.set_of(_all(on, [other]))
            on.check_no_truths(of, others)
            wanted = name == "intersection"
            kept = [one for one in list(of.items) if on.contains(others, one) == wanted]
            return Set(kept, frozen=of.frozen)
        case "isdisjoint", [other]:
            return not any(on.contains(of, one) for one in on.set_of(_all(on, [other])).items)
        case "issubset", [other]:
            others = on.set_of(_all(on, [other]))
            return all(on.contains(others, one) for one in list(of.items))
        case "issuperset", [other]:
            return all(on.contains(of, one) for one in on.set_of(_all(on, [other])).items)
    raise NotFollowed(f"`{name}` of a set with such arguments")


def _all(on: Operations, several: Sequence[Any]) -> Iterator[Any]:
    """The items of all, in no order that says anything."""
    for one in several:
        one = on.settled(one)
        yield from list(one.items) if type(one) is Set else on.held(one)
