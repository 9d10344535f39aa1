"""`python -m runas_cli.linter [FILE ...]`: what is wrong with vectors, those of the package or others."""

import sys
from collections.abc import Sequence
from pathlib import Path

from runas_cli.exit_codes import ExitCode
from runas_cli.saying import complain, say, written_anywhere
from runas_model.inputs.records import InputError
from runas_properties.conformance.vectors.linter import problems
from runas_properties.conformance.vectors.reading import read_document
from runas_properties.conformance.vectors.vector import KEPT

__all__ = ["main"]


def main(arguments: Sequence[str]) -> int:
    """Lint files, or those of the package, which go together; 0 when nothing is wrong."""
    written_anywhere()
    paths = [Path(path) for path in arguments] or [
        Path(str(KEPT / f"{level}.json")) for level in ("decision", "service")
    ]
    try:
        documents = [read_document(path) for path in paths]
    except InputError as error:
        complain(str(error))
        return ExitCode.UNUSABLE
    found = list(problems(documents))
    count = sum(len(document.vectors) for document in documents)
    say(*found, f"{count} vectors, {len(found)} problems")
    return ExitCode.DOES_NOT_HOLD if found else ExitCode.HOLDS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
