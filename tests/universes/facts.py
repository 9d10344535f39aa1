"""The universe of facts, held to the concrete one: formulas, what is known of some facts, rules that are compiled."""

from collections import Counter
from random import Random
from typing import Any

from attrs import evolve

from runas_model import RULEBOOK, Reading, Situation, decide_by
from runas_model.facts import compiled, explanation, formulas
from runas_model.facts.classes import answers
from runas_model.facts.formulas import READING, SITUATION, Choice
from runas_model.facts.questions import CONSTANTS, FACTS
from runas_model.universes.connectives import is_blank
from solver.homomorphism.generated import value
from universes.programs import ODD, rules, truth

__all__ = ["REACHED", "compiles", "decides", "formulas_hold", "told", "unknown"]

REACHED: Counter[str] = Counter()
"""What was compared, and how often."""


def _given(chance: Random) -> tuple[Situation, Reading]:
    s = value(Situation, chance)
    for name, blank in (("tag", "tag_blank"), ("default_user", "default_named")):
        if chance.random() < 0.2:
            odd = chance.choice(ODD)
            s = evolve(s, **{name: odd, blank: is_blank(odd) is (name == "tag")})
    return s, value(Reading, chance)


def _known(made: Any, s: Situation, r: Reading) -> dict[str, bool]:
    """The answers to the questions in a truth, as Python gives them."""
    return {source: eval(source, {**CONSTANTS, "s": s, "r": r}) for source in formulas.atoms(made)}


def _truths(chance: Random, s: Situation, r: Reading) -> list[tuple[Any, bool]]:
    """A condition of a rule and an answer of classes, and truths of everything that can be asked."""
    rule, seeds = chance.choice(RULEBOOK), [chance.random() for _ in range(3)]
    question = chance.choice(list(answers(s)))
    return [
        *((truth(Random(seed), SITUATION, READING, chosen_keys=False), _plain(seed, s, r)) for seed in seeds),
        (rule.when(SITUATION, READING), rule.when(s, r)),
        (answers(SITUATION)[question], answers(s)[question]),
    ]


def _plain(seed: float, s: Situation, r: Reading) -> bool:
    plain: bool = truth(Random(seed), s, r, chosen_keys=False)
    return plain


def formulas_hold(chance: Random) -> None:
    """A truth has its value where its facts are known, and where they are asked again, also by another's names."""
    s, r = _given(chance)
    for made, expected in _truths(chance, s, r):
        known = _known(made, s, r)
        got = formulas.value(made, known)
        assert got is expected, f"{made}: {got}, and not {expected}"
        again = formulas.evaluate(made, s, r, {})
        assert again is expected, f"{made}, asked again: {again}, and not {expected}"
        once_more = formulas.value(formulas.evaluate(made, SITUATION, READING, {}), known)
        assert once_more is expected, f"{made}, as a formula of formulas: {once_more}, and not {expected}"
        REACHED[f"truth {expected}"] += 3


def unknown(chance: Random) -> None:
    """Where some facts are known, a truth is settled only if the others cannot change it, and what is open is asked."""
    s, r = _given(chance)
    for made, expected in _truths(chance, s, r):
        known = _known(made, s, r)
        some = {source: answer for source, answer in known.items() if chance.random() < 0.6}
        got = formulas.value(made, some)
        assert got in (None, expected), f"{made} with {some}: {got}, and not {expected}"
        while got is None:
            source = formulas.open_question(made, some)
            assert source in known.keys() - some.keys(), f"{made} with {some}: {source} is asked"
            some[source] = known[source]
            got = formulas.value(made, some)
        assert got is expected, f"{made} with {some}: {got}, and not {expected}"
        REACHED[f"asked for {len(some)} of {len(known)}"] += 1


def told(chance: Random) -> None:
    """The phrases that decide a condition are of facts that suffice for it; an altered fact is the other answer."""
    s, r = _given(chance)
    known = explanation.known_facts(s, r)
    rule = chance.choice(RULEBOOK)
    made = rule.when(SITUATION, READING)
    phrases = formulas.phrases_that_decide(made, known)
    of = {fact.holds if known[fact.source] else fact.fails: fact.source for fact in FACTS.values()}
    enough = {of[phrase]: known[of[phrase]] for phrase in phrases}
    assert formulas.value(made, enough) is rule.when(s, r), f"{rule.id}: {phrases} do not say whether it matches"
    source = chance.choice(list(FACTS))
    other = formulas.evaluate(made, s, r, {source: lambda answer: not answer})
    assert other is formulas.value(made, {**known, source: not known[source]}), f"{rule.id} with {source} altered"
    REACHED[f"phrases {len(phrases)}"] += 2


def decides(chance: Random) -> None:
    """The tree of decisions leads, by the facts, to the decision."""
    s, r = _given(chance)
    tree: Any = decide_by(RULEBOOK)(SITUATION, READING)
    while isinstance(tree, Choice):
        tree = tree.then if formulas.evaluate(tree.condition, s, r, {}) else tree.otherwise
    decision = decide_by(RULEBOOK)(s, r)
    assert (tree.rule, tree.starts, tree.reason) == (decision.rule, decision.starts, decision.reason)
    explained = explanation.explain(s, r)
    assert explained.rule.id == explained.decision.rule == decision.rule
    place = list(RULEBOOK).index(explained.rule)
    assert [one.rule for one in explained.passed_over] == list(RULEBOOK[:place])
    REACHED[f"decided by {decision.rule}"] += 1


def compiles(chance: Random) -> None:
    """Rules that are compiled decide what the rules do: the rulebook's, in part and in another order, and others."""
    some = rules(chance)
    if chance.random() < 0.5:
        some = [*some[:-1], *chance.sample(RULEBOOK, chance.randrange(1, 4))]
    made = compiled.compile_rules(some)
    for _ in range(4):
        s, r = _given(chance)
        decision = decide_by(some)(s, r)
        got = made(s, r)
        assert (got, type(got.starts)) == (decision, bool), f"{got}, and not {decision}"
        REACHED["compiled"] += 1
