"""Mutants of a source: every one that changes one connective, comparison, constant, guard, entry of a table or order.

They are made by the syntax tree, in the order of the source, and always the same. What is written for people is left
alone: docstrings, messages, phrases and titles, which have a space, but for the two phrases of a fact; and where things
come from: clauses, addresses, and the names of operations at AWS.
"""

import ast
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from attrs import evolve

from mutants.reading import Around, called, is_negative, walk
from mutants.siblings import Siblings
from mutants.source import Change, Mutant, Source

__all__ = ["MUTATORS", "mutants_of"]

FOR_PEOPLE = re.compile(r".* .*|[CD][0-9]+|https?://.*", re.DOTALL)
"""Texts in which nothing is changed."""
OPPOSITE: dict[type[ast.AST], str] = {
    **{ast.Eq: "!=", ast.NotEq: "==", ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in"},
    **{ast.Lt: ">=", ast.LtE: ">", ast.Gt: "<=", ast.GtE: "<"},
}
BOUNDARY: dict[type[ast.AST], str] = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
DUAL = {"all_of": "any_of", "any_of": "all_of", "all": "any", "any": "all"}
LOOSE = (ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.NamedExpr, ast.UnaryOp)
"""What stands in brackets where it becomes an operand."""

Mutator = Callable[[ast.AST, Around], Iterator[Change]]


def mutants_of(source: Source, siblings: Siblings) -> Iterator[Mutant]:
    """Each mutant of a source once, by where it is; of those with the same text the first."""
    seen = {source.text}
    known: dict[str, int] = {}
    for node, around in walk(source, siblings):
        for change in (change for mutator in MUTATORS for change in mutator(node, around)):
            mutant = Mutant(source, around.where or "module", change)
            if mutant.text not in seen:
                seen.add(mutant.text)
                known[mutant.id] = known.get(mutant.id, 0) + 1
                yield evolve(mutant, number=known[mutant.id])


def _instead(node: ast.AST, now: str, kind: str, around: Around) -> Change:
    return Change(kind, around.source.span(node), now)


def _operand(node: ast.AST, around: Around) -> str:
    """A node as it is written, to be an operand anywhere."""
    written = around.source.written(node)
    return f"({written})" if isinstance(node, LOOSE) else written


def connectives(node: ast.AST, around: Around) -> Iterator[Change]:
    """A connective is another one, or lacks one of its truths; `choose` takes one branch, or the other one."""
    written = around.source.written
    if isinstance(node, ast.Call):
        name = called(node)
        if name in DUAL:
            if DUAL[name] in around.names or name in ("all", "any"):
                yield _instead(node.func, DUAL[name], "connective", around)
            if len(node.args) > 1:
                for number in range(len(node.args)):
                    yield evolve(around.source.without(node.args, number), kind="connective")
        elif name == "not_":
            yield _instead(node, written(node.args[0]), "connective", around)
        elif name == "choose" and len(node.args) == 3:
            yield evolve(around.source.swapped(*node.args[1:]), kind="choice")
            for branch in node.args[1:]:
                yield _instead(node, written(branch), "choice", around)
    elif isinstance(node, ast.BoolOp):
        own, other = (" and ", " or ") if isinstance(node.op, ast.And) else (" or ", " and ")
        values = [_operand(value, around) for value in node.values]
        yield _instead(node, f"({other.join(values)})", "connective", around)
        for number in range(len(values)):
            yield _instead(node, f"({own.join(values[:number] + values[number + 1 :])})", "connective", around)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield _instead(node, _operand(node.operand, around), "connective", around)


def branches(node: ast.AST, around: Around) -> Iterator[Change]:
    """Python branches the other way, raises nothing, or begins at the other end."""
    if isinstance(node, ast.If | ast.While):
        yield _instead(node.test, f"not ({around.source.written(node.test)})", "branch", around)
    elif isinstance(node, ast.IfExp):
        then, condition, otherwise = (_operand(part, around) for part in (node.body, node.test, node.orelse))
        yield _instead(node, f"({otherwise} if {condition} else {then})", "branch", around)
    elif isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield _instead(test, f"not ({around.source.written(test)})", "branch", around)
    elif isinstance(node, ast.Raise):
        yield _instead(node, "pass", "branch", around)
    elif called(node) == "reversed" and isinstance(node, ast.Call):
        yield _instead(node, around.source.written(node.args[0]), "order", around)


def comparisons(node: ast.AST, around: Around) -> Iterator[Change]:
    """A comparison, or whether a table has a key, is negated; an order includes its bound, or does not."""
    written = around.source.written
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = (_operand(part, around) for part in (node.left, node.comparators[0]))
        op = type(node.ops[0])
        if op in BOUNDARY:
            yield _instead(node, f"{left} {BOUNDARY[op]} {right}", "comparison", around)
        if not _is_negated(node, around.parent):
            by_connective = "not_" in around.names and op is ast.Eq
            opposite = f"not_({written(node)})" if by_connective else f"{left} {OPPOSITE[op]} {right}"
            yield _instead(node, opposite, "comparison", around)
    elif called(node) in ("has", "is_blank") and "not_" in around.names and not _is_negated(node, around.parent):
        yield _instead(node, f"not_({written(node)})", "comparison", around)


def _is_negated(node: ast.AST, parent: ast.AST) -> bool:
    """Whether the parent is what negates it, in a mutant of its own."""
    if isinstance(parent, ast.If | ast.While | ast.IfExp):
        return node is parent.test
    if isinstance(parent, ast.comprehension):
        return node in parent.ifs
    return called(parent) == "not_" or (isinstance(parent, ast.UnaryOp) and isinstance(parent.op, ast.Not))


def constants(node: ast.AST, around: Around) -> Iterator[Change]:
    """A literal is another one, a member another member of its sort, a named constant another of its type."""
    if is_negative(node):
        yield _instead(node, "0", "number", around)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield _instead(node, str(not node.value), "truth value", around)
        elif isinstance(node.value, int):
            for number in sorted({node.value + 1, 0} - {node.value}):
                yield _instead(node, str(number), "number", around)
        elif isinstance(node.value, str) and not FOR_PEOPLE.fullmatch(node.value):
            yield _instead(node, repr(node.value + "x"), "text", around)
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        members = around.siblings.members.get(node.value.id, [])
        if node.attr in members:
            for other in members:
                if other != node.attr:
                    yield _instead(node, f"{node.value.id}.{other}", "enumerated", around)


def names(node: ast.AST, around: Around) -> Iterator[Change]:
    """A name is another one that is declared alike: a constant, a function, a parameter, or a field of a record."""
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        likewise = [*around.siblings.constants.get(node.id, []), *around.siblings.functions.get(node.id, [])]
        others = [other for other in dict.fromkeys(likewise) if other in around.names]
        others += _parameters(node.id, around.function)
        yield from (_instead(node, other, "name", around) for other in others)
    elif isinstance(node, ast.Attribute) and around.source.written(node.value) not in around.siblings.members:
        end = around.source.span(node)[1]
        at = (end - len(node.attr.encode()), end)
        yield from (Change("field", at, other) for other in around.siblings.fields.get(node.attr, []))


def _parameters(name: str, function: ast.FunctionDef | None) -> list[str]:
    sorts = {one.arg: ast.unparse(one.annotation) for one in function.args.args if one.annotation} if function else {}
    return [other for other, sort in sorts.items() if other != name and sort == sorts.get(name)]


def guards(node: ast.AST, around: Around) -> Iterator[Change]:
    """A guard is dropped, comes after the next one, or has another error; an error names less, or in another order."""
    if not (isinstance(node, ast.keyword) and node.arg == "requires" and isinstance(node.value, ast.List)):
        return
    every = node.value.elts
    for number, guard in enumerate(every):
        yield evolve(around.source.without(every, number), kind="guard")
        error = guard.elts[1] if isinstance(guard, ast.Tuple) else None
        if isinstance(error, ast.Call):
            yield from _errors(error, around)
    for one, following in pairwise(every):
        yield evolve(around.source.swapped(one, following), kind="guard order")


def _errors(error: ast.Call, around: Around) -> Iterator[Change]:
    for other in ("UnknownPrincipal", "UnknownInstance", "InstanceExists"):
        if called(error) != other:
            yield _instead(error.func, f"errors.{other}", "guard error", around)
            break
    for number in range(len(error.args)):
        yield evolve(around.source.without(error.args, number), kind="error's subject")
    for one, following in pairwise(error.args):
        yield evolve(around.source.swapped(one, following), kind="error's subject")


def tables(node: ast.AST, around: Around) -> Iterator[Change]:
    """Nothing is put or dropped; it is dropped instead of put; a table of the new state is the old one."""
    if not isinstance(node, ast.Call):
        return
    if called(node) in ("put", "drop", "drop_under") and isinstance(node.func, ast.Attribute):
        table = around.source.written(node.func.value)
        yield _instead(node, table, "put or drop", around)
        if called(node) == "put":
            yield _instead(node, f"{table}.drop({around.source.written(node.args[0])})", "put or drop", around)
    elif called(node) == "evolve":
        for keyword in node.keywords:
            if keyword.arg and not isinstance(keyword.value, ast.Call):
                now = f"{keyword.arg}={around.source.written(node.args[0])}.{keyword.arg}"
                yield _instead(keyword, now, "put or drop", around)


def lists(node: ast.AST, around: Around) -> Iterator[Change]:
    """One of several calls in a list is missing; a rule comes after the next one."""
    if isinstance(node, ast.Tuple | ast.List) and len(node.elts) > 2:
        if not all(isinstance(element, ast.Call | ast.Starred) for element in node.elts):
            return
        for number in range(len(node.elts)):
            yield evolve(around.source.without(node.elts, number), kind="list")
        for one, following in pairwise(node.elts):
            if called(one) == "Rule":
                yield evolve(around.source.swapped(one, following), kind="rule order")


def facts(node: ast.AST, around: Around) -> Iterator[Change]:
    """A fact says that it holds where it does not, and the other way round."""
    if isinstance(node, ast.Call) and called(node) == "Fact" and len(node.args) == 3:
        yield evolve(around.source.swapped(*node.args[1:]), kind="phrases")


MUTATORS: tuple[Mutator, ...] = (
    connectives,
    branches,
    comparisons,
    constants,
    names,
    guards,
    tables,
    lists,
    facts,
)
"""All that is changed, each by a function from a node to its changes."""
