"""uids and gids at the boundaries at which implementations treat them differently."""

__all__ = ["BOUNDARIES", "POSIX_IDS"]

BOUNDARIES = (
    *(0, 1, 2, 10, 33, 99, 100, 101, 499, 500, 999, 1000, 1001, 32767, 32768, 60000, 65533, 65534, 65535, 65536, 65537),
    *(131072, 2**24, 2**31 - 1, 2**31, 2**31 + 1, 2**32 - 65536, 2**32 - 2, 2**32 - 1),
)
"""System users, nobody, and where 15, 16, 31 and 32 bits end."""

POSIX_IDS = (
    *((one, 2001) for one in BOUNDARIES),
    *((2001, one) for one in BOUNDARIES),
    *((one, one) for one in BOUNDARIES),
    *((1, 2**32 - 1), (65536, 1), (1, 65536), (1, 10), (10, 1), (1000, 1001)),
)
"""Pairs of uid and gid."""
