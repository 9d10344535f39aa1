"""What each rule guards against: faulty specifications and implementations that go wrong where it decides."""

from functools import cache

from runas_model import PROFILES, RULEBOOK, Reading, decide
from runas_model.facts.classes import situation_classes
from runas_model.specification.vocabulary import Decision, Situation
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from spec_site.vectors import vectors_of_rule

__all__ = ["faulty_specifications_at", "implementations_caught_at"]


def faulty_specifications_at(rule: str) -> list[str]:
    """The faulty specifications that decide otherwise in some class of situations that the rule decides.

    Otherwise means another OS user, or another reason, or a refusal for a start or a start for a refusal; under some
    profile.
    """
    return _faulty_specifications()[rule]


def implementations_caught_at(rule: str) -> list[str]:
    """The faulty implementations that are convicted by a vector of one decision, which the rule makes."""
    decided = [vector for vector in vectors_of_rule(rule) if vector.level == "decision"]
    return list(dict.fromkeys(fault for vector in decided for fault in vector.convicts))


@cache
def _faulty_specifications() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {rule.id: [] for rule in RULEBOOK}
    asked: list[tuple[Situation, Reading, Decision]] = [
        (one.example, reading, decide(one.example, reading))
        for one in situation_classes()
        for reading in PROFILES.values()
    ]
    for faulty in FAULTY_SPECIFICATIONS.values():
        if faulty.specification.rules is RULEBOOK:
            continue
        other = faulty.specification.decide
        wrong = {right.rule for s, r, right in asked if _outcome(other(s, r)) != _outcome(right)}
        for rule in wrong:
            found[rule].append(faulty.id)
    return found


def _outcome(decision: Decision) -> tuple[object, ...]:
    return decision.starts, decision.os_user, decision.reason
