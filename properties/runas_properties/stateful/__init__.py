"""The state machine and the strategies: random traces, biased toward the interesting states.

Needs Hypothesis (`runas-spec[testing]`). May import `oracle`, `explorer`, `implementations` and `laws`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_properties.stateful.confusables import CONFUSABLES, Confusable
    from runas_properties.stateful.confusions import CONFUSIONS, Confusion
    from runas_properties.stateful.coverage import Coverage
    from runas_properties.stateful.machine import RunAsMachine
    from runas_properties.stateful.performing import COVERAGE
    from runas_properties.stateful.precedents import PRECEDENTS
    from runas_properties.stateful.strategies import (
        HOSTILE_NAMES,
        names,
        os_user_tables,
        os_users,
        preferences,
        readings,
        situations,
        states,
        tags,
        value_of,
        values_of,
    )
    from runas_properties.stateful.walks import operations_in, reached_states, traces
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "RunAsMachine",
    "Coverage",
    "COVERAGE",
    "names",
    "tags",
    "preferences",
    "os_users",
    "os_user_tables",
    "readings",
    "situations",
    "states",
    "operations_in",
    "traces",
    "reached_states",
    "value_of",
    "values_of",
    "HOSTILE_NAMES",
    "CONFUSABLES",
    "Confusable",
    "CONFUSIONS",
    "Confusion",
    "PRECEDENTS",
]
