"""A name that is written like another: as a situation, and as operations."""

from collections.abc import Iterator
from typing import Literal

import attrs

from runas_model.inputs.situations import situation
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import Situation
from runas_model.universes.connectives import is_blank
from runas_properties.stateful.calls import run_as, start, tag, untag, user

__all__ = ["By", "NameAsked", "key_asked"]

By = Literal["tag", "default"]

Ids = tuple[int, int]


def key_asked(key: str, session: int = 1) -> Iterator[Call]:
    """A session of an untagged principal, then with a tag of this key, and with the Run As tag beside it."""
    yield tag("alice", key)
    yield start(f"k-{session}-1")
    yield tag("carol")
    yield start(f"k-{session}-2")
    yield untag(key)
    yield start(f"k-{session}-3")
    yield untag()


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

    def situation(self) -> Situation:
        """The situation that decides."""
        return situation(
            run_as_enabled=True,
            tag=self.named if self.by == "tag" else None,
            default_user=self.near if self.by == "tag" else self.named,
            users=self.users,
        )

    def calls(self, session: int | str, there: set[str]) -> Iterator[Call]:
        """The operations that bring it about, where the principal and the instance exist.

        `there` are the OS users of the instance, updated.
        """
        for name, uid, gid in self.users:
            if name not in there:
                there.add(name)
                yield user(name, uid, gid)
        if self.by == "tag":
            yield tag(self.named)
            yield run_as(True, self.near)
        else:
            yield tag("x")
            yield untag()
            yield run_as(True, self.named)
        yield start(session)
