"""The members of recorded decisions and of known failures."""

from collections.abc import Mapping

from runas_model.inputs.members import OS_USER_MEMBERS, OUTCOME_MEMBERS, ROW_MEMBERS, Member
from runas_properties.oracle.known import ENTRY_MEMBERS
from spec_site.markdown import table
from spec_site.parts import part


def _table(members: Mapping[str, Member]) -> str:
    rows = ([f"`{name}`", member.meaning, member.left_out] for name, member in members.items())
    return table(("Member", "Meaning", "Left out"), rows)


@part("row-members")
def row_members() -> str:
    """A row for each member of a recorded decision."""
    return _table(ROW_MEMBERS)


@part("outcome-members")
def outcome_members() -> str:
    """A row for each member of its outcome."""
    return _table(OUTCOME_MEMBERS)


@part("os-user-members")
def os_user_members() -> str:
    """A row for each member of an OS user in it."""
    return _table(OS_USER_MEMBERS)


@part("entry-members")
def entry_members() -> str:
    """A row for each member of an entry in a list of known failures."""
    return table(("Member", "Meaning"), ([f"`{name}`", meaning] for name, meaning in ENTRY_MEMBERS.items()))
