"""Terms told in English: nouns for values, clauses for truths.

What is told says all that was asked, in its order. Parts of a part stand in brackets.
"""

from collections.abc import Mapping
from inspect import signature
from typing import Any, TypeVar

from runas_model.facts.questions import FACTS
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import Rule
from runas_model.specification.state import State
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import Decision, Name, Request, Situation, Switch
from runas_model.words.phrases import (
    ASKED,
    CLAUSES,
    EQUALITIES,
    NOUNS,
    SORTS,
    TABLES,
    USUAL,
    MissingPhrase,
    constant_in_words,
    fact_in_words,
    in_a_row,
)
from runas_model.words.structure import OPPOSITE, is_implication, joined_parts, source_of, subjects_of, without_changes
from runas_model.words.terms import Term, fields_of

__all__ = ["clause", "clauses", "noun"]

T = TypeVar("T")

JOINED = {"all": "and", "any": "or"}
BEFORE, AFTER = " before the operation", " after the operation"


def clauses(truth: Any) -> tuple[str, ...]:
    """What must be true together, each as a clause: none for what is always true.

    Raises `MissingPhrase` for something that no phrase is there for.
    """
    if truth is True:
        return ()
    return tuple(dict.fromkeys(clause(part, holds) for part, holds in joined_parts(truth, True, "all")))


def clause(truth: Any, holds: bool = True, within: str = "") -> str:
    """A truth as a clause, or its opposite; in brackets where it has parts and stands within others."""
    if isinstance(truth, bool):
        return "this is always so" if truth is holds else "this never happens"
    term: Term = truth
    if term.operation == "not":
        return clause(term.parts[0], not holds, within)
    if term.operation in JOINED:
        return _joined(term, holds, within)
    if term.operation == "choose":
        return _bracketed(_chosen(term, holds), within)
    if term.operation == "constant":
        return clause(term.parts[0], holds)
    if term.operation == "equal" and term.parts[0].kind is bool and term.parts[1].kind is bool:
        if term.parts[1].operation == "constant":
            return clause(term.parts[0], holds is term.parts[1].parts[0], within)
        one, other = (clause(part, within="equal") for part in term.parts)
        if unchanged := _unchanged(one, other):
            return _bracketed(f"it {'stays' if holds else 'does not stay'} the same whether {unchanged}", within)
        how = "exactly if" if holds else "exactly if it is false that"
        return _bracketed(f"{one} {how} {other}", within)
    return _atom(term, holds)


def _chosen(term: Term, holds: bool) -> str:
    condition, then, otherwise = term.parts
    told = f"if {clause(condition, within='if')} then {clause(then, holds, 'if')}, else "
    is_choice = isinstance(otherwise, Term) and otherwise.operation == "choose"
    return told + (_chosen(otherwise, holds) if is_choice else clause(otherwise, holds, "if"))


def _joined(term: Term, holds: bool, within: str) -> str:
    if holds and is_implication(term):
        denied, then = term.parts
        return _bracketed(f"if {clause(denied.parts[0], within='if')} then {clause(then, within='if')}", within)
    operation = term.operation if holds else OPPOSITE[term.operation]
    told = list(dict.fromkeys(clause(*part, operation) for part in joined_parts(term, holds, operation)))
    return told[0] if len(told) == 1 else _bracketed(in_a_row(told, JOINED[operation]), within)


def _bracketed(text: str, within: str) -> str:
    return f"({text})" if within else text


def _atom(term: Term, holds: bool) -> str:
    if (source := source_of(term)) in FACTS:
        return fact_in_words(FACTS[source], holds) + _cases(*subjects_of(term))
    index = 0 if holds else 1
    match term.operation, *term.parts:
        case "named", part, arguments, _:
            return _named(part.fails if not holds else part.holds, part, arguments)
        case "step", t, method:
            return _phrase(CLAUSES, f"Transition.{method}", "CLAUSES")[index] + _case(t)
        case "did", t, operation, arguments:
            verb = "succeeds" if holds else "does not succeed"
            told = " and ".join(_argument(name, value) for name, value in arguments)
            return f"{operation} {verb}{f' for {told}' if told else ''}{_case(t)}"
        case "fails", t, error, subject:
            told = " and ".join(map(noun, subject))
            return f'the error {("is", "is not")[index]} "{error.text}" about {told}{_case(t)}'
        case "blank", value if value.operation == "variable" and value.kind is Name:
            return f"the name of {noun(value)} {'is' if holds else 'is not'} blank"
        case "blank", value:
            return f"{noun(value)} {'is' if holds else 'is not'} blank"
        case "has", table, *keys:
            return _in_table(table, keys, ("holds", "fails")[index])
        case "item", table, *keys:
            return f"{_in_table(table, keys, 'noun')} is {'kept' if holds else 'not kept'}"
        case "field", of, name:
            return _phrase(CLAUSES, f"{of.kind.__name__}.{name}", "CLAUSES")[index].format(of=noun(of)) + _case(of)
        case "equal", one, other:
            return _equality(one, other, index)
        case "argument", _, name if name in ASKED:
            return ASKED[name][index]
        case (("variable" | "argument"), *_):
            return f"{_value(term)} is {'true' if holds else 'false'}"
    raise MissingPhrase("_atom", term.operation, "telling")


def _argument(name: str, value: Term) -> str:
    if value.operation == "variable" and value.parts[0] == name:
        return noun(value)
    told = noun(value)
    return told if told.startswith(f"the {name} ") else f"the {name} {told}"


def _unchanged(one: str, other: str) -> str:
    """What two texts are about that differ in nothing but the state before and after; empty where they do not so."""
    if BEFORE not in one or AFTER in one or one.replace(BEFORE, AFTER) != other:
        return ""
    return one.replace(BEFORE, "")


def _equality(one: Term, other: Term, index: int) -> str:
    if unchanged := _unchanged(noun(one), noun(other)):
        return f"{unchanged} {('stays', 'does not stay')[index]} the same"
    if one.operation == "folded" and other.operation == "constant":
        return f"{noun(one.parts[0])} {('is', 'is not')[index]} {noun(other)}"
    for left, right in ((one, other), (other, one)):
        if left.operation == "field" and not (right.operation == "field" and left.parts[1] == right.parts[1]):
            of, name = left.parts
            key = f"{of.kind.__name__}.{name}"
            if right.operation == "constant" and right.parts[0] is None:
                return f"there is {('no', 'some')[index]} {noun(left).removeprefix('the ')}"
            if key in EQUALITIES:
                return EQUALITIES[key][index].format(of=noun(of), other=noun(right)) + _case(of)
    return f"{noun(one)} {('is', 'is not')[index]} {_again(noun(other), noun(one))}"


def _again(told: str, before: str) -> str:
    """A noun that may say again what was said before."""
    return f"that{told.removeprefix(before)}" if told.startswith(f"{before} ") else told


def noun(term: Term) -> str:
    """A value as a noun. Raises `MissingPhrase` for one that no phrase is there for."""
    match term.operation, *term.parts:
        case "constant", Rule(id=id):
            return f"the rule {id}"
        case "constant", value:
            return constant_in_words(value, term.kind)
        case "folded", key:
            return f"{noun(key)} in any case"
        case "spelled", key:
            return f"the spelling of {noun(key)}"
        case "record", _, fields:
            return " and ".join(_argument(name, value) for name, value in fields)
        case (("variable" | "argument"), *_):
            return _value(term)
        case _ if term.kind is bool:
            return f"whether {clause(term)}"
        case "field", of, name:
            if of.kind is Transition:
                return ""
            return _phrase(NOUNS, f"{of.kind.__name__}.{name}", "NOUNS").format(of=noun(of)) + _case(of)
        case "item", table, *keys:
            return _in_table(table, keys, "noun")
        case "choose", condition, then, otherwise:
            return f"({noun(then)} if {clause(condition, within='if')}, else {noun(otherwise)})"
        case "named", part, arguments, _:
            return _named(part.holds, part, arguments)
        case "situation_of", *_:
            return "the situation"
        case "decide", *_:
            case = _case(term)
            return f"the decision{' made' if ' if ' in case else ''}{case}"
    raise MissingPhrase("noun", term.operation, "telling")


def _value(term: Term) -> str:
    """A variable, or an argument of the operation."""
    name, kind = term.parts[-1], term.kind
    if term.operation == "argument":
        return f"the operation's {'switch' if kind is Switch else name.replace('_', ' ')}"
    if kind is Decision:
        return "the decision" if name == "d" else f"the decision {name}"
    if kind in (Request, Situation, State, Reading, Transition):
        return ""
    return f"the {_phrase(SORTS, kind, 'SORTS')}{'' if name in USUAL else f' {name}'}"


def _named(phrase: str, part: Any, arguments: tuple[Term, ...]) -> str:
    """The phrase of a named part with its arguments, and what of them it does not mention."""
    phrase = phrase or f"it is not so that {part.holds}"
    named = dict(zip(signature(part.function).parameters, arguments, strict=True))
    mentioned = {name: noun(value) for name, value in named.items() if f"{{{name}}}" in phrase}
    return phrase.format(**mentioned) + _cases(*(value for name, value in named.items() if name not in mentioned))


def _in_table(table: Term, keys: list[Term], what: str, **values: str) -> str:
    """A phrase for a table under some keys: `noun`, `holds`, `fails`, `put` or `drop`."""
    changes = []
    while table.operation in ("put", "drop"):
        changes.append(_change(table))
        table = table.parts[0]
    if table.operation == "under":
        table, first = table.parts
        keys = [first, *keys]
    if table.operation != "field":
        raise MissingPhrase("_in_table", table.operation, "telling")
    of, name = table.parts
    key = f"{of.kind.__name__}.{name}"
    phrase: str = getattr(_phrase(TABLES, key, "TABLES"), what)
    if not phrase:
        raise MissingPhrase("TABLES", f"{what} of {key}")
    state = _case(of) + (f" if {' and '.join(reversed(changes))}" if changes else "")
    named = [noun(key) for key in keys]
    return phrase.format(*named, state="" if any(name.endswith(state) for name in named) else state, **values)


def _change(table: Term) -> str:
    """What was put into a table, or taken out."""
    base, *keys = table.parts
    base = without_changes(base)
    if table.operation == "drop":
        return _in_table(base, keys, "drop")
    *keys, value = keys
    return _in_table(base, keys, "put", value=noun(value))


def _phrase(table: Mapping[Any, T], key: Any, name: str) -> T:
    if key not in table:
        raise MissingPhrase(name, getattr(key, "__name__", str(key)))
    return table[key]


def _cases(*terms: Term) -> str:
    return "".join(dict.fromkeys(filter(None, map(_case, terms))))


def _case(term: Term) -> str:
    """Of which situation, state, reading or decision it is spoken, where that is not plain."""
    match term.operation, *term.parts:
        case "decide", _, *asked:
            return _cases(*asked)
        case "situation_of", _, state, asked if not _case(state):
            return _case(asked) if asked.operation == "changed" else ""
        case "situation_of", _, state, asked if state.operation == "field":
            principal, instance, document, role_session, _, parameter = (noun(part) for part in fields_of(asked))
            given = f"{parameter.removeprefix('the OS user named by ')}, if any,"
            return f" for {principal} in {role_session} on {instance} with {document} and {given}{_case(state)}"
        case "situation_of", _, state, *_:
            return _case(state)
        case "changed", base, changes:
            told = " and ".join(_replaced(base, name, value) for name, value in changes)
            return f"{_case(base)} if {told}"
        case "field", of, ("before" | "after") as when if of.kind is Transition:
            return {"before": BEFORE, "after": AFTER}[when]
        case "variable", name if term.kind is Reading and name != "r":
            return f" under the reading {name}"
        case "variable", name if term.kind is Decision and name != "d":
            return f" in the decision {name}"
    return ""


def _replaced(base: Term, field: str, value: Term) -> str:
    told = []
    while value.operation in ("put", "drop"):
        told.append(_change(value))
        value = value.parts[0]
    if told:
        return " and ".join(reversed(told))
    key = f"{base.kind.__name__}.{field}"
    if value.operation == "constant" and isinstance(value.parts[0], bool):
        holds = value.parts[0]
        return CLAUSES[key][not holds] if key in CLAUSES else fact_in_words(FACTS[f"s.{field}"], holds)
    if (value.operation, value.kind) == ("variable", bool):
        return f"{fact_in_words(FACTS[f's.{field}'])} or not"
    if key in EQUALITIES:
        return EQUALITIES[key][0].format(other=noun(value))
    return f"{noun(value)} is {noun(Term('field', (base, field), value.kind))}"
