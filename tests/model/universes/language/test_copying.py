"""What a table needs to copy under one key what stands under another: two first keys, and a field that is a truth."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from runas_model import State
from runas_model.universes.syntax import NotForEveryUniverse, check_function

Written = Callable[[str], ModuleType]
FIELD = "takes the name of a field of the table's records that is a truth"
KEYS = "takes two first keys of a table whose keys are pairs, and the name of a field"


@pytest.mark.parametrize(
    "copied",
    [
        "state.session_tags.copy_under(RoleSession('r-1'), RoleSession('r-2'), 'transitive')",
        "state.sessions.copy_under(state.started[Session('s-1')], Instance('i-2'), 'os_user_present')",
        "state.session_tags.drop_under(NO_ROLE_SESSION).copy_under(NO_ROLE_SESSION, NO_ROLE_SESSION, WHERE)",
    ],
)
def test_a_table_of_pairs_copies_records_by_a_field_that_is_a_truth(copied: str, written: Written) -> None:
    made = written(
        f"WHERE = 'transitive'\ncopied = lambda state: len({copied!r}) == 0\ndef kept(state):\n    return {copied}\n"
    )

    check_function(made.kept, State)


@pytest.mark.parametrize(
    ("copied", "why"),
    [
        ("state.session_tags.copy_under(NO_ROLE_SESSION, RoleSession('r-2'), 'value')", FIELD),
        ("state.session_tags.copy_under(NO_ROLE_SESSION, RoleSession('r-2'), 'kind')", FIELD),
        ("state.session_tags.copy_under(NO_ROLE_SESSION, RoleSession('r-2'), state.assumed[NO_ROLE_SESSION])", FIELD),
        ("state.role_sessions.copy_under(Principal('a'), Principal('b'), 'transitive')", FIELD),
        ("state.os_users.copy_under(Instance('i-1'), Instance('i-2'), 'uid')", FIELD),
        ("state.session_tags.copy_under(NO_ROLE_SESSION, 'transitive')", KEYS),
        ("state.session_tags.copy_under(NO_ROLE_SESSION, RoleSession('r-2'), where='transitive')", KEYS),
        ("state.session_tags.copy_under((NO_ROLE_SESSION, 'a'), RoleSession('r-2'), 'transitive')", KEYS),
        ("state.session_tags.copy_under(NO_ROLE_SESSION, state, 'transitive')", KEYS),
        ("state.session_tags.copy_under()", KEYS),
        ("state.principals.copy_under(Principal('a'), Principal('b'), 'kind')", KEYS),
        ("state.session_tags.copy_under(NO_ROLE_SESSION, NO_ROLE_SESSION, ['transitive'])", FIELD),
    ],
)
def test_what_cannot_be_copied_everywhere_alike_is_refused_with_its_line(
    copied: str, why: str, written: Written
) -> None:
    made = written(f"def kept(state):\n    return {copied}\n")

    where = rf"^{re.escape(str(made.__file__))}, line \d+: `.*{re.escape(why)}"
    with pytest.raises(NotForEveryUniverse, match=where) as refused:
        check_function(made.kept, State)
    line = int(re.findall(r"line (\d+)", str(refused.value))[0])
    assert "copy_under" in Path(str(made.__file__)).read_text("utf-8").splitlines()[line - 1]
