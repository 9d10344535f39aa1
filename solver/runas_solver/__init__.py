"""The symbolic universe: proofs of the laws with Z3 for every state, counterexamples, repairs and vectors.

In reading order: `terms`, `axioms` and `universe` (the model's functions on Z3 terms), `obligations`, `asking`,
`proofs`, `counterexamples` with `decoding`, `hollow` (that each law can fail), `uniqueness` and `free` (that the laws
leave no other choice), `compiled` with `forms` (the decision's own code), `gallery` with `trials`, `cores`, `implied`,
`wording`, `crosscheck` (cvc5) with `smtlib`, `weight` and `trusted_base`, `repair`; `checker`, which needs no solver,
`certificates` that it accepts, and those that are `kept`; and `vectors`, which makes the conformance vectors. May
import `runas_model`, `runas_properties` and Z3 (`runas-spec[solver]`).
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_solver.counterexamples import Counterexample, counterexample
    from runas_solver.proofs import Proof, Verdict, prove, prove_all
    from runas_solver.repair import LARGEST, Repair, repairs
else:
    __getattr__ = when_asked(__name__)

__all__ = ["prove", "prove_all", "Proof", "Verdict", "Counterexample", "counterexample", "repairs", "Repair", "LARGEST"]
