"""The adapter: lines of JSON from the conformance kit, as calls of the broker."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from broker import Broker, Failed, Refused
from cloud import Cloud, NoAccount, TagNotTaken
from instance import NameNotTaken, OsUserExists, UnknownOsUser

ABOUT = {
    "protocol": 2,
    "name": "moto-service",
    "language": f"Python {sys.version_info.major}.{sys.version_info.minor}",
    "level": "service",
    "reading": "agent",
    "nouns": [],
}
ANSWERS = {"start_session": "started_as", "list_sessions": "sessions", "list_os_users": "os_users"}


def take(broker: Broker, operation: str, **arguments: Any) -> dict[str, Any]:
    """The result of one step."""
    if arguments.get("run_as_enabled") == "unreadable":
        arguments["run_as_enabled"] = "yes"  # what the document then holds: a string, and no truth value
    try:
        answer = getattr(broker, operation)(**arguments)
    except Refused as refused:
        return {"refused": str(refused)}
    except Failed as failed:
        return {"failed": str(failed)}
    except (OsUserExists, UnknownOsUser) as error:
        return {"failed": type(error).__name__}
    except (NoAccount, TagNotTaken, NameNotTaken) as error:
        return {"skipped": str(error), "issue": error.issue}
    return {ANSWERS[operation]: answer} if operation in ANSWERS else {"done": True}


@contextmanager
def broker(cloud: Cloud) -> Iterator[Broker]:
    """A broker of its own for a case; what it has made is deleted afterwards."""
    with TemporaryDirectory() as folder:
        yield Broker(cloud, Path(folder))
    cloud.forget()


def main() -> None:
    with closing(Cloud()) as cloud:
        cloud.account("000000000000").preferences()  # moto takes seconds over the first question
        for line in sys.stdin:
            message = json.loads(line)
            if message["command"] == "start":
                answer: dict[str, Any] = ABOUT
            elif message["command"] == "run":
                with broker(cloud) as fresh:
                    results = [take(fresh, **step) for step in message["steps"]]
                answer = {"id": message["id"], "results": results}
            else:
                break
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
