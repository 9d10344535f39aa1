"""The picture of what there is: everything of the state once, each within what it belongs to."""

from itertools import pairwise
from typing import get_type_hints
from xml.etree import ElementTree

import attrs
import pytest

from runas_model import State
from runas_model.specification.vocabulary import Account, Name, Principal, PrincipalRecord, RuleId, Session
from runas_model.universes.tables import PairTable, Table, sorts_of
from spec_site.entity_picture import Entity, entities_of, entity_picture

SVG = "{http://www.w3.org/2000/svg}"


def within(parent: ElementTree.Element, name: str = "") -> dict[str, str]:
    """For each kind of thing in a picture, that within which it is drawn."""
    found: dict[str, str] = {}
    for group in parent.findall(f"{SVG}g"):
        found |= {group.attrib["data-entity"]: name} | within(group, group.attrib["data-entity"])
    return found


def drawn() -> ElementTree.Element:
    svg = ElementTree.fromstring(entity_picture()).find(f"{SVG}svg")
    assert svg is not None
    return svg


def test_everything_is_drawn_once_within_what_it_belongs_to_also_the_two_kinds_of_tags() -> None:
    assert within(drawn()) == {
        "Account": "",
        "Region": "Account",
        "DocumentName": "Region",
        "Instance": "Region",
        "Name": "Instance",
        "Session": "Instance",
        "Principal": "Account",
        "Tag": "Principal",
        "RoleSession": "Principal",
        "SessionTag": "RoleSession",
    }


def test_everything_that_the_state_holds_is_told_of() -> None:
    told = " ".join("".join(text.itertext()) for text in drawn().iter(f"{SVG}text")).lower()
    records = [sorts_of(kind)[-1] for kind in get_type_hints(State).values()]
    fields = {field.name.replace("_", " ") for record in records if attrs.has(record) for field in attrs.fields(record)}

    assert len(fields) > 10
    assert [field for field in fields if field not in told] == []


def test_each_box_is_drawn_within_that_of_what_it_belongs_to() -> None:
    def sides(group: ElementTree.Element) -> tuple[float, float, float, float]:
        box = group.find(f"{SVG}rect")
        assert box is not None
        x, y, width, height = (float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        return x, y, x + width, y + height

    for outer in drawn().iter(f"{SVG}g"):
        inner = [sides(group) for group in outer.findall(f"{SVG}g")]
        left, top, right, bottom = sides(outer)
        assert all(left < x and top < y and right > end and bottom > low for x, y, end, low in inner)
        assert all(above[3] < below[1] for above, below in pairwise(inner))


def test_a_kind_of_thing_without_a_title_is_named_with_the_file_that_lacks_it() -> None:
    with pytest.raises(LookupError, match=r"entity_picture.py: RuleId has no title: add one to TITLES"):
        entity_picture((Entity(RuleId, (), ()),))


def test_what_would_belong_to_two_things_is_refused() -> None:
    class Torn:
        principals: Table[Principal, PrincipalRecord]
        sessions: PairTable[Principal, Session, Name]
        others: PairTable[Account, Session, Name]

    with pytest.raises(ValueError, match="sessions belong to Accounts, and also to others"):
        entities_of(Torn)
