"""Whether a mutant of the specification is equivalent, by proof: from every state that is reached it does the same."""

import ast
from collections.abc import Iterator
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from mutants.trial import Fate, Verdict
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.transitions import Specification
from runas_solver.equivalence import differences

__all__ = ["prove"]

OF_SPECIFICATION = {"INITIAL", "NO_NAME", "SSM_USER_RECORD", "RULEBOOK", "situation_of", "decide_by", *OPERATIONS}
"""What makes up the specification, besides the named parts of the rulebook."""
PARTS = {"rules": "RULEBOOK", "operations": "OPERATIONS", "situation_of": "situation_of", "initial": "INITIAL"}
"""What a `Specification` is made of, by the names in the modules."""


def prove(module: str, file: str) -> Verdict:
    """Survived, where the mutant of a module in a file was proved to be equivalent."""
    outside = set(_changed(module, file)) - OF_SPECIFICATION
    if outside and not module.endswith(".rulebook"):
        return Verdict(Fate.VERIFY, f"nothing is proved of {', '.join(sorted(outside))}")
    mutant = _imported(module, file)
    other = Specification(**{part: getattr(mutant, name) for part, name in PARTS.items() if hasattr(mutant, name)})
    if hasattr(mutant, "decide_by"):
        vars(other)["decide"] = mutant.decide_by(other.rules)
    differs = next(differences(other), None)
    return Verdict(Fate.VERIFY, f"not the same: {differs}") if differs else Verdict(Fate.SURVIVED)


def _imported(module: str, file: str) -> ModuleType:
    """The mutant as a module beside the original, of the same name so that its named parts may be named alike.

    Its classes, of which nothing is proved, are those of the original, so that values of both are of one class.
    """
    original = import_module(module)
    spec = spec_from_file_location(module, file)
    assert spec is not None
    assert spec.loader is not None
    mutant = module_from_spec(spec)
    spec.loader.exec_module(mutant)
    vars(mutant).update({name: value for name, value in vars(original).items() if isinstance(value, type)})
    return mutant


def _changed(module: str, file: str) -> Iterator[str]:
    """The names under which a mutant differs from its module."""
    original = import_module(module).__file__
    assert original is not None
    for one, other in zip(*(ast.parse(Path(at).read_bytes()).body for at in (original, file)), strict=True):
        if ast.dump(one) != ast.dump(other):
            target = one.targets[0] if isinstance(one, ast.Assign) else one
            yield getattr(target, "id", getattr(target, "name", ast.unparse(one)))
