"""The rulebook, rule by rule."""

from typing import Any

import pytest

from runas_model import AGENT, DEFAULT, DOCS_2023, Platform, Reading, Reason, Switch, decide, situation
from runas_model.specification.readings import reading_named
from runas_model.stories.situations import tell

ANY_CASE = reading_named("tag_key=any-case")
USERS = ["alice", "ops", ("root", 0, 0), ("gidzero", 2004, 0), "ssm-user"]


@pytest.mark.parametrize(
    ("rule", "os_user", "facts", "reading"),
    [
        ("platform-not-covered", "ssm-user", {"platform": Platform.WINDOWS, "tag": "alice"}, DEFAULT),
        ("platform-not-covered", "ssm-user", {"platform": Platform.MACOS, "tag": "alice"}, DEFAULT),
        ("tag-user-exists", "alice", {"platform": Platform.MACOS, "tag": "alice"}, AGENT),
        ("run-as-off", "ssm-user", {"run_as_enabled": False, "tag": "alice"}, DEFAULT),
        ("tag-names-ssm-user", None, {"tag": "ssm-user", "default_user": "ops"}, DEFAULT),
        ("tag-names-superuser", None, {"tag": "root", "default_user": "ops"}, AGENT),
        ("preferences-unreadable", None, {"run_as_enabled": Switch.UNREADABLE, "tag": "alice"}, DEFAULT),
        (
            "preferences-unreadable",
            None,
            {"run_as_enabled": Switch.UNREADABLE, "platform": Platform.WINDOWS},
            AGENT,
        ),
        ("tag-names-superuser", None, {"tag": "gidzero"}, AGENT),
        ("tag-user-exists", "gidzero", {"tag": "gidzero"}, DOCS_2023),
        ("tag-names-superuser", None, {"tag": "root"}, DOCS_2023),
        ("tag-names-superuser", None, {"tag": "root", "users": ["root"]}, DOCS_2023),
        ("tag-user-missing", None, {"tag": "root", "users": ["alice"]}, DOCS_2023),
        ("default-names-superuser", None, {"default_user": "root"}, DOCS_2023),
        ("default-user-exists", "ops", {"tag": "alice", "tag_key": "ssmsessionrunas", "default_user": "ops"}, DEFAULT),
        ("tag-user-exists", "alice", {"tag": "alice", "tag_key": "ssmsessionrunas", "default_user": "ops"}, ANY_CASE),
        ("tag-user-missing", None, {"tag": "\x1c", "default_user": "ops"}, AGENT),
        ("tag-user-exists", "root", {"tag": "root"}, DEFAULT),
        ("tag-user-exists", "alice", {"tag": "alice", "default_user": "ops"}, DEFAULT),
        ("tag-user-missing", None, {"tag": "ghost", "default_user": "ops"}, DEFAULT),
        ("tag-user-missing", None, {"tag": "  ", "default_user": "ops"}, DEFAULT),
        ("default-user-exists", "ops", {"tag": "  ", "default_user": "ops"}, AGENT),
        ("default-names-ssm-user", None, {"default_user": "ssm-user"}, DEFAULT),
        ("default-names-superuser", None, {"default_user": "root"}, AGENT),
        ("default-user-exists", "ops", {"default_user": "ops"}, DEFAULT),
        ("default-user-missing", None, {"default_user": "2001"}, DEFAULT),
        ("nobody-named", None, {"default_user": "  "}, DEFAULT),
        ("nobody-named", None, {"tag": "", "default_user": None}, AGENT),
    ],
)
def test_each_rule_decides_its_situations(
    rule: str, os_user: str | None, facts: dict[str, Any], reading: Reading
) -> None:
    s = situation(**{"run_as_enabled": True, "users": USERS, **facts})
    decision = decide(s, reading)

    assert (rule, os_user) == (decision.rule, decision.os_user), f"{tell(s, decision)} by {decision.rule}"
    assert decision.starts is (os_user is not None)
    assert (decision.reason is None) is decision.starts


def test_a_missing_tag_user_is_refused_even_if_the_default_exists() -> None:
    decision = decide(situation(run_as_enabled=True, tag="ghost", default_user="ops", users=["ops"]))

    assert not decision.starts
    assert Reason.OS_USER_MISSING is decision.reason
