"""The explorer: visits every state of a small scope, running the model on NumPy columns (`runas-spec[explorer]`).

`Scope` says what there is, `explore` visits it. In reading order: `columns` and `column_tables` (the columnar
universe), `scope`, `packing` (states in 64 bits), `program` (columns evaluated), `search` (breadth first), `checks`
(what is looked for), `exploration` (what was found); then `traces`, `world`, `shortest` and `reach` (shortest traces,
kept, and read without NumPy). May import `laws`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_properties.explorer.exploration import Broken, Exploration, Found, explore
    from runas_properties.explorer.packing import ScopeError
    from runas_properties.explorer.reach import instance_of
    from runas_properties.explorer.scope import Scope
    from runas_properties.explorer.traces import Trace, shortest_traces
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "explore",
    "Exploration",
    "Found",
    "Broken",
    "Scope",
    "ScopeError",
    "Trace",
    "shortest_traces",
    "instance_of",
]
