"""The steered state machine: random operations, each held to the laws and, if there is one, to an implementation.

To test your own implementation, subclass `RunAsMachine` and set `implementation`:

    class Ours(RunAsMachine):
        implementation = OurService  # called with a reading; see `runas_properties.implementations.Implementation`

    TestOurs = Ours.TestCase
"""

from collections.abc import Callable, Sequence
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
from runas_model.specification import Transition
from runas_model.vocabulary import Account, Instance, Name, Platform, Principal, PrincipalKind, Session, TagKey
from runas_properties.coverage import Coverage
from runas_properties.implementations import Factory
from runas_properties.oracle import Oracle
from runas_properties.scenes import IDS, Scene, scenes
from runas_properties.steering import (
    ACCOUNTS,
    ERRORS_OF,
    INSTANCES,
    PRINCIPALS,
    TAG_KEYS,
    Play,
    as_accepted,
    as_rejected,
    next_session,
)

__all__ = ["COVERAGE", "RunAsMachine"]

COVERAGE = Coverage()
"""What all machines in this process have reached."""

OsUserInPlay = tuple[Instance, Name]
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

    @initialize(target=accounts)
    def accounts_in_play(self) -> MultipleResults[Account]:
        return multiple(*ACCOUNTS)

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
        if t.accepted:
            principal, instance = self.about
            self.about = arguments.get("principal", principal), arguments.get("instance", instance)
        return t

    def steer(self, operation: str, **arguments: Any) -> Transition:
        """Perform an operation with the nearest arguments that are accepted."""
        steered = as_accepted(operation, arguments, self.oracle.state, self.oracle.reading, self.play)
        return self.perform(operation, **steered)

    @precondition(lambda self: len(self.oracle.state.principals) < len(PRINCIPALS))
    @rule(principal=principals, account=accounts, kind=st.sampled_from(PrincipalKind))
    def create_principal(self, principal: Principal, account: Account, kind: PrincipalKind) -> None:
        self.steer("create_principal", principal=principal, account=account, kind=kind)

    @precondition(lambda self: len(self.oracle.state.principals))
    @rule(principal=principals)
    def delete_principal(self, principal: Principal) -> None:
        self.steer("delete_principal", principal=principal)

    @precondition(lambda self: len(self.oracle.state.principals))
    @rule(principal=principals, key=st.sampled_from([TAG_KEYS[0]] * 4 + list(TAG_KEYS[1:])), os_user=os_users)
    def tag_principal(self, principal: Principal, key: TagKey, os_user: OsUserInPlay) -> None:
        self.steer("tag_principal", principal=principal, key=key, value=os_user[1])

    @precondition(lambda self: len(self.oracle.state.tags.rows))
    @rule(principal=principals, key=st.sampled_from(TAG_KEYS))
    def untag_principal(self, principal: Principal, key: TagKey) -> None:
        self.steer("untag_principal", principal=principal, key=key)

    @rule(account=accounts, run_as_enabled=st.sampled_from([True, True, True, False]), os_user=os_users)
    def update_preferences(self, account: Account, run_as_enabled: bool, os_user: OsUserInPlay) -> None:
        arguments = {"account": account, "run_as_enabled": run_as_enabled, "default_user": os_user[1]}
        self.steer("update_preferences", **arguments)

    @precondition(lambda self: len(self.oracle.state.instances) < len(INSTANCES))
    @rule(instance=instances, account=accounts, platform=PLATFORMS)
    def register_instance(self, instance: Instance, account: Account, platform: Platform) -> None:
        self.steer("register_instance", instance=instance, account=account, platform=platform)

    @precondition(lambda self: len(self.oracle.state.instances))
    @rule(instance=instances)
    def deregister_instance(self, instance: Instance) -> None:
        self.steer("deregister_instance", instance=instance)

    @precondition(lambda self: len(self.oracle.state.instances))
    @rule(target=os_users, os_user=os_users, ids=st.sampled_from(IDS))
    def create_os_user(self, os_user: OsUserInPlay, ids: tuple[int, int]) -> OsUserInPlay:
        (instance, name), (uid, gid) = os_user, ids
        made = self.steer("create_os_user", instance=instance, name=name, uid=uid, gid=gid).arguments
        return made["instance"], made["name"]

    @precondition(lambda self: len(self.oracle.state.os_users.rows))
    @rule(os_user=os_users)
    def delete_os_user(self, os_user: OsUserInPlay) -> None:
        self.steer("delete_os_user", instance=os_user[0], name=os_user[1])

    @precondition(lambda self: len(self.oracle.state.instances) and len(self.oracle.state.principals))
    @rule(target=sessions, principal=principals, instance=instances)
    def start_session(self, principal: Principal, instance: Instance) -> Session:
        return self.start(principal, instance)

    @precondition(lambda self: self.oracle.state.principals.has(self.about[0]))
    @rule(target=sessions)
    def start_session_again(self) -> Session:
        """Whoever the last operation was about starts a session where it was."""
        return self.start(*self.about)

    def start(self, principal: Principal, instance: Instance) -> Session:
        session = next_session(self.oracle.state)
        t = self.steer("start_session", session=session, principal=principal, instance=instance)
        started: Session = t.arguments["session"]
        return started

    @precondition(lambda self: len(self.oracle.state.sessions.rows))
    @rule(session=sessions)
    def terminate_session(self, session: Session) -> None:
        self.steer("terminate_session", session=session)

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
        every = {
            **{"principal": principal, "account": account, "instance": instance, "name": os_user[1]},
            **{"value": os_user[1], "default_user": os_user[1], "session": session, "key": TAG_KEYS[0]},
            **{"uid": 2005, "gid": 2005, "kind": PrincipalKind.ROLE, "platform": Platform.LINUX},
        }
        arguments = {name: every[name] for name in OPERATIONS[operation].parameters}
        rejected = as_rejected(operation, error, arguments, self.oracle.state, self.oracle.reading, self.play)
        if rejected is not None:
            self.perform(operation, **rejected)


RULE_MARKER = "hypothesis_stateful_rule"
