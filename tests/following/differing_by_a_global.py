"""A decision by a global whose name may be equal to another: it may not be proved."""

from typing import Any

from following.correct import Question, chain_of_ifs
from following.differing import hides
from following.differing_by_lookup import Key

globals()[Key("FLAG")] = True
FLAG = False


@hides
def by_a_name_of_a_global(q: Question) -> Any:
    return None if FLAG else chain_of_ifs(q)
