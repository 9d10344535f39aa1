"""Repairs: the smallest changes of settings that change a decision, all of them."""

from typing import Any

import pytest

from runas_model import AGENT, DEFAULT, Platform, Reading, Switch, situation
from runas_solver import repair as repair_module
from runas_solver.repair import STRANGER, repairs
from thinned import slow


def told(facts: dict[str, Any], as_user: str | None = None, reading: Reading = DEFAULT) -> list[tuple[Any, ...]]:
    """The repairs, each as the operations with the names that they set, and who the session then runs as."""
    found = repairs(situation(**facts), reading, as_user)
    kept = {"value", "name", "default_user", "run_as_enabled"}
    return [
        (
            *((op, *(v for key, v in arguments.items() if key in kept)) for op, arguments in one.calls),
            one.decision.os_user,
        )
        for one in found
    ]


def test_a_refused_session_has_all_its_smallest_repairs() -> None:
    found = told({"run_as_enabled": True, "tag": "ghost", "default_user": "ops", "users": ["ops", "alice"]})

    assert set(found) == {
        (("tag_principal", "ops"), "ops"),
        (("tag_principal", "alice"), "alice"),
        (("untag_principal",), "ops"),
        (("update_preferences", Switch.OFF, "ops"), "ssm-user"),
        (("create_os_user", "ghost"), "ghost"),
    }


def test_a_session_that_starts_has_all_its_smallest_changes() -> None:
    found = told({"run_as_enabled": True, "tag": "alice", "default_user": "ops", "users": ["ops", "alice"]})

    assert set(found) == {
        (("tag_principal", "ops"), "ops"),
        (("tag_principal", "ssm-user"), None),
        (("tag_principal", ""), None),
        (("tag_principal", STRANGER), None),
        (("untag_principal",), "ops"),
        (("update_preferences", Switch.OFF, "ops"), "ssm-user"),
        (("delete_os_user", "alice"), None),
    }


def test_the_reading_matters() -> None:
    facts = {"run_as_enabled": True, "tag": "root", "users": [("root", 0, 0)]}

    assert (("update_preferences", Switch.OFF, ""), "ssm-user") in told(facts, reading=AGENT)
    assert told(facts, "root", reading=AGENT) == []
    assert told(facts) != []


def test_starting_as_an_os_user_may_take_three_changes() -> None:
    found = told({"run_as_enabled": False}, "bob")

    assert set(found) == {
        (("tag_principal", "bob"), ("update_preferences", Switch.ON, ""), ("create_os_user", "bob"), "bob"),
        (
            ("update_preferences", Switch.ON, ""),
            ("update_preferences", Switch.ON, "bob"),
            ("create_os_user", "bob"),
            "bob",
        ),
    }


def test_preferences_that_cannot_be_read_are_mended_by_either_switch() -> None:
    found = told({"run_as_enabled": Switch.UNREADABLE, "tag": "alice", "users": ["alice"]})

    assert set(found) == {
        (("update_preferences", Switch.ON, ""), "alice"),
        (("update_preferences", Switch.OFF, ""), "ssm-user"),
    }


def test_a_tag_whose_key_is_in_another_case_is_mended_by_tagging_again() -> None:
    found = told({"run_as_enabled": True, "tag": "alice", "tag_key": "ssmsessionrunas", "users": ["alice"]})

    assert (("tag_principal", "alice"), "alice") in found


@slow
def test_what_no_setting_changes_has_no_repair() -> None:
    assert told({"run_as_enabled": True, "platform": Platform.WINDOWS}, "bob") == []


def test_a_repair_that_the_concrete_functions_do_not_confirm_is_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = repair_module._wanted

    def never_in_the_concrete_universe(decision: Any, before: Any, as_user: Any) -> Any:
        return type(decision.starts) is not bool and wanted(decision, before, as_user)

    monkeypatch.setattr(repair_module, "_wanted", never_in_the_concrete_universe)
    with pytest.raises(AssertionError, match="do not confirm the repair"):
        repairs(situation(run_as_enabled=True, tag="ghost", users=["ops"]))
