"""The command `smoke`: whether an adapter is right, and what is wrong with it."""

import sys
from pathlib import Path

import pytest

from cli.running import run


def test_smoke_finds_a_right_adapter_right(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "smoke", "--target", "targets_in_python:correct")

    assert code == 0
    assert "ADAPTER OK" in out
    assert "The implementation failed" not in out


@pytest.mark.usefixtures("asked_here")
@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("swapped", "the tag and the preferences' OS user seem to be swapped"),
        ("constant", "every answer is the same, started as 'ssm-user'"),
        ("remembering", "the case 'tag' was sent twice: started as 'alice', then refused."),
        ("skipping_all", "the case 'off' was not answered: not yet"),
    ],
)
def test_smoke_tells_what_is_wrong_with_an_adapter(target: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "smoke", "--target", f"targets_in_python:{target}")

    assert code == 1
    assert "ADAPTER FAULTY" in out
    assert says in out


@pytest.mark.usefixtures("asked_here")
@pytest.mark.parametrize(("target", "got"), [("truthy", "started as 'alice'"), ("only_true", "started as 'ssm-user'")])
def test_smoke_asks_whether_an_unreadable_switch_is_passed_on_as_it_is(
    target: str, got: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "smoke", "--target", f"targets_in_python:{target}")

    assert code == 0
    told = " ".join(out.split())
    assert "ADAPTER OK" in told
    assert f"The preferences cannot be read. Expected refused, got {got}. Does the adapter pass on" in told


STUBBORN = """
import json, sys, time
for line in sys.stdin:
    message = json.loads(line)
    if message["command"] == "start":
        print('{"protocol": 2, "name": "stubborn", "level": "decision"}', flush=True)
    elif message["command"] == "run":
        asked = message["steps"][0]
        names = [user["name"] for user in asked["os_users"]]
        named = asked["tag"] or asked["default_user"]
        is_readable = asked["run_as_enabled"] != "unreadable"
        result = {"started_as": "ssm-user"} if not asked["run_as_enabled"] else (
            {"started_as": named} if is_readable and named in names else {"refused": None})
        print(json.dumps({"id": message["id"], "results": [result]}), flush=True)
    elif %r:
        break
time.sleep(%d)
"""


@pytest.mark.parametrize(("stops", "seconds", "code"), [(True, 0, 0), (False, 60, 1)])
def test_smoke_tells_whether_a_command_stops_when_it_is_asked_to(
    stops: bool, seconds: int, code: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "adapter.py").write_text(STUBBORN % (stops, seconds))
    found, out, _ = run(capsys, "smoke", "--", sys.executable, str(tmp_path / "adapter.py"))

    assert found == code
    assert ("it did not exit after stop" in out) == (code == 1)
    assert 'sent:     {"command":"run","id":"smoke-off"' in out
