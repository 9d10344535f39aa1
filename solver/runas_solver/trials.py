"""What came of the trial of each faulty specification, as this version keeps it.

Putting all on trial takes minutes. `python -m runas_solver.trials` does, and asks cvc5 too; pages show what is kept.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_solver.crosscheck import ask_cvc5, questions_of_faults
from runas_solver.gallery import Conviction, convict_all

__all__ = ["KEPT", "kept_convictions", "write_convictions"]

KEPT = "convictions.json"
"""The file in this package: for each faulty specification, by its id, how it fared."""


@cache
def kept_convictions() -> Mapping[str, Conviction]:
    """How each faulty specification fared, by its id.

    Raises LookupError where the kept ones are not those that there are.
    """
    kept = json.loads(files("runas_solver").joinpath(KEPT).read_text("utf-8"))
    if list(kept) != list(FAULTY_SPECIFICATIONS):
        raise LookupError(f"{KEPT} does not tell of the faulty specifications that there are: make renew")
    return {id: Conviction(id, FAULTY_SPECIFICATIONS[id].title, **fared) for id, fared in kept.items()}


def write_convictions(convictions: Iterable[Conviction], path: Path) -> int:
    """Write how faulty specifications fared as this package keeps it, a line each; returns their number.

    Raises ValueError, and writes nothing, where one is neither convicted nor equivalent, or where cvc5 finds no
    counterexample to what Z3 refutes.
    """
    made = list(convictions)
    if open_ones := [one.fault for one in made if not one.settled]:
        raise ValueError(f"neither convicted nor equivalent: {', '.join(open_ones)}")
    if differing := [one.id for one in questions_of_faults(made) if ask_cvc5(one) != one.expected]:
        raise ValueError(f"cvc5 and Z3 differ on {', '.join(differing)}")
    lines = [f"{json.dumps(one.fault)}: {json.dumps(_kept(one), ensure_ascii=False)}" for one in made]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return len(made)


def _kept(one: Conviction) -> dict[str, object]:
    return {"laws": one.laws, "story": one.story, "equivalent": one.equivalent}


if __name__ == "__main__":
    count = write_convictions(convict_all(), Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name(KEPT))
    print(f"{count} faulty specifications")
