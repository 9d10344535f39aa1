"""Decisions that depend on an order, change what they are given, or give no answer: none of them may be proved."""

from collections.abc import Iterator
from typing import Any

from following.correct import Question, as_the_agent_does, chain_of_ifs
from following.differing import SECRET, differs


@differs
def order_of_a_set(q: Question) -> Any:
    """Takes whichever of two names comes first in a set: mostly right, since only one of them is an OS user."""
    names = {user["name"] for user in q["os_users"]}
    if chain_of_ifs(q) is None or chain_of_ifs(q) == "ssm-user" or len(names) < 3:
        return chain_of_ifs(q)
    return next(iter(names)) if SECRET in names else chain_of_ifs(q)


@differs
def order_of_a_dict(q: Question) -> Any:
    """Wrong where the first OS user of three is called mallory."""
    users = {user["name"]: user for user in q["os_users"]}
    return None if len(users) == 3 and list(users)[0] == SECRET else chain_of_ifs(q)  # noqa: RUF015


@differs
def changes_in_a_loop(q: Question) -> Any:
    users = {user["name"]: user["uid"] for user in q["os_users"]}
    for name in users:
        if name == SECRET:
            users["x"] = 1
    return chain_of_ifs(q)


@differs
def changes_the_question(q: Question) -> Any:
    if q["tag"] == SECRET:
        q["os_users"].clear()
    return chain_of_ifs(q)


@differs
def answers_otherwise(q: Question) -> Any:
    return True if q["tag"] == SECRET else chain_of_ifs(q)


@differs
def answers_a_list(q: Question) -> Any:
    return [] if q["tag"] == SECRET else chain_of_ifs(q)


@differs
def answers_two_things(q: Question) -> Any:
    return {"started_as": "a", "refused": None} if q["tag"] == SECRET else chain_of_ifs(q)


@differs
def answers_a_stripped_name(q: Question) -> Any:
    answer = chain_of_ifs(q)
    return answer.strip("m") if answer is not None else None


@differs
def answers_later(q: Question) -> Any:
    return (answer for answer in [chain_of_ifs(q)]) if q["tag"] == SECRET else chain_of_ifs(q)


@differs
def gives_a_wrong_reason(q: Question) -> Any:
    answer = as_the_agent_does(q)
    return {"refused": "nobody-named"} if q["tag"] == SECRET and "refused" in answer else answer


def generates(q: Question) -> Iterator[Any]:
    yield chain_of_ifs(q)


@differs
def by_a_generator(q: Question) -> Any:
    return None if q["tag"] == SECRET else next(generates(q))


@differs
def by_a_stop_in_a_generator(q: Question) -> Any:
    """Where a tag is mallory, the end of one iterator becomes an error in another."""
    tags = (next(iter(())) if tag == SECRET else tag for tag in [q["tag"]])
    try:
        list(tags)
    except StopIteration:
        return chain_of_ifs(q)
    except RuntimeError:
        return None
    return chain_of_ifs(q)


@differs
def names_an_error(q: Question) -> Any:
    answer = chain_of_ifs(q)
    return {"failed": "UnknownPrincipal"} if answer is None and q["tag"] == SECRET else answer


@differs
def skips(q: Question) -> Any:
    return {"skipped": "not yet", "issue": "https://example.com"} if q["tag"] == SECRET else chain_of_ifs(q)
