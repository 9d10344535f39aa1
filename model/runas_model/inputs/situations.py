"""Situations from plain values: the edge at which names are looked at.

What is given is checked here, once. A reader of outside data that has checked it already takes `prepared` instead.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from attrs import evolve

from runas_model.doors import checked, kind_of, wrong_kind, wrong_value
from runas_model.doors.saying import shown
from runas_model.specification.errors import InvalidParameters
from runas_model.specification.state import State, can_be_named, fills, tag_of
from runas_model.specification.state import situation_of as looked_at
from runas_model.specification.vocabulary import (
    NO_ID,
    NO_ROLE_SESSION,
    PREFERENCES,
    RUN_AS_TAG,
    DocumentName,
    Instance,
    Name,
    OsUser,
    Platform,
    PosixId,
    Principal,
    Request,
    RoleSession,
    Situation,
    Switch,
    TagKey,
)
from runas_model.universes.connectives import folded, is_blank
from runas_model.universes.tables import FixedTable, Table

__all__ = ["NO_OS_USER", "OsUserTable", "os_users", "prepared", "run_as_key", "situation", "situation_of", "table_of"]

NO_OS_USER = OsUser(NO_ID, NO_ID)
"""What a table of OS users gives for a name that nobody has."""

ORDINARY = OsUser(PosixId(1000), PosixId(1000))
"""An OS user of whom only the name is given."""

OsUserTable: TypeAlias = FixedTable[Name, OsUser]
"""The OS users of an instance, known beforehand."""

WANTED = "an iterable of OS users, each a name or a tuple (name, uid, gid), or a table of them"
NAME, MAY_BE_NONE = kind_of(str), kind_of(str | None)
SWITCH, PLATFORM, POSIX_ID = kind_of(Switch), kind_of(Platform), kind_of(PosixId)


class CheckedTable(FixedTable[Name, OsUser]):
    """A table whose OS users are checked."""

    __slots__ = ()


def os_users(users: Iterable[str | tuple[str, int, int]]) -> OsUserTable:
    """A table of OS users from names, or from (name, uid, gid); a bare name is an ordinary OS user.

    Raises TypeError for what is no name, uid or gid, and ValueError for a blank name, for one that is given twice with
    different ids, and for a uid or gid that is not in `POSIX_IDS`.
    """
    if isinstance(users, str | bytes | Mapping) or not isinstance(users, Iterable):
        raise wrong_kind("users", users, WANTED)
    seen: dict[Name, OsUser] = {}
    for place, user in enumerate(users):
        name, made = _os_user(user, f"users[{place}]")
        if seen.setdefault(name, made) != made:
            raise ValueError(f"users[{place}]: OS user {name!r} is listed twice with different ids")
    return CheckedTable(NO_OS_USER, seen)


def _os_user(user: Any, place: str) -> tuple[Name, OsUser]:
    if isinstance(user, str):
        name, made = user, ORDINARY
    elif isinstance(user, tuple | list) and len(user) == 3:
        name = NAME.read(user[0], f"the name in {place}")
        made = OsUser(POSIX_ID.read(user[1], f"the uid in {place}"), POSIX_ID.read(user[2], f"the gid in {place}"))
    else:
        raise wrong_kind(place, user, "a name or a tuple (name, uid, gid)")
    if is_blank(name):
        raise ValueError(f"{place}: the name of an OS user must not be blank")
    return Name(name), made


def table_of(users: Iterable[tuple[str, int, int]]) -> OsUserTable:
    """A table of OS users that are checked already but for the bounds of uid and gid. Raises ValueError for another."""
    made: dict[Name, OsUser] = {}
    for name, uid, gid in users:
        if NO_ID in (uid, gid):
            POSIX_ID.read(NO_ID, f"the uid or gid of {name!r}")
        made[Name(name)] = OsUser(PosixId(uid), PosixId(gid))
    return CheckedTable(NO_OS_USER, made)


def situation(
    *,
    run_as_enabled: bool | str | Switch,
    tag: str | None = None,
    tag_key: str = RUN_AS_TAG,
    session_tag: str | None = None,
    session_tag_key: str = RUN_AS_TAG,
    default_user: str | None = None,
    users: Iterable[str | tuple[str, int, int]] | FixedTable[Name, OsUser] | Table[Name, OsUser] = (),
    platform: Platform | str = Platform.LINUX,
) -> Situation:
    """A situation: `tag` is the value of the Run As tag, None where there is none; a blank `default_user` is none.

    `run_as_enabled` is True, False or `"unreadable"`, `platform` is `"linux"`, `"macos"` or `"windows"`, or either the
    member. `tag_key` is the tag's key as it is spelled; `users` are as `os_users` takes them, or a table of them.
    `session_tag` is the value of the Run As tag of the caller's role session, its own or inherited, None where there is
    none; `tag` is then that of the role, and which of them is the caller's is as `situation_of` has it (D1).

    Raises TypeError for a value of a wrong kind, and ValueError for one that is not to be had, for a `session_tag` of
    more than 256 characters, and for a `tag_key` or `session_tag_key` that is not SSMSessionRunAs in some case.
    """
    if tag_key is not RUN_AS_TAG:
        run_as_key(tag_key, "tag_key")
    if session_tag_key is not RUN_AS_TAG:
        run_as_key(session_tag_key, "session_tag_key")
    if session_tag is not None:
        from runas_model.inputs.role_sessions import ASKED, in_role_session  # which needs the operations

        tagged, found = tag_of(in_role_session(session_tag, session_tag_key, tag, tag_key), ASKED)
        tag, tag_key = found.value if tagged else None, TagKey(found.spelling)
    return prepared(
        SWITCH.read(run_as_enabled, "run_as_enabled"),
        MAY_BE_NONE.read(tag, "tag"),
        MAY_BE_NONE.read(default_user, "default_user"),
        users if type(users) is CheckedTable else _checked(users),
        PLATFORM.read(platform, "platform"),
        tag_key == RUN_AS_TAG,
    )


def run_as_key(key: object, argument: str) -> str:
    """The key of a Run As tag, given for an argument. Raises TypeError for no text, ValueError for another key."""
    text: str = NAME.read(key, argument)
    if folded(text) != folded(RUN_AS_TAG):
        raise ValueError(f"{text!r} is not the key of a Run As tag; use {RUN_AS_TAG} in any case")
    return text


@checked
def situation_of(
    state: State,
    principal: Principal,
    instance: Instance,
    document: DocumentName = PREFERENCES,
    role_session: RoleSession = NO_ROLE_SESSION,
    parameter: Name | None = None,
) -> Situation:
    """The situation in which `principal` starts a session on `instance`, with a session document and in a role session.

    Both may be left out; of a `parameter`, None says that none is given. Raises TypeError for what is no state and no
    name, and ValueError for a principal or instance that does not exist, for a document that does not exist in the
    account and Region of the instance, for a role session that is none of the principal's that go on, and for a
    parameter that the document does not declare.
    """
    if not state.principals.has(principal):
        raise wrong_value("principal", principal, state.principals)
    if not state.instances.has(instance):
        raise wrong_value("instance", instance, state.instances)
    if not can_be_named(state, instance, document):
        machine = state.instances[instance]
        place = (machine.account, machine.region)
        there = [name for account, region, name in state.documents if (account, region) == place]
        raise wrong_value("document", document, [PREFERENCES, *there])
    if role_session != NO_ROLE_SESSION and not state.role_sessions.has((principal, role_session)):
        raise wrong_value("role_session", role_session, [NO_ROLE_SESSION, *state.role_sessions.under(principal)])
    request = Request(principal, instance, document, role_session)
    if parameter is not None:
        request = evolve(request, filled=True, parameter=parameter)
        if not fills(state, request):
            raise ValueError(f"parameter cannot be {shown(parameter)}: {InvalidParameters.text}")
    return looked_at(state, request)


def _checked(users: Any) -> OsUserTable | Table[Name, OsUser]:
    """A table of OS users; one that is given as a table stays as it is."""
    if type(users) not in (FixedTable, Table):
        return os_users(users)
    for name in users:
        if not isinstance(users[name], OsUser):
            raise wrong_kind(f"users[{name!r}]", users[name], "an OsUser")
        _os_user((name, users[name].uid, users[name].gid), f"users[{name!r}]")
    table: OsUserTable | Table[Name, OsUser] = users
    return table


def prepared(
    run_as_enabled: Switch,
    tag: str | None,
    default_user: str | None,
    users: OsUserTable | Table[Name, OsUser],
    platform: Platform,
    tag_key_exact: bool = True,
) -> Situation:
    """A situation of values that are checked already; nothing makes one faster."""
    tag_name, default_name = tag or "", default_user or ""
    made = object.__new__(Situation)
    fields = vars(made)  # its constructor would check it once more
    fields["platform"] = platform
    fields["run_as_enabled"] = run_as_enabled
    fields["tagged"] = tag is not None
    fields["tag_key_exact"] = tag_key_exact
    fields["tag"] = tag_name
    fields["tag_blank"] = is_blank(tag_name)
    fields["default_named"] = not is_blank(default_name)
    fields["default_user"] = default_name
    fields["os_users"] = users
    return made
