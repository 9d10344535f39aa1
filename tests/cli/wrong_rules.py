"""What `verify` finds of a rulebook that is not the specification's."""

from functools import cache

from cli.few_laws import FEW
from runas_model import RULEBOOK, Specification
from runas_solver.asking import RLIMIT
from runas_solver.proofs import Proof, prove_all

__all__ = ["proofs_of_wrong_rules"]


@cache
def proofs_of_wrong_rules(rlimit: int = RLIMIT) -> list[Proof]:
    """What comes of a few laws where no rule is for a tag that names nobody on the instance."""
    wrong = [rule for rule in RULEBOOK if rule.id != "tag-user-missing"]
    return list(prove_all(Specification(wrong), FEW, rlimit))
