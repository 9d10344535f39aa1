"""Measured, never judged here: run with `make bench`."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from runas_model import DEFAULT, Platform, Reading, Situation, Superuser, decide, situation
from runas_model.specification.readings import BlankTag, LookUp, MacOs
from runas_model.specification.vocabulary import Decision, Name, Reason, Switch

PREPARED = situation(run_as_enabled=True, tag="alice", default_user="ops", users=["alice", "ops", ("root", 0, 0)])
LINUX, MACOS, COVERED, AS_UNTAGGED, ANY_CASE, ROOT_REFUSED, REFUSED, ON, UNREADABLE = (
    Platform.LINUX, Platform.MACOS, MacOs.COVERED, BlankTag.AS_UNTAGGED, LookUp.ANY_CASE, Superuser.ROOT_REFUSED,
    Superuser.REFUSED, Switch.ON, Switch.UNREADABLE,
)  # fmt: skip


def by_hand(s: Situation, r: Reading = DEFAULT) -> Decision:
    """The decision as one would write it without a specification; the yardstick, used nowhere else."""
    if s.run_as_enabled is UNREADABLE:
        return Decision("preferences-unreadable", False, None, Reason.PREFERENCES_UNREADABLE)
    if not (s.platform is LINUX or (s.platform is MACOS and r.macos is COVERED)):
        return Decision("platform-not-covered", True, "ssm-user", None)
    if s.run_as_enabled is not ON:
        return Decision("run-as-off", True, "ssm-user", None)
    counts = s.tagged and (s.tag_key_exact or r.tag_key is ANY_CASE)
    if counts and not (s.tag_blank and r.blank_tag is AS_UNTAGGED):
        if s.tag == "ssm-user":
            return Decision("tag-names-ssm-user", False, None, Reason.SSM_USER_NAMED)
        if s.tag_blank or not s.os_users.has(s.tag):
            return Decision("tag-user-missing", False, None, Reason.OS_USER_MISSING)
        if refuses(s, s.tag, r):
            return Decision("tag-names-superuser", False, None, Reason.SUPERUSER_NAMED)
        return Decision("tag-user-exists", True, s.tag, None)
    if not s.default_named:
        return Decision("nobody-named", False, None, Reason.NOBODY_NAMED)
    if s.default_user == "ssm-user":
        return Decision("default-names-ssm-user", False, None, Reason.SSM_USER_NAMED)
    if not s.os_users.has(s.default_user):
        return Decision("default-user-missing", False, None, Reason.OS_USER_MISSING)
    if refuses(s, s.default_user, r):
        return Decision("default-names-superuser", False, None, Reason.SUPERUSER_NAMED)
    return Decision("default-user-exists", True, s.default_user, None)


def refuses(s: Situation, name: Name, r: Reading) -> bool:
    """Whether the reading refuses an OS user that exists as a superuser."""
    if r.superuser is REFUSED:
        return 0 in (s.os_users[name].uid, s.os_users[name].gid)
    return r.superuser is ROOT_REFUSED and name == "root"


@pytest.mark.parametrize("decision", [decide, by_hand], ids=["oracle", "if-chain"])
@pytest.mark.benchmark(group="one decision")
def test_one_decision(benchmark, keep, decision) -> None:  # type: ignore[no-untyped-def]
    assert benchmark.pedantic(decision, args=(PREPARED,), rounds=200, iterations=5000) == by_hand(PREPARED)
    name, label = ("decide", "`decide`") if decision is decide else ("if-chain", "The if-chain")
    nanoseconds = [seconds * 1e9 for seconds in benchmark.stats.stats.data]
    keep(name, label, "one call on a situation that is built, the mean of 5,000 in a round", "ns", nanoseconds)


MEASURE = """
import sys, time
from contextlib import redirect_stdout
from io import StringIO
from runas_cli.main import main
began, out = time.perf_counter(), StringIO()
with redirect_stdout(out):
    assert main(["check", *sys.argv[1:]]) == 0
seconds, rows = time.perf_counter() - began, int(out.getvalue().split()[0].replace(",", ""))
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
peak = int(status["VmHWM"].split()[0]) // 1024  # getrusage would count the process that started this one
print(f"{rows:>9,} rows  {rows / seconds:>9,.0f} rows/s  peak {peak} MiB")
"""
FORMS = ("lines", "document", "own OS users", "own OS users, never the same", "with a report", "own, with a report")
"""How rows come: `own OS users` are in each row, of one of 40 instances, or of one that never comes again."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rows", [100_000, 1_000_000])
@pytest.mark.benchmark(group="check")
def test_check(benchmark, rows: int, form: str) -> None:  # type: ignore[no-untyped-def]
    names = [f"user-{number}" for number in range(40)]
    users = [{"name": name, "uid": 2001, "gid": 2001} for name in names]

    def row(number: int) -> str:
        tag, default = names[number % 40] if number % 3 else None, names[number * 7 % 40]
        preferences = {"run_as_enabled": True, "tag": tag, "default_user": default}
        outcome = {"started_as": tag or default}
        if not form.startswith("own"):
            return json.dumps({"id": f"r-{number}", **preferences, "outcome": outcome})
        gid = number if form.endswith("same") else number % 40
        own = [{"name": "root", "uid": 0, "gid": 0}, {"name": tag or default, "uid": 2001, "gid": gid}, *users[:3]]
        listed = list({user["name"]: user for user in own[::-1]}.values())
        return json.dumps({"id": f"r-{number}", **preferences, "os_users": listed, "outcome": outcome})

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows"
        texts = map(row, range(rows))
        with path.open("w") as file:
            if form == "document":
                file.write(json.dumps({"os_users": users})[:-1] + ', "decisions": [\n')
                file.writelines(f"{',' if number else ''}\n{text}" for number, text in enumerate(texts))
                file.write("]}")
            else:
                file.write(json.dumps({"os_users": users}) + "\n")
                file.writelines(f"{text}\n" for text in texts)
        report = ["--report", f"json={folder}/report.json"] if form.endswith("with a report") else []
        command = [sys.executable, "-c", MEASURE, str(path), *report]
        done = benchmark.pedantic(lambda: subprocess.run(command, capture_output=True, text=True, check=True), rounds=1)
    print(f"\n{form}: {done.stdout.strip()}")
