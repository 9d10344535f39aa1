"""Ten cases, and an implementation with which everything becomes of them that can."""

from collections.abc import Sequence
from typing import Any

import msgspec

from runas_model import AGENT
from runas_properties.conformance import kit
from runas_properties.conformance.judging.known import KnownFailure
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.protocol.cases import Step
from runas_properties.conformance.protocol.results import Result
from runas_properties.conformance.reports.report import Report
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.targets.target import CaseError, PythonTarget
from runas_properties.conformance.vectors.vector import Vector, vectors
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import DictService

ISSUE = "https://example.org/issues/7"
HOSTILE = "<script>alert(1)</script> ]]> | `a` \x00\x1b[31m\u202e\ud800 & \"'\nlast"
SHOWN = r"\x00\x1b[31m\u202e\ud800"

CHOSEN = (
    "name-capital-by-tag-instead",
    "name-capital-by-default-instead",
    "name-ssm-user-capital-by-tag-instead",
    "name-root-capital-by-tag-instead",
    "name-nul-by-tag-instead",
    "name-number-by-tag-instead",
    "name-space-by-tag-instead",
    "near-key-small-with-default",
    "create-os-user-raises-blank-os-user-name",
    "terminate-session-then-tag-names-superuser",
)
FAILED, KNOWN, ERRORED, SKIPPED, FIXED = (
    {"name-capital-by-tag-instead", "name-root-capital-by-tag-instead"},
    {"name-capital-by-default-instead", "name-ssm-user-capital-by-tag-instead"},
    "name-number-by-tag-instead",
    "name-space-by-tag-instead",
    "name-nul-by-tag-instead",
)
LISTED = {
    **{id: KnownFailure(id, "Names are folded by our directory.", ISSUE) for id in KNOWN},
    FIXED: KnownFailure(FIXED, HOSTILE, "javascript:alert(1)"),
    "no-such-case": KnownFailure("no-such-case", "It was renamed.", ISSUE),
}


class Target(PythonTarget):
    """One that folds case, crashes on one case and skips another."""

    def __init__(self, fault: str | None, hostile: str = "boom") -> None:
        make = DictService if fault is None else FAULTS[fault].make
        super().__init__(lambda: Stepwise(make(AGENT)), "directory")
        self.about = msgspec.structs.replace(self.about, language="", version="2.1")
        self.fault, self.hostile = fault, hostile

    def run(self, id: str, steps: Sequence[Step]) -> Sequence[Result | None]:
        if self.fault and id == ERRORED:
            raise CaseError(self.hostile)
        if self.fault and id == SKIPPED:
            return [Result(skipped=f"no spaces: {self.hostile}", issue=ISSUE)] * len(steps)
        return super().run(id, steps)


def some(ids: Sequence[str] = CHOSEN) -> tuple[Vector, ...]:
    return tuple(vector for vector in vectors() if vector.id in ids)


def made(target: Target, known: dict[str, KnownFailure], **more: Any) -> Report:
    repeat = "runas-spec replay {} --target directory:make".format
    report = kit.conform(target, some(), reading=AGENT, known=known, repeat=repeat).report
    return msgspec.structs.replace(report, seconds=0.25, **more)


def ids_of(report: Report, *verdicts: Verdict) -> set[str]:
    return {case.id for case in report.cases if case.verdict in verdicts}
