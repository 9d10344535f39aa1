"""Stories: readable descriptions of situations, decisions, states and traces.

May import `inputs`, `specification` and `universes`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_model.stories.performing import Performed, Story
    from runas_model.stories.requests import tell_whose_default, tell_whose_tag
    from runas_model.stories.situations import outcome, plain, tell, tell_facts, tell_reading
    from runas_model.stories.traces import changes, tell_call, tell_trace, tell_transition
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "tell",
    "tell_facts",
    "tell_reading",
    "outcome",
    "plain",
    "tell_trace",
    "tell_transition",
    "tell_call",
    "tell_whose_tag",
    "tell_whose_default",
    "changes",
    "Story",
    "Performed",
]
