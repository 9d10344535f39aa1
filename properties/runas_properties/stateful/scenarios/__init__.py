"""Scenarios: traces made on purpose, of which vectors hold some and random cases draw others.

Names and ids that are taken for others, uids and gids at boundaries, what an operation leaves behind, many of a kind,
the order in which a scene is set, which session document holds, what fills its parameter, and what role sessions carry.
Each is a list of calls without any expectation. May import `calls` and `confusables`.
"""

from runas_properties.stateful.scenarios.documents import (
    OF_DOCUMENTS,
    SIMILAR_DOCUMENTS,
    SIMILAR_REGIONS,
    documents_joined,
    documents_told_apart,
    regions_told_apart,
)
from runas_properties.stateful.scenarios.identifying import SEPARATORS, SIMILAR_IDS, joined, told_apart
from runas_properties.stateful.scenarios.many import MANY, PAGES, many
from runas_properties.stateful.scenarios.naming import NameAsked, key_asked
from runas_properties.stateful.scenarios.parameters import OF_PARAMETERS
from runas_properties.stateful.scenarios.posix_ids import BOUNDARIES, POSIX_IDS
from runas_properties.stateful.scenarios.remaining import EVENTS, QUESTIONS, SCENE, after, any_call, in_another_order
from runas_properties.stateful.scenarios.roles import (
    OF_ROLES,
    SIMILAR_ROLE_SESSIONS,
    role_sessions_joined,
    role_sessions_told_apart,
)
from runas_properties.stateful.scenarios.ways import Way, in_every_mode, keys, shuffled, situations, ways, ways_of

__all__ = [
    "NameAsked",
    "key_asked",
    "Way",
    "ways",
    "ways_of",
    "keys",
    "situations",
    "in_every_mode",
    "shuffled",
    "SIMILAR_IDS",
    "SEPARATORS",
    "told_apart",
    "joined",
    "POSIX_IDS",
    "BOUNDARIES",
    "OF_DOCUMENTS",
    "SIMILAR_DOCUMENTS",
    "SIMILAR_REGIONS",
    "documents_told_apart",
    "regions_told_apart",
    "documents_joined",
    "OF_PARAMETERS",
    "OF_ROLES",
    "SIMILAR_ROLE_SESSIONS",
    "role_sessions_told_apart",
    "role_sessions_joined",
    "SCENE",
    "EVENTS",
    "QUESTIONS",
    "after",
    "any_call",
    "in_another_order",
    "PAGES",
    "MANY",
    "many",
]
