"""What a proof rests on: rules, guards and invariants."""

import pytest

from runas_model import RULEBOOK, Specification
from runas_properties.laws import LAWS
from runas_solver.cores import idle_invariants, rests_on, rests_on_all
from runas_solver.obligations import Obligations
from runas_solver.proofs import prove


@pytest.fixture(scope="module")
def bases() -> dict[str, list[str]]:
    """What each law rests on."""
    return rests_on_all()


@pytest.mark.parametrize(
    ("law", "needed"),
    [
        ("off-means-ssm-user", {"rule run-as-off"}),
        ("tags-belong-to-principals", {"invariant tags-belong-to-principals", "guard tag_principal: UnknownPrincipal"}),
        ("session-ids-are-never-reused", {"guard start_session: SessionIdUsed"}),
        (
            "settings-leave-sessions-alone",
            {"invariant running-sessions-were-started", "guard start_session: SessionIdUsed"},
        ),
    ],
)
def test_a_proof_tells_the_rules_guards_and_invariants_that_it_rests_on(
    law: str, needed: set[str], bases: dict[str, list[str]]
) -> None:
    assert needed <= set(bases[law])


def test_a_rule_that_a_law_rests_on_cannot_be_dropped(bases: dict[str, list[str]]) -> None:
    law = LAWS["no-fall-through"]
    needed = [label.removeprefix("rule ") for label in bases[law.id] if label.startswith("rule ")]
    broken = [
        rule for rule in needed if not prove(law, Specification([r for r in RULEBOOK if r.id != rule])).counterexample
    ]

    assert "tag-user-missing" in needed
    assert "tag-user-missing" not in broken


def test_every_invariant_is_rested_on_and_one_that_is_not_would_be_reported(bases: dict[str, list[str]]) -> None:
    assert idle_invariants(bases) == []
    assert [law.id for law in idle_invariants({})][:2] == ["session-was-justified", "same-account"]


def test_an_obligation_that_is_not_proved_rests_on_nothing() -> None:
    without = Obligations(Specification([rule for rule in RULEBOOK if rule.id != "run-as-off"]), tracked=True)

    with pytest.raises(ValueError, match="off-means-ssm-user/decision is not proved"):
        rests_on(without.obligation(LAWS["off-means-ssm-user"], "decision"))
