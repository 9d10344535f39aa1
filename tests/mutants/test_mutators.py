"""Which mutants are made of a source, and that they are what they say."""

import ast
from pathlib import Path

import pytest

from mutants.mutators import mutants_of
from mutants.parts import MODEL, READERS, mutants_in
from mutants.siblings import Siblings
from mutants.source import Mutant, Source
from thinned import thinned

DECLARED = """
class Colour(Enum):
    RED = 1
    BLUE = 2
    GREEN = 3

class Lamp:
    inside: Colour
    outside: Colour
    lit: bool

ONE = Name("one")
TWO = Name("two")

def warm(lamp: Lamp) -> bool: ...
def cold(lamp: Lamp) -> bool: ...
def not_(truth: bool) -> bool: ...
"""


def changes(text: str, module: str = "lamps") -> list[str]:
    """What is changed in a source, without where."""
    source = Source(module, Path("lamps.py"), text.encode())
    siblings = Siblings.in_sources([ast.parse(DECLARED)])
    return [mutant.id.partition(": ")[2] for mutant in mutants_of(source, siblings)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from x import all_of, any_of\nt = all_of(a, b)", ["all_of -> any_of", "a, -> nothing", ", b -> nothing"]),
        ("t = not_(a)", ["not_(a) -> a"]),
        ("t = choose(a, b, c)", ["b, c -> c, b", "choose(a, b, c) -> b", "choose(a, b, c) -> c"]),
        ("t = a and b", ["a and b -> (a or b)", "a and b -> (b)", "a and b -> (a)"]),
        ("t = not (a or b)", ["not (a or b) -> (a or b)", "a or b -> (a and b)", "a or b -> (b)", "a or b -> (a)"]),
    ],
)
def test_connectives_are_exchanged_and_lack_a_truth_each(text: str, expected: list[str]) -> None:
    assert [one.partition(": ")[2] for one in changes(text)] == expected


def test_comparisons_are_negated_by_the_connective_where_the_module_knows_it() -> None:
    assert changes("t = a == b") == ["comparison: a == b -> a != b"]
    assert changes("from x import not_\nt = a == b") == ["comparison: a == b -> not_(a == b)"]
    assert changes("from x import not_\nt = table.has(a)") == ["comparison: table.has(a) -> not_(table.has(a))"]
    assert changes("t = a < b") == ["comparison: a < b -> a <= b", "comparison: a < b -> a >= b"]


def test_what_negates_a_comparison_is_changed_once() -> None:
    assert changes("from x import not_\nt = not_(a == b)") == ["connective: not_(a == b) -> a == b"]
    assert changes("if a in b: pass") == ["branch: a in b -> not (a in b)"]


def test_constants_are_other_ones_of_their_type() -> None:
    assert changes("x = True") == ["truth value: True -> False"]
    assert changes("x = 7") == ["number: 7 -> 0", "number: 7 -> 8"]
    assert changes("x = -1") == ["number: -1 -> 0"]
    assert changes('x = "a"') == ["""text: "a" -> 'ax'"""]
    assert changes("x = Colour.RED") == [
        "enumerated: Colour.RED -> Colour.BLUE",
        "enumerated: Colour.RED -> Colour.GREEN",
    ]


def test_names_are_others_that_are_declared_alike() -> None:
    assert changes("from x import ONE, TWO\ny = ONE") == ["name: ONE -> TWO"]
    assert changes("from x import ONE\ny = ONE") == []
    assert changes("from x import warm, cold, not_\ny = warm") == ["name: warm -> cold"]
    assert changes("y = lamp.inside") == ["field: inside -> outside"]
    assert changes("def f(a: X, b: X, c: Y): return a") == ["name: a -> b"]


def test_guards_are_dropped_and_exchanged_and_their_errors_changed() -> None:
    assert changes("s = Step(requires=[(a, errors.SessionIdUsed(x, y)), (b, errors.UnknownPrincipal(x))])") == [
        "guard: (a, errors.SessionIdUsed(x, y)), -> nothing",
        "guard error: errors.SessionIdUsed -> errors.UnknownPrincipal",
        "error's subject: x, -> nothing",
        "error's subject: , y -> nothing",
        "error's subject: x, y -> y, x",
        "guard: , (b, errors.UnknownPrincipal(x)) -> nothing",
        "guard error: errors.UnknownPrincipal -> errors.UnknownInstance",
        "error's subject: x -> nothing",
        "guard order: (a, errors.SessionIdUsed(x, y)), (b, errors.UnknownPrincipal… -> "
        "(b, errors.UnknownPrincipal(x)), (a, errors.SessionIdUsed(x,…",
    ]


def test_nothing_is_put_or_dropped() -> None:
    assert changes("t = state.tags.put(k, v)") == [
        "put or drop: state.tags.put(k, v) -> state.tags",
        "put or drop: state.tags.put(k, v) -> state.tags.drop(k)",
    ]
    assert changes("t = state.tags.drop_under(k)") == ["put or drop: state.tags.drop_under(k) -> state.tags"]
    assert changes("s = evolve(state, tags=tags)") == ["put or drop: tags=tags -> tags=state.tags"]


def test_rules_are_dropped_and_exchanged() -> None:
    assert changes("R = (Rule(a), Rule(b), Rule(c))") == [
        "list: Rule(a), -> nothing",
        "list: Rule(b), -> nothing",
        "list: , Rule(c) -> nothing",
        "rule order: Rule(a), Rule(b) -> Rule(b), Rule(a)",
        "rule order: Rule(b), Rule(c) -> Rule(c), Rule(b)",
    ]


def test_the_phrases_of_a_fact_are_exchanged_and_other_texts_for_people_stay() -> None:
    assert changes('f = Fact("s.lit is on", "it is lit", "it is dark")') == [
        'phrases: "it is lit", "it is dark" -> "it is dark", "it is lit"'
    ]
    assert changes('def f():\n    """One word."""\n    raise ValueError("none")') == [
        'branch: raise ValueError("none") -> pass'
    ]
    assert changes('@operation(aws=("Do",), clauses=("C1",))\ndef f(): ...\n__all__ = ["f"]') == []


def test_python_branches_the_other_way() -> None:
    assert changes("x = a if b else c") == ["branch: a if b else c -> (c if b else a)"]
    assert changes("x = [a for a in b if c]") == ["branch: c -> not (c)"]
    assert changes("for a in reversed(b): pass") == ["order: reversed(b) -> b"]


def test_a_mutant_says_where_it_is_and_shows_the_lines() -> None:
    source = Source(
        "a.lamps", Path("lamps.py"), b"class Lamp:\n    def lit(self):\n        return (True,\n            1)\n"
    )
    first, *others = mutants_of(source, Siblings())

    assert first.id == "lamps.Lamp.lit: truth value: True -> False"
    assert first.line == 3
    assert list(first.diff()) == ["-        return (True,", "+        return (False,"]
    assert [mutant.line for mutant in others] == [4, 4]


def test_mutants_that_are_told_alike_are_numbered() -> None:
    assert changes("x = (True, True)") == ["truth value: True -> False", "truth value: True -> False (2)"]


def around(mutant: Mutant) -> bytes:
    """The statements of a module that are changed, as they are now: the others are as they were."""
    (begin, end), text = mutant.change.span, mutant.source.text
    spans = [mutant.source.span(node) for node in mutant.source.tree.body]
    first = max((text.rfind(b"\n", 0, at) + 1 for at, until in spans if at <= begin), default=0)
    last = min((until for at, until in spans if until >= end), default=len(text))
    return text[first:begin] + mutant.change.now.encode() + text[end:last] + b"\n"


@pytest.mark.parametrize("part", thinned([*MODEL, *READERS], 4), ids=lambda part: part.module)
def test_every_module_has_mutants_each_with_an_id_and_a_text_of_its_own(part) -> None:  # type: ignore[no-untyped-def]
    mutants = mutants_in(part)

    assert all(isinstance(ast.parse(around(mutant)), ast.Module) for mutant in mutants)
    assert mutants
    assert len({mutant.id for mutant in mutants}) == len({mutant.text for mutant in mutants}) == len(mutants)
    assert mutants[0].source.text not in {mutant.text for mutant in mutants}
