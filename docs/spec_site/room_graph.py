"""Which room imports which, as Grimp reads it from the code; and what of it is enough to draw."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import grimp

from spec_site.rooms import Plan

__all__ = ["Imports", "floors_of", "imports_between", "reduced", "upward"]

Imports = Mapping[str, frozenset[str]]
"""For each room those that it imports."""


def imports_between(plan: Plan) -> Imports:
    """The imports between rooms, also those that are made for type checkers alone or when a name is asked for."""
    graph = grimp.build_graph(*plan.packages, cache_dir=None)
    found: dict[str, set[str]] = {room.name: set() for room in plan.rooms}
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            one, other = plan.room_of(module), plan.room_of(imported)
            if one and other and one != other:
                found[one].add(other)
    return {name: frozenset(found[name]) for name in found}


def upward(imports: Imports) -> list[str]:
    """The rooms so that each comes after all that it imports. Raises ValueError for a circle."""
    order: list[str] = []

    def visit(room: str, path: Sequence[str]) -> None:
        if room in path:
            circle = [*path[path.index(room) :], room]
            raise ValueError(f"rooms import each other in a circle: {' → '.join(circle)}")
        if room not in order:
            for imported in sorted(imports[room]):
                visit(imported, [*path, room])
            order.append(room)

    for room in imports:
        visit(room, [])
    return order


def reduced(imports: Imports) -> Imports:
    """The transitive reduction: without each import of a room that is reached through another import as well.

    Raises ValueError for a circle: then there is no such thing.
    """
    reached: dict[str, frozenset[str]] = {}
    for room in upward(imports):
        reached[room] = imports[room].union(*(reached[one] for one in imports[room]))
    return {room: frozenset(_not_through_others(some, reached)) for room, some in imports.items()}


def _not_through_others(some: Iterable[str], reached: Mapping[str, frozenset[str]]) -> Iterator[str]:
    return (one for one in some if not any(one in reached[other] for other in some))


def floors_of(imports: Imports, packages: Iterable[str]) -> dict[str, int]:
    """The floor of each room, from 0: above all that it imports, and above all rooms of the packages before its own.

    Raises ValueError for a circle, and for a package that imports one after it.
    """
    floors: dict[str, int] = {}
    order = upward(imports)
    for package in packages:
        ground = max(floors.values(), default=-1) + 1
        for room in (room for room in order if room.partition(".")[0] == package):
            if ahead := [one for one in imports[room] if one not in floors]:
                raise ValueError(f"{room} imports {ahead[0]}, which stands above it")
            floors[room] = max([ground, *(floors[one] + 1 for one in imports[room])])
    return floors
