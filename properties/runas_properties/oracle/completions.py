"""What a recorded decision leaves out, filled in in every way that can make a difference.

A record departs only where nothing that it may have left out makes it agree. Names other than the one that the session
ran as decide alike, so that one which nobody has stands for them all.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import msgspec

from runas_model.facts.compiled import decide
from runas_model.inputs.os_user_rows import UNSAID_ID
from runas_model.inputs.recorded import Recorded
from runas_model.inputs.situations import NO_OS_USER, prepared
from runas_model.specification.readings import Reading
from runas_model.specification.vocabulary import SSM_USER, SUPERUSER_ID, Name, OsUser, Platform, PosixId, Switch
from runas_model.stories.situations import tell_facts
from runas_model.universes.tables import FixedTable
from runas_properties.oracle.departures import Departure, agrees, users_of

__all__ = ["completed_in_words", "completions", "judged"]

ANY_ID = PosixId(1000)
"""Stands for every uid and gid but that of a superuser."""
SOMEBODY = Name("somebody")
"""Stands for every OS user that may be there, where no name was recorded."""


def judged(row: Recorded, reading: Reading) -> Recorded | Departure:
    """The row as it agrees, filled in where only that makes it so; or its departure, which nothing left out mends."""
    expected = decide(row.situation, reading)
    if agrees(row, expected):
        return row
    if row.unsaid or any(UNSAID_ID in (user.uid, user.gid) for user in _named(row)):
        for filled in completions(row):
            if agrees(filled, decide(filled.situation, reading)):
                return filled
    return Departure(row, expected, reading)


def completed_in_words(row: Recorded) -> str:
    """What must be so of what a row leaves out, for it to agree."""
    return (
        f"agrees only if what it leaves out ({', '.join(row.unsaid) or 'uid, gid'}) is so: {tell_facts(row.situation)}"
    )


def _named(row: Recorded) -> Iterator[OsUser]:
    """The OS users that a tag or the preferences name."""
    listed = users_of(row.situation)
    return (listed[name] for name in (row.situation.tag, row.situation.default_user) if name in listed)


def completions(row: Recorded) -> Iterator[Recorded]:
    """The row with each combination of what it may have left out, so far as a decision can tell them apart."""
    s, unsaid = row.situation, row.unsaid
    names: list[Name | None] = [None, *_ran_as(row), _nobodys_name(row)]
    for platform, switch, tag, default in product(
        Platform if "platform" in unsaid else [s.platform],
        Switch if "run_as_enabled" in unsaid else [s.run_as_enabled],
        names if "tag" in unsaid else [s.tag if s.tagged else None],
        names if "default_user" in unsaid else [s.default_user],
    ):
        for users in _tables(row, [tag, default]):
            filled = prepared(switch, tag, default, users, platform)
            yield msgspec.structs.replace(row, situation=filled)


def _ran_as(row: Recorded) -> list[Name]:
    """The OS user that the session ran as; where no name was recorded, those that it may be: one for each way."""
    if row.started_as != "":
        return [row.started_as] if row.started_as else []
    listed = users_of(row.situation).items()
    return [*(name for name, user in listed if row.uid in (None, user.uid) or user.uid is UNSAID_ID), SOMEBODY]


def _nobodys_name(row: Recorded) -> Name:
    taken = {*users_of(row.situation), row.started_as, *(row.created or ()), SSM_USER}
    return next(name for number in range(len(taken) + 1) if (name := Name(f"nobody-{number}")) not in taken)


def _tables(row: Recorded, named: Sequence[Name | None]) -> Iterator[FixedTable[Name, OsUser]]:
    """The OS users in each way in which those in question may be there, or not, with the ids of a superuser or not."""
    listed = users_of(row.situation)
    in_question = dict.fromkeys(name for name in (*named, row.started_as, SSM_USER) if name)
    ways = {name: way for name in in_question if (way := list(_ways(row, listed, name))) != [listed.get(name)]}
    for chosen in product(*ways.values()):
        users = {**listed, **dict(zip(ways, chosen, strict=True))}
        yield FixedTable.of(NO_OS_USER, ((name, user) for name, user in users.items() if user is not None))


def _ways(row: Recorded, listed: Mapping[Name, OsUser], name: Name) -> Iterator[OsUser | None]:
    """What an OS user of a name may be; None: there is none."""
    user = listed.get(name)
    may_come = "os_users" in row.unsaid and name.strip() and not name.startswith("nobody-")
    if name == SSM_USER:
        may_come = "ssm_user_present" in row.unsaid
    if user is None or (name == SSM_USER and may_come):
        yield None
    if user is None and may_come:
        user = OsUser(UNSAID_ID, UNSAID_ID)
    if user is not None:
        uids = [row.uid] if row.uid is not None and row.started_as in (name, "") else [ANY_ID, SUPERUSER_ID]
        for uid, gid in product(*(_ids(*ids) for ids in ((user.uid, uids), (user.gid, [ANY_ID, SUPERUSER_ID])))):
            yield OsUser(uid, gid)


def _ids(said: PosixId, possible: Sequence[int]) -> list[PosixId]:
    return [PosixId(id) for id in possible] if said is UNSAID_ID else [said]
