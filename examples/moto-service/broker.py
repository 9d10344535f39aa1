"""A session broker: it asks IAM for tags, Systems Manager for preferences and the instance for its OS users.

It follows the reading `agent`: a blank tag counts as none, no session runs as a superuser, macOS is covered, and the
tag is looked up by its exact key.
"""

from pathlib import Path
from typing import NamedTuple

from cloud import Cloud, Principal
from instance import Instance

__all__ = ["Broker", "Refused", "Failed"]

RUN_AS_TAG = "SSMSessionRunAs"
SSM_USER = "ssm-user"
WHITE_SPACE = "".join(chr(point) for point in range(0x3001) if chr(point).isspace() and not 0x1C <= point <= 0x1F)
"""Unicode's White_Space, to which Python adds the separators U+001C to U+001F."""


class Refused(Exception):
    """No session is to start; with the reason."""


class Failed(Exception):
    """An operation that cannot be done; with the name of the error."""


class Session(NamedTuple):
    instance: str
    os_user: str


class Broker:
    """Begins with accounts in which there is nothing. `folder` is where instances are kept."""

    def __init__(self, cloud: Cloud, folder: Path) -> None:
        self._cloud, self._folder = cloud, folder
        self._principals: dict[str, Principal] = {}
        self._instances: dict[str, tuple[str, Instance]] = {}
        self._sessions: dict[str, Session] = {}
        self._used: set[str] = set()

    def create_principal(self, principal: str, account: str, kind: str) -> None:
        if principal in self._principals:
            raise Failed("PrincipalExists")
        self._principals[principal] = self._cloud.account(account).create_principal(kind, principal)

    def delete_principal(self, principal: str) -> None:
        found = self._principal(principal)
        self._cloud.account(found.account).delete_principal(found)
        del self._principals[principal]

    def tag_principal(self, principal: str, key: str, value: str) -> None:
        found = self._principal(principal)
        self._cloud.account(found.account).tag(found, key, value)

    def untag_principal(self, principal: str, key: str) -> None:
        found = self._principal(principal)
        account = self._cloud.account(found.account)
        if not account.spellings(found, key):
            raise Failed("UnknownTag")
        account.untag(found, key)

    def update_preferences(self, account: str, run_as_enabled: bool | str, default_user: str) -> None:
        self._cloud.account(account).update_preferences(run_as_enabled, default_user)

    def register_instance(self, instance: str, account: str, platform: str) -> None:
        if instance in self._instances:
            raise Failed("InstanceExists")
        root = self._folder / f"instance-{len(list(self._folder.iterdir()))}"
        self._instances[instance] = account, Instance(root, platform)

    def deregister_instance(self, instance: str) -> None:
        self._instance(instance)
        del self._instances[instance]
        self._sessions = {id: session for id, session in self._sessions.items() if session.instance != instance}

    def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> None:
        _, machine = self._instance(instance)
        if not name.strip(WHITE_SPACE):
            raise Failed("BlankOsUserName")
        machine.create_os_user(name, uid, gid)

    def delete_os_user(self, instance: str, name: str) -> None:
        _, machine = self._instance(instance)
        machine.delete_os_user(name)

    def start_session(self, session: str, principal: str, instance: str) -> str:
        """The OS user that it runs as. Raises `Refused`, and then nothing has changed."""
        found = self._principal(principal)
        account, machine = self._instance(instance)
        if found.account != account:
            raise Failed("DifferentAccounts")
        if session in self._used:
            raise Failed("SessionIdUsed")
        os_user = self._os_user_for(found, machine)
        if os_user == SSM_USER and SSM_USER not in machine.os_users():
            machine.create_ssm_user()
        self._used.add(session)
        self._sessions[session] = Session(instance, os_user)
        return os_user

    def terminate_session(self, session: str) -> None:
        if session not in self._sessions:
            raise Failed("UnknownSession")
        del self._sessions[session]

    def list_sessions(self) -> dict[str, str]:
        return {id: session.os_user for id, session in self._sessions.items()}

    def list_os_users(self, instance: str) -> list[str]:
        return sorted(self._instances[instance][1].os_users()) if instance in self._instances else []

    def _os_user_for(self, principal: Principal, machine: Instance) -> str:
        account = self._cloud.account(principal.account)
        preferences = account.preferences()
        is_on = preferences.get("runAsEnabled", False)
        if not isinstance(is_on, bool):
            raise Refused("preferences-unreadable")
        if machine.platform not in ("linux", "macos") or not is_on:
            return SSM_USER
        tag: str = account.tags(principal).get(RUN_AS_TAG, "")
        name: str = tag if tag.strip(WHITE_SPACE) else preferences["runAsDefaultUser"]
        if not name.strip(WHITE_SPACE):
            raise Refused("nobody-named")
        if name == SSM_USER:
            raise Refused("ssm-user-named")
        ids = machine.os_users().get(name)
        if ids is None:
            raise Refused("os-user-missing")
        if 0 in ids:
            raise Refused("superuser-named")
        return name

    def _principal(self, principal: str) -> Principal:
        if principal not in self._principals:
            raise Failed("UnknownPrincipal")
        return self._principals[principal]

    def _instance(self, instance: str) -> tuple[str, Instance]:
        if instance not in self._instances:
            raise Failed("UnknownInstance")
        return self._instances[instance]
