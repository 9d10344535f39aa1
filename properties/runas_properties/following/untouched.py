"""Whether code left Python's built-in names and our own modules as they were."""

import builtins
import enum
import sys
from typing import Any

__all__ = ["Untouched"]

OURS = ("runas_model", "runas_properties")


class Untouched:
    """What stands for what now, to be compared later."""

    def __init__(self) -> None:
        self.before = _named()

    def changed(self) -> str:
        """A name that stands for something else by now, or is gone; blank if there is none."""
        now = _named()
        return next((name for name, value in self.before.items() if now.get(name, self) is not value), "")


def _named() -> dict[str, Any]:
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] in OURS]
    named: dict[str, Any] = {"the function that traces": sys.gettrace(), "the function that profiles": sys.getprofile()}
    for module in (builtins, enum, *modules):
        for name, value in list(vars(module).items()):
            if name.startswith("__"):
                continue
            named[f"{module.__name__}.{name}"] = value
            if isinstance(value, type) and value.__module__ == module.__name__ != "builtins":
                named |= {f"{module.__name__}.{name}.{part}": one for part, one in vars(value).items() if _is_code(one)}
            if _is_code(value):
                named[f"the code of {module.__name__}.{name}"] = value.__code__
    return named


def _is_code(value: Any) -> bool:
    return hasattr(value, "__code__")
