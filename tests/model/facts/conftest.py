"""The situations that the decision and its explanation are tried on, made once a process."""

from itertools import product

import pytest

from runas_model import Platform, Situation, situation


@pytest.fixture(scope="session")
def every_situation() -> list[Situation]:
    """One situation for each combination of facts that the rules ask for, and impossible ones left out."""
    names = [None, "", " ", "alice", "ssm-user"]
    records = [None, (7, 7), (0, 7), (7, 0)]
    found = []
    for platform, on, tag, default, tag_user, default_user in product(
        Platform, (True, False), names, [None, " ", "ops", "ssm-user", "alice"], records, records
    ):
        users = {}
        if default and default.strip() and default_user:
            users[default] = default_user
        if tag and tag.strip() and tag_user:
            users[tag] = tag_user
        triples = [(name, *ids) for name, ids in users.items()]
        found.append(situation(run_as_enabled=on, tag=tag, default_user=default, users=triples, platform=platform))
    return found
