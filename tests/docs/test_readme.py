"""What the documents say is so: their examples run, and nothing in them is of this machine."""

import doctest
import re
import subprocess
from pathlib import Path

import runas_model
from runas_properties import conformance

ROOT = Path(__file__).parents[2]


def test_the_example_of_importing_the_oracle_runs() -> None:
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False)

    assert result.attempted >= 5
    assert result.failed == 0


def test_the_example_in_the_package_runs() -> None:
    assert all(doctest.testmod(module).failed == 0 for module in (runas_model, conformance))


def test_the_readme_shows_every_rule_in_order() -> None:
    rows = re.findall(r"^\| \d+ \| `([a-z-]+)`", (ROOT / "README.md").read_text(), re.M)

    assert [rule.id for rule in runas_model.RULEBOOK] == rows


def test_no_file_names_a_registry_or_a_folder_of_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    assert listed
    pattern = re.compile(r"https?://[^\s\"']*/simple" + r"/|(^|[\s\"'(])/(work|farm|root)" + r"/", re.M)

    texts = {name: (ROOT / name).read_text("utf-8") for name in listed if (ROOT / name).is_file()}
    assert [name for name, text in texts.items() if pattern.search(text)] == []


def test_the_lock_file_holds_versions_and_hashes_and_no_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    pinned = re.findall(r"^[a-z0-9._-]+==[^\s;]+.*\\\n    --hash=sha256:[0-9a-f]{64}", lock, re.M)

    assert "http" not in lock
    assert len(re.findall(r"^[a-z]", lock, re.M)) == len(pinned) > 20
