"""The symbolic universe, asked for truths and tables made up by chance; obligations are in `solver.homomorphism`."""

from collections import Counter
from random import Random

from runas_model import Reading, Situation
from runas_model.facts.classes import answers
from runas_solver.universe import Universe
from solver.homomorphism.generated import value
from solver.homomorphism.interpretation import Interpretation, Terms
from universes.programs import truth

__all__ = ["REACHED", "truths"]

REACHED: Counter[str] = Counter()
"""What was compared, and how often."""


def truths(chance: Random) -> None:
    """A truth of everything that can be asked, and the answers of classes."""
    universe, seed = Universe(), chance.random()
    s, r = value(Situation, chance), value(Reading, chance)
    with universe.noting() as scope:
        fresh = universe.fresh(Situation, "s"), universe.fresh(Reading, "r")
        made = {"truth": truth(Random(seed), *fresh), **answers(fresh[0])}
        axioms = universe.axioms(scope)
    meaning = Interpretation(Terms(universe), {"s": (Situation, s), "r": (Reading, r)})
    assert all(map(meaning.of, axioms)), f"an axiom is false of {s} and {r}"
    for label, expected in {"truth": truth(Random(seed), s, r), **answers(s)}.items():
        got = meaning.concrete(made[label])
        assert got == expected, f"{label}: {got}, and not {expected}"
        REACHED[f"truth {expected}"] += 1
