"""`runas-spec verify`: every law proved, and a real agent's recorded decisions checked."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from runas_cli.check import report_lines
from runas_model.readings import AGENT
from runas_model.records import InputError, read_recorded
from runas_properties.laws import LAWS
from runas_properties.recorded import AGENT_DECISIONS, AGENT_KNOWN, Report, check, read_known
from runas_solver.proofs import RLIMIT, Proof, prove_all

__all__ = ["verify"]


def verify(options: argparse.Namespace) -> int:
    """Print the report; 0 only if every law is proved, with a witness, and the recorded decisions are explained."""
    to_stdout = options.json == "-"
    if options.json and not to_stdout:
        _writable(options.json)
    began = time.perf_counter()
    proofs = []
    width = max(map(len, LAWS))
    if not to_stdout:
        print(f"{'law':{width}}  verdict       time     readings  witness of the premise")
    for law, proof in zip(LAWS.values(), _with_progress(prove_all(rlimit=options.rlimit or RLIMIT)), strict=True):
        proofs.append(proof)
        if not to_stdout:
            print("\n".join(_lines(law.title, proof, width)), flush=True)
    report = check(read_recorded(AGENT_DECISIONS), AGENT, read_known(AGENT_KNOWN))
    proved = sum(proof.holds for proof in proofs)
    holds = bool(proofs) and proved == len(proofs) and report.holds
    seconds = time.perf_counter() - began
    if options.json:
        text = json.dumps(_as_data(proofs, report, holds, seconds), indent=2, ensure_ascii=False) + "\n"
        if to_stdout:
            sys.stdout.write(text)
        else:
            Path(options.json).write_text(text, encoding="utf-8")
    if not to_stdout:
        print()
        print("amazon-ssm-agent 3.3 under the reading agent:")
        print("\n".join(report_lines(report)))
        print()
        print(
            f"{'HOLDS' if holds else 'DOES NOT HOLD'}: {proved} of {len(proofs)} laws proved under every reading, "
            f"{report.rows} recorded decisions, {report.unexplained} unexplained, {seconds:.1f} s"
        )
    return 0 if holds else 1


def _with_progress(proofs: Any) -> Iterator[Proof]:
    shown = sys.stderr.isatty() and not sys.stdout.isatty()
    for number, proof in enumerate(proofs, 1):
        if shown:
            print(f"\r{number} of {len(LAWS)} laws", end="", file=sys.stderr, flush=True)
        yield proof
    if shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _lines(title: str, proof: Proof, width: int) -> Iterator[str]:
    example = proof.witness.story if proof.witness else ""
    yield f"{proof.law.id:{width}}  {proof.verdict:12}  {proof.milliseconds:4.0f} ms  {proof.readings:8}  {example}"
    if not proof.holds:
        yield f"  the law: {title}"
        yield f"  {proof.counterexample.story if proof.counterexample else proof.detail}"


def _as_data(proofs: list[Proof], report: Report, holds: bool, seconds: float) -> dict[str, Any]:
    return {
        "holds": holds,
        "seconds": seconds,
        "laws": [
            {
                "id": proof.law.id,
                "title": proof.law.title,
                "kind": proof.law.kind.value,
                "clauses": list(proof.law.clauses),
                "verdict": proof.verdict,
                "readings": proof.readings,
                "milliseconds": proof.milliseconds,
                "rlimit": proof.rlimit,
                "witness": proof.witness.story if proof.witness else None,
                "counterexample": proof.counterexample.story if proof.counterexample else None,
                "detail": proof.detail,
            }
            for proof in proofs
        ],
        "recorded": report.as_data(),
    }


def _writable(path: str) -> None:
    """Fail before the work, not after it."""
    try:
        with open(path, "a", encoding="utf-8"):
            pass
    except OSError as error:
        raise InputError(error.strerror or str(error), file=path) from None
