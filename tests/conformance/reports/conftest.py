"""The reports that every format is tried on, each made once a process."""

import msgspec
import pytest

from conformance.reports.ten_cases import ERRORED, FAILED, HOSTILE, ISSUE, KNOWN, LISTED, Target, made
from runas_properties.conformance.judging.known import KnownFailure
from runas_properties.conformance.reports.report import Generated, Report


@pytest.fixture(scope="session")
def mixed() -> Report:
    """Everything that can become of a case, and a generated one that failed."""
    report = made(Target("folds-case"), LISTED, stderr="\n".join(f"line {number}" for number in range(1, 15)))
    first = msgspec.structs.replace(report.failures[1], id="generated-7", title="A generated case.")
    return msgspec.structs.replace(report, generated=Generated(7, 12, 300, 1.5, first))


@pytest.fixture(scope="session")
def passing() -> Report:
    return made(Target(None), {}, generated=Generated(7, 200, 6_000, 2.0))


@pytest.fixture(scope="session")
def excepted() -> Report:
    """Conforms, with known failures."""
    return made(Target("folds-case"), {id: KnownFailure(id, "Not yet.", ISSUE) for id in (*FAILED, *KNOWN, ERRORED)})


@pytest.fixture(scope="session")
def hostile() -> Report:
    target = Target("folds-case", HOSTILE)
    target.about = msgspec.structs.replace(target.about, name=HOSTILE)
    return made(target, {**LISTED, HOSTILE: KnownFailure(HOSTILE, "", "")})


@pytest.fixture(params=["mixed", "passing", "excepted", "hostile"])
def report(request: pytest.FixtureRequest) -> Report:
    """Each of them in turn."""
    found: Report = request.getfixturevalue(request.param)
    return found
