"""What may stand in the place of what, by the sources alone: names that are declared alike."""

import ast
from collections.abc import Iterable, Iterator

import attrs

__all__ = ["Siblings"]


@attrs.frozen
class Siblings:
    """Of each name that is declared in some sources, the others that are declared likewise.

    `members` are those of each enumerated sort; `fields` have one sort and one record; `constants` and `functions` are
    of one module.
    """

    members: dict[str, list[str]] = attrs.field(factory=dict)
    fields: dict[str, list[str]] = attrs.field(factory=dict)
    constants: dict[str, list[str]] = attrs.field(factory=dict)
    functions: dict[str, list[str]] = attrs.field(factory=dict)

    @classmethod
    def in_sources(cls, trees: Iterable[ast.Module]) -> "Siblings":
        """What is declared in the modules."""
        found = cls()
        for tree in trees:
            for node in tree.body:
                if isinstance(node, ast.ClassDef) and _is_enumerated(node):
                    found.members[node.name] = list(_members(node))
                elif isinstance(node, ast.ClassDef):
                    _add(found.fields, _fields(node))
            _add(found.constants, _constants(tree))
            _add(found.functions, _functions(tree))
        return found


def _add(to: dict[str, list[str]], declared: Iterable[tuple[str, str]]) -> None:
    """Note for each name the others with the same declaration."""
    alike: dict[str, list[str]] = {}
    for name, declaration in declared:
        alike.setdefault(declaration, []).append(name)
    for names in alike.values():
        for name in names:
            to.setdefault(name, []).extend(other for other in names if other != name and other not in to.get(name, []))


def _is_enumerated(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id.endswith("Enum") for base in node.bases)


def _members(node: ast.ClassDef) -> Iterator[str]:
    for part in node.body:
        if isinstance(part, ast.Assign):
            yield from (target.id for target in part.targets if isinstance(target, ast.Name))


def _fields(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            yield part.target.id, ast.unparse(part.annotation)


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name):
            made_by = ast.unparse(node.value.func)
            if made_by not in ("NewType", "TypeVar"):
                yield node.targets[0].id, made_by


def _functions(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            takes = ", ".join(ast.unparse(one.annotation) for one in node.args.args if one.annotation)
            starred = ast.unparse(node.args.vararg) if node.args.vararg else ""
            yield node.name, f"({takes}; {starred}) -> {ast.unparse(node.returns) if node.returns else ''}"
