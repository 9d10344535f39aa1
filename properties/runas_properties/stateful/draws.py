"""What the rules of the machine draw beside what is in its bundles: of what is in play, some more often."""

from functools import lru_cache

from hypothesis import strategies as st

from runas_model.specification.vocabulary import Instance, Name, Platform
from runas_properties.stateful.scenes import mostly_first, scenes
from runas_properties.stateful.steering import TAG_KEYS, Play

__all__ = ["A_SCENE", "DECLARES", "DOCUMENTS", "GIVEN", "KEYS", "OTHER_DOCUMENTS", "PLATFORMS", "REGIONS", "WHICH",
           "Given", "OsUserInPlay"]  # fmt: skip

OsUserInPlay = tuple[Instance, Name]
Given = tuple[bool, Name]
"""Whether a session gives a parameter, and its value."""


@lru_cache(maxsize=1)
def _given_in(play: Play) -> st.SearchStrategy[Given]:
    """What a session may give, kept for the trace that is being made."""
    return st.sampled_from(play.given)


PLATFORMS = st.sampled_from([Platform.LINUX] * 4 + [Platform.MACOS, Platform.WINDOWS])
A_SCENE = st.runner().flatmap(lambda machine: scenes(tuple(machine.readings), tuple(machine.nouns)))
REGIONS = st.runner().flatmap(lambda machine: mostly_first(machine.play.regions))
DOCUMENTS = st.runner().flatmap(lambda machine: mostly_first(machine.play.documents))
OTHER_DOCUMENTS = st.runner().flatmap(lambda machine: mostly_first(machine.play.preferences_last))
GIVEN = st.runner().flatmap(lambda machine: _given_in(machine.play))
DECLARES = st.runner().flatmap(lambda machine: st.booleans() if machine.play.parameters else st.just(False))
KEYS = st.sampled_from([TAG_KEYS[0]] * 4 + list(TAG_KEYS[1:]))
WHICH = st.integers(0, 3)
"""Which of the newest role sessions, or none."""
