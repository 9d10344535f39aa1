"""The picture of the rooms holds every room above all that it imports; no browser is needed."""

import ast
import re
from collections.abc import Iterable, Mapping
from itertools import combinations, pairwise, product
from xml.etree import ElementTree

import pytest

from spec_site.console import ROOT
from spec_site.room_graph import Imports, floors_of, imports_between, reduced, upward
from spec_site.room_picture import room_picture
from spec_site.rooms import Plan, Room, plan

SVG = "{http://www.w3.org/2000/svg}"
PLAN = plan()
IMPORTS = imports_between(PLAN)

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


def drawn(imports: Imports = IMPORTS, rooms: Plan = PLAN) -> ElementTree.Element:
    figure = ElementTree.fromstring(room_picture(rooms, imports))
    svg = figure.find(f"{SVG}svg")
    assert svg is not None
    return svg


def box(rect: ElementTree.Element | None) -> Box:
    assert rect is not None
    x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def boxes(svg: ElementTree.Element) -> dict[str, Box]:
    return {group.attrib["data-room"]: box(group.find(f"{SVG}rect")) for group in svg.findall(f"{SVG}g[@class='room']")}


def arrows(svg: ElementTree.Element) -> dict[tuple[str, str], ElementTree.Element]:
    return {
        (path.attrib["data-from"], path.attrib["data-to"]): path for path in svg.findall(f"{SVG}path[@class='arrow']")
    }


def closure(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    reached = set(pairs)
    while more := {(a, d) for (a, b), (c, d) in product(reached, reached) if b == c} - reached:
        reached |= more
    return reached


def pairs_of(imports: Imports) -> set[tuple[str, str]]:
    return {(room, imported) for room, some in imports.items() for imported in some}


def points(path: ElementTree.Element) -> list[tuple[float, float]]:
    """Points along an arrow, close together, up to its head."""
    line = path.attrib["d"].partition("m")[0]
    passed: list[tuple[float, float]] = []
    for command, numbers in re.findall(r"([MLC])([^MLC]+)", line):
        x, y, *more = map(float, numbers.split())
        ends = [(x, y), *zip(more[::2], more[1::2], strict=True)]
        at = passed[-1] if passed else ends[0]
        p, q, r, s = (at, *ends) if command == "C" else (at, at, ends[0], ends[0])
        for t in (step / 40 for step in range(41)):
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            x, y = (a * p[axis] + b * q[axis] + c * r[axis] + d * s[axis] for axis in (0, 1))
            passed.append((x, y))
    return passed


def house(imports: Mapping[str, Iterable[str]]) -> tuple[Plan, Imports]:
    """A plan of one package with such rooms."""
    rooms = tuple(Room(name, "", "", "", 1, 10, "p") for name in imports)
    return Plan({"p": ""}, rooms, (), {"p": ""}), {room: frozenset(some) for room, some in imports.items()}


def test_every_room_is_drawn_once_with_its_lines_and_within_the_picture() -> None:
    svg = drawn()
    _, _, width, height = map(float, svg.attrib["viewBox"].split())

    assert list(boxes(svg)) == [room.name for room in PLAN.rooms]
    assert all(min(a, b) > 0 and c < width and d < height for a, b, c, d in boxes(svg).values())
    told = {group.attrib["data-room"]: "".join(group.itertext()) for group in svg.findall(f"{SVG}g")}
    assert [room.name for room in PLAN.rooms if f"{room.lines:,} lines" not in told[room.name]] == []


def test_a_room_stands_above_all_that_it_imports() -> None:
    places = boxes(drawn())

    assert len(pairs_of(IMPORTS)) > 50
    assert [(a, b) for a, b in pairs_of(IMPORTS) if not places[a][3] < places[b][1]] == []


def test_the_arrows_lead_wherever_the_imports_do_and_none_is_implied_by_others() -> None:
    shown = set(arrows(drawn()))

    assert closure(shown) == closure(pairs_of(IMPORTS))
    assert [one for one in shown if closure(shown - {one}) == closure(shown)] == []


def test_every_arrow_begins_at_its_room_ends_at_the_one_imported_and_runs_through_no_other() -> None:
    svg = drawn()
    places = boxes(svg)
    for (one, other), path in arrows(svg).items():
        way = points(path)
        (left, _, right, bottom), (x, y) = places[one], way[0]
        assert left < x < right
        assert y == pytest.approx(bottom, abs=0.2)
        (left, top, right, _), (x, y) = places[other], way[-1]
        assert left < x < right
        assert y == pytest.approx(top - 1, abs=0.2)
        for name in set(places) - {one, other}:
            a, b, c, d = places[name]
            assert [(x, y) for x, y in way if a < x < c and b < y < d] == [], f"{one} → {other} runs through {name}"


def test_no_two_boxes_touch_and_each_is_in_the_frame_of_its_package_and_of_no_other() -> None:
    svg = drawn()
    places = boxes(svg)
    frames = dict(zip(PLAN.frames, (box(one) for one in svg.findall(f"{SVG}rect")), strict=True))

    for (a, b, c, d), (e, f, g, h) in combinations(places.values(), 2):
        assert c < e or g < a or d < f or h < b
    for name, (a, b, c, d) in places.items():
        for frame, (left, top, right, bottom) in frames.items():
            inside = left < a and c < right and top < b and d < bottom
            outside = c < left or right < a or d < top or bottom < b
            assert (inside, outside) == ((True, False) if f"{name}.".startswith(f"{frame}.") else (False, True))


def test_no_arrow_runs_through_the_title_of_a_frame() -> None:
    svg = drawn()
    ways = [points(path) for path in arrows(svg).values()]
    titles = [text for text in svg.findall(f"{SVG}text") if text.attrib["class"] == "title"]

    assert len(titles) == len(PLAN.frames)
    for title in titles:
        x, y, long = float(title.attrib["x"]), float(title.attrib["y"]), 7 * len(title.text or "")
        assert [1 for way in ways for a, b in way if x < a < x + long and y - 10 < b < y + 3] == []


def test_the_picture_is_described_for_those_who_do_not_see_it() -> None:
    svg = drawn()
    described = svg.findtext(f"{SVG}desc") or ""

    assert svg.attrib["role"] == "img"
    assert svg.findtext(f"{SVG}title")
    told = {
        (one, other)
        for one, others in re.findall(r"([\w.]+) has an arrow to ([\w., ]+?)[;.](?: |$)", described)
        for other in others.split(", ")
    }
    assert told == set(arrows(svg))


def test_rooms_that_import_each_other_in_a_circle_are_refused_with_the_circle() -> None:
    rooms, imports = house({"p.a": ["p.b"], "p.b": ["p.c"], "p.c": ["p.b"]})

    with pytest.raises(ValueError, match=r"in a circle: p\.b → p\.c → p\.b$"):
        room_picture(rooms, imports)


def test_a_package_that_imports_one_above_it_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^p\.a imports q\.b, which stands above it$"):
        floors_of({"p.a": frozenset({"q.b"}), "q.b": frozenset()}, ["p", "q"])


def test_an_import_that_others_imply_is_left_out_and_no_other() -> None:
    _, imports = house({"p.a": [], "p.b": ["p.a"], "p.c": ["p.a", "p.b"], "p.d": ["p.a"]})

    assert pairs_of(reduced(imports)) == {("p.b", "p.a"), ("p.c", "p.b"), ("p.d", "p.a")}
    assert upward(imports) == ["p.a", "p.b", "p.c", "p.d"]


def test_a_room_is_on_the_lowest_floor_above_all_that_it_imports_and_above_the_packages_before_its_own() -> None:
    imports = {"p.a": frozenset[str](), "p.b": frozenset({"p.a"}), "q.c": frozenset({"p.a"}), "q.d": frozenset[str]()}

    assert floors_of(imports, ["p", "q"]) == {"p.a": 0, "p.b": 1, "q.c": 2, "q.d": 2}


def test_the_imports_are_those_in_the_code_as_python_reads_it() -> None:
    """Grimp's graph, counted again from the syntax trees of all modules."""
    written = set()
    for room in PLAN.rooms:
        for path in (ROOT / room.code).rglob("*.py"):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts[1:]).removesuffix(".__init__")
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
                front = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
                written |= {(PLAN.room_of(module), PLAN.room_of(f"{front}{name}")) for name in names}

    assert pairs_of(IMPORTS) == {(one, other) for one, other in written if other is not None and one != other}


def test_many_rooms_on_one_floor_make_the_picture_wider_and_keep_apart() -> None:
    rooms, imports = house({"p.ground": [], **{f"p.room_number_{one}": ["p.ground"] for one in range(12)}})
    svg = drawn(imports, rooms)

    assert float(svg.attrib["viewBox"].split()[2]) > 1000
    row = sorted(place for name, place in boxes(svg).items() if name != "p.ground")
    assert all(one[2] < other[0] for one, other in pairwise(row))
