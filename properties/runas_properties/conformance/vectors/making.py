"""A vector made of steps: what is accepted comes from the specification, under every reading."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from attrs import evolve

from runas_model.doors import checked
from runas_model.specification.clauses import CLAUSES
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import CHOICES, DEFAULT, Reading
from runas_model.specification.rulebook import RULEBOOK, RULES
from runas_model.specification.transitions import Transition
from runas_model.stories.situations import tell_facts
from runas_properties.conformance.protocol.cases import DECIDE, Step, asks, deciding, needs_of
from runas_properties.conformance.vectors.alike import under_each
from runas_properties.conformance.vectors.expectations import Answered, walk
from runas_properties.conformance.vectors.vector import FLAG_OF, FLAGS, Under, Vector, readings_when
from runas_properties.explorer.reach import instance_of
from runas_properties.laws import LAWS, Kind, Law

__all__ = ["in_order", "make_vector"]


@checked
def make_vector(
    id: str, steps: Sequence[Step], flags: Sequence[str], laws: Sequence[str] = (), title: str = ""
) -> Vector:
    """A vector with these steps and the answers accepted under every reading; `convicts` is empty.

    It has also the flags of the nouns that it needs. Without a `title`, it is told by the situation of its last
    decision.
    """
    needs = needs_of(steps)
    by_reading = dict(under_each(lambda reading: tuple(walk(steps, reading))))
    depends_on = tuple(name for name in CHOICES if _matters(name, by_reading))
    whens = [dict(zip(depends_on, values, strict=True))
             for values in product(*([choice.value for choice in CHOICES[name]] for name in depends_on))]  # fmt: skip
    accepted = tuple(_under(when, by_reading[readings_when(tuple(when.items()))[0]]) for when in whens)
    rules = in_order(RULES, (a.decision.rule for w in by_reading.values() for a in w if a.decision is not None))
    operations = [OPERATIONS[step["operation"]] for step in steps if not asks(step)]
    clauses = [clause for rule in RULEBOOK if rule.id in rules for clause in rule.clauses]
    clauses += [clause for operation in operations for clause in operation.clauses]
    return Vector(
        id=id,
        title=title or _told(by_reading[DEFAULT][deciding(steps)]),
        level="decision" if steps[0]["operation"] == DECIDE else "service",
        steps=tuple(dict(step) for step in steps),
        accepted=accepted,
        rules=rules,
        clauses=in_order(CLAUSES, clauses),
        laws=in_order(LAWS, [*laws, *_laws(by_reading)]),
        flags=in_order(FLAGS, [*flags, *(FLAG_OF[noun] for noun in needs)]),
        depends_on=depends_on,
        needs=needs,
    )


def in_order(every: Iterable[str], some: Iterable[str]) -> tuple[str, ...]:
    """Some of many, each once, in the order of the many."""
    wanted = set(some)
    return tuple(one for one in every if one in wanted)


def _told(answered: Answered) -> str:
    assert answered.situation is not None
    return tell_facts(answered.situation)


def _matters(name: str, by_reading: Mapping[Reading, tuple[Answered, ...]]) -> bool:
    """Whether a choice of this reading changes what is accepted, all else being equal."""
    others = [other for other in CHOICES if other != name]
    found: dict[tuple[object, ...], object] = {}
    for reading, walked in by_reading.items():
        results = [(a.accepted, a.decision) for a in walked]
        if found.setdefault(tuple(getattr(reading, other) for other in others), results) != results:
            return True
    return False


def _under(when: dict[str, str], walked: Sequence[Answered]) -> Under:
    decided = [answered.decision.rule for answered in walked if answered.decision is not None]
    return Under(when, decided[-1] if decided else None, tuple(answered.accepted for answered in walked))


def _laws(by_reading: Mapping[Reading, tuple[Answered, ...]]) -> set[str]:
    """The laws that say something of a case under some reading: of its decisions, and of its last operation."""
    found: set[str] = set()
    together: dict[int, list[Reading]] = {}
    for reading, walked in by_reading.items():
        together.setdefault(id(walked), []).append(reading)
    for readings in together.values():
        walked = by_reading[readings[0]]
        for answered in walked:
            if answered.decision is not None:
                found.update(law.id for law in _others(found, Kind.DECISION) if _is_of(law, answered, readings))
        operations = [answered.transition for answered in walked if answered.transition is not None]
        if operations:
            found.update(law.id for law in _others(found, Kind.STEP) if _is_met(law, operations[-1], readings))
    return found


def _is_of(law: Law, answered: Answered, readings: Sequence[Reading]) -> bool:
    """Whether a law of decisions says something of one under some of the readings."""
    s, d = answered.situation, answered.decision
    return any(said for _, said in under_each(lambda reading: law.meaning(s, d, reading).premise, readings))


def _is_met(law: Law, t: Transition, readings: Sequence[Reading]) -> bool:
    """Whether a step law says something of a transition under some of the readings."""
    instances = under_each(lambda reading: instance_of(law, evolve(t, reading=reading)), readings)
    return any(values is not None for _, values in instances)


def _others(found: set[str], kind: Kind) -> list[Law]:
    return [law for law in LAWS.values() if law.kind is kind and law.id not in found]
