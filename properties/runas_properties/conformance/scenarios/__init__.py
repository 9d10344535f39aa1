"""Scenarios: cases made on purpose, of which the vectors hold some and random cases draw others.

Names and ids that are taken for others, uids and gids at boundaries, what an operation leaves behind, many of a kind,
and the order in which a scene is set. Each is a list of steps without any expectation. May import `protocol`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_properties.conformance.scenarios.dealing import Deck
    from runas_properties.conformance.scenarios.scenario import Scenario, scenarios
else:
    __getattr__ = when_asked(__name__)

__all__ = ["scenarios", "Scenario", "Deck"]
