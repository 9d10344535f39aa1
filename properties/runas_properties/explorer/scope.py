"""What a scope holds: how many of everything, which operations with which arguments, and how large it may become."""

from collections.abc import Iterator
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

import attrs
from attrs import evolve

from runas_model.doors import read
from runas_model.specification.nouns import Noun
from runas_model.specification.state import State
from runas_model.specification.transitions import ASKED, SPECIFICATION, Call, Specification
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    NO_ROLE_SESSION,
    PREFERENCES,
    RUN_AS_TAG,
    SSM_USER,
    Account,
    DocumentName,
    Instance,
    Name,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    Region,
    RoleSession,
    Session,
    Switch,
)
from runas_properties.explorer.packing import ScopeError
from runas_properties.explorer.world import completed, wrong_calls

__all__ = ["BYTES_PER_STATE", "Scope", "free_memory"]

NO_NAME = Name("")
NAMES = [Name("alice"), SSM_USER, Name("root"), NO_NAME, Name("bob")]
PRINCIPALS = [Principal("amy"), Principal("ben")]
REGIONS = [DEFAULT_REGION, Region("us-west-2")]
PLATFORMS = [Platform.LINUX, Platform.WINDOWS, Platform.MACOS]
SWITCHES = [Switch.OFF, Switch.ON, Switch.UNREADABLE]

MOST = 64
"""Each thing takes a bit of a state at least, and a state has 64."""

MAY_BE_NONE = ("role_sessions", "parameters")
"""What there need not be any of; of everything else there is one."""

BYTES_PER_STATE = 64
"""More than a state takes while it is found: 30 to 45 were measured in a scope of 10^7 states."""


def _whole(instance: "Scope", attribute: Any, value: Any) -> None:
    least = 0 if attribute.name in MAY_BE_NONE else 1
    if not least <= read(int, value, attribute.name) <= MOST:
        raise ScopeError(f"{attribute.name} must be from {least} to {MOST}, not {value!r}")


@attrs.frozen
class Scope:
    """How many accounts, principals, instances, names, sessions and so on there are.

    - Names are alice, ssm-user, root, the blank one and bob, in this order, then user-6 and so on. A tag has any of
      them; preferences name any of them, or nobody; each but the blank one may be an OS user, with one uid and gid,
      which are 0 for root.
    - Only the Run As tag is set. Principals are alternately users and roles, in any account; where there are role
      sessions, roles and users, so that the first is one that can be assumed.
    - Platforms are linux, windows and macos, in this order.
    - Preferences have Run As off, on or unreadable, in this order; unreadable ones name nobody.
    - Regions are us-east-1 and us-west-2, then region-3 and so on; each account has preferences in each.
    - Documents are the preferences, then document-2 and so on, which say what preferences may say. With more than
      one, sessions name any of them, and each may be deleted.
    - Role sessions are r-1 and so on, and there may be none. Each may be one of any role, begun by any role session or
      none, without a session tag or with a Run As tag of any name, transitive or not.
    - Parameters are the values that sessions may give, the first of the names, and there may be none. With one or more,
      `put_document` also writes each document, the preferences too, with a parameter declared, and sessions give each
      value or none; it takes documents beside the preferences.
    - Initially all tables are empty, but for the preferences: everywhere Run As is off, and they name nobody.

    Raises TypeError for no whole number, and `ScopeError` for one below 1 (of role sessions and parameters: 0) or above
    64, for too many platforms or switches, and for more parameters than names, or some with one document.
    """

    accounts: int = attrs.field(validator=_whole)
    principals: int = attrs.field(validator=_whole)
    instances: int = attrs.field(validator=_whole)
    names: int = attrs.field(validator=_whole)
    sessions: int = attrs.field(validator=_whole)
    platforms: int = attrs.field(default=1, validator=_whole)
    switches: int = attrs.field(default=2, validator=_whole)
    regions: int = attrs.field(default=1, validator=_whole)
    documents: int = attrs.field(default=1, validator=_whole)
    role_sessions: int = attrs.field(default=0, validator=_whole)
    parameters: int = attrs.field(default=0, validator=_whole)

    def __attrs_post_init__(self) -> None:
        if self.platforms > len(PLATFORMS):
            raise ScopeError(f"platforms must be from 1 to {len(PLATFORMS)}, not {self.platforms}")
        if self.switches > len(SWITCHES):
            raise ScopeError(f"switches must be from 1 to {len(SWITCHES)}, not {self.switches}")
        if self.parameters > self.names:
            raise ScopeError(f"parameters must be from 0 to {self.names}, as many as names, not {self.parameters}")
        if self.parameters and self.documents == 1:
            raise ScopeError(f"documents must be from 2 to {MOST} where there are parameters, not 1")

    @property
    def names_in_play(self) -> list[Name]:
        return [*NAMES, *(Name(f"user-{number}") for number in range(6, self.names + 1))][: self.names]

    @property
    def nouns(self) -> tuple[Noun, ...]:
        """The nouns in play: those of which there is more than everybody has, in their order."""
        more = {
            Noun.REGIONS: self.regions - 1,
            Noun.ROLES: self.role_sessions,
            Noun.DOCUMENTS: self.documents - 1,
            Noun.PARAMETERS: self.parameters,
        }
        return tuple(noun for noun in Noun if more[noun])

    def start(self, specification: Specification = SPECIFICATION) -> State:
        """The first state of a specification, with the preferences of every account and Region written out."""
        documents = specification.initial.documents
        for account, region in product(self._accounts(), self._regions()):
            documents = documents.put((account, region, PREFERENCES), documents[account, region, PREFERENCES])
        return evolve(specification.initial, documents=documents)

    def calls(self) -> list[Call]:
        """Every operation with every choice of arguments. Raises `ScopeError` where these are not of all operations."""
        every = [*completed(self._calls())]
        if wrong := wrong_calls(every, "scope", [noun for noun in Noun if noun not in self.nouns]):
            raise ScopeError(wrong)
        return every

    def _calls(self) -> Iterator[Call]:
        names = self.names_in_play
        for principal, kind in zip(self._principals(), self._kinds(), strict=True):
            for account in self._accounts():
                yield "create_principal", {"principal": principal, "account": account, "kind": kind}
            yield "delete_principal", {"principal": principal}
            for name in names:
                yield "tag_principal", {"principal": principal, "key": RUN_AS_TAG, "value": name}
            yield "untag_principal", {"principal": principal, "key": RUN_AS_TAG}
        for account in self._accounts():
            for region, (switch, name) in product(self._regions(), self._preferences()):
                says = {"account": account, "region": region, "run_as_enabled": switch, "default_user": name}
                yield "update_preferences", says
                yield from (("put_document", {**says, "document": document}) for document in self._documents()[1:])
                for document in self._documents() if self.parameters else []:
                    yield "put_document", {**says, "document": document, "declares_parameter": True}
            if self.documents > 1:
                for region, document in product(self._regions(), self._documents()):
                    yield "delete_document", {"account": account, "region": region, "document": document}
        for instance in self._instances():
            for account, region, platform in product(self._accounts(), self._regions(), PLATFORMS[: self.platforms]):
                machine = {"account": account, "region": region, "platform": platform}
                yield "register_instance", {"instance": instance, **machine}
            yield "deregister_instance", {"instance": instance}
            for number, name in enumerate(dict.fromkeys([*names, NO_NAME]), 1000):
                posix = PosixId({SSM_USER: 1001, "root": 0}.get(name, number))
                yield "create_os_user", {"instance": instance, "name": name, "uid": posix, "gid": posix}
                yield "delete_os_user", {"instance": instance, "name": name}
        for role_session in self._role_sessions():
            for principal, source in product(self._principals(), [NO_ROLE_SESSION, *self._role_sessions()]):
                begun = {"principal": principal, "role_session": role_session, "source": source}
                yield "assume_role", begun
                for name, transitive in product(names, (False, True)):
                    tag = {"key": RUN_AS_TAG, "value": name, "transitive": transitive}
                    yield "assume_role_with_tag", {**begun, **tag}
            yield "end_role_session", {"role_session": role_session}
        role_sessions = [NO_ROLE_SESSION, *self._role_sessions()]
        given = [{}, *({"parameter": value} for value in names[: self.parameters])]
        for session in self._sessions():
            of_whom = product(self._principals(), self._instances(), self._documents(), role_sessions)
            for asked, parameter in product(of_whom, given):
                yield "start_session", {"session": session, **dict(zip(ASKED, asked, strict=False)), **parameter}
            yield "terminate_session", {"session": session}

    @property
    def most_states(self) -> int:
        """A number of states that no reading exceeds; it is close where instances are few."""
        names = self.names_in_play
        users = len({*names, SSM_USER} - {NO_NAME})  # that one may come with a session
        document = len(list(self._preferences())) * (1 + (self.parameters > 0)) + (self.documents > 1)
        principal = 1 + self.accounts * (1 + len(names))
        instance = 1 + self.accounts * self.regions * self.platforms * 2**users
        named = len([name for name in names if name not in (NO_NAME, SSM_USER)])
        ways_to_start = 2 * named + min(self.platforms, 2)
        session = 1 + self.instances * (1 + self.principals * ways_to_start)
        roles = self._kinds().count(PrincipalKind.ROLE)
        role_session = 1 + roles * 2 * (1 + 2 * len(names))  # of each role, ended or not
        return prod(
            [
                document ** (self.accounts * self.regions * self.documents),
                principal**self.principals,
                instance**self.instances,
                session**self.sessions,
                role_session**self.role_sessions,
            ]
        )

    def check_memory(self, available: int | None) -> None:
        """Raise `ScopeError` where the states would not fit into `available` bytes; None: not known."""
        states = self.most_states
        needed = states * BYTES_PER_STATE
        if available is not None and needed > available:
            raise ScopeError(
                f"up to {_short(states)} states would need about {_short(needed // 2**30)} GiB, and "
                f"{_short(available / 2**30)} GiB are free; take a smaller scope"
            )

    def __str__(self) -> str:
        counts = attrs.asdict(self).items()
        return ", ".join(f"{count} {_word(noun, count)}" for noun, count in counts if count)

    def _preferences(self) -> Iterator[tuple[Switch, Name]]:
        preferred = list(dict.fromkeys([NO_NAME, *self.names_in_play]))
        for switch in SWITCHES[: self.switches]:
            yield from ((switch, name) for name in ([NO_NAME] if switch is Switch.UNREADABLE else preferred))

    def _regions(self) -> list[Region]:
        return [*REGIONS, *(Region(f"region-{number}") for number in range(3, self.regions + 1))][: self.regions]

    def _documents(self) -> list[DocumentName]:
        return [PREFERENCES, *(DocumentName(f"document-{number}") for number in range(2, self.documents + 1))]

    def _accounts(self) -> list[Account]:
        return [Account(str(number) * 12 if number < 10 else f"{number:012}") for number in range(1, self.accounts + 1)]

    def _principals(self) -> list[Principal]:
        more = (Principal(f"principal-{number}") for number in range(3, self.principals + 1))
        return [*PRINCIPALS, *more][: self.principals]

    def _kinds(self) -> list[PrincipalKind]:
        """Of each principal what it is."""
        kinds = [PrincipalKind.USER, PrincipalKind.ROLE]
        if self.role_sessions:
            kinds.reverse()
        return [kinds[number % 2] for number in range(self.principals)]

    def _role_sessions(self) -> list[RoleSession]:
        return [RoleSession(f"r-{number}") for number in range(1, self.role_sessions + 1)]

    def _instances(self) -> list[Instance]:
        return [Instance(f"i-{number}") for number in range(1, self.instances + 1)]

    def _sessions(self) -> list[Session]:
        return [Session(f"s-{number}") for number in range(1, self.sessions + 1)]


def _word(noun: str, count: int) -> str:
    """What is counted, for people."""
    word = {"regions": "Regions", "parameters": "parameter values"}.get(noun, noun.replace("_", " "))
    return word if count > 1 else {"switches": "switch"}.get(word, word[:-1])


def free_memory() -> int | None:
    """The bytes of memory that are free for use, where the operating system says so."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    kibibytes = next((line.split()[1] for line in lines if line.startswith("MemAvailable:")), None)
    return None if kibibytes is None else int(kibibytes) * 1024


def _short(number: int | float) -> str:
    """A number for people: with separators, or a power of ten where it is very large."""
    if number >= 10**15:
        digits = str(int(number))
        return f"{digits[0]}.{digits[1]}e{len(digits) - 1}"
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}"
