"""Arguments that cannot be used: exit code 2, and a line that says why."""

import pytest

from cli.running import DECIDE, run
from runas_cli.main import main


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([*DECIDE, "--reading", "lax"], "unknown reading 'lax'; use one of default, agent, docs-2023"),
        ([*DECIDE, "--reading", "agent,superuser=maybe"], "superuser cannot be 'maybe'"),
        ([*DECIDE, "--reading", "colour=red"], "unknown reading 'colour'"),
        ([*DECIDE[:-1], "amiga"], "unknown platform 'amiga'; use one of linux, macos, windows"),
        ([*DECIDE, "--os-user", "alice:1"], "invalid --os-user 'alice:1': expected NAME or NAME:UID:GID"),
        ([*DECIDE, "--os-user", "alice:7:7"], "OS user 'alice' is listed twice"),
        ([*DECIDE, "--os-user", " "], "blank name"),
        (["decide"], "--run-as"),
        (["verify", "--rlimit", "0"], "--rlimit: must be a positive whole number below 4294967296, not '0'"),
        (
            ["verify", "--rlimit", "4294967296"],
            "--rlimit: must be a positive whole number below 4294967296",
        ),
        ([], "COMMAND"),
    ],
)
def test_unusable_arguments_exit_with_2_and_say_why(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["conform"], "needs exactly one target"),
        (["conform", "--target", "a:b", "--", "true"], "needs exactly one target"),
        (["conform", "--"], "-- must be followed by the command to run"),
        (["conform", "--target", "nonsense"], "expected package.module:factory"),
        (["conform", "--target", "no_such_module:make"], "ModuleNotFoundError"),
        (["conform", "--target", "targets_in_python:nobody"], "has no 'nobody'; it has "),
        (["conform", "--target", "targets_in_python:HERE"], "has no 'HERE'"),
        (["conform", "--target", "targets_in_python:AGENT"], "which is not callable"),
        (["conform", "--", "./no-such-command"], "cannot start ./no-such-command: No such file"),
        (
            ["conform", "--target", "targets_in_python:correct", "--only", "nothing-*"],
            "no vector has an id that matches",
        ),
        (["conform", "--target", "targets_in_python:correct", "--examples", "-1"], "must be a whole number"),
        (
            ["conform", "--target", "targets_in_python:correct", "--seconds", "0"],
            "--seconds: must be a number of seconds above 0",
        ),
        (["conform", "--target", "targets_in_python:correct", "--seconds", "1", "--examples", "1"], "not both"),
        (["conform", "--target", "targets_in_python:correct", "--timeout", "nan"], "must be a number of seconds"),
        (["conform", "--target", "targets_in_python:correct", "--save", "/no/such/folder/f"], "No such file"),
        (["conform", "--target", "targets_in_python:correct", "--report", "pdf=x"], "unknown format 'pdf'"),
        (["conform", "--target", "targets_in_python:correct", "--reading", "mine"], "unknown reading 'mine'"),
        (["conform", "--target", "targets_in_python:correct", "--vectors", "/no/such"], "No such file"),
        (["replay", "no-such-vector", "--target", "targets_in_python:correct"], "no vector has the id"),
        (["replay", "fault-caches-decisions", "--target", "targets_in_python:decision"], "needs the level service"),
        (["smoke"], "needs exactly one target"),
    ],
)
def test_what_cannot_be_used_is_said_and_exits_2(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *arguments)

    assert (code, out) == (2, "")
    assert says in err
    assert "Traceback" not in err
