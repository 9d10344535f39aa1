"""Faulty implementations of parameters: a trace for each, on which it breaks the laws it names."""

from typing import Any

from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import PREFERENCES, PrincipalKind, Switch
from runas_properties.gallery.implementations import FAULTS, declaring, parameters, undeclared
from runas_properties.stateful.calls import (
    assume,
    document,
    instance,
    no_document,
    principal,
    run_as,
    start,
    tag,
    user,
)

EU = "eu-west-1"
OURS, OTHERS = "111111111111", "222222222222"
OPS, BOB = "ops", "bob"


def declares(
    default: str = "", on: bool | Switch = True, name: str = "Ops", account: str = OURS, region: str = "us-east-1"
) -> Call:
    """A session document that declares a parameter."""
    return document(name, on, default, account, region, declares=True)


def fills(session: int, parameter: str, document: str = "Ops", **more: Any) -> Call:
    """A session requested that gives a parameter."""
    return start(session, document=document, parameter=parameter, **more)


HERE = (principal(), instance(), user(OPS), user(BOB))
BOBS, NOBODYS = (*HERE, declares(BOB)), (*HERE, declares())
TAGGED = (*BOBS, tag(OPS))
FILLED, UNFILLED = fills(1, OPS), start(1, document="Ops")
OFF = (*HERE, declares(on=False))
FIXED = (*HERE, document("Ops", True, BOB))
PLAIN = document("Ops", True, OPS)
"""The document without a parameter."""

TRACES: dict[str, tuple[Call, ...]] = {
    "fills-tags-with-parameters": (*TAGGED, fills(1, BOB)),
    "lets-parameters-win-over-tags": (*TAGGED, fills(1, BOB)),
    "lets-parameters-win-over-session-tags": (
        *BOBS, principal("ben", kind=PrincipalKind.ROLE), assume(1, value=OPS), fills(1, BOB, name="ben", within=1)
    ),
    "ignores-parameters": (*BOBS, FILLED),
    "fills-only-missing-defaults": (*BOBS, FILLED),
    "replaces-only-named-defaults": (*NOBODYS, FILLED),
    "ignores-blank-parameters": (*BOBS, fills(1, " ")),
    "takes-blank-parameters-as-names": (*BOBS, fills(1, " ")),
    "names-nobody-without-a-parameter": (*BOBS, UNFILLED),
    "fills-parameters-from-preferences": (*BOBS, run_as(True, OPS), UNFILLED),
    "switches-run-as-on-by-parameters": (*OFF, FILLED),
    "starts-ssm-user-by-parameters": (*BOBS, fills(1, "ssm-user")),
    "starts-superusers-by-parameters": (*BOBS, user("root", 0, 0), fills(1, "root")),
    "ignores-existence-by-parameters": (*BOBS, fills(1, "eve")),
    "creates-os-users-by-parameters": (*BOBS, fills(1, "eve")),
    "lists-parameters-as-os-users": (*TAGGED, fills(1, BOB)),
    "trims-parameters": (*BOBS, fills(1, "ops ")),
    "folds-parameters": (*BOBS, fills(1, "OPS")),
    "cuts-parameters-at-8": (*BOBS, user("operators"), fills(1, "operators")),
    "removes-the-braces-of-parameters": (*BOBS, user("{{ ops }}"), fills(1, "{{ ops }}")),
    "remembers-parameters-of-principals": (*BOBS, FILLED, start(2, document="Ops")),
    "remembers-parameters-of-documents": (*BOBS, FILLED, start(2, document="Ops")),
    "keeps-the-last-parameter": (*BOBS, run_as(True, BOB), FILLED, start(2)),
    "keeps-the-first-parameter": (*BOBS, FILLED, fills(2, BOB)),
    "writes-parameters-into-documents": (*BOBS, FILLED, start(2, document="Ops")),
    "writes-refused-parameters-into-documents": (*BOBS, fills(1, "eve"), UNFILLED),
    "moves-sessions-with-a-parameter": (*BOBS, UNFILLED, fills(2, OPS)),
    "fills-undeclared-parameters": (*FIXED, FILLED),
    "ignores-undeclared-parameters": (*FIXED, FILLED),
    "refuses-undeclared-parameters": (*FIXED, FILLED),
    "uses-ids-for-undeclared-parameters": (*FIXED, FILLED, UNFILLED),
    "takes-no-value-for-none": (*FIXED, fills(1, "")),
    "takes-the-default-for-none": (*FIXED, fills(1, BOB)),
    "wants-parameters-to-be-filled": (*BOBS, UNFILLED),
    "wants-parameters-to-be-needed": (*OFF, FILLED),
    "starts-across-accounts-with-a-parameter": (
        principal(account=OTHERS), instance(), declares(on=False), FILLED
    ),
    "takes-parameters-of-other-documents": (*FIXED, declares(name="Other"), FILLED),
    "takes-parameters-of-preferences": (*FIXED, declares(name=PREFERENCES), FILLED),
    "declares-for-all-regions": (*FIXED, declares(region=EU), FILLED),
    "declares-for-all-accounts": (*FIXED, declares(account=OTHERS), FILLED),
    "misses-parameters-of-preferences": (*HERE, declares(name=PREFERENCES), fills(1, OPS, document=PREFERENCES)),
    "misses-parameters-where-run-as-is-off": (*OFF, FILLED),
    "uses-parameters-up": (*BOBS, FILLED, fills(2, OPS)),
    "declares-always": (*FIXED, FILLED),
    "declares-never": (*BOBS, FILLED),
    "keeps-declaring": (*BOBS, PLAIN, FILLED),
    "declares-at-first-alone": (*FIXED, declares(BOB), FILLED),
    "forgets-to-declare": (*BOBS, declares(OPS), FILLED),
    "brings-parameters-back": (*BOBS, no_document("Ops"), PLAIN, FILLED),
    "keeps-preferences-declaring": (
        *HERE, declares(name=PREFERENCES), run_as(True), fills(1, OPS, document=PREFERENCES)
    ),
    "declares-nothing-in-preferences": (declares(name=PREFERENCES),),
    "drops-the-default-of-a-parameter": (*BOBS, UNFILLED),
    "switches-run-as-on-with-a-parameter": (*OFF, UNFILLED),
    "declares-in-the-default-region": (
        principal(), instance(region=EU), declares(on=False, region=EU), UNFILLED
    ),
}  # fmt: skip
"""The calls after which the last one shows the fault."""


def test_there_is_a_trace_for_each_fault_of_parameters() -> None:
    modules = (declaring.__name__, parameters.__name__, undeclared.__name__)

    here = {id for id, fault in FAULTS.items() if getattr(fault.make, "__module__", "") in modules}

    assert len(here) > 40
    assert here | {id for id, *_ in parameters.READ} == set(TRACES)
