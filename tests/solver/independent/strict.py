"""A strict reader of the SMT-LIB 2.6 that is exported: the logic QF_UF, and nothing that the standard does not have.

Solvers are lenient, each in its own way: a connective with one part, a symbol that is declared twice or later, a letter
beyond ASCII. What this reader accepts needs no leniency.
"""

import re
from collections.abc import Iterator
from typing import Any, NoReturn

import attrs

__all__ = ["NotStrict", "read_strictly"]

TOKEN = re.compile(r"[()]|;[^\n]*|\s+|[^()\s;]+")
SYMBOL = re.compile(r"[A-Za-z~!@$%^&*_+=<>.?/-][0-9A-Za-z~!@$%^&*_+=<>.?/-]*")
CONNECTIVES = {"and", "or", "xor", "=>"}
RESERVED = CONNECTIVES | {"!", "_", "as", "let", "exists", "forall", "match", "par", "not", "ite", "=", "distinct"}
RESERVED |= {"true", "false", "Bool"}
BOOL = "Bool"

Term = Any
"""A symbol with its line, or a list of terms."""


class NotStrict(Exception):
    """What the standard does not allow, and the line of the text in which it stands."""


class Symbol(str):
    """A symbol, and its line."""

    line: int


def read_strictly(text: str) -> None:
    """Raises `NotStrict` for a text that is not a script of QF_UF with one question at its end."""
    commands = list(_parsed(text))
    script = Script()
    for command in commands:
        script.run(command)
    if not commands or commands[0][0] != "set-logic" or script.asked != 1 or commands[-1][0] != "check-sat":
        raise NotStrict("a script has one logic, at its beginning, and one question, at its end")


@attrs.define
class Script:
    """What has been declared so far: sorts, and functions with the sorts of their arguments and values."""

    sorts: set[str] = attrs.field(factory=lambda: {BOOL})
    functions: dict[str, tuple[tuple[str, ...], str]] = attrs.field(
        factory=lambda: {"true": ((), BOOL), "false": ((), BOOL)}
    )
    asked: int = 0

    def run(self, command: Term) -> None:
        match command:
            case ["set-logic", "QF_UF"]:
                pass
            case ["declare-sort", name, "0"]:
                self.sorts.add(self._new(name))
            case ["declare-const", name, value]:
                self._declare(name, [], value)
            case ["declare-fun", name, list(arguments), value]:
                self._declare(name, arguments, value)
            case ["define-fun", name, list(parameters), value, body]:
                sorts = {self._new(parameter): self._sort(sort) for parameter, sort in parameters}
                if len(sorts) != len(parameters) or self._sort(value) != self.sort_of(body, sorts):
                    refuse(name, f"{name} is not of its sort, or has two parameters of one name")
                self._declare(name, list(sorts.values()), value)
            case ["assert", term]:
                if self.sort_of(term, {}) != BOOL:
                    refuse(term, "what is asserted is no Bool")
            case ["check-sat"]:
                self.asked += 1
            case _:
                refuse(command, f"no command of this kind of script: {shown(command)}")

    def sort_of(self, term: Term, bound: dict[str, str]) -> str:
        """The sort of a term, in which some symbols are bound."""
        while isinstance(term, list) and term and term[0] == "let":
            if len(term) != 3 or not isinstance(term[1], list) or not term[1]:
                refuse(term, "a let binds symbols, and has a body")
            new = {self._new(name): self.sort_of(value, bound) for name, value in term[1]}
            if len(new) != len(term[1]):
                refuse(term, "a let binds one symbol twice")
            bound, term = bound | new, term[2]
        if isinstance(term, str):
            return self._applied(term, [], bound)
        if len(term) < 2 or not isinstance(term[0], str):
            refuse(term, f"no term: {shown(term)}")
        return self._applied(term[0], [self.sort_of(part, bound) for part in term[1:]], bound)

    def _applied(self, function: str, given: list[str], bound: dict[str, str]) -> str:
        """The sort of a function or connective, given the sorts of what it is applied to."""
        alike, truths = len(set(given)) == 1, set(given) == {BOOL}
        match function:
            case "not":
                fits, value = given == [BOOL], BOOL
            case "and" | "or" | "xor" | "=>":
                fits, value = truths and len(given) >= 2, BOOL
            case "=" | "distinct":
                fits, value = alike and len(given) >= 2, BOOL
            case "ite":
                fits = len(given) == 3 and given[0] == BOOL and given[1] == given[2]
                value = given[-1] if given else ""
            case _ if function in bound:
                fits, value = not given, bound[function]
            case _ if function in self.functions:
                wanted, value = self.functions[function]
                fits = list(wanted) == given
            case _:
                refuse(function, f"{function} is not declared before it is used")
        if not fits:
            refuse(function, f"{function} cannot be applied to {len(given)} parts ({', '.join(given)})")
        return value

    def _declare(self, name: str, arguments: list[str], value: str) -> None:
        self.functions[self._new(name)] = (tuple(map(self._sort, arguments)), self._sort(value))

    def _sort(self, sort: str) -> str:
        if not isinstance(sort, str) or sort not in self.sorts:
            refuse(sort, f"{shown(sort)} is no sort that is declared before it is used")
        return sort

    def _new(self, name: str) -> str:
        """A symbol that is free to be declared or bound."""
        if not isinstance(name, str) or not SYMBOL.fullmatch(name) or name in RESERVED or name[0] in "@.":
            refuse(name, f"{shown(name)} cannot be declared: no simple symbol, or one that has a meaning")
        if name in self.sorts or name in self.functions:
            refuse(name, f"{name} is declared twice")
        return name


def refuse(at: Term, what: str) -> NoReturn:
    while isinstance(at, list) and at:
        at = at[0]
    raise NotStrict(f"line {at.line}: {what}" if isinstance(at, Symbol) else what)


def shown(term: Term) -> str:
    return term if isinstance(term, str) else f"({' '.join(map(shown, term))})"


def _parsed(text: str) -> Iterator[Term]:
    """The commands of a text."""
    if not text.isascii():
        raise NotStrict(f"a letter beyond ASCII: {next(letter for letter in text if not letter.isascii())!r}")
    open_lists: list[list[Term]] = []
    line = 1
    for token in TOKEN.findall(text):
        if token == "(":
            open_lists.append([])
        elif token == ")":
            if not open_lists:
                raise NotStrict(f"line {line}: a bracket is closed that was not opened")
            done = open_lists.pop()
            if open_lists:
                open_lists[-1].append(done)
            else:
                yield done
        elif token[0] not in "; \t\r\n":
            symbol = Symbol(token)
            symbol.line = line
            if not open_lists:
                raise NotStrict(f"line {line}: {token} stands outside of a command")
            open_lists[-1].append(symbol)
        line += token.count("\n")
    if open_lists:
        raise NotStrict("a bracket is not closed")
