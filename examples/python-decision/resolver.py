"""The implementation under test: what a small session broker of one's own may look like.

It knows nothing of runas-spec.
"""

from collections.abc import Mapping
from typing import Any

__all__ = ["os_user_for"]


def os_user_for(
    enabled: object, default_user: str | None, tags: Mapping[str, str], platform: str, accounts: list[dict[str, Any]]
) -> str | None:
    """The OS user that a session runs as; None where none is to start.

    `enabled` and `default_user` are the preferences' runAsEnabled and runAsDefaultUser, `tags` the principal's tags by
    their keys, and `accounts` what the instance's passwd database holds: name, uid and gid.
    """
    if not isinstance(enabled, bool):
        return None
    if platform not in ("linux", "macos") or not enabled:
        return "ssm-user"
    wanted = tags.get("SSMSessionRunAs", default_user)
    if wanted in ("ssm-user", "root"):
        return None
    return wanted if any(account["name"] == wanted for account in accounts) else None
