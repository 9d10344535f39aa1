"""JSON read piecemeal means the same as JSON read at once, wherever the pieces end."""

import io
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runas_model.inputs import json_streams
from runas_model.inputs.json_streams import JsonText, NotJson, TooLong, lines

TRICKY = ['}, {"id"', '"', "\\", "]}", "{", "é\u2028", ""]

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.sampled_from(TRICKY) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["id", *TRICKY]), inner, max_size=3),
    max_leaves=12,
)
rows = st.lists(st.fixed_dictionaries({"id": st.sampled_from(TRICKY)}, optional={"more": values}) | values, max_size=12)


def read(file: str | io.StringIO) -> dict[str, list[Any]]:
    """The elements of every member that is an array, read as a stream; other members are skipped."""
    document = JsonText(io.StringIO(file) if isinstance(file, str) else file)
    found = {}
    for name in document.members():
        if document.next() == "[":
            found[name] = [msgspec.json.decode(one) for batch in document.elements() for one in batch]
        else:
            document.skip()
    document.finish()
    return found


@given(rows, st.integers(1, 60), st.sampled_from([None, 2]), st.booleans())
def test_elements_are_the_same_wherever_the_pieces_end(
    elements: list[Any], chunk: int, indent: int | None, ascii_only: bool
) -> None:
    document = {"a": {"b": [1]}, "first": elements, "n": -12, "second": elements[::-1]}
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_streams, "CHUNK", chunk)
        assert read(text) == {"first": elements, "second": elements[::-1]}


def test_many_elements_are_found_at_once_even_where_strings_look_like_elements() -> None:
    elements = [{"id": f"r-{number}", "note": TRICKY[number % len(TRICKY)] * 3} for number in range(1000)]
    document = JsonText(io.StringIO(json.dumps(elements)))
    batches = [[msgspec.json.decode(one) for one in batch] for batch in document.elements()]

    assert [one for batch in batches for one in batch] == elements
    assert max(map(len, batches)) > 900


def test_an_element_that_looks_like_several_is_not_taken_for_several() -> None:
    nested = {"id": 1, "rows": [{"id": 2}, {"id": 3}, {"id": 4}]}

    assert read(json.dumps({"a": [nested, nested, nested]})) == {"a": [nested, nested, nested]}


@given(rows, st.integers(1, 40), st.data())
def test_text_that_is_cut_short_is_not_json(elements: list[Any], chunk: int, data: st.DataObject) -> None:
    text = json.dumps({"a": elements, "b": {}})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_streams, "CHUNK", chunk)
        with pytest.raises(NotJson):
            read(text[: data.draw(st.integers(0, len(text) - 1))])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"a": [1 2]}', "',' expected, '2' found"),
        ('{"a" 1}', "':' expected"),
        ("{7: 1}", "must be a string"),
        ('{"a": 1} x', "'x' follows the end"),
        ('{"a": [' + "[" * 100_000, "nested too deeply"),
        ('{"a": tru' + " " * 50, "Expecting value"),
        ("", "'the end' found"),
    ],
)
def test_what_is_wrong_with_the_text_is_said(text: str, words: str) -> None:
    with pytest.raises(NotJson, match=words):
        read(text)


@pytest.mark.parametrize("start", ['{"a": "', '{"a": ["', '{"a": [{"id": 1}, {"id": "', '{"', '{"a": {"b": "'])
def test_a_value_that_does_not_end_is_refused_before_all_of_it_is_read(start: str) -> None:
    file = io.StringIO(start + "x" * (5 * json_streams.LIMIT))

    with pytest.raises(TooLong, match="longer than 1048576 characters"):
        read(file)
    assert file.tell() <= 3 * json_streams.LIMIT


def test_lines_are_the_same_wherever_the_pieces_end(monkeypatch: pytest.MonkeyPatch) -> None:
    for chunk in range(1, 12):
        monkeypatch.setattr(json_streams, "CHUNK", chunk)
        found = [line for batch in lines(io.StringIO("one\n\ntwo\u2028three\r\nfour", newline="")) for line in batch]
        assert found == ["one", "", "two\u2028three\r", "four"]


def test_a_line_that_does_not_end_is_refused() -> None:
    with pytest.raises(TooLong):
        list(lines(io.StringIO("x" * (3 * json_streams.LIMIT))))
