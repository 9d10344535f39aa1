"""`runas-spec verify`: the laws proved, what they determine, and a real agent's recorded decisions checked."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from runas_cli.besides import besides, first_wrong
from runas_cli.check_report import report_lines, short_report_lines
from runas_cli.exit_codes import ExitCode
from runas_cli.layout import columns
from runas_cli.progress import counted, doing
from runas_cli.proof_report import (
    Details,
    as_data,
    conviction_lines,
    detail_lines,
    heading,
    proof_lines,
    strength_lines,
)
from runas_cli.reporting import report_paths
from runas_cli.saying import say as show
from runas_cli.trust_report import trusted_base_lines
from runas_cli.verify_suite import verify_suite
from runas_model.inputs.records import InputError
from runas_properties.conformance.reports.writable import check_writable, write_text
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_properties.oracle.recorded import check_agent
from runas_solver.asking import RLIMIT
from runas_solver.cores import rests_on_all
from runas_solver.crosscheck import Question, ask_cvc5, questions_of_faults, questions_of_laws, write_smt2
from runas_solver.gallery import Conviction, convict_all
from runas_solver.implied import implied_laws
from runas_solver.proofs import Proof, prove_all
from runas_solver.weight import weigh

__all__ = ["verify"]

Say = Callable[..., None]


def verify(options: argparse.Namespace) -> int:
    """Print the report; 0 only if all is proved and explained, and what is kept is as it should be."""
    paths = _prepare(options)
    say: Say = _silent if options.json == "-" else _print
    began = time.perf_counter()
    doing("reading laws and rules")
    if options.fail_fast and (wrong := first_wrong()):
        say(f"DOES NOT HOLD: {wrong}; the rest was not asked")
        return ExitCode.DOES_NOT_HOLD
    say(heading())
    proofs: list[Proof] = []
    for proof in counted(prove_all(rlimit=options.rlimit or RLIMIT), "laws", len(LAWS)):
        proofs.append(proof)
        say(*proof_lines(proof, columns()))
        if options.fail_fast and not proof.holds:
            say("", f"DOES NOT HOLD: {proof.law.id}; the rest was not asked")
            return ExitCode.DOES_NOT_HOLD
    doing("weighing the obligations")
    weights = weigh(one.obligation for proof in proofs for one in proof.discharged)
    say("", *strength_lines(proofs, weights))
    doing("proving that the laws leave no choice, and deciding the kept vectors again")
    others = besides(options.rlimit or RLIMIT)
    say(*others.lines(options.details))
    doing("checking recorded decisions")
    report = check_agent()
    recorded = report_lines(report) if options.details else short_report_lines(report, columns())
    say("", "amazon-ssm-agent 3.3 under the reading agent:", *recorded)
    proved = sum(proof.holds for proof in proofs)
    holds = bool(proofs) and proved == len(proofs) and others.holds and report.holds
    details = Details(weights=weights)
    if holds and (options.details or options.json or "json" in paths):
        doing("finding what each proof depends on")
        details.rests_on, details.implied = rests_on_all(), implied_laws()
    if options.details:
        say("", *detail_lines(proofs, details))
        say("", *trusted_base_lines(details.weights))
    if options.details or options.cross_check or options.smt2:
        trials = counted(convict_all(), "faulty specifications", len(FAULTY_SPECIFICATIONS))
        details.convictions = list(trials)
        holds &= all(conviction.settled for conviction in details.convictions)
        say("", *conviction_lines(details.convictions, matrix=options.details))
    asked: list[tuple[Question, str]] = []
    if options.cross_check or options.smt2:
        asked = _second_opinion(options, details.convictions, say)
        holds &= bool(asked or not options.cross_check)
        holds &= all(answer == question.expected for question, answer in asked)
    seconds = time.perf_counter() - began
    if options.json or "json" in paths:
        data = as_data(proofs, details, others.as_data(), report, holds, seconds)
        _write_json(json.dumps(data, indent=2, ensure_ascii=False) + "\n", options.json, paths.get("json"))
    if "junit" in paths:
        write_text(paths["junit"], verify_suite(proofs, others, report, details.convictions, asked, holds, seconds))
    obligations = sum(len(proof.discharged) for proof in proofs)
    say(
        "",
        f"{'HOLDS' if holds else 'DOES NOT HOLD'}: {proved} of {len(proofs)} laws proved under every reading, by "
        f"{obligations} obligations and rlimit {sum(proof.rlimit for proof in proofs):,}; "
        f"{report.rows:,} recorded decisions, {report.unexplained} unexplained; {seconds:.1f} s",
    )
    return ExitCode.HOLDS if holds else ExitCode.DOES_NOT_HOLD


def _write_json(text: str, file: str | None, path: Path | None) -> None:
    if file == "-":
        sys.stdout.write(text)
    elif file:
        write_text(Path(file), text)
    if path:
        write_text(path, text)


def _second_opinion(options: argparse.Namespace, convictions: list[Conviction], say: Say) -> list[tuple[Question, str]]:
    """Write the obligations, ask cvc5, or both; the answers of cvc5, where it is asked."""
    questions = [*questions_of_laws(), *questions_of_faults(convictions)]
    if options.smt2:
        try:
            say("", f"{write_smt2(Path(options.smt2), questions)} obligations written to {options.smt2}")
        except OSError as error:
            raise InputError(error.strerror or str(error), file=options.smt2) from None
    if not options.cross_check:
        return []
    began = time.perf_counter()
    answers = [ask_cvc5(question) for question in counted(questions, "obligations to cvc5", len(questions))]
    seconds = time.perf_counter() - began
    told = ", ".join(f"{count} {answer}" for answer, count in sorted(Counter(answers).items()))
    asked = list(zip(questions, answers, strict=True))
    differing = [(question, answer) for question, answer in asked if answer != question.expected]
    say("", f"cvc5: {len(asked)} obligations, {told}; {len(differing)} other than Z3; {seconds:.1f} s")
    say(*(f"  {question.id}: Z3 says {question.expected}, cvc5 {answer}" for question, answer in differing))
    return asked


def _prepare(options: argparse.Namespace) -> dict[str, Path]:
    """Fail before the work, not after it. Returns the files of `--report`, by format."""
    for option in ("json", "report"):
        if options.fail_fast and getattr(options, option):
            raise InputError(f"--fail-fast ends before there is a whole report: leave out --{option}")
    if options.cross_check:
        try:
            import cvc5  # noqa: F401
        except ImportError:
            raise InputError("--cross-check needs cvc5: pip install 'runas-spec[cross-check]'") from None
    if options.smt2:
        check_writable(Path(options.smt2) / "index.json", folders=True)
    if options.json and options.json != "-":
        check_writable(Path(options.json))
    return report_paths(options.report, ("junit", "json"))


def _print(*lines: str) -> None:
    if lines:
        show(*lines)
        sys.stdout.flush()


def _silent(*lines: str) -> None:
    """The report goes to standard output as JSON alone."""
