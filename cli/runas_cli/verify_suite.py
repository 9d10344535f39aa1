"""The report of `runas-spec verify` as JUnit XML: a test case for each law, and for each thing shown besides."""

from collections.abc import Iterable, Iterator

from runas_cli.besides import Besides
from runas_cli.check_report import NO_ROW
from runas_properties.conformance.reports.suites import Entry, suite_as_xml
from runas_properties.oracle.recorded import Report
from runas_solver.crosscheck import Question
from runas_solver.gallery import Conviction
from runas_solver.proofs import Proof, Verdict
from runas_solver.uniqueness import Determined

__all__ = ["verify_suite"]

RECORDED = "recorded.amazon-ssm-agent"


def verify_suite(
    proofs: Iterable[Proof],
    besides: Besides,
    recorded: Report,
    convictions: Iterable[Conviction],
    asked: Iterable[tuple[Question, str]],
    holds: bool,
    seconds: float,
) -> str:
    """All that `verify` says as one suite; `asked` are obligations with the answers of cvc5, `holds` is the verdict.

    What a solver did not know is an error, and what does not hold a failure.
    """
    entries = [
        *map(_of_law, proofs),
        *_of_besides(besides),
        *_of_recorded(recorded),
        *map(_of_fault, convictions),
        *(_of_question(question, answer) for question, answer in asked),
        _of_complaints("run", "all of it holds", [] if holds else ["DOES NOT HOLD"]),
    ]
    return suite_as_xml("runas-spec verify", entries, {}, seconds)


def _of_law(proof: Proof) -> Entry:
    law, seconds = proof.law, proof.milliseconds / 1000
    classname = f"law.{law.kind.value}"
    if proof.holds:
        return Entry(classname, law.id, output=law.title, seconds=seconds)
    story = proof.counterexample.lines if proof.counterexample else []
    told = "\n".join((law.title, *law.words.lines(), *filter(None, [proof.detail]), *story))
    unknown = proof.verdict is Verdict.UNDETERMINED
    return Entry(
        classname,
        law.id,
        "error" if unknown else "failure",
        proof.verdict.value,
        told,
        "" if unknown else proof.verdict.value,
        seconds=seconds,
    )


def _of_besides(besides: Besides) -> Iterator[Entry]:
    yield from map(_of_determined, besides.determined)
    compiled = besides.compiled
    verdict = "" if compiled.holds else f"{compiled.verdict.value} {compiled.detail}".rstrip()
    yield _of_complaints("kept", "the decision as it is compiled", [verdict] if verdict else [])
    yield _of_complaints("kept", "readings, profiles and their clauses", besides.wrong)
    traces = besides.replayed if besides.traces else ["there are none"]
    yield _of_complaints("kept", "traces applied again", traces)
    vectors = besides.stale if besides.vectors else ["there are none"]
    yield _of_complaints("kept", "vectors decided again", vectors)


def _of_determined(one: Determined) -> Entry:
    if one.holds:
        return Entry("determined", one.about)
    unknown = one.verdict is Verdict.UNDETERMINED
    message = f"{one.verdict.value}: the laws leave open {', '.join(one.open) or 'what cannot be told apart'}"
    return Entry("determined", one.about, "error" if unknown else "failure", message)


def _of_recorded(report: Report) -> Iterator[Entry]:
    for kind in report.groups:
        yield _of_complaints(RECORDED, kind, [NO_ROW] if kind in report.stale else [])
    unexplained = [departure.story for departure in report.unexplained_first]
    unreadable = [row.told for row in report.unreadable_first]
    yield _of_complaints(RECORDED, "every departure is explained", unexplained)
    yield _of_complaints(RECORDED, "every row can be read", unreadable)
    yield _of_complaints(RECORDED, "some row is compared", [] if report.compared else ["no row could be compared"])


def _of_fault(conviction: Conviction) -> Entry:
    classname = "faulty-specification"
    if conviction.settled:
        return Entry(classname, conviction.fault, output=conviction.title)
    if conviction.undetermined:
        message = f"undetermined: {', '.join(conviction.undetermined)}"
        return Entry(classname, conviction.fault, "error", message, conviction.title)
    message = "neither caught by a law nor proved equivalent"
    return Entry(classname, conviction.fault, "failure", message, conviction.title)


def _of_question(question: Question, answer: str) -> Entry:
    if answer == question.expected:
        return Entry("cvc5", question.id)
    return Entry("cvc5", question.id, "failure", f"Z3 says {question.expected}, cvc5 {answer}")


def _of_complaints(classname: str, name: str, complaints: Iterable[str]) -> Entry:
    message, *more = [*complaints, ""]
    if not message:
        return Entry(classname, name)
    return Entry(classname, name, "failure", message.splitlines()[0], "\n".join([*message.splitlines()[1:], *more]))
