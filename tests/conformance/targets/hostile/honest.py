"""A correct implementation of the decision that speaks the protocol, in pieces: what the hostile ones spoil."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[4] / "examples" / "python-decision"))

from resolver import os_user_for

__all__ = ["VICTIM", "Message", "messages", "say", "started", "decided", "answer", "leave_behind"]

Message = dict[str, Any]

VICTIM = os.environ.get("VICTIM")
"""The id of the case that is to be spoiled."""


def messages() -> Iterator[Message]:
    """What the kit sends, until it stops."""
    for line in sys.stdin:
        message = json.loads(line)
        if message["command"] == "stop":
            return
        yield message


def say(answer: Any) -> None:
    print(json.dumps(answer), flush=True)


def started(**changes: Any) -> Message:
    return {"protocol": 2, "name": "hostile", "level": "decision", "reading": "docs-2023", **changes}


def decided(question: Message) -> Message:
    tags = {question["tag_key"]: question["tag"]}
    enabled, default, platform = (question[name] for name in ("run_as_enabled", "default_user", "platform"))
    os_user = os_user_for(enabled, default, tags, platform, question["os_users"])
    return {"refused": None} if os_user is None else {"started_as": os_user}


def answer(message: Message) -> Message:
    """The right answer to a message."""
    if message["command"] == "start":
        return started()
    return {"id": message["id"], "results": [decided(question) for question in message["steps"]]}


def leave_behind(seconds: float = 60.0) -> None:
    """Wait in this process, once its number is written where the test looks for it."""
    import time

    with open(os.environ["LEFT_BEHIND"], "a") as file:
        file.write(f"{os.getpid()}\n")
    time.sleep(seconds)
