"""The page of the architecture: the rooms in reading order, and the picture of what imports what."""

from functools import cache

from spec_site.markdown import anchor, folded, table
from spec_site.parts import part
from spec_site.room_graph import Imports, imports_between, reduced
from spec_site.room_picture import room_picture
from spec_site.rooms import Plan, Room, plan

__all__: list[str] = []


@cache
def _plan() -> Plan:
    return plan()


@cache
def _imports() -> Imports:
    return imports_between(_plan())


@part("rooms")
def rooms() -> str:
    """A section for each package, and in it an entry for each room: what it is for, and where it is."""
    text = []
    for package, about in _plan().packages.items():
        within = [room for room in _plan().rooms if room.package == package]
        text.append(f"### {package}\n\n{'' if within[0].name == package else about}")
        text += map(_entry, within)
    text.append("### Outside the rooms")
    text += (f"`{module.name}`\n: {module.about}" for module in _plan().outside)
    return "\n\n".join(text)


def _entry(room: Room) -> str:
    own = " of its own" if room.name in _plan().frames else ""
    return (
        f"[`{room.name}`]{{#{_anchor(room.name)}}}\n: {room.about}\\\n"
        f"  `{room.code}`, {room.modules} modules{own}, {room.lines:,} lines. Tests: `{room.tests}`."
    )


@part("room-picture")
def picture() -> str:
    """The picture of the rooms, and how to read it."""
    every, drawn = (sum(map(len, imports.values())) for imports in (_imports(), reduced(_imports())))
    divided = ", ".join(f"`{frame}`" for frame, around in _plan().frames.items() if around)
    return (
        f"{room_picture(_plan(), _imports())}\n\n"
        "An arrow points from a room to a room that it imports. Each room is drawn above everything it imports. An "
        "arrow is omitted where other arrows imply it: if A imports B and C, and B imports C, the arrow from A to C is "
        f"omitted. This transitive reduction draws {drawn} of {every} imports. Arrows to the same room may share a "
        f"line. *Own modules* are the modules directly in {divided}."
    )


@part("room-imports")
def every_import() -> str:
    """All imports between rooms, also those that the picture leaves out."""
    rows = (
        [_link(room), ", ".join(_link(one) for one in _plan().rooms if one.name in imported)]
        for room in _plan().rooms
        if (imported := _imports()[room.name])
    )
    return folded("Every import", table(("Room", "Imports"), rows))


def _link(room: Room) -> str:
    return f"[`{room.name}`](#{_anchor(room.name)})"


def _anchor(room: str) -> str:
    """The anchor of a room: without the dots of its name, which would begin a class."""
    return anchor("room", room.replace(".", "-"))
