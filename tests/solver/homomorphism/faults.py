"""The gallery of faulty universes: changes of the translation that make more provable than is true, or hide what fails.

Each is a change of the text of one function, put in its place while a check runs.
"""

import inspect
import sys
import textwrap
from functools import cached_property
from typing import Any

import attrs
import pytest

from runas_solver import obligations
from runas_solver.axioms import Axioms
from runas_solver.obligations import Obligations
from runas_solver.terms import SymbolicTable
from runas_solver.universe import Universe

__all__ = ["FAULTS", "Fault"]


@attrs.frozen
class Fault:
    """A text in a method of a class or a function of a module, and what stands there instead.

    `check` is the check that fails of it.
    """

    id: str
    check: str
    owner: Any
    method: str
    text: str
    instead: str

    def plant(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put the changed one in place. Raises AssertionError where the text is not there exactly once."""
        found: Any = inspect.getattr_static(self.owner, self.method)
        kind = type(found) if isinstance(found, cached_property | property) else None
        function = found.func if isinstance(found, cached_property) else found.fget if kind else found
        source = textwrap.dedent(inspect.getsource(function))
        assert source.count(self.text) == 1, f"{self.id}: {self.method} has the text {source.count(self.text)} times"
        made: dict[str, Any] = {}
        exec(source.replace(self.text, self.instead), function.__globals__, made)
        changed: Any = made[self.method]
        if isinstance(found, cached_property):
            changed.__set_name__(self.owner, self.method)
        owners = [self.owner] if isinstance(self.owner, type) else [
            module for module in list(sys.modules.values()) if vars(module).get(self.method) is found
        ]  # fmt: skip
        for owner in owners:
            monkeypatch.setattr(owner, self.method, changed)


MEMBERS = "all[0] == member for member in all[1:]"
SOME_MEMBERS = "all[0] == member for member in all[1:] if '{}' not in str(member)"
OF_OTHERS = "        none = self.universe.constants.get((value.sort.__name__, None))\n"
KNOWN_OF_NAMES = """        if value.sort.__name__ == '{sort}':
            yield {formula}
        none = self.universe.constants.get((value.sort.__name__, None))
"""

FAULTS = [
    Fault(*fault)
    for fault in (
        ("fresh-names-are-no-constants", "decision", Axioms, "_of_others", OF_OTHERS,
         KNOWN_OF_NAMES.format(sort="Name", formula="z3.And(*(value.term != c for c in constants['Name']))")),
        ("no-windows", "decision", Axioms, "_of_others", MEMBERS, SOME_MEMBERS.format("WINDOWS")),
        ("no-roles", "step", Axioms, "_of_others", MEMBERS, SOME_MEMBERS.format("ROLE")),
        ("no-blank-names", "decision", Axioms, "_of_others", OF_OTHERS,
         KNOWN_OF_NAMES.format(sort="Name", formula="z3.Not(self.universe.blank(value.term))")),
        ("gid-is-never-zero", "decision", Axioms, "_of_others", OF_OTHERS,
         KNOWN_OF_NAMES.format(sort="PosixId", formula="value.term != self.universe.constants['PosixId', 0]")
         .replace("if ", "if 'gid' in str(value.term) and ")),
        ("none-is-never-meant", "of_nobody", Axioms, "_of_others", " and not value.optional", ""),
        ("matches-by-the-first-key", "tables", SymbolicTable, "_matches", "zip(keys, at, strict=False)",
         "list(zip(keys, at, strict=False))[:1]"),
        ("matches-by-two-keys", "tables", SymbolicTable, "_matches", "zip(keys, at, strict=False)",
         "list(zip(keys, at, strict=False))[:2]"),
        ("one-region", "step", SymbolicTable, "_matches", "zip(keys, at, strict=False)",
         "((x, y) for x, y in zip(keys, at, strict=False) if x.sort.__name__ != 'Region')"),
        ("one-principal", "step", SymbolicTable, "_matches", "zip(keys, at, strict=False)",
         "((x, y) for x, y in zip(keys, at, strict=False) if x.sort.__name__ != 'Principal')"),
        ("one-row-for-all", "tables", Universe, "row", "at[0].term.get_id()", "0"),
        ("drop-drops-all", "tables", SymbolicTable, "_without",
         "all_of(not_(self._matches(keys, at)), self.domain(keys))", "False"),
        ("drop-drops-nothing", "tables", SymbolicTable, "_without",
         "all_of(not_(self._matches(keys, at)), self.domain(keys))", "self.domain(keys)"),
        ("what-is-dropped-stays-readable", "tables", SymbolicTable, "at",
         "self._chosen(self.domain(keys), self.value(keys), self.default)", "self.value(keys)"),
        ("copies-nothing", "tables", SymbolicTable, "copy_under", "any_of(copied(keys), self.domain(keys))",
         "self.domain(keys)"),
        ("copies-no-values", "tables", SymbolicTable, "copy_under",
         "self._chosen(copied(keys), self.value(of + keys[1:]), self.value(keys))", "self.value(keys)"),
        ("copies-whatever-the-field-says", "tables", SymbolicTable, "copy_under",
         ", getattr(self.value(there), where)", ""),
        ("copies-the-other-way", "tables", SymbolicTable, "copy_under", "in (source, to)", "in (to, source)"),
        ("copies-under-every-key", "tables", SymbolicTable, "copy_under", "self._matches(keys, at), ", ""),
        ("put-puts-nothing", "tables", SymbolicTable, "put",
         "self._chosen(self._matches(keys, at), value, self.value(keys))", "self.value(keys)"),
        ("a-choice-of-tables-is-the-first", "tables", Universe, "choose",
         "self.choose(condition, then.domain(keys), otherwise.domain(keys), bool)", "then.domain(keys)"),
        ("a-choice-is-the-second", "decision", Universe, "choose", "z3.If(condition, one.term, two.term)", "two.term"),
        ("fresh-os-users-by-instance", "step", Universe, "_function",
         "value = self._function(value_type, label, tuple(sorts))",
         """value = self._function(value_type, label, tuple(sorts))
        if label == 'state.os_users':
            some = self._function(bool, f"{label}.any", tuple(sorts[:1]))
            held = lambda keys: some(keys[:1])"""),
        ("tags-are-never-blank", "decision", Universe, "_fresh_situation", 'parts["tag"].is_blank()',
         "Truth(self, z3.BoolVal(False))"),
        ("a-default-is-always-named", "decision", Universe, "_fresh_situation",
         'parts["default_user"].is_blank().negated()', "Truth(self, z3.BoolVal(True))"),
        ("everybody-is-tagged", "decision", Universe, "_fresh_situation", "    return Situation(**parts)",
         '    parts["tagged"] = Truth(self, z3.BoolVal(True))\n    return Situation(**parts)'),
        ("decisions-known-without-the-reading", "decision", obligations, "_once",
         "for record in records for", "for record in records[:1] for"),
        ("decisions-known-without-the-os-users", "decision", obligations, "_once",
         "attrs.astuple(record, recurse=False)", "attrs.astuple(record, recurse=False)[:-1]"),
        ("tables-read-at-the-first-key", "step", Universe, "_function", "for key in keys])", "for key in keys[:1]])"),
        ("the-reading-is-the-default", "step", Obligations, "__init__",
         'self.universe.fresh(Reading, "reading")', "DEFAULT"),
        ("the-readings-of-laws-are-the-default", "decision", Obligations, "_assemble",
         'self.universe.fresh(kind, f"law.{name}")',
         'DEFAULT if kind is Reading else self.universe.fresh(kind, f"law.{name}")'),
        ("variables-of-laws-meet-others", "a_reading_of_its_own", Obligations, "_assemble", 'f"law.{name}"', "name"),
        ("every-operation-is-accepted", "step", Obligations, "_watch", "return evolve(step, requires=requires)",
         "return evolve(step, requires=[])"),
        ("invariants-are-supposed-of-the-state-after", "step", Obligations, "_instance", "claim(self.before,",
         "claim(self.transition('start_session')[0].after,"),
    )
]  # fmt: skip
