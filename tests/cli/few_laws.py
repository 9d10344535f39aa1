"""What `verify` shows, of a few laws alone: all of it takes a minute."""

from itertools import islice

from runas_cli.besides import Besides
from runas_properties.laws import LAWS
from runas_solver.compiled import Agreement
from runas_solver.proofs import Verdict
from runas_solver.uniqueness import determined

__all__ = ["FEW", "besides_of_few"]

FEW = [LAWS[id] for id in ("never-ssm-user", "no-fall-through", "nothing-is-there-at-first", "refusal-changes-nothing")]
"""Laws of several kinds; what is wrong without the rule for a tag that names nobody breaks one of them."""


def besides_of_few(rlimit: int) -> Besides:
    """What is shown besides the laws, of which the first parts are proved and the rest is as it should be."""
    return Besides(
        compiled=Agreement(Verdict.PROVED, 7, 1.0, ""),
        determined=tuple(islice(determined(rlimit=rlimit), 2)),
        free=(),
        wrong=(),
        stale=(),
        vectors=1,
        replayed=(),
        traces=1,
    )
