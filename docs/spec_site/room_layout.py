"""Where each room is drawn: boxes in rows, and lanes in which an arrow passes a row on its way to a lower one.

An arrow moves sideways only between two rows, and through a row only in a lane, so it never runs through a box. All
arrows to one room share its lanes. Within a row the order is the one with the fewest crossings that is found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

import attrs

from spec_site.room_graph import Imports
from spec_site.rooms import Plan

__all__ = ["Layout", "Place", "crossings", "laid_out", "name_in_box"]

NARROWEST, LEFT, PAD, GAP, LANE = 400.0, 4.0, 10.0, 10.0, 6.0
CHARACTER = 7.3
"""How wide a letter is at the most, in the fonts that a system may have."""
SWEEPS = 60


@attrs.define(eq=False)
class Place:
    """A room's box, or a lane: where the arrows to `room` pass the row `floor`.

    `x` is its middle; all of it stays between `low` and `high`. Arrows come from the places `above`, and lead to those
    `below`.
    """

    room: str
    floor: int
    is_box: bool
    width: float
    frame: str
    x: float = 0.0
    low: float = 0.0
    high: float = 0.0
    above: list["Place"] = attrs.field(factory=list)
    below: list["Place"] = attrs.field(factory=list)


@attrs.frozen
class Layout:
    """Rows from the ground up, each from left to right; the floors of each frame, and its ends; the whole width.

    `ways` has the places that each arrow passes, from the room that imports to the one that is imported.
    """

    rows: Sequence[Sequence[Place]]
    floors: Mapping[str, range]
    ends: Mapping[str, tuple[float, float]]
    width: float
    ways: Mapping[tuple[str, str], Sequence[Place]]


def laid_out(plan: Plan, arrows: Imports, floors: Mapping[str, int]) -> Layout:
    """A place for every room and arrow."""
    spans = {frame: _span(frame, floors) for frame in plan.frames}
    rows, ways = _places(plan, arrows, floors, spans)
    for upper, lower in dict.fromkeys(pair for way in ways.values() for pair in pairwise(way)):
        upper.below.append(lower)
        lower.above.append(upper)
    ends, width = _bounded(rows, plan, spans)
    _order(rows)
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 else reversed(rows):
            _spread(row, [_wanted(place) for place in row])
    return Layout(rows, spans, ends, width, ways)


def name_in_box(plan: Plan, room: str) -> str:
    """What stands in a room's box: its name in its frame, or what it is in a frame of its own."""
    return "own modules" if room in plan.frames else room.rpartition(".")[2]


def _span(frame: str, floors: Mapping[str, int]) -> range:
    within = [floor for room, floor in floors.items() if f"{room}.".startswith(f"{frame}.")]
    return range(min(within), max(within) + 1)


def _places(
    plan: Plan, arrows: Imports, floors: Mapping[str, int], spans: Mapping[str, range]
) -> tuple[list[list[Place]], dict[tuple[str, str], list[Place]]]:
    frames = {room.name: room.frame for room in plan.rooms}
    boxes = {
        room: Place(room, floors[room], True, max(66.0, CHARACTER * len(name_in_box(plan, room)) + 16), frame)
        for room, frame in frames.items()
    }
    lanes: dict[tuple[str, int], Place] = {}
    ways = {}
    for room in frames:
        for imported in (one for one in frames if one in arrows[room]):
            way = [boxes[room]]
            for floor in reversed(range(floors[imported] + 1, floors[room])):
                inside = frames[imported] if floor in spans.get(frames[imported], ()) else ""
                way.append(lanes.setdefault((imported, floor), Place(imported, floor, False, LANE, inside)))
            ways[room, imported] = [*way, boxes[imported]]
    every = [*boxes.values(), *lanes.values()]
    return [[place for place in every if place.floor == floor] for floor in range(max(floors.values()) + 1)], ways


def _bounded(
    rows: Sequence[Sequence[Place]], plan: Plan, spans: Mapping[str, range]
) -> tuple[dict[str, tuple[float, float]], float]:
    """Each frame's ends, and the whole width: a frame within another is at its right, titles are at the left."""
    nested = {frame for frame, around in plan.frames.items() if around}
    titles = {
        (spans[frame][-1], frame in nested): CHARACTER * len(frame.rpartition(".")[2]) + GAP for frame in plan.frames
    }
    outer = inner = whole = 0.0
    for floor, row in enumerate(rows):
        needs = {side: titles.get((floor, side), 0.0) - GAP for side in (False, True)}
        for place in row:
            needs[place.frame in nested] += place.width + GAP
        if any(place.frame in nested for place in row):
            outer, inner = max(outer, needs[False]), max(inner, needs[True])
        whole = max(whole, needs[False] + needs[True] + GAP + 2 * PAD)
    width = max(NARROWEST, 2 * LEFT + max(whole, outer + inner + 5 * PAD if nested else 0.0))
    right = width - LEFT
    split = LEFT + 2 * PAD + outer + (right - LEFT - outer - inner - 5 * PAD) / 2
    for floor, row in enumerate(rows):
        divided = any(place.frame in nested for place in row)
        for place in row:
            side = place.frame in nested
            place.low = (split + PAD if side else LEFT + PAD) + titles.get((floor, side), 0.0)
            place.high = right - 2 * PAD if side else split - PAD if divided else right - PAD
    return {frame: (split, right - PAD) if frame in nested else (LEFT, right) for frame in plan.frames}, width


def _order(rows: Sequence[list[Place]]) -> None:
    """Put each row in order, by moving one place at a time as long as arrows cross less or get shorter."""
    for row in rows:
        row.sort(key=lambda place: place.low)
        _space(row)
    best, before = _cost(rows), None
    while best != before:
        before = best
        for row in rows:
            for place in list(row):
                kept = list(row)
                for order in _moved(row, place):
                    row[:] = order
                    _space(row)
                    if (cost := _cost(rows)) < best:
                        best, kept = cost, order
                row[:] = kept
                _space(row)


def _moved(row: Sequence[Place], place: Place) -> Iterator[list[Place]]:
    """The row with a place moved to each other one, on its side of the frame within."""
    others = [one for one in row if one is not place]
    for at in range(len(row)):
        order = [*others[:at], place, *others[at:]]
        if all(one.low <= other.low for one, other in pairwise(order)):
            yield order


def _space(row: Sequence[Place]) -> None:
    """Put places side by side, in the middle of where they may be."""
    for low, high in dict.fromkeys((place.low, place.high) for place in row):
        group = [place for place in row if place.low == low]
        at = (low + high - sum(place.width + GAP for place in group)) / 2
        for place in group:
            place.x = at + (place.width + GAP) / 2
            at += place.width + GAP


def _cost(rows: Sequence[Sequence[Place]]) -> tuple[int, float]:
    """How many arrows cross between rows, and how far they go sideways."""
    sideways = sum(abs(upper.x - lower.x) for row in rows for upper in row for lower in upper.below)
    return sum(map(crossings, rows)), round(sideways, 3)


def crossings(row: Sequence[Place]) -> int:
    """How many arrows cross below a row."""
    links = [(upper.x, lower.x) for upper in row for lower in upper.below]
    return sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(links, 2))


def _wanted(place: Place) -> float:
    """Over or under what a place is joined to; a lane is kept straight rather than a box in the middle."""
    joined = [(one.x, 1.0 if one.is_box or place.is_box else 20.0) for one in (*place.above, *place.below)]
    return sum(x * weight for x, weight in joined) / sum(weight for _, weight in joined) if joined else place.x


def _spread(row: Sequence[Place], wanted: Iterable[float]) -> None:
    """Move places to where they are wanted, as near as their order, widths and ends allow.

    Where several would overlap, they stand side by side around the mean of what they want.
    """
    blocks: list[tuple[float, int]] = []
    offsets = list(_offsets(row))
    for x, offset in zip(wanted, offsets, strict=True):
        blocks.append((x - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (start, few), (next_start, more) = blocks[-2:]
            blocks[-2:] = [((start * few + next_start * more) / (few + more), few + more)]
    starts = (start for start, count in blocks for _ in range(count))
    for place, start, offset in zip(row, starts, offsets, strict=True):
        place.x = max(start + offset, place.low + place.width / 2)
    for one, other in pairwise(row):
        other.x = max(other.x, one.x + _apart(one, other))
    for place in row:
        place.x = min(place.x, place.high - place.width / 2)
    for one, other in reversed(list(pairwise(row))):
        one.x = min(one.x, other.x - _apart(one, other))


def _apart(one: Place, other: Place) -> float:
    return (one.width + other.width) / 2 + GAP


def _offsets(row: Sequence[Place]) -> Iterator[float]:
    """How far each place is from the first one at the least."""
    at = 0.0
    yield at
    for one, other in pairwise(row):
        at += _apart(one, other)
        yield at
