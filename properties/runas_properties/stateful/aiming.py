"""Aiming: what leads to a chosen operation right before a start that a chosen rule decides."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.state import State
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import (
    Account,
    Instance,
    Name,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    RuleId,
    Session,
    Switch,
)
from runas_properties.stateful.coverage import IMPOSSIBLE, pair
from runas_properties.stateful.scenes import Ids, arrangement
from runas_properties.stateful.steering import ACCOUNTS, TAG_KEYS, Play, as_accepted, as_deciding, next_session

__all__ = ["PAIRS", "Aim", "arguments_of"]

FIRST = {
    "create_principal": "delete_principal",
    "register_instance": "deregister_instance",
    "untag_principal": "tag_principal",
    "delete_os_user": "create_os_user",
}
"""The operation that makes room for another, if there is none."""


PAIRS = [
    (operation, rule.id)
    for operation in OPERATIONS
    for rule in RULEBOOK
    if pair(operation, rule.id) not in IMPOSSIBLE
    for _ in range(3 if "superuser" in rule.id or rule.id.endswith("user-exists") else 1)
]
"""Operations and the rule that decides the next start, as far as that can be; rare ones more often."""


def arguments_of(
    operation: str, principal: Principal, account: Account, instance: Instance, name: Name, session: Session
) -> dict[str, Any]:
    """Arguments of an operation from one of each."""
    every = {
        **{"principal": principal, "account": account, "instance": instance, "name": name, "session": session},
        **{"key": TAG_KEYS[0], "value": name, "default_user": name, "run_as_enabled": Switch.ON},
        **{"uid": PosixId(2005), "gid": PosixId(2005), "kind": PrincipalKind.ROLE, "platform": Platform.LINUX},
    }
    return {parameter: every[parameter] for parameter in OPERATIONS[operation].parameters}


@attrs.define
class Aim:
    """Operations performed by `perform`, one by one, from `state` on."""

    perform: Callable[[str, Mapping[str, Any]], Transition]
    state: State
    reading: Reading
    play: Play
    start: tuple[Principal, Instance]

    def at(self, operation: str, decides: RuleId, other: Name, ids: Ids) -> None:
        """Let a rule decide the next start, then perform the operation such that it still does, then start.

        Where the operation cannot leave it so, it is left out; where the start is impossible, that is.
        """
        if operation == "terminate_session" and not len(self.state.sessions.under(self.start[1])):
            self.arrange(RuleId("tag-user-exists"), other, ids)
            self.begin_session()
        self.arrange(decides, other, ids)
        if not self.leaving(operation, decides, other) and operation in FIRST:
            first = FIRST[operation]
            drawn = self.arguments_of(first, other)
            if first == "tag_principal":
                drawn["key"] = TAG_KEYS[1]
            self._walk(first, as_accepted(first, drawn, self.state, self.reading, self.play))
            self.leaving(operation, decides, other)
        self.begin_session()

    def arrange(self, decides: RuleId, other: Name, ids: Ids) -> None:
        """Change settings, tag and OS users such that the rule decides."""
        arranged = arrangement(self.play, self.reading, decides, other, ids)
        for operation, arguments in arranged.calls(self.state, *self.start):
            self._walk(operation, arguments)

    def leaving(self, operation: str, decides: RuleId, other: Name) -> bool:
        """Perform an operation such that the rule still decides, if that can be."""
        drawn = self.arguments_of(operation, other)
        arguments = as_deciding(operation, decides, drawn, self.state, self.reading, self.play, self.start)
        if arguments is not None:
            self._walk(operation, arguments)
        return arguments is not None

    def begin_session(self) -> None:
        principal, instance = self.start
        if self.state.principals.has(principal) and self.state.instances.has(instance):
            session = next_session(self.state)
            self._walk("start_session", {"session": session, "principal": principal, "instance": instance})

    def arguments_of(self, operation: str, name: Name) -> dict[str, Any]:
        principal, instance = self.start
        session = min(self.state.sessions.under(instance), default=next_session(self.state))
        return arguments_of(operation, principal, ACCOUNTS[0], instance, name, session)

    def _walk(self, operation: str, arguments: Mapping[str, Any]) -> None:
        self.state = self.perform(operation, arguments).after
