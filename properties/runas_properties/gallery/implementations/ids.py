"""Ids of principals, accounts, instances and sessions taken for others, and keys joined from two of them."""

import unicodedata
from collections.abc import Callable

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.misreading import mixes_up
from runas_properties.implementations import DictService, Outcome

__all__: list[str] = []


def composed(id: str) -> str:
    return unicodedata.normalize("NFC", id)


def rounded(account: str) -> str:
    """A number with six digits, as a spreadsheet keeps it: 111111111111 is 1.11111E+11."""
    return f"{float(account):.5E}" if account.isdecimal() else account


ALIKE: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    ("folds-principals", "Ignores case in principals and takes Amy for amy.", "principal", str.lower),
    (
        "drops-paths-of-principals",
        "Takes the principal dev/amy for amy.",
        "principal",
        lambda id: id.rpartition("/")[2],
    ),
    ("cuts-principals-at-64", "Compares only the first 64 characters of principals.", "principal", lambda id: id[:64]),
    (
        "drops-leading-zeros-of-accounts",
        "Takes the account 012345678901 for 12345678901.",
        "account",
        lambda id: id.lstrip("0"),
    ),
    ("rounds-accounts", "Keeps six digits of accounts, as a spreadsheet does.", "account", rounded),
    ("folds-accounts", "Ignores case in accounts and takes Prod for prod.", "account", str.lower),
    ("folds-instances", "Ignores case in instances and takes I-1 for i-1.", "instance", str.lower),
    ("cuts-instances-at-10", "Compares only the first 10 characters of instances.", "instance", lambda id: id[:10]),
    ("trims-instances", "Ignores white space around instances.", "instance", str.strip),
    ("folds-sessions", "Ignores case in sessions and takes S-1 for s-1.", "session", str.lower),
    ("cuts-sessions-at-20", "Compares only the first 20 characters of sessions.", "session", lambda id: id[:20]),
    ("trims-sessions", "Ignores white space around sessions.", "session", str.strip),
    ("composes-sessions", "Composes letters and their accents in sessions.", "session", composed),
)
for id, title, sort, key in ALIKE:
    law = "same-account" if sort == "account" else "errors-are-true"
    fault(id, title, law)(mixes_up(sort, key))


class Joins(DictService):
    """Looks OS users up by one key, joined from the instance and the name."""

    between = ""

    def find(self, name: str, instance: str) -> str | None:
        key = instance + self.between + name
        joined = (user for place, users in self.users.items() for user in users if place + self.between + user == key)
        return super().find(name, instance) or next(joined, None)


@fault(
    "joins-instance-and-name", "Joins instance and name and takes 1alice on i-1 for alice on i-11.", "no-fall-through"
)
class JoinsInstanceAndName(Joins):
    pass


@fault(
    "joins-by-a-slash", "Joins instance and name by a slash and takes 1/alice on i for alice on i/1.", "no-fall-through"
)
class JoinsByASlash(Joins):
    between = "/"


@fault("takes-part-of-a-used-id-for-used", "Takes s-1 for used if s-10 was.", "errors-are-true")
class TakesPartOfAUsedIdForUsed(DictService):
    def is_used(self, session: str) -> bool:
        return any(session in used for used in self.used)


@fault(
    "terminates-by-prefix",
    "Ends s-10 when asked to end s-1, if that does not run.",
    "settings-leave-sessions-alone",
)
class TerminatesByPrefix(DictService):
    def terminate_session(self, session: str) -> Outcome:
        longer = (running for running in self.running if running.startswith(session))
        return super().terminate_session(session if session in self.running else next(longer, session))


@fault(
    "shares-ids-of-sessions-and-principals",
    "Takes a session id for used if a principal is called so.",
    "errors-are-true",
)
class SharesIdsOfSessionsAndPrincipals(DictService):
    def is_used(self, session: str) -> bool:
        return super().is_used(session) or session in self.account_of
