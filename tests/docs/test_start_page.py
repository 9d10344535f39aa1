"""The page of where tag and preferences come from: its table and its picture say what the machine does."""

from xml.etree import ElementTree

import pytest

from runas_model import RULEBOOK, SSM_USER, Reason
from runas_model.specification.vocabulary import PREFERENCES, RUN_AS_TAG
from runas_properties.laws import LAWS
from spec_site.picture import outcome_in_words
from spec_site.start_page import laws_of_documents, sessions
from spec_site.start_picture import start_picture

SVG = "{http://www.w3.org/2000/svg}"
ENDS = {(preferences, document): ends for preferences, document, *ends in sessions()}
HERE, ELSEWHERE = dict.fromkeys(preferences for preferences, _ in ENDS)


def test_without_a_document_the_preferences_of_the_region_hold() -> None:
    assert ENDS[HERE, "no document"] == ["alice", "ops"]
    assert ENDS[ELSEWHERE, "no document"] == [SSM_USER, SSM_USER]


@pytest.mark.parametrize("preferences", [HERE, ELSEWHERE])
def test_a_document_that_is_named_holds_whatever_the_preferences_are(preferences: str) -> None:
    assert [ends for (which, document), ends in ENDS.items() if which == preferences and document != "no document"] == [
        ["alice", "dba"],
        ["alice", Reason.NOBODY_NAMED.value],
        [SSM_USER, SSM_USER],
        [Reason.PREFERENCES_UNREADABLE.value, Reason.PREFERENCES_UNREADABLE.value],
        ["InvalidDocument", "InvalidDocument"],
    ]


def test_the_law_that_a_reviewer_must_know_is_among_those_of_documents() -> None:
    law = LAWS["a-document-without-run-as-starts-ssm-user"]

    assert law.title in laws_of_documents()
    assert LAWS["never-ssm-user"].title not in laws_of_documents()


def picture() -> ElementTree.Element:
    svg = ElementTree.fromstring(start_picture()).find(f"{SVG}svg")
    assert svg is not None
    return svg


def test_the_picture_begins_with_a_person_and_ends_with_whoever_a_session_may_run_as() -> None:
    texts = ["".join(text.itertext()) for text in picture().iter(f"{SVG}text")]
    told = " ".join(texts)
    starts = [who for how, who in map(outcome_in_words, RULEBOOK) if how != "refused"]

    assert texts[0] == "A person"
    assert {RUN_AS_TAG, PREFERENCES} <= set(texts)
    assert [who for who in starts if who not in told.partition("Starts as")[2]] == []


def test_every_arrow_of_the_picture_goes_down_from_a_box_to_a_box() -> None:
    boxes = [
        [float(box.attrib[name]) for name in ("x", "y", "width", "height")] for box in picture().iter(f"{SVG}rect")
    ]
    ways = [path.attrib["d"].partition("m")[0][1:].replace("V", " ").split() for path in picture().iter(f"{SVG}path")]
    arrows = [(float(x), float(top), float(bottom) + 1) for x, top, bottom in ways]

    assert len(arrows) == 9
    for x, top, bottom in arrows:
        assert top < bottom
        assert any(left < x < left + width and y + height == top for left, y, width, height in boxes)
        assert any(left < x < left + width and y == bottom for left, y, width, _ in boxes)
