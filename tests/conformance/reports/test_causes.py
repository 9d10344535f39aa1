"""Failures by cause: few groups, of which each is true of all that is in it."""

from collections.abc import Mapping

import msgspec
import pytest

from conformance.reports.ten_cases import Target
from runas_model import AGENT
from runas_properties.conformance import kit
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.causes import DIAGNOSES, NO_CAUSE, Cause, causes
from runas_properties.conformance.reports.report import Report
from runas_properties.conformance.vectors.vector import FLAGS
from thinned import slow

FOUND: Mapping[str, str] = {
    "folds-case": "names that differ in case are taken for one",
    "truncates-at-32": "names are cut, or compared in part",
    "decodes-entities": "names are decoded",
    "refuses-uid-1000": "a uid or gid at a boundary is taken for another",
    "ignores-that-run-as-is-off": "Run As counts although it is off",
    "falls-back-to-ssm-user": "expected refused (os-user-missing) by tag-user-missing, got started",
    "deregistering-ends-all-sessions": "the law settings-leave-sessions-alone is broken",
    "keeps-os-users": "the law os-users-are-on-instances is broken",
}
"""The cause of most failures of faulty implementations."""
THINNED = ("folds-case",)


def report_of(fault: str) -> Report:
    return kit.conform(Target(fault), kit.chosen(), reading=AGENT).report


def found(report: Report) -> list[Cause]:
    return causes(report.failures, report.cases)


@pytest.mark.parametrize("fault", [pytest.param(one, marks=() if one in THINNED else slow) for one in FOUND])
def test_most_failures_of_a_faulty_implementation_have_the_cause_that_it_has(fault: str) -> None:
    report = report_of(fault)
    first, *others = found(report)

    assert first.text == FOUND[fault]
    assert len(first.cases) > len(report.failures) / 2
    assert len(others) < 6
    assert sorted(case.id for cause in (first, *others) for case in cause.cases) == sorted(
        case.id for case in report.failures
    )


def test_a_flag_in_common_is_true_of_each_case_and_counted_among_all_that_have_it(mixed: Report) -> None:
    for cause in found(mixed):
        if cause.flag:
            assert all(cause.flag in case.flags for case in cause.cases)
            assert cause.of == max(sum(cause.flag in case.flags for case in mixed.cases), len(cause.cases))


def test_where_few_cases_with_a_flag_fail_the_purpose_is_told_and_nothing_is_diagnosed(mixed: Report) -> None:
    failed = msgspec.structs.replace(mixed.failures[0], level="decision", rule="rule-1", flags=("white-space",))
    other = msgspec.structs.replace(failed, id="other", rule="rule-2", flags=("case",))
    passed = [msgspec.structs.replace(failed, id=str(at), verdict=Verdict.PASSED) for at in range(9)]
    few, others = causes([failed, other, other], [failed, other, other, *passed])[::-1]

    assert few.text == FLAGS["white-space"].rstrip(".")
    assert (few.flag, few.of, len(few.cases)) == ("white-space", 10, 1)
    assert others.text == DIAGNOSES["case"]


def test_cases_without_an_answer_are_together_by_what_was_said(mixed: Report) -> None:
    failed = msgspec.structs.replace(mixed.failures[0], verdict=Verdict.ERRORED, flags=("case",))
    late = [msgspec.structs.replace(failed, id=f"late-{at}", detail="no answer in 10 s") for at in range(3)]
    broken = [msgspec.structs.replace(failed, id=f"b-{at}", detail=f"KeyError: '{at}'") for at in range(2)]

    assert [(cause.text, len(cause.cases)) for cause in causes([*late, *broken], [*late, *broken])] == [
        ("no answer in 10 s", 3),
        ("KeyError", 2),
    ]


def test_reasons_in_words_of_their_own_make_no_groups(mixed: Report) -> None:
    failed = msgspec.structs.replace(
        mixed.failures[0], level="decision", flags=(), detail="", expected="started as 'alice'"
    )
    cases = [msgspec.structs.replace(failed, id=str(at), got=f"refused (no such user {at})") for at in range(3)]

    (cause,) = causes(cases, cases)
    assert cause.text == f"expected started by {failed.rule}, got refused"


def test_every_flag_with_a_diagnosis_is_one_and_no_other_stands_for_a_cause() -> None:
    assert DIAGNOSES.keys() <= FLAGS.keys()
    assert {*NO_CAUSE} <= FLAGS.keys()
    assert not DIAGNOSES.keys() & {*NO_CAUSE}


def test_no_failures_have_no_cause(passing: Report) -> None:
    assert causes([], passing.cases) == []
