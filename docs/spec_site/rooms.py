"""The rooms of the packages, in reading order: each is a folder, and says in its `__init__` what it is for.

Which packages there are, which of them are divided into rooms, and which room comes before which, is read from
`pyproject.toml`: from what goes into the wheel, and from the layers that import-linter keeps.
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from spec_site.console import ROOT

__all__ = ["Module", "Plan", "Room", "first_sentence", "plan"]


@attrs.frozen
class Module:
    """A module that stands in a divided package and in none of its rooms, with what its docstring says first."""

    name: str
    about: str


@attrs.frozen
class Room:
    """A folder of modules: its import name, what it is for, where it and its tests are, and how large it is.

    `frame` is the divided package that it stands in, or empty; a room that is divided itself stands in its own frame,
    and `modules` and `lines` count only what is in none of the rooms within.
    """

    name: str
    about: str
    code: str
    tests: str
    modules: int
    lines: int
    frame: str

    @property
    def package(self) -> str:
        return self.name.partition(".")[0]


@attrs.frozen
class Plan:
    """All packages from the ground up, each with its first sentence; their rooms in reading order; what has no room.

    `frames` has every divided package, with the one around it or an empty name.
    """

    packages: Mapping[str, str]
    rooms: tuple[Room, ...]
    outside: tuple[Module, ...]
    frames: Mapping[str, str]

    def room_of(self, module: str) -> str | None:
        """The name of the room that a module stands in: the innermost, or None."""
        names = {room.name for room in self.rooms}
        while module and module not in names:
            module = module.rpartition(".")[0]
        return module or None


def plan(root: Path = ROOT) -> Plan:
    """The plan of the packages under `root`.

    Raises ValueError for a package or a room that has no docstring or no tests, or that stands in no layer.
    """
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]
    layers = _layers(settings["importlinter"]["contracts"])
    folders = {Path(path).name: root / path for path in settings["hatch"]["build"]["targets"]["wheel"]["packages"]}
    surveyor = _Surveyor(root, layers)
    names = surveyor.in_order("", folders)
    rooms = [room for name in names for room in surveyor.rooms(name, folders[name], "")]
    return Plan({name: surveyor.about(name, folders[name]) for name in names}, tuple(rooms),
                tuple(surveyor.outside), surveyor.frames)  # fmt: skip


def first_sentence(path: Path, name: str) -> str:
    """The first sentence of a module's docstring. Raises ValueError where there is none."""
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    if not docstring:
        raise ValueError(f"{name} has no docstring: say at the top of {path.name} in its folder what it is for")
    paragraph = " ".join(docstring.split("\n\n")[0].split())
    return re.split(r"(?<=\.) ", paragraph)[0]


def _layers(contracts: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The names in each divided package from the ground up; those of the packages themselves under an empty name."""
    found = {}
    for contract in contracts:
        if contract["type"] == "layers":
            names = [name.strip() for layer in reversed(contract["layers"]) for name in re.split("[|:]", layer)]
            for container in contract.get("containers", [""]):
                found[container] = names
    return found


class _Surveyor:
    """Walks through the folders; notes the frames, and what is outside all rooms."""

    def __init__(self, root: Path, layers: Mapping[str, Sequence[str]]) -> None:
        self.root, self.layers = root, layers
        self.frames: dict[str, str] = {}
        self.outside: list[Module] = []

    def in_order(self, container: str, names: Mapping[str, Path]) -> list[str]:
        """Packages or rooms from the ground up."""
        layers = self.layers[container]
        if unknown := [name for name in names if name not in layers]:
            where = f"the rooms of {container}" if container else "the packages"
            raise ValueError(f"{', '.join(unknown)} stands in no layer: name it among {where} in pyproject.toml")
        return sorted(names, key=layers.index)

    def rooms(self, name: str, folder: Path, frame: str) -> Iterator[Room]:
        """The room itself, unless it is a package that is divided, and then the rooms in it."""
        divided = name in self.layers
        if divided:
            self.frames[name] = frame
        if divided and not frame:
            self.outside += (
                Module(f"{name}.{path.stem}", first_sentence(path, f"{name}.{path.stem}"))
                for path in sorted(folder.glob("*.py"))
                if path.stem != "__init__"
            )
        else:
            yield self._room(name, folder, name if divided else frame, divided)
        if divided:
            within = {path.parent.name: path.parent for path in sorted(folder.glob("*/__init__.py"))}
            for one in self.in_order(name, within):
                yield from self.rooms(f"{name}.{one}", within[one], name)

    def about(self, name: str, folder: Path) -> str:
        return first_sentence(folder / "__init__.py", name)

    def _room(self, name: str, folder: Path, frame: str, divided: bool) -> Room:
        modules = list(folder.glob("*.py") if divided else folder.rglob("*.py"))
        lines = sum(len(path.read_text("utf-8").splitlines()) for path in modules)
        code = folder.relative_to(self.root).as_posix()
        return Room(name, self.about(name, folder), code, self._tests(name, code), len(modules), lines, frame)

    def _tests(self, name: str, code: str) -> str:
        """The folder of the tests: as the code's, without the package; that of the properties at the top."""
        top, _, *within = Path(code).parts
        places = [Path("tests", top, *within), *([Path("tests", *within)] if within else [])]
        for place in places:
            if any((self.root / place).rglob("test_*.py")):
                return place.as_posix()
        raise ValueError(f"{name} has no tests: there is no test_*.py in {' or '.join(map(str, places))}")
