"""Files of known failures: one format, and each mistake in one says where it is and what to write."""

from pathlib import Path

import pytest

from runas_model.inputs.records import InputError
from runas_properties.conformance.judging.known import read_known_failures
from runas_properties.oracle.known_files import read_known

KIND = 'kind = "spaces"\nreason = "Spaces are lost."\nwhen = { name = " .*" }\n'
OF_ID = 'id = "r-1"\nreason = "Our cache."\nissue = "https://example.org/3"\n'


def file(folder: Path, text: str | bytes) -> Path:
    path = folder / "known.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def entries(*texts: str) -> str:
    return "".join(f"[[known]]\n{text}" for text in texts)


def when(members: str) -> str:
    return entries(f'kind = "a"\nreason = "b"\nwhen = {{ {members} }}\n')


def test_entries_by_id_and_by_what_they_match_stand_in_one_file(tmp_path: Path) -> None:
    by_id, of_kind = read_known(file(tmp_path, entries(OF_ID, KIND)))

    assert (by_id.name, by_id.page, by_id.when) == ("r-1", "https://example.org/3", None)
    assert (of_kind.name, of_kind.id, of_kind.when is not None) == ("spaces", "", True)


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    assert len(read_known(file(tmp_path, b"\xef\xbb\xbf" + entries(KIND).encode()))) == 1


MISTAKES = [
    ("known = 7", "field known: must be tables: write [[known]] above each entry"),
    ("must_occur = 1", "field must_occur: must be true or false, not 1"),
    (f"knwon = 1\n{entries(KIND)}", "field knwon: unknown field `knwon`; did you mean 'known'?"),
    (entries(""), "entry 1: missing required field `id`, of a vector or a row, or `when`"),
    (entries(f"{KIND}id = 'x'\n"), "entry 1, x: either `id` or `when`, not both"),
    (entries('kind = "a"\nwhen = { sh = "b" }\n'), "entry 1, a: missing required field `reason`"),
    (entries('when = { sh = "b" }\nreason = "b"\n'), "entry 1: missing required field `kind`"),
    (entries('id = "a"\nreason = "b"\n'), "entry 1, a: missing required field `issue`"),
    (entries('id = "a"\nreason = " "\nissue = "b"\n'), "entry 1, a, field reason: must not be blank"),
    (entries(f'{KIND}link = ""\n'), "entry 1, spaces, field link: must not be blank: leave it out"),
    (entries(f'{KIND}cuase = "a"\n'), "entry 1, spaces, field cuase: unknown field `cuase`; did you mean 'cause'?"),
    (entries(KIND, KIND), "entry 2, spaces: the kind is listed twice: entry 1 has it too"),
    (entries(OF_ID, OF_ID), "entry 2, r-1: the id is listed twice: entry 1 has it too"),
    (entries(KIND, KIND.replace("spaces", "x")), "entry 2, x: the when is listed twice: entry 1 has it too"),
    (when(""), "entry 1, a, field when: must say something, or it would match every row: use rule, observed, name"),
    (when("naem = 'a'"), "field when.naem: unknown field `naem`; did you mean 'name'?"),
    (when("rule = ['tag-user-mising']"), "field when.rule: unknown rule 'tag-user-mising'; did you mean 'tag-user-m"),
    (when("rule = ['zzz']"), "field when.rule: unknown rule 'zzz'; use preferences-unreadable, "),
    (when("rule = []"), "field when.rule: must not be blank: leave it out"),
    (when("name = ' '"), "field when.name: must not be blank: leave it out"),
    (when("group_without_name = false"), "field when.group_without_name: must be true, or left out"),
    (when("facts = ['asked-of-di']"), "field when.facts: unknown fact 'asked-of-di'; did you mean 'asked-of-id'?"),
    (when("group = '('"), "field when.group: not a regular expression: missing ), unterminated subpattern"),
    (when("uid_or_gid = [-1]"), "field when.uid_or_gid[0]: Expected `int` >= 0"),
    (when("uid_or_gid = [4294967296]"), "field when.uid_or_gid[0]: Expected `int` <= 4294967295"),
    (when("run_as = 'maybe'"), "field when.run_as: Invalid enum value 'maybe'"),
    (
        when("rule = ['tag-user-exists', 'default-user-exists', 'run-as-off']"),
        "field when.rule: default-user-exists and run-as-off are of different causes: make an entry for each",
    ),
    ("[[known", "not TOML: "),
    ("\ufeff[[known]]".encode("utf-16-le"), "not TOML in UTF-8, but in UTF-16; use UTF-8, for example by iconv"),
    (b"a = '\xff'", "not UTF-8, invalid start byte"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), MISTAKES)
def test_a_mistake_names_the_entry_the_field_and_what_to_write(text: str | bytes, told: str, tmp_path: Path) -> None:
    path = file(tmp_path, text)
    for read in (read_known, read_known_failures):
        with pytest.raises(InputError) as caught:
            read(path)
        assert str(caught.value).startswith(f"{path}")
        assert told in str(caught.value)


def test_the_rules_of_an_entry_may_be_the_same_of_a_tag_and_of_the_preferences(tmp_path: Path) -> None:
    (entry,) = read_known(file(tmp_path, when("rule = ['tag-user-exists', 'default-user-exists']")))

    assert entry.when is not None


def test_a_vector_cannot_be_listed_by_what_is_recorded_of_a_decision(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="entry 1, spaces, field when: matches recorded decisions; a vector is listed"):
        read_known_failures(file(tmp_path, entries(KIND)))
