"""Aiming: what leads to a chosen operation right before a start that a chosen rule decides."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.state import State
from runas_model.specification.transitions import ASKED, Transition
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    Account,
    Name,
    Platform,
    PosixId,
    PrincipalKind,
    Region,
    RuleId,
    Switch,
)
from runas_properties.stateful.coverage import IMPOSSIBLE, pair
from runas_properties.stateful.scenes import Ids, arrangement
from runas_properties.stateful.steering import (
    ACCOUNTS,
    TAG_KEYS,
    Play,
    Start,
    as_accepted,
    as_deciding,
    next_session,
)

__all__ = ["PAIRS", "Aim", "arguments_of"]

FIRST = {
    "create_principal": "delete_principal",
    "register_instance": "deregister_instance",
    "untag_principal": "tag_principal",
    "delete_os_user": "create_os_user",
    "delete_document": "put_document",
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


def arguments_of(operation: str, name: Name, **given: Any) -> dict[str, Any]:
    """Arguments of an operation from one of each: a name, what is `given`, and what does not matter."""
    every = {
        **{"name": name, "value": name, "default_user": name, "key": TAG_KEYS[0], "run_as_enabled": Switch.ON},
        **{"uid": PosixId(2005), "gid": PosixId(2005), "kind": PrincipalKind.ROLE, "platform": Platform.LINUX},
        **given,
    }
    return {parameter: every[parameter] for parameter in OPERATIONS[operation].parameters}


@attrs.define
class Aim:
    """Operations performed by `perform`, one by one, from `state` on."""

    perform: Callable[[str, Mapping[str, Any]], Transition]
    state: State
    reading: Reading
    play: Play
    start: Start
    place: tuple[Account, Region] = (ACCOUNTS[0], DEFAULT_REGION)
    """The account and Region of the instance on which the start is."""

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
            drawn.update({name: other for name, other in self._others().items() if name in drawn})
            self._walk(first, as_accepted(first, drawn, self.state, self.reading, self.play))
            self.leaving(operation, decides, other)
        self.begin_session()

    def arrange(self, decides: RuleId, other: Name, ids: Ids) -> None:
        """Change settings, tag and OS users such that the rule decides."""
        machine = self.state.instances[self.start[1]]
        self.place = machine.account, machine.region
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
        principal, instance, _ = self.start
        if self.state.principals.has(principal) and self.state.instances.has(instance):
            asked = dict(zip(ASKED, self.start, strict=True))
            self._walk("start_session", {"session": next_session(self.state), **asked})

    def arguments_of(self, operation: str, name: Name) -> dict[str, Any]:
        session = min(self.state.sessions.under(self.start[1]), default=next_session(self.state))
        (account, region), asked = self.place, dict(zip(ASKED, self.start, strict=True))
        return arguments_of(operation, name, account=account, region=region, session=session, **asked)

    def _others(self) -> dict[str, Any]:
        """Another tag and another document than those that decide, which can go again."""
        documents = [document for document in self.play.documents if document != self.start[2]]
        return {"key": TAG_KEYS[1], **({"document": documents[0]} if documents else {})}

    def _walk(self, operation: str, arguments: Mapping[str, Any]) -> None:
        self.state = self.perform(operation, arguments).after
