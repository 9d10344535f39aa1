"""What would change a decision: the smallest changes of settings, found by the solver over the model's operations.

A change sets one thing: the Run As tag, the switch, the default OS user, or one OS user. The smallest repairs have the
fewest changes; all of that size are found, and each is applied and decided again by the concrete functions.
"""

from collections.abc import Iterator
from itertools import combinations_with_replacement
from typing import Any

import attrs
import z3

from runas_model.doors import checked
from runas_model.facts.classes import OTHER_CASE
from runas_model.facts.compiled import decide
from runas_model.specification.readings import DEFAULT, Reading
from runas_model.specification.state import INITIAL, State, situation_of
from runas_model.specification.transitions import SPECIFICATION, apply
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    NO_ROLE_SESSION,
    PREFERENCES,
    RUN_AS_TAG,
    SSM_USER,
    Account,
    Decision,
    FoldedKey,
    Instance,
    ManagedInstance,
    Name,
    PosixId,
    Principal,
    PrincipalKind,
    PrincipalRecord,
    Request,
    SessionDocument,
    Situation,
    Switch,
    Tag,
    TagKey,
)
from runas_model.universes.connectives import all_of, any_of, folded, not_, spelled
from runas_solver.obligations import embedded
from runas_solver.terms import Value, formula
from runas_solver.universe import Universe

__all__ = ["LARGEST", "STRANGER", "Repair", "repairs"]

LARGEST = 3
"""Most changes looked for: the longest way to start as an OS user switches Run As on, names it and creates it."""
NO_NAME = Name("")
STRANGER = Name("somebody-else")
"""Stands for any name that is not in play."""

RUN_AS_KEY: FoldedKey = folded(RUN_AS_TAG)
ACCOUNT, PRINCIPAL, INSTANCE = Account("the-account"), Principal("the-principal"), Instance("the-instance")
HOLDS, ASKS = (ACCOUNT, DEFAULT_REGION, PREFERENCES), Request(PRINCIPAL, INSTANCE, PREFERENCES, NO_ROLE_SESSION)
ORDINARY = PosixId(1001)
Call = tuple[str, dict[str, Any]]


@attrs.frozen
class Repair:
    """Operations of the model with their arguments, and the decision after them."""

    calls: tuple[Call, ...]
    decision: Decision


@checked
def repairs(situation: Situation, reading: Reading = DEFAULT, as_user: str | None = None) -> list[Repair]:
    """The smallest changes that flip a decision; empty if no combination of up to `LARGEST` changes does.

    With `as_user`, the session must start as that OS user. Without, a refused session must start, and a session that
    starts must be refused or start as another OS user. A tag is taken for the principal's own: a situation does not say
    whether it is a session tag, which no change of the principal's tags would replace (D1).
    """
    state = _state(situation)
    names = _names(state, as_user)
    for size in range(1, LARGEST + 1):
        found = [
            repair
            for kinds in combinations_with_replacement(CHANGES, size)
            for repair in _solutions(state, reading, kinds, names, as_user)
        ]
        if found:
            return list({repr(repair.calls): repair for repair in found}.values())
    return []


def _state(s: Situation) -> State:
    """A state in which one principal starting a session on one instance is in that situation."""
    default = s.default_user if s.default_named else NO_NAME
    tag = Tag(spelled(RUN_AS_TAG if s.tag_key_exact else TagKey(OTHER_CASE)), s.tag)
    os_users = INITIAL.os_users
    for name in s.os_users:  # type: ignore[attr-defined]
        os_users = os_users.put((INSTANCE, name), s.os_users[name])
    return attrs.evolve(
        INITIAL,
        documents=INITIAL.documents.put(HOLDS, SessionDocument(s.run_as_enabled, default, False)),
        principals=INITIAL.principals.put(PRINCIPAL, PrincipalRecord(ACCOUNT, PrincipalKind.USER)),
        tags=INITIAL.tags.put((PRINCIPAL, RUN_AS_KEY), tag) if s.tagged else INITIAL.tags,
        instances=INITIAL.instances.put(INSTANCE, ManagedInstance(ACCOUNT, s.platform, DEFAULT_REGION)),
        os_users=os_users,
    )


def _names(state: State, as_user: str | None) -> list[Name]:
    """The names in play, the blank one, `ssm-user`, and one that nobody has."""
    tag, default = state.tags[PRINCIPAL, RUN_AS_KEY].value, state.documents[HOLDS].default_user
    on_instance = sorted(state.os_users.under(INSTANCE))
    asked = [] if as_user is None else [Name(as_user)]
    return list(dict.fromkeys([*asked, *on_instance, tag, default, SSM_USER, STRANGER, NO_NAME]))


CHANGES = ("tag", "untag", "on", "off", "default", "create", "delete")
WITHOUT_NAME = ("untag", "on", "off")


def _call(change: str, state: State, name: Name) -> Call:
    """A change as a call, of a state in any universe; `name` is what it sets, creates or deletes."""
    p = state.documents[HOLDS]
    calls: dict[str, Call] = {
        "tag": ("tag_principal", {"principal": PRINCIPAL, "key": RUN_AS_TAG, "value": name}),
        "untag": ("untag_principal", {"principal": PRINCIPAL, "key": RUN_AS_TAG}),
        "on": ("update_preferences", _preferences(Switch.ON, p.default_user)),
        "off": ("update_preferences", _preferences(Switch.OFF, p.default_user)),
        "default": ("update_preferences", _preferences(p.run_as_enabled, name)),
        "create": ("create_os_user", {"instance": INSTANCE, "name": name, "uid": ORDINARY, "gid": ORDINARY}),
        "delete": ("delete_os_user", {"instance": INSTANCE, "name": name}),
    }
    return calls[change]


def _preferences(run_as_enabled: Switch, default_user: Name) -> dict[str, Any]:
    return {
        "account": ACCOUNT,
        "run_as_enabled": run_as_enabled,
        "default_user": default_user,
        "region": DEFAULT_REGION,
    }


def _solutions(
    state: State, reading: Reading, kinds: tuple[str, ...], names: list[Name], as_user: str | None
) -> Iterator[Repair]:
    """All choices of names with which these kinds of change do what is asked."""
    universe = Universe()
    with universe.noting() as scope:
        after, holds = embedded(universe, state), []
        choices: list[Any] = [universe.fresh(Name, f"name-{number}") for number in range(len(kinds))]
        for change, name in zip(kinds, choices, strict=True):
            usable = [NO_NAME] if change in WITHOUT_NAME else names
            holds.append(any_of(*(name == constant for constant in usable)))
            operation, arguments = _call(change, after, name)
            t = SPECIFICATION.transition(operation, after, reading, **arguments)
            after = t.after
            holds.append(t.accepted)
        decision = SPECIFICATION.decide(situation_of(after, ASKS), reading)
        holds.append(_wanted(decision, decide(situation_of(state, ASKS), reading), as_user))
    solver = z3.SolverFor("QF_UF")
    solver.add(formula(all_of(*holds)), *universe.axioms(scope))
    while solver.check() == z3.sat:
        model = solver.model()
        chosen = [_value(model, choice, names) for choice in choices]
        yield _verified(state, reading, list(zip(kinds, chosen, strict=True)), as_user)
        solver.add(z3.Or(*(formula(not_(choice == name)) for choice, name in zip(choices, chosen, strict=True))))


def _wanted(decision: Decision, before: Decision, as_user: str | None) -> bool:
    if as_user is not None:
        return all_of(decision.starts, decision.os_user == as_user)
    if before.starts:
        return any_of(not_(decision.starts), not_(decision.os_user == before.os_user))
    return decision.starts


def _value(model: z3.ModelRef, choice: Value, names: list[Name]) -> Name:
    return next(name for name in names if z3.is_true(model.eval(formula(choice == name), model_completion=True)))


def _verified(state: State, reading: Reading, changes: list[tuple[str, Name]], as_user: str | None) -> Repair:
    """The repair, applied and decided by the concrete functions, which must agree that it does what is asked."""
    after, calls = state, []
    for change, name in changes:
        calls.append(_call(change, after, name))
        after, _ = apply(calls[-1][0], after, reading, **calls[-1][1])
    decision = decide(situation_of(after, ASKS), reading)
    if not _wanted(decision, decide(situation_of(state, ASKS), reading), as_user):
        raise AssertionError(f"the concrete functions do not confirm the repair {calls}: {decision}")
    return Repair(tuple(calls), decision)
