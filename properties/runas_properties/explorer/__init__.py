"""The explorer: every state of a small scope, on the model's own functions, with NumPy (`runas-spec[explorer]`).

`Scope` says what there is, `explore` visits it. In reading order: `scope`, `packing` (states in 64 bits), `program`
(columns evaluated), `search` (breadth first), `checks` (what is looked for), `exploration` (what was found).
"""

from runas_properties.explorer.exploration import Broken, Exploration, Found, explore
from runas_properties.explorer.packing import ScopeError
from runas_properties.explorer.scope import Scope

__all__ = ["Broken", "Exploration", "Found", "Scope", "ScopeError", "explore"]
