"""Step laws of what is set: it changes as an operation asks, and not otherwise."""

from runas_model.specification.state import has_session_tag
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import (
    RUN_AS_TAG,
    Account,
    DocumentName,
    FoldedKey,
    Instance,
    Name,
    Principal,
    Region,
    Request,
)
from runas_model.universes.connectives import all_of, any_of, equal, folded, implies, not_, spelled
from runas_properties.laws.law import Claim, step_law
from runas_properties.laws.parts import (
    same_document,
    same_os_user,
    same_tag,
    sets,
    tags,
    untags,
)

__all__: list[str] = []


@step_law(
    "newer-tag-replaces",
    ("C15", "D4"),
    "the caller has a Run As tag with the value that is asked for, and its key is spelled SSMSessionRunAs if, and "
    "only if, the key that is asked for is",
)
def newer_tag_replaces(t: Transition, asked: Request) -> Claim:
    if t.operation != "tag_principal":
        return Claim(False, False)
    after = t.specification.situation_of(t.after, asked)
    return Claim(
        all_of(tags(t, asked.principal, folded(RUN_AS_TAG)), not_(has_session_tag(t.after, asked))),
        all_of(
            after.tagged,
            after.tag == t.arguments["value"],
            after.tag_key_exact == (spelled(t.arguments["key"]) == spelled(RUN_AS_TAG)),
        ),
    )


@step_law(
    "tags-change-only-as-asked",
    ("C3", "C4", "C15", "D4"),
    "a tag gets the value and the spelling of its key that tag_principal asks for, is gone once untag_principal or "
    "delete_principal succeeds for it, and otherwise stays the same",
)
def tags_change_only_as_asked(t: Transition, principal: Principal, key: FoldedKey) -> Claim:
    at = (principal, key)
    put = tags(t, principal, key)
    gone = any_of(untags(t, principal, key), t.did("delete_principal", principal=principal))
    conclusion = [implies(gone, not_(t.after.tags.has(at))), any_of(put, gone, same_tag(t, principal, key))]
    if t.operation == "tag_principal":
        asked = t.arguments
        tag = t.after.tags[at]
        as_put = all_of(tag.spelling == spelled(asked["key"]), tag.value == asked["value"])
        conclusion = [*conclusion, implies(put, all_of(t.after.tags.has(at), as_put))]
    return Claim(True, all_of(*conclusion))


@step_law(
    "documents-change-only-as-asked",
    ("C5", "C13", "C14", "C16", "D5", "D6", "D7"),
    "a session document becomes what update_preferences or put_document asks for, is gone once delete_document "
    "succeeds for it, and otherwise stays the same",
)
def documents_change_only_as_asked(t: Transition, account: Account, region: Region, document: DocumentName) -> Claim:
    at = (account, region, document)
    set_, gone = sets(t, *at), t.did("delete_document", account=account, region=region, document=document)
    conclusion = [implies(gone, not_(t.after.documents.has(at))), any_of(set_, gone, same_document(t, *at))]
    if t.takes("run_as_enabled"):
        asked, now = t.arguments, t.after.documents[at]
        as_asked = all_of(
            t.after.documents.has(at),
            now.run_as_enabled == asked["run_as_enabled"],
            now.default_user == asked["default_user"],
            now.declares_parameter == (asked["declares_parameter"] if t.takes("declares_parameter") else False),
        )
        conclusion = [*conclusion, implies(set_, as_asked)]
    return Claim(True, all_of(*conclusion))


@step_law(
    "os-users-change-only-as-asked",
    ("C7", "C8", "C10", "C11"),
    "an OS user gets the uid and gid that create_os_user asks for, is gone once delete_os_user or "
    "deregister_instance succeeds for it, and otherwise stays the same once it is there",
)
def os_users_change_only_as_asked(t: Transition, instance: Instance, name: Name) -> Claim:
    at = (instance, name)
    gone = any_of(
        t.did("delete_os_user", instance=instance, name=name), t.did("deregister_instance", instance=instance)
    )
    conclusion = [
        implies(gone, not_(t.after.os_users.has(at))),
        implies(all_of(t.before.os_users.has(at), not_(gone)), same_os_user(t, instance, name)),
    ]
    if t.operation == "create_os_user":
        user = t.after.os_users[at]
        as_asked = all_of(t.after.os_users.has(at), user.uid == t.arguments["uid"], user.gid == t.arguments["gid"])
        conclusion = [*conclusion, implies(t.did("create_os_user", instance=instance, name=name), as_asked)]
    return Claim(True, all_of(*conclusion))


@step_law(
    "membership-changes-only-as-asked",
    ("C3", "C13"),
    "a principal exists after the operation exactly if the operation creates it, or it existed and the operation "
    "does not delete it; it is as it was created and stays so; and an instance likewise, as it was registered",
)
def membership_changes_only_as_asked(t: Transition, principal: Principal, instance: Instance) -> Claim:
    before, after = t.before, t.after
    made, deleted = t.did("create_principal", principal=principal), t.did("delete_principal", principal=principal)
    registered = t.did("register_instance", instance=instance)
    deregistered = t.did("deregister_instance", instance=instance)
    arguments = t.arguments
    account, kind, platform, region = (arguments.get(name) for name in ("account", "kind", "platform", "region"))
    record, machine = after.principals[principal], after.instances[instance]
    stays = all_of(before.principals.has(principal), after.principals.has(principal))
    remains = all_of(before.instances.has(instance), after.instances.has(instance))
    conclusion = [
        after.principals.has(principal) == any_of(made, all_of(before.principals.has(principal), not_(deleted))),
        after.instances.has(instance) == any_of(registered, all_of(before.instances.has(instance), not_(deregistered))),
        implies(stays, equal(before.principals[principal], record)),
        implies(remains, equal(before.instances[instance], machine)),
    ]
    if t.operation == "create_principal":
        conclusion = [*conclusion, implies(made, all_of(record.account == account, record.kind == kind))]
    if t.operation == "register_instance":
        as_registered = all_of(machine.account == account, machine.platform == platform, machine.region == region)
        conclusion = [*conclusion, implies(registered, as_registered)]
    return Claim(True, all_of(*conclusion))
