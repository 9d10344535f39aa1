"""Every class of situations that the decision can tell apart, with an example of each.

Two situations are in one class when every question of the rulebook (`runas_model.facts.FACTS`) has the same answer in
both, as far as it matters: what a tag names matters only where there is one, the ids of an OS user only where it
exists. Under one reading, all situations of a class are decided by the same rule.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product

import attrs

from runas_model.facts.formulas import FACTS, ask
from runas_model.inputs.situations import situation
from runas_model.specification.readings import DEFAULT
from runas_model.specification.vocabulary import SSM_USER, Platform, Situation
from runas_model.universes.connectives import all_of, not_

__all__ = ["SituationClass", "answers", "class_of", "situation_classes"]


@attrs.frozen
class SituationClass:
    """A class: its id, a slug such as `linux-on-tag-user-missing-no-default`; an example; the answers in it."""

    id: str
    example: Situation
    answers: dict[str, bool]


QUESTIONS = tuple(source for source in FACTS if "r." not in source)
"""The questions that are about the situation and not about the reading."""


def answers(s: Situation) -> dict[str, bool]:
    """The answer to each question, by its source; false where it does not matter. Works in every universe."""
    return {source: all_of(*_matters(source, s), ask(source, s, DEFAULT)) for source in QUESTIONS}


def _matters(source: str, s: Situation) -> Iterator[bool]:
    about_tag, about_default = "s.tag" in source and source != "s.tagged", "s.default_user" in source
    if about_tag:
        yield s.tagged
        if source != "s.tag_blank":
            yield not_(s.tag_blank)
    if about_default:
        yield s.default_named
    if "s.os_users[" in source:
        yield s.os_users.has(s.tag if about_tag else s.default_user)


IDS = {"present": (2001, 2001), "root": (0, 0), "uid-0": (0, 2001), "gid-0": (2001, 0)}
"""uid and gid of an OS user that is ordinary, root, or has either half of root."""

Named = tuple[str, str | None, tuple[int, int] | None]
"""How a slug calls it; the name that is given; uid and gid of the OS user of that name, None where it is missing."""


def _named(by: str, user: str, nobody: str) -> Iterator[Named]:
    yield nobody, None, None
    for called, name in (("user", user), (SSM_USER, SSM_USER)):
        yield f"{by}-{called}-missing", name, None
        yield from ((f"{by}-{called}-{kind}", name, ids) for kind, ids in IDS.items())


TAGS: tuple[Named, ...] = (("tag-blank", "", None), *_named("tag", "alice", "untagged"))
DEFAULTS: tuple[Named, ...] = tuple(_named("default", "ops", "no-default"))


@cache
def situation_classes() -> tuple[SituationClass, ...]:
    """All classes, the plainest first. That there are no others is proved, in the tests of the proofs."""
    return tuple(_classes())


def _classes() -> Iterator[SituationClass]:
    for platform, on, tagged, default in product(Platform, (True, False), TAGS, DEFAULTS):
        (tag_slug, tag, tag_ids), (default_slug, default_user, default_ids) = tagged, default
        if tag == default_user and tag is not None and tag_ids != default_ids:
            continue
        users = {(name, *ids) for name, ids in ((tag, tag_ids), (default_user, default_ids)) if name and ids}
        example = situation(
            run_as_enabled=on, tag=tag, default_user=default_user, users=sorted(users), platform=platform
        )
        slug = f"{platform.value}-{'on' if on else 'off'}-{tag_slug}-{default_slug}"
        yield SituationClass(slug, example, answers(example))


def class_of(s: Situation) -> SituationClass:
    """The class of a situation."""
    return _by_answers()[tuple(answers(s).values())]


@cache
def _by_answers() -> dict[tuple[bool, ...], SituationClass]:
    return {tuple(one.answers.values()): one for one in situation_classes()}
