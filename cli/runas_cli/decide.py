"""`runas-spec decide`: one decision from flags, with its explanation."""

import argparse
import json
from typing import Any

from runas_model.decision import Explanation, explain
from runas_model.readings import Reading
from runas_model.records import InputError, OsUserRow, platform_named, table_of_users
from runas_model.situations import situation
from runas_model.stories import tell

__all__ = ["decide"]


def decide(options: argparse.Namespace) -> int:
    """Print the decision; the exit code is 0 whichever way it falls."""
    try:
        users = table_of_users(_os_user(text) for text in options.os_user)
    except ValueError as error:
        raise InputError(str(error), field="--os-user") from None
    try:
        platform = platform_named(options.platform)
    except ValueError as error:
        raise InputError(str(error), field="--platform") from None
    s = situation(
        run_as_enabled=options.run_as == "on",
        tag=options.tag,
        default_user=options.default_user,
        users=users,
        platform=platform,
    )
    explanation = explain(s, options.reading)
    if options.json:
        print(json.dumps(as_data(explanation, options.reading), indent=2, ensure_ascii=False))
        return 0
    print(tell(s, explanation.decision, explanation.rule))
    print()
    width = max(len(rule.id) for rule in [explanation.rule, *(step.rule for step in explanation.passed_over)])
    for step in explanation.passed_over:
        print(f"  passed over  {step.rule.id:{width}}  {', '.join(step.because)}")
    print(f"  decided      {explanation.rule.id:{width}}  {', '.join(explanation.because) or 'nothing else is left'}")
    print()
    for clause in explanation.clauses:
        print(f"  {clause.id:4} {clause.where}: {clause.text}")
    return 0


def as_data(explanation: Explanation, reading: Reading) -> dict[str, Any]:
    """The explanation as plain data."""
    d = explanation.decision
    return {
        "starts": d.starts,
        "os_user": d.os_user,
        "reason": d.reason.value if d.reason else None,
        "rule": d.rule,
        "because": list(explanation.because),
        "passed_over": [{"rule": step.rule.id, "because": list(step.because)} for step in explanation.passed_over],
        "clauses": [clause.id for clause in explanation.clauses],
        "reading": {
            "blank_tag": reading.blank_tag.value,
            "superuser": reading.superuser.value,
            "macos": reading.macos.value,
        },
    }


def _os_user(text: str) -> OsUserRow:
    """`alice` or `alice:2001:2001`; a bare name is an ordinary OS user, `root` is root."""
    parts = text.rsplit(":", 2)
    if len(parts) == 3 and parts[1].isdecimal() and parts[2].isdecimal():
        return OsUserRow(parts[0], int(parts[1]), int(parts[2]))
    if ":" in text:
        raise ValueError(f"{text!r} is neither NAME nor NAME:UID:GID")
    return OsUserRow(text, 0, 0) if text == "root" else OsUserRow(text, 1000, 1000)
