"""Faces give a name when it is asked for and import nothing before, and old paths lead to the new ones for a while."""

import subprocess
import sys
import warnings
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

import pytest

import runas_model
from runas_model.faces import moved, when_asked

MOVED = {
    "runas_model.classes": ("runas_model.facts.classes", "situation_classes"),
    "runas_model.connectives": ("runas_model.universes.connectives", "all_of"),
    "runas_model.records": ("runas_model.inputs.records", "read_recorded"),
    "runas_model.rulebook": ("runas_model.specification.rulebook", "run_as_applies"),
    "runas_properties.conviction": ("runas_properties.gallery.conviction", "convict"),
    "runas_properties.failures": ("runas_properties.oracle.failures", "shortened"),
    "runas_properties.faults": ("runas_properties.gallery.implementations", "FAULTS"),
    "runas_properties.faults.decisions": (
        "runas_properties.gallery.implementations.decisions",
        "FallsBackToSsmUser",
    ),
    "runas_properties.faults.names": ("runas_properties.gallery.implementations.names", "ByNumber"),
    "runas_properties.machine": ("runas_properties.stateful.machine", "RunAsMachine"),
    "runas_properties.recorded": ("runas_properties.oracle.recorded", "check"),
    "runas_properties.strategies": ("runas_properties.stateful.strategies", "situations"),
}
"""What was documented as public under another path: where it is now, and a name in it."""

STAYED = {
    "runas_model.facts": "FACTS",
    "runas_model.specification": "SPECIFICATION",
    "runas_model.stories": "tell_reading",
    "runas_properties.conformance.vectors": "read_document",
    "runas_properties.explorer": "explore",
    "runas_properties.implementations": "DictService",
    "runas_properties.laws.law": "Claim",
    "runas_solver.counterexamples": "counterexample",
    "runas_solver.gallery": "convict",
    "runas_solver.proofs": "prove",
    "runas_solver.repair": "repairs",
}
"""What was documented as public and has its path still, with a name in it."""


def run(program: str) -> str:
    """What a program prints in an interpreter of its own. Raises AssertionError, with its words, where it fails."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("face", ["runas_model", "runas_properties.conformance", "runas_solver"])
def test_a_face_imports_nothing_until_it_is_asked(face: str) -> None:
    names = run(f"import sys, {face}; print(*(name for name in sys.modules if name.startswith('runas_')))").split()

    packages = {".".join(face.split(".")[:depth]) for depth in range(1, face.count(".") + 2)}
    moved_here = {name for name in names if name in MOVED or name.startswith("runas_properties.faults.")}
    assert set(names) - moved_here == {*packages, "runas_model", "runas_model.faces"}


@pytest.mark.parametrize(
    ("missing", "face", "names"),
    [
        ("numpy", "runas_properties.explorer", "Trace, shortest_traces, instance_of"),
        ("hypothesis", "runas_properties.gallery", "FAULTS, FAULTY_SPECIFICATIONS"),
        ("hypothesis", "runas_properties.stateful", "CONFUSIONS, PRECEDENTS, Coverage"),
        ("hypothesis", "runas_properties.conformance", "conform, self_check, smoke_test"),
        ("hypothesis", "runas_properties.conformance.judging", "judge, observe, story"),
    ],
)
def test_what_needs_no_extra_is_had_without_it(missing: str, face: str, names: str) -> None:
    run(f"import sys; sys.modules[{missing!r}] = None; from {face} import {names}")


def test_a_name_is_the_one_of_its_module_and_is_asked_for_once() -> None:
    assert runas_model.decide is import_module("runas_model.facts.compiled").decide
    assert vars(runas_model)["decide"] is runas_model.decide


def test_a_face_lists_what_it_has_before_it_is_asked() -> None:
    names = run("import runas_properties.explorer as face; print(*dir(face))").split()

    assert {"explore", "Scope", "Trace", "shortest_traces"} <= set(names)
    assert run("from runas_model.stories import *; print(tell.__name__, changes.__name__)").split() == [
        "tell",
        "changes",
    ]


def test_a_name_that_a_face_has_not_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match=r"module 'runas_model' has no attribute 'decides'"):
        _ = runas_model.decides  # type: ignore[attr-defined]
    with pytest.raises(ImportError, match="cannot import name 'decides'"):
        exec("from runas_model import decides")


def test_a_face_gives_only_what_it_imports_for_type_checkers() -> None:
    ask = when_asked("runas_model.universes")

    assert ask("all_of") is import_module("runas_model.universes.connectives").all_of
    with pytest.raises(AttributeError, match="'T'"):
        ask("T")


def warned(program: str) -> tuple[Mapping[str, object], list[warnings.WarningMessage]]:
    """The names that a program has, and what it was warned of."""
    names: dict[str, object] = {}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        exec(compile(program, "program.py", "exec"), names)
    return names, caught


@pytest.mark.parametrize(("old", "new", "name"), [(old, *place) for old, place in MOVED.items()], ids=list(MOVED))
def test_an_old_path_gives_the_same_object_and_says_where_it_is_now(old: str, new: str, name: str) -> None:
    for program in (f"from {old} import {name}", f"import {old} as old\n{name} = old.{name}"):
        import_module(old.partition(".")[0])
        names, caught = warned(program)

        assert names[name] is getattr(import_module(new), name)
        assert [(one.category, one.filename) for one in caught] == [(DeprecationWarning, "program.py")]
        assert str(caught[0].message) == (f"{old} has moved to {new}; the old path will be removed in the next version")


@pytest.mark.parametrize(("path", "name"), STAYED.items(), ids=list(STAYED))
def test_a_path_that_stayed_warns_of_nothing(path: str, name: str) -> None:
    names, caught = warned(f"from {path} import {name}")

    assert not isinstance(names[name], ModuleType)
    assert caught == []


def test_an_old_path_has_no_more_than_the_new_one() -> None:
    with pytest.raises(ImportError, match="cannot import name 'nothing'"):
        exec("from runas_properties.machine import nothing")


def test_a_module_that_moves_is_found_by_its_parent_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("an_old", "an_old.path"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    moved({"an_old.path": "runas_model.specification.clauses"})

    with pytest.warns(DeprecationWarning, match=r"an_old\.path has moved to runas_model\.specification\.clauses"):
        assert "C1" in sys.modules["an_old"].path.CLAUSES
