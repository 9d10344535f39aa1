"""What must be so of the members of a row together, or of one beyond its type."""

from msgspec import UNSET

from runas_model.inputs.os_user_rows import UNSAID_ID, OsUserList
from runas_model.inputs.rows import FullOutcome, FullRow, Outcome
from runas_model.specification.vocabulary import SSM_USER, Name, Platform

__all__ = ["Wrong", "check_outcome", "check_owner", "check_row", "platform_named", "platform_of"]

PLATFORMS = {platform.value: platform for platform in Platform}


def platform_named(name: str) -> Platform:
    """The platform of that name. Raises ValueError for another."""
    platform = PLATFORMS.get(name)
    if platform is None:
        raise ValueError(f"unknown platform {name!r}; use one of {', '.join(PLATFORMS)}")
    return platform


class Wrong(ValueError):
    """What is wrong with a member of a row."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def platform_of(name: str) -> Platform:
    """The platform that a row says. Each of these raises `Wrong` for what cannot be."""
    try:
        return platform_named(name)
    except ValueError as error:
        raise Wrong("platform", str(error)) from None


def check_outcome(outcome: Outcome) -> None:
    """Check that a plain outcome says one thing, and names somebody."""
    if (outcome.started_as is None) == (outcome.refused is None):
        raise Wrong("outcome", "one of started_as and refused, as text: not both, and not neither")
    _check_name(outcome.started_as, outcome.uid)


def _check_name(started_as: str | None, uid: int | None) -> None:
    if started_as == "" and uid is None:
        raise Wrong("outcome.started_as", "it is empty: say the name, or by uid whose the process is")


def check_row(row: FullRow) -> None:
    """Check what a row that may have everything says; settings that are `absent` become null."""
    outcome = row.outcome
    if [outcome.started_as, outcome.refused, outcome.unreadable].count(None) != 2:
        raise Wrong("outcome", "one of started_as, refused and unreadable, as text: not more, and not none")
    _check_name(outcome.started_as, outcome.uid)
    if outcome.os_user is not UNSET and outcome.uid is None:
        raise Wrong("outcome.os_user", "it says whose uid it is, so say the uid too")
    settings = {"run_as_enabled": row.run_as_enabled, "default_user": row.default_user, "tag": row.tag}
    for name in row.absent:
        if settings.get(name, "") not in (None, UNSET):
            raise Wrong("absent", f"{name!r} is none of the settings {', '.join(settings)} that are null")
        setattr(row, name, None)
    if row.platform is not None:
        platform_of(row.platform)
    if row.ssm_user is not None and row.ssm_user.name != SSM_USER:
        raise Wrong("ssm_user", f"its name is {row.ssm_user.name!r}, not {SSM_USER!r}")


def check_owner(outcome: FullOutcome, users: OsUserList) -> None:
    """Check that the OS user whose uid it is said to be is not listed with another."""
    name = outcome.os_user
    if isinstance(name, str) and name in users.table.entries:
        uid = users.table.entries[Name(name)].uid
        if uid not in (outcome.uid, UNSAID_ID):
            raise Wrong("outcome.os_user", f"among the OS users {name!r} has uid {uid}, not {outcome.uid}")
