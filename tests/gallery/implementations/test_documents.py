"""Faulty implementations of session documents and Regions: a trace for each, on which it breaks the laws it names."""

from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import Switch
from runas_properties.gallery.implementations import FAULTS, documents, holding, regions
from runas_properties.stateful.calls import document, gone, instance, no_document, principal, run_as, start, tag, user

EU, EU2 = "eu-west-1", "eu-west-2"
OTHERS = "222222222222"
AMY, OPS, BOB = (principal(), instance()), user("ops"), user("bob")
IN_EU = (principal(), instance(region=EU))
UNKNOWN = (*AMY, start(1, document="Ops"))
LACKING = (*AMY, document("Ops", False), no_document("Ops"), start(1, document="Ops"))
UPDATED = (*AMY, OPS, BOB, document("Ops", True, "ops"), start(1, document="Ops"))
DEREGISTERED = gone("deregister_instance", instance="i-1")

TRACES: dict[str, tuple[Call, ...]] = {
    "writes-documents-over-preferences": (*AMY, run_as(True), document("Ops", False), start(1)),
    "writes-preferences-over-documents": (*AMY, document("Ops", True), run_as(False), start(1, document="Ops")),
    "keeps-the-default-of-a-document": (*UPDATED, document("Ops", True, "bob"), start(2, document="Ops")),
    "keeps-the-switch-of-a-document": (
        *AMY, document("Ops", False), document("Ops", Switch.UNREADABLE), start(1, document="Ops")
    ),
    "updates-no-document": (document("Ops", True), document("Ops", True)),
    "moves-sessions-with-a-document": (*UPDATED, document("Ops", True, "bob")),
    "deletes-what-is-missing": (no_document("Ops"),),
    "protects-preferences": (run_as(True), no_document()),
    "leaves-deleted-preferences": (*AMY, run_as(True), no_document(), start(1)),
    "deletes-preferences-too": (*AMY, run_as(True), document("Ops", True), no_document("Ops"), start(1)),
    "deletes-in-all-regions": (*AMY, run_as(True), run_as(False, region=EU), no_document(region=EU), start(1)),
    "deletes-in-all-accounts": (
        document("Ops", True), document("Ops", True, account=OTHERS), no_document("Ops", account=OTHERS),
        no_document("Ops"),
    ),
    "ends-sessions-with-a-document": (*UPDATED, no_document("Ops")),
    "brings-documents-back": (
        *UPDATED, no_document("Ops"), document("Ops", True, "bob"), start(2, document="Ops")
    ),
    "forgets-documents-with-the-last-instance": (
        *AMY, run_as(True), DEREGISTERED, instance(), start(1)
    ),
    "writes-the-named-document-over-preferences": (
        *AMY, run_as(True), document("Ops", False), start(1, document="Ops"), start(2)
    ),
    "uses-documents-up": (*AMY, document("Ops", False), start(1, document="Ops"), start(2, document="Ops")),
    "writes-documents-in-the-default-region": (*IN_EU, run_as(True, region=EU), start(1)),
    "registers-in-the-default-region": (*IN_EU, run_as(True, region=EU), start(1)),
    "keeps-the-first-region": (*AMY, run_as(True), DEREGISTERED, instance(region=EU), start(1)),
    "changes-the-region-of-what-exists": (*AMY, run_as(True), instance(region=EU), start(1)),
    "uses-ids-for-unknown-documents": (*UNKNOWN, start(1)),
    "refuses-unknown-documents": UNKNOWN,
    "creates-unknown-documents": (*UNKNOWN, start(2, document="Ops")),
    "folds-documents": (*AMY, document("Ops", False), start(1, document="ops")),
    "trims-documents": (*AMY, document("Ops", False), start(1, document=" Ops")),
    "cuts-documents-at-8": (*AMY, document("Ops-shell", False), start(1, document="Ops-shelf")),
    "cuts-regions": (*IN_EU, run_as(True, region=EU2), start(1)),
    "takes-the-default-region": (*IN_EU, run_as(True), start(1)),
    "takes-the-region-of-the-first-instance": (*AMY, instance("i-2", region=EU), run_as(True), start(1, on="i-2")),
    "finds-documents-in-any-region": (*AMY, document("Ops", False, region=EU), start(1, document="Ops")),
    "finds-documents-in-any-account": (*AMY, document("Ops", False, account=OTHERS), start(1, document="Ops")),
    "joins-keys-of-documents": (
        *IN_EU, document("1Ops", False, region="eu-west-"), start(1, document="Ops")
    ),
    "shares-preferences-of-the-default-region": (*IN_EU, run_as(True), start(1)),
    "looks-for-documents-in-the-default-region": (
        *IN_EU, document("Ops", False, region=EU), start(1, document="Ops")
    ),
    "falls-back-to-preferences": UNKNOWN,
    "falls-back-to-off": UNKNOWN,
    "ignores-documents": (*AMY, run_as(True), document("Ops", False), start(1, document="Ops")),
    "takes-the-switch-of-preferences": (*AMY, run_as(True), document("Ops", False), start(1, document="Ops")),
    "takes-the-default-of-preferences": (
        *AMY, OPS, BOB, run_as(True, "ops"), document("Ops", True, "bob"), start(1, document="Ops")
    ),
    "borrows-the-default-of-preferences": (
        *AMY, OPS, run_as(True, "ops"), document("Ops", True), start(1, document="Ops")
    ),
    "switches-run-as-on-by-either": (*AMY, run_as(True), document("Ops", False), start(1, document="Ops")),
    "takes-unreadable-documents-for-off": (*AMY, document("Ops", Switch.UNREADABLE), start(1, document="Ops")),
    "takes-unreadable-documents-for-on": (
        *AMY, OPS, document("Ops", Switch.UNREADABLE, "ops"), start(1, document="Ops")
    ),
    "ignores-tags-of-sessions-with-a-document": (
        *AMY, OPS, BOB, tag("ops"), document("Ops", True, "bob"), start(1, document="Ops")
    ),
    "lets-documents-win-over-tags": (
        *AMY, OPS, BOB, tag("ops"), document("Ops", True, "bob"), start(1, document="Ops")
    ),
    "serves-deleted-documents": LACKING,
    "caches-documents-by-name": (
        *AMY, document("Ops", True), start(1, document="Ops"), document("Ops", False), start(1, document="Ops")
    ),
    "remembers-the-last-document": (*AMY, document("Ops", True), start(1, document="Ops"), start(1)),
    "takes-no-name-for-none": (*AMY, start(1, document="")),
    "misses-preferences": (*AMY, start(1)),
    "switches-run-as-on-without-preferences": (*AMY, start(1)),
    "refuses-without-preferences": (*AMY, start(1)),
}  # fmt: skip
"""The calls after which the last one shows the fault."""


def test_there_is_a_trace_for_each_fault_of_documents_and_of_which_one_holds() -> None:
    modules = (documents.__name__, holding.__name__, regions.__name__)
    here = {id for id, fault in FAULTS.items() if getattr(fault.make, "__module__", "") in modules}

    assert len(here) > 40
    assert here | {id for id, *_ in holding.ALIKE} <= set(TRACES)
