"""The Python reference and the glossary."""

import inspect
import sys
import tomllib
from importlib import import_module

from sphinx.pycode import ModuleAnalyzer

from spec_site.console import ROOT
from spec_site.markdown import code, named
from spec_site.parts import part

__all__ = ["PUBLIC"]

PUBLIC = {
    "runas_model": "The specification: situations, readings, decisions with their explanations, state, operations.",
    "runas_model.facts.classes": "Every class of situations that the decision can tell apart.",
    "runas_model.inputs.records": "Recorded decisions, read from JSON and JSON Lines.",
    "runas_model.stories": "Situations, decisions and traces in lines that a person can read.",
    "runas_properties.laws": "The laws.",
    "runas_properties.oracle.recorded": "Recorded decisions held against the specification.",
    "runas_properties.implementations": "What an implementation of the whole machine is asked and answers.",
    "runas_properties.stateful.machine": "The state machine that holds an implementation to the specification.",
    "runas_properties.stateful.strategies": "Hypothesis strategies for situations, states and traces.",
    "runas_properties.gallery.conviction": "An implementation put on trial.",
    "runas_properties.explorer": "Every state of a small scope.",
    "runas_properties.conformance.vectors": "The conformance vectors.",
    "runas_solver.proofs": "Proofs of the laws.",
    "runas_solver.counterexamples": "Counterexamples.",
    "runas_solver.repair": "The smallest changes that would change a decision.",
}
"""The modules that users import, in reading order, each with what it is for."""


@part("python-reference")
def python_reference() -> str:
    """A section for each public module, its names documented from their docstrings."""
    return "\n\n".join(_module(name, about) for name, about in PUBLIC.items())


def _module(name: str, about: str) -> str:
    module = import_module(name)
    lines = [f".. currentmodule:: {name}", ""]
    for one in (one for one in module.__all__ if not inspect.ismodule(getattr(module, one))):
        lines += [*_documented(name, one), ""]
    if not module.__all__:
        raise ValueError(f"{name} has no public names")
    return f"{named('module', name, f'`{name}`')}\n\n{about}\n\n{code(chr(10).join(lines), '{eval-rst}')}"


def _documented(module: str, name: str) -> list[str]:
    """The directive for a public name: a class, a function, or data with the docstring where it is defined."""
    value = getattr(import_module(module), name)
    if isinstance(value, type):
        return [f".. autoclass:: {module}.{name}", "   :no-index:", "   :members:"]
    if inspect.isfunction(inspect.unwrap(value)) and value.__name__ == name:
        return [f".. autofunction:: {module}.{name}", "   :no-index:"]
    return [f".. autodata:: {_owner(module, name)}.{name}", "   :no-index:", "   :no-value:"]


def _owner(module: str, name: str) -> str:
    """The module in which data is defined and documented. Raises ValueError where no docstring is under it."""
    package = module.partition(".")[0]
    value = getattr(import_module(module), name)
    loaded = (name for name, one in sys.modules.items() if name.startswith(package) and hasattr(one, "__file__"))
    for other in [module, *sorted(loaded)]:
        found = ModuleAnalyzer.for_module(other)
        if ("", name) in found.find_attr_docs() and getattr(sys.modules[other], name, None) is value:
            return other
    raise ValueError(f"{module}.{name} is public and has no docstring")


@part("glossary-terms")
def glossary() -> str:
    """Every term with what it means, in the order of the alphabet."""
    terms: dict[str, str] = tomllib.loads((ROOT / "docs" / "data" / "glossary.toml").read_text("utf-8"))["terms"]
    return "\n\n".join(f"{term}\n: {terms[term]}" for term in sorted(terms, key=str.lower))
