"""Faulty specifications that are generated: one for each way in which a rule or a fact can be wrong."""

from runas_model import RULEBOOK
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS


def test_there_is_a_fault_for_each_rule_each_pair_each_outcome_and_each_fact() -> None:
    ids = set(FAULTY_SPECIFICATIONS)

    assert len(ids) >= 30
    assert {f"without-{rule.id}" for rule in RULEBOOK} <= ids
    assert {f"swapped-{rule.id}" for rule in RULEBOOK[:-1]} <= ids
    assert all(any(id.startswith(f"{rule.id}-gives-") for id in ids) for rule in RULEBOOK)
