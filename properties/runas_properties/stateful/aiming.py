"""Aiming: what leads to a chosen operation right before a start that a chosen rule decides."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs
from attrs import evolve

from runas_model.specification.nouns import Noun, nouns_needed
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.state import State
from runas_model.specification.transitions import ASKED, Transition
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    NO_NAME,
    NO_ROLE_SESSION,
    Account,
    Name,
    Platform,
    PosixId,
    PrincipalKind,
    Region,
    Request,
    RoleSession,
    RuleId,
    Switch,
)
from runas_properties.stateful.calls import fitting
from runas_properties.stateful.coverage import IMPOSSIBLE, pair
from runas_properties.stateful.filling import Filling
from runas_properties.stateful.scenes import Ids, arrangement
from runas_properties.stateful.steering import (
    ACCOUNTS,
    TAG_KEYS,
    Play,
    arguments_asking,
    as_accepted,
    as_deciding,
    goes_on,
    newest_role_sessions,
    next_role_session,
    next_session,
)
from runas_properties.stateful.tagging import Through, role_session_of

__all__ = ["PAIRS", "Aim", "arguments_of"]

FIRST = {
    "create_principal": "delete_principal",
    "register_instance": "deregister_instance",
    "untag_principal": "tag_principal",
    "delete_os_user": "create_os_user",
    "delete_document": "put_document",
    "end_role_session": "assume_role",
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
        **{"role_session": NO_ROLE_SESSION, "source": NO_ROLE_SESSION, "transitive": True},
        **{"declares_parameter": False, "filled": False, "parameter": NO_NAME},
        **given,
    }
    return fitting(operation, {parameter: every[parameter] for parameter in OPERATIONS[operation].parameters})


@attrs.define
class Aim:
    """Operations performed by `perform`, one by one, from `state` on."""

    perform: Callable[[str, Mapping[str, Any]], Transition]
    state: State
    reading: Reading
    play: Play
    start: Request
    place: tuple[Account, Region] = (ACCOUNTS[0], DEFAULT_REGION)
    """The account and Region of the instance on which the start is."""

    def at(
        self,
        operation: str,
        decides: RuleId,
        other: Name,
        ids: Ids,
        through: Through = Through.ITSELF,
        filling: Filling = Filling.FIXED,
    ) -> None:
        """Let a rule decide the next start, then perform the operation such that it still does, then start.

        A role comes by its tag `through` something, and the default OS user is named by such a `filling`. Where the
        operation cannot leave it so, it is left out; where the start is impossible, that is. After an operation that
        assumes a role the start is in that role session.
        """
        if Noun.ROLES in nouns_needed(operation):
            self.be_a_role()
        if operation == "assume_role" and through is Through.PASSED:
            through = Through.INHERITED  # a tag that ends with its session could not lead to the same decision
        if operation == "terminate_session" and not len(self.state.sessions.under(self.start.instance)):
            self.arrange(RuleId("tag-user-exists"), other, ids, through, filling)
            self.begin_session()
        self.arrange(decides, other, ids, through, filling)
        if not self.leaving(operation, decides, other) and operation in FIRST:
            first = FIRST[operation]
            drawn = self.arguments_of(first, other)
            drawn.update({name: other for name, other in self._others().items() if name in drawn})
            self._walk(first, as_accepted(first, drawn, self.state, self.reading, self.play))
            self.leaving(operation, decides, other)
        self.begin_session()

    def be_a_role(self) -> None:
        """Make the principal anew as a role, unless it is one."""
        principal = self.start.principal
        record = self.state.principals[principal]
        if record.kind is PrincipalKind.USER:
            self._walk("delete_principal", {"principal": principal})
            role = {"principal": principal, "account": record.account, "kind": PrincipalKind.ROLE}
            self._walk("create_principal", role)

    def arrange(self, decides: RuleId, other: Name, ids: Ids, through: Through, filling: Filling) -> None:
        """Change settings, tag and OS users such that the rule decides."""
        machine = self.state.instances[self.start.instance]
        self.place = machine.account, machine.region
        if not self.play.roles or self.state.principals[self.start.principal].kind is PrincipalKind.USER:
            through = Through.ITSELF
        arranged = arrangement(self.play, self.reading, decides, other, ids)
        arranged = evolve(arranged, filling=filling if self.play.parameters else Filling.FIXED)
        self.start = arranged.asked(evolve(self.start, role_session=role_session_of(self.state, through)))
        for operation, arguments in arranged.calls(self.state, self.start, through, other):
            self._walk(operation, arguments)

    def leaving(self, operation: str, decides: RuleId, other: Name) -> bool:
        """Perform an operation such that the rule still decides, if that can be."""
        drawn = self.arguments_of(operation, other)
        asked = evolve(self.start, role_session=drawn["role_session"]) if "source" in drawn else self.start
        arguments = as_deciding(operation, decides, drawn, self.state, self.reading, self.play, asked)
        if arguments is not None:
            self.start = asked
            self._walk(operation, arguments)
        return arguments is not None

    def begin_session(self) -> None:
        principal, role_session = self.start.principal, self.start.role_session
        used = role_session == NO_ROLE_SESSION or goes_on(self.state, role_session)
        if self.state.principals.has(principal) and self.state.instances.has(self.start.instance) and used:
            self._walk("start_session", arguments_asking(self.state, self.start))

    def arguments_of(self, operation: str, name: Name) -> dict[str, Any]:
        session = min(self.state.sessions.under(self.start.instance), default=next_session(self.state))
        (account, region), asked = self.place, {name: getattr(self.start, name) for name in ASKED}
        given = {"account": account, "region": region, "session": session, **asked, **self._role_sessions(operation)}
        return arguments_of(operation, name, **given)

    def _role_sessions(self, operation: str) -> dict[str, RoleSession | bool]:
        """A role session to begin in that of the start, or another one of the role to end."""
        current = self.start.role_session
        if operation == "end_role_session":
            of_role = self.state.role_sessions.under(self.start.principal)
            others = (one for one in newest_role_sessions(self.state) if of_role.has(one) and one != current)
            return {"role_session": next(others, current)}
        if operation not in ("assume_role", "assume_role_with_tag"):
            return {}
        source = current if goes_on(self.state, current) else NO_ROLE_SESSION
        transitive = len(self.state.assumed) % 2 == 0
        return {"role_session": next_role_session(self.state), "source": source, "transitive": transitive}

    def _others(self) -> dict[str, Any]:
        """Another tag and another document than those that decide, which can go again."""
        documents = [document for document in self.play.documents if document != self.start.document]
        return {"key": TAG_KEYS[1], **({"document": documents[0]} if documents else {})}

    def _walk(self, operation: str, arguments: Mapping[str, Any]) -> None:
        self.state = self.perform(operation, arguments).after
