"""Every class of situations that the decision can tell apart, with an example of each.

Two situations are in one class when every question of the rulebook (`runas_model.facts.FACTS`) has the same answer in
both, as far as it matters (`MATTERS`): what a tag names matters only where there is one, and where Run As may apply.
Under one reading, all situations of a class are decided by the same rule.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

import attrs

from runas_model.doors import checked
from runas_model.facts.questions import FACTS, ask
from runas_model.inputs.situations import situation
from runas_model.specification.readings import DEFAULT
from runas_model.specification.vocabulary import ROOT, RUN_AS_TAG, SSM_USER, Platform, Situation, Switch
from runas_model.universes.connectives import all_of, any_of, not_

__all__ = [
    "DEFAULTS",
    "MATTERS",
    "OTHER_CASE",
    "TAGS",
    "Named",
    "SituationClass",
    "answers",
    "class_of",
    "named_situations",
    "situation_classes",
]


@attrs.frozen
class SituationClass:
    """A class: its id, a slug such as `linux-on-tag-user-missing-no-default`; an example; the answers in it."""

    id: str
    example: Situation
    answers: dict[str, bool]


QUESTIONS = tuple(source for source in FACTS if "r." not in source)
"""The questions that are about the situation and not about the reading."""

Condition = tuple[tuple[str, ...], ...]
"""Questions in groups, of each of which one at least has the answer yes, or no where `not` stands before it."""

UNREADABLE, ON = "s.run_as_enabled is Switch_UNREADABLE", "s.run_as_enabled is Switch_ON"
READABLE: Condition = ((f"not {UNREADABLE}",),)
MAY_COVER: Condition = (*READABLE, ("s.platform is Platform_LINUX", "s.platform is Platform_MACOS"))
MAY_APPLY: Condition = (*MAY_COVER, (ON,))


def _matters(source: str) -> Iterator[tuple[str, ...]]:
    about_tag, about_default = "s.tag" in source and source != "s.tagged", "s.default_user" in source
    if source == UNREADABLE:
        return
    yield from READABLE if "s.platform" in source else MAY_COVER if source == ON else MAY_APPLY
    if about_tag:
        yield ("s.tagged",)
        if source not in ("s.tag_blank", "s.tag_key_exact"):
            yield ("not s.tag_blank",)
    if about_default:
        yield ("s.default_named",)
    if "s.os_users[" in source:
        yield (f"s.os_users.has({'s.tag' if about_tag else 's.default_user'})",)


MATTERS: dict[str, Condition] = {source: tuple(_matters(source)) for source in QUESTIONS}
"""Where the answer to a question can make a difference to the decision, by the question's source."""


@checked
def answers(s: Situation) -> dict[str, bool]:
    """The answer to each question, by its source; false where it does not matter. Works in every universe."""
    asked = {source: ask(source, s, DEFAULT) for source in QUESTIONS}

    def holds(literal: str) -> bool:
        source = literal.removeprefix("not ")
        return asked[source] if source == literal else not_(asked[source])

    return {
        source: all_of(*(any_of(*map(holds, group)) for group in condition), asked[source])
        for source, condition in MATTERS.items()
    }


IDS = {"present": (2001, 2001), "root": (0, 0), "uid-0": (0, 2001), "gid-0": (2001, 0)}
"""uid and gid of an OS user that is ordinary, root, or has either half of root."""

OTHER_CASE = "ssmsessionrunas"
"""A spelling of the Run As tag's key in another case."""


@attrs.frozen
class Named:
    """What a tag or the preferences name: its slug, the name, and uid and gid of the OS user of that name.

    `name` is None where nobody is named, `ids` None where the OS user is missing; `key` is the tag's key as spelled.
    """

    slug: str
    name: str | None
    ids: tuple[int, int] | None
    key: str = RUN_AS_TAG


def _named(by: str, user: str, key: str = RUN_AS_TAG) -> Iterator[Named]:
    for called, name in (("user", user), (SSM_USER, SSM_USER), (ROOT, ROOT)):
        yield Named(f"{by}-{called}-missing", name, None, key)
        yield from (Named(f"{by}-{called}-{kind}", name, ids, key) for kind, ids in IDS.items())


TAGS: tuple[Named, ...] = (
    Named("tag-blank", "", None),
    Named("untagged", None, None),
    *_named("tag", "alice"),
    Named("tag-other-case-blank", "", None, OTHER_CASE),
    *_named("tag-other-case", "alice", OTHER_CASE),
)
"""What a tag may be like, as far as the decision can tell."""
DEFAULTS: tuple[Named, ...] = (Named("no-default", None, None), *_named("default", "ops"))
"""What the preferences may name, as far as the decision can tell."""


def named_situations(
    platform: Platform, switch: Switch, tags: Iterable[Named] = TAGS, defaults: Iterable[Named] = DEFAULTS
) -> Iterator[tuple[str, Situation]]:
    """Situations with every tag and default OS user that go together, each with a slug for it."""
    for tag, default in product(tags, defaults):
        if tag.name == default.name and tag.name is not None and tag.ids != default.ids:
            continue
        users = {(one.name, *one.ids) for one in (tag, default) if one.name and one.ids}
        yield (
            f"{platform.value}-{switch}-{tag.slug}-{default.slug}",
            situation(
                run_as_enabled=switch,
                tag=tag.name,
                tag_key=tag.key,
                default_user=default.name,
                users=sorted(users),
                platform=platform,
            ),
        )


@cache
def situation_classes() -> tuple[SituationClass, ...]:
    """All classes, the plainest first. That there are no others is proved, in the tests of the proofs."""
    return tuple(SituationClass(slug, example, answers(example)) for slug, example in _examples())


def _examples() -> Iterator[tuple[str, Situation]]:
    """One situation of each class: all that may be named where Run As may apply, and one example of each other case."""
    yield from named_situations(Platform.LINUX, Switch.ON)
    yield from named_situations(Platform.MACOS, Switch.ON)
    tag = [one for one in TAGS if one.slug == "tag-user-present"]
    for platform, switch in (
        (Platform.LINUX, Switch.OFF),
        (Platform.MACOS, Switch.OFF),
        (Platform.WINDOWS, Switch.ON),
        (Platform.LINUX, Switch.UNREADABLE),
    ):
        yield from named_situations(platform, switch, tag, DEFAULTS[:1])


@checked
def class_of(s: Situation) -> SituationClass:
    """The class of a situation."""
    return _by_answers()[tuple(answers(s).values())]


@cache
def _by_answers() -> dict[tuple[bool, ...], SituationClass]:
    return {tuple(one.answers.values()): one for one in situation_classes()}
