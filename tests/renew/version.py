"""Whether the version of the vectors has to be raised: it has been, where they are not those of the last commit."""

import json
import subprocess
from pathlib import Path

__all__ = ["version_told"]

FOLDER = "properties/runas_properties/conformance/vectors"
LEVELS = ("decision", "service")


def version_told(root: Path) -> str:
    """What is to be done about the version; empty where nothing is."""
    files = [f"{FOLDER}/{level}.json" for level in LEVELS]
    now = [json.loads((root / file).read_text("utf-8")) for file in files]
    before = [_committed(root, file) for file in files]
    if None in before:
        return "there is no commit to compare the vectors with: raise VERSION where they are not the published ones"
    if all(one["vectors"] == other["vectors"] for one, other in zip(now, before, strict=True) if other):
        return ""
    versions = {one["version"] for one in now}
    if versions & {other["version"] for other in before if other}:
        return (
            f"the vectors are not those of version {min(versions)} any more: raise VERSION in {FOLDER}/vector.py, renew"
        )
    return f"the vectors changed, and their version was raised to {min(versions)}"


def _committed(root: Path, file: str) -> dict[str, object] | None:
    done = subprocess.run(["git", "show", f"HEAD:{file}"], cwd=root, capture_output=True, text=True, check=False)
    return dict(json.loads(done.stdout)) if done.returncode == 0 else None
