"""The help of each command: a description, and examples that do what they show."""

import argparse
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from cli.running import run
from runas_cli.arguments import parser
from runas_cli.helping import HELP
from runas_cli.progress import STILL_WORKING
from runas_properties.conformance import selfcheck
from runas_properties.conformance.vectors.vector import as_json, vectors
from runas_properties.gallery.implementations import FAULTS
from runas_properties.oracle.recorded import AGENT_DECISIONS
from thinned import slow

ROOT = Path(__file__).parents[2]
QUICK = ("decide", "tell", "smoke")
EXAMPLES = [
    pytest.param(example, id=example, marks=() if name in QUICK else slow)
    for name, help in HELP.items()
    for example in help.examples
]


def commands() -> dict[str, argparse.ArgumentParser]:
    found = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)


def test_every_command_has_a_description_and_two_examples_of_its_own() -> None:
    assert list(commands()) == list(HELP)
    for name, help in HELP.items():
        assert help.description.endswith(".")
        assert len(set(help.examples)) == 2
        assert {tuple(shlex.split(example)[:2]) for example in help.examples} == {("runas-spec", name)}


@pytest.mark.parametrize("name", HELP)
def test_the_help_shows_them(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, name, "--help")

    assert code == 0
    assert " ".join(HELP[name].description.split()) in " ".join(out.split())
    assert out.endswith("".join(["examples:\n", *(f"  {example}\n" for example in HELP[name].examples)]))


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--version")

    assert (code, out.count("\n")) == (0, 1)
    assert out.startswith("runas-spec ")
    assert ", vectors " in out
    assert ", protocol " in out


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the examples speak of; `selfcheck`, which another test runs, tries a few faults alone."""
    monkeypatch.setattr(selfcheck, "CORRECT", {})
    monkeypatch.setattr(selfcheck, "FAULTS", dict(list(FAULTS.items())[:5]))
    shutil.copy(ROOT / "examples" / "python-decision" / "adapter.py", tmp_path)
    shutil.copy(ROOT / "examples" / "python-decision" / "resolver.py", tmp_path)
    shutil.copy(ROOT / "docs" / "examples" / "my_service_process.py", tmp_path / "adapter_process.py")
    shutil.copy(AGENT_DECISIONS, tmp_path / "decisions.jsonl")
    shutil.copy(ROOT / "examples" / "stories" / "switching-run-as-on.jsonl", tmp_path / "story.jsonl")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "saved.json").write_text(as_json(vectors("decision")[:1]), "utf-8")
    return tmp_path


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_can_be_copied(example: str, prepared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if "check-proofs" in example:
        run(capsys, "certify", str(prepared / "certificates"))
    words = [sys.executable if word == "python" else word for word in shlex.split(example)[1:]]
    code, out, err = run(capsys, *words)

    assert code in (0, 1), out + err
    assert [line for line in err.splitlines() if not line.startswith(STILL_WORKING)] == []
    assert out
