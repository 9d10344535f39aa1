"""The implementation under test: what a small session broker of one's own may look like.

It knows nothing of runas-spec.
"""

from typing import Any

__all__ = ["os_user_for"]


def os_user_for(
    enabled: bool, default_user: str | None, tag: str | None, platform: str, accounts: list[dict[str, Any]]
) -> str | None:
    """The OS user that a session runs as; None where none is to start.

    `enabled` and `default_user` are the preferences' runAsEnabled and runAsDefaultUser, `tag` the value of the
    principal's tag SSMSessionRunAs, and `accounts` what the instance's passwd database holds: name, uid and gid.
    """
    if platform not in ("linux", "macos") or not enabled:
        return "ssm-user"
    wanted = default_user if tag is None else tag
    if wanted is None or not wanted.strip() or wanted == "ssm-user":
        return None
    found = next((account for account in accounts if account["name"] == wanted), None)
    if found is None or 0 in (found["uid"], found["gid"]):
        return None
    return wanted
