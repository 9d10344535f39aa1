"""The small language of rules, operations and laws, read from their syntax trees: what is not known of it is refused.

`kinds` are what its expressions are; `members` what classes, tables and functions offer; `expressions`, `calls`,
`iterations` and `statements` read one function, and those that it calls, on kinds in place of values. May import
`universes` alone.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_model.universes.language.functions import Reader
    from runas_model.universes.language.kinds import Items, Kind, Known, Many, Model, is_plain, kind_of
    from runas_model.universes.language.members import declare, is_declared
else:
    __getattr__ = when_asked(__name__)

__all__ = ["Kind", "Known", "Model", "Items", "Many", "kind_of", "is_plain", "declare", "is_declared", "Reader"]
