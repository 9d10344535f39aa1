"""Named parts of laws: what several ask, or what their titles call by a name."""

from typing import Any

from runas_model.specification.readings import Reading, Superuser
from runas_model.specification.rulebook import Rule, is_refused_superuser, names_by_tag
from runas_model.specification.state import State
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    PREFERENCES,
    ROOT,
    RUN_AS_TAG,
    SSM_USER,
    SUPERUSER_ID,
    Account,
    Decision,
    DocumentName,
    FoldedKey,
    Instance,
    Name,
    Platform,
    Principal,
    Region,
    RoleSession,
    Session,
    Situation,
)
from runas_model.universes.connectives import all_of, any_of, choose, equal, folded, implies, not_
from runas_model.universes.naming import named

__all__ = [
    "account_of",
    "acts_in_region_of",
    "ends",
    "have_one_tag",
    "in_one_account",
    "is_about",
    "is_new_os_user",
    "is_new_session",
    "is_silent_on",
    "matches",
    "may_serve",
    "named_os_user",
    "refuses_superuser",
    "same",
    "same_document",
    "same_os_user",
    "same_role_session",
    "same_session",
    "same_session_tag",
    "same_tag",
    "somebody_is_named",
    "sets",
    "starts",
    "tags",
    "untags",
]


@named("{one} has the same outcome as {other}", "{one} has another outcome than {other}")
def same(one: Decision, other: Decision) -> bool:
    """Both start as the same OS user, or both refuse."""
    return any_of(
        all_of(one.starts, other.starts, one.os_user == other.os_user),
        all_of(not_(one.starts), not_(other.starts)),
    )


@named("the OS user that is named")
def named_os_user(s: Situation, r: Reading) -> Name:
    """The OS user named for the principal: by its tag, else by the preferences."""
    return choose(names_by_tag(s, r), s.tag, s.default_user)


@named("an OS user is named", "no OS user is named")
def somebody_is_named(s: Situation, r: Reading) -> bool:
    return any_of(names_by_tag(s, r), s.default_named)


@named(
    "{name} is neither ssm-user nor a superuser that the reading refuses",
    "{name} is ssm-user or a superuser that the reading refuses",
)
def may_serve(s: Situation, r: Reading, name: Name) -> bool:
    """The name is not ssm-user, and not that of a superuser that the reading refuses."""
    return all_of(not_(name == SSM_USER), not_(is_refused_superuser(s, r, name)))


@named(
    "the reading refuses {name} for its name or its ids", "the reading does not refuse {name} for its name or its ids"
)
def refuses_superuser(s: Situation, r: Reading, name: Name) -> bool:
    """The reading refuses root, and the name is that; or uid 0 and gid 0, and the OS user has one."""
    user = s.os_users[name]
    return any_of(
        all_of(r.superuser == Superuser.ROOT_REFUSED, name == ROOT),
        all_of(r.superuser == Superuser.REFUSED, any_of(user.uid == SUPERUSER_ID, user.gid == SUPERUSER_ID)),
    )


@named("{name} is a superuser", "{name} is not a superuser")
def is_superuser(s: Situation, name: Name) -> bool:
    """An OS user that exists, and is named root or has uid 0 or gid 0."""
    user = s.os_users[name]
    return all_of(s.os_users.has(name), any_of(name == ROOT, user.uid == SUPERUSER_ID, user.gid == SUPERUSER_ID))


@named("the source text is silent on the situation", "the source text is not silent on the situation")
def is_silent_on(s: Situation) -> bool:
    """The tag is blank or its key is in another case, a superuser is named, or the instance runs macOS."""
    return any_of(
        all_of(s.tagged, any_of(s.tag_blank, not_(s.tag_key_exact))),
        all_of(s.tagged, is_superuser(s, s.tag)),
        all_of(s.default_named, is_superuser(s, s.default_user)),
        s.platform == Platform.MACOS,
    )


@named("{rule} matches", "{rule} does not match")
def matches(rule: Rule, s: Situation, r: Reading) -> bool:
    return rule.when(s, r)


@named("the account in which the operation acts")
def account_of(t: Transition) -> Account:
    """The account in which an operation acts."""
    arguments, state = t.arguments, t.before
    if t.takes("account"):
        account: Account = arguments["account"]
        return account
    if t.takes("instance"):
        return state.instances[arguments["instance"]].account
    if t.takes("principal"):
        return state.principals[arguments["principal"]].account
    if t.takes("role_session"):
        return state.principals[state.assumed[arguments["role_session"]]].account
    return state.instances[state.started[arguments["session"]]].account


@named("the operation acts in the Region of {instance}", "the operation does not act in the Region of {instance}")
def acts_in_region_of(t: Transition, instance: Instance) -> bool:
    """What the operation is about is in the Region of the instance before it, or in none, as principals are."""
    arguments, state = t.arguments, t.before
    region = state.instances[instance].region
    if t.takes("region"):
        acted_in: Region = arguments["region"]
        return region == acted_in
    if t.takes("instance"):
        return region == state.instances[arguments["instance"]].region
    if t.takes("session"):
        return region == state.instances[state.started[arguments["session"]]].region
    return True


@named("the operation is about {document}", "the operation is not about {document}")
def is_about(t: Transition, document: DocumentName) -> bool:
    """A session document with this name is what an operation on documents sets or deletes, or tries to."""
    if t.takes("instance") or not t.takes("region"):
        return False
    return document == (t.arguments["document"] if t.takes("document") else PREFERENCES)


@named("{principal} and {instance} are in one account", "{principal} and {instance} are not in one account")
def in_one_account(state: State, principal: Principal, instance: Instance) -> bool:
    """Both exist, and their accounts are the same."""
    return all_of(
        state.principals.has(principal),
        state.instances.has(instance),
        state.principals[principal].account == state.instances[instance].account,
    )


@named(
    "the operation sets {document} of {account} in {region}",
    "the operation does not set {document} of {account} in {region}",
)
def sets(t: Transition, account: Account, region: Region, document: DocumentName) -> bool:
    """The document is created or updated, or the preferences are, which are one."""
    if t.operation == "update_preferences":
        return all_of(t.did("update_preferences", account=account, region=region), document == PREFERENCES)
    return t.did("put_document", account=account, region=region, document=document)


@named("the operation tags {principal} with {key}", "the operation does not tag {principal} with {key}")
def tags(t: Transition, principal: Principal, key: FoldedKey) -> bool:
    """A tag is put on the principal, with a key that is this one in some case."""
    return _does_to_tag("tag_principal", t, principal, key)


@named("the operation untags {principal} from {key}", "the operation does not untag {principal} from {key}")
def untags(t: Transition, principal: Principal, key: FoldedKey) -> bool:
    """A tag is taken off the principal, by a key that is this one in some case."""
    return _does_to_tag("untag_principal", t, principal, key)


def _does_to_tag(operation: str, t: Transition, principal: Principal, key: FoldedKey) -> bool:
    if t.operation != operation:
        return False
    return all_of(t.did(operation, principal=principal), folded(t.arguments["key"]) == key)


def _same_entry(before: Any, after: Any, at: tuple[Any, ...]) -> bool:
    """Both tables have the same value there, or neither has one."""
    had, has = before.has(at), after.has(at)
    return all_of(had == has, implies(has, equal(before[at], after[at])))


@named("{document} of {account} in {region} stays the same", "{document} of {account} in {region} changes")
def same_document(t: Transition, account: Account, region: Region, document: DocumentName) -> bool:
    return _same_entry(t.before.documents, t.after.documents, (account, region, document))


@named("the tag of {principal} with {key} stays the same", "the tag of {principal} with {key} changes")
def same_tag(t: Transition, principal: Principal, key: FoldedKey) -> bool:
    return _same_entry(t.before.tags, t.after.tags, (principal, key))


@named("{role_session} of {principal} stays the same", "{role_session} of {principal} changes")
def same_role_session(t: Transition, principal: Principal, role_session: RoleSession) -> bool:
    """It goes on before and after or neither, and was assumed before and after, as the same role, or neither."""
    before, after, at = t.before, t.after, (principal, role_session)
    return all_of(
        before.role_sessions.has(at) == after.role_sessions.has(at),
        before.assumed.has(role_session) == after.assumed.has(role_session),
        implies(before.assumed.has(role_session), before.assumed[role_session] == after.assumed[role_session]),
    )


@named("{one} and {other} have the same Run As tag", "{one} and {other} do not have the same Run As tag")
def have_one_tag(state: State, one: RoleSession, other: RoleSession) -> bool:
    """Both are role sessions with a Run As tag of their own, spelled alike and with the same value."""
    both = [(role_session, folded(RUN_AS_TAG)) for role_session in (one, other)]
    first, second = (state.session_tags[at] for at in both)
    return all_of(
        not_(one == NO_ROLE_SESSION),
        not_(other == NO_ROLE_SESSION),
        *(state.session_tags.has(at) for at in both),
        first.spelling == second.spelling,
        first.value == second.value,
    )


@named(
    "the session tag of {role_session} with {key} stays the same",
    "the session tag of {role_session} with {key} changes",
)
def same_session_tag(t: Transition, role_session: RoleSession, key: FoldedKey) -> bool:
    return _same_entry(t.before.session_tags, t.after.session_tags, (role_session, key))


@named("{name} on {instance} stays the same", "{name} on {instance} changes")
def same_os_user(t: Transition, instance: Instance, name: Name) -> bool:
    return _same_entry(t.before.os_users, t.after.os_users, (instance, name))


@named("{session} on {instance} stays the same", "{session} on {instance} changes")
def same_session(t: Transition, instance: Instance, session: Session) -> bool:
    return _same_entry(t.before.sessions, t.after.sessions, (instance, session))


@named("the operation ends {session} on {instance}", "the operation does not end {session} on {instance}")
def ends(t: Transition, instance: Instance, session: Session) -> bool:
    return any_of(t.did("terminate_session", session=session), t.did("deregister_instance", instance=instance))


@named("the operation starts {session} on {instance}", "the operation does not start {session} on {instance}")
def starts(t: Transition, instance: Instance, session: Session) -> bool:
    return all_of(t.starts(), t.did("start_session", instance=instance, session=session))


@named("{session} is new on {instance}", "{session} is not new on {instance}")
def is_new_session(t: Transition, instance: Instance, session: Session) -> bool:
    at = (instance, session)
    return all_of(t.after.sessions.has(at), not_(t.before.sessions.has(at)))


@named("{name} is new on {instance}", "{name} is not new on {instance}")
def is_new_os_user(t: Transition, instance: Instance, name: Name) -> bool:
    at = (instance, name)
    return all_of(t.after.os_users.has(at), not_(t.before.os_users.has(at)))
