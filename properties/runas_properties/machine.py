"""The steered state machine: random operations, each held to the laws and, if there is one, to an implementation.

To test your own implementation, subclass `RunAsMachine` and set `implementation`:

    class Ours(RunAsMachine):
        implementation = OurService  # called with a reading; see `runas_properties.implementations.Implementation`

    TestOurs = Ours.TestCase
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    multiple,
    precondition,
    rule,
)

from runas_model.operations import OPERATIONS
from runas_model.readings import DEFAULT, Reading, all_readings
from runas_model.rulebook import RULEBOOK
from runas_model.specification import Transition
from runas_model.vocabulary import (
    Account,
    Instance,
    Name,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    RuleId,
    Session,
    TagKey,
)
from runas_properties.coverage import IMPOSSIBLE, Coverage, pair
from runas_properties.implementations import Factory
from runas_properties.oracle import Oracle
from runas_properties.scenes import IDS, Scene, arrangement, scenes
from runas_properties.steering import (
    ACCOUNTS,
    ERRORS_OF,
    INSTANCES,
    PRINCIPALS,
    TAG_KEYS,
    Play,
    as_accepted,
    as_deciding,
    as_rejected,
    next_session,
)

__all__ = ["COVERAGE", "RunAsMachine"]

COVERAGE = Coverage()
"""What all machines in this process have reached."""

OsUserInPlay = tuple[Instance, Name]
PAIRS = [
    (operation, rule.id)
    for operation in OPERATIONS
    for rule in RULEBOOK
    if pair(operation, rule.id) not in IMPOSSIBLE
    for _ in range(2 if "superuser" in rule.id else 1)
]
UNDONE_BY = {
    "create_principal": "delete_principal",
    "register_instance": "deregister_instance",
    "untag_principal": "tag_principal",
    "delete_os_user": "create_os_user",
}
"""The operation that makes room for another."""
PLATFORMS = st.sampled_from([Platform.LINUX] * 4 + [Platform.MACOS, Platform.WINDOWS])


class RunAsMachine(RuleBasedStateMachine):
    """Each operation is a rule of its own name; `mistake` performs operations that must fail.

    `implementation` makes what is tested; None tests the specification against its own laws. `readings` are those
    that runs are made under. `thorough` asks every law of everything in play after each step.
    """

    implementation: ClassVar[Factory | None] = None
    readings: ClassVar[Sequence[Reading]] = tuple(all_readings())
    thorough: ClassVar[bool] = False
    coverage: ClassVar[Coverage] = COVERAGE

    accounts: Bundle[Account] = Bundle("accounts")
    principals: Bundle[Principal] = Bundle("principals")
    instances: Bundle[Instance] = Bundle("instances")
    os_users: Bundle[OsUserInPlay] = Bundle("os_users")
    sessions: Bundle[Session] = Bundle("sessions")

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        forgotten = [operation for operation in OPERATIONS if not hasattr(getattr(cls, operation), RULE_MARKER)]
        if forgotten:
            raise TypeError(
                f"{cls.__name__} has no rule for {', '.join(forgotten)}: an override needs @rule(...) with the "
                "arguments of RunAsMachine's, or leave the method out to inherit it"
            )

    def __init__(self) -> None:
        super().__init__()
        self.oracle = Oracle(DEFAULT)
        self.play = Play(())
        self.about: tuple[Principal, Instance] = (PRINCIPALS[0], INSTANCES[0])
        self.about_instance = False

    @initialize(target=accounts)
    def accounts_in_play(self) -> MultipleResults[Account]:
        return multiple(*ACCOUNTS[:1], *ACCOUNTS[:1], *ACCOUNTS)

    @initialize(target=principals)
    def principals_in_play(self) -> MultipleResults[Principal]:
        return multiple(*PRINCIPALS)

    @initialize(target=instances)
    def instances_in_play(self) -> MultipleResults[Instance]:
        return multiple(*INSTANCES)

    @initialize(target=sessions)
    def sessions_in_play(self) -> Session:
        return Session("s-1")

    @initialize(target=os_users, scene=st.runner().flatmap(lambda machine: scenes(tuple(machine.readings))))
    def set_scene(self, scene: Scene) -> MultipleResults[OsUserInPlay]:
        """Begin with a scene, so that no run starts from nothing; its names are in play from then on."""
        made = None if self.implementation is None else type(self).implementation(scene.reading)  # type: ignore[misc]
        self.oracle = Oracle(scene.reading, made, self.thorough)
        self.play = scene.play
        self.coverage.begin()
        for operation, arguments in scene.calls:
            self.perform(operation, **arguments)
        return multiple(*((INSTANCES[0], name) for name in scene.play.names))

    def perform(self, operation: str, **arguments: Any) -> Transition:
        """Perform an operation and hold what happens to the specification and the laws."""
        t = self.oracle.perform(operation, arguments)
        self.coverage.note(t)
        principal, instance = self.about
        self.about = arguments.get("principal", principal), arguments.get("instance", instance)
        self.about_instance = "instance" in arguments
        return t

    def steer(self, operation: str, **arguments: Any) -> Transition:
        """Perform an operation with the nearest arguments that are accepted."""
        steered = as_accepted(operation, arguments, self.oracle.state, self.oracle.reading, self.play)
        return self.perform(operation, **steered)

    @precondition(lambda self: len(self.oracle.state.principals) < len(PRINCIPALS))
    @rule(then_start=st.booleans(), principal=principals, account=accounts, kind=st.sampled_from(PrincipalKind))
    def create_principal(self, principal: Principal, account: Account, kind: PrincipalKind, then_start: bool) -> None:
        self.steer("create_principal", principal=principal, account=account, kind=kind)
        self.go_on(then_start)

    @precondition(lambda self: len(self.oracle.state.principals) > 1)
    @rule(then_start=st.booleans(), principal=principals)
    def delete_principal(self, principal: Principal, then_start: bool) -> None:
        self.steer("delete_principal", principal=principal)
        self.go_on(then_start)

    @precondition(lambda self: len(self.oracle.state.principals) > 0)
    @rule(
        then_start=st.booleans(),
        principal=principals,
        key=st.sampled_from([TAG_KEYS[0]] * 4 + list(TAG_KEYS[1:])),
        os_user=os_users,
    )
    def tag_principal(self, principal: Principal, key: TagKey, os_user: OsUserInPlay, then_start: bool) -> None:
        self.steer("tag_principal", principal=principal, key=key, value=os_user[1])
        self.go_on(then_start)

    @precondition(lambda self: len(self.oracle.state.tags.rows) > 0)
    @rule(then_start=st.booleans(), principal=principals, key=st.sampled_from(TAG_KEYS))
    def untag_principal(self, principal: Principal, key: TagKey, then_start: bool) -> None:
        self.steer("untag_principal", principal=principal, key=key)
        self.go_on(then_start)

    @rule(
        then_start=st.booleans(),
        account=accounts,
        run_as_enabled=st.sampled_from([True, True, True, False]),
        os_user=os_users,
    )
    def update_preferences(
        self, account: Account, run_as_enabled: bool, os_user: OsUserInPlay, then_start: bool
    ) -> None:
        arguments = {"account": account, "run_as_enabled": run_as_enabled, "default_user": os_user[1]}
        self.steer("update_preferences", **arguments)
        self.go_on(then_start)

    @precondition(lambda self: len(self.oracle.state.instances) < len(INSTANCES))
    @rule(then_start=st.booleans(), instance=instances, account=accounts, platform=PLATFORMS)
    def register_instance(self, instance: Instance, account: Account, platform: Platform, then_start: bool) -> None:
        self.steer("register_instance", instance=instance, account=account, platform=platform)
        self.go_on(then_start)

    @precondition(lambda self: len(self.oracle.state.instances) > 1)
    @rule(then_start=st.booleans(), instance=instances)
    def deregister_instance(self, instance: Instance, then_start: bool) -> None:
        self.steer("deregister_instance", instance=instance)
        self.go_on(then_start)

    @precondition(lambda self: len(self.oracle.state.instances) > 0)
    @rule(target=os_users, os_user=os_users, ids=st.sampled_from(IDS), then_start=st.booleans())
    def create_os_user(self, os_user: OsUserInPlay, ids: tuple[int, int], then_start: bool) -> OsUserInPlay:
        (instance, name), (uid, gid) = os_user, ids
        made = self.steer("create_os_user", instance=instance, name=name, uid=uid, gid=gid).arguments
        self.go_on(then_start)
        return made["instance"], made["name"]

    @precondition(lambda self: len(self.oracle.state.os_users.rows) > 0)
    @rule(then_start=st.booleans(), os_user=os_users)
    def delete_os_user(self, os_user: OsUserInPlay, then_start: bool) -> None:
        self.steer("delete_os_user", instance=os_user[0], name=os_user[1])
        self.go_on(then_start)

    @precondition(lambda self: len(self.oracle.state.instances) > 0 and len(self.oracle.state.principals) > 0)
    @rule(target=sessions, principal=principals, instance=instances)
    def start_session(self, principal: Principal, instance: Instance) -> Session:
        return self.start(principal, instance)

    def start(self, principal: Principal, instance: Instance) -> Session:
        session = next_session(self.oracle.state)
        arguments = {"session": session, "principal": principal, "instance": instance}
        if self.about_instance:
            arguments = {"session": session, "instance": instance, "principal": principal}
        started: Session = self.steer("start_session", **arguments).arguments["session"]
        return started

    def go_on(self, then_start: bool) -> None:
        """If so drawn, whoever the last operation was about starts a session where it was."""
        if then_start and len(self.oracle.state.instances) and len(self.oracle.state.principals):
            self.start(*self.about)

    @rule(wanted=st.sampled_from(PAIRS), os_user=os_users, session=sessions, ids=st.sampled_from(IDS))
    def aim(
        self, wanted: tuple[str, RuleId], os_user: OsUserInPlay, session: Session, ids: tuple[PosixId, PosixId]
    ) -> None:
        """Bring about that a rule decides the next start; then an operation that leaves it so, if any; then the start."""
        (operation, decides), (principal, instance) = wanted, self.about
        if not (self.oracle.state.principals.has(principal) and self.oracle.state.instances.has(instance)):
            return
        drawn = self.arguments_of(operation, principal, ACCOUNTS[0], instance, os_user[1], session)
        if operation == "terminate_session" and not len(self.oracle.state.sessions.under(instance)):
            self.arrange(RuleId("tag-user-exists"), principal, instance, os_user[1], ids)
            self.start(principal, instance)
        self.arrange(decides, principal, instance, os_user[1], ids)
        if not self.perform_leaving(operation, drawn, decides, (principal, instance)) and operation in UNDONE_BY:
            first = UNDONE_BY[operation]
            others = {**drawn, **self.arguments_of(first, principal, ACCOUNTS[0], instance, os_user[1], session)}
            key = {"key": TAG_KEYS[1]} if "key" in others else {}
            self.steer(first, **{name: {**others, **key}[name] for name in OPERATIONS[first].parameters})
            self.perform_leaving(operation, drawn | key, decides, (principal, instance))
        self.about = principal, instance
        self.go_on(True)

    def arrange(
        self, decides: RuleId, principal: Principal, instance: Instance, other: Name, ids: tuple[PosixId, PosixId]
    ) -> None:
        state = self.oracle.state
        arranged = arrangement(self.play, self.oracle.reading, decides, other, ids)
        for operation, arguments in arranged.calls(state, principal, instance):
            self.perform(operation, **arguments)

    def perform_leaving(
        self, operation: str, drawn: dict[str, Any], decides: RuleId, start: tuple[Principal, Instance]
    ) -> bool:
        """Perform an operation such that the rule still decides the start, if that can be."""
        state, reading = self.oracle.state, self.oracle.reading
        arguments = as_deciding(operation, decides, drawn, state, reading, self.play, start)
        if arguments is not None:
            self.perform(operation, **arguments)
        return arguments is not None

    @precondition(lambda self: len(self.oracle.state.sessions.rows) > 0)
    @rule(then_start=st.booleans(), session=sessions)
    def terminate_session(self, session: Session, then_start: bool) -> None:
        self.steer("terminate_session", session=session)
        self.go_on(then_start)

    @rule(
        mistake=st.sampled_from(ERRORS_OF),
        principal=principals,
        account=accounts,
        instance=instances,
        os_user=os_users,
        session=sessions,
    )
    def mistake(
        self,
        mistake: tuple[str, str],
        principal: Principal,
        account: Account,
        instance: Instance,
        os_user: OsUserInPlay,
        session: Session,
    ) -> None:
        """An operation that must fail, with a given error if that can be."""
        operation, error = mistake
        arguments = self.arguments_of(operation, principal, account, instance, os_user[1], session)
        rejected = as_rejected(operation, error, arguments, self.oracle.state, self.oracle.reading, self.play)
        if rejected is not None:
            self.perform(operation, **rejected)

    def arguments_of(
        self, operation: str, principal: Principal, account: Account, instance: Instance, name: Name, session: Session
    ) -> dict[str, Any]:
        """Arguments of an operation from one of each."""
        every = {
            **{"principal": principal, "account": account, "instance": instance, "name": name, "session": session},
            **{"key": TAG_KEYS[0], "value": name, "default_user": name, "run_as_enabled": True},
            **{"uid": 2005, "gid": 2005, "kind": PrincipalKind.ROLE, "platform": Platform.LINUX},
        }
        return {name: every[name] for name in OPERATIONS[operation].parameters}


RULE_MARKER = "hypothesis_stateful_rule"
