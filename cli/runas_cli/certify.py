"""`runas-spec certify`: every obligation as SMT-LIB 2 text, with a certificate that it is unsatisfiable."""

import argparse
import shutil
import time
from pathlib import Path

from runas_cli.exit_codes import ExitCode
from runas_cli.progress import counted, doing
from runas_cli.saying import say
from runas_model.inputs.records import InputError
from runas_properties.conformance.protocol.readable import shell_word
from runas_properties.conformance.reports.writable import check_writable, write_text
from runas_solver import checker
from runas_solver.certificates import CertificateNotFound, Certified, certified
from runas_solver.crosscheck import questions_of_laws
from runas_solver.kept import kept_certificates

__all__ = ["certify"]

CHECKER = "checker.py"
"""The checker's name in the folder, so that whoever is handed that needs nothing else."""


def certify(options: argparse.Namespace) -> int:
    """Write the files and a copy of the checker; 0 when every obligation has a certificate.

    Raises `InputError` for a folder that cannot be written, or where Z3 does not log a proof.
    """
    folder = Path(options.directory)
    check_writable(folder / CHECKER, folders=True)
    began = time.perf_counter()
    doing("writing the obligations")
    questions = list(questions_of_laws())
    written: list[Certified] = []
    try:
        for one in counted(certified(questions, kept_certificates()), "certificates", len(questions)):
            _write(folder, one)
            written.append(one)
        shutil.copyfile(checker.__file__, folder / CHECKER)
    except CertificateNotFound as error:
        raise InputError(f"{questions[len(written)].id}: {error}") from None
    except OSError as error:
        raise InputError(error.strerror or str(error), file=str(error.filename or folder)) from None
    refuted = [one.question.id for one in written if one.certificate is None]
    for id in refuted:
        say(f"refuted, so that there is no certificate: {id}")
    kept = sum(one.was_kept for one in written)
    holds = bool(written) and not refuted
    say(
        f"{'HOLDS' if holds else 'DOES NOT HOLD'}: {len(written) - len(refuted)} of {len(written)} obligations "
        f"certified, {kept} by certificates that were kept; {time.perf_counter() - began:.1f} s",
        f"check all: runas-spec check-proofs {shell_word(str(folder))}",
        f"check one: python {shell_word(str(folder / CHECKER))} OBLIGATION.smt2 CERTIFICATE.cert",
    )
    return ExitCode.HOLDS if holds else ExitCode.DOES_NOT_HOLD


def _write(folder: Path, one: Certified) -> None:
    """Write an obligation and its certificate; one that it no longer has is taken away."""
    path = folder / f"{one.question.id}.smt2"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, one.question.text)
    if one.certificate is None:
        path.with_suffix(".cert").unlink(missing_ok=True)
    else:
        write_text(path.with_suffix(".cert"), one.certificate)
