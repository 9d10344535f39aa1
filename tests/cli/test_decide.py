"""The command `decide`: a decision explained, what would change it, and nothing heavy imported for it."""

import json
import subprocess
import sys

import pytest

from cli.running import DECIDE
from runas_cli.main import main
from runas_cli.told import Decided, told_schema
from thinned import slow


def test_decide_explains_and_as_json_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DECIDE, "--reading", "agent"]) == 0
    text = capsys.readouterr().out
    assert main([*DECIDE, "--reading", "agent", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)

    assert "started as alice by tag-user-exists" in text
    assert (data["os_user"], data["rule"]) == ("alice", "tag-user-exists")
    assert data["reading"] == {
        "blank_tag": "as-untagged",
        "superuser": "refused",
        "macos": "covered",
        "tag_key": "exact",
    }


def test_an_ordinary_name_with_gid_0_starts_where_only_the_name_root_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ["decide", "--run-as", "on", "--tag", "dev", "--os-user", "dev:1001:0", "--reading"]

    assert main([*arguments, "docs-2023"]) == 0
    assert "started as dev by tag-user-exists" in capsys.readouterr().out
    assert main([*arguments, "agent"]) == 0
    assert "refused (superuser-named) by tag-names-superuser" in capsys.readouterr().out


def test_preferences_that_cannot_be_read_and_keys_in_another_case_can_be_asked_about(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["decide", "--run-as", "unreadable", "--tag", "alice", "--os-user", "alice"]) == 0
    assert "refused (preferences-unreadable) by preferences-unreadable" in capsys.readouterr().out
    other_case = ["decide", "--run-as", "on", "--tag", "alice", "--tag-key", "ssmsessionrunas", "--os-user", "alice"]
    assert main(other_case) == 0
    assert "refused (nobody-named) by nobody-named" in capsys.readouterr().out
    assert main([*other_case, "--reading", "tag_key=any-case"]) == 0
    assert "started as alice by tag-user-exists" in capsys.readouterr().out


def test_a_key_that_is_no_run_as_key_is_an_error_that_names_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "--run-as", "on", "--tag", "alice", "--tag-key", "Team"]) == 2
    assert (
        "--tag-key: 'Team' is not the key of a Run As tag; use SSMSessionRunAs in any case" in capsys.readouterr().err
    )


WITHIN = ["decide", "--run-as", "on", "--session-tag", "alice", "--os-user", "alice", "--os-user", "bob"]


def test_the_session_tag_of_the_callers_role_session_decides_and_it_is_said_that_the_roles_does_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*WITHIN, "--tag", "bob"]) == 0
    text = capsys.readouterr().out
    assert main([*WITHIN, "--tag", "bob", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)

    which = "the caller's tag is the session tag alice, not the role's tag bob (D1)"
    assert text.splitlines()[0].endswith("started as alice by tag-user-exists")
    assert text.splitlines()[1] == which
    assert text.splitlines()[-1].startswith("  D1   passing tags: A session tag of a role session wins over the role's")
    assert (data["os_user"], data["whose_tag"]) == ("alice", which)


def test_a_role_without_a_tag_is_not_spoken_of_beside_a_session_tag(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(WITHIN) == 0
    assert capsys.readouterr().out.splitlines()[1] == "the caller's tag is the session tag alice (D1)"


def test_beside_which_tag_it_is_a_session_tag_is_explained_as_a_tag_of_ones_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["decide", "--run-as", "on", "--tag", "alice", "--os-user", "alice", "--os-user", "bob"]) == 0
    own = capsys.readouterr().out.splitlines()
    assert main([*WITHIN, "--tag", "bob"]) == 0
    first, _, *lines, _ = capsys.readouterr().out.splitlines()

    assert [first, *lines] == own


def test_a_session_tag_with_its_key_in_another_case_hides_the_roles_tag_all_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    in_case = [*WITHIN, "--tag", "bob", "--session-tag-key", "ssmsessionrunas"]

    assert main(in_case) == 0
    assert "refused (nobody-named) by nobody-named" in capsys.readouterr().out
    assert main([*in_case, "--reading", "tag_key=any-case"]) == 0
    assert "started as alice by tag-user-exists" in capsys.readouterr().out


@pytest.mark.parametrize("tag", ["tag", "session-tag"])
def test_the_key_of_a_tag_without_its_value_is_refused(tag: str, capsys: pytest.CaptureFixture[str]) -> None:
    (other,) = {"tag", "session-tag"} - {tag}
    for more in ([], [f"--{other}", "bob"], ["--json"]):
        for key in ("SSMSessionRunAs", "ssmsessionrunas"):
            assert main(["decide", "--run-as", "on", *more, f"--{tag}-key", key]) == 2
            assert capsys.readouterr() == (
                "",
                f"runas-spec: --{tag}-key needs --{tag}: the value of the {tag.replace('-', ' ')} that has this key\n",
            )


def test_without_a_session_tag_nothing_is_said_of_two_tags(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DECIDE, "--json"]) == 0
    assert "whose_tag" not in json.loads(capsys.readouterr().out)
    assert main(DECIDE) == 0
    assert "session tag" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "beside"), [([], set()), (["--session-tag", "bob"], {"whose_tag"}), (["--repair"], {"repairs"})]
)
def test_decide_prints_the_members_of_a_decision_that_is_told_and_those_beside_them_that_its_schema_names(
    more: list[str], beside: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*DECIDE, *more, "--json"]) == 0
    assert json.loads(capsys.readouterr().out).keys() - {*Decided.__struct_fields__} == beside
    description = told_schema()["$defs"]["Decided"]["description"]
    assert all(f"`{name}`" in description for name in beside)


def test_repairs_are_refused_beside_a_session_tag_since_they_change_the_tag_that_does_not_count(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for wanted in ([], ["bob"]):
        assert main([*WITHIN, "--repair", *wanted]) == 2
        assert capsys.readouterr() == (
            "",
            "runas-spec: --repair cannot be used with --session-tag: it changes the tag of a user or role, which does "
            "not count beside a session tag (D1)\n",
        )


def test_readings_can_be_changed_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DECIDE, "--tag", "root", "--reading", "superuser=refused"]) == 0
    assert "tag-names-superuser" in capsys.readouterr().out


def test_decide_is_light() -> None:
    program = (
        "import sys; from runas_cli.main import main; main(sys.argv[1:]);"
        "assert not {'z3', 'hypothesis', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, *DECIDE], check=True, capture_output=True)


REFUSED = ["decide", "--run-as", "on", "--tag", "ghost", "--os-user", "ops"]


def test_the_command_tells_repairs_and_as_json_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*REFUSED, "--repair", "ops"]) == 0
    text = capsys.readouterr().out
    assert main([*REFUSED, "--repair", "ops", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)

    assert "Smallest changes that would start the session as ops (1 step):" in text
    assert "tag_principal: principal the-principal, key SSMSessionRunAs, value ops\n    -> started as ops" in text
    assert [one["calls"][0]["operation"] for one in data["repairs"]] == ["tag_principal"]


@slow
def test_the_command_says_when_nothing_helps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*REFUSED, "--platform", "windows", "--repair", "ops"]) == 0
    assert "No combination of up to 3 changes would start the session as ops." in capsys.readouterr().out


def test_repair_without_z3_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)

    assert main([*REFUSED, "--repair"]) == 2
    assert "--repair needs Z3: pip install 'runas-spec[solver]'" in capsys.readouterr().err
