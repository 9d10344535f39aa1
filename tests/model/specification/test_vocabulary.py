"""The vocabulary: what compares as what."""

from runas_model import OsUser, decide, situation
from runas_model.stories.situations import outcome


def test_an_os_user_record_compares_by_its_ids() -> None:
    assert OsUser(1, 2) == OsUser(1, 2)
    assert outcome(decide(situation(run_as_enabled=False))) == "started as ssm-user"
