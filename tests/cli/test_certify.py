"""`runas-spec certify` and `check-proofs`: a folder that proves the specification without a solver."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError
from itertools import islice
from pathlib import Path

import pytest

from runas_cli import certify as command
from runas_cli import check_proofs
from runas_cli.main import main
from runas_solver.certificates import CertificateNotFound
from runas_solver.checker import heading
from runas_solver.crosscheck import Question, questions_of_laws
from runas_solver.kept import kept_certificates
from solver.asked import law_questions
from thinned import slow

SOME = "never-ssm-user/decision"


def certify(folder: Path, questions: Sequence[Question]) -> Path:
    """A folder in which `certify` has written obligations whose certificates are kept, so that none has to be made."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("runas_solver.certificates.certificate", None)
        patched.setattr(command, "questions_of_laws", lambda: iter(questions))
        assert main(["certify", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def few() -> list[Question]:
    """A few obligations, one of them `SOME`: to write all takes long."""
    return list(islice(questions_of_laws(), 5))


@pytest.fixture(scope="module")
def written(few: list[Question], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `certify` writes of a few obligations."""
    return certify(tmp_path_factory.mktemp("certified") / "new" / "folder", few)


@pytest.fixture(scope="module")
def all_written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `certify` writes of all obligations."""
    return certify(tmp_path_factory.mktemp("certified"), law_questions())


@pytest.fixture
def of_few(few: list[Question], monkeypatch: pytest.MonkeyPatch) -> int:
    """Let `check-proofs` check a few obligations alone; returns how many."""
    certificates = {question.id: kept_certificates()[question.id] for question in few}
    monkeypatch.setattr(check_proofs, "kept_certificates", lambda: certificates)
    return len(certificates)


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """A copy, in which a test may change what it likes."""
    return Path(shutil.copytree(written, tmp_path / "copy"))


def assert_is_whole(folder: Path, count: int, capsys: pytest.CaptureFixture[str]) -> None:
    files = [path.suffix for path in folder.rglob("*") if path.is_file()]

    assert (files.count(".smt2"), files.count(".cert"), files.count(".py")) == (count, count, 1)
    assert main(["check-proofs", str(folder)]) == 0
    assert (
        capsys.readouterr().out.splitlines()[-1].startswith(f"HOLDS: {count} of {count} obligations, as released with ")
    )


def test_every_obligation_is_written_with_a_certificate_and_the_checker(
    written: Path, of_few: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert_is_whole(written, of_few, capsys)


@slow
def test_every_obligation_of_the_laws_is_written_so(all_written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert_is_whole(all_written, len(kept_certificates()), capsys)


def test_the_checker_in_the_folder_needs_nothing_else(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "checker.py", f"{SOME}.smt2", f"{SOME}.cert"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert f"{SOME}.smt2: proved, by " in done.stdout


def questions(answer: str) -> Iterator[Question]:
    text = "(set-logic QF_UF)\n(declare-fun q () Bool)\n(assert (and q {}))\n(check-sat)\n"
    yield Question("law/holds", text.format("(not q)"), "unsat")
    yield Question("law/other", text.format(answer), "unsat")


def test_a_refuted_obligation_has_no_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "other.cert").write_text("of another day")
    monkeypatch.setattr(command, "questions_of_laws", lambda: questions("true"))

    assert main(["certify", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("refuted, so that there is no certificate: law/other\n")
    assert "DOES NOT HOLD: 1 of 2 obligations certified, 0 by certificates that were kept" in out
    assert sorted(path.name for path in (tmp_path / "law").iterdir()) == ["holds.cert", "holds.smt2", "other.smt2"]


def test_a_proof_that_z3_does_not_log_is_an_error_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def not_logged(text: str) -> str:
        raise CertificateNotFound("Z3 0.0 does not log how it proves the obligation")

    monkeypatch.setattr(command, "questions_of_laws", lambda: questions("true"))
    monkeypatch.setattr("runas_solver.certificates.certificate", not_logged)

    assert main(["certify", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "runas-spec: law/holds: Z3 0.0 does not log how it proves the obligation\n"


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_written_is_an_error_before_the_work(
    tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")

    assert main(["certify", str(tmp_path / place)]) == 2
    assert capsys.readouterr().err.startswith(f"runas-spec: {tmp_path / 'file'}")


def test_an_obligation_that_is_missing_fails(folder: Path, of_few: int, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / f"{SOME}.cert").unlink()

    assert main(["check-proofs", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert f"  missing: {SOME}: no {folder / SOME}.cert" in lines
    assert lines[-1].startswith(f"DOES NOT HOLD: {of_few - 1} of {of_few} obligations, as released with ")


@pytest.mark.usefixtures("of_few")
def test_it_is_said_which_version_is_proved_and_that_the_code_was_not_read(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check_proofs, "version", lambda name: {"runas-spec": "7.8"}[name])
    assert main(["check-proofs", str(written)]) == 0
    *_, of_the_code, verdict = capsys.readouterr().out.splitlines()

    assert "obligations, as released with runas-spec 7.8, are proved by " in verdict
    assert of_the_code.startswith("the code at hand was not read: verify proves what it exports")


@pytest.mark.usefixtures("of_few")
def test_a_package_that_is_not_installed_has_no_version(
    written: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def not_installed(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(check_proofs, "version", not_installed)

    assert main(["check-proofs", str(written), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["holds"], report["released_with"]) == (True, "runas-spec")


@pytest.mark.usefixtures("of_few")
def test_a_proof_of_another_obligation_than_was_released_fails(folder: Path) -> None:
    text = "(assert false)\n(check-sat)\n"
    (folder / f"{SOME}.smt2").write_text(text)
    (folder / f"{SOME}.cert").write_text(f"{heading(text)}\n0\n")

    assert main(["check-proofs", str(folder)]) == 1


@pytest.mark.usefixtures("of_few")
def test_a_certificate_that_proves_nothing_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / f"{SOME}.cert"
    path.write_text(f"{path.read_text().splitlines()[0]}\n0\n")

    assert main(["check-proofs", str(folder)]) == 1
    assert (
        f"  unproved: {SOME}: line 2 of the certificate does not follow by unit propagation" in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "another version, or none"),
        (b"\xc3\xa4", "not ASCII"),
        (b"runas-spec certificate 2 \n0\n", "another version, or none"),
        (b"0\n" * 10_000_000, "longer than 4,000,000 characters"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_what_is_no_certificate_is_unreadable(
    folder: Path,
    content: bytes,
    told: str,
    as_json: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (folder / f"{SOME}.cert").write_bytes(content)
    monkeypatch.setattr(check_proofs, "kept_certificates", lambda: {SOME: kept_certificates()[SOME]})

    assert main(["check-proofs", str(folder), *(["--json"] if as_json else [])]) == 2
    out = capsys.readouterr().out
    if as_json:
        report = json.loads(out)
        (one,) = [one for one in report["obligations"] if one["status"] != "proved"]
        assert (report["holds"], one["id"], one["status"]) == (False, SOME, "unreadable")
        assert told in one["detail"]
    else:
        (line,) = [line for line in out.splitlines() if line.startswith("  unreadable: ")]
        assert told in line


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-proofs", str(tmp_path / "nowhere")]) == 2
    assert capsys.readouterr().err == f"runas-spec: {tmp_path / 'nowhere'}: no such folder\n"


@pytest.mark.parametrize("command", ["check-proofs", "certify"])
def test_a_name_that_is_too_long_is_an_error_in_a_line(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "a" * 5000]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("runas-spec: aaa")
    assert (captured.out, captured.err.count("\n")) == ("", 1)


def no_regular_file(path: Path, kind: str) -> None:
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "link to a pipe":
            os.mkfifo(path.with_suffix(".pipe"))
            path.symlink_to(path.with_suffix(".pipe"))
        case "folder":
            path.mkdir()
        case "device":
            path.symlink_to("/dev/zero")
        case "link to itself":
            path.symlink_to(path)


@pytest.mark.parametrize("suffix", [".smt2", ".cert"])
@pytest.mark.parametrize("kind", ["pipe", "link to a pipe", "folder", "device", "link to itself"])
def test_what_is_no_regular_file_is_unreadable_and_not_waited_for(
    kind: str, suffix: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / f"{SOME}{suffix}"
    path.unlink()
    no_regular_file(path, kind)
    monkeypatch.setattr(check_proofs, "kept_certificates", lambda: {SOME: kept_certificates()[SOME]})

    assert main(["check-proofs", str(folder)]) == 2
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  unreadable: ")]
    told = "Too many levels of symbolic links" if kind == "link to itself" else "no regular file"
    assert line == f"  unreadable: {SOME}: {path}: {told}"


@pytest.mark.usefixtures("of_few")
def test_a_link_to_a_certificate_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / f"{SOME}.cert"
    path.rename(folder / "elsewhere")
    path.symlink_to(folder / "elsewhere")

    assert main(["check-proofs", str(folder)]) == 0
    assert "\nHOLDS: " in capsys.readouterr().out


@slow
def test_checking_loads_no_solver(all_written: Path) -> None:
    program = (
        "import sys; from runas_cli.main import main; code = main(['check-proofs', sys.argv[1]]);"
        "sys.exit(code or 'z3' in sys.modules or 'cvc5' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, all_written], capture_output=True, timeout=60, check=False)

    assert done.returncode == 0
