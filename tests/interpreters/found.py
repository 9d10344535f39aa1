"""The versions of Python that the project is for, and an interpreter of each, where there is one."""

import os
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

__all__ = ["interpreter", "versions"]

ASKED = "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)"


def versions(project: Path) -> list[str]:
    """Those that `pyproject.toml` names, such as `3.11`."""
    classifiers = tomllib.loads(project.read_text("utf-8"))["project"]["classifiers"]
    found = [classifier.rpartition(" ")[2] for classifier in classifiers if classifier.count(" :: ") == 2]
    return [version for version in found if version.startswith("3.")]


def interpreter(version: str, environment: dict[str, str] | None = None) -> Path | None:
    """A working interpreter of a version, from `PATH`, from pyenv or from uv; else None."""
    return next(
        filter(None, (_asked(path, version) for path in _candidates(version, environment or {**os.environ}))), None
    )


def _candidates(version: str, environment: dict[str, str]) -> Iterator[Path]:
    name, home = f"python{version}", Path(environment.get("HOME", "/"))
    for folder in environment.get("PATH", "").split(os.pathsep):
        yield Path(folder) / name
    pyenv = Path(environment.get("PYENV_ROOT", home / ".pyenv"))
    uv = Path(environment.get("UV_PYTHON_INSTALL_DIR", home / ".local" / "share" / "uv" / "python"))
    for folders in (pyenv / "versions", uv):
        yield from sorted(folders.glob(f"*/bin/{name}"), reverse=True)


def _asked(path: Path, version: str) -> Path | None:
    """The interpreter behind a path: a shim of pyenv may be there and not work."""
    if not path.is_file():
        return None
    try:
        done = subprocess.run([path, "-c", ASKED], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    said, _, executable = done.stdout.strip().partition("\n")
    return Path(executable) if done.returncode == 0 and said == version else None
