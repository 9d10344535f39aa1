"""The JSON Schemas of recorded decisions and of lists of known failures, from the types that read them.

`python -m runas_properties.oracle.schemas` writes both files of the package anew.
"""

import json
import sys
from collections.abc import Callable, Mapping
from importlib.resources import files
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

from runas_model.inputs.members import OS_USER_MEMBERS, OUTCOME_MEMBERS, ROW_MEMBERS
from runas_model.inputs.rows import FullRow, OsUserRow
from runas_model.specification.rulebook import RULES
from runas_model.specification.vocabulary import SSM_USER, Platform
from runas_properties.oracle.known import BY_TAG, ENTRY_MEMBERS, FACTS, MEMBERS, KnownFile

__all__ = ["SCHEMAS", "known_schema", "rows_schema", "write"]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
NOT_BLANK = r"\S"
OUTCOMES = ("started_as", "refused", "unreadable")
SETTINGS = ("run_as_enabled", "default_user", "tag")


def rows_schema() -> dict[str, Any]:
    """The schema of a document of recorded decisions, and of each line where these are JSON Lines.

    What concerns several members it leaves to the reader: that an OS user who is listed twice has the same ids, and one
    who has the uid of the process no other, that `ssm-user` is listed where `ssm_user_present` says so, and that what
    `absent` lists is null.
    """
    kinds = _definitions(_without_list(FullRow), OsUserRow)
    row, outcome, user = kinds["Row"]["properties"], kinds["FullOutcome"], kinds["OsUserRow"]["properties"]
    users = {"type": "array", "items": {"$ref": "#/$defs/OsUserRow"}}
    for kind, members in (("Row", ROW_MEMBERS), ("FullOutcome", OUTCOME_MEMBERS), ("OsUserRow", OS_USER_MEMBERS)):
        for name, member in kinds[kind]["properties"].items():
            member["description"] = f"{members[name].meaning} (left out: {members[name].left_out})"
    platform = {"enum": [one.value for one in Platform]}
    user["name"] |= {"pattern": NOT_BLANK}
    row["os_users"] = {"anyOf": [users, {"type": "null"}], "description": ROW_MEMBERS["os_users"].meaning}
    row["platform"] = {"enum": [*platform["enum"], None]}
    row["absent"]["items"] = {"enum": list(SETTINGS)}
    row["ssm_user"] = {
        "anyOf": [{"$ref": "#/$defs/OsUserRow", "properties": {"name": {"const": SSM_USER}}}, {"type": "null"}]
    }
    outcome["oneOf"] = [
        {"required": [one], "properties": {name: {"type": "string" if name == one else "null"} for name in OUTCOMES}}
        for one in OUTCOMES
    ]
    has_uid = {"required": ["uid"], "properties": {"uid": {"type": "integer"}}}
    is_empty = {"required": ["started_as"], "properties": {"started_as": {"const": ""}}}
    outcome["allOf"] = [{"if": one, "then": has_uid} for one in (is_empty, {"required": ["os_user"]})]
    of_all = {"os_users": row["os_users"], "platform": row["platform"], "implementation": {}}
    kinds["Document"] = {
        "description": "A whole file; what its heading says holds for rows that do not say their own.",
        "type": "object",
        "required": ["decisions"],
        "properties": {**of_all, "decisions": {"type": "array", "items": {"$ref": "#/$defs/Row"}}},
    }
    kinds["Heading"] = {
        "description": "The first line of JSON Lines, if it is no row: the document without its decisions.",
        "type": "object",
        "properties": {**of_all, "id": False, "outcome": False, "decisions": False},
    }
    return {
        "$schema": DRAFT,
        "title": "Recorded decisions: a document, or a line of JSON Lines",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in ("Document", "Heading", "Row")],
        "$defs": kinds,
    }


def known_schema() -> dict[str, Any]:
    """The schema of a list of known failures.

    It leaves to the reader that patterns are regular expressions, that nothing is listed twice, and that the rules of
    an entry are of one cause.
    """
    kinds = _definitions(KnownFile)
    for kind in ("Known", "When"):
        for member in kinds[kind]["properties"].values():
            member.pop("default", None)
            if member.get("type") == "array":
                member["minItems"] = 1
            elif member.get("type") == "string" and "enum" not in member:
                member["pattern"] = NOT_BLANK
    entry, when = kinds["Known"], kinds["When"]
    for name, member in entry["properties"].items():
        member["description"] = ENTRY_MEMBERS[name]
    entry["properties"]["when"] = {"$ref": "#/$defs/When", "description": ENTRY_MEMBERS["when"]}
    entry["properties"]["by_tag"]["enum"] = list(BY_TAG)
    entry["required"] = ["reason"]
    entry["oneOf"] = [
        {"required": ["id", "issue"], "properties": {"when": False}},
        {"required": ["kind", "when"], "properties": {"id": False}},
    ]
    when["minProperties"] = 1
    for name, member in when["properties"].items():
        member["description"] = MEMBERS[name]
        if "enum" in member:
            member["enum"] = [one for one in member["enum"] if one]
    when["properties"]["group_without_name"]["const"] = True
    when["properties"]["rule"]["items"] = {"enum": list(RULES)}
    when["properties"]["facts"]["items"] = {"enum": list(FACTS)}
    return {"$schema": DRAFT, "title": "Known failures and departures", "$ref": "#/$defs/KnownFile", "$defs": kinds}


def _without_list(row: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """The row without its OS users, which are raw JSON that is read later."""
    fields = (one for one in msgspec.structs.fields(row) if one.name != "os_users")
    members = [(one.name, one.type, msgspec.field(default=one.default)) for one in fields]
    return msgspec.defstruct("Row", members, forbid_unknown_fields=True, namespace={"__doc__": row.__doc__})


def _definitions(*types: Any) -> dict[str, Any]:
    _, components = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    for one in components.values():
        if "description" in one:
            one["description"] = cleandoc(one["description"])
        for member in one["properties"].values():
            if member.get("default", 0) is None:
                del member["default"]
    return components


SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "rows.schema.json": rows_schema,
    "known.schema.json": known_schema,
}
"""The files that are kept, each with what makes it."""


def write(folder: Path) -> None:
    """Write the schemas to a folder."""
    for name, schema in SCHEMAS.items():
        (folder / name).write_text(f"{json.dumps(schema(), indent=1)}\n", "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(str(files("runas_properties.oracle"))))
