"""Decisions by objects and classes that show one thing, and do another when Python uses them: none may be proved."""

import builtins
import sys
from collections.abc import Callable
from enum import Enum, EnumMeta
from types import FunctionType, MethodType
from typing import Any

from following.correct import Question, chain_of_ifs
from following.differing import change_the_question, differs, hides, is_long
from runas_properties.following.values import Function


def never(*given: Any) -> bool:
    return False


class SaysItIsAFunction:
    __class__: Any = property(lambda self: FunctionType)
    __code__, __globals__, __builtins__ = never.__code__, never.__globals__, vars(builtins)
    __closure__ = __defaults__ = __kwdefaults__ = None

    def __call__(self, q: Question) -> bool:
        return len(q["tag"] or "") == 137


SAYS_IT_IS_A_FUNCTION: Any = SaysItIsAFunction()


@hides
def by_what_says_it_is_a_function(q: Question) -> Any:
    return None if SAYS_IT_IS_A_FUNCTION(q) else chain_of_ifs(q)


class SaysItIsPlain:
    __class__: Any = property(lambda self: Function)

    def __eq__(self, other: object) -> bool:
        return is_long(other)

    __hash__ = object.__hash__


SAYS_IT_IS_PLAIN = SaysItIsPlain()


@hides
def by_what_says_it_is_plain(q: Question) -> Any:
    return None if q["tag"] == SAYS_IT_IS_PLAIN else chain_of_ifs(q)


class Shy(type):
    """Shows nothing of what its classes have."""

    def __getattribute__(cls, name: str) -> Any:
        if name in ("__bool__", "__len__"):
            raise AttributeError(name)
        return {"__call__": never} if name == "__dict__" else super().__getattribute__(name)


class Behind(metaclass=Shy):
    def __bool__(self) -> bool:
        return change_the_question()

    def __call__(self, q: Question) -> bool:
        return len(q["tag"] or "") == 137


BEHIND = Behind()


@hides
def by_truth_behind_a_metaclass(q: Question) -> Any:
    return chain_of_ifs(q) if BEHIND else None


@hides
def by_a_call_behind_a_metaclass(q: Question) -> Any:
    return None if BEHIND(q) else chain_of_ifs(q)


class LikeTruthValues(type):
    """The class of classes that say that they are that of truth values."""

    def __eq__(cls, other: object) -> bool:
        return other is bool

    __hash__ = type.__hash__


class LikeATruthValue(metaclass=LikeTruthValues):
    def __eq__(self, other: object) -> bool:
        return is_long(other)

    __hash__ = object.__hash__


LIKE_A_TRUTH_VALUE = LikeATruthValue()


@hides
def by_what_is_like_a_truth_value(q: Question) -> Any:
    return None if (q["tag"],) == (LIKE_A_TRUTH_VALUE,) else chain_of_ifs(q)


class ShyMembers(EnumMeta):
    def __getattribute__(cls, name: str) -> Any:
        return object.__eq__ if name == "__eq__" else super().__getattribute__(name)


class Member(Enum, metaclass=ShyMembers):
    ONE = 1

    def __eq__(self, other: object) -> bool:
        return is_long(other)

    __hash__ = object.__hash__


ONE = Member.ONE


@hides
def by_a_member_behind_a_metaclass(q: Question) -> Any:
    return None if q["tag"] == ONE else chain_of_ifs(q)


class Shown:
    """Shows one thing on a class, and does another on its objects."""

    def __init__(self, shown: Any, does: Callable[..., Any]) -> None:
        self.shown, self.does = shown, does

    def __get__(self, of: Any, kind: Any) -> Any:
        if of is not None:
            return self.does
        if self.shown is None:
            raise AttributeError
        return self.shown


class TwoFaced:
    __bool__: Any = Shown(None, lambda: change_the_question())


TWO_FACED = TwoFaced()


@hides
def by_truth_behind_a_descriptor(q: Question) -> Any:
    return chain_of_ifs(q) if TWO_FACED else None


class TwoFacedMember(Enum):
    ONE = 1


TwoFacedMember.__eq__ = Shown(object.__eq__, is_long)  # type: ignore[assignment]
TWO_FACED_MEMBER = TwoFacedMember.ONE


@hides
def by_a_member_behind_a_descriptor(q: Question) -> Any:
    return None if q["tag"] == TWO_FACED_MEMBER else chain_of_ifs(q)


class MemberWithAValue(Enum):
    ONE = "one"


MemberWithAValue._value_ = property(lambda self: change_the_question() and "one")
MEMBER_WITH_A_VALUE = MemberWithAValue.ONE


@hides
def by_a_value_behind_a_property(q: Question) -> Any:
    return chain_of_ifs(q) if MEMBER_WITH_A_VALUE.value == "one" else None


class OwnMap(dict[Any, Any]):
    def __eq__(self, other: object) -> bool:
        return True

    def __contains__(self, key: object) -> bool:
        return False

    def __getitem__(self, key: Any) -> Any:
        return Mapped.ONE if is_long(key) else super().__getitem__(key)

    __hash__ = None


class Mapped(Enum):
    ONE = "one"


Mapped._value2member_map_ = OwnMap(Mapped._value2member_map_)


@hides
def by_a_map_of_members(q: Question) -> Any:
    try:
        return None if Mapped(q["tag"]) is Mapped.ONE and q["tag"] != "one" else chain_of_ifs(q)
    except ValueError:
        return chain_of_ifs(q)


class SameAsAny:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__

    def __call__(self, of: Any, q: Question) -> bool:
        return len(q["tag"] or "") == 137


class Checks:
    def check(self, q: Question) -> bool:
        return False


CHECKS = Checks()
CHECKS.__dict__ = OwnMap()
dict.__setitem__(CHECKS.__dict__, "check", MethodType(SameAsAny(), CHECKS))


@hides
def by_a_dict_of_attributes(q: Question) -> Any:
    return None if CHECKS.check(q) else chain_of_ifs(q)


class Key(str):
    """A name that is the one looked up where the tag is long."""

    def __eq__(self, other: object) -> bool:
        question = sys._getframe(1).f_locals.get("q")
        return type(question) is dict and is_long(question["tag"])

    __hash__ = str.__hash__


class Flags:
    pass


FLAGS: Any = Flags()
FLAGS.__dict__[Key("flag")] = True
FLAGS.__dict__["flag"] = False


@hides
def by_a_name_of_an_attribute(q: Question) -> Any:
    return None if FLAGS.flag else chain_of_ifs(q)


class LongText(str, Enum):  # noqa: UP042
    """Members are texts, so that Python asks the text where the member does not know."""

    ONE = "x" * 137
    __eq__ = object.__eq__
    __hash__ = object.__hash__


@hides
def by_a_member_that_is_a_text(q: Question) -> Any:
    return None if q["tag"] == LongText.ONE else chain_of_ifs(q)


@differs
def by_a_member_that_is_a_text_among_others(q: Question) -> Any:
    return None if q["tag"] in ("nobody-at-all", LongText.ONE) else chain_of_ifs(q)


class LargeNumber(int, Enum):
    ONE = 4_294_967_201
    __eq__ = object.__eq__
    __hash__ = object.__hash__


@differs
def by_a_member_that_is_a_number(q: Question) -> Any:
    return None if any(user["uid"] == LargeNumber.ONE for user in q["os_users"]) else chain_of_ifs(q)


class Unequal(Enum):
    ONE = 1

    def __ne__(self, other: object) -> bool:
        return not is_long(other)


@hides
def by_an_inequality_of_its_own(q: Question) -> Any:
    return None if not q["tag"] != Unequal.ONE else chain_of_ifs(q)  # noqa: SIM202
