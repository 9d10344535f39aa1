"""Why all opaque situations, or all classes, are enough for some functions, and for which they are not."""

import random
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from following import differing_by_names
from runas_model import RUN_AS_TAG, Platform, Situation, Switch, all_readings, decide, situation
from runas_model.facts.classes import OTHER_CASE, class_of, situation_classes
from runas_properties.conformance.protocol.cases import question, situation_asked
from runas_properties.following.opaque import opaque_situations, pattern_of
from thinned import IS_DEEP, slow

CONSTANTS = ("ssm-user", "root")
NAMES = ("alice", "ops", "Alice", "2001", "-u", "zo\u00eb", "SSMSessionRunAs", *CONSTANTS)
BLANK = ("", " ", "\t")

users = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from([0, 1, 1000, 2**31]), st.sampled_from([0, 5, 1000])),
    unique_by=lambda user: user[0],
)
situations = st.builds(
    lambda tag, **more: situation(tag=tag, **more),
    run_as_enabled=st.sampled_from(Switch),
    tag=st.sampled_from((None, *BLANK, *NAMES)),
    tag_key=st.sampled_from((RUN_AS_TAG, OTHER_CASE)),
    default_user=st.sampled_from((None, *BLANK, *NAMES)),
    users=users,
    platform=st.sampled_from(Platform),
)


@pytest.fixture(scope="module")
def opaque() -> dict[Any, Situation]:
    return {pattern_of(s): s for s in opaque_situations()}


def test_there_is_one_situation_for_each_pattern(opaque: dict[Any, Situation]) -> None:
    assert len(opaque) == sum(1 for _ in opaque_situations()) == 32_850


@given(situations)
def test_every_situation_has_one_of_the_patterns(opaque: dict[Any, Situation], s: Situation) -> None:
    assert pattern_of(s) in opaque


def renamed(s: Situation, new: Callable[[str], str]) -> Situation:
    return situation(
        run_as_enabled=s.run_as_enabled,
        tag=new(s.tag) if s.tagged else None,
        tag_key=RUN_AS_TAG if s.tag_key_exact else OTHER_CASE,
        default_user=new(s.default_user),
        users=[(new(name), s.os_users[name].uid, s.os_users[name].gid) for name in s.os_users],  # type: ignore[attr-defined]
        platform=s.platform,
    )


def renaming(seed: int) -> Callable[[str], str]:
    """A bijection of names that keeps `ssm-user`, `root` and which are blank."""
    ordinary, blank = [name for name in NAMES if name not in CONSTANTS], list(BLANK)
    new = dict(zip(ordinary, random.Random(seed).sample(ordinary, len(ordinary)), strict=True))
    new |= dict(zip(blank, random.Random(seed).sample(blank, len(blank)), strict=True))
    return lambda name: new.get(name, name)


@given(situations, st.integers())
def test_names_that_are_replaced_by_others_leave_the_pattern_as_it_is(s: Situation, seed: int) -> None:
    assert pattern_of(renamed(s, renaming(seed))) == pattern_of(s)


@given(situations, st.integers(), st.sampled_from(all_readings()))
def test_the_decision_treats_names_as_opaque(s: Situation, seed: int, reading: Any) -> None:
    new = renaming(seed)
    before, after = decide(s, reading), decide(renamed(s, new), reading)

    assert after.rule == before.rule
    assert after.os_user == (None if before.os_user is None else new(before.os_user))


Opaque = Callable[[Situation], Any]


def implementation(seed: int, rarely: float = 1.0) -> Opaque:
    """A function of the pattern alone: the decision under the default reading, or something at random instead."""

    def answer(s: Situation) -> Any:
        chosen = random.Random(f"{seed} {pattern_of(s)}")
        right = decide(s).os_user
        if chosen.random() >= rarely:
            return right
        default = s.default_user if s.default_named else None
        return chosen.choice([None, "ssm-user", s.tag if s.tagged else None, default])

    return answer


def differ(one: Opaque, other: Opaque, several: Any) -> set[Any]:
    return {pattern_of(s) for s in several if one(s) != other(s)}


@pytest.mark.parametrize("seed", range(3 if IS_DEEP else 1))
def test_random_opaque_functions_differ_on_random_situations_just_where_the_opaque_situations_say(
    seed: int, opaque: dict[Any, Situation]
) -> None:
    one, other = implementation(seed), implementation(seed, rarely=0.0)
    told = differ(one, other, opaque.values())
    chosen = random.Random(seed)
    drawn = [renamed(s, renaming(chosen.randrange(10**6))) for s in chosen.sample(list(opaque.values()), 2_000)]

    assert {pattern_of(s) for s in drawn if one(s) != other(s)} == told & {pattern_of(s) for s in drawn}
    assert 1_000 < len(told) < len(opaque)


def test_each_single_fault_of_an_opaque_function_is_found(opaque: dict[Any, Situation]) -> None:
    rare, right = implementation(7, rarely=0.001), implementation(7, rarely=0.0)
    found = differ(rare, right, opaque.values())
    chosen = random.Random(7)

    assert 3 < len(found) < 100
    for pattern in found:
        other_names = renamed(opaque[pattern], renaming(chosen.randrange(10**6)))
        assert rare(other_names) != right(other_names)


@slow
def test_the_decision_is_the_same_in_all_of_a_class_under_every_reading(opaque: dict[Any, Situation]) -> None:
    """So that a function which asks no more than the rules do is right in all cases if it is in one of each class."""
    classes = [(s, class_of(s)) for s in opaque.values()]
    ruled = {(one.id, r): decide(one.example, r).rule for one in situation_classes() for r in all_readings()}

    assert all(decide(s, r).rule == ruled[one.id, r] for s, one in classes for r in all_readings())
    assert {one.id for _, one in classes} == {one.id for one in situation_classes()}


def test_an_opaque_function_that_asks_more_than_the_rules_do_may_be_right_in_all_classes_and_wrong(
    opaque: dict[Any, Situation],
) -> None:
    def is_wrong(s: Situation) -> bool:
        return bool(refusing_where_both_name_one(question(s)) != decide(s).os_user)

    def refusing_where_both_name_one(q: Mapping[str, Any]) -> Any:
        """Refuses where tag and preferences name one ordinary OS user."""
        same = q["tag"] == q["default_user"] not in (None, "", *CONSTANTS)
        return None if same else decide(situation_asked(q)).os_user

    assert not any(is_wrong(one.example) for one in situation_classes())
    assert any(map(is_wrong, opaque.values()))


@pytest.mark.parametrize("name", ["folded", "by_the_first_letter", "stripped_of_letters", "by_length"])
def test_a_function_that_looks_into_names_may_be_right_in_all_opaque_situations(
    name: str, opaque: dict[Any, Situation]
) -> None:
    """Names that are often mistaken are for these: no finite number of situations is enough."""
    wrong = getattr(differing_by_names, name)

    assert all(wrong(question(s)) == decide(s).os_user for s in list(opaque.values())[::37])
