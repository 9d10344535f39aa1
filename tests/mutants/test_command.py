"""Mutants on trial: what is killed by what, what survives, and what is kept as equivalent and is not."""

import json
from pathlib import Path

import pytest

from mutants import command
from mutants.command import report_on, run
from mutants.equivalence import prove
from mutants.judges import breaks_off, kills, kills_all, loops, survives
from mutants.kept import KEPT, Kept, read_kept
from mutants.parts import MODEL, READERS, mutants_in
from mutants.source import Mutant
from mutants.trial import Fate, Verdict, chosen_tests, judge_all, verify
from runas_properties.laws import LAWS
from thinned import slow

BACKWARDS = "decision.decide_by.first_match: order: reversed(conditional) -> conditional"
NO_FIELD = "state.default_of: field: default_user -> tag"
WITHOUT_WORK = "operations.start_session: connective: decision.starts, -> nothing"
WITHOUT_GUARD = (
    "operations.tag_principal: guard: (state.principals.has(principal), errors.UnknownPrincipal(pr… -> nothing"
)
OTHER_DEFAULT = "state.INITIAL: enumerated: Platform.LINUX -> Platform.MACOS"
OTHER_SWITCH = "state.INITIAL: enumerated: Switch.OFF -> Switch.ON"
OTHER_STARTS = "transitions.Transition.starts: truth value: False -> True"


@pytest.fixture(scope="module")
def mutants() -> dict[str, Mutant]:
    return {mutant.id: mutant for part in MODEL for mutant in mutants_in(part)}


def verdicts(mutants: dict[str, Mutant], *ids: str, judge=verify) -> list[Verdict]:  # type: ignore[no-untyped-def]
    return [verdict for _, verdict in judge_all((mutants[id] for id in ids), judge)]


@slow
def test_verify_kills_a_mutant_or_it_cannot_be_imported_or_it_survives(mutants: dict[str, Mutant]) -> None:
    backwards, no_field, without_work = verdicts(mutants, BACKWARDS, NO_FIELD, WITHOUT_WORK)

    assert backwards.fate is Fate.VERIFY
    assert backwards.by.startswith("DOES NOT HOLD: ") or backwards.by.split()[0] in LAWS
    assert no_field.fate is Fate.REGISTRATION
    assert no_field.by.startswith("NotForEveryUniverse: ")
    assert no_field.by.endswith("`document.tag`: SessionDocument has no field, and no table a method, of this name")
    assert without_work == Verdict(Fate.SURVIVED)


@slow
def test_a_mutant_is_proved_to_be_equivalent_from_the_invariants_or_it_is_said_what_differs(
    mutants: dict[str, Mutant],
) -> None:
    asked = (WITHOUT_WORK, OTHER_DEFAULT, WITHOUT_GUARD, OTHER_SWITCH, OTHER_STARTS, BACKWARDS)
    equivalent, default, guard, switch, starts, backwards = verdicts(mutants, *asked, judge=prove)

    assert equivalent.fate is Fate.SURVIVED
    assert default.fate is Fate.SURVIVED
    assert guard == Verdict(Fate.VERIFY, "not the same: tag_principal")
    assert switch == Verdict(Fate.VERIFY, "not the same: start_session")
    assert starts == Verdict(Fate.VERIFY, "nothing is proved of Transition")
    assert backwards == Verdict(Fate.VERIFY, "not the same: decision")


def test_a_survivor_that_is_not_kept_is_told_with_its_lines(
    mutants: dict[str, Mutant], capsys: pytest.CaptureFixture[str]
) -> None:
    report = report_on([mutants[WITHOUT_WORK]], survives, [])

    assert not report.holds
    told = capsys.readouterr().out
    assert f"operations.py:{mutants[WITHOUT_WORK].line}: {WITHOUT_WORK}" in told
    assert "    -    creates = all_of(decision.starts, decision.os_user" in told
    assert "    +    creates = all_of(decision.os_user" in told
    assert "DOES NOT HOLD: of 1 mutants 0 killed, 0 equivalent, 1 survived" in told


@slow
def test_what_is_kept_as_equivalent_is_stale_where_it_is_killed_or_gone_or_not_proved(
    mutants: dict[str, Mutant], capsys: pytest.CaptureFixture[str]
) -> None:
    trusted = Kept("gone: number: 0 -> 1", "It makes no difference.")
    kept = [Kept(WITHOUT_WORK), Kept(WITHOUT_GUARD), trusted]

    report = report_on([mutants[WITHOUT_WORK], mutants[WITHOUT_GUARD]], survives, kept)

    assert report.stale == {
        WITHOUT_GUARD: "its proof fails: not the same: tag_principal",
        trusted.id: "there is no such mutant",
    }
    assert not report.holds
    assert f"kept as equivalent: {trusted.id}: there is no such mutant" in capsys.readouterr().out
    killed = report_on([mutants[WITHOUT_WORK]], kills, [Kept(WITHOUT_WORK)], tell=False)
    assert killed.stale == {WITHOUT_WORK: "it does not survive: a law"}


def test_a_mutant_whose_process_breaks_off_is_not_killed(mutants: dict[str, Mutant]) -> None:
    assert verdicts(mutants, BACKWARDS, judge=breaks_off) == [
        Verdict(Fate.UNJUDGED, "the process ended with exit code 3")
    ]


def test_a_mutant_that_computes_for_too_long_is_endless(mutants: dict[str, Mutant]) -> None:
    (judged,) = judge_all([mutants[BACKWARDS]], loops, seconds=1)

    assert judged[1] == Verdict(Fate.ENDLESS, "it does not end")


@slow
def test_no_mutant_is_judged_where_the_module_is_killed_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "verify", kills_all)

    assert run(["--only", "decision."]) == 2

    assert capsys.readouterr().err == (
        "mutants: runas_model.specification.decision does not survive as it is: whatever it is\n"
    )


@slow
def test_the_command_tells_all_as_data_and_ends_with_whether_it_holds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(command, "verify", kills)
    report = tmp_path / "report.json"

    assert run(["--only", "decision.", "--json", str(report)]) == 0

    data = json.loads(report.read_text())
    assert data["holds"] is True
    assert [(one["module"].rpartition(".")[2], one["survived"]) for one in data["files"]] == [("decision", 0)]
    assert set(data["killed"].values()) == {"a law"}
    monkeypatch.setattr(command, "verify", survives)
    capsys.readouterr()
    assert run(["--only", "decision.decide_by.first_match: order", "--json", "-"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["mutant"] for one in told["survivors"]] == [BACKWARDS]


def test_the_command_says_what_it_cannot_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--only", "nothing"]) == 2
    assert "--only 'nothing' chooses none of" in capsys.readouterr().err
    assert run(["--every", "0"]) == 2


def test_every_entry_that_is_kept_has_a_proof_or_a_sentence(tmp_path: Path, mutants: dict[str, Mutant]) -> None:
    assert set(read_kept(KEPT)) <= set(mutants)
    for entry in ("", 'reason = "because"', 'proof = "solver"\nreason = "It is."'):
        file = tmp_path / "kept.toml"
        file.write_text(f'[[equivalent]]\nmutants = ["a"]\n{entry}\n')
        with pytest.raises(ValueError, match=r'kept.toml: a: give proof = "solver", or a sentence'):
            read_kept(file)


def test_every_reader_has_tests_that_are_there() -> None:
    for part in READERS:
        assert chosen_tests(part.module)
        assert all(path.exists() for path in chosen_tests(part.module))
