"""The command `selfcheck`: whether the vectors convict every fault."""

from pathlib import Path

import pytest

from cli.running import run
from runas_properties.gallery.implementations import FAULTS
from thinned import deep


@deep
def test_selfcheck_convicts_every_fault_and_nothing_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    code, out, _ = run(capsys, "selfcheck")

    assert code == 0
    assert f"{len(FAULTS)} of {len(FAULTS)} faults caught by the core vectors, 0 false positives" in out
    assert " NO " not in out
    assert list(tmp_path.iterdir()) == []
