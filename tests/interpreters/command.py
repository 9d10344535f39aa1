"""Find an interpreter of each version, give each a virtual environment of its own, and run the tests there."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from interpreters.found import interpreter, versions

__all__ = ["run"]

ROOT = Path(__file__).parents[2]
HOMES = ROOT / "build" / "interpreters"
TESTS = ("-n", "2", "--dist", "loadscope", "-m", "not slow")
NOT_FOUND = "not found"


def run(
    arguments: Sequence[str],
    find: Callable[[str], Path | None] = interpreter,
    tested: Callable[[str, Path, Sequence[str]], str] | None = None,
) -> int:
    """Run pytest with these arguments, or else all tests that are not slow.

    Returns 0 if they pass on all interpreters that were found, and some were.
    """
    found = {version: find(version) for version in versions(ROOT / "pyproject.toml")}
    for version, path in found.items():
        print(f"python {version}: {path or NOT_FOUND}", flush=True)
    results = {
        version: (tested or _tested)(version, path, arguments or TESTS) for version, path in found.items() if path
    }
    for version in found:
        print(f"python {version}: {results.get(version, NOT_FOUND)}")
    if not results:
        print(f"no interpreter of {', '.join(found)} was found: on PATH, in pyenv, in uv", file=sys.stderr)
    return 0 if results and all(result.startswith("passed") for result in results.values()) else 1


def _tested(version: str, path: Path, arguments: Sequence[str]) -> str:
    """What became of the tests on one interpreter."""
    began = time.monotonic()
    home = HOMES / version
    try:
        _install(home, path)
    except subprocess.CalledProcessError as error:
        return f"cannot be installed: exit code {error.returncode}"
    code = subprocess.run([home / "bin" / "python", "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode
    return f"{f'FAILED, exit code {code}' if code else 'passed'}, {time.monotonic() - began:.0f} s"


def _install(home: Path, path: Path) -> None:
    """A virtual environment with what the lock file has, unless it is there."""
    needs = [ROOT / "requirements.lock", ROOT / "pyproject.toml"]
    state = sha256(b"".join(file.read_bytes() for file in needs) + bytes(path)).hexdigest()
    stamp = home / "state"
    if stamp.is_file() and stamp.read_text("utf-8") == state:
        return
    python = home / "bin" / "python"
    pip: list[str | Path] = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([path, "-m", "venv", "--clear", home], check=True)
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT], check=True)
    stamp.write_text(state, "utf-8")
