"""Names and what they stand for, while a function is followed."""

from collections.abc import Mapping
from types import CellType
from typing import Any

import attrs

from runas_properties.following.paths import NotFollowed
from runas_properties.following.values import Raised, seen

__all__ = ["Module", "Scope"]


@attrs.frozen(eq=False)
class Module:
    """What a function of the code under test finds outside of it: closure, globals and built-in names."""

    file: str
    closure: Mapping[str, CellType]
    globals: Mapping[str, Any]
    builtins: Mapping[str, Any]

    def look_up(self, name: str) -> Any:
        if name in self.closure:
            try:
                return seen(self.closure[name].cell_contents)
            except ValueError:
                raise Raised(NameError) from None
        for names in (self.globals, self.builtins):
            if name in names:
                return seen(names[name])
        raise Raised(NameError)


@attrs.define(eq=False)
class Scope:
    """The names of one call, or of one comprehension; `own` are all that may be bound in it."""

    module: Module
    own: frozenset[str]
    outer: "Scope | None" = None
    names: dict[str, Any] = attrs.field(factory=dict)
    is_comprehension: bool = False
    elsewhere: frozenset[str] = frozenset()
    """Names that the function declares to be bound outside of it."""

    def look_up(self, name: str) -> Any:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.own:
                if name not in scope.names:
                    if scope is not self:
                        raise NotFollowed(f"`{name}` before it is bound")
                    raise Raised(UnboundLocalError)
                return seen(scope.names[name])
            if name in scope.elsewhere:
                raise NotFollowed(f"`{name}`, which is declared to be bound elsewhere")
            scope = scope.outer
        return self.module.look_up(name)

    def bind(self, name: str, value: Any, target: bool = False) -> None:
        """Bind a name here; in a comprehension only its own targets, and other names in the function around it."""
        scope = self
        while scope.is_comprehension and not target and scope.outer is not None:
            scope = scope.outer
        if name not in scope.own:
            raise NotFollowed(f"it binds `{name}` outside of the call, so that one call may depend on another")
        scope.names[name] = value
