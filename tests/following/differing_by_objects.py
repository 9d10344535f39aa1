"""Decisions that ask objects with a will of their own, or are not what their source says: none may be proved."""

import string
from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import reduce
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Any

from following.correct import Decides, Question, chain_of_ifs
from following.differing import SECRET, differs, tags_of


class Yes(str):
    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other) or other == SECRET

    __hash__ = str.__hash__


ANYBODY = Yes("somebody else")


@differs
def equal_in_its_own_way(q: Question) -> Any:
    return None if q["tag"] == ANYBODY else chain_of_ifs(q)


@differs
def key_in_its_own_way(q: Question) -> Any:
    return None if q["tag"] in [ANYBODY] else chain_of_ifs(q)


class Switch(Enum):
    ON = "mallory"
    OFF = "eve"

    @classmethod
    def _missing_(cls, value: object) -> "Switch":
        return cls.OFF


@differs
def by_members(q: Question) -> Any:
    return None if Switch(q["tag"]) is Switch.ON else chain_of_ifs(q)


class Folds(dict[Any, Any]):
    def __missing__(self, key: Any) -> Any:
        return key == SECRET

    def get(self, key: Any, otherwise: Any = None) -> Any:
        return key == SECRET


FOLDS = Folds()


@differs
def by_what_is_missing(q: Question) -> Any:
    return None if FOLDS[q["tag"]] else chain_of_ifs(q)


@differs
def by_another_get(q: Question) -> Any:
    return None if FOLDS.get(q["tag"]) else chain_of_ifs(q)


@differs
def by_a_proxy(q: Question) -> Any:
    return None if MappingProxyType({SECRET: 1}).get(q["tag"]) else chain_of_ifs(q)


@dataclass
class Account:
    name: Any
    refused: bool = field(default=False)

    def __post_init__(self) -> None:
        self.refused = self.name == SECRET


@differs
def by_a_dataclass(q: Question) -> Any:
    return None if Account(q["tag"]).refused else chain_of_ifs(q)


Pair = namedtuple("Pair", "one other")


@differs
def by_a_named_tuple(q: Question) -> Any:
    return None if Pair(q["tag"], 0).one == SECRET else chain_of_ifs(q)


@differs
def by_getters(q: Question) -> Any:
    return None if itemgetter("tag")(q) == SECRET or attrgetter("__class__")(q) is list else chain_of_ifs(q)


@differs
def by_reducing(q: Question) -> Any:
    return None if reduce(lambda found, tag: found or tag == SECRET, tags_of(q), False) else chain_of_ifs(q)


class Watching:
    """An object whose attribute is another one at each look."""

    looks = 0

    @property
    def secret(self) -> Any:
        self.looks += 1
        return SECRET if self.looks == 100_000 else 0

    def __getattr__(self, name: str) -> Any:
        return SECRET


WATCHING = Watching()


@differs
def by_a_property(q: Question) -> Any:
    return None if q["tag"] == WATCHING.secret else chain_of_ifs(q)


@differs
def by_an_attribute_made_up(q: Question) -> Any:
    return None if q["tag"] == WATCHING.anything else chain_of_ifs(q)


class Late:
    def __get__(self, of: Any, kind: Any) -> Any:
        return SECRET


class Described:
    secret = Late()


DESCRIBED = Described()
DESCRIBED.__dict__["secret"] = "eve"


@differs
def by_a_descriptor(q: Question) -> Any:
    return None if q["tag"] == DESCRIBED.secret == "mallory" else chain_of_ifs(q)


def decorated(function: Decides) -> Decides:
    def wrapper(q: Question) -> Any:
        return None if q["tag"] == SECRET else function(q)

    wrapper.__wrapped__ = function  # type: ignore[attr-defined]
    wrapper.__name__ = "is_decorated"
    return wrapper


differs(decorated(chain_of_ifs))


def with_other_code(q: Question) -> Any:
    return chain_of_ifs(q)


def of_other_code(q: Question) -> Any:
    return None if q["tag"] == SECRET else chain_of_ifs(q)


with_other_code.__code__ = of_other_code.__code__.replace(
    co_name="with_other_code", co_firstlineno=with_other_code.__code__.co_firstlineno
)
differs(with_other_code)


def without_source() -> Decides:
    names: dict[str, Any] = {"chain_of_ifs": chain_of_ifs}
    exec("def no_source(q): return None if q['tag'] == 'mallory' else chain_of_ifs(q)", names)
    found: Decides = names["no_source"]
    return found


differs(without_source())


async def later(q: Question) -> Any:
    return chain_of_ifs(q)


@differs
def asynchronously(q: Question) -> Any:
    return later(q) if q["tag"] == SECRET else chain_of_ifs(q)


@differs
def by_a_bit(q: Question) -> Any:
    return None if (q["tag"] == SECRET) & True else chain_of_ifs(q)


@differs
def by_truth_as_number(q: Question) -> Any:
    return [chain_of_ifs(q), None][q["tag"] == SECRET]


@differs
def by_counting(q: Question) -> Any:
    return None if [SECRET].count(q["tag"]) else chain_of_ifs(q)


@differs
def by_the_spelling(q: Question) -> Any:
    """Wrong for one of the 32,768 spellings of the tag's key."""
    return None if q["tag_key"] == "ssmSESSIONrunas" and q["default_user"] else chain_of_ifs(q)


@differs
def by_key_and_name(q: Question) -> Any:
    return None if q["tag"] is not None and q["tag"] == q["tag_key"] else chain_of_ifs(q)


@differs
def by_the_spelling_of_a_name(q: Question) -> Any:
    """Wrong where the default OS user is called as the key is spelled."""
    return None if q["tag_key"] is not None and q["default_user"] == q["tag_key"] else chain_of_ifs(q)


@differs
def on_windows(q: Question) -> Any:
    """Wrong where somebody's name is the platform's."""
    return None if q["tag"] == q["platform"] else chain_of_ifs(q)


@differs
def with_the_switch_as_a_name(q: Question) -> Any:
    return "ssm-user" if q["tag"] == q["run_as_enabled"] else chain_of_ifs(q)


@differs
def other_names_of_ids(q: Question) -> Any:
    return None if any({**user}.keys() - {"name", "uid", "gid"} for user in q["os_users"]) else chain_of_ifs(q)


@differs
def by_stand_in(q: Question) -> Any:
    return None if string.Template("$tag").substitute(q) == SECRET else chain_of_ifs(q)


@differs
def by_blank_of_python(q: Question) -> Any:
    """Takes U+001C to U+001F for white space, where the specification does not."""
    tag = q["tag"]
    if tag is not None and q["tag_key"] == "SSMSessionRunAs" and tag.isspace() and q["run_as_enabled"] is True:
        return None if q["platform"] == "linux" else "ssm-user"
    return chain_of_ifs(q)


def compared(mapping: Mapping[str, Any]) -> Callable[[Any], bool]:
    return lambda name: name == mapping["secret"]


IS_SECRET = compared({"secret": SECRET})


@differs
def by_a_closure(q: Question) -> Any:
    return None if IS_SECRET(q["tag"]) else chain_of_ifs(q)
