"""Names that implementations take for others: what is folded, decoded, parsed, cut or hashed until two are the same.

Each kind is a list of ways to write a plain name otherwise. The conformance vectors hold some of them; random cases
draw from all. `BLANKS` are names of which implementations disagree whether they are blank. Imports `runas_model`.
"""

from runas_model.universes.connectives import WHITE_SPACE
from runas_properties.stateful.confusables.confusable import NAMES, Confusable
from runas_properties.stateful.confusables.cutting import CUTTING
from runas_properties.stateful.confusables.decoding import DECODING
from runas_properties.stateful.confusables.folding import CONTROL, FOLDING, INVISIBLE
from runas_properties.stateful.confusables.parsing import PARSING

__all__ = ["CONFUSABLES", "BLANKS", "Confusable", "NAMES"]

CONFUSABLES: dict[str, Confusable] = {one.id: one for one in (*FOLDING, *DECODING, *PARSING, *CUTTING)}
"""Every kind, by id."""

BLANKS = (
    *WHITE_SPACE,
    " \u3000",
    *INVISIBLE,
    *CONTROL,
    "\u200b ",
    '""',
    "''",
    "%20",
    "&nbsp;",
    "\\n",
    "\\t",
    "+",
    "_",
    "\u2423",
)
"""White space, of which a name may consist and is blank then; and what others take for white space, which is not."""
