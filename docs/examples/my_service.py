"""An implementation with one bug: it decides which user a session runs as."""

from collections.abc import Callable
from typing import Any

Question = dict[str, Any]


def who_runs(
    run_as_enabled: bool | str, tag: str | None, default_user: str | None, names: set[str], linux: bool
) -> str | None:
    if run_as_enabled == "unreadable":
        return None
    if not linux or not run_as_enabled:
        return "ssm-user"
    for name in (tag, default_user):
        if name in names and name != "ssm-user":
            return name
    return None


def adapter() -> Callable[[Question], str | None]:
    """The factory that the kit calls. It returns a function from a question to an OS user, or None for a refusal."""

    def decide(question: Question) -> str | None:
        names = {user["name"] for user in question["os_users"]}
        linux = question["platform"] == "linux"
        is_tagged = question["tag_key"] == "SSMSessionRunAs"
        return who_runs(
            question["run_as_enabled"],
            question["tag"] if is_tagged else None,
            question["default_user"],
            names,
            linux,
        )

    return decide
