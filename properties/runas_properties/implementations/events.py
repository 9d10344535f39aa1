"""A correct implementation that keeps a log of what happened, and folds it at each question."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from runas_model.doors import checked
from runas_model.specification.readings import AGENT, DEFAULT, DOCS_2023, LookUp, MacOs, Reading
from runas_properties.implementations.interface import Arguments, Done, Failed, Outcome, Refused, Started, asked

__all__ = ["EventSourcedService"]

Event = tuple[str, dict[str, Any]]

FOLDED = (
    "create_principal",
    "delete_principal",
    "tag_principal",
    "untag_principal",
    "assume_role",
    "assume_role_with_tag",
    "end_role_session",
    "update_preferences",
    "put_document",
    "delete_document",
    "register_instance",
    "deregister_instance",
    "create_os_user",
    "delete_os_user",
    "start_session",
    "terminate_session",
)
"""The operations that the questions fold."""
PREFERENCES = "SSM-SessionManagerRunShell"
RUN_AS = "ssmsessionrunas"
NO_TAG = ("", "", False)
ASSUMED = ("assume_role", "assume_role_with_tag")
WRITTEN = ("update_preferences", "put_document", "delete_document")
MADE = {"create_principal": "principal", "register_instance": "instance"}
UNMADE = {"delete_principal": "principal", "deregister_instance": "instance"}


class EventSourcedService:
    """An implementation that stores only a log of events and computes every answer from it."""

    @checked
    def __init__(self, reading: Reading = DEFAULT) -> None:
        """Raises TypeError for what is no reading."""
        self.log: list[Event] = []
        self.blank_counts = reading.blank_tag is not AGENT.blank_tag
        self.refuses_root = reading.superuser is DOCS_2023.superuser
        self.refuses_id_0 = reading.superuser is AGENT.superuser
        self.any_case = reading.tag_key is LookUp.ANY_CASE
        self.covered = {"linux", "macos"} if reading.macos is MacOs.COVERED else {"linux"}

    def apply(self, operation: str, arguments: Arguments) -> Outcome:
        """Perform an operation. Raises TypeError or ValueError for one, or an argument, that there is not."""
        arguments = asked(operation, arguments)
        if operation not in FOLDED:
            file = "properties/runas_properties/implementations/events.py"
            raise LookupError(
                f"{file}: {operation} is not in FOLDED: add it, and what follows from it to the questions"
            )
        error = next(self._errors(operation, arguments), None)
        if error is not None:
            return Failed(error)
        if operation != "start_session":
            self.log.append((operation, dict(arguments)))
            return Done()
        outcome = self._decision(arguments)
        if isinstance(outcome, Started):
            self.log.append((operation, {**arguments, "os_user": outcome.os_user}))
        return outcome

    def sessions(self) -> Mapping[str, str]:
        """The sessions that started and have not ended, by termination or with their instance."""
        running: dict[str, Event] = {}
        for operation, a in self.log:
            if operation == "start_session":
                running[a["session"]] = (a["os_user"], a)
            elif operation == "terminate_session":
                del running[a["session"]]
            elif operation == "deregister_instance":
                running = {id: (user, of) for id, (user, of) in running.items() if of["instance"] != a["instance"]}
        return {session: os_user for session, (os_user, _) in running.items()}

    def os_users(self) -> Mapping[str, Collection[str]]:
        """The OS users on each instance, including those created by a session."""
        users: defaultdict[str, set[str]] = defaultdict(set)
        for operation, a in self.log:
            if operation == "create_os_user":
                users[a["instance"]].add(a["name"])
            elif operation == "delete_os_user":
                users[a["instance"]].remove(a["name"])
            elif operation == "deregister_instance":
                users.pop(a["instance"], None)
            elif operation == "start_session" and a["os_user"] == "ssm-user":
                users[a["instance"]].add("ssm-user")
        return users

    def _errors(self, operation: str, a: Arguments) -> Iterator[str]:
        made = MADE.get(operation)
        if made is not None:
            if self._is_there(made, a[made]):
                yield f"{made.capitalize()}Exists"
            return
        for noun in ("principal", "instance"):
            if noun in a and not self._is_there(noun, a[noun]):
                yield f"Unknown{noun.capitalize()}"
            if noun == "principal":
                yield from self._errors_of_role_sessions(operation, a)
        if operation == "untag_principal" and a["key"].lower() not in self._tags(a["principal"]):
            yield "UnknownTag"
        elif operation == "create_os_user":
            if _is_blank(a["name"]):
                yield "BlankOsUserName"
            if a["name"] in self.os_users().get(a["instance"], ()):
                yield "OsUserExists"
        elif operation == "delete_os_user" and a["name"] not in self.os_users().get(a["instance"], ()):
            yield "UnknownOsUser"
        elif operation == "start_session":
            if self._account("principal", a["principal"]) != self._account("instance", a["instance"]):
                yield "DifferentAccounts"
            if a.get("document", PREFERENCES) != PREFERENCES and not self._document(a["instance"], a["document"]):
                yield "InvalidDocument"
            if "parameter" in a and not (self._document(a["instance"], a.get("document", PREFERENCES)) or {}).get(
                "declares_parameter"
            ):
                yield "InvalidParameters"
            if any(of == "start_session" and then["session"] == a["session"] for of, then in self.log):
                yield "SessionIdUsed"
        elif operation == "delete_document" and not self._written(a["account"], a.get("region"), a["document"]):
            yield "InvalidDocument"
        elif operation == "terminate_session" and a["session"] not in self.sessions():
            yield "UnknownSession"

    def _errors_of_role_sessions(self, operation: str, a: Arguments) -> Iterator[str]:
        if operation in ASSUMED:
            if self._is_there("principal", a["principal"]) and self._kind(a["principal"]) != "role":
                yield "NotARole"
            if a.get("source"):
                yield from self._unusable(a["source"])
            if not a["role_session"] or self._assumed(a["role_session"]):
                yield "RoleSessionIdUsed"
            if "key" in a and self._session_tags(a.get("source", "")).get(a["key"].lower(), NO_TAG)[2]:
                yield "TransitiveTagRepeated"
        elif operation == "end_role_session":
            yield from self._unusable(a["role_session"])
        elif operation == "start_session" and a.get("role_session"):
            yield from self._unusable(a["role_session"], a["principal"])

    def _unusable(self, role_session: str, principal: str | None = None) -> Iterator[str]:
        """Why a role session cannot be used: by the principal, if one is given."""
        begun = self._assumed(role_session)
        if begun is None or principal not in (None, begun["principal"]):
            yield "UnknownRoleSession"
            return
        later = self.log[self.log.index((begun["operation"], begun["arguments"])) :]
        if any(operation == "end_role_session" and a["role_session"] == role_session for operation, a in later) or any(
            operation == "delete_principal" and a["principal"] == begun["principal"] for operation, a in later
        ):
            yield "ExpiredToken"

    def _assumed(self, role_session: str) -> dict[str, Any] | None:
        """How a role session began, if it did."""
        return next(({"operation": operation, "arguments": a, **a} for operation, a in self.log if operation in ASSUMED
                     and a["role_session"] == role_session), None)  # fmt: skip

    def _session_tags(self, role_session: str) -> dict[str, tuple[str, str, bool]]:
        """Spelling of the key, value and whether it is transitive, of each session tag, by the key in small letters."""
        begun = self._assumed(role_session)
        if begun is None:
            return {}
        inherited = self._session_tags(begun.get("source", ""))
        tags = {key: tag for key, tag in inherited.items() if tag[2]}
        if "key" in begun:
            tags[begun["key"].lower()] = (begun["key"], begun["value"], begun["transitive"])
        return tags

    def _kind(self, principal: str) -> str:
        kinds = (a["kind"] for operation, a in reversed(self.log) if operation == "create_principal"
                 and a["principal"] == principal)  # fmt: skip
        return str(next(kinds))

    def _is_there(self, noun: str, name: str) -> bool:
        """Whether the last that happened to it was that it was made."""
        last = next(
            (operation for operation, a in reversed(self.log) if noun in (MADE.get(operation), UNMADE.get(operation))
             and a[noun] == name),
            None,
        )  # fmt: skip
        return last in MADE

    def _account(self, noun: str, name: str) -> str:
        return next((a["account"] for operation, a in reversed(self.log) if MADE.get(operation) == noun
                     and a[noun] == name), "")  # fmt: skip

    def _tags(self, principal: str) -> dict[str, tuple[str, str]]:
        """Spelling of the key and value of each tag, by the key in small letters."""
        tags: dict[str, tuple[str, str]] = {}
        for operation, a in self.log:
            if a.get("principal") != principal:
                continue
            if operation == "tag_principal":
                tags[a["key"].lower()] = (a["key"], a["value"])
            elif operation == "untag_principal":
                del tags[a["key"].lower()]
            elif operation == "delete_principal":
                tags.clear()
        return tags

    def _registered(self, instance: str) -> dict[str, Any]:
        return next(a for operation, a in reversed(self.log) if operation == "register_instance"
                    and a["instance"] == instance)  # fmt: skip

    def _document(self, instance: str, document: str) -> dict[str, Any] | None:
        """What a document says to sessions on the instance, if it is there."""
        registered = self._registered(instance)
        return self._written(registered["account"], registered.get("region"), document)

    def _written(self, account: str, region: str | None, document: str) -> dict[str, Any] | None:
        """How a document was last written, in a Region or in the one that is not named; None if it is not there."""
        for operation, a in reversed(self.log):
            name = PREFERENCES if operation == "update_preferences" else a.get("document")
            if operation in WRITTEN and (a["account"], a.get("region"), name) == (account, region, document):
                return a if operation != "delete_document" else None
        return None

    def _decision(self, asked: Arguments) -> Outcome:
        instance, document = asked["instance"], asked.get("document", PREFERENCES)
        registered, settings = self._registered(instance), self._document(instance, document)
        if settings is not None and settings["run_as_enabled"] == "unreadable":
            return Refused("preferences-unreadable")
        if registered["platform"] not in self.covered or settings is None or not settings["run_as_enabled"]:
            return Started("ssm-user")
        passed = self._session_tags(asked.get("role_session", ""))
        key, value, *_ = passed.get(RUN_AS) or self._tags(asked["principal"]).get(RUN_AS, ("", ""))
        named = [value] if key == "SSMSessionRunAs" or (key and self.any_case) else []
        if not self.blank_counts or not named:
            default = asked.get("parameter", settings["default_user"])
            named = [name for name in (*named, default) if not _is_blank(name)]
        if not named:
            return Refused("nobody-named")
        if named[0] == "ssm-user":
            return Refused("ssm-user-named")
        if named[0] not in self.os_users().get(instance, ()):
            return Refused("os-user-missing")
        made = next(a for operation, a in reversed(self.log) if operation == "create_os_user"
                    and (a["instance"], a["name"]) == (instance, named[0]))  # fmt: skip
        if (self.refuses_id_0 and 0 in (made["uid"], made["gid"])) or (self.refuses_root and named[0] == "root"):
            return Refused("superuser-named")
        return Started(named[0])


def _is_blank(name: str) -> bool:
    """Whether nothing is left of a name without white space, of which U+001C to U+001F are none."""
    return not re.sub(r"[^\S\x1c-\x1f]", "", name)
