"""A recorded decision held against the specification: whether they agree, and how it departs where they do not."""

from collections.abc import Mapping
from typing import cast

import attrs
from msgspec import UNSET
from msgspec.structs import replace

from runas_model.inputs.os_user_rows import UNSAID_ID
from runas_model.inputs.printing import printable
from runas_model.inputs.recorded import Recorded
from runas_model.inputs.situations import OsUserTable
from runas_model.specification.readings import Reading
from runas_model.specification.vocabulary import SSM_USER, Decision, Name, OsUser, Reason, Situation
from runas_model.stories.situations import tell
from runas_properties.laws import LAWS
from runas_properties.oracle.checking import broken_by, decision_seen

__all__ = ["Departure", "agrees", "creates", "nobodys", "point_of", "runs_as", "uid_in_words", "users_of"]


@attrs.frozen
class Departure:
    """A recorded decision that the specification does not make."""

    recorded: Recorded
    expected: Decision
    reading: Reading

    @property
    def name(self) -> str:
        """The name that the deciding rule looked at; empty where it looked at none."""
        if self.expected.rule.startswith("tag-"):
            return self.recorded.situation.tag
        return self.recorded.situation.default_user if self.expected.rule.startswith("default-") else ""

    @property
    def cause(self) -> str:
        """What went wrong, told by the rule that should have decided, and how what was seen differs from it."""
        row, expected = self.recorded, self.expected
        if not expected.starts:
            how = "started instead of refused" if row.started_as is not None else "created an OS user"
        elif row.started_as is None:
            how = "refused instead of started"
        elif row.started_as != expected.os_user or runs_as(row) != row.started_as:
            how = "started as another OS user"
        else:
            how = "created other OS users"
        return f"{point_of(expected.rule)}, {how}"

    @property
    def laws(self) -> tuple[str, ...]:
        """The decision laws that what was seen breaks, asked of the OS user that the process really runs as.

        Of a refusal only the laws that it breaks whatever its reason was, since the record tells none of the model's.
        """
        s, really = self.recorded.situation, runs_as(self.recorded)
        if really is not None:
            return tuple(law.id for law in broken_by(decision_seen(self.expected, really), s, self.reading))
        refusals = [Decision(self.expected.rule, False, None, reason) for reason in Reason]
        broken = [{law.id for law in broken_by(refusal, s, self.reading)} for refusal in refusals]
        return tuple(law for law in LAWS if all(law in laws for laws in broken))

    @property
    def seen(self) -> str:
        """What was observed: `started as "2001" (uid 2001, which is "alice")`."""
        row = self.recorded
        if row.started_as is None:
            return f"refused{row.besides.sort and f' ({row.besides.sort})'}"
        really = runs_as(row)
        told = "" if row.uid is None or really is None else f" ({uid_in_words(row.uid, really, row.started_as)})"
        return printable(f'started as "{row.started_as}"{told}')

    @property
    def story(self) -> str:
        """The situation, what the specification decides in it, and what was seen, in a line."""
        expected = tell(self.recorded.situation, self.expected, with_ids=True)
        row = self.recorded
        creating = creates(row.situation, self.expected)
        differs = row.created is not None and row.created != creating
        to_create = f" (creating {', '.join(creating) or 'nobody'})" if differs else ""
        created = f", created {printable(str(list(row.created or ())))}" if differs else ""
        unsaid = f"; whatever is left out ({', '.join(row.unsaid)})" if row.unsaid else ""
        return f"{printable(row.id)}: {expected}{to_create} by {self.expected.rule}; seen: {self.seen}{created}{unsaid}"


def point_of(rule: str) -> str:
    """What a rule is about, whether it looks at a tag or at the preferences: `user-missing` of `tag-user-missing`."""
    return rule.removeprefix("tag-").removeprefix("default-")


def nobodys(uid: int) -> Name:
    """What stands for the name of a uid that no OS user has."""
    return Name(f"uid {uid}, nobody's")


def uid_in_words(uid: int, really: str, recorded: str = "") -> str:
    """A uid and whose it is, where that is not who was recorded: `uid 2001, which is "alice"`, `uid 5555, nobody's`."""
    if really == recorded:
        return f"uid {uid}"
    return really if really == nobodys(uid) else f'uid {uid}, which is "{really}"'


def runs_as(row: Recorded) -> Name | None:
    """The OS user that the process of a session really runs as; None where none was started.

    Where the row has a uid, that tells: the recorded name counts if it has that uid, or was created by the attempt;
    else the OS user that the row says has it, else the first on the instance that does, else nobody.
    """
    if row.started_as is None or row.uid is None:
        return row.started_as
    users = row.situation.os_users
    if row.started_as in _created(row):
        return row.started_as
    if users.has(row.started_as) and users[row.started_as].uid in (row.uid, UNSAID_ID):
        return row.started_as
    if isinstance(row.besides.os_user, str):
        return Name(row.besides.os_user)
    if row.besides.os_user is not UNSET:
        return nobodys(row.uid)
    names = (name for name, user in users_of(row.situation).items() if user.uid == row.uid)
    return next(names, nobodys(row.uid))


def _created(row: Recorded) -> tuple[str, ...]:
    """The OS users that the attempt created; where the record leaves them out, `ssm-user` if it was missing."""
    if row.created is not None:
        return row.created
    return () if row.situation.os_users.has(SSM_USER) else (SSM_USER,)


def users_of(s: Situation) -> Mapping[Name, OsUser]:
    """The OS users of a recorded situation by their names, in the order in which the record has them."""
    return cast(OsUserTable, s.os_users).entries


def creates(s: Situation, expected: Decision) -> tuple[str, ...]:
    """The OS users that the session of a decision creates: `ssm-user`, where it runs as that and it is missing."""
    return (SSM_USER,) if expected.os_user == SSM_USER and not s.os_users.has(SSM_USER) else ()


def agrees(row: Recorded, expected: Decision) -> bool:
    """Started or refused alike, as the same OS user by name and uid, and nothing created but a missing `ssm-user`.

    So far as the row says so: what it leaves out of the outcome agrees.
    """
    if row.started_as == "" and expected.os_user is not None:  # no name was recorded
        row = replace(row, started_as=expected.os_user)
    if row.started_as != expected.os_user:
        return False
    if row.created is not None and row.created != creates(row.situation, expected):
        return False
    return row.uid is None or runs_as(row) == row.started_as
