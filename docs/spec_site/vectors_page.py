"""The page of the conformance vectors: why they are there, and every one of them by the rule that decides it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from runas_model import RULEBOOK
from runas_properties.conformance.vectors.vector import FLAGS, Vector, vectors
from spec_site.markdown import folded, here, link, links, named, table, words
from spec_site.parts import part
from spec_site.vectors import vectors_of_rule

__all__: list[str] = []

NO_RULE = "no-rule"


@part("vector-flags")
def flags() -> str:
    """A row for each flag: how many have it, and why such vectors are there."""
    counts = Counter(flag for vector in vectors() for flag in vector.flags)
    return table(("Flag", "Vectors", "Why"), ([f"`{id}`", counts[id], FLAGS[id]] for id in FLAGS), numeric=(1,))


@part("core-vectors")
def core() -> str:
    """The core set, which together catches every fault that the vectors do."""
    chosen = [vector for vector in vectors() if vector.core]
    return table(
        ("Vector", "What happens", "Level", "Faults it catches"),
        ([link("vector", one.id), words(one.title), one.level, len(one.convicts)] for one in chosen),
        numeric=(3,),
    )


@part("vectors")
def all_vectors() -> str:
    """Every vector, once, under the first rule that decides it."""
    text = []
    for rule in RULEBOOK:
        first = [vector for vector in vectors() if vector.rules and vector.rules[0] == rule.id]
        more = [vector for vector in vectors_of_rule(rule.id) if vector not in first]
        text.append(_section(rule.id, link("rule", rule.id), first, more))
    without = [vector for vector in vectors() if not vector.rules]
    return "\n\n".join([*text, _section(NO_RULE, "no rule, because they request no session", without, [])])


def _section(id: str, by: str, first: Sequence[Vector], more: Sequence[Vector]) -> str:
    lines = [named("vectors-of", id, f"Decided by `{id}`" if id != NO_RULE else "No session requested", level=3), ""]
    lines.append(f"{len(first) + len(more)} vectors, decided by {by}.\n")
    if first:
        lines.append(folded(f"{len(first)} vectors", table(("Vector", "What happens", "Flags"), _rows(first))))
    if more:
        lines.append("\n" + folded(f"{len(more)} more, listed under another rule that also decides them",
                                   links("vector", (vector.id for vector in more))))  # fmt: skip
    return "\n".join(lines)


def _rows(several: Sequence[Vector]) -> Iterator[Sequence[str]]:
    for vector in several:
        core = "core, " if vector.core else ""
        yield here("vector", vector.id), words(vector.title), core + ", ".join(vector.flags)
