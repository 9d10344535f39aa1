"""The rooms as a picture: an SVG of boxes on floors, with an arrow for each import that no other one implies."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from spec_site.room_graph import Imports, floors_of, reduced
from spec_site.room_layout import Layout, Place, crossings, laid_out, name_in_box
from spec_site.rooms import Plan, Room

__all__ = ["room_picture"]

TOP, HEIGHT, BETWEEN, MARGIN, PORT = 6.0, 38.0, 24.0, 10.0, 14.0
STEEP, CROSSED = 0.14, 12.0
"""How much higher the space between two rows is, for each unit that an arrow goes sideways, and for each crossing."""


def room_picture(plan: Plan, imports: Imports) -> str:
    """An SVG of all rooms: each above all that it imports, in the frame of its package.

    A box is a group with the class `room` and the room's name in `data-room`; an arrow is a path with the class `arrow`
    and the names of both rooms in `data-from` and `data-to`. Raises ValueError for rooms that import each other in a
    circle.
    """
    arrows = reduced(imports)
    floors = floors_of(imports, plan.packages)
    layout = laid_out(plan, arrows, floors)
    height, tops = _heights(layout)
    ports = _ports(layout)
    drawn = [
        *(_frame(frame, plan, layout, tops) for frame in plan.frames),
        *(_arrow(way, tops, ports) for way in layout.ways.values()),
        *(_box(room, layout, tops, plan) for room in plan.rooms),
    ]
    return (
        f'<figure class="picture"><svg class="room-picture" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {layout.width:g} {height:.0f}" aria-labelledby="rooms-title rooms-description">'
        f'<title id="rooms-title">The rooms, and which imports which</title>'
        f'<desc id="rooms-description">{escape(_description(arrows, floors))}</desc>{"".join(drawn)}</svg></figure>'
    )


def _description(arrows: Imports, floors: Mapping[str, int]) -> str:
    rooms = sorted(floors, key=lambda room: -floors[room])
    told = (f"{room} has an arrow to {', '.join(sorted(arrows[room]))}" for room in rooms if arrows[room])
    return f"From the top floor down: {'; '.join(told)}."


def _heights(layout: Layout) -> tuple[float, list[float]]:
    """The whole height, and the top of each row from the ground up."""
    begin = [floors[0] for floors in layout.floors.values()]
    end = [floors[-1] + 1 for floors in layout.floors.values()]
    y, tops = TOP, []
    for floor, row in reversed(list(enumerate(layout.rows))):
        tops.append(y)
        sideways = max((abs(place.x - lower.x) for place in row for lower in place.below), default=0.0)
        y += HEIGHT + BETWEEN + STEEP * sideways + CROSSED * crossings(row)
        y += MARGIN * (begin.count(floor) + end.count(floor))
    return y - BETWEEN + MARGIN, tops[::-1]


def _frame(frame: str, plan: Plan, layout: Layout, tops: Sequence[float]) -> str:
    """A frame around its rows, closer where it is within another; its title is beside the highest box."""
    (left, right), floors = layout.ends[frame], layout.floors[frame]
    within = bool(plan.frames[frame])
    margin = MARGIN if within else MARGIN * 1.8
    top, bottom = tops[floors[-1]] - margin, tops[floors[0]] + HEIGHT + margin
    return (
        f'<rect class="{"inner " if within else ""}frame" x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
        f'height="{bottom - top:.1f}" rx="9"/>'
        f'<text class="title" x="{left + 10:.1f}" y="{top + 18:.1f}">{escape(frame.rpartition(".")[2])}</text>'
    )


def _box(room: Room, layout: Layout, tops: Sequence[float], plan: Plan) -> str:
    place = next(one for row in layout.rows for one in row if one.is_box and one.room == room.name)
    top = tops[place.floor]
    return (
        f'<g class="room" data-room="{room.name}"><rect x="{place.x - place.width / 2:.1f}" y="{top:.1f}" '
        f'width="{place.width:.1f}" height="{HEIGHT:g}" rx="7"/>'
        f'<text class="strong" x="{place.x:.1f}" y="{top + 16:.1f}">{escape(name_in_box(plan, room.name))}</text>'
        f'<text class="size" x="{place.x:.1f}" y="{top + 30:.1f}">{room.lines:,} lines</text></g>'
    )


Ports = Mapping[tuple[Place, Place], tuple[float, float]]
"""Where an arrow leaves a place, and where it comes to the one below."""


def _ports(layout: Layout) -> Ports:
    places = [place for row in layout.rows for place in row]
    leaves = {(place, lower): x for place in places for lower, x in _side_by_side(place, place.below)}
    comes = {(upper, place): x for place in places for upper, x in _side_by_side(place, place.above)}
    return {pair: (leaves[pair], comes[pair]) for pair in leaves}


def _side_by_side(place: Place, others: Sequence[Place]) -> Iterator[tuple[Place, float]]:
    """A point on the edge of a box for each place that it is joined to; a lane has but one."""
    ordered = sorted(others, key=lambda other: other.x)
    reach = place.width / 2 - 7 if place.is_box else 0.0
    step = min(PORT, 2 * reach / max(1, len(ordered) - 1))
    at = [min(max(_straight(place, other), place.x - reach), place.x + reach) for other in ordered]
    for number in range(1, len(at)):
        at[number] = max(at[number], at[number - 1] + step)
    for number in reversed(range(len(at))):
        at[number] = min(at[number], place.x + reach - step * (len(at) - 1 - number))
    return zip(ordered, at, strict=True)


def _straight(place: Place, other: Place) -> float:
    """Where a straight arrow between two places runs: in the middle of where one is over the other, if it is."""
    left = max(place.x - place.width / 2, other.x - other.width / 2)
    right = min(place.x + place.width / 2, other.x + other.width / 2)
    return (left + right) / 2 if left < right else other.x


def _arrow(way: Sequence[Place], tops: Sequence[float], ports: Ports) -> str:
    path = ""
    for upper, lower in pairwise(way):
        x, to = ports[upper, lower]
        y, end = tops[upper.floor] + HEIGHT, tops[lower.floor] - lower.is_box
        bend = (end - y) * 0.6
        path += f"{'L' if path else 'M'}{x:.1f} {y:.1f}"
        path += f"C{x:.1f} {y + bend:.1f} {to:.1f} {end - bend:.1f} {to:.1f} {end:.1f}"
    return f'<path class="arrow" data-from="{way[0].room}" data-to="{way[-1].room}" d="{path}m-4 -5l4 5l4 -5"/>'
