"""What amazon-ssm-agent learns of an OS user by asking the program `id`, and whether it then starts the session.

The agent asks `id -u`, `id -g` and `id` for the name (agent/session/utility/utility_unix.go DoesUserExist,
agent/session/shell/shell_unix.go getUserCredentials), each through a shell. It wants one uid and one gid above 0, and a
list of groups that it can take apart.
"""

import re
from collections.abc import Iterable

import attrs

from runas_model.inputs.recorded import Recorded
from runas_model.inputs.rows import Group
from runas_model.specification.vocabulary import SSM_USER, SUPERUSER_ID, Name, OsUser, PosixId, Switch
from runas_properties.oracle.departures import users_of
from runas_properties.oracle.shell_words import NotPlain, shell_words

__all__ = ["NO_ID", "Found", "asked_of_id", "groups_readable", "name_asked_for", "what_id_tells"]

NO_ID = 2**32 - 1
"""The uid or gid that the kernel takes for none."""

NUMBER = re.compile(r"[ \t\n\v\f\r]*\+?([0-9]+)")
NO_EFFECT = re.compile(r"-a+")
"""The one option of id that changes nothing."""


def name_asked_for(row: Recorded, name: str) -> str:
    """The name that the agent asks `id` for: the one that the rule looked at or, with Run As off, `ssm-user`."""
    return SSM_USER if row.situation.run_as_enabled is Switch.OFF else name


def asked_of_id(row: Recorded, name: str) -> bool:
    """Whether what was observed is what comes of asking `id` for `name`.

    It is started, and recorded under that name, with the uid that id tells of an OS user that the agent accepts, and
    refused where there is none. Where the shell takes the name for a program, also a uid that the program may print:
    that of somebody on the instance, or a number that stands in the name.
    """
    if row.started_as not in (name, None):
        return False
    told = what_id_tells(row, name)
    if isinstance(told, NotPlain):
        return row.started_as is None or row.uid is None or _may_print(row, name, row.uid)
    if told is None or not _accepted(told):
        return row.started_as is None
    return row.started_as is not None and row.uid in (None, told.user.uid)


@attrs.frozen
class Found:
    """The OS user that `id` tells of, with its groups where they are known."""

    user: OsUser
    groups: tuple[Group, ...] = ()


def what_id_tells(row: Recorded, name: str) -> Found | NotPlain | None:
    """The OS user that `id` finds for a name as the shell passes it on; None where it finds not just one."""
    busybox = row.besides.id_program.startswith("BusyBox")
    words = shell_words(name, bash=row.besides.sh.startswith("bash"))
    if words is NotPlain.PROGRAM:
        return words
    operands = _operands(words, busybox) if isinstance(words, list) else None
    if operands is None or len(operands) != 1:
        return None  # with no operand id tells of root, which asks it, and whom the agent refuses
    return _by_name(row, operands[0]) or (None if busybox else _by_number(row, operands[0]))


def _operands(words: Iterable[str], busybox: bool) -> list[str] | None:
    """The words that are no options; None where an option makes id print anything but one number."""
    operands: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            return [*operands, *rest]
        if not word.startswith("-") or word == "-":
            operands.append(word)
        elif busybox or not NO_EFFECT.fullmatch(word):
            return None
    return operands


def _by_name(row: Recorded, word: str) -> Found | None:
    """The OS user of that name; the system's library passes over names that begin with + or -."""
    user = None if word.startswith(("+", "-")) else users_of(row.situation).get(Name(word))
    return None if user is None else Found(user, row.besides.groups.get(word, ()))


def _by_number(row: Recorded, word: str) -> Found | None:
    """The first OS user with that uid; a row may also tell of one that is not among those listed."""
    number = NUMBER.fullmatch(word)
    if number is None or (uid := int(number[1])) >= NO_ID:
        return None
    for name, user in users_of(row.situation).items():
        if user.uid == uid:
            return Found(user, row.besides.groups.get(name, ()))
    somebodys = isinstance(row.besides.os_user, str) and row.uid == uid
    return Found(OsUser(PosixId(uid), PosixId(uid))) if somebodys else None


def _accepted(found: Found) -> bool:
    ids = {found.user.uid, found.user.gid}
    return ids.isdisjoint((SUPERUSER_ID, NO_ID)) and groups_readable(found.groups)


def groups_readable(groups: Iterable[Group]) -> bool:
    """Whether the agent can take apart what `id` prints of groups: each number with a name in parentheses behind it.

    It splits the text at commas, so that a comma in a name makes two parts of one group.
    """
    printed = [f"{group.gid}" + ("" if group.name is None else f"({group.name})") for group in groups]
    if not printed:
        return True
    text = f"gid={printed[0]} groups={','.join(printed)}"
    return all(re.match(r"\s*[0-9]+\s*\(", part) for part in text.split("groups=")[1].split(","))


def _may_print(row: Recorded, name: str, uid: int) -> bool:
    somebodys = any(user.uid == uid for user in users_of(row.situation).values())
    return somebodys or str(uid) in re.findall(r"[0-9]+", name)
