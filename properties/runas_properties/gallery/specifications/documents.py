"""Operations on session documents, instances and Regions that do something else."""

from attrs import evolve

from runas_model.specification import errors
from runas_model.specification.operations import Step
from runas_model.specification.state import State
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    PREFERENCES,
    Account,
    DocumentName,
    Instance,
    Name,
    Platform,
    Principal,
    Region,
    Session,
    SessionDocument,
    Switch,
)
from runas_model.universes.connectives import all_of, choose, not_
from runas_properties.gallery.specifications.faulty import BOB, correct, faulty_operation

OTHER = DocumentName("Break-Glass")
"""A session document besides the one of the preferences."""


@faulty_operation("put_document", "A session document is written over the preferences too.")
def documents_change_the_preferences(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    step = correct("put_document", state, account, document, written, region)
    return correct("put_document", step.state, account, PREFERENCES, written, region)


@faulty_operation("put_document", "A session document that is updated keeps its old default OS user.")
def updated_documents_keep_their_default(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    at = (account, region, document)
    kept = choose(state.documents.has(at), state.documents[at].default_user, written.default_user)
    return correct("put_document", state, account, document, evolve(written, default_user=kept), region)


@faulty_operation("put_document", "A session document that is updated keeps its old switch.")
def updated_documents_keep_their_switch(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    at = (account, region, document)
    kept = choose(state.documents.has(at), state.documents[at].run_as_enabled, written.run_as_enabled)
    return correct("put_document", state, account, document, evolve(written, run_as_enabled=kept), region)


@faulty_operation("put_document", "Every session document is written in the default Region.")
def documents_are_written_in_the_default_region(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    return correct("put_document", state, account, document, written, DEFAULT_REGION)


@faulty_operation("put_document", "A session document is always written in the same account.")
def documents_are_written_in_one_account(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    at = Account("111111111111")
    return correct("put_document", state, at, document, written, region)


@faulty_operation("put_document", "A session document that exists cannot be updated.")
def documents_cannot_be_updated(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    step = correct("put_document", state, account, document, written, region)
    new = not_(state.documents.has((account, region, document)))
    return evolve(step, requires=[(new, errors.InvalidDocument(document))])


@faulty_operation("put_document", "A session document with an unreadable switch is recorded with Run As off.")
def unreadable_documents_are_off(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    off = choose(written.run_as_enabled == Switch.UNREADABLE, Switch.OFF, written.run_as_enabled)
    return correct("put_document", state, account, document, evolve(written, run_as_enabled=off), region)


@faulty_operation("put_document", "A session document with an unreadable switch is recorded with Run As on.")
def unreadable_documents_are_on(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    on = choose(written.run_as_enabled == Switch.UNREADABLE, Switch.ON, written.run_as_enabled)
    return correct("put_document", state, account, document, evolve(written, run_as_enabled=on), region)


@faulty_operation("put_document", "A session document that is updated ends the sessions on one instance.")
def documents_end_sessions(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    step = correct("put_document", state, account, document, written, region)
    return evolve(step, state=evolve(step.state, sessions=state.sessions.drop_under(Instance("i-1"))))


@faulty_operation("update_preferences", "Preferences are written over another session document too.")
def preferences_change_a_document(
    state: State, account: Account, run_as_enabled: Switch, default_user: Name, region: Region
) -> Step:
    step = correct("update_preferences", state, account, run_as_enabled, default_user, region)
    written = SessionDocument(run_as_enabled, default_user, False)
    return correct("put_document", step.state, account, OTHER, written, region)


@faulty_operation("update_preferences", "The preferences of a Region are those of the default Region too.")
def preferences_reach_the_default_region(
    state: State, account: Account, run_as_enabled: Switch, default_user: Name, region: Region
) -> Step:
    step = correct("update_preferences", state, account, run_as_enabled, default_user, region)
    return correct("update_preferences", step.state, account, run_as_enabled, default_user, DEFAULT_REGION)


@faulty_operation("delete_document", "Deleting a session document that is not there is no error.")
def any_document_can_be_deleted(state: State, account: Account, document: DocumentName, region: Region) -> Step:
    return evolve(correct("delete_document", state, account, document, region), requires=[])


@faulty_operation("delete_document", "The preferences cannot be deleted.")
def preferences_cannot_be_deleted(state: State, account: Account, document: DocumentName, region: Region) -> Step:
    step = correct("delete_document", state, account, document, region)
    there, error = step.requires[0]
    return evolve(step, requires=[(all_of(there, not_(document == PREFERENCES)), error)])


@faulty_operation("delete_document", "Deleting the preferences leaves them as they are.")
def preferences_outlive_deletion(state: State, account: Account, document: DocumentName, region: Region) -> Step:
    step = correct("delete_document", state, account, document, region)
    return evolve(step, state=choose(document == PREFERENCES, state, step.state))


@faulty_operation("delete_document", "Deleting a session document deletes the preferences.")
def deleting_takes_the_preferences(state: State, account: Account, document: DocumentName, region: Region) -> Step:
    step = correct("delete_document", state, account, document, region)
    return evolve(step, state=correct("delete_document", step.state, account, PREFERENCES, region).state)


@faulty_operation("delete_document", "A session document is deleted in the default Region, wherever it is.")
def documents_are_deleted_in_the_default_region(
    state: State, account: Account, document: DocumentName, region: Region
) -> Step:
    step = correct("delete_document", state, account, document, region)
    return evolve(step, state=correct("delete_document", state, account, document, DEFAULT_REGION).state)


@faulty_operation("delete_document", "A deleted session document is still there, without a default OS user.")
def deleted_documents_are_emptied(state: State, account: Account, document: DocumentName, region: Region) -> Step:
    at = (account, region, document)
    emptied = evolve(state.documents[at], default_user=Name(""))
    step = correct("delete_document", state, account, document, region)
    return evolve(step, state=evolve(state, documents=state.documents.put(at, emptied)))


@faulty_operation("register_instance", "Every instance is recorded in the default Region.")
def instances_are_of_the_default_region(
    state: State, instance: Instance, account: Account, platform: Platform, region: Region
) -> Step:
    return correct("register_instance", state, instance, account, platform, DEFAULT_REGION)


@faulty_operation("register_instance", "Registering an instance switches Run As on in its account and Region.")
def registering_writes_preferences(
    state: State, instance: Instance, account: Account, platform: Platform, region: Region
) -> Step:
    step = correct("register_instance", state, instance, account, platform, region)
    written = correct("update_preferences", step.state, account, Switch.ON, BOB, region)
    return evolve(step, state=written.state)


@faulty_operation("deregister_instance", "The preferences go with an instance of their account and Region.")
def preferences_die_with_instances(state: State, instance: Instance) -> Step:
    step = correct("deregister_instance", state, instance)
    machine = state.instances[instance]
    return evolve(
        step, state=correct("delete_document", step.state, machine.account, PREFERENCES, machine.region).state
    )


@faulty_operation("delete_principal", "The preferences in the default Region go with a principal of their account.")
def preferences_die_with_principals(state: State, principal: Principal) -> Step:
    step = correct("delete_principal", state, principal)
    account = state.principals[principal].account
    return evolve(step, state=correct("delete_document", step.state, account, PREFERENCES, DEFAULT_REGION).state)


@faulty_operation("terminate_session", "A session document goes with a session in its account and Region.")
def documents_die_with_sessions(state: State, session: Session) -> Step:
    step = correct("terminate_session", state, session)
    machine = state.instances[state.started[session]]
    return evolve(step, state=correct("delete_document", step.state, machine.account, OTHER, machine.region).state)
