"""Situations told in a line."""

from runas_model import AGENT, Platform, decide, situation
from runas_model.stories.situations import tell


def test_a_story_says_only_what_matters() -> None:
    s = situation(run_as_enabled=True, tag="alice", default_user="ops", users=[("ops", 0, 0)], platform=Platform.MACOS)

    assert tell(s, decide(s, AGENT)) == (
        "Run As on, macos, tagged alice, default ops, alice is not on the instance, "
        "ops is on the instance with uid 0: refused (os-user-missing)"
    )
