"""The operations that the package was made for: as its schema of the protocol has them, which is kept and not derived.

Laws, faults, traces, vectors and certificates know these alone. So a change of the operations shows here, whatever else
was not renewed.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from runas_model.specification.operations import OPERATIONS, Operation
from runas_properties.conformance.protocol.cases import DECIDE, LIST_OS_USERS, LIST_SESSIONS

__all__ = ["SCHEMA", "kept_operations", "other_operations"]

SCHEMA = "protocol.schema.json"
"""The file; `make renew` makes it again."""


@cache
def kept_operations() -> Mapping[str, tuple[str, ...]]:
    """The names of the arguments of each operation, in order, by the operation's id."""
    schema = json.loads(files("runas_properties.conformance.protocol").joinpath(SCHEMA).read_text("utf-8"))
    steps = (one for one in schema["$defs"].values() if "operation" in one.get("properties", {}))
    every = {one["properties"]["operation"]["enum"][0]: tuple(one["properties"])[1:] for one in steps}
    return {id: names for id, names in every.items() if id not in (DECIDE, LIST_SESSIONS, LIST_OS_USERS)}


def other_operations(operations: Mapping[str, Operation] = OPERATIONS) -> Iterator[tuple[str, str]]:
    """The operations that are not as they are kept, each with what is other about it; none if all are."""
    kept = kept_operations()
    for id in dict.fromkeys([*kept, *operations]):
        if id not in operations:
            yield id, "is gone"
        elif id not in kept:
            yield id, "is new"
        elif (names := tuple(operations[id].arguments)) != kept[id]:
            yield id, f"has the arguments {', '.join(names) or 'none'}, not {', '.join(kept[id]) or 'none'}"
