"""The certificates that travel with this version: of every obligation, none stale, all accepted, and none too long."""

import subprocess
import sys
from pathlib import Path

import pytest

from runas_solver import kept
from runas_solver.certificates import certified
from runas_solver.checker import check
from runas_solver.crosscheck import Question
from runas_solver.kept import KEPT, is_for, kept_certificates, write_kept
from solver.asked import law_questions
from thinned import slow

RENEW = "make renew"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {question.id: question.text for question in law_questions()}


def test_every_obligation_has_a_certificate_of_its_text(texts: dict[str, str]) -> None:
    stale = [id for id, text in texts.items() if not is_for(kept_certificates().get(id, ""), text)]

    assert stale == [], RENEW
    assert kept_certificates().keys() - texts == set(), RENEW


def test_the_checker_accepts_all(texts: dict[str, str]) -> None:
    lines = [check(text, kept_certificates()[id]) for id, text in texts.items()]

    assert len(lines) > 200
    assert sum(count > 1 for count in lines) > 100


def test_they_are_small() -> None:
    assert Path(kept.__file__).with_name(KEPT).stat().st_size < 300 * len(kept_certificates())


@slow
def test_renewing_what_is_not_stale_writes_the_same_bytes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "runas_solver.certificates", str(tmp_path / KEPT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)

    assert f"{len(kept_certificates())} certificates, of which 0 are new" in done.stdout
    assert (tmp_path / KEPT).read_bytes() == Path(kept.__file__).with_name(KEPT).read_bytes()


def test_what_is_written_depends_on_the_certificates_alone(tmp_path: Path) -> None:
    backwards = dict(reversed([*kept_certificates().items()]))
    write_kept(backwards, tmp_path / KEPT)

    assert (tmp_path / KEPT).read_bytes() == Path(kept.__file__).with_name(KEPT).read_bytes()


def test_a_kept_certificate_is_used_if_it_is_for_the_text_and_accepted(texts: dict[str, str]) -> None:
    id = "never-ssm-user/decision"
    good = kept_certificates()[id]
    changed = Question(id, texts[id].replace("(check-sat)", "; changed\n(check-sat)"), "unsat")
    broken = {id: good.replace("\n0\n", "\n1 0\n")}
    useless = {id: "\n".join([good.split("\n")[0], "0", ""])}

    (same,) = certified([Question(id, texts[id], "unsat")], kept_certificates())
    others = [*certified([changed], kept_certificates())]
    others += [one for bad in (broken, useless, {}) for one in certified([Question(id, texts[id], "unsat")], bad)]

    assert (same.certificate, same.was_kept) == (good, True)
    for other in others:
        assert not other.was_kept
        assert check(other.question.text, other.certificate or "") > 1
