"""The command that lints vectors: what it prints, and how it ends."""

from pathlib import Path

import msgspec
import pytest

from runas_cli.linter import main
from runas_model.inputs.records import InputError
from runas_properties.conformance.vectors.reading import read_vectors
from runas_properties.conformance.vectors.vector import FLAGS, VERSION, Document, as_json, vectors
from thinned import slow


@slow
def test_the_linter_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr().out == f"{len(vectors())} vectors, 0 problems\n"


def test_the_linter_finds_nothing_in_some_of_the_vectors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    some = [vector for vector in vectors() if vector.core]
    (tmp_path / "core.json").write_text(as_json(some), "utf-8")

    assert main([str(tmp_path / "core.json")]) == 0
    assert capsys.readouterr().out == f"{len(some)} vectors, 0 problems\n"


def test_the_linter_prints_problems_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    some = vectors("decision")[:1]
    document = Document(VERSION, {flag: FLAGS[flag] for flag in some[0].flags}, some, retired=(some[0].id,))
    (tmp_path / "vectors.json").write_bytes(msgspec.json.encode(document))

    assert main([str(tmp_path / "vectors.json")]) == 1
    assert f"{some[0].id}: the id is retired" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a file of vectors"),
        ("[]", "not a file of vectors"),
        ('{"version": "1.0.0", "flags": {}, "vectors": [{"id": 7}]}', "field vectors[0].id"),
        ("[" * 100_000, "not a file of vectors"),
    ],
)
def test_a_file_that_is_none_of_vectors_is_told(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "vectors.json"
    path.write_text(text)

    assert main([str(path)]) == 2
    assert says in capsys.readouterr().err
    with pytest.raises(InputError, match="No such file"):
        read_vectors(tmp_path / "nothing.json")
