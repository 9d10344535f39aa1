"""What a scope holds: how many of everything, which operations with which arguments, and how large it may become."""

from collections.abc import Iterator
from math import prod
from typing import Any

import attrs

from runas_model.readings import DEFAULT, Reading
from runas_model.specification import SPECIFICATION
from runas_model.state import INITIAL, State
from runas_model.vocabulary import (
    RUN_AS_TAG,
    SSM_USER,
    Account,
    Instance,
    Name,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    Session,
)
from runas_properties.explorer.packing import Call, ScopeError

__all__ = ["BYTES_PER_STATE", "Scope"]

NO_NAME = Name("")
NAMES = [Name("alice"), SSM_USER, Name("root"), NO_NAME]
PLATFORMS = [Platform.LINUX, Platform.WINDOWS, Platform.MACOS]

BYTES_PER_STATE = 100
"""Most memory that a state takes while it is found, measured on scopes of up to 10^7 states."""


def _whole(instance: "Scope", attribute: Any, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ScopeError(f"{attribute.name} must be 1 or more, not {value!r}")


@attrs.frozen
class Scope:
    """How many accounts, principals, managed instances, names, sessions and platforms there are.

    - Names are alice, ssm-user, root and the blank one, in this order, then user-5 and so on. A tag has any of them;
      preferences name any of them, or nobody; each but the blank one may be an OS user, with one uid and gid (root 0).
    - Only the Run As tag is put. Principals are users and roles by turns, of any account.
    - Platforms are linux, windows and macos, in this order.
    - At first there is nothing, and every account has Run As off and names nobody.

    Raises `ScopeError` for a number below one, or more platforms than there are.
    """

    accounts: int = attrs.field(validator=_whole)
    principals: int = attrs.field(validator=_whole)
    instances: int = attrs.field(validator=_whole)
    names: int = attrs.field(validator=_whole)
    sessions: int = attrs.field(validator=_whole)
    platforms: int = attrs.field(default=1, validator=_whole)

    def __attrs_post_init__(self) -> None:
        if self.platforms > len(PLATFORMS):
            raise ScopeError(f"there are {len(PLATFORMS)} platforms, not {self.platforms}")

    @property
    def names_in_play(self) -> list[Name]:
        return [*NAMES, *(Name(f"user-{number}") for number in range(5, self.names + 1))][: self.names]

    @property
    def start(self) -> State:
        """The first state."""
        state = INITIAL
        for account in self._accounts():
            off = {"account": account, "run_as_enabled": False, "default_user": NO_NAME}
            state = SPECIFICATION.transition("update_preferences", state, DEFAULT, **off).after
        return state

    def calls(self) -> Iterator[Call]:
        """Every operation with every choice of arguments."""
        names = self.names_in_play
        preferred = list(dict.fromkeys([NO_NAME, *names]))
        for number, principal in enumerate(self._principals()):
            kind = list(PrincipalKind)[number % 2]
            for account in self._accounts():
                yield "create_principal", {"principal": principal, "account": account, "kind": kind}
            yield "delete_principal", {"principal": principal}
            for name in names:
                yield "tag_principal", {"principal": principal, "key": RUN_AS_TAG, "value": name}
            yield "untag_principal", {"principal": principal, "key": RUN_AS_TAG}
        for account in self._accounts():
            for enabled in (False, True):
                for name in preferred:
                    preferences = {"account": account, "run_as_enabled": enabled, "default_user": name}
                    yield "update_preferences", preferences
        for instance in self._instances():
            for account in self._accounts():
                for platform in PLATFORMS[: self.platforms]:
                    yield "register_instance", {"instance": instance, "account": account, "platform": platform}
            yield "deregister_instance", {"instance": instance}
            for number, name in enumerate(dict.fromkeys([*names, NO_NAME]), 1000):
                posix = PosixId({SSM_USER: 1001, "root": 0}.get(name, number))
                yield "create_os_user", {"instance": instance, "name": name, "uid": posix, "gid": posix}
                yield "delete_os_user", {"instance": instance, "name": name}
        for session in self._sessions():
            for principal in self._principals():
                for instance in self._instances():
                    yield "start_session", {"session": session, "principal": principal, "instance": instance}
            yield "terminate_session", {"session": session}

    def most_states(self, reading: Reading = DEFAULT) -> int:
        """A number of states that the scope cannot exceed; it is close where sessions are few."""
        names = self.names_in_play
        users = len([name for name in names if name != NO_NAME])
        preferences = 2 * len({*names, NO_NAME})
        principal = 1 + self.accounts * (1 + len(names))
        instance = 1 + self.accounts * self.platforms * 2**users
        ways_to_start = 2 * users + self.platforms
        session = 1 + self.instances * (1 + self.principals * ways_to_start)
        return prod(
            [
                preferences**self.accounts,
                principal**self.principals,
                instance**self.instances,
                session**self.sessions,
            ]
        )

    def check_memory(self, available: int) -> None:
        """Raise `ScopeError` where the states would not fit into `available` bytes."""
        states = self.most_states()
        needed = states * BYTES_PER_STATE
        if needed > available:
            raise ScopeError(
                f"up to {_short(states)} states would need about {_short(needed / 2**30)} GiB, and "
                f"{_short(available / 2**30)} GiB are free; take a smaller scope"
            )

    def _accounts(self) -> list[Account]:
        return [Account(f"{number:012}") for number in range(1, self.accounts + 1)]

    def _principals(self) -> list[Principal]:
        return [Principal(f"principal-{number}") for number in range(1, self.principals + 1)]

    def _instances(self) -> list[Instance]:
        return [Instance(f"i-{number}") for number in range(1, self.instances + 1)]

    def _sessions(self) -> list[Session]:
        return [Session(f"session-{number}") for number in range(1, self.sessions + 1)]


def _short(number: float) -> str:
    """A number for people: with separators, or a power of ten where it is very large."""
    if number >= 10**15:
        text = f"{int(number):d}"
        return f"{text[0]}.{text[1]}e{len(text) - 1}"
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}"
