"""Hollow laws: each law refutes a faulty specification in the run that proves it, and one that refutes none fails."""

import json
from pathlib import Path

import attrs
import pytest

from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS, Claim, Law
from runas_solver import hollow
from runas_solver.hollow import KEPT, Trials
from runas_solver.proofs import Verdict, prove_all
from thinned import thinned

SOME = ("without-tag-user-missing", "nobody-starts", "ssm-user-is-created-as-root", "principals-outlive-deletion")


def hollowed(law: Law) -> Law:
    """The law with the same premise, and nothing concluded."""
    return attrs.evolve(law, claim=lambda *subject, **values: Claim(law.claim(*subject, **values).premise, True))


def test_a_faulty_specification_is_kept_for_every_law() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))

    assert list(kept) == list(LAWS)
    assert {fault for fault, _ in kept.values()} <= set(FAULTY_SPECIFICATIONS)


def test_every_law_refutes_the_one_that_is_kept_for_it_with_a_counterexample() -> None:
    kept, trials = json.loads(KEPT.read_text(encoding="utf-8")), Trials()

    for law in LAWS.values():
        caught = trials.caught_by(law)
        assert caught is not None, law.id
        assert [caught.fault, caught.about] == kept[law.id]
        assert caught.counterexample.lines


@pytest.mark.parametrize("law", thinned(["tag-overrides-preference", "errors-are-true", "same-account"], 3))
def test_a_law_that_concludes_nothing_is_hollow(law: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hollow, "FAULTY_SPECIFICATIONS", {id: FAULTY_SPECIFICATIONS[id] for id in SOME})

    (proof,) = prove_all(laws=[hollowed(LAWS[law])])

    assert (proof.verdict, proof.holds, proof.caught) == (Verdict.HOLLOW, False, None)
    assert "refutes no faulty specification" in proof.detail


def test_where_the_kept_one_is_not_refuted_any_more_another_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hollow, "_table", lambda: {"no-fall-through": ["nobody-starts", "decision"]})
    monkeypatch.setattr(hollow, "FAULTY_SPECIFICATIONS", {id: FAULTY_SPECIFICATIONS[id] for id in SOME})

    caught = Trials().caught_by(LAWS["no-fall-through"])

    assert caught is not None
    assert caught.fault == "without-tag-user-missing"


def test_as_few_faulty_specifications_are_kept_as_will_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(hollow, "FAULTY_SPECIFICATIONS", {id: FAULTY_SPECIFICATIONS[id] for id in SOME})
    monkeypatch.setattr(hollow, "LAWS", {id: LAWS[id] for id in ("no-fall-through", "exactly-one-rule")})
    monkeypatch.setattr(hollow, "KEPT", tmp_path / "caught.json")

    hollow.main([])

    kept = json.loads((tmp_path / "caught.json").read_text())
    assert kept == {law: ["without-tag-user-missing", "decision"] for law in ("no-fall-through", "exactly-one-rule")}
    assert capsys.readouterr().out == "2 laws, 1 faulty specifications\n"


def test_a_law_for_which_none_can_be_kept_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(hollow, "FAULTY_SPECIFICATIONS", {id: FAULTY_SPECIFICATIONS[id] for id in SOME})
    monkeypatch.setattr(hollow, "LAWS", {"same-account": hollowed(LAWS["same-account"])})
    monkeypatch.setattr(hollow, "KEPT", tmp_path / "caught.json")

    with pytest.raises(SystemExit, match="hollow laws, which refute no faulty specification: same-account"):
        hollow.main([])
    assert not (tmp_path / "caught.json").exists()
