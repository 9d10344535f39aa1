"""The certificates that travel with this version; `make renew` makes them again."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from runas_solver.checker import heading

__all__ = ["KEPT", "is_for", "kept_certificates", "write_kept"]

KEPT = "certificates.json"
"""The file in this package: for each obligation, by its id, the certificate."""


@cache
def kept_certificates() -> Mapping[str, str]:
    """The certificate of each obligation, by the obligation's id; none where the file is gone."""
    file = files("runas_solver").joinpath(KEPT)
    kept: dict[str, str] = json.loads(file.read_text("ascii")) if file.is_file() else {}
    return kept


def is_for(certificate: str, text: str) -> bool:
    """Whether a certificate says that it is for this text of an obligation."""
    return certificate.startswith(f"{heading(text)}\n")


def write_kept(certificates: Mapping[str, str], path: Path) -> None:
    """Write certificates as this package keeps them, a line each: the same bytes for the same certificates."""
    path.write_text(json.dumps(dict(sorted(certificates.items())), indent=0) + "\n", "ascii")
