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

PUBLIC = (
    "runas_model",
    "runas_model.facts",
    "runas_model.inputs",
    "runas_model.stories",
    "runas_properties.laws",
    "runas_properties.implementations",
    "runas_properties.oracle",
    "runas_properties.stateful",
    "runas_properties.gallery",
    "runas_properties.explorer",
    "runas_properties.conformance",
    "runas_properties.conformance.vectors",
    "runas_properties.conformance.targets",
    "runas_solver",
)
"""The faces that users import from, in reading order."""


@part("python-reference")
def python_reference() -> str:
    """A section for each public face, its names documented from their docstrings."""
    return "\n\n".join(map(_module, PUBLIC))


def _module(name: str) -> str:
    module = import_module(name)
    about = (inspect.getdoc(module) or "").partition("\n")[0]
    lines = [f".. currentmodule:: {name}", ""]
    for one in (one for one in module.__all__ if not inspect.ismodule(getattr(module, one))):
        lines += [*_documented(name, one), ""]
    if not module.__all__:
        raise ValueError(f"{name} has no public names")
    return f"{named('module', name, f'`{name}`')}\n\n{about}\n\n{code(chr(10).join(lines), '{eval-rst}')}"


def _documented(module: str, name: str) -> list[str]:
    """The directive for a public name: a class, a function, or what has its docstring where it is defined."""
    value = getattr(import_module(module), name)
    if isinstance(value, type):
        return [f".. autoclass:: {module}.{name}", "   :no-index:", "   :members:"]
    if inspect.isfunction(inspect.unwrap(value)) and value.__name__ == name and value.__doc__:
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
