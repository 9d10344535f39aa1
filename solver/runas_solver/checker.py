"""Checks that a certificate proves an obligation. Whoever trusts this file need trust no solver.

    python checker.py OBLIGATION.smt2 CERTIFICATE.cert

prints that the obligation is proved (exit code 0), or why it is not (1), or what cannot be read (2). It needs Python
3.11 or later with its standard library. An obligation is an SMT-LIB 2 text: sorts and functions that may mean anything,
and assertions about them. It is proved when they cannot all be true. The text itself is read here, so that no
certificate can prove another obligation than the one it comes with.

Terms. Each distinct term gets the next number once its parts are read; 1 is `true`. For a term of sort Bool, the
literal 7 says that term 7 is true, and -7 that it is false. `not`, `or`, `=>`, `xor` and `distinct` are put down to
four kinds of term: a declared function of values, `=` of two values, `and` of literals, and `ite`.

Clauses. A clause is a list of literals, of which at least one is true. The first clauses say what each `and` and each
`ite` means, and that each assertion is true. Each line of a certificate adds a clause that follows from them,

    5 -3 8 0      by unit propagation: suppose that its literals are false; wherever all literals of a clause but one
                  are false, that one is true; in the end some literal is both true and false.
    t 5 -3 8 0    by congruence: suppose that its literals are false; equal values are interchangeable, and what is
                  true is not false; in the end `true` is false.

The last line is `0`: a clause without literals follows, so no meaning of sorts and functions makes all assertions true.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from itertools import combinations, pairwise
from typing import TypeAlias

FORMAT = "runas-spec certificate 1"
LONGEST, MOST = 4_000_000, 20_000_000
"""Characters in a text, and steps in a check, so that none takes more than a minute."""

RESERVED = "let|true|false|not|and|or|=>|xor|=|distinct|ite|forall|exists|match|par|as|!|_|Bool"
CONNECTIVES = ("not", "and", "or", "=>", "xor", "=", "distinct", "ite")
SYMBOL = re.compile(rf"(?!(?:{RESERVED})\Z)[A-Za-z~!@$%^&*_+=<>.?/-][0-9A-Za-z~!@$%^&*_+=<>.?/-]*")
STRANGE = re.compile(r"[^\n\r\t -~]|[|\"\\]")
LINE = re.compile(r"(t )?((?:-?[1-9][0-9]{0,8} )*)0")
FALSE, TRUE = 0, 1

Term: TypeAlias = tuple[str, tuple[int, ...]]
Item: TypeAlias = "str | int | list[Item]"
"""What stands in parentheses: a symbol, the number of a term, or something else in parentheses."""


class Unproved(Exception):
    """The certificate does not prove the obligation."""


class Unreadable(Exception):
    """The obligation or the certificate is no such text."""


class Obligation:
    """The terms of an SMT-LIB text, and the clauses that say what it says."""

    def __init__(self, text: str, most: float = MOST) -> None:
        self.steps_left = most
        self.sorts = {"Bool"}
        self.functions: dict[str, tuple[list[str], str]] = {}
        self.bound = {"true": [TRUE], "false": [-TRUE]}  # by define-fun or let, the innermost last
        self.terms: list[Term] = [("", ()), ("true", ())]  # the number 0 is no term's
        self.sort_of = ["", "Bool"]
        self.numbers: dict[Term, int] = {}
        self.clauses = [[TRUE]]
        self.read(text)

    def take(self, steps: int) -> None:
        self.steps_left -= steps
        if self.steps_left < 0:
            raise Unreadable(f"the check takes more than {MOST:,} steps, and was given up")

    def read(self, text: str) -> None:
        """Read all commands; each parenthesis is dealt with when it is closed, however deep it is."""
        stack: list[list[Item]] = [[]]
        for token in re.findall(r"[()]|[^\s()]+", re.sub(r";[^\n]*", "", text)):
            if token == "(":
                stack.append([])
            elif token == ")" and len(stack) > 1:
                closed = stack.pop()
                stack[-1].append(self.term_of(closed, stack) if len(stack) > 1 else self.command(closed))
            else:
                stack[-1].append(token)
        *commands, last = stack[0] or [0]
        if len(stack) > 1 or last != 1 or any(commands):
            raise Unreadable("the obligation is no list of commands that ends with (check-sat): is it cut short?")

    def command(self, command: list[Item]) -> int:
        """Carry out a command; returns 1 for the last one, and else 0."""
        match command:
            case ["check-sat"]:
                return 1
            case ["set-logic" | "set-info", *words] if all(isinstance(word, str) for word in words):
                pass
            case ["declare-sort", str(name), "0"]:
                self.sorts.add(self.new(name))
            case ["declare-fun", str(name), [*arguments], result]:
                sorts = [sort for sort in [*arguments, result] if isinstance(sort, str) and sort in self.sorts]
                if len(sorts) <= len(arguments) or "Bool" in arguments:
                    raise Unreadable(f"{name} is declared with a sort that is none, or with a Bool as argument")
                self.functions[self.new(name)] = (sorts[:-1], sorts[-1])
            case ["define-fun", str(name), [], str(sort), body]:
                self.bound[self.new(name)] = [self.number(body, sort)]
            case ["assert", formula]:
                self.clauses.append([self.number(formula, "Bool")])
            case _:
                name = command[0] if command and isinstance(command[0], str) else "()"
                raise Unreadable(f"the obligation has a command that is not understood: {name}")
        return 0

    def new(self, name: str) -> str:
        """A symbol that means nothing yet."""
        taken = name in self.sorts or name in self.functions or name in self.bound
        if taken or not SYMBOL.fullmatch(name):
            raise Unreadable(f"{name} cannot be declared, or is declared twice")
        return name

    def number(self, item: Item, sort: str = "") -> int:
        """The number of a term, of a sort if one is wanted."""
        if isinstance(item, str):
            item = self.bound[item][-1] if self.bound.get(item) else self.apply(item, ())
        if isinstance(item, list) or sort not in ("", self.sort_of[abs(item)]):
            raise Unreadable(f"the obligation has something that is no term{sort and f' of sort {sort}'}")
        return item

    def term_of(self, closed: list[Item], stack: list[list[Item]]) -> Item:
        """What is closed inside of what is still open: a term, unless it is a part of a let or a list of sorts."""
        match closed, stack:
            case [str(name), value], [*_, ["let"], _] if SYMBOL.fullmatch(name):
                return [name, self.number(value)]
            case _, [*_, ["let"]]:
                return [self.bind(binding) for binding in closed]
            case ["let", [*names], body], _:
                whole = self.number(body)
                for bound in names:
                    self.bound[str(bound)].pop()
                return whole
            case [str(head), _, *_], _ if head in CONNECTIVES or head in self.functions:
                return self.apply(head, tuple(map(self.number, closed[1:])))
        return closed

    def bind(self, binding: Item) -> str:
        match binding:
            case [str(name), int(number)]:
                self.bound.setdefault(name, []).append(number)
                return name
        raise Unreadable("the obligation has a let that binds something else than a symbol")

    def apply(self, head: str, parts: tuple[int, ...]) -> int:
        """The number of a connective or a declared function of parts."""
        sorts = [self.sort_of[abs(part)] for part in parts]
        several = len(parts) > 1 and len(set(sorts)) == 1
        truths = several and sorts[0] == "Bool"
        match head:
            case "not" if sorts == ["Bool"]:
                return -parts[0]
            case "and" if truths:
                return self.all_of(parts)
            case "or" if truths:
                return -self.all_of(-part for part in parts)
            case "=>" if truths:
                return -self.all_of((*parts[:-1], -parts[-1]))
            case "xor" if truths and len(parts) == 2:
                return -self.equal(*parts)
            case "=" if several:
                return self.all_of(self.equal(*pair) for pair in pairwise(parts))
            case "distinct" if several:
                return self.all_of(-self.equal(*pair) for pair in combinations(parts, 2))
            case "ite" if len(parts) == 3 and sorts[0] == "Bool" and sorts[1] == sorts[2]:
                return self.term("ite", parts, sorts[1])
            case _ if head in self.functions and self.functions[head][0] == sorts:
                return self.term(head, parts, self.functions[head][1])
        raise Unreadable(f"the obligation has a {head} that is not declared, or has other arguments")

    def all_of(self, literals: Iterable[int]) -> int:
        parts = tuple(literals)
        return parts[0] if len(parts) == 1 else self.term("and", parts, "Bool")

    def equal(self, one: int, other: int) -> int:
        """Two truths are equal if the other is true where the one is, and false elsewhere."""
        if self.sort_of[abs(one)] == "Bool":
            return self.term("ite", (one, other, -other), "Bool")
        return self.term("=", (min(one, other), max(one, other)), "Bool")

    def term(self, head: str, parts: tuple[int, ...], sort: str) -> int:
        """The number of a term; of a new one, clauses say what it means."""
        self.take(1 + len(parts))
        if (head, parts) in self.numbers:
            return self.numbers[head, parts]
        number = self.numbers[head, parts] = len(self.terms)
        self.terms.append((head, parts))
        self.sort_of.append(sort)
        if head == "and":
            self.clauses += [[number, *(-part for part in parts)], *([-number, part] for part in parts)]
        elif head == "ite":
            condition, then, otherwise = parts
            if sort == "Bool":
                self.clauses += [[-number, -condition, then], [-number, condition, otherwise]]
                self.clauses += [[number, -condition, -then], [number, condition, -otherwise]]
            else:
                self.clauses += [[-condition, self.equal(number, then)], [condition, self.equal(number, otherwise)]]
        return number


def contradictory(obligation: Obligation, literals: Iterable[int]) -> bool:
    """Whether nothing that the functions may mean makes all these literals true: congruence closure."""
    leader: dict[int, int] = {}

    def find(number: int) -> int:
        while number in leader:
            leader[number] = number = leader.get(leader[number], leader[number])
        return number

    def merge(one: int, other: int) -> bool:
        one, other = find(one), find(other)
        if one != other:
            leader[one] = other
        return one != other

    met, todo = set[int](), [abs(literal) for literal in literals]
    while todo:
        head, parts = obligation.terms[number := todo.pop()]
        if number not in met and (head == "=" or head in obligation.functions):
            met.add(number)
            todo += parts
    merged = [merge(abs(literal), TRUE if literal > 0 else FALSE) for literal in literals]
    obligation.take(1 + len(merged))
    while any(merged):
        merged, like = [], dict[Term, int]()
        for number in sorted(met):
            head, parts = obligation.terms[number]
            found = tuple(map(find, parts))
            obligation.take(1 + len(parts))
            merged.append(merge(number, like.setdefault((head, found), number)))
            if head == "=" and found[0] == found[1]:
                merged.append(merge(number, TRUE))
            elif head == "=" and find(number) == find(TRUE):
                merged.append(merge(*parts))
    return find(TRUE) == find(FALSE)


class Clauses:
    """Clauses, and the literals that are true by unit propagation."""

    def __init__(self, obligation: Obligation) -> None:
        self.take = obligation.take
        self.true: set[int] = set()
        self.containing: dict[int, list[set[int]]] = defaultdict(list)
        self.contradiction = False
        for clause in obligation.clauses:
            self.add(clause)

    def add(self, clause: Iterable[int]) -> None:
        literals = set(clause)
        for literal in literals:
            self.containing[literal].append(literals)
        left = [literal for literal in literals if -literal not in self.true]
        if len(left) < 2 and not (left and self.propagate(left)[1]):
            self.contradiction = True

    def follows(self, clause: Iterable[int]) -> bool:
        """Whether unit propagation contradicts that all literals of a clause are false."""
        supposed, consistent = self.propagate([-literal for literal in clause])
        self.true.difference_update(supposed)
        return self.contradiction or not consistent

    def propagate(self, todo: list[int]) -> tuple[list[int], bool]:
        """Make literals true, with what follows; returns which were not true before, and whether none is false."""
        became: list[int] = []
        while todo:
            literal = todo.pop()
            if -literal in self.true:
                return became, False
            if literal not in self.true:
                self.true.add(literal)
                became.append(literal)
                for clause in self.containing[-literal]:
                    self.take(len(clause))
                    left = [one for one in clause if -one not in self.true]
                    if not left:
                        return became, False
                    if len(left) == 1:
                        todo += left
        return became, True


def heading(text: str) -> str:
    """The first line of the certificate of an obligation: a certificate is for one text."""
    return f"{FORMAT} {sha256(text.encode()).hexdigest()}"


def check(text: str, certificate: str) -> int:
    """The number of lines that prove an obligation. Raises `Unproved`, or `Unreadable`."""
    for content in (text, certificate):
        if len(content) > LONGEST or STRANGE.search(content):
            raise Unreadable(
                f"a text is longer than {LONGEST:,} characters, not ASCII, or has strings or quoted symbols"
            )
    first, *lines = certificate.split("\n")
    if not first.startswith(f"{FORMAT} "):
        raise Unreadable(f"the certificate does not begin with {FORMAT!r}: it is of another version, or none")
    if first != heading(text):
        raise Unproved("the certificate is for another obligation, or for another text of it")
    if lines[-2:] != ["0", ""]:
        raise Unreadable("the certificate does not end with the line 0: is it cut short?")
    obligation = Obligation(text)
    clauses = Clauses(obligation)
    truths = {number for number, sort in enumerate(obligation.sort_of) if sort == "Bool"}
    for number, line in enumerate(lines[:-1], 2):
        step = LINE.fullmatch(line)
        clause = [int(literal) for literal in step[2].split()] if step else [0]
        if step is None or not truths.issuperset(map(abs, clause)):
            raise Unreadable(f"line {number} of the certificate is no clause of this obligation: {line[:40]!r}")
        if step[1] and not contradictory(obligation, [-literal for literal in clause]):
            raise Unproved(f"line {number} of the certificate does not follow by congruence")
        if not step[1] and not clauses.follows(clause):
            raise Unproved(f"line {number} of the certificate does not follow by unit propagation")
        clauses.add(clause)
    return len(lines) - 1


def read_file(path: str) -> str:
    """The text of a file, or as much of it as shows that it is too long. Raises `Unreadable`."""
    try:
        with open(path, encoding="latin-1", newline="") as file:
            return file.read(LONGEST + 1)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from None


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print("usage: python checker.py OBLIGATION.smt2 CERTIFICATE.cert", file=sys.stderr)
        sys.exit(2)
    try:
        print(f"{sys.argv[1]}: proved, by {check(*map(read_file, sys.argv[1:]))} lines")
    except (Unproved, Unreadable) as problem:
        print(f"{sys.argv[2]}: {problem}", file=sys.stderr)
        sys.exit(1 if isinstance(problem, Unproved) else 2)
