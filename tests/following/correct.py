"""Decisions written in as many ways as Python has, each right under one reading: all of them can be proved."""

import functools
from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum
from typing import Any

Question = dict[str, Any]
Decides = Callable[[Question], Any]

WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
CORRECT: dict[str, tuple[Decides, str]] = {}
"""Each function by its name, with the reading that it follows."""


def follows(reading: str) -> Callable[[Decides], Decides]:
    def register(function: Decides) -> Decides:
        CORRECT[function.__name__] = (function, reading)
        return function

    return register


def factory_of(function: Decides) -> Callable[[], Decides]:
    return lambda: function


def is_blank(name: str) -> bool:
    return not (name.strip() or name.strip(WHITE_SPACE))


@follows("default")
def chain_of_ifs(q: Question) -> str | None:
    if q["run_as_enabled"] == "unreadable":
        return None
    if q["platform"] != "linux" or not q["run_as_enabled"]:
        return "ssm-user"
    is_tagged = q["tag"] is not None and q["tag_key"] == "SSMSessionRunAs"
    wanted: str | None = q["tag"] if is_tagged else q["default_user"]
    if wanted == "ssm-user":
        return None
    for user in q["os_users"]:
        if user["name"] == wanted:
            return wanted
    return None


@follows("agent")
def as_the_agent_does(q: Question) -> Any:
    enabled = q["run_as_enabled"]
    if enabled not in (True, False):
        return {"refused": "preferences-unreadable"}
    if q["platform"] == "windows" or enabled is False:
        return {"started_as": "ssm-user"}
    tag = q["tag"] if q["tag_key"] == "SSMSessionRunAs" else None
    wanted = q["default_user"] if tag is None or is_blank(tag) else tag
    if wanted is None or is_blank(wanted):
        return {"refused": "nobody-named"}
    if wanted == "ssm-user":
        return {"refused": "ssm-user-named"}
    accounts = {user["name"]: (user["uid"], user["gid"]) for user in q["os_users"]}
    ids = accounts.get(wanted)
    if ids is None:
        return {"refused": "os-user-missing"}
    return {"refused": "superuser-named"} if 0 in ids else {"started_as": wanted}


NAMED: tuple[tuple[Callable[..., Any], Any], ...] = (
    (lambda wanted, users: wanted is None, None),
    (lambda wanted, users: wanted in ("ssm-user", "root"), None),
    (lambda wanted, users: wanted in users, lambda wanted: wanted),
    (lambda wanted, users: True, None),
)
SETTINGS: dict[Any, Any] = {
    "unreadable": lambda q: None,
    True: lambda q: "ssm-user" if q["platform"] == "windows" else named(q),
    False: lambda q: "ssm-user",
}


def named(q: Question) -> str | None:
    tags = {q["tag_key"]: q["tag"]}
    wanted = tags.get("SSMSessionRunAs", q["default_user"])
    users = {user["name"] for user in q["os_users"]}
    return next((then(wanted) if then else None) for holds, then in NAMED if holds(wanted, users))


@follows("docs-2023")
def by_tables(q: Question) -> Any:
    return SETTINGS[q["run_as_enabled"]](q)


@follows("default,tag_key=any-case,macos=covered")
def by_patterns(q: Question) -> str | None:
    match q:
        case {"run_as_enabled": str()}:
            return None
        case {"run_as_enabled": False} | {"platform": "windows"}:
            return "ssm-user"
        case {"tag_key": str(key), "tag": wanted} if key.lower() == "ssmsessionrunas":
            pass
        case {"default_user": wanted}:
            pass
    names = [user["name"] for user in q["os_users"]]
    return wanted if wanted != "ssm-user" and wanted in names else None


@follows("default")
def by_exceptions(q: Question) -> Any:
    users = {user["name"]: user for user in q["os_users"]}
    del q["operation"]
    try:
        if {"linux": {True: 1, False: 0, "unreadable": 2}}[q["platform"]][q["run_as_enabled"]] != 1:
            raise ValueError
        tag = {q["tag_key"]: q["tag"]}
        try:
            wanted = tag["SSMSessionRunAs"]
        except LookupError:
            wanted = q["default_user"]
        if wanted == "ssm-user":
            return None
        return users[wanted]["name"]
    except ValueError:
        return None if q["run_as_enabled"] == "unreadable" else "ssm-user"
    except KeyError:
        if q["platform"] != "linux" and q["run_as_enabled"] != "unreadable":
            return "ssm-user"
        return None
    finally:
        users.clear()


class Platform(Enum):
    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"


COVERED = frozenset({Platform.LINUX, Platform.MACOS})


@follows("default,superuser=refused,macos=covered")
def with_functions_within(q: Question) -> str | None:
    def find(name: str | None, *users: Any, **more: Any) -> Any:
        return next(filter(lambda user: user["name"] == name, users), more["otherwise"])

    readable = isinstance(q["run_as_enabled"], bool)
    if not readable:
        return None
    if not (Platform(q["platform"]) in COVERED and q["run_as_enabled"]):
        return "ssm-user"
    exact = bool(q["tag_key"]) and q["tag_key"] == "SSMSessionRunAs"
    if (wanted := q["tag"] if exact else q["default_user"]) == "ssm-user":
        return None
    user = find(wanted, *q["os_users"], otherwise=None)
    return wanted if user and all([user["uid"], user["gid"]]) else None


def with_argument(own: str, q: Question) -> str | None:
    return own if chain_of_ifs(q) == "ssm-user" else chain_of_ifs({**q})


follows("default")(functools.wraps(with_argument)(functools.partial(with_argument, "ssm-user")))


class Resolver:
    """An object that is called, and keeps what it was made with."""

    def __init__(self, key: str) -> None:
        self.key, self.refused = key, {"ssm-user"}

    @property
    def own(self) -> str:
        return "ssm-user"

    def __call__(self, q: Question) -> str | None:
        if q["run_as_enabled"] is not True or q["platform"] != "linux":
            return None if q["run_as_enabled"] == "unreadable" else self.own
        return self.named(q["tag"] if q["tag_key"] == self.key else q["default_user"], q["os_users"])

    def named(self, wanted: str | None, users: list[Any]) -> str | None:
        at = 0
        while at < len(users):
            if users[at]["name"] == wanted and wanted not in self.refused:
                break
            at += 1
        else:
            return None
        return wanted


class Rule(ABC):
    """What decides, by an order of its own."""

    refused: tuple[str, ...] = ()

    @abstractmethod
    def named(self, q: Question) -> Any: ...

    def __call__(self, q: Question) -> Any:
        if q["run_as_enabled"] == "unreadable":
            return None
        if q["platform"] != "linux" or not q["run_as_enabled"]:
            return "ssm-user"
        wanted = self.named(q)
        return wanted if wanted in {user["name"] for user in q["os_users"]} and wanted not in self.refused else None


class TagFirst(Rule):
    refused = ("ssm-user",)

    def named(self, q: Question) -> Any:
        return q["tag"] if q["tag_key"] == "SSMSessionRunAs" else q["default_user"]


class Refused(Exception):
    """No session starts."""


class NobodyNamed(Refused, LookupError):
    reason = "nobody-named"


@follows("default")
def by_exceptions_of_its_own(q: Question) -> Any:
    def find(names: list[Any] | None, wanted: str | None = None) -> Any:
        if wanted not in (names or []) or wanted == "ssm-user":
            raise NobodyNamed("nobody")
        return wanted

    if q["run_as_enabled"] == "unreadable" or q["platform"] != "linux" or not q["run_as_enabled"]:
        return None if q["run_as_enabled"] == "unreadable" else "ssm-user"
    try:
        return find([user["name"] for user in q["os_users"]], TAG_FIRST.named(q))
    except Refused:
        return None


TAG_FIRST = TagFirst()
CORRECT["an_object_of_an_abstract_class"] = (TAG_FIRST, "default")
RESOLVER = Resolver("SSMSessionRunAs")
CORRECT["an_object"] = (RESOLVER, "default")
CORRECT["a_method"] = (RESOLVER.__call__, "default")


@follows("default")
def by_types(q: Question) -> str | None:
    names = [name for name in (q["tag"], q["default_user"]) if name is not None]
    return chain_of_ifs(q) if all(type(name) is str and isinstance(name, (str, int)) for name in names) else "nobody"
