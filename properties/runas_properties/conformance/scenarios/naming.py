"""A name that is written like another: as a question, and as operations of a service."""

from collections.abc import Iterator
from typing import Literal

import attrs

from runas_model.inputs.situations import situation
from runas_model.universes.connectives import is_blank
from runas_properties.conformance.protocol.cases import Step, question, step_of
from runas_properties.stateful.calls import run_as, start, tag, untag, user

__all__ = ["By", "NameAsked", "key_asked"]

By = Literal["tag", "default"]

Ids = tuple[int, int]


def key_asked(key: str, session: int = 1) -> Iterator[Step]:
    """A session of an untagged principal, then with a tag of this key, and with the Run As tag beside it."""
    yield step_of(tag("alice", key))
    yield step_of(start(f"k-{session}-1"))
    yield step_of(tag("carol"))
    yield step_of(start(f"k-{session}-2"))
    yield step_of(untag(key))
    yield step_of(start(f"k-{session}-3"))
    yield step_of(untag())


@attrs.frozen
class NameAsked:
    """A session for a name, on an instance that has the OS user `near`, and with `both` the named one too.

    `by` says who names it; the preferences name `near` where the tag names, so that a tag which is read as none is
    seen. `ids` are uid and gid of `near`, `own_ids` of the named OS user.
    """

    named: str
    near: str
    by: By = "tag"
    both: bool = False
    near_first: bool = True
    ids: Ids = (2001, 2001)
    own_ids: Ids = (2002, 2002)

    @property
    def users(self) -> tuple[tuple[str, int, int], ...]:
        """The OS users in the order in which they are made."""
        made = [(self.near, *self.ids)]
        if self.both:
            made.insert(1 if self.near_first else 0, (self.named, *self.own_ids))
        return tuple(one for one in made if not is_blank(one[0]))

    def question(self) -> Step:
        """The question of the level `decision`."""
        return question(
            situation(
                run_as_enabled=True,
                tag=self.named if self.by == "tag" else None,
                default_user=self.near if self.by == "tag" else self.named,
                users=self.users,
            )
        )

    def steps(self, session: int | str, there: set[str]) -> Iterator[Step]:
        """Operations of a service in which the principal and the instance exist; `there` are its OS users, updated."""
        for name, uid, gid in self.users:
            if name not in there:
                there.add(name)
                yield step_of(user(name, uid, gid))
        if self.by == "tag":
            yield step_of(tag(self.named))
            yield step_of(run_as(True, self.near))
        else:
            yield step_of(tag("x"))
            yield step_of(untag())
            yield step_of(run_as(True, self.named))
        yield step_of(start(session))
