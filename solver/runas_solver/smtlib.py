"""Obligations as SMT-LIB 2 text, for any solver, however strict, and for the checker of certificates.

The text depends on the obligation alone: not on the version of Z3, nor on what was built before.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

import z3

from runas_solver.obligations import Obligation
from runas_solver.uniqueness import Determination

__all__ = ["as_smt2", "smt2"]

LONG = 40
"""A term of more characters that is used more than once is defined, by a symbol that is no label of the universe."""

CONNECTIVES = {
    z3.Z3_OP_TRUE: "true",
    z3.Z3_OP_FALSE: "false",
    z3.Z3_OP_NOT: "not",
    z3.Z3_OP_AND: "and",
    z3.Z3_OP_OR: "or",
    z3.Z3_OP_IMPLIES: "=>",
    z3.Z3_OP_XOR: "xor",
    z3.Z3_OP_EQ: "=",
    z3.Z3_OP_DISTINCT: "distinct",
    z3.Z3_OP_ITE: "ite",
}

Terms = dict[int, tuple[z3.ExprRef, list[int]]]


def smt2(obligation: Obligation | Determination) -> str:
    """An obligation, which is unsatisfiable if the law holds: ASCII, quantifier-free, with simple symbols only."""
    return as_smt2(obligation.formulas(), obligation.id)


def as_smt2(formulas: Iterable[z3.BoolRef], title: str = "") -> str:
    """The question whether formulas are satisfiable together, with a title as a comment.

    Raises ValueError for a formula that is not of uninterpreted functions, equality and connectives alone.
    """
    asserted = list(formulas)
    terms = _terms(asserted)
    uses = Counter(chain.from_iterable(parts for _, parts in terms.values()))
    texts: dict[int, str] = {}
    functions: dict[int, z3.FuncDeclRef] = {}
    definitions: list[str] = []
    for number, (term, parts) in terms.items():
        function = term.decl()
        functions[function.get_id()] = function
        text = _text(function, [texts[part] for part in parts])
        if uses[number] > 1 and len(text) > LONG:
            definitions.append(f"(define-fun term!{len(definitions)} () {term.sort().name()} {text})")
            text = f"term!{len(definitions) - 1}"
        texts[number] = text
    assertions = [f"(assert {texts[formula.get_id()]})" for formula in asserted]
    comment = [f"; {title}"] if title else []
    declared = _declarations(functions.values())
    return "\n".join([*comment, "(set-logic QF_UF)", *declared, *definitions, *assertions, "(check-sat)", ""])


def _terms(formulas: list[z3.BoolRef]) -> Terms:
    """Every term of some formulas with the numbers of its parts, which come before it."""
    found: Terms = {}
    entered: Terms = {}
    todo: list[z3.ExprRef | int] = [*reversed(formulas)]
    while todo:
        term = todo.pop()
        if isinstance(term, int):
            found[term] = entered[term]
        elif (number := term.get_id()) not in entered:
            if not z3.is_app(term):
                raise ValueError(f"a term that is no application of a function: {term}")
            parts = term.children()
            entered[number] = (term, [part.get_id() for part in parts])
            todo += [number, *reversed(parts)]
    return found


def _text(function: z3.FuncDeclRef, parts: list[str]) -> str:
    """A function of parts; a connective of one part is that part, since strict readers want two."""
    kind = function.kind()
    if kind in (z3.Z3_OP_AND, z3.Z3_OP_OR) and len(parts) == 1:
        return parts[0]
    head = CONNECTIVES.get(kind, function.name())
    return f"({head} {' '.join(parts)})" if parts else head


def _declarations(functions: Iterable[z3.FuncDeclRef]) -> Iterator[str]:
    """The declarations of the sorts, and then of the functions, that are uninterpreted."""
    uninterpreted = [function for function in functions if function.kind() not in CONNECTIVES]
    sorts: dict[str, None] = {}
    lines = []
    for function in uninterpreted:
        if function.kind() != z3.Z3_OP_UNINTERPRETED:
            raise ValueError(f"a function of a theory: {function.name()}")
        *arguments, result = [
            *(function.domain(place).name() for place in range(function.arity())),
            function.range().name(),
        ]
        sorts |= dict.fromkeys([*arguments, result])
        lines.append(f"(declare-fun {function.name()} ({' '.join(arguments)}) {result})")
    yield from (f"(declare-sort {sort} 0)" for sort in sorts if sort != "Bool")
    yield from lines
