"""The laws, tested on values that Hypothesis draws."""

from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings

from runas_model import RULEBOOK, SPECIFICATION, Specification
from runas_model.words import evaluate
from runas_properties.laws import LAWS, Kind, Law, laws_of
from runas_properties.stateful.strategies import value_of, values_of
from thinned import thinned


@pytest.mark.parametrize("law", thinned(laws_of(Kind.DECISION, Kind.COMPARISON), 4), ids=lambda law: law.id)
def test_the_law_holds_of_the_oracle_its_words_say_the_same_and_its_premise_is_met(law: Law) -> None:
    examples = premises = 0
    said = law.words.said[""]

    @given(values_of(law))
    def holds(values: dict[str, Any]) -> None:
        nonlocal examples, premises
        claim, known = law.claim(SPECIFICATION, **values), {"by": SPECIFICATION, **values}
        examples, premises = examples + 1, premises + claim.premise
        event(f"premise {claim.premise}")
        assert claim.holds, law.title
        assert (claim.premise, claim.conclusion) == (evaluate(said.premise, known), evaluate(said.conclusion, known))

    holds()

    assert premises > examples / 50, "steer `values_of` to what meets the law's premise"


@pytest.mark.parametrize("dropped", thinned([rule.id for rule in RULEBOOK], 3))
def test_hypothesis_convicts_a_rulebook_without_a_rule(dropped: str) -> None:
    without = Specification([rule for rule in RULEBOOK if rule.id != dropped])
    law = LAWS["exactly-one-rule"]

    @settings(max_examples=2000, database=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False)
    @given(value_of(law.variables["s"]), value_of(law.variables["r"]))
    def holds(s: object, r: object) -> None:
        assert law.claim(without, s, r).holds, law.title

    with pytest.raises(AssertionError, match="The rule that decides is the first that matches"):
        holds()
