"""Vectors that need nouns, each another choice of them, and implementations that offer some."""

from collections.abc import Mapping, Sequence
from typing import Any

from runas_model import AGENT
from runas_model.specification.nouns import Noun
from runas_properties.conformance.protocol.cases import watched
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.targets.target import PythonTarget
from runas_properties.conformance.vectors.making import make_vector
from runas_properties.implementations import DictService, Outcome

PEOPLE = (
    {"operation": "create_principal", "principal": "amy", "account": "1", "kind": "user"},
    {"operation": "create_os_user", "instance": "i-1", "name": "alice", "uid": 2001, "gid": 2001},
    {"operation": "start_session", "session": "s-1", "principal": "amy", "instance": "i-1"},
)
INSTANCE = {"operation": "register_instance", "instance": "i-1", "account": "1", "platform": "linux"}
SETTINGS = {"operation": "update_preferences", "account": "1", "run_as_enabled": True, "default_user": "alice"}
ELSEWHERE, OWN, WITHIN = {"region": "eu-west-1"}, {"document": "Own"}, {"principal": "ops", "role_session": "amy@ops"}
ROLE = {**PEOPLE[0], "principal": "ops", "kind": "role"}
TAGGED = {"key": "SSMSessionRunAs", "value": "alice", "transitive": False, "source": ""}
STEPS: dict[str, Sequence[Mapping[str, Any]]] = {
    "neither": (INSTANCE, SETTINGS, *PEOPLE),
    "regions": ({**INSTANCE, **ELSEWHERE}, {**SETTINGS, **ELSEWHERE}, *PEOPLE),
    "documents": (INSTANCE, {**SETTINGS, **OWN, "operation": "put_document"}, *PEOPLE[:2], {**PEOPLE[2], **OWN}),
    "both": (INSTANCE, {"operation": "delete_document", "account": "1", **OWN, **ELSEWHERE}, *PEOPLE),
    "roles": (
        *(INSTANCE, {**SETTINGS, "default_user": ""}, ROLE, PEOPLE[1]),
        *({"operation": "assume_role_with_tag", **WITHIN, **TAGGED}, {**PEOPLE[2], **WITHIN}),
    ),
    "parameters": (
        *(INSTANCE, {**SETTINGS, **OWN, "default_user": "", "operation": "put_document", "declares_parameter": True}),
        *(*PEOPLE[:2], {**PEOPLE[2], **OWN, "parameter": "alice"}),
    ),
}
VECTORS = {id: make_vector(id, watched(steps), [], title=id) for id, steps in STEPS.items()}
EVERY = tuple(VECTORS.values())
NEED: dict[str, tuple[Noun, ...]] = {
    "neither": (),
    "regions": (Noun.REGIONS,),
    "documents": (Noun.DOCUMENTS,),
    "both": (Noun.REGIONS, Noun.DOCUMENTS),
    "roles": (Noun.ROLES,),
    "parameters": (Noun.DOCUMENTS, Noun.PARAMETERS),
}


class WithoutDocuments(DictService):
    """One that knows nothing of session documents."""

    def apply(self, operation: str, arguments: Mapping[str, Any]) -> Outcome:
        if operation.endswith("_document"):
            raise ValueError(f"unknown operation {operation}")
        return super().apply(operation, {name: value for name, value in arguments.items() if name != "document"})


def target_with(nouns: Sequence[Noun], make: type[DictService] = DictService) -> PythonTarget:
    return PythonTarget(lambda: Stepwise(make(AGENT), nouns), "ours")
