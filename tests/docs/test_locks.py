"""The lock files: versions and hashes, the same in both; and what `make verify` installs is what it needs."""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from runas_cli.progress import STILL_WORKING
from thinned import slow
from untraced import untraced

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-verify.lock")
OF_ITS_LOCK_ALONE = """
import sys
from importlib.metadata import packages_distributions
locked = {package.replace("-", "_") for package in sys.argv[1:]}
for module, packages in packages_distributions().items():
    if not locked & {package.lower().replace("-", "_") for package in packages}:
        sys.modules[module] = None  # importing it fails, as where it is not installed
from runas_cli.main import main
sys.exit(main(["verify", "--report", "junit=verify.xml"]))
"""


def pinned(lock: str) -> dict[str, str]:
    """Each package with its version, its marker and its hashes."""
    text = (ROOT / lock).read_text("utf-8")
    found = re.findall(r"^([a-z0-9._-]+)(==[^\s]+.*\\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M)
    assert len(found) == len(re.findall(r"^[a-z]", text, re.M))
    return dict(found)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_versions_and_hashes_and_no_addresses(lock: str) -> None:
    assert len(pinned(lock)) >= 10
    assert "http" not in (ROOT / lock).read_text("utf-8")


def test_what_verify_needs_is_locked_as_everything_is() -> None:
    everything = pinned("requirements.lock")

    for package, how in pinned("requirements-verify.lock").items():
        assert everything[package].partition(" ")[0] == how.partition(" ")[0]
        assert re.findall("sha256:.*", everything[package]) == re.findall("sha256:.*", how)


def verified(packages: Iterable[str], folder: Path) -> tuple[int, str]:
    """How `verify` ends where only some packages can be imported, and what it complains of."""
    command = [sys.executable, "-c", OF_ITS_LOCK_ALONE, *packages, "runas-spec"]
    done = subprocess.run(command, cwd=folder, env=untraced(), capture_output=True, text=True)
    told = (line for line in done.stderr.splitlines(keepends=True) if not line.startswith(STILL_WORKING))
    return done.returncode, "".join(told)


@slow
def test_verify_needs_nothing_that_its_lock_file_does_not_have(tmp_path: Path) -> None:
    locked = pinned("requirements-verify.lock")

    assert verified(locked, tmp_path) == (0, "")
    of_z3 = "runas-spec: verify needs Z3: pip install 'runas-spec[solver]'\n"
    assert verified(locked.keys() - {"z3-solver"}, tmp_path) == (2, of_z3)
