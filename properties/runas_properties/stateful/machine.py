"""The steered state machine: random operations, each held to the laws and, if there is one, to an implementation.

To test your own implementation, subclass `RunAsMachine` and set `implementation`:

    class Ours(RunAsMachine):
        implementation = OurService  # called with a reading; see `runas_properties.implementations.Implementation`

    TestOurs = Ours.TestCase
"""

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, MultipleResults, initialize, multiple, precondition, rule

from runas_model.specification.nouns import Noun
from runas_model.specification.vocabulary import (
    Account,
    DocumentName,
    Instance,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    Region,
    Request,
    Session,
    Switch,
    TagKey,
)
from runas_properties.stateful.aiming import PAIRS, Aim, arguments_of
from runas_properties.stateful.calls import fitting
from runas_properties.stateful.draws import (
    A_SCENE,
    DECLARES,
    DOCUMENTS,
    GIVEN,
    KEYS,
    OTHER_DOCUMENTS,
    PLATFORMS,
    REGIONS,
    WHICH,
    Given,
    OsUserInPlay,
)
from runas_properties.stateful.filling import FILLINGS, Filling
from runas_properties.stateful.performing import COVERAGE, Performing
from runas_properties.stateful.scenes import IDS, Scene
from runas_properties.stateful.steering import (
    ACCOUNTS,
    ERRORS_OF,
    INSTANCES,
    PRINCIPALS,
    SWITCHES,
    TAG_KEYS,
    next_role_session,
)
from runas_properties.stateful.tagging import THROUGH, Through

__all__ = ["COVERAGE", "RunAsMachine"]

MADE_BY = {"ExpiredToken": "end_role_session", "TransitiveTagRepeated": "assume_role_with_tag"}
"""The operation after which some operation fails with an error."""


class RunAsMachine(Performing):
    """Each operation is a rule with its name; `mistake` performs operations that must fail, `aim` rare pairs."""

    accounts: Bundle[Account] = Bundle("accounts")
    principals: Bundle[Principal] = Bundle("principals")
    instances: Bundle[Instance] = Bundle("instances")
    os_users: Bundle[OsUserInPlay] = Bundle("os_users")
    sessions: Bundle[Session] = Bundle("sessions")

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

    @initialize(target=os_users, scene=A_SCENE)
    def set_scene(self, scene: Scene) -> MultipleResults[OsUserInPlay]:
        """Begin with a scene, a prepared state whose names the run then uses."""
        self.play = scene.play
        self.oracle = self.begun(scene.reading)
        for operation, arguments in scene.calls:
            self.perform(operation, **arguments)
        return multiple(*((INSTANCES[0], name) for name in scene.play.names))

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
    @rule(then_start=st.booleans(), principal=principals, key=KEYS, os_user=os_users)
    def tag_principal(self, principal: Principal, key: TagKey, os_user: OsUserInPlay, then_start: bool) -> None:
        self.steer("tag_principal", principal=principal, key=key, value=os_user[1])
        self.go_on(then_start)

    @precondition(lambda self: len(self.oracle.state.tags.rows) > 0)
    @rule(then_start=st.booleans(), principal=principals, key=st.sampled_from(TAG_KEYS))
    def untag_principal(self, principal: Principal, key: TagKey, then_start: bool) -> None:
        self.steer("untag_principal", principal=principal, key=key)
        self.go_on(then_start)

    @precondition(lambda self: self.has_roles)
    @rule(then_start=st.booleans(), principal=principals, which=WHICH)
    def assume_role(self, principal: Principal, which: int, then_start: bool) -> None:
        begun, source = next_role_session(self.oracle.state), self.role_session(which)
        self.steer("assume_role", principal=principal, role_session=begun, source=source)
        self.go_on(then_start)

    @precondition(lambda self: self.has_roles)
    @rule(
        then_start=st.booleans(), principal=principals, which=WHICH, key=KEYS, os_user=os_users, goes_on=st.booleans()
    )
    def assume_role_with_tag(
        self, principal: Principal, which: int, key: TagKey, os_user: OsUserInPlay, goes_on: bool, then_start: bool
    ) -> None:
        begun, source = next_role_session(self.oracle.state), self.role_session(which)
        tag = fitting("assume_role_with_tag", {"key": key, "value": os_user[1]})
        asked = {"principal": principal, "role_session": begun, **tag, "transitive": goes_on, "source": source}
        self.steer("assume_role_with_tag", **asked)
        self.go_on(then_start)

    @precondition(lambda self: len(self.oracle.state.role_sessions.rows) > 0)
    @rule(then_start=st.booleans(), which=WHICH)
    def end_role_session(self, which: int, then_start: bool) -> None:
        self.steer("end_role_session", role_session=self.role_session(which))
        self.go_on(then_start)

    @rule(
        then_start=st.booleans(),
        account=accounts,
        region=REGIONS,
        run_as_enabled=st.sampled_from(SWITCHES),
        os_user=os_users,
    )
    def update_preferences(
        self, account: Account, region: Region, run_as_enabled: Switch, os_user: OsUserInPlay, then_start: bool
    ) -> None:
        written = {"run_as_enabled": run_as_enabled, "default_user": os_user[1]}
        self.steer("update_preferences", account=account, region=region, **written)
        self.go_on(then_start)

    @precondition(lambda self: Noun.DOCUMENTS in self.nouns)
    @rule(
        then_start=st.booleans(),
        account=accounts,
        region=REGIONS,
        document=OTHER_DOCUMENTS,
        run_as_enabled=st.sampled_from(SWITCHES),
        os_user=os_users,
        declares=DECLARES,
        given=GIVEN,
    )
    def put_document(
        self,
        account: Account,
        region: Region,
        document: DocumentName,
        run_as_enabled: Switch,
        os_user: OsUserInPlay,
        declares: bool,
        given: Given,
        then_start: bool,
    ) -> None:
        """Write a document; a start that follows gives a parameter or none."""
        written = {"run_as_enabled": run_as_enabled, "default_user": os_user[1], "declares_parameter": declares}
        self.steer("put_document", account=account, document=document, region=region, **written)
        self.about = evolve(self.about, filled=given[0], parameter=given[1])
        self.go_on(then_start)

    @precondition(lambda self: Noun.DOCUMENTS in self.nouns and len(self.oracle.state.documents) > 0)
    @rule(then_start=st.booleans(), account=accounts, region=REGIONS, document=OTHER_DOCUMENTS)
    def delete_document(self, account: Account, region: Region, document: DocumentName, then_start: bool) -> None:
        self.steer("delete_document", account=account, region=region, document=document)
        self.go_on(then_start)

    @precondition(lambda self: len(self.oracle.state.instances) < len(INSTANCES))
    @rule(then_start=st.booleans(), instance=instances, account=accounts, platform=PLATFORMS, region=REGIONS)
    def register_instance(
        self, instance: Instance, account: Account, platform: Platform, region: Region, then_start: bool
    ) -> None:
        self.steer("register_instance", instance=instance, account=account, platform=platform, region=region)
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
    @rule(target=sessions, principal=principals, instance=instances, document=DOCUMENTS, which=WHICH, given=GIVEN)
    def start_session(
        self, principal: Principal, instance: Instance, document: DocumentName, which: int, given: Given
    ) -> Session:
        return self.start(Request(principal, instance, document, self.role_session(which), *given))

    @rule(
        wanted=st.integers(0, len(PAIRS) - 1),
        os_user=os_users,
        ids=st.sampled_from(IDS),
        through=st.sampled_from(THROUGH),
        filling=st.sampled_from(FILLINGS),
    )
    def aim(
        self, wanted: int, os_user: OsUserInPlay, ids: tuple[PosixId, PosixId], through: Through, filling: Filling
    ) -> None:
        """Bring about that a rule decides the next start; then an operation that leaves it so, if any; then start."""
        about, state = self.about, self.oracle.state
        known = state.principals.has(about.principal) and state.instances.has(about.instance)
        if known and self.has(PAIRS[wanted][0]):
            aim = Aim(
                lambda operation, arguments: self.perform(operation, **arguments),
                state,
                self.oracle.reading,
                self.play,
                about,
            )
            aim.at(*PAIRS[wanted], os_user[1], ids, through, filling)

    @precondition(lambda self: len(self.oracle.state.sessions.rows) > 0)
    @rule(then_start=st.booleans(), session=sessions)
    def terminate_session(self, session: Session, then_start: bool) -> None:
        self.steer("terminate_session", session=session)
        self.go_on(then_start)

    @rule(
        mistake=st.integers(0, len(ERRORS_OF) - 1),
        principal=principals,
        account=accounts,
        region=REGIONS,
        instance=instances,
        document=DOCUMENTS,
        os_user=os_users,
        session=sessions,
        given=GIVEN,
    )
    def mistake(
        self,
        mistake: int,
        principal: Principal,
        account: Account,
        region: Region,
        instance: Instance,
        document: DocumentName,
        os_user: OsUserInPlay,
        session: Session,
        given: Given,
    ) -> None:
        """An operation that must fail, with a given error if that can be, perhaps after what makes it so."""
        operation, error = ERRORS_OF[mistake]
        if not self.has(operation):
            return
        where = {"account": account, "region": region, "instance": instance, "document": document}
        who = {"principal": principal, "session": session, "filled": given[0], "parameter": given[1], **where}
        rejected = self.rejected(operation, error, os_user[1], **who)
        if rejected is None and error in MADE_BY and self.has_roles:
            before = MADE_BY[error]
            self.steer(before, **arguments_of(before, os_user[1], **who, **self.role_session_at_hand(before)))
            rejected = self.rejected(operation, error, os_user[1], **who)
        if rejected is not None:
            self.perform(operation, **rejected)
