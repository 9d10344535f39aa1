"""The words of the laws and their titles, held to the laws' functions by the solver."""

import attrs
import pytest

from runas_model import Reading, Situation, Specification
from runas_model.specification.rulebook import run_as_applies
from runas_model.universes import not_
from runas_model.words.terms import MEANINGS
from runas_properties.laws import LAWS, Claim, Law
from runas_solver.obligations import Obligations
from runas_solver.wording import misworded, overstated
from thinned import thinned

OBLIGATIONS = Obligations()


@pytest.mark.parametrize("law", thinned(LAWS.values(), 5), ids=lambda law: law.id)
def test_no_title_says_more_than_its_law(law: Law) -> None:
    assert "\n\n".join(overstated(law, law.words, OBLIGATIONS)) == ""


@pytest.mark.parametrize("law", thinned(LAWS.values(), 5), ids=lambda law: law.id)
def test_the_words_of_a_law_are_exactly_what_it_says(law: Law) -> None:
    assert "\n\n".join(misworded(law, law.words, OBLIGATIONS)) == ""


def test_a_title_without_where_run_as_applies_is_told_to_say_more_with_a_situation_that_shows_it() -> None:
    law = LAWS["never-ssm-user"]

    def claim(by: Specification, s: Situation, r: Reading) -> Claim:
        decision = by.decide(s, r)
        return Claim(decision.starts, not_(decision.os_user == "ssm-user"))

    (told,) = overstated(law, attrs.evolve(law, claim=claim).words, OBLIGATIONS)

    says, title, of, situation, remedy = told.splitlines()
    assert says == "The title of the law never-ssm-user says more than the law, about decision."
    assert title == "  title: Where the session starts, the session does not run as ssm-user."
    assert of == "  It speaks of this too, of which the law says nothing:"
    assert situation.startswith("    Run As off, not tagged, ")
    assert situation.endswith(": started as ssm-user by run-as-off")
    assert remedy == "  Make the title from the whole premise of the law."


def test_a_premise_that_is_said_in_other_words_says_no_more() -> None:
    law = LAWS["off-means-ssm-user"]
    never_applies = attrs.evolve(
        law, claim=lambda by, s, r: Claim(not_(run_as_applies(s, r)), law.claim(by, s, r).conclusion)
    )

    assert list(overstated(never_applies, law.words, OBLIGATIONS)) == []
    assert list(overstated(law, never_applies.words, OBLIGATIONS)) != []


def test_words_that_take_one_connective_for_another_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    law = LAWS["tag-serves-the-tagged"]
    monkeypatch.setitem(MEANINGS, "all", MEANINGS["any"])

    (told,) = misworded(law, law.words, OBLIGATIONS)

    assert told.startswith("The words of the law tag-serves-the-tagged are not what it says, about decision:\n")
