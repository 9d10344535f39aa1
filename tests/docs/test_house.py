"""The house is in order: small modules, rooms with a face, tests in folders of the same path, and nothing loose.

All is derived from the folders. A check is a function of a root folder, and returns what is out of order.
"""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from thinned import slow

ROOT = Path(__file__).parents[2]
MOST_LINES = 300
LOOSE = {"runas_model": "faces", "runas_properties": "pytest_plugin"}
"""The one module that each package has beside its rooms."""
MAY_IMPORT = re.compile(r"(May import|Imports|The ground of [^:]+: imports) ")


def packages(root: Path) -> list[Path]:
    return sorted(face.parent for face in root.glob("*/runas_*/__init__.py"))


def rooms(root: Path) -> list[Path]:
    """The folders with a face in each package; a package that has none is a room itself."""
    return [
        room
        for package in packages(root)
        for room in sorted(face.parent for face in package.glob("*/**/__init__.py")) or [package]
    ]


def folder_of_tests(root: Path, room: Path) -> Path:
    """The folder of a room's tests. Most rooms are of the properties, so their tests stand a folder higher."""
    folder, _, *path = room.relative_to(root).parts
    return root.joinpath("tests", *([] if folder == "properties" else [folder]), *path)


def public_names(face: Path) -> list[str]:
    for node in ast.parse(face.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return []


CHECKER = "solver/runas_solver/checker.py"


def too_long(root: Path) -> list[str]:
    """Modules of the packages and files of the tests with too many lines; data does not count, nor does the checker.

    Whoever checks a proof is to read one file, with all that it says of itself.
    """
    files = [*root.glob("tests/**/*.py"), *(file for package in packages(root) for file in package.rglob("*.py"))]
    lengths = {str(file.relative_to(root)): len(file.read_text("utf-8").splitlines()) for file in files}
    return [
        f"{name} has {length} lines"
        for name, length in sorted(lengths.items())
        if length > MOST_LINES and name != CHECKER
    ]


def faceless(root: Path) -> list[str]:
    """Rooms that do not say what they are, what they may import, or what of them is public."""
    found = []
    for room in rooms(root):
        face = room / "__init__.py"
        said = ast.get_docstring(ast.parse(face.read_text("utf-8"))) or ""
        first, *more = re.split(r"(?<=\.)\s+", " ".join(said.split()))
        lacks = {
            "a first sentence": not first.endswith("."),
            "a sentence that begins with 'May import' or 'Imports'": not any(map(MAY_IMPORT.match, more)),
            "public names": not public_names(face) and room.name != "runas_cli",  # which is run, and not imported
        }
        found += [f"{room.relative_to(root)} lacks {what}" for what, is_lacking in lacks.items() if is_lacking]
    return found


def untested(root: Path) -> list[str]:
    """Rooms without a test in the folder of the same path."""
    folders = {room: folder_of_tests(root, room) for room in rooms(root)}
    return [
        f"{room.relative_to(root)} has no test in {tests.relative_to(root)}"
        for room, tests in folders.items()
        if not list(tests.glob("test_*.py"))
    ]


def loose(root: Path) -> list[str]:
    """Modules that stand beside the rooms of a package, and in none."""
    return [
        f"{module.relative_to(root)} is in no room"
        for package in packages(root)
        if package not in rooms(root)
        for module in sorted(package.glob("*.py"))
        if module.stem not in ("__init__", LOOSE.get(package.name))
    ]


HIDDEN = """
import sys
from importlib import import_module
from types import ModuleType

for name in sys.argv[1:]:
    import_module(name)
for face in [sys.modules[name] for name in sys.argv[1:]]:
    for name in getattr(face, "__all__", ()) if hasattr(face, "__path__") else ():
        if isinstance(getattr(face, name, sys), ModuleType):
            print(face.__name__, name)
"""
"""Prints the public names of faces that are not there or are modules, once all modules were imported."""


def hidden(root: Path) -> list[str]:
    """Public names that are not there, or behind which is a module of the same name that its face does not list."""
    modules, listed = [], set()
    for package in packages(root):
        for file in sorted(package.rglob("*.py")):
            module = ".".join(file.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__")
            modules.append(module)
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module == module:
                    listed |= {f"{module} {one.name}" for one in node.names}
    path = os.pathsep.join(str(package.parent) for package in packages(root))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN, *modules],
        env={**environment, "PYTHONPATH": path},
        cwd=root,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return sorted(set(done.stdout.splitlines()) - listed)


def test_the_packages_are_those_that_are_built() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert sorted(built["packages"]) == [str(package.relative_to(ROOT)) for package in packages(ROOT)]


def test_no_module_and_no_test_file_is_over_300_lines() -> None:
    assert too_long(ROOT) == []


def test_every_room_has_a_face_that_says_what_it_is_what_it_may_import_and_what_is_public() -> None:
    assert faceless(ROOT) == []


def test_every_room_has_tests_in_a_folder_of_the_same_path() -> None:
    assert untested(ROOT) == []


def test_no_module_stands_beside_the_rooms() -> None:
    assert loose(ROOT) == []


@slow
def test_every_public_name_of_a_face_is_there_and_hidden_by_no_module() -> None:
    assert hidden(ROOT) == []


HOUSE = {
    "cli/runas_cli/__init__.py": '"""The command.\n\nMay import all\nothers."""',
    "model/runas_model/__init__.py": '"""The model."""\n',
    "model/runas_model/faces.py": "",
    "model/runas_model/facts/__init__.py": (
        '"""Facts, in lines\nof their own. May import nothing."""\nfrom runas_model.facts.atoms import atom\n'
        '__all__ = ["atom"]\n'
    ),
    "model/runas_model/facts/atoms.py": "atom = 7\n" * MOST_LINES,
    "properties/runas_properties/__init__.py": "",
    "properties/runas_properties/pytest_plugin.py": "",
    "properties/runas_properties/laws/__init__.py": (
        '"""The laws.\n\nThe ground of it: imports the model alone."""\nfrom runas_properties.laws import steps\n'
        '__all__ = ["steps"]\n'
    ),
    "properties/runas_properties/laws/steps.py": "",
    "properties/runas_properties/laws/kept/__init__.py": (
        '"""What is kept. Imports nothing of ours."""\n__all__ = ["KEPT"]\nKEPT = ()\n'
    ),
    "properties/runas_properties/laws/kept/traces.json": "\n" * 1000,
    "tests/cli/test_main.py": "",
    "tests/model/facts/test_atoms.py": "",
    "tests/laws/test_steps.py": "",
    "tests/laws/kept/test_kept.py": "",
}
"""One that is in order."""

FACTS, LAWS, SOLVER = "model/runas_model/facts", "properties/runas_properties/laws", "solver/runas_solver"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name, text in HOUSE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_in_a_house_that_is_in_order_nothing_is_found(house: Path) -> None:
    assert [check(house) for check in (too_long, faceless, untested, loose, hidden)] == [[]] * 5


OUT_OF_ORDER = {
    "a long module": (too_long, f"{FACTS}/atoms.py", "#\n" * 301, f"{FACTS}/atoms.py has 301 lines"),
    "a long test file": (too_long, "tests/laws/deep/more.py", "#\n" * 301, "tests/laws/deep/more.py has 301 lines"),
    "a face without imports": (faceless, "cli/runas_cli/__init__.py", '"""It."""', "cli/runas_cli lacks a sentence"),
    "imports said first": (faceless, f"{FACTS}/__init__.py", '"""May import it."""', f"{FACTS} lacks a sentence"),
    "nothing public": (faceless, f"{FACTS}/__init__.py", '"""It. May import it."""', f"{FACTS} lacks public names"),
    "an empty list": (faceless, f"{FACTS}/__init__.py", '"""It. Imports it."""\n__all__ = []', f"{FACTS} lacks public"),
    "no docstring": (faceless, f"{FACTS}/__init__.py", '__all__ = ["atom"]', f"{FACTS} lacks a first sentence"),
    "an empty face": (faceless, f"{SOLVER}/__init__.py", "", f"{SOLVER} lacks a first sentence"),
    "an untested room": (untested, f"{FACTS}/deep/__init__.py", "", f"{FACTS}/deep has no test in tests/model/facts/"),
    "an untested package": (untested, f"{SOLVER}/__init__.py", "", f"{SOLVER} has no test in tests/solver"),
    "a test taken away": (
        untested,
        "tests/laws/kept/test_kept.py",
        None,
        f"{LAWS}/kept has no test in tests/laws/kept",
    ),
    "a loose module": (loose, "model/runas_model/more.py", "", "model/runas_model/more.py is in no room"),
    "one loose elsewhere": (loose, f"{LAWS}/../faces.py", "", "properties/runas_properties/faces.py is in no room"),
    "a name behind a module": (hidden, f"{FACTS}/atom.py", "", "runas_model.facts atom"),
    "a name that is not there": (hidden, f"{FACTS}/__init__.py", '__all__ = ["atom"]', "runas_model.facts atom"),
}


@pytest.mark.parametrize(("check", "name", "text", "found"), OUT_OF_ORDER.values(), ids=OUT_OF_ORDER.keys())
def test_what_is_out_of_order_is_found(
    check: Callable[[Path], list[str]], name: str, text: str | None, found: str, house: Path
) -> None:
    (house / name).parent.mkdir(parents=True, exist_ok=True)
    if text is None:
        (house / name).unlink()
    else:
        (house / name).write_text(text)

    (first, *_) = check(house)
    assert first.startswith(found)
