"""A process that reads and writes one JSON object per line. It imports nothing from the kit."""

import json
import sys
from typing import Any


def result(step: dict[str, Any]) -> dict[str, Any]:
    if step["run_as_enabled"] == "unreadable":
        return {"refused": None}
    if not step["run_as_enabled"] or step["platform"] != "linux":
        return {"started_as": "ssm-user"}
    named = step["tag"] if step["tag_key"] == "SSMSessionRunAs" else step["default_user"]
    if named != "ssm-user" and any(user["name"] == named for user in step["os_users"]):
        return {"started_as": named}
    return {"refused": None}


for line in sys.stdin:
    message = json.loads(line)
    if message["command"] == "stop":
        break
    if message["command"] == "start":
        answer = {"protocol": 2, "name": "my-service", "level": "decision"}
    else:
        answer = {"id": message["id"], "results": [result(step) for step in message["steps"]]}
    print(json.dumps(answer), flush=True)
