"""Many of a kind: sessions, OS users, principals, tags, instances and accounts, more than fit on a page."""

from collections.abc import Callable

from runas_model.specification.transitions import Call
from runas_properties.stateful.calls import end, gone, instance, principal, run_as, start, tag, untag, user

__all__ = ["MANY", "PAGES", "many"]

PAGES = {"sessions": 105, "os-users": 105, "principals": 55, "tags": 45, "instances": 55, "accounts": 12}
"""How many of each are in the vectors: more than one page of the usual sizes, or what AWS allows."""

BEGIN = (principal(), instance(), run_as(True, "ops"), user("ops"))


def _sessions(number: int) -> list[Call]:
    starts = [start(one, ("amy", "ben")[one % 2]) for one in range(number)]
    ends = [end(one) for one in (0, number // 2, number - 1)]
    return [*BEGIN, principal("ben"), *starts, *ends,
            start(0), start(number // 2), start(number), gone("delete_os_user", instance="i-1", name="ops"),
            start(number + 1), gone("deregister_instance", instance="i-1")]  # fmt: skip


def _os_users(number: int) -> list[Call]:
    made = [user(f"u{one}", 3000 + one, 3000 + one) for one in range(number)]
    asked = [call for one in (0, number // 2, number - 1) for call in (tag(f"u{one}"), start(one))]
    left = [gone("delete_os_user", instance="i-1", name=f"u{one}") for one in (1, number - 2)]
    return [
        *BEGIN,
        *made,
        *asked,
        *left,
        tag(f"u{number - 2}"),
        start(number),
        tag(f"u{number - 3}"),
        start(number + 1),
    ]


def _principals(number: int) -> list[Call]:
    made = [call for one in range(number) for call in (principal(f"p{one}"), tag("alice", name=f"p{one}"))]
    asked = [start(one, f"p{one}") for one in (0, number // 2, number - 1)]
    left = [gone("delete_principal", principal=f"p{number // 2}"), untag(name=f"p{number - 1}")]
    return [*BEGIN, user("alice"), *made, *asked, start("t-1"), *left, start("t-2", f"p{number // 2}"),
            start("t-3", f"p{number - 1}"), start("t-4", f"p{number - 2}")]  # fmt: skip


def _tags(number: int) -> list[Call]:
    others = [tag("carol", f"Key{one}") for one in range(number)]
    half = number // 2
    return [*BEGIN, user("alice"), user("carol"), *others[:half], tag("alice"), start(1), *others[half:], start(2),
            untag(f"Key{half}"), start(3), untag(), start(4), tag("alice"), start(5), untag("Key0"),
            start(6)]  # fmt: skip


def _instances(number: int) -> list[Call]:
    made = [call for one in range(2, number + 2)
            for call in (instance(f"i-{one}"), user("ops" if one % 2 else "alice", on=f"i-{one}"))]  # fmt: skip
    asked = [start(one, on=f"i-{one}") for one in (2, 3, number, number + 1)]
    left = gone("deregister_instance", instance="i-3")
    return [
        *BEGIN,
        *made,
        *asked,
        left,
        start("t-1", on="i-3"),
        start("t-2", on=f"i-{number // 4 * 2 + 1}"),
    ]


def _accounts(number: int) -> list[Call]:
    ids = [f"{one:012}" for one in range(1, number + 1)]
    made = [call for at, account in enumerate(ids) for call in (
        principal(f"p{at}", account), instance(f"i-{at}", account=account), user("alice", on=f"i-{at}"),
        run_as(at % 3 > 0, "alice" if at % 2 else "ops", account))]  # fmt: skip
    asked = [start(at, f"p{at}", f"i-{at}") for at in range(number)]
    return [*made, *asked, start("t-1", "p0", "i-1"), run_as(True, "alice", ids[0]), start("t-2", "p0", "i-0"),
            start("t-3", "p3", "i-3")]  # fmt: skip


MANY: dict[str, Callable[[int], list[Call]]] = {
    "sessions": _sessions,
    "os-users": _os_users,
    "principals": _principals,
    "tags": _tags,
    "instances": _instances,
    "accounts": _accounts,
}
"""What there are many of, with the calls that make so many of it and ask for some."""


def many(whose: str, number: int) -> tuple[Call, ...]:
    """Calls that make so many of a kind, and ask for some."""
    return tuple(MANY[whose](number))
