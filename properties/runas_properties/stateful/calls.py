"""Calls of operations with the arguments that matter; the others are those of a user amy on an instance i-1."""

from collections.abc import Mapping
from typing import Any

from runas_model.specification.operations import OPERATIONS
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    NO_ROLE_SESSION,
    PREFERENCES,
    RUN_AS_TAG,
    DocumentName,
    Name,
    Platform,
    PosixId,
    PrincipalKind,
    Region,
    RoleSession,
    Session,
    Switch,
    TagKey,
)
from runas_properties.stateful.steering import ACCOUNTS, INSTANCES, PRINCIPALS

__all__ = ["assume", "document", "end", "fitting", "gone", "instance", "leave", "no_document", "principal", "run_as",
           "start", "tag", "untag", "user"]  # fmt: skip

(AMY, _, BEN), I1, OURS = PRINCIPALS, INSTANCES[0], ACCOUNTS[0]


def fitting(operation: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments of an operation, each text cut to as many characters as it may have there."""
    longest = OPERATIONS[operation].longest
    return {name: value[: longest[name]] if name in longest else value for name, value in arguments.items()}


def principal(name: str = AMY, account: str = OURS, kind: PrincipalKind = PrincipalKind.USER) -> Call:
    return "create_principal", {"principal": name, "account": account, "kind": kind}


def tag(value: str, key: str = RUN_AS_TAG, name: str = AMY) -> Call:
    return "tag_principal", {"principal": name, "key": TagKey(key), "value": Name(value)}


def untag(key: str = RUN_AS_TAG, name: str = AMY) -> Call:
    return "untag_principal", {"principal": name, "key": TagKey(key)}


def run_as(on: bool | Switch, default: str = "", account: str = OURS, region: str = DEFAULT_REGION) -> Call:
    written = {"run_as_enabled": Switch(on), "default_user": Name(default)}
    return _said("update_preferences", account=account, **written, region=Region(region))


def document(
    name: str,
    on: bool | Switch,
    default: str = "",
    account: str = OURS,
    region: str = DEFAULT_REGION,
    declares: bool = False,
) -> Call:
    """A session document written, whose default OS user is a parameter if it `declares` one."""
    written = {"run_as_enabled": Switch(on), "default_user": Name(default), "declares_parameter": declares}
    return _said("put_document", account=account, document=DocumentName(name), **written, region=Region(region))


def no_document(name: str = PREFERENCES, account: str = OURS, region: str = DEFAULT_REGION) -> Call:
    return _said("delete_document", account=account, document=DocumentName(name), region=Region(region))


def instance(
    name: str = I1, platform: Platform = Platform.LINUX, account: str = OURS, region: str = DEFAULT_REGION
) -> Call:
    return _said("register_instance", instance=name, account=account, platform=platform, region=Region(region))


def user(name: str, uid: int = 2001, gid: int = 2001, on: str = I1) -> Call:
    return "create_os_user", {"instance": on, "name": Name(name), "uid": PosixId(uid), "gid": PosixId(gid)}


def assume(
    role_session: int | str,
    role: str = BEN,
    value: str | None = None,
    key: str = RUN_AS_TAG,
    transitive: bool = False,
    source: int | str = NO_ROLE_SESSION,
) -> Call:
    """A session of a role begun, with a session tag if there is a `value`; chained if there is a `source`."""
    begun = {"principal": role, "role_session": _role_session(role_session), "source": _role_session(source)}
    if value is None:
        return _said("assume_role", **begun)
    tag = fitting("assume_role_with_tag", {"key": TagKey(key), "value": Name(value)})
    return _said("assume_role_with_tag", **begun, **tag, transitive=transitive)


def leave(role_session: int | str) -> Call:
    return "end_role_session", {"role_session": _role_session(role_session)}


def start(
    session: int | str,
    name: str = AMY,
    on: str = I1,
    document: str = PREFERENCES,
    within: int | str = NO_ROLE_SESSION,
    parameter: str | None = None,
) -> Call:
    """A session requested, `within` a role session if one is named, with a parameter if one is given."""
    who = {"session": _session(session), "principal": name, "instance": on}
    given = {} if parameter is None else {"parameter": Name(parameter)}
    return _said("start_session", **who, document=DocumentName(document), role_session=_role_session(within), **given)


def end(session: int | str) -> Call:
    return "terminate_session", {"session": _session(session)}


def gone(operation: str, **arguments: str) -> Call:
    return operation, arguments


def _said(operation: str, **arguments: Any) -> Call:
    """The call without what is meant anyway."""
    return operation, OPERATIONS[operation].said(arguments)


def _session(session: int | str) -> Session:
    return Session(f"s-{session}" if isinstance(session, int) else session)


def _role_session(role_session: int | str) -> RoleSession:
    return RoleSession(f"r-{role_session}" if isinstance(role_session, int) else role_session)
