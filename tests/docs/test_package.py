"""Wheel and sdist install into an empty environment and work there without Z3, Hypothesis and pytest."""

import subprocess
import sys
import venv
from importlib.metadata import distribution
from pathlib import Path

import pytest

from thinned import slow

ROOT = Path(__file__).parents[2]
BASE = ("attrs", "rpds-py", "msgspec")


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return out


@slow
@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_the_package_works_in_an_empty_environment(kind: str, built: Path, tmp_path: Path) -> None:
    (artifact,) = built.glob(kind)
    if kind == "*.tar.gz":
        run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, artifact,
            cwd=tmp_path)  # fmt: skip
        (artifact,) = tmp_path.glob("*.whl")
    home = tmp_path / "empty"
    venv.create(home)
    python = home / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        artifact,
        cwd=tmp_path,
    )
    (site,) = home.glob("lib/python*/site-packages")
    for name in BASE:
        for file in distribution(name).files or []:
            if ".." not in file.parts and file.suffix != ".pyc":
                target = site / file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(Path(str(file.locate())).read_bytes())
    program = (
        "import runas_model, runas_properties.laws, runas_cli.main, importlib.util as u;"
        "import runas_properties.oracle.recorded as recorded;"
        "assert [file.exists() for file in recorded.AGENT_FILES] == [True, True];"
        "assert len(recorded.read_known(recorded.AGENT_KNOWN)) > 3;"
        "assert not any(map(u.find_spec, ('z3', 'hypothesis', 'pytest')))"
    )
    run(python, "-c", program, cwd=tmp_path)
    assert "verify" in run(home / "bin" / "runas-spec", "--help", cwd=tmp_path)
    assert "ssm-user" in run(home / "bin" / "runas-spec", "decide", "--run-as", "off", cwd=tmp_path)
