"""The smallest cover: the fewest vectors that catch every fault that any of them catches."""

from collections.abc import Mapping, Sequence

import z3

__all__ = ["smallest_cover"]


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
