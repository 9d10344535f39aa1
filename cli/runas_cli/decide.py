"""`runas-spec decide`: one decision from flags, with its explanation."""

import argparse
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from runas_cli import progress
from runas_cli.arguments import of_option
from runas_cli.exit_codes import ExitCode
from runas_cli.explaining import clause_line, decision_as_data, explanation_as_data, explanation_lines, reading_told
from runas_cli.saying import say, say_json
from runas_model.facts.explanation import explain
from runas_model.inputs.os_user_rows import table_of_users
from runas_model.inputs.records import InputError
from runas_model.inputs.row_checks import platform_named
from runas_model.inputs.rows import OsUserRow
from runas_model.inputs.situations import situation
from runas_model.specification.clauses import CLAUSES
from runas_model.specification.readings import Reading
from runas_model.specification.vocabulary import POSIX_IDS, RUN_AS_TAG, Situation, Switch
from runas_model.stories.requests import tell_session_tag
from runas_model.stories.situations import outcome, tell
from runas_model.stories.traces import tell_call
from runas_properties.conformance.protocol.cases import step_of

if TYPE_CHECKING:
    from runas_solver.repair import Repair

__all__ = ["decide"]

REPAIR_IN_ROLE_SESSION = (
    "--repair cannot be used with --session-tag: it changes the tag of a user or role, which does not count beside a "
    "session tag (D1)"
)
KEY_OF_NO_TAG = "--{0}-key needs --{0}: the value of the {1} that has this key"
ID = re.compile("[0-9]{1,10}")
"""A uid or gid as it is given."""


def decide(options: argparse.Namespace) -> int:
    """Print the decision; the exit code is 0 whichever way it falls.

    Raises `InputError` for options that do not go together, and for an OS user or a platform that is none.
    """
    asked = options.repair is not None
    if asked and options.session_tag is not None:
        raise InputError(REPAIR_IN_ROLE_SESSION)
    tags = _tags(options)
    for tag in ("tag", "session_tag"):
        if f"{tag}_key" in tags and tag not in tags:
            raise InputError(KEY_OF_NO_TAG.format(tag.replace("_", "-"), tag.replace("_", " ")))
    with of_option("--os-user"):
        users = table_of_users([_os_user(text) for text in options.os_user])
    with of_option("--platform"):
        platform = platform_named(options.platform)
    s = situation(
        run_as_enabled=Switch[options.run_as.upper()],
        **tags,
        default_user=options.default_user,
        users=users,
        platform=platform,
    )
    which_tag = _which_tag(options)
    explanation = explain(s, options.reading)
    repairs = _repairs(s, options.reading, options.repair) if asked else []
    if options.json:
        data = explanation_as_data(explanation, options.reading)
        if which_tag:
            data["whose_tag"] = which_tag
        if asked:
            data["repairs"] = [{"calls": _calls(repair), **decision_as_data(repair.decision)} for repair in repairs]
        say_json(data)
        return ExitCode.HOLDS
    say(tell(s, explanation.decision, explanation.rule), *filter(None, (which_tag,)))
    say(reading_told(options.reading), "")
    say(*explanation_lines(explanation))
    if which_tag:
        say(clause_line(CLAUSES["D1"]))
    if asked:
        say("", *_repair_lines(repairs, options.repair))
    return ExitCode.HOLDS


def _tags(options: argparse.Namespace) -> dict[str, Any]:
    names = ("tag", "tag_key", "session_tag", "session_tag_key")
    return {name: value for name in names if (value := getattr(options, name)) is not None}


def _which_tag(options: argparse.Namespace) -> str:
    """Which tag is the caller's, in words; empty where it is in no role session with a tag of its own."""
    if options.session_tag is None:
        return ""
    from runas_model.inputs.role_sessions import ASKED, in_role_session

    tags: dict[str, Any] = {"tag": None, "tag_key": RUN_AS_TAG, "session_tag_key": RUN_AS_TAG, **_tags(options)}
    return tell_session_tag(in_role_session(**tags), ASKED)


def _repairs(s: Situation, reading: Reading, as_user: str) -> list["Repair"]:
    from runas_solver.repair import repairs

    progress.doing("looking for the smallest changes")
    return repairs(s, reading, as_user or None)


def _calls(repair: "Repair") -> list[dict[str, Any]]:
    return [dict(step_of(call)) for call in repair.calls]


def _repair_lines(repairs: list["Repair"], as_user: str) -> Iterator[str]:
    wanted = f"start the session as {as_user}" if as_user else "flip this decision"
    if not repairs:
        from runas_solver.repair import LARGEST

        yield f"No combination of up to {LARGEST} changes would {wanted}."
        return
    count = len(repairs[0].calls)
    yield f"Smallest changes that would {wanted} ({count} {'step' if count == 1 else 'steps'}):"
    for repair in repairs:
        yield ""
        yield from (f"  {tell_call(operation, arguments)}" for operation, arguments in repair.calls)
        yield f"    -> {outcome(repair.decision)} by {repair.decision.rule}"


def _os_user(text: str) -> OsUserRow:
    """`alice` or `alice:2001:2001`; a bare name is an ordinary OS user, `root` is root. Raises `InputError`."""
    parts = text.rsplit(":", 2)
    if len(parts) == 3 and all(map(ID.fullmatch, parts[1:])):
        uid, gid = map(int, parts[1:])
        if max(uid, gid) > POSIX_IDS[-1]:
            raise InputError(f"invalid --os-user {text!r}: a uid or gid is at most {POSIX_IDS[-1]}")
        return OsUserRow(parts[0], uid, gid)
    if ":" in text:
        raise InputError(f"invalid --os-user {text!r}: expected NAME or NAME:UID:GID")
    return OsUserRow(text, 0, 0) if text == "root" else OsUserRow(text, 1000, 1000)
