"""How the faulty specifications fared is kept: of each, and nothing that is not settled or that cvc5 does not see."""

from pathlib import Path

import attrs
import pytest

from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_solver import trials
from runas_solver.gallery import Conviction, convict
from runas_solver.trials import kept_convictions, write_convictions
from thinned import slow

SOME = ("without-run-as-off", "nobody-named-asks")


@pytest.fixture(scope="module")
def convictions() -> list[Conviction]:
    """Of one that a law convicts, and of one that is equivalent."""
    return [convict(fault) for fault in SOME]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where it would be kept how two fared, if there were no more."""
    monkeypatch.setattr(trials, "FAULTY_SPECIFICATIONS", {id: FAULTY_SPECIFICATIONS[id] for id in SOME})
    monkeypatch.setattr(trials, "files", lambda _: tmp_path)
    kept_convictions.cache_clear()
    return tmp_path / "convictions.json"


@pytest.fixture(autouse=True)
def _forgotten() -> object:
    yield
    kept_convictions.cache_clear()


def test_every_law_convicts_a_faulty_specification_and_each_is_convicted_or_equivalent() -> None:
    kept = kept_convictions()

    assert {law for one in kept.values() for law in one.laws} == set(LAWS)
    assert [one.fault for one in kept.values() if not one.settled or bool(one.laws) == one.equivalent] == []
    assert all(bool(one.story) == bool(one.laws) for one in kept.values())


@slow
def test_what_is_written_is_what_is_read(convictions: list[Conviction], few: Path) -> None:
    assert write_convictions(convictions, few) == 2

    assert list(kept_convictions().values()) == convictions
    assert len(few.read_text("utf-8").splitlines()) == 4


@slow
def test_what_is_not_settled_is_not_kept(convictions: list[Conviction], few: Path) -> None:
    one, other = convictions
    with pytest.raises(ValueError, match=r"^neither convicted nor equivalent: without-run-as-off$"):
        write_convictions([attrs.evolve(one, undetermined=("a/decision",)), other], few)

    assert not few.exists()


def test_what_cvc5_does_not_refute_is_not_kept(
    convictions: list[Conviction], few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "ask_cvc5", lambda question: "unknown")
    with pytest.raises(ValueError, match=r"^cvc5 and Z3 differ on without-run-as-off/"):
        write_convictions(convictions, few)

    assert not few.exists()


def test_a_faulty_specification_of_which_nothing_is_kept_is_told(convictions: list[Conviction], few: Path) -> None:
    write_convictions(convictions[:1], few)

    with pytest.raises(LookupError, match="make renew"):
        kept_convictions()
