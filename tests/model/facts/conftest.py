"""The situations that the decision and its explanation are tried on, made once a process."""

from itertools import product

import pytest

from runas_model import RUN_AS_TAG, Platform, Situation, Switch, situation


@pytest.fixture(scope="session")
def every_situation() -> list[Situation]:
    """One situation for each combination of facts that the rules ask for, and impossible ones left out."""
    names = [None, "", " ", "alice", "ssm-user", "root"]
    records = [None, (7, 7), (0, 7), (7, 0)]
    found = []
    for platform, switch, tag, key, default, tag_user, default_user in product(
        Platform,
        Switch,
        names,
        [RUN_AS_TAG, "ssmsessionrunas"],
        [None, " ", "ops", "ssm-user", "alice", "root"],
        records,
        records,
    ):
        if tag is None and key != RUN_AS_TAG:
            continue
        users = {}
        if default and default.strip() and default_user:
            users[default] = default_user
        if tag and tag.strip() and tag_user:
            users[tag] = tag_user
        triples = [(name, *ids) for name, ids in users.items()]
        found.append(
            situation(
                run_as_enabled=switch,
                tag=tag,
                tag_key=key,
                default_user=default,
                users=triples,
                platform=platform,
            )
        )
    return found
