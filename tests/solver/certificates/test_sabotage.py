"""The checker, sabotaged in one place at a time: what tests it tells each such checker from the real one."""

from pathlib import Path
from types import ModuleType

import pytest

from runas_solver import checker
from solver.certificates.soundness import faults_found
from thinned import thinned

SABOTAGE = {
    "congruence is not checked": ("if step[1] and not contradictory", "if False and not contradictory"),
    "unit propagation is not checked": ("if not step[1] and not clauses.follows", "if False and not clauses.follows"),
    "the last line may be missing": ('if lines[-2:] != ["0", ""]:', "if not lines:"),
    "the text is not compared": ("if first != heading(text):", "if not first:"),
    "what is supposed stays so": ("self.true.difference_update(supposed)", "pass"),
    "lines are not added": ("        clauses.add(clause)\n    return", "    return"),
    "a clause of two literals is a unit": ("if len(left) < 2 and", "if len(left) < 3 and"),
    "of two literals left one is true": ("if len(left) == 1:", "if len(left) == 2:"),
    "one literal of a clause is not looked at": ("for one in clause if -one", "for one in [*clause][1:] if -one"),
    "true and false are one": ("FALSE, TRUE = 0, 1", "FALSE, TRUE = 1, 1"),
    "equal are those that are not": ("find(number) == find(TRUE):", "find(number) == find(FALSE):"),
    "nothing equals itself": ("merge(number, TRUE))", "merge(number, number))"),
    "everything is equal": ("found[0] == found[1]:", "found[0] != FALSE:"),
    "every function is the same": ("like.setdefault((head, found)", 'like.setdefault(("", found)'),
    "arguments have no order": ("tuple(map(find, parts))", "tuple(sorted(map(find, parts)))"),
    "only the first argument counts": ("like.setdefault((head, found)", "like.setdefault((head, found[:1])"),
    "no congruence": ("merged.append(merge(number, like", "merged.append(print == (number, like"),
    "congruence is not repeated": ("while any(merged):", "if any(merged):"),
    "parts are left out": ("met.add(number)\n            todo +=", "met.add(number)\n            _ ="),
    "a conjunction is true with its first part": ("*(-part for part in parts)]", "*(-part for part in parts[:1])]"),
    "a conjunction is true without its parts": ("part] for part in parts)", "part] for part in parts[1:])"),
    "an if takes the other branch": ("[-number, -condition, then]", "[-number, condition, then]"),
    "an else takes the other branch": ("[number, condition, -otherwise]", "[number, -condition, -otherwise]"),
    "an if of values takes the other branch": ("[-condition, self.equal(", "[condition, self.equal("),
    "equality of truths is an implication": ('"ite", (one, other, -other)', '"ite", (one, other, 1)'),
    "equality has an order": ("(min(one, other), max(one, other))", "(one, other)"),
    "or is and": ("return -self.all_of(-part for part in parts)", "return self.all_of(parts)"),
    "an implication forgets its conclusion": ("(*parts[:-1], -parts[-1])", "parts[:-1]"),
    "an implication is a conjunction": ("-self.all_of((*parts[:-1], -parts[-1]))", "self.all_of(parts)"),
    "xor is =": ("return -self.equal(*parts)", "return self.equal(*parts)"),
    "not does nothing": ("return -parts[0]", "return parts[0]"),
    "false is true": ('"false": [-TRUE]', '"false": [TRUE]'),
    "= compares two only": ("for pair in pairwise(parts)", "for pair in [parts[:2]]"),
    "distinct compares neighbours only": ("combinations(parts, 2)", "pairwise(parts)"),
    "distinct is =": ("self.all_of(-self.equal(*pair)", "self.all_of(self.equal(*pair)"),
    "a let binds one after the other": (
        "return [name, self.number(value)]",
        "return self.bound.setdefault(name, []).append(self.number(value)) or [name, self.number(value)]",
    ),
    "a let does not end": ("self.bound[str(bound)].pop()", "pass"),
    "a let binds nothing": ("(name, []).append(number)", "(name, []).append(TRUE)"),
    "an assertion is left out": ('self.clauses.append([self.number(formula, "Bool")])', 'self.number(formula, "Bool")'),
    "an assertion is negated": ('[self.number(formula, "Bool")]', '[-self.number(formula, "Bool")]'),
    "terms are one that are not": ("self.numbers[head, parts] =", "self.numbers[head, parts[:1]] ="),
}  # fmt: skip


def sabotaged(name: str) -> ModuleType:
    """The checker with a sabotage that changes one place."""
    source = Path(checker.__file__).read_text("utf-8")
    now, then = SABOTAGE[name]
    assert source.count(now) == 1, f"{now!r} occurs {source.count(now)} times"
    module = ModuleType("sabotaged")
    exec(compile(source.replace(now, then), f"<{name}>", "exec"), module.__dict__)
    return module


@pytest.mark.parametrize("name", thinned(SABOTAGE, 4))
def test_a_sabotaged_checker_is_found_out(name: str) -> None:
    assert next(faults_found(sabotaged(name)), None) is not None
