"""The page of where tag and preferences come from: its table and its picture say what the machine does."""

from xml.etree import ElementTree

import pytest

from runas_model import RULEBOOK, SSM_USER, Reason
from runas_model.specification.vocabulary import PREFERENCES, RUN_AS_TAG
from runas_properties.laws import LAWS
from spec_site.endings import host, how_it_ends
from spec_site.picture import outcome_in_words
from spec_site.start_page import fillings, laws_of_tag_and_preferences, sessions
from spec_site.start_picture import start_picture
from spec_site.whose_tag import callers, whose_tag_counts

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


FILLED = {given: ends for given, *ends in fillings()}


def test_a_declared_parameter_is_the_default_of_who_has_no_tag_also_if_it_is_empty() -> None:
    assert {given: untagged for given, (untagged, _, _) in FILLED.items()} == {
        "no parameter": "dba",
        "`ops`": "ops",
        "an empty parameter": Reason.NOBODY_NAMED.value,
        "`ghost`, who is not on the instance": Reason.OS_USER_MISSING.value,
        "`ssm-user`": Reason.SSM_USER_NAMED.value,
    }


def test_no_parameter_moves_who_is_tagged() -> None:
    assert {tagged for _, tagged, _ in FILLED.values()} == {"alice"}


def test_a_parameter_that_is_not_declared_starts_nobody() -> None:
    assert [given for given, (*_, undeclared) in FILLED.items() if undeclared != "InvalidParameters"] == [
        "no parameter"
    ]
    assert FILLED["no parameter"][2] == "dba"


def ends_of(caller: str) -> list[str]:
    """How sessions end that are requested by who is described so: where the role is tagged, and where it is not."""
    (found,) = [ends for told, *ends in callers() if told == caller]
    return found


def test_the_tag_of_a_role_counts_only_where_the_role_session_has_none() -> None:
    of_the_role = ["ops", "dba"]

    assert ends_of("the role in no role session") == of_the_role
    assert ends_of("a role session without session tags") == of_the_role
    assert ends_of("a role session tagged `alice`") == ["alice", "alice"]


def test_two_role_sessions_of_one_role_run_each_as_the_user_in_its_own_tag() -> None:
    assert ends_of("another role session of the same role, tagged `bob`") == ["bob", "bob"]


def test_a_session_tag_hides_that_of_the_role_also_where_it_names_nobody() -> None:
    missing = Reason.OS_USER_MISSING.value

    assert ends_of("a role session tagged `alice`, by the key `ssmsessionrunas`") == ["dba", "dba"]
    assert ends_of("a role session with a blank tag") == [missing, missing]


def test_only_a_transitive_tag_goes_on_into_a_chained_role_session() -> None:
    assert ends_of("chained, from a role session with the transitive tag `alice`") == ["alice", "alice"]
    assert ends_of("chained, from one whose tag `alice` is not transitive") == ["ops", "dba"]
    assert ends_of("chained from that one, and tagged `bob`") == ["bob", "bob"]


def test_what_is_no_role_session_of_the_role_any_more_starts_nothing() -> None:
    assert ends_of("chained from one with the transitive tag, and tagged `bob`") == ["TransitiveTagRepeated"] * 2
    assert ends_of("a role session that has ended") == ["ExpiredToken"] * 2
    assert ends_of("a role session of another role") == ["UnknownRoleSession"] * 2


def test_nobody_runs_as_the_user_in_the_tag_of_the_role_before() -> None:
    assert "`ops`" in whose_tag_counts()
    assert "carol" not in whose_tag_counts()


def test_an_end_without_a_request_is_refused() -> None:
    with pytest.raises(ValueError, match="the last call has to request a session"):
        how_it_ends(host())


def test_the_laws_that_a_reviewer_must_know_are_on_the_page() -> None:
    laws = laws_of_tag_and_preferences()

    assert LAWS["a-document-without-run-as-starts-ssm-user"].title in laws
    assert LAWS["a-session-tag-wins"].title in laws
    assert LAWS["a-parameter-names-the-default"].title in laws
    assert LAWS["never-ssm-user"].title not in laws


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
    assert "The document has a parameter: if one is given, that is the default OS user" in told


def test_every_arrow_of_the_picture_goes_down_from_a_box_to_a_box() -> None:
    boxes = [
        [float(box.attrib[name]) for name in ("x", "y", "width", "height")] for box in picture().iter(f"{SVG}rect")
    ]
    ways = [path.attrib["d"].partition("m")[0][1:].replace("V", " ").split() for path in picture().iter(f"{SVG}path")]
    arrows = [(float(x), float(top), float(bottom) + 1) for x, top, bottom in ways]

    assert len(arrows) == 10
    for x, top, bottom in arrows:
        assert top < bottom
        assert any(left < x < left + width and y + height == top for left, y, width, height in boxes)
        assert any(left < x < left + width and y == bottom for left, y, width, _ in boxes)
