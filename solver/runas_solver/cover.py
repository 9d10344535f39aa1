"""The smallest cover: the fewest vectors that catch every fault that any of them catches."""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain, combinations

import z3

from runas_model.specification.nouns import Noun

__all__ = ["cover_for_all_nouns", "smallest_cover"]


def cover_for_all_nouns(caught: Mapping[str, Sequence[str]], needs: Mapping[str, Collection[Noun]]) -> frozenset[str]:
    """Vectors of which those that any implementation is asked catch all that it is asked of all vectors catch.

    `needs` has the nouns without which a vector is not asked. For an implementation that offers none they are the
    fewest; with each noun more come the fewest that still have to.
    """
    core: frozenset[str] = frozenset()
    for nouns in chain.from_iterable(combinations(Noun, number) for number in range(len(Noun) + 1)):
        asked = {id: faults for id, faults in caught.items() if set(nouns).issuperset(needs[id])}
        settled = {fault for id in core.intersection(asked) for fault in caught[id]}
        left = {id: [fault for fault in faults if fault not in settled] for id, faults in asked.items()}
        core |= smallest_cover(left)
    return core


def smallest_cover(caught: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The fewest vectors that together catch every fault which any catches; of several such sets always the same one.

    What must be in, or cannot be of more use than another, is settled first; Z3 settles the rest, as pseudo-Boolean
    constraints, by the smallest number for which there is a solution.
    """
    left = {id: frozenset(faults) for id, faults in caught.items() if faults}
    core: set[str] = set()
    while left:
        catchers = _catchers(_undominated(left))
        needed = {ids[0] for ids in catchers.values() if len(ids) == 1}
        if not needed:
            return frozenset(core | _fewest(list(left), catchers))
        settled = frozenset().union(*(left[id] for id in needed))
        core |= needed
        left = {id: faults - settled for id, faults in left.items() if faults - settled}
    return frozenset(core)


def _undominated(left: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """The vectors without those that catch no more than another does; of equals the first."""
    first: dict[frozenset[str], str] = {}
    for id, faults in left.items():
        first.setdefault(faults, id)
    return {id: faults for faults, id in first.items() if not any(faults < more for more in first)}


def _catchers(left: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Who catches each fault, for the faults that are not caught by all who catch another one."""
    faults = dict.fromkeys(fault for some in left.values() for fault in sorted(some))
    by = {fault: [id for id in left if fault in left[id]] for fault in faults}
    smallest = {frozenset(ids) for ids in by.values()}
    return {fault: ids for fault, ids in by.items() if not any(fewer < frozenset(ids) for fewer in smallest)}


def _fewest(ids: Sequence[str], catchers: Mapping[str, Sequence[str]]) -> set[str]:
    candidates = [id for id in ids if any(id in some for some in catchers.values())]
    chosen = {id: z3.Bool(id) for id in candidates}
    solver = z3.SolverFor("QF_FD")
    solver.add(*(z3.Or(*(chosen[id] for id in some)) for some in catchers.values()))
    size = next(n for n in range(1, len(candidates) + 1) if solver.check(_at_most(chosen, n)) == z3.sat)
    solver.add(_at_most(chosen, size))
    core = set()
    for id in reversed(candidates):
        without = z3.Not(chosen[id])
        if solver.check(without) == z3.sat:
            solver.add(without)
        else:
            core.add(id)
    return core


def _at_most(chosen: Mapping[str, z3.BoolRef], number: int) -> z3.BoolRef:
    return z3.PbLe([(one, 1) for one in chosen.values()], number)
