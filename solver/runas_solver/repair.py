"""What would change a decision: the smallest changes of settings, found by the solver over the model's operations.

A change sets one thing: the Run As tag, the switch, the default OS user, or one OS user. The smallest repairs have the
fewest changes; all of that size are found, and each is applied and decided again by the concrete functions.
"""

from collections.abc import Iterator
from itertools import combinations_with_replacement
from typing import Any

import attrs
import z3

from runas_model.connectives import all_of, any_of, not_
from runas_model.decision import decide
from runas_model.readings import DEFAULT, Reading
from runas_model.specification import SPECIFICATION, apply
from runas_model.state import INITIAL, State, situation_of
from runas_model.vocabulary import (
    RUN_AS_TAG,
    SSM_USER,
    Account,
    Decision,
    Instance,
    ManagedInstance,
    Name,
    PosixId,
    Preferences,
    Principal,
    PrincipalKind,
    PrincipalRecord,
    Situation,
)
from runas_solver.obligations import embedded
from runas_solver.universe import Universe, Value, formula

__all__ = ["LARGEST", "STRANGER", "Repair", "repairs"]

LARGEST = 3
"""Most changes looked for: switching Run As on, naming an OS user and creating it is the longest way to start as one."""
STRANGER = Name("somebody-else")
"""Stands for any name that is not in play."""

ACCOUNT, PRINCIPAL, INSTANCE = Account("account"), Principal("principal"), Instance("instance")
ORDINARY = PosixId(1001)
Call = tuple[str, dict[str, Any]]


@attrs.frozen
class Repair:
    """Calls of the model's operations, and what is decided after them."""

    calls: tuple[Call, ...]
    decision: Decision


def repairs(situation: Situation, reading: Reading = DEFAULT, as_user: str | None = None) -> list[Repair]:
    """The smallest repairs of a situation; empty if none of up to `LARGEST` changes does it.

    With `as_user`, a session is to start as that OS user. Without, a refused session is to start, and one that starts
    is to be refused or to start as another OS user.
    """
    state = _state(situation)
    names = _names(state, as_user)
    for size in range(1, LARGEST + 1):
        found = [
            repair
            for kinds in combinations_with_replacement(range(len(_changes(state))), size)
            for repair in _solutions(state, reading, kinds, names, as_user)
        ]
        if found:
            return list({repr(repair.calls): repair for repair in found}.values())
    return []


def _state(s: Situation) -> State:
    """A state in which one principal starting a session on one instance is in that situation."""
    default = s.default_user if s.default_named else Name("")
    os_users = INITIAL.os_users
    for name in s.os_users:  # type: ignore[attr-defined]
        os_users = os_users.put((INSTANCE, name), s.os_users[name])
    return attrs.evolve(
        INITIAL,
        preferences=INITIAL.preferences.put(ACCOUNT, Preferences(s.run_as_enabled, default)),
        principals=INITIAL.principals.put(PRINCIPAL, PrincipalRecord(ACCOUNT, PrincipalKind.USER)),
        tags=INITIAL.tags.put((PRINCIPAL, RUN_AS_TAG), s.tag) if s.tagged else INITIAL.tags,
        instances=INITIAL.instances.put(INSTANCE, ManagedInstance(ACCOUNT, s.platform)),
        os_users=os_users,
    )


def _names(state: State, as_user: str | None) -> list[Name]:
    """The names in play, the blank one, `ssm-user`, and one that nobody has."""
    tag, default = state.tags[PRINCIPAL, RUN_AS_TAG], state.preferences[ACCOUNT].default_user
    on_instance = sorted(state.os_users.under(INSTANCE))
    asked = [] if as_user is None else [Name(as_user)]
    return list(dict.fromkeys([*asked, *on_instance, tag, default, SSM_USER, STRANGER, Name("")]))


def _changes(state: State) -> list[Call]:
    """The kinds of change; a name that is None is for the solver to choose."""
    p = state.preferences[ACCOUNT]
    return [
        ("tag_principal", {"principal": PRINCIPAL, "key": RUN_AS_TAG, "value": None}),
        ("untag_principal", {"principal": PRINCIPAL, "key": RUN_AS_TAG}),
        (
            "update_preferences",
            {"account": ACCOUNT, "run_as_enabled": not p.run_as_enabled, "default_user": p.default_user},
        ),
        ("update_preferences", {"account": ACCOUNT, "run_as_enabled": p.run_as_enabled, "default_user": None}),
        ("create_os_user", {"instance": INSTANCE, "name": None, "uid": ORDINARY, "gid": ORDINARY}),
        ("delete_os_user", {"instance": INSTANCE, "name": None}),
    ]


def _solutions(
    state: State, reading: Reading, kinds: tuple[int, ...], names: list[Name], as_user: str | None
) -> Iterator[Repair]:
    """All choices of names with which these kinds of change do what is asked."""
    universe = Universe()
    with universe.noting() as scope:
        after, holds, chosen, calls = embedded(universe, state), [], [], []
        for number, kind in enumerate(kinds):
            operation, given = _changes(state)[kind]
            arguments = dict(given)
            for name, value in given.items():
                if value is None:
                    arguments[name] = universe.fresh(Name, f"{name}-{number}")
                    chosen.append(arguments[name])
                    holds.append(any_of(*(arguments[name] == constant for constant in names)))
            t = SPECIFICATION.transition(operation, after, reading, **arguments)
            after = t.after
            holds.append(t.accepted)
            calls.append((operation, arguments))
        decision = SPECIFICATION.decide(situation_of(after, PRINCIPAL, INSTANCE), reading)
        holds.append(_wanted(decision, decide(situation_of(state, PRINCIPAL, INSTANCE), reading), as_user))
    solver = z3.SolverFor("QF_UF")
    solver.add(formula(all_of(*holds)), *universe.axioms(scope))
    while solver.check() == z3.sat:
        model = solver.model()
        values = {choice.term.get_id(): _value(universe, model, choice, names) for choice in chosen}
        concrete = tuple(
            (name, {key: values[v.term.get_id()] if isinstance(v, Value) else v for key, v in arguments.items()})
            for name, arguments in calls
        )
        yield _verified(state, reading, concrete, as_user)
        if not chosen:
            return
        solver.add(z3.Or(*(c.term != universe.lift(values[c.term.get_id()], Name).term for c in chosen)))


def _wanted(decision: Decision, before: Decision, as_user: str | None) -> bool:
    if as_user is not None:
        return all_of(decision.starts, decision.os_user == as_user)
    if before.starts:
        return any_of(not_(decision.starts), not_(decision.os_user == before.os_user))
    return decision.starts


def _value(universe: Universe, model: z3.ModelRef, choice: Value, names: list[Name]) -> Name:
    return next(name for name in names if z3.is_true(model.eval((choice == name).term, model_completion=True)))


def _verified(state: State, reading: Reading, calls: tuple[Call, ...], as_user: str | None) -> Repair:
    """The repair, applied and decided by the concrete functions, which must agree that it does what is asked."""
    after = state
    for operation, arguments in calls:
        after, _ = apply(operation, after, reading, **arguments)
    decision = decide(situation_of(after, PRINCIPAL, INSTANCE), reading)
    if not _wanted(decision, decide(situation_of(state, PRINCIPAL, INSTANCE), reading), as_user):
        raise AssertionError(f"the concrete functions do not confirm the repair {calls}: {decision}")
    return Repair(calls, decision)
