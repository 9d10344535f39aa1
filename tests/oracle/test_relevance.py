"""What a decision did not depend on goes first."""

import pytest

from oracle.noisy_trace import NOISY, OURS
from runas_model import DEFAULT
from runas_properties.gallery.conviction import examples
from runas_properties.implementations import plain
from runas_properties.oracle.oracle import Oracle
from runas_properties.oracle.relevance import relevant


def test_only_what_the_decision_read_is_kept_of_a_trace() -> None:
    assert [(name, *plain(name, arguments).values()) for name, arguments in relevant(NOISY, DEFAULT)] == [
        ("create_principal", "amy", OURS, "user"),
        ("register_instance", "i-1", OURS, "linux"),
        ("update_preferences", OURS, True, "bob"),
        ("tag_principal", "amy", "SSMSessionRunAs", "carol"),
        ("start_session", "s-9", "amy", "i-1"),
    ]


@pytest.mark.parametrize("number", range(0, len(examples()), 13))
def test_the_relevant_part_of_a_trace_ends_as_the_whole_does(number: int) -> None:
    reading, calls = examples()[number]
    whole, part = Oracle(reading, laws=False), Oracle(reading, laws=False)
    *_, last = (whole.perform(*call) for call in calls)
    *_, same = (part.perform(*call) for call in relevant(calls, reading))

    assert (last.accepted, last.decision) == (same.accepted, same.decision)
