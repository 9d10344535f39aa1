"""A trace that ends in a start, and has much in it that the decision does not depend on."""

from runas_model import Platform
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import PrincipalKind

OURS, THEIRS = "111111111111", "222222222222"

NOISY: list[Call] = [
    ("update_preferences", {"account": THEIRS, "run_as_enabled": True, "default_user": "eve"}),
    ("create_principal", {"principal": "ben", "account": THEIRS, "kind": PrincipalKind.ROLE}),
    ("create_principal", {"principal": "amy", "account": OURS, "kind": PrincipalKind.USER}),
    ("tag_principal", {"principal": "amy", "key": "SSMSessionRunAs", "value": "dave"}),
    ("register_instance", {"instance": "i-2", "account": THEIRS, "platform": Platform.MACOS}),
    ("register_instance", {"instance": "i-1", "account": OURS, "platform": Platform.LINUX}),
    ("delete_os_user", {"instance": "i-1", "name": "eve"}),
    ("create_os_user", {"instance": "i-1", "name": "eve", "uid": 2003, "gid": 2003}),
    ("create_os_user", {"instance": "i-1", "name": "bob", "uid": 2002, "gid": 2002}),
    ("start_session", {"session": "s-7", "principal": "ben", "instance": "i-2"}),
    ("update_preferences", {"account": OURS, "run_as_enabled": True, "default_user": "bob"}),
    ("tag_principal", {"principal": "amy", "key": "Team", "value": "eve"}),
    ("tag_principal", {"principal": "amy", "key": "SSMSessionRunAs", "value": "carol"}),
    ("start_session", {"session": "s-9", "principal": "amy", "instance": "i-1"}),
]
