"""The words that a shell makes of a name, held against the shell of this machine."""

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runas_properties.oracle.shell_words import NotPlain, shell_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", []),
        ("alice", ["alice"]),
        (" alice\t", ["alice"]),
        ("alice bob", ["alice", "bob"]),
        ("\u3000alice\xa0", ["\u3000alice\xa0"]),
        ("al\\ice", ["alice"]),
        ("john\\ doe", ["john doe"]),
        ("alice\\", ["alice\\"]),
        ("al\\\nice", ["alice"]),
        ("'john doe'", ["john doe"]),
        ('"a\\"b\\c"', ['a"b\\c']),
        ('al""ice', ["alice"]),
        ("''", [""]),
        ("alice #x", ["alice"]),
        ("alice#x", ["alice#x"]),
        ("# alice", []),
        ("alice\n", ["alice"]),
        ("alice #x\n", ["alice"]),
        ("host$", ["host$"]),
        ("a=b %41 ~x !y", ["a=b", "%41", "~x", "!y"]),
        ("{alice,bob}", ["{alice,bob}"]),
    ],
)
def test_quotes_backslashes_comments_and_blanks_are_read_as_a_shell_does(name: str, words: list[str]) -> None:
    assert shell_words(name) == words


@pytest.mark.parametrize(
    "name",
    [
        "a;b",
        "a|b",
        "a&",
        "a>b",
        "<a",
        "$(a)",
        "`a`",
        "$HOME",
        "${x:-a}",
        "$((1+1))",
        '"$x"',
        '"`a`"',
        "al*",
        "a?",
        "[a]",
        "$$",
        "$?",
        "$\\\n-",
        '"$\\\n?"',
    ],
)
def test_anything_may_come_of_a_name_that_the_shell_runs_or_expands(name: str) -> None:
    assert shell_words(name) is NotPlain.PROGRAM


@pytest.mark.parametrize("name", ["a\nb", "\na", "a #x\nb"])
def test_what_stands_behind_a_new_line_is_another_command(name: str) -> None:
    assert shell_words(name) is NotPlain.PROGRAM


@pytest.mark.parametrize("name", ["{alice,}", "{1..3}", "$'alice'", '$"alice"'])
def test_bash_expands_more(name: str) -> None:
    assert shell_words(name, bash=True) is NotPlain.PROGRAM
    assert shell_words(name) is not NotPlain.PROGRAM


@pytest.mark.parametrize("name", ["o'neil", '"alice', "alice\0", 'a"b\\'])
def test_a_shell_cannot_parse_a_quote_that_does_not_end(name: str) -> None:
    assert shell_words(name) is NotPlain.BROKEN


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no sh")
@given(st.text(alphabet="ab -#'\"\\$\t\n", max_size=8))
def test_the_shell_of_this_machine_makes_the_same_words(name: str) -> None:
    words = shell_words(name)
    if words is NotPlain.PROGRAM:
        return
    done = subprocess.run(["sh", "-c", f"printf '%s\\001' . {name}"], capture_output=True, text=True)

    if isinstance(words, list):
        assert done.stdout.split("\1")[1:-1] == words
    else:
        assert done.returncode != 0
