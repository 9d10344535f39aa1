"""Operations on principals, tags, preferences, instances and OS users that do something else."""

from attrs import evolve

from runas_model.specification import errors
from runas_model.specification.operations import SSM_USER_RECORD, Step
from runas_model.specification.state import State
from runas_model.specification.vocabulary import (
    PREFERENCES,
    RUN_AS_TAG,
    SSM_USER,
    SUPERUSER_ID,
    Account,
    Instance,
    Name,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    Region,
    Session,
    Switch,
    Tag,
    TagKey,
)
from runas_model.universes.connectives import choose, folded, is_blank, spelled
from runas_properties.gallery.specifications.faulty import BOB, correct, faulty_operation, without


@faulty_operation("create_principal", "A new principal gets a Run As tag.")
def new_principals_are_tagged(state: State, principal: Principal, account: Account, kind: PrincipalKind) -> Step:
    step = correct("create_principal", state, principal, account, kind)
    return evolve(
        step,
        state=evolve(step.state, tags=state.tags.put((principal, folded(RUN_AS_TAG)), Tag(spelled(RUN_AS_TAG), BOB))),
    )


@faulty_operation("create_principal", "Creating an existing principal moves it to another account.")
def principals_can_be_created_twice(state: State, principal: Principal, account: Account, kind: PrincipalKind) -> Step:
    return evolve(correct("create_principal", state, principal, account, kind), requires=[])


@faulty_operation("create_principal", "Every principal is recorded as an IAM user.")
def kinds_are_forgotten(state: State, principal: Principal, account: Account, kind: PrincipalKind) -> Step:
    return correct("create_principal", state, principal, account, PrincipalKind.USER)


@faulty_operation("delete_principal", "The tags of a deleted principal are kept for the next one with that name.")
def tags_outlive_principals(state: State, principal: Principal) -> Step:
    step = correct("delete_principal", state, principal)
    return evolve(step, state=evolve(step.state, tags=state.tags))


@faulty_operation("delete_principal", "Deleting a principal deletes only its tags.")
def principals_outlive_deletion(state: State, principal: Principal) -> Step:
    step = correct("delete_principal", state, principal)
    return evolve(step, state=evolve(step.state, principals=state.principals))


@faulty_operation("tag_principal", "Setting any tag sets the Run As tag.")
def keys_are_confused(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    return correct("tag_principal", state, principal, RUN_AS_TAG, value)


@faulty_operation("tag_principal", "An existing tag is not replaced.")
def tags_stick(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    step = correct("tag_principal", state, principal, key, value)
    return evolve(step, state=choose(state.tags.has((principal, folded(key))), state, step.state))


@faulty_operation("tag_principal", "An existing tag is deleted instead of replaced.")
def retagging_loses_the_tag(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    step = correct("tag_principal", state, principal, key, value)
    at = (principal, folded(key))
    dropped = evolve(state, tags=state.tags.drop(at))
    return evolve(step, state=choose(state.tags.has(at), dropped, step.state))


@faulty_operation("tag_principal", "Replacing a tag keeps its key as it was first spelled.")
def older_spellings_stay(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    at = (principal, folded(key))
    spelling = choose(state.tags.has(at), state.tags[at].spelling, spelled(key))
    return evolve(
        correct("tag_principal", state, principal, key, value),
        state=evolve(state, tags=state.tags.put(at, Tag(spelling, value))),
    )


@faulty_operation("tag_principal", "A principal that does not exist can be tagged.")
def anybody_can_be_tagged(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    return evolve(correct("tag_principal", state, principal, key, value), requires=[])


@faulty_operation("untag_principal", "Untagging leaves an empty tag behind.")
def untagging_leaves_a_blank(state: State, principal: Principal, key: TagKey) -> Step:
    step = correct("untag_principal", state, principal, key)
    return evolve(step, state=evolve(state, tags=state.tags.put((principal, folded(key)), Tag(spelled(key), Name("")))))


@faulty_operation("untag_principal", "Untagging removes all tags.")
def untagging_takes_off_all(state: State, principal: Principal, key: TagKey) -> Step:
    step = correct("untag_principal", state, principal, key)
    return evolve(step, state=evolve(state, tags=state.tags.drop_under(principal)))


@faulty_operation("untag_principal", "Untagging a principal ends the sessions on one instance.")
def untagging_ends_sessions(state: State, principal: Principal, key: TagKey) -> Step:
    step = correct("untag_principal", state, principal, key)
    return evolve(step, state=evolve(step.state, sessions=state.sessions.drop_under(Instance("i-1"))))


@faulty_operation("update_preferences", "Setting Run As to anything but on keeps the old default OS user.")
def defaults_stick(state: State, account: Account, run_as_enabled: Switch, default_user: Name, region: Region) -> Step:
    kept = choose(run_as_enabled == Switch.ON, default_user, state.documents[account, region, PREFERENCES].default_user)
    return correct("update_preferences", state, account, run_as_enabled, kept, region)


@faulty_operation("update_preferences", "Preferences are always set for the same account.")
def preferences_leak(
    state: State, account: Account, run_as_enabled: Switch, default_user: Name, region: Region
) -> Step:
    return correct("update_preferences", state, Account("111111111111"), run_as_enabled, default_user, region)


@faulty_operation("update_preferences", "Naming a default OS user turns Run As on.")
def defaults_switch_on(
    state: State, account: Account, run_as_enabled: Switch, default_user: Name, region: Region
) -> Step:
    on = choose(is_blank(default_user), run_as_enabled, Switch.ON)
    return correct("update_preferences", state, account, on, default_user, region)


@faulty_operation("update_preferences", "Unreadable preferences are treated as Run As off.")
def unreadable_is_off(
    state: State, account: Account, run_as_enabled: Switch, default_user: Name, region: Region
) -> Step:
    off = choose(run_as_enabled == Switch.UNREADABLE, Switch.OFF, run_as_enabled)
    return correct("update_preferences", state, account, off, default_user, region)


@faulty_operation("update_preferences", "New preferences are applied to a running session.")
def preferences_reach_sessions(
    state: State, account: Account, run_as_enabled: Switch, default_user: Name, region: Region
) -> Step:
    step = correct("update_preferences", state, account, run_as_enabled, default_user, region)
    at = (Instance("i-1"), Session("s-1"))
    moved = state.sessions.put(at, evolve(state.sessions[at], os_user=default_user))
    sessions = choose(state.sessions.has(at), moved, state.sessions)
    return evolve(step, state=evolve(step.state, sessions=sessions))


@faulty_operation("register_instance", "An instance can be registered again, with its sessions running.")
def instances_move(state: State, instance: Instance, account: Account, platform: Platform, region: Region) -> Step:
    return evolve(correct("register_instance", state, instance, account, platform, region), requires=[])


@faulty_operation("register_instance", "Every instance is recorded as Linux.")
def everything_is_linux(state: State, instance: Instance, account: Account, platform: Platform, region: Region) -> Step:
    return correct("register_instance", state, instance, account, Platform.LINUX, region)


@faulty_operation("register_instance", "Registering an instance creates ssm-user on it.")
def registering_creates_ssm_user(
    state: State, instance: Instance, account: Account, platform: Platform, region: Region
) -> Step:
    step = correct("register_instance", state, instance, account, platform, region)
    return evolve(step, state=evolve(step.state, os_users=state.os_users.put((instance, SSM_USER), SSM_USER_RECORD)))


@faulty_operation("deregister_instance", "The sessions of a deregistered instance keep running.")
def sessions_outlive_instances(state: State, instance: Instance) -> Step:
    step = correct("deregister_instance", state, instance)
    return evolve(step, state=evolve(step.state, sessions=state.sessions))


@faulty_operation(
    "deregister_instance", "The OS users of a deregistered instance are kept for the next one with that id."
)
def os_users_outlive_instances(state: State, instance: Instance) -> Step:
    step = correct("deregister_instance", state, instance)
    return evolve(step, state=evolve(step.state, os_users=state.os_users))


@faulty_operation("create_os_user", "A new OS user always gets uid 0.")
def everybody_is_root(state: State, instance: Instance, name: Name, uid: PosixId, gid: PosixId) -> Step:
    return correct("create_os_user", state, instance, name, SUPERUSER_ID, gid)


@faulty_operation("create_os_user", "Creating an existing OS user changes its uid.")
def os_users_can_be_created_twice(state: State, instance: Instance, name: Name, uid: PosixId, gid: PosixId) -> Step:
    step = correct("create_os_user", state, instance, name, uid, gid)
    return without(step, errors.OsUserExists(instance, name))


@faulty_operation("create_os_user", "An OS user may have a blank name.")
def names_may_be_blank(state: State, instance: Instance, name: Name, uid: PosixId, gid: PosixId) -> Step:
    step = correct("create_os_user", state, instance, name, uid, gid)
    return without(step, errors.BlankOsUserName(name))


@faulty_operation("delete_os_user", "Deleting an OS user ends the sessions on its instance.")
def deleting_os_users_ends_sessions(state: State, instance: Instance, name: Name) -> Step:
    step = correct("delete_os_user", state, instance, name)
    return evolve(step, state=evolve(step.state, sessions=state.sessions.drop_under(instance)))


@faulty_operation("delete_os_user", "A deleted OS user is kept.")
def os_users_stay(state: State, instance: Instance, name: Name) -> Step:
    return evolve(correct("delete_os_user", state, instance, name), state=state)
