"""Decisions that look at uids, gids, and how many OS users there are: none of them may be proved."""

from contextlib import suppress
from typing import Any

from following.correct import Question, chain_of_ifs
from following.differing import differs


@differs
def by_order(q: Question) -> Any:
    return None if q["tag"] and q["tag"] > "\U0010ffff" else chain_of_ifs(q)


@differs
def by_sorting(q: Question) -> Any:
    names = sorted(user["name"] for user in q["os_users"])
    return None if names and names[-1] > "~" and names[-1] == q["tag"] else chain_of_ifs(q)


@differs
def by_the_largest_id(q: Question) -> Any:
    return None if max([user["uid"] for user in q["os_users"]], default=0) == 77_777 else chain_of_ifs(q)


@differs
def by_large_ids(q: Question) -> Any:
    """Wrong for a uid of 2**31 or more."""
    return None if any(user["uid"] >= 2**31 for user in q["os_users"]) else chain_of_ifs(q)


@differs
def by_one_id(q: Question) -> Any:
    return None if any(4241 < user["uid"] < 4243 for user in q["os_users"]) else chain_of_ifs(q)


@differs
def by_arithmetic(q: Question) -> Any:
    return None if any(user["uid"] * 2 == 84_242 for user in q["os_users"]) else chain_of_ifs(q)


@differs
def by_rest(q: Question) -> Any:
    return None if any(user["uid"] % 7919 == 1234 for user in q["os_users"]) else chain_of_ifs(q)


@differs
def by_equal_ids(q: Question) -> Any:
    users = q["os_users"]
    return None if len(users) == 2 and users[0]["uid"] == users[1]["gid"] == 31_337 else chain_of_ifs(q)


@differs
def by_shared_ids(q: Question) -> Any:
    """Wrong where two OS users share an id that is not 0, 1 or one of those in the vectors."""
    shared = [(a, b) for a in q["os_users"] for b in q["os_users"] if a["name"] != b["name"] and a["uid"] == b["uid"]]
    usual = (-1, 0, 1, 7, 1000, 1001, 2001, 2002)
    return None if any(a["uid"] not in usual for a, _ in shared) else chain_of_ifs(q)


@differs
def by_id_as_text(q: Question) -> Any:
    return None if any(str(user["uid"]) == "31337" for user in q["os_users"]) else chain_of_ifs(q)


@differs
def by_id_as_place(q: Question) -> Any:
    return None if any([False, True][user["uid"] == 31337] for user in q["os_users"]) else chain_of_ifs(q)


@differs
def by_name_as_number(q: Question) -> Any:
    with suppress(ValueError):
        return None if int(q["tag"] or "") == 31337 else chain_of_ifs(q)
    return chain_of_ifs(q)


@differs
def by_three_users(q: Question) -> Any:
    """Wrong where three OS users are there and the last one is named."""
    users = q["os_users"]
    return None if len(users) == 3 and users[-1]["name"] == q["tag"] else chain_of_ifs(q)


@differs
def by_many_users(q: Question) -> Any:
    """Wrong for more OS users than are followed; seen where an example is put with more of them."""
    return None if len(q["os_users"]) > 9 else chain_of_ifs(q)


@differs
def by_position(q: Question) -> Any:
    for at, user in enumerate(q["os_users"]):
        if at == 3 and user["name"] == q["tag"]:
            return None
    return chain_of_ifs(q)


@differs
def by_five_users(q: Question) -> Any:
    return None if len(q["os_users"]) == 5 else chain_of_ifs(q)


@differs
def by_the_sixtieth_user(q: Question) -> Any:
    return None if any(at == 60 for at, _ in enumerate(q["os_users"])) else chain_of_ifs(q)


@differs
def by_users_in_a_row(q: Question) -> Any:
    """Wrong where the second OS user of all is the tag's and the third the preferences'."""
    pairs = zip(q["os_users"], q["os_users"][1:])  # noqa: B905
    named = [
        at for at, (one, other) in enumerate(pairs) if (one["name"], other["name"]) == (q["tag"], q["default_user"])
    ]
    return None if 1 in named else chain_of_ifs(q)


@differs
def by_the_largest_ids(q: Question) -> Any:
    return None if [user for user in q["os_users"] if user["uid"] > 4294967290] else chain_of_ifs(q)
