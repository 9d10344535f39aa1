"""How far the code under test is followed."""

import attrs

__all__ = ["OS_USERS", "SECONDS", "Limits"]

OS_USERS = 4
"""The longest list of OS users that is followed: one that the tag names, one that the preferences do, two others."""
PATHS = 50_000
"""How many paths are followed before the code counts as one that cannot be."""
SECONDS = 60.0
"""How long it may take to follow the code, with lists of one length."""


@attrs.frozen
class Limits:
    """The longest list of OS users, the most paths, and the time for the lists of each length."""

    os_users: int = OS_USERS
    paths: int = PATHS
    seconds: float = SECONDS
