"""The operations are those that the package was made for, or it is said in a line which are not."""

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve

from runas_cli.main import main
from runas_model import OPERATIONS
from runas_model.specification.operations import Operation
from runas_model.specification.vocabulary import Session
from runas_properties.conformance.protocol.kept import kept_operations, other_operations

ONE = OPERATIONS["terminate_session"]


def test_what_is_kept_are_the_operations_with_their_arguments() -> None:
    assert list(other_operations()) == []
    assert kept_operations().keys() == OPERATIONS.keys()
    assert kept_operations()["tag_principal"] == ("principal", "key", "value")


def more(state: Any, session: Session, force: bool) -> Any: ...


def fewer(state: Any) -> Any: ...


def renamed(state: Any, id: Session) -> Any: ...


def without_a_type(state: Any, session, of) -> Any: ...  # type: ignore[no-untyped-def]


CHANGES: dict[str, tuple[Mapping[str, Operation], str]] = {
    "one is new": ({**OPERATIONS, "end_session": ONE}, "end_session is new"),
    "one is gone": (
        {id: one for id, one in OPERATIONS.items() if one is not ONE},
        "terminate_session is gone",
    ),
    **{
        function.__name__: (
            {**OPERATIONS, ONE.id: evolve(ONE, function=function)},
            f"terminate_session has the arguments {names}, not session",
        )
        for function, names in (
            (more, "session, force"),
            (fewer, "none"),
            (renamed, "id"),
            (without_a_type, "session, of"),
        )
    },
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_operation_that_is_other_than_it_is_kept_is_told(change: str) -> None:
    operations, told = CHANGES[change]

    assert [" ".join(other) for other in other_operations(operations)] == [told]


@pytest.fixture
def with_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPERATIONS, "end_session", ONE)


@pytest.mark.usefixtures("with_a_change")
@pytest.mark.parametrize(
    "command",
    [
        ["verify"],
        ["certify", "folder"],
        ["explore"],
        ["prove", "--target", "a:b"],
        ["conform", "--target", "a:b"],
        ["smoke", "--target", "a:b"],
        ["replay", "id", "--target", "a:b"],
        ["selfcheck"],
    ],
    ids=lambda command: command[0],
)
def test_no_command_asks_other_operations_than_its_laws_know(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert "made for: end_session is new; if that is meant, do what CONTRIBUTING.md says" in captured.err


@pytest.mark.usefixtures("with_a_change")
def test_a_decision_needs_no_operation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "--run-as", "off"]) == 0
    assert "ssm-user" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change", ["del OPERATIONS['terminate_session']", "OPERATIONS['new'] = OPERATIONS['tag_principal']"]
)
def test_verify_ends_without_a_traceback_before_anything_else_knows_the_operations(change: str) -> None:
    program = (
        f"from runas_model.specification.operations import OPERATIONS; {change};"
        "from runas_cli.main import main; raise SystemExit(main(['verify']))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("runas-spec: the operations are not those that ")
