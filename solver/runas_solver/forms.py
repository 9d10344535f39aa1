"""The forms of code that the proof of the compiled decision understands: nothing else may be in what it proves.

On the symbolic universe, code could notice that it is not given real values: by their type, their identity, or what it
may do with them. So the source must be made of a few forms, each of which asks only what has the same answer for both:

- a field of the situation, of the reading or of an OS user in the situation's table, as a truth;
- such a field compared by `==` with another or with a text or number, or by `is` with an enumerated value;
- whether the table has a name;
- one of these in an `if` without an `else`, and a decision returned.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from enum import EnumType
from types import CodeType, FunctionType
from typing import Any, get_type_hints

from runas_model.facts.compiled import FILE, written
from runas_model.specification.decision import Decide
from runas_model.specification.readings import DEFAULT, Reading
from runas_model.specification.rulebook import Rule
from runas_model.specification.vocabulary import Decision, OsUser, Situation
from runas_model.universes.connectives import field_names
from runas_model.universes.sources import is_named_plainly

__all__ = ["deviation"]

HEADING = "def decide(s, r=DEFAULT):\n    pass"
"""The function, without what it does."""
FIELDS = {"s": set(field_names(Situation)), "r": set(field_names(Reading))}
OF_OS_USERS = set(field_names(OsUser))
ENUMERATED: list[Any] = [
    kind for record in (Situation, Reading) for kind in get_type_hints(record).values() if isinstance(kind, EnumType)
]
MEMBERS = {f"{kind.__name__}_{member.name}": member for kind in ENUMERATED for member in kind}
"""The enumerated values, by what the source calls them."""
KNOWN = {**MEMBERS, "Decision": Decision, "DEFAULT": DEFAULT}


def deviation(decide: Decide, rules: Sequence[Rule]) -> str:
    """What is wrong with code that is to be the compiled decision of some rules, with the line; empty if nothing is."""
    names = dict(getattr(decide, "__globals__", {}))
    source, wanted = written(rules)
    try:
        tree = ast.parse(source)
        code = next(one for one in compile(source, FILE, "exec").co_consts if isinstance(one, CodeType))
    except (SyntaxError, RecursionError, StopIteration) as error:
        return f"what the compiler writes is no function: {error}"
    used = sorted({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - set(FIELDS))
    line = _of_no_form(tree)
    if line is not None:
        told = source.split("\n")[line - 1].strip()
        return f"line {line} of the compiled decision is of none of the forms that are followed: {told}"
    if not (type(decide) is FunctionType and _runs(decide, code)):
        return "the code that runs is not what the compiler writes for these rules"
    strange = [name for name in used if not _is_known(name, names, wanted)]
    return f"what the compiled decision calls {strange[0]} is something else" if strange else ""


def _runs(decide: FunctionType, code: CodeType) -> bool:
    """Whether a function has this code, the default reading, and nothing else that could change what it does."""
    return (
        decide.__code__ == code
        and decide.__closure__ is None
        and decide.__kwdefaults__ is None
        and [id(one) for one in decide.__defaults__ or ()] == [id(DEFAULT)]
        and is_named_plainly(decide.__globals__)
    )


def _is_known(name: str, names: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a name means what it says; one that is not known here must be the decision that the compiler means."""
    value = names.get(name)
    return value is KNOWN[name] if name in KNOWN else type(value) is Decision and value == wanted[name]


def _of_no_form(tree: ast.Module) -> int | None:
    """The first line that is of none of the forms; None if there is none."""
    match tree.body:
        case [ast.FunctionDef(body=body) as function]:
            heading = ast.FunctionDef(**{**vars(function), "body": [ast.Pass()]})
            return next(_lines_of_no_form(body), None) if ast.unparse(heading) == HEADING else function.lineno
    return 1


def _lines_of_no_form(statements: Sequence[ast.stmt]) -> Iterator[int]:
    """The lines of the statements that are of none of the forms."""
    for statement in statements:
        match statement:
            case ast.If(test, body, []) if _is_question(test):
                yield from _lines_of_no_form(body)
            case ast.Return(ast.Name()):
                pass
            case ast.Return(ast.Call(ast.Name("Decision"), fields, [])) if all(map(_is_told, fields)):
                pass
            case _:
                yield statement.lineno


def _is_question(node: ast.expr) -> bool:
    match node:
        case ast.Compare(left, [ast.Eq()], [right]):
            return _is_field(left) and _is_value(right)
        case ast.Compare(left, [ast.Is()], [ast.Name(name)]):
            return _is_field(left) and name in MEMBERS
        case ast.Call(ast.Attribute(table, "has"), [key], []):
            return _is_table(table) and _is_value(key)
    return _is_field(node)


def _is_field(node: ast.expr) -> bool:
    match node:
        case ast.Attribute(ast.Name("s" | "r" as record), name):
            return name in FIELDS[record]
        case ast.Attribute(ast.Subscript(table, key), name):
            return _is_table(table) and _is_value(key) and name in OF_OS_USERS
    return False


def _is_table(node: ast.expr) -> bool:
    return ast.unparse(node) == "s.os_users"


def _is_value(node: ast.expr) -> bool:
    """Whether something is a field, or a text or number."""
    return type(node.value) in (str, int) if isinstance(node, ast.Constant) else _is_field(node)


def _is_told(node: ast.expr) -> bool:
    """Whether something may be a field of a decision."""
    return (isinstance(node, ast.Constant) and type(node.value) in (bool, type(None))) or _is_value(node)
