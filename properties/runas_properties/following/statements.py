"""Statements of the code under test, run on values that may not be known."""

import ast
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from runas_properties.following.classes import bases_of, names_in
from runas_properties.following.expressions import Expressions
from runas_properties.following.functions import call_function
from runas_properties.following.knowledge import Number, Text
from runas_properties.following.methods import call_method
from runas_properties.following.objects import HEAP_TYPE
from runas_properties.following.paths import NotFollowed
from runas_properties.following.scopes import Scope
from runas_properties.following.values import Dict, List, Method, Raised, named, seen

__all__ = ["Returned", "Statements", "exception_of"]


@attrs.frozen
class Returned:
    """A statement that ends a function, and what it returns."""

    value: Any


BREAK, CONTINUE = object(), object()


class Statements(Expressions):
    """What runs statements on one path."""

    def execute(self, body: Sequence[ast.stmt], scope: Scope) -> Any:
        """Run statements; `Returned`, BREAK or CONTINUE where one ends them, else None."""
        for node in body:
            try:
                self.on.tick()
                handler = getattr(self, f"_do_{type(node).__name__.lower()}", None)
                if handler is None:
                    raise NotFollowed(f"the statement {type(node).__name__}")
                end = handler(node, scope)
            except NotFollowed as stop:
                stop.place = stop.place or (scope.module.file, node.lineno)
                raise
            if end is not None:
                return end
        return None

    def _do_pass(self, node: ast.Pass, scope: Scope) -> None:
        """Nothing is done."""

    def _do_break(self, node: ast.Break, scope: Scope) -> Any:
        return BREAK

    def _do_continue(self, node: ast.Continue, scope: Scope) -> Any:
        return CONTINUE

    def _do_return(self, node: ast.Return, scope: Scope) -> Returned:
        return Returned(None if node.value is None else self.evaluate(node.value, scope))

    def _do_expr(self, node: ast.Expr, scope: Scope) -> None:
        self.evaluate(node.value, scope)

    def _do_global(self, node: ast.Global, scope: Scope) -> None:
        """What it declares is refused where the name is used."""

    _do_nonlocal = _do_global

    def _do_functiondef(self, node: ast.FunctionDef, scope: Scope) -> None:
        decorators = [self.evaluate(one, scope) for one in node.decorator_list]
        made: Any = self.made(node, scope)
        for decorator in reversed(decorators):
            made = self.call(decorator, (made,), {})
        scope.bind(node.name, made)

    def _do_assign(self, node: ast.Assign, scope: Scope) -> None:
        value = self.evaluate(node.value, scope)
        for target in node.targets:
            self.assign(target, value, scope)

    def _do_annassign(self, node: ast.AnnAssign, scope: Scope) -> None:
        if node.value is not None:
            self.assign(node.target, self.evaluate(node.value, scope), scope)

    def _do_augassign(self, node: ast.AugAssign, scope: Scope) -> None:
        if not isinstance(node.target, ast.Name):
            raise NotFollowed("an operator before = on a part of something")
        before = self.on.settled(scope.look_up(node.target.id))
        value = self.evaluate(node.value, scope)
        if type(before) is List and isinstance(node.op, ast.Add):
            call_method(self.on, Method(before, "extend"), [value], {})
            return
        if type(before) not in (Text, bool, int, str, tuple):
            raise NotFollowed(f"an operator before = on a {type(before).__name__.lower()}")
        scope.bind(node.target.id, self.binary(node.op, before, value))

    def _do_delete(self, node: ast.Delete, scope: Scope) -> None:
        for target in node.targets:
            match target:
                case ast.Name(id=name) if name in scope.own and name in scope.names:
                    del scope.names[name]
                case ast.Subscript(value=of, slice=key):
                    found = self.on.settled(self.evaluate(of, scope))
                    if type(found) is not Dict:
                        raise NotFollowed("`del` of a part of what is no dict")
                    self.on.drop(found, self.evaluate(key, scope))
                case _:
                    raise NotFollowed("`del` of this")

    def _do_if(self, node: ast.If, scope: Scope) -> Any:
        return self.execute(node.body if self.truth(node.test, scope) else node.orelse, scope)

    def _do_while(self, node: ast.While, scope: Scope) -> Any:
        while self.truth(node.test, scope):
            end = self.execute(node.body, scope)
            if end is BREAK:
                return None
            if type(end) is Returned:
                return end
        return self.execute(node.orelse, scope)

    def _do_for(self, node: ast.For, scope: Scope) -> Any:
        for value in self.on.iterate(self.evaluate(node.iter, scope)):
            self.assign(node.target, value, scope)
            end = self.execute(node.body, scope)
            if end is BREAK:
                return None
            if type(end) is Returned:
                return end
        return self.execute(node.orelse, scope)

    def _do_assert(self, node: ast.Assert, scope: Scope) -> None:
        if not sys.flags.optimize and not self.truth(node.test, scope):
            if node.msg is not None:
                self.evaluate(node.msg, scope)
            raise Raised(AssertionError)

    def _do_raise(self, node: ast.Raise, scope: Scope) -> None:
        if node.exc is None:
            raise NotFollowed("`raise` without an exception")
        raised = self.on.settled(self.evaluate(node.exc, scope))
        kind = raised.kind if type(raised) is Raised else raised
        if not (type(kind) is type and issubclass(kind, BaseException)):
            raise NotFollowed("`raise` of what is no exception")
        if node.cause is not None and self.on.settled(self.evaluate(node.cause, scope)) is not None:
            raise NotFollowed("`raise` from another exception")
        raise raised if type(raised) is Raised else exception_of(kind)

    def _do_try(self, node: ast.Try, scope: Scope) -> Any:
        try:
            end = self._try(node, scope)
        except Raised:
            finally_ended = self.execute(node.finalbody, scope)
            if finally_ended is not None:
                return finally_ended
            raise
        finally_ended = self.execute(node.finalbody, scope)
        return end if finally_ended is None else finally_ended

    def _try(self, node: ast.Try, scope: Scope) -> Any:
        try:
            end = self.execute(node.body, scope)
        except Raised as raised:
            for handler in node.handlers:
                if self._catches(handler, raised, scope):
                    return self._handle(handler, raised, scope)
            raise
        return self.execute(node.orelse, scope) if end is None else end

    def _catches(self, handler: ast.ExceptHandler, raised: Raised, scope: Scope) -> bool:
        if handler.type is None:
            return True
        kinds = self.on.settled(self.evaluate(handler.type, scope))
        several = kinds if type(kinds) is tuple else (kinds,)
        if not all(type(kind) is type and issubclass(kind, BaseException) for kind in several):
            raise NotFollowed("`except` of what is no class of exceptions")
        return issubclass(raised.kind, several)

    def _handle(self, handler: ast.ExceptHandler, raised: Raised, scope: Scope) -> Any:
        if handler.name is None:
            return self.execute(handler.body, scope)
        scope.bind(handler.name, raised)
        try:
            return self.execute(handler.body, scope)
        finally:
            scope.names.pop(handler.name, None)

    def _do_match(self, node: ast.Match, scope: Scope) -> Any:
        subject = self.evaluate(node.subject, scope)
        for case in node.cases:
            captured: dict[str, Any] = {}
            if not self._matches(case.pattern, subject, scope, captured):
                continue
            for name, value in captured.items():  # only now, as Python does
                scope.bind(name, value)
            if case.guard is None or self.truth(case.guard, scope):
                return self.execute(case.body, scope)
        return None

    def _matches(self, pattern: ast.pattern, subject: Any, scope: Scope, captured: dict[str, Any]) -> bool:
        match pattern:
            case ast.MatchValue(value=value):
                return self.on.equal(subject, self.untold(value, scope))
            case ast.MatchSingleton(value=value):
                return self.on.settled(subject) is value
            case ast.MatchOr(patterns=patterns) if not any(_captures(one) for one in patterns):
                return any(self._matches(one, subject, scope, captured) for one in patterns)
            case ast.MatchAs(pattern=inner, name=name):
                if inner is not None and not self._matches(inner, subject, scope, captured):
                    return False
                if name is not None:
                    captured[name] = subject
                return True
            case ast.MatchSequence(patterns=patterns) if not any(isinstance(one, ast.MatchStar) for one in patterns):
                subject = self.on.settled(subject)
                items = subject.items if type(subject) is List else subject
                if type(subject) is not List and type(subject) is not tuple:
                    return self._is_no_sequence(subject)
                parts = zip(patterns, list(map(seen, items)), strict=False)
                return len(items) == len(patterns) and all(
                    self._matches(one, item, scope, captured) for one, item in parts
                )
            case ast.MatchMapping(keys=keys, patterns=patterns, rest=None) if all(map(_is_constant, keys)):
                subject = self.on.settled(subject)
                if type(subject) is not Dict:
                    return self._is_no_sequence(subject)
                entries = [self.on.entry(subject, self.untold(key, scope)) for key in keys]
                return None not in entries and all(
                    self._matches(one, seen(entry[1]), scope, captured)
                    for entry, one in zip(entries, patterns, strict=True)
                    if entry is not None
                )
            case ast.MatchClass(cls=kind, patterns=patterns, kwd_patterns=[]) if len(patterns) < 2:
                wanted = self.untold(kind, scope)
                if not (type(wanted) is type and wanted in (bool, int, str)):
                    raise NotFollowed("a pattern with a class")
                is_of = call_function(self.on, self.call, isinstance, [subject, wanted], {})
                return is_of and all(self._matches(one, subject, scope, captured) for one in patterns)
        raise NotFollowed(f"the pattern {type(pattern).__name__}")

    def _is_no_sequence(self, subject: Any) -> bool:
        """False, for what is surely neither a sequence nor a mapping of the other kind."""
        if type(subject) in (Text, Number, Dict, List, type(None), bool, int, str, tuple):
            return False
        raise NotFollowed(f"a pattern for a {named(subject)}")


def _captures(pattern: ast.pattern) -> bool:
    return any(isinstance(one, ast.MatchAs | ast.MatchStar) and one.name is not None for one in ast.walk(pattern))


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


EXCEPTIONS: tuple[type[BaseException], ...] = (
    *(Exception, ArithmeticError, AssertionError, LookupError, IndexError, KeyError, RuntimeError, TypeError),
    *(NotImplementedError, ValueError, ZeroDivisionError),
)
"""Python's own exceptions that are made of whatever they are given."""


HARMLESS = {
    *("__module__", "__qualname__", "__doc__", "__dict__", "__weakref__", "__slots__", "__annotations__"),
    *("__firstlineno__", "__static_attributes__", "__annotate_func__", "__annotations_cache__"),
}
"""Special names in a class of exceptions that run nothing."""


def exception_of(
    kind: type[BaseException], given: Sequence[Any] = (), named: Mapping[str, Any] | None = None
) -> Raised:
    """An exception that is made, where making it runs nothing, cannot fail and gives one of this very class."""
    written = [one for one in bases_of(kind) if one.__flags__ & HEAP_TYPE]
    special = {name for one in written for name in names_in(dict(vars(one))) if name.startswith("__")}
    is_usual = special <= HARMLESS and {*bases_of(kind)} <= {*written, *EXCEPTIONS, BaseException, object}
    if named or len(given) > 1 or not is_usual:
        raise NotFollowed(f"an exception that may be made in a way of its own: {kind.__name__}")
    return Raised(kind)
