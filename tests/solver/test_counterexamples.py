"""Counterexamples: the smallest there is, replayed, and told so that a stranger understands."""

import re
from pathlib import Path

import pytest

from golden import assert_golden
from runas_model import RULEBOOK, Specification, situation
from runas_model.specification.vocabulary import Situation
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_solver.decoding import Decoder
from runas_solver.gallery import convict
from runas_solver.obligations import Obligations
from runas_solver.proofs import discharge, prove
from thinned import thinned

GOLDEN = Path(__file__).parent / "golden"
TOLD = (
    "without-tag-user-missing",
    "without-run-as-off",
    "tag-user-missing-gives-ssm-user",
    "fact-12-sure",
    "tags-outlive-principals",
    "sessions-outlive-instances",
    "preferences-reach-sessions",
    "session-ids-are-reused",
    "refusals-create-the-named-user",
    "one-tag-serves-all",
)


@pytest.mark.parametrize("fault", thinned(TOLD, 5))
def test_the_story_of_a_fault_is_the_golden_one(fault: str) -> None:
    found = convict(fault)
    law, about = next(iter(found.laws.items()))
    told = f"{found.title}\n\nbreaks {law}, about {', '.join(about)}:\n{found.story}\n"

    assert_golden(GOLDEN / f"{fault}.txt", told)


def test_every_golden_file_is_compared() -> None:
    assert {f"{fault}.txt" for fault in TOLD} == {path.name for path in GOLDEN.iterdir()}


def test_a_dropped_tag_rule_is_told_in_the_vocabulary_of_the_model() -> None:
    specification = FAULTY_SPECIFICATIONS["without-tag-user-missing"].specification
    found = prove(LAWS["no-fall-through"], specification).counterexample

    assert found is not None
    assert "tagged alice, default ops, alice is not on the instance, ops is on the instance" in found.story
    assert "started as ops by default-user-exists" in found.story


def test_a_counterexample_has_the_fewest_entities() -> None:
    found = prove(LAWS["settings-leave-sessions-alone"], FAULTY_SPECIFICATIONS["terminating-ends-all"].specification)
    t = found.counterexample.transition if found.counterexample else None

    assert t is not None
    assert (len(t.before.sessions), len(t.before.instances), len(t.before.principals)) == (2, 1, 0)


COMPARED = {
    "readings-differ-only-where-silent": ("fact-3-sure", "but where reading macos=covered: refused"),
    "other-os-users-do-not-matter": (
        "bob-stands-in-the-way",
        r"but where bob \(uid 10\d\d, gid 10\d\d\) is on the instance: ",  # which ids is the solver's choice
    ),
    "tag-overrides-preference": ("without-tag-user-missing", "but where the preferences name an OS user: "),
    "macos-is-covered-as-read": ("fact-2-blind", "but where the platform is linux: started as ssm-user"),
}


@pytest.mark.parametrize("law", COMPARED)
def test_a_comparison_tells_what_differs_and_what_comes_of_it(law: str) -> None:
    fault, told = COMPARED[law]
    found = prove(LAWS[law], FAULTY_SPECIFICATIONS[fault].specification).counterexample

    assert found is not None
    given, against, *_ = found.lines
    assert re.match(told, against)
    assert given.rpartition(": ")[2] != against.rpartition(": ")[2]


def test_a_counterexample_tells_every_value_of_the_variables_of_its_law() -> None:
    found = prove(LAWS["other-os-users-do-not-matter"], FAULTY_SPECIFICATIONS["bob-stands-in-the-way"].specification)

    assert found.counterexample is not None
    wanted = r"the law fails at: other bob, user with uid 10\d\d, gid 10\d\d"  # which ones is the solver's choice
    assert re.fullmatch(wanted, found.counterexample.lines[-1])


def test_a_counterexample_that_the_concrete_functions_do_not_confirm_is_a_defect(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    obligations = Obligations(Specification([rule for rule in RULEBOOK if rule.id != "run-as-off"]))
    obligation = obligations.obligation(LAWS["off-means-ssm-user"], "decision")
    decode = Decoder.decode

    def wrongly(self: Decoder, value: object) -> object:
        if isinstance(value, Situation):
            return situation(run_as_enabled=True)
        return decode(self, value)

    monkeypatch.setattr(Decoder, "decode", wrongly)
    with pytest.raises(AssertionError, match="off-means-ssm-user/decision: running the model does not confirm"):
        discharge(obligation, obligations)
