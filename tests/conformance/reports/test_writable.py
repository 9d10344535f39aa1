"""Whether a file can be written is told before the work, and nothing is left behind by asking."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from runas_cli import verify as verify_module
from runas_cli.main import main
from runas_model.inputs.records import InputError
from runas_properties.conformance.reports.writable import check_writable, write_text
from thinned import slow


def test_a_file_that_is_not_there_is_not_there_afterwards(tmp_path: Path) -> None:
    check_writable(tmp_path / "new")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_kept_as_it_is(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("old")

    check_writable(there)

    assert there.read_text() == "old"


def test_a_link_to_a_file_that_is_not_there_yet_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "new")

    check_writable(link)

    assert list(tmp_path.iterdir()) == [link]
    assert link.readlink() == tmp_path / "new"


def test_missing_folders_are_made_only_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "file"

    with pytest.raises(InputError, match=re.escape(f"{path}: No such file or directory")):
        check_writable(path)
    assert list(tmp_path.iterdir()) == []

    check_writable(path, folders=True)
    assert list(tmp_path.rglob("*")) == [tmp_path / "deep", tmp_path / "deep" / "er"]


@pytest.mark.parametrize("folders", [True, False])
def test_what_cannot_be_written_is_named_with_the_reason(folders: bool, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    for path, reason in ((tmp_path, "Is a directory"), (tmp_path / "file" / "below", "Not a directory")):
        with pytest.raises(InputError, match=f"{re.escape(str(path))}: {reason}"):
            check_writable(path, folders=folders)


@slow
def test_files_of_verify_are_not_left_empty_where_it_is_interrupted(
    already_proved: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    proved = vars(verify_module)["prove_all"]
    monkeypatch.setattr(verify_module, "prove_all", interrupted)

    assert main(["verify", "--json", str(tmp_path / "report.json"), "--smt2", str(tmp_path / "obligations")]) == 130
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    monkeypatch.setattr(verify_module, "prove_all", proved)
    assert main(["verify", "--json", str(tmp_path / "report.json")]) == 0
    assert (tmp_path / "report.json").read_text().startswith("{")


def test_a_file_to_save_in_is_not_left_empty_where_no_case_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = ["--only", "decision-linux-on-*", "--examples", "5"]

    assert main(["conform", "--target", "targets_in_python:correct", *chosen, "--save", str(tmp_path / "saved")]) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_is_not_opened_before_the_work_so_that_its_reader_gets_what_is_written(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True)

    check_writable(pipe)
    write_text(pipe, "all of it")

    assert reader.communicate(timeout=60)[0] == "all of it"


@slow
@pytest.mark.usefixtures("already_proved")
@pytest.mark.parametrize("command", [["verify", "--json", "/dev/full"], ["verify", "--smt2", "/dev/full"]])
def test_a_file_that_fails_only_when_it_is_written_is_named(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 2
    assert "/dev/full" in capsys.readouterr().err
