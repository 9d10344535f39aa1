"""The architecture page: every name on it exists, its rooms are those of the packages, and a bare room is refused."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from runas_model.specification.rulebook import RULES
from runas_properties.laws import LAWS
from spec_site import architecture_page  # noqa: F401
from spec_site.console import ROOT
from spec_site.parts import PARTS
from spec_site.room_graph import imports_between
from spec_site.rooms import Plan, first_sentence, plan

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
WALKS = re.split(r"^### ", PAGE.partition("## Three walks")[2], flags=re.M)[1:]
PACKAGES = ("runas_model", "runas_properties", "runas_solver", "runas_cli", "spec_site")

PYPROJECT = """
[tool.hatch.build.targets.wheel]
packages = ["model/ours"]

[[tool.importlinter.contracts]]
name = "Packages"
type = "layers"
layers = ["ours"]

[[tool.importlinter.contracts]]
name = "Rooms"
type = "layers"
containers = ["ours"]
layers = ["attic | tower", "cellar"]
"""


def names_in(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))


def found(name: str) -> object:
    """What a dotted name stands for: a module, or a name in one. Raises KeyError or ModuleNotFoundError."""
    module, _, rest = name, "", ""
    while True:
        try:
            value: object = importlib.import_module(module)
            break
        except ModuleNotFoundError:
            module, _, last = module.rpartition(".")
            rest = f"{last}.{rest}".rstrip(".")
            if not module:
                raise
    for part in filter(None, rest.split(".")):
        value = getattr(value, part, None) or getattr(value, "__annotations__", {})[part]
    return value


def missing(text: str) -> Iterator[str]:
    """The names in a text that stand for nothing; those without a module are looked for in the modules it names."""
    names = names_in(text)
    modules = [name for name in names if name.startswith(PACKAGES)]
    for name in names:
        if "/" in name:
            is_there = (ROOT / name).exists()
        elif name.startswith("runas-spec "):
            is_there = stands_for_something("runas_cli.{0}.{0}".format(name.split()[1]))
        elif name in RULES or name in LAWS:
            is_there = True
        else:
            places = [name] if name.startswith(PACKAGES) else [f"{module}.{name}" for module in modules]
            is_there = any(map(stands_for_something, places))
        if not is_there:
            yield name


def stands_for_something(name: str) -> bool:
    try:
        found(name)
    except (KeyError, ModuleNotFoundError):
        return False
    return True


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.splitlines()[0])
def test_every_name_in_a_walk_exists(walk: str) -> None:
    assert len(names_in(walk)) > 20
    assert list(missing(walk)) == []


def test_a_name_that_does_not_exist_is_missed() -> None:
    text = "`runas_model.facts.compiled` has `decide`, `decided`, `Situation.tags`, `no-such-rule`, `tests/none.py`."

    assert list(missing(text)) == ["decided", "Situation.tags", "no-such-rule", "tests/none.py"]
    assert list(missing("`runas_model.facts.compile.decide`")) == ["runas_model.facts.compile.decide"]


def test_the_laws_and_rules_of_the_walks_are_told_as_they_are() -> None:
    """What a name alone cannot show: which rule a tag comes to, and which function a law is."""
    from runas_model import AGENT, DEFAULT, decide, situation
    from runas_properties.laws.decisions import never_ssm_user
    from runas_solver.obligations import Obligations

    s = situation(run_as_enabled=True, tag="alice", users=["alice"])

    assert [decide(s, reading).rule for reading in (DEFAULT, AGENT)] == ["tag-user-exists"] * 2
    assert LAWS["never-ssm-user"].meaning is never_ssm_user
    assert Obligations().about(LAWS["never-ssm-user"]) == ["decision"]


def test_every_folder_of_modules_in_a_divided_package_is_a_room() -> None:
    drawn = plan()
    folders = {
        path.parent.relative_to(ROOT).as_posix()
        for frame in drawn.frames
        for path in ROOT.glob(f"*/{frame.replace('.', '/')}/*/__init__.py")
    }

    assert len(folders) > 10
    assert folders <= {room.code for room in drawn.rooms}


def test_a_room_imports_only_rooms_before_it_but_for_a_divided_one_that_is_built_on_those_inside() -> None:
    drawn = plan()
    order = [room.name for room in drawn.rooms]
    later = {
        (room, imported)
        for room, some in imports_between(drawn).items()
        for imported in some
        if order.index(imported) > order.index(room)
    }

    assert {room for room, _ in later} == {"runas_properties.conformance"}
    assert {imported.rpartition(".")[0] for _, imported in later} == {"runas_properties.conformance"}


def test_every_room_is_on_the_page_with_what_its_docstring_says_and_where_its_tests_are() -> None:
    page = PARTS["rooms"]()

    for room in plan().rooms:
        docstring = importlib.import_module(room.name).__doc__ or ""
        assert docstring.startswith(room.about.split(" (")[0])
        assert f"[`{room.name}`]" in page
        assert f": {room.about}\\" in page
        assert f"Tests: `{room.tests}`" in page


def house(root: Path, **docstrings: str) -> Path:
    """A package with a room for each name, all with tests."""
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "model" / "ours").mkdir(parents=True)
    (root / "model" / "ours" / "__init__.py").write_text('"""Our house."""')
    (root / "model" / "ours" / "door.py").write_text('"""The way in."""')
    for name, docstring in docstrings.items():
        folder, tests = root / "model" / "ours" / name, root / "tests" / "model" / name
        folder.mkdir()
        tests.mkdir(parents=True)
        (folder / "__init__.py").write_text(f'"""{docstring}"""\n' if docstring else "x = 1\n")
        (tests / f"test_{name}.py").write_text("")
    return root


def test_rooms_turn_up_by_themselves_in_the_order_of_the_layers(tmp_path: Path) -> None:
    drawn: Plan = plan(house(tmp_path, attic="Under the roof. Dusty.", cellar="Below.", tower="Above\nall. High."))

    assert [(room.name, room.about) for room in drawn.rooms] == [
        ("ours.cellar", "Below."),
        ("ours.attic", "Under the roof."),
        ("ours.tower", "Above all."),
    ]
    assert [(module.name, module.about) for module in drawn.outside] == [("ours.door", "The way in.")]
    assert drawn.room_of("ours.attic.chest.drawer") == "ours.attic"
    assert drawn.room_of("ours.door") is None


def test_a_room_without_a_docstring_fails_the_build(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^ours\.attic has no docstring: say at the top of __init__\.py"):
        plan(house(tmp_path, cellar="Below.", attic=""))


def test_a_room_without_tests_fails_the_build(tmp_path: Path) -> None:
    house(tmp_path, cellar="Below.")
    (tmp_path / "tests" / "model" / "cellar" / "test_cellar.py").unlink()

    with pytest.raises(ValueError, match=r"^ours\.cellar has no tests: .* tests/model/cellar or tests/cellar$"):
        plan(tmp_path)


def test_a_room_that_stands_in_no_layer_fails_the_build(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^annex stands in no layer: name it among the rooms of ours in pyproject"):
        plan(house(tmp_path, cellar="Below.", annex="Beside."))


def test_only_the_first_sentence_is_taken_and_a_dot_in_a_name_ends_none(tmp_path: Path) -> None:
    path = tmp_path / "__init__.py"
    path.write_text('"""What `a.b` is for,\nin short. More.\n\nEven more."""')

    assert first_sentence(path, "it") == "What `a.b` is for, in short."
