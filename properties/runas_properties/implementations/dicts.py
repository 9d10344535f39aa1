"""A correct implementation with mutable dicts, written from the clauses and not from the model's functions.

Each operation is a method; so is each question that a decision asks, which keeps the faulty ones
(`runas_properties.gallery.implementations`) to an override of a few lines.
"""

from collections.abc import Collection, Mapping

import attrs

from runas_model.doors import checked
from runas_model.specification.readings import DEFAULT, BlankTag, LookUp, MacOs, Reading, Superuser
from runas_properties.implementations.documents import PREFERENCES, REGION, Documents
from runas_properties.implementations.interface import Arguments, Done, Failed, Outcome, Refused, Started, asked
from runas_properties.implementations.role_sessions import RoleSession, RoleSessions

__all__ = ["PREFERENCES", "REGION", "DictService", "Running"]


@attrs.define
class Running:
    """A running session."""

    principal: str
    instance: str
    os_user: str


class DictService(Documents, RoleSessions):
    """An implementation that stores its tables in dicts and changes them in place."""

    tag_key = "SSMSessionRunAs"

    @checked
    def __init__(self, reading: Reading = DEFAULT) -> None:
        """Raises TypeError for what is no reading."""
        self.reading = reading
        self.documents: dict[tuple[str, str, str], tuple[bool | str, str]] = {}
        self.declaring: set[tuple[str, str, str]] = set()
        """Where the documents are that declare a parameter."""
        self.account_of: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.tags: dict[str, dict[str, str]] = {}
        self.role_sessions: dict[str, RoleSession] = {}
        self.instances: dict[str, tuple[str, str, str]] = {}
        self.users: dict[str, dict[str, tuple[int, int]]] = {}
        self.used: set[str] = set()
        self.running: dict[str, Running] = {}
        self.document = PREFERENCES
        """The document that holds for the session that was last requested."""
        self.role_session = ""
        """The role session in which it was requested; empty for none."""
        self.parameter: str | None = None
        """The parameter that was given with it."""

    def apply(self, operation: str, arguments: Arguments) -> Outcome:
        """Perform an operation. Raises TypeError or ValueError for one, or an argument, that there is not."""
        arguments = asked(operation, arguments)
        method = getattr(self, operation, None)
        if method is None:
            file = "properties/runas_properties/implementations/dicts.py"
            raise LookupError(f"{file}: no method {operation} in DictService: add one")
        outcome: Outcome = method(**arguments)
        return outcome

    def sessions(self) -> Mapping[str, str]:
        return {session: running.os_user for session, running in self.running.items()}

    def os_users(self) -> Mapping[str, Collection[str]]:
        return self.users

    def create_principal(self, principal: str, account: str, kind: str) -> Outcome:
        if principal in self.account_of:
            return Failed("PrincipalExists")
        self.account_of[principal] = account
        self.tags[principal], self.kinds[principal] = {}, kind
        return Done()

    def delete_principal(self, principal: str) -> Outcome:
        if principal not in self.account_of:
            return Failed("UnknownPrincipal")
        del self.account_of[principal], self.tags[principal], self.kinds[principal]
        for role_session in self.role_sessions.values():
            role_session.goes_on = role_session.goes_on and role_session.role != principal
        return Done()

    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        if principal not in self.account_of:
            return Failed("UnknownPrincipal")
        self.tags[principal].pop(self.spelled(principal, key), None)
        self.tags[principal][key] = value
        return Done()

    def untag_principal(self, principal: str, key: str) -> Outcome:
        if principal not in self.account_of:
            return Failed("UnknownPrincipal")
        if self.spelled(principal, key) not in self.tags[principal]:
            return Failed("UnknownTag")
        del self.tags[principal][self.spelled(principal, key)]
        return Done()

    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        if instance in self.instances:
            return Failed("InstanceExists")
        self.instances[instance] = (account, platform, region)
        self.users[instance] = {}
        return Done()

    def deregister_instance(self, instance: str) -> Outcome:
        if instance not in self.instances:
            return Failed("UnknownInstance")
        del self.instances[instance], self.users[instance]
        for session in [id for id, running in self.running.items() if running.instance == instance]:
            del self.running[session]
        return Done()

    def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
        if instance not in self.instances:
            return Failed("UnknownInstance")
        if self.is_blank(name):
            return Failed("BlankOsUserName")
        if name in self.users[instance]:
            return Failed("OsUserExists")
        self.users[instance][name] = (uid, gid)
        return Done()

    def delete_os_user(self, instance: str, name: str) -> Outcome:
        if instance not in self.instances:
            return Failed("UnknownInstance")
        if name not in self.users[instance]:
            return Failed("UnknownOsUser")
        del self.users[instance][name]
        return Done()

    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        document, role_session, parameter = more.get("document"), more.get("role_session", ""), more.get("parameter")
        if principal not in self.account_of:
            return Failed("UnknownPrincipal")
        if role_session and not self.is_session_of(role_session, principal):
            return Failed("UnknownRoleSession")
        if role_session and not self.role_sessions[role_session].goes_on:
            return Failed("ExpiredToken")
        if instance not in self.instances:
            return Failed("UnknownInstance")
        if self.is_elsewhere(principal, instance):
            return Failed("DifferentAccounts")
        if document is not None and not self.has_document(instance, document):
            return Failed("InvalidDocument")
        self.document = PREFERENCES if document is None else document
        if parameter is not None and not self.declares(instance):
            return Failed("InvalidParameters")
        if self.is_used(session):
            return Failed("SessionIdUsed")
        self.role_session, self.parameter = role_session, parameter
        outcome = self.decide(principal, instance)
        if isinstance(outcome, Started):
            self.begin(session, principal, instance, outcome.os_user)
        return outcome

    def terminate_session(self, session: str) -> Outcome:
        if session not in self.running:
            return Failed("UnknownSession")
        del self.running[session]
        return Done()

    def is_elsewhere(self, principal: str, instance: str) -> bool:
        """Whether the principal and the instance are in different accounts."""
        return self.account_of[principal] != self.instances[instance][0]

    def is_used(self, session: str) -> bool:
        """Whether a session with this id ever started."""
        return session in self.used

    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        """Record a session that starts, and create a missing ssm-user."""
        if os_user == "ssm-user":
            self.users[instance].setdefault(os_user, (1001, 1001))
        self.used.add(session)
        self.running[session] = Running(principal, instance, os_user)

    def decide(self, principal: str, instance: str) -> Outcome:
        """The outcome of a session request: `Started` or `Refused`."""
        if self.is_unreadable(instance):
            return Refused("preferences-unreadable")
        if not self.covers(instance) or not self.is_on(instance):
            return Started("ssm-user")
        tag = self.tag_of(principal)
        return self.start_as(tag if tag is not None else self.default_of(instance), instance)

    def start_as(self, name: str | None, instance: str) -> Outcome:
        """`Started` as the named OS user, if it exists and is allowed; otherwise `Refused`."""
        if name is None:
            return Refused("nobody-named")
        if self.is_ssm_user(name):
            return Refused("ssm-user-named")
        found = self.find(name, instance)
        if found is None:
            return Refused("os-user-missing")
        if self.is_refused_superuser(found, *self.users[instance].get(found, (-1, -1))):
            return Refused("superuser-named")
        return Started(found)

    def covers(self, instance: str) -> bool:
        """Whether Run As covers the instance's platform."""
        platform = self.instances[instance][1]
        return platform == "linux" or (platform == "macos" and self.reading.macos is MacOs.COVERED)

    def is_unreadable(self, instance: str) -> bool:
        """Whether the document that holds cannot be read."""
        return self.settings_of(instance)[0] == "unreadable"

    def is_on(self, instance: str) -> bool:
        """Whether Run As is on by the document that holds."""
        return self.settings_of(instance)[0] is True

    def spelled(self, principal: str, key: str) -> str:
        """The key of the principal's tag that is this one in some case, as it was last spelled; else the key itself."""
        return self.alike(key, self.tags[principal]) or key

    def tag_value(self, principal: str) -> str | None:
        """The value of the caller's Run As tag, if it has one: of the role session, or else of the principal."""
        tags = self.tags_that_count(principal)
        if self.reading.tag_key is LookUp.ANY_CASE:
            return tags.get(self.alike(self.tag_key, tags) or self.tag_key)
        return tags.get(self.tag_key)

    def tags_that_count(self, principal: str) -> dict[str, str]:
        """The tags of which one may be the caller's Run As tag: of the role session, or else of the principal."""
        passed = {key: value for key, (value, _) in self.session_tags().items()}
        return passed if self.alike(self.tag_key, passed) else self.tags[principal]

    def tag_of(self, principal: str) -> str | None:
        """The value of the principal's Run As tag; None if it has none, or a blank one that the reading ignores."""
        tag = self.tag_value(principal)
        if tag is not None and self.is_blank(tag) and self.reading.blank_tag is BlankTag.AS_UNTAGGED:
            return None
        return tag

    def default_of(self, instance: str) -> str | None:
        """The default OS user of the document that holds, if one is named: in it, or by the parameter that is given."""
        default = self.settings_of(instance)[1] if self.parameter is None else self.parameter
        return None if self.is_blank(default) else default

    def is_blank(self, name: str) -> bool:
        """Whether a name is empty or white space; the separators U+001C to U+001F are none, whatever Python says."""
        return all(character.isspace() and not "\x1c" <= character <= "\x1f" for character in name)

    def is_ssm_user(self, name: str) -> bool:
        return name == "ssm-user"

    def find(self, name: str, instance: str) -> str | None:
        """The OS user with this name on the instance, or None."""
        return name if name in self.users[instance] else None

    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        """Whether the reading refuses an OS user: by the name root, or by uid 0 or gid 0."""
        by = {Superuser.ORDINARY: False, Superuser.ROOT_REFUSED: name == "root", Superuser.REFUSED: 0 in (uid, gid)}
        return by[self.reading.superuser]
