"""The oracle: what is seen of an implementation, and a specification that breaks a law."""

from typing import Any

import attrs
import pytest

from runas_model import Specification
from runas_properties.explorer.traces import shortest_traces
from runas_properties.gallery.conviction import examples
from runas_properties.implementations import DictService, plain
from runas_properties.oracle.expected import mistakes
from runas_properties.oracle.oracle import ORACLE, Oracle, observed


def test_what_is_seen_of_a_correct_implementation_breaks_no_law() -> None:
    for reading, calls in examples()[::20]:
        oracle, service = Oracle(reading, laws=False), DictService(reading)
        for operation, arguments in calls:
            t = oracle.perform(operation, arguments)
            got = service.apply(operation, plain(operation, arguments))
            seen = observed(t, got, service.sessions(), service.os_users())
            assert seen.accepted == t.accepted
            assert {at: seen.after.sessions[at] for at in seen.after.sessions} == {
                at: t.after.sessions[at] for at in t.after.sessions
            }


class WithoutTags(Specification):
    """Decides as if nobody were tagged."""

    @property
    def decide(self) -> Any:
        return lambda s, r: ORACLE.decide(attrs.evolve(s, tagged=False), r)


def test_a_specification_that_breaks_a_law_is_told_with_the_law() -> None:
    *before, start = shortest_traces()["rule tag-user-exists"].calls
    oracle = Oracle(specification=WithoutTags())
    for operation, arguments in before:
        oracle.perform(operation, arguments)

    with pytest.raises(AssertionError, match="tag-serves-the-tagged"):
        oracle.perform(*start)


def test_an_error_that_two_requirements_raise_is_one_mistake() -> None:
    t = Oracle(laws=False).perform("terminate_session", {"session": "s-1"})

    assert [type(error).__name__ for holds, error in t.requires if not holds] == ["UnknownSession", "UnknownSession"]
    assert mistakes(t) == ["UnknownSession"]
