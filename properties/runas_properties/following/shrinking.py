"""A question made as short as it can be while something is true of it."""

import time
from collections.abc import Callable, Iterator

from runas_model.specification.vocabulary import RUN_AS_TAG
from runas_properties.conformance.protocol.cases import Step

__all__ = ["shortest", "size"]

SECONDS = 3.0
PLAIN = {"run_as_enabled": True, "default_user": None, "tag": None, "tag_key": None, "platform": "linux"}
"""What is plainest in a question."""


def size(question: Step) -> tuple[int, ...]:
    """How long a question is: the OS users, what is not as plain as it can be, and the letters and digits of it all."""
    users = question["os_users"]
    other = sum(question[name] != plain for name, plain in PLAIN.items())
    other += sum(0 in (user["uid"], user["gid"]) for user in users)
    letters = sum(len(question[name] or "") for name in ("default_user", "tag"))
    return len(users), other, letters + sum(len(f"{user['name']}{user['uid']}{user['gid']}") for user in users)


def shortest(question: Step, holds: Callable[[Step], bool]) -> Step:
    """A question of which `holds` is true, as it is of the one given, and is not of any that is one change shorter.

    Where it takes long to find out, the question is the shortest that was found in some seconds.
    """
    until = time.monotonic() + SECONDS
    while True:
        if time.monotonic() > until:
            return question
        shorter = (one for one in _simpler(question) if size(one) < size(question))
        found = next((one for one in shorter if time.monotonic() < until and holds(one)), None)
        if found is None:
            return question
        question = found


def _simpler(question: Step) -> Iterator[Step]:
    users = question["os_users"]
    for at in range(len(users)):
        yield {**question, "os_users": [*users[:at], *users[at + 1 :]]}
    if question["tag"] is not None:
        yield {**question, "tag": None, "tag_key": None}
        yield {**question, "tag_key": RUN_AS_TAG}
    for name in ("default_user", "run_as_enabled", "platform"):
        yield {**question, name: PLAIN[name]}
    for at, user in enumerate(users):
        for plainer in ({"uid": 1, "gid": 1}, {"uid": 1}, {"gid": 1}):
            yield {**question, "os_users": [*users[:at], {**user, **plainer}, *users[at + 1 :]]}
    for name in dict.fromkeys([question["tag"], question["default_user"], *(user["name"] for user in users)]):
        for short in ("", "a", "b"):
            if name and not any(short == user["name"] for user in users):
                yield _renamed(question, name, short)


def _renamed(question: Step, name: str, short: str) -> Step:
    renamed = {key: short if question[key] == name else question[key] for key in ("tag", "default_user")}
    users = [{**user, "name": short} if user["name"] == name else user for user in question["os_users"]]
    return {**question, **renamed, "os_users": [user for user in users if user["name"]]}
