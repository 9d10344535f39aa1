"""The command `runas-spec explore`: what it prints, and how it ends."""

import json
import sys

import pytest
from attrs import evolve

import runas_cli.explore as explore_module
from explorer.one_at_a_time import STATES, TRANSITIONS
from runas_cli import progress
from runas_cli.main import main
from runas_model import OPERATIONS, RULEBOOK, Specification, State
from runas_model.specification.operations import Step
from runas_model.specification.vocabulary import Session
from runas_properties.explorer import explore
from runas_properties.laws import LAWS
from runas_properties.laws.law import Claim

SMALL = ["explore", "--accounts", "1", "--principals", "1", "--instances", "1", "--names", "2", "--sessions", "1"]
Capture = pytest.CaptureFixture[str]


def test_it_prints_what_it_found(capsys: Capture) -> None:
    assert main([*SMALL, "--reading", "agent"]) == 0

    printed = capsys.readouterr().out
    assert printed.startswith(
        "1 account, 1 principal, 1 instance, 2 names, 1 session, 1 platform, 2 switches, 1 Region, 1 document; "
        "reading agent\n"
        "in play beside accounts, principals and instances: nothing\n"
        "\n"
        f"  states       {STATES:9,}\n"
        f"  transitions  {TRANSITIONS:9,}\n"
        "  depth               10\n"
        "  fingerprint  "
    )
    assert "untag_principal                 264  UnknownPrincipal, UnknownTag" in printed
    assert "start_session                    72  UnknownPrincipal, UnknownRoleSession (not met), " in printed
    assert f"  8 of {len(RULEBOOK):3} rules decide the start of some session" in printed
    assert "not reachable in this scope and reading: preferences-unreadable, platform-not-covered, " in printed
    assert "HOLDS: every state, " in printed


def test_json_says_the_same(capsys: Capture) -> None:
    assert main([*SMALL, "--json", "--reading", "superuser=refused"]) == 0

    data = json.loads(capsys.readouterr().out)
    assert (data["states"], data["transitions"], data["depth"], data["holds"]) == (STATES, TRANSITIONS, 10, True)
    assert sum(data["levels"]) == STATES
    assert sum(data["accepted"].values()) == TRANSITIONS
    assert data["reading"] == {
        "profile": None, "blank_tag": "names-nobody", "superuser": "refused", "macos": "not-covered",
        "tag_key": "exact",
    }  # fmt: skip
    assert "rule tag-user-exists" in data["met"]
    assert "rule platform-not-covered" in data["not_met"]
    assert data["broken"] == []
    assert data["nouns"] == []


def test_regions_and_documents_in_play_are_named(capsys: Capture) -> None:
    small = [*SMALL, "--names", "1", "--no-laws"]

    assert main([*small, "--regions", "2", "--documents", "2"]) == 0

    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.endswith(", 2 Regions, 2 documents; reading default")
    assert second == "in play beside accounts, principals and instances: regions, documents"
    assert main([*small, "--documents", "2", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["scope"]["regions"], data["scope"]["documents"], data["nouns"]) == (1, 2, ["documents"])


def test_role_sessions_in_play_are_named(capsys: Capture) -> None:
    small = [*SMALL, "--names", "1", "--no-laws", "--role-sessions", "1"]

    assert main(small) == 0

    first, second, *more = capsys.readouterr().out.splitlines()
    assert first.endswith(", 1 document, 1 role session; reading default")
    assert second == "in play beside accounts, principals and instances: roles"
    errors = next(line for line in more if line.startswith("  assume_role_with_tag "))
    assert errors.endswith(", UnknownRoleSession, ExpiredToken, RoleSessionIdUsed, TransitiveTagRepeated (not met)")
    assert main([*small, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["scope"]["role_sessions"], data["nouns"]) == (1, ["roles"])


def test_parameters_in_play_are_named(capsys: Capture) -> None:
    small = [*SMALL, "--names", "1", "--no-laws", "--documents", "2", "--parameters", "1"]

    assert main(small) == 0

    first, second, *more = capsys.readouterr().out.splitlines()
    assert first.endswith(", 2 documents, 1 parameter value; reading default")
    assert second == "in play beside accounts, principals and instances: documents, parameters"
    errors = next(line for line in more if line.startswith("  start_session "))
    assert errors.endswith(", InvalidDocument, InvalidParameters, SessionIdUsed")
    assert main([*small, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["scope"]["parameters"], data["nouns"]) == (1, ["documents", "parameters"])


def test_without_laws_it_counts_alone(capsys: Capture) -> None:
    assert main([*SMALL, "--no-laws", "--reading", "superuser=refused"]) == 0

    printed = capsys.readouterr().out
    assert "EXPLORED: every state, no laws checked" in printed
    assert "blank_tag=names-nobody, superuser=refused, macos=not-covered" in printed
    assert " laws exercised" not in printed


def test_a_broken_law_is_shown_with_a_trace_of_concrete_calls(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    without = Specification([rule for rule in RULEBOOK if rule.id != "tag-user-missing"])
    monkeypatch.setattr(explore_module, "explore_scope", lambda *a, **more: explore(*a, specification=without, **more))

    assert main(SMALL) == 1

    printed = capsys.readouterr().out
    assert "broken: exactly-one-rule: The rule that decides is the first that matches." in printed
    assert "    that is exactly: if the rule preferences-unreadable matches then " in printed
    assert "create_principal(principal='amy', account='111111111111', kind='user')" in printed
    assert "start_session(session='s-new', principal='amy', instance='i-1')" in printed
    assert "DOES NOT HOLD: " in printed
    assert main([*SMALL, "--json"]) == 1
    broken = {broken["law"]: broken for broken in json.loads(capsys.readouterr().out)["broken"]}["exactly-one-rule"]
    assert broken["calls"][-1][0] == "start_session"


def test_values_at_which_a_law_is_broken_are_named(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    forgets = evolve(OPERATIONS["terminate_session"], function=forgetful)
    faulty = Specification(operations={**OPERATIONS, "terminate_session": forgets})
    monkeypatch.setattr(explore_module, "explore_scope", lambda *a, **more: explore(*a, specification=faulty, **more))

    assert main(SMALL) == 1

    assert "  for session = 's-1'\n" in capsys.readouterr().out


def test_an_os_user_at_which_a_law_is_broken_is_named_by_its_ids(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def claim(by, s, r, other, user):  # type: ignore[no-untyped-def]
        return Claim(user.uid == 0, False)

    never = evolve(LAWS["more-os-users-never-hurt"], claim=claim)
    monkeypatch.setattr(explore_module, "explore_scope", lambda *a, **more: explore(*a, **{**more, "laws": [never]}))

    assert main([*SMALL, "--names", "3"]) == 1

    assert ", user = uid 0, gid 0\n" in capsys.readouterr().out


def forgetful(state: State, session: Session) -> Step:
    """Terminates a session, and forgets that its id was used."""
    step = OPERATIONS["terminate_session"].function(state, session)
    return evolve(step, state=evolve(step.state, started=step.state.started.drop(session)))


def test_an_interrupted_run_prints_what_it_covered_and_exits_130(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(text: str) -> None:
        if int(text.split()[0]) > 50:
            raise KeyboardInterrupt

    monkeypatch.setattr(progress, "show", interrupt)

    assert main(SMALL) == 130

    printed = capsys.readouterr().out
    assert "INTERRUPTED at depth 3, with states left to explore: " in printed
    assert "  states              54\n" in printed


def test_progress_is_shown_on_a_terminal_and_cleared(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    assert main([*SMALL, "--no-laws"]) == 0

    shown = capsys.readouterr().err
    assert shown.startswith("\rpreparing the scope\x1b[K\r")
    assert "\r1 of 1 states found so far" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--accounts", "0"], "accounts must be from 1 to 64, not 0"),
        (["--regions", "0"], "regions must be from 1 to 64, not 0"),
        (["--documents", "65"], "documents must be from 1 to 64, not 65"),
        (["--parameters", "1"], "documents must be from 2 to 64 where there are parameters, not 1"),
        (["--names", "-1"], "--names: must be a whole number of at most 18 digits"),
        (["--sessions", "64"], "GiB are free; take a smaller scope"),
        (["--sessions", "many"], "--sessions: must be a whole number of at most 18 digits, 0 or more, not 'many'"),
        (["--reading", "lax"], "unknown reading 'lax'"),
    ],
)
def test_a_scope_that_cannot_be_exits_with_2_and_says_why(arguments: list[str], words: str, capsys: Capture) -> None:
    assert main(["explore", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_without_numpy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)

    assert main(SMALL) == 2
    assert "explore needs NumPy: pip install 'runas-spec[explorer]'" in capsys.readouterr().err
