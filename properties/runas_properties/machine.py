"""A first state machine: random operations on the model, each session that starts held to the decision laws."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from runas_model.decision import decide
from runas_model.errors import OperationError
from runas_model.readings import DEFAULT, Reading
from runas_model.specification import apply
from runas_model.state import INITIAL, situation_of
from runas_model.vocabulary import (
    RUN_AS_TAG,
    SSM_USER,
    Account,
    Decision,
    Instance,
    Name,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    Session,
    TagKey,
)
from runas_properties.laws import Kind, laws_of
from runas_properties.strategies import ACCOUNTS, INSTANCES, PRINCIPALS, readings

__all__ = ["REACHED", "RunAsMachine"]

REACHED: Counter[str] = Counter()
"""How often each operation succeeded or failed, and each rule decided, over all runs in this process."""

principals = st.sampled_from(PRINCIPALS[:2])
instances = st.sampled_from(INSTANCES)
accounts = st.sampled_from([ACCOUNTS[0], ACCOUNTS[0], ACCOUNTS[0], ACCOUNTS[1]])
os_user_names = st.sampled_from(["alice", "ssm-user", "ops", "root", "ssm-user", "root", "Alice", " "]).map(Name)
ids = st.sampled_from([1000, 2001, 0]).map(PosixId)
platforms = st.sampled_from([Platform.LINUX] * 4 + [Platform.MACOS, Platform.WINDOWS])


class RunAsMachine(RuleBasedStateMachine):
    """Few entities, so that they meet. Override `decide` to test another decision procedure."""

    decide: Callable[..., Decision] = staticmethod(decide)

    def __init__(self) -> None:
        super().__init__()
        self.state = INITIAL
        self.reading = DEFAULT
        self.sessions = 0

    @initialize(
        reading=readings(),
        platform=platforms,
        run_as_enabled=st.sampled_from([True, True, True, False]),
        tag=st.none() | os_user_names,
        default=os_user_names,
        has_ssm_user=st.booleans(),
    )
    def set_up(
        self,
        reading: Reading,
        platform: Platform,
        run_as_enabled: bool,
        tag: Name | None,
        default: Name,
        has_ssm_user: bool,
    ) -> None:
        """A principal, an instance with OS users and a first session, so that no run begins with nothing."""
        self.reading = reading
        account, principal, instance = ACCOUNTS[0], PRINCIPALS[0], INSTANCES[0]
        self.perform("create_principal", principal=principal, account=account, kind=PrincipalKind.USER)
        self.perform("register_instance", instance=instance, account=account, platform=platform)
        self.perform("update_preferences", account=account, run_as_enabled=run_as_enabled, default_user=default)
        users = [("alice", 2001), ("ops", 2002), ("root", 0), *([("ssm-user", 1001)] if has_ssm_user else [])]
        for name, number in users:
            self.perform("create_os_user", instance=instance, name=name, uid=number, gid=number)
        if tag is not None:
            self.perform("tag_principal", principal=principal, key=RUN_AS_TAG, value=tag)
        self.start_session(principal, instance, reuse=False)

    def perform(self, operation: str, **arguments: Any) -> Decision | None:
        """Apply an operation; a failed one must leave the state as it was."""
        try:
            self.state, decision = apply(operation, self.state, self.reading, **arguments)
        except OperationError as error:
            REACHED[f"{operation}: {type(error).__name__}"] += 1
            return None
        REACHED[operation] += 1
        return decision

    @rule(principal=principals, account=accounts, kind=st.sampled_from(PrincipalKind))
    def create_principal(self, principal: Principal, account: Account, kind: PrincipalKind) -> None:
        self.perform("create_principal", principal=principal, account=account, kind=kind)

    @rule(principal=principals)
    def delete_principal(self, principal: Principal) -> None:
        self.perform("delete_principal", principal=principal)
        assert not self.state.tags.has((principal, RUN_AS_TAG))

    @rule(principal=principals, key=st.sampled_from([RUN_AS_TAG, RUN_AS_TAG, TagKey("Team")]), value=os_user_names)
    def tag_principal(self, principal: Principal, key: TagKey, value: Name) -> None:
        self.perform("tag_principal", principal=principal, key=key, value=value)

    @rule(principal=principals, key=st.sampled_from([RUN_AS_TAG, TagKey("Team")]))
    def untag_principal(self, principal: Principal, key: TagKey) -> None:
        self.perform("untag_principal", principal=principal, key=key)

    @rule(account=accounts, run_as_enabled=st.sampled_from([True, True, False]), default_user=os_user_names)
    def update_preferences(self, account: Account, run_as_enabled: bool, default_user: Name) -> None:
        running = self.state.sessions
        self.perform("update_preferences", account=account, run_as_enabled=run_as_enabled, default_user=default_user)
        assert self.state.sessions == running

    @rule(instance=instances, account=accounts, platform=platforms)
    def register_instance(self, instance: Instance, account: Account, platform: Platform) -> None:
        self.perform("register_instance", instance=instance, account=account, platform=platform)

    @rule(instance=instances)
    def deregister_instance(self, instance: Instance) -> None:
        self.perform("deregister_instance", instance=instance)
        assert len(self.state.sessions.under(instance)) == 0

    @rule(instance=instances, name=os_user_names, uid=ids, gid=ids)
    def create_os_user(self, instance: Instance, name: Name, uid: PosixId, gid: PosixId) -> None:
        self.perform("create_os_user", instance=instance, name=name, uid=uid, gid=gid)

    @rule(instance=instances, name=os_user_names)
    def delete_os_user(self, instance: Instance, name: Name) -> None:
        self.perform("delete_os_user", instance=instance, name=name)

    @rule(principal=principals, instance=instances, reuse=st.sampled_from([False, False, False, True]))
    def starts(self, principal: Principal, instance: Instance, reuse: bool) -> None:
        self.start_session(principal, instance, reuse)

    def start_session(self, principal: Principal, instance: Instance, reuse: bool) -> None:
        """Start a session, and hold it to every decision law and to what an operation may change."""
        before = self.state
        session = Session(f"session-{max(1, self.sessions) if reuse else self.sessions + 1}")
        decision = self.perform("start_session", session=session, principal=principal, instance=instance)
        if decision is None:
            return
        s, r = situation_of(before, principal, instance), self.reading
        REACHED[f"rule {decision.rule}"] += 1
        assert decision == self.decide(s, r)
        for law in laws_of(Kind.DECISION):
            assert law.meaning(s, decision, r).holds, law.title
        if not decision.starts:
            assert self.state == before
            return
        self.sessions += 1
        assert self.state.sessions[instance, session].os_user == decision.os_user
        created = set(self.state.os_users.under(instance)) - set(before.os_users.under(instance))
        assert created <= ({SSM_USER} if decision.os_user == SSM_USER else set())
        assert self.state.os_users.has((instance, self.state.sessions[instance, session].os_user))

    @rule(number=st.integers(1, 4))
    def terminate_session(self, number: int) -> None:
        self.perform("terminate_session", session=Session(f"session-{number}"))
