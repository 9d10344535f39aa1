"""What runs have reached, what they should, and what is missing, by name."""

import json
from collections import Counter
from collections.abc import Collection
from functools import cache
from typing import Any

import attrs

from runas_model.specification.errors import ERRORS
from runas_model.specification.nouns import SORTS, Noun, nouns_needed
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.rulebook import RULEBOOK, run_as_applies
from runas_model.specification.state import document_of, has_session_tag
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import DEFAULT_REGION, NO_ROLE_SESSION, PREFERENCES, ManagedInstance
from runas_properties.explorer.reach import errors_of
from runas_properties.oracle.expected import mistakes

__all__ = ["IMPOSSIBLE", "IS_IMPOSSIBLE", "REQUIRED", "SHARE_WITH_RUN_AS_ON", "Coverage", "pair", "required"]

SHARE_WITH_RUN_AS_ON = 0.30
"""The least share of traces that start a session while Run As is on."""


def pair(operation: str, rule: str) -> str:
    """The name of: this operation, and then this rule decides."""
    return f"{operation}, then {rule}"


RULES = [str(rule.id) for rule in RULEBOOK]
BY_TAG = [rule for rule in RULES if rule.startswith("tag-")]
NEEDS_OS_USERS = [rule for rule in RULES if rule.endswith(("-superuser", "-user-exists"))]

IMPOSSIBLE: dict[str, str] = {
    **{pair("create_principal", rule): "a new principal has no tags, and no role sessions" for rule in BY_TAG},
    **{pair("register_instance", rule): "a newly registered instance has no OS users" for rule in NEEDS_OS_USERS},
    **{pair("delete_principal", rule): "a principal that is deleted starts no session" for rule in RULES},
    **{pair("deregister_instance", rule): "no session starts on a deregistered instance" for rule in RULES},
}
"""The pairs of an operation and the rule that decides the next start that cannot occur, with the reason."""

IS_IMPOSSIBLE = "say in IMPOSSIBLE of properties/runas_properties/stateful/coverage.py why that cannot be"

PAIRS = [pair(operation, rule) for operation in OPERATIONS for rule in RULES]

OF_NOUNS = {
    Noun.DOCUMENTS: "by a document of its own",
    Noun.REGIONS: "in another Region",
    Noun.ROLES: "in a role session",
    Noun.PARAMETERS: "with a parameter",
}
"""What a start is like that speaks of a noun."""
BY_SESSION_TAG = "by a session tag"
LEFT_UNFILLED = "by a parameter that is not given"
NOT_BY_TAG = [rule for rule in RULES if rule.startswith("default-") or rule == "nobody-named"]
"""The rules that go by the default OS user."""
OF_ERRORS = {"InvalidParameters": Noun.PARAMETERS}
"""The noun without which an error cannot be, where what it is about is of another."""


@cache
def required(nouns: frozenset[Noun] = frozenset(Noun)) -> tuple[str, ...]:
    """Everything that a run of the default profile must reach, by name, if only of these nouns can be spoken.

    A parameter is one of a document, so without documents it cannot be.
    """
    if Noun.DOCUMENTS not in nouns:
        nouns -= {Noun.PARAMETERS}
    operations = [operation for operation in OPERATIONS if nouns_needed(operation) <= nouns]
    errors = [(operation, error) for operation in operations for error in errors_of(operation)
              if _nouns_of_error(operation, error) <= nouns]  # fmt: skip
    pairs = (pair(operation, rule) for operation in operations for rule in RULES)
    return (
        *(f"rule {rule}" for rule in RULES),
        *(f"rule {rule} {of}" for noun, of in OF_NOUNS.items() if noun in nouns for rule in RULES),
        *(f"rule {rule} {BY_SESSION_TAG}" for rule in BY_TAG if Noun.ROLES in nouns),
        *(f"rule {rule} {LEFT_UNFILLED}" for rule in NOT_BY_TAG if Noun.PARAMETERS in nouns),
        *(f"{operation} succeeds" for operation in operations),
        *(f"{operation} raises {error}" for operation, error in errors),
        *(pair for pair in pairs if pair not in IMPOSSIBLE),
    )


def _nouns_of_error(operation: str, error: str) -> set[Noun]:
    """The nouns that an error of an operation is about."""
    about = next(one.about for one in ERRORS if one.__name__ == error)
    sorts = (OPERATIONS[operation].parameters.get(argument) for argument in about)
    return {SORTS[sort] for sort in sorts if sort in SORTS} | {OF_ERRORS[one] for one in (error,) if one in OF_ERRORS}


REQUIRED = required()
"""Everything that a run of the default profile must reach, by name, with all nouns."""


@attrs.define
class Coverage:
    """Counts over all runs: what was reached, steps, traces, and traces that started a session while Run As applied.

    Each session start counts one pair: the rule that decides, and the last successful operation before it that
    concerned the same principal, instance or account in a Region. `seeded` is what explicit examples reached; it counts
    only for pairs, so that everything else must be reached by the random traces. `nouns` are those that any of the
    traces could speak of.
    """

    reached: Counter[str] = attrs.field(factory=Counter)
    seeded: set[str] = attrs.field(factory=set)
    steps: int = 0
    traces: int = 0
    traces_with_run_as_on: int = 0
    nouns: set[Noun] = attrs.field(factory=set)
    _last: dict[str, tuple[int, str]] = attrs.field(factory=dict)
    _with_run_as_on: bool = False

    def begin(self, nouns: Collection[Noun] = tuple(Noun)) -> None:
        """A trace begins, which may speak of some nouns."""
        self.nouns.update(nouns)
        self._last = {}
        self._with_run_as_on = False

    def end(self) -> None:
        """A trace is complete; only complete traces are counted."""
        self.traces += 1
        self.traces_with_run_as_on += self._with_run_as_on

    def note(self, t: Transition) -> None:
        """Count a step of the current trace."""
        self.steps += 1
        if not t.accepted:
            self.reached[f"{t.operation} raises {mistakes(t)[0]}"] += 1
            return
        self.reached[f"{t.operation} succeeds"] += 1
        if t.decision is not None:
            self._note_start(t)
        for name in _about(t):
            self._last[name] = (self.steps, t.operation)

    def _note_start(self, t: Transition) -> None:
        assert t.decision is not None
        rule = str(t.decision.rule)
        self.reached[f"rule {rule}"] += 1
        for noun in _spoken_of(t):
            self.reached[f"rule {rule} {OF_NOUNS[noun]}"] += 1
        if has_session_tag(t.before, t.asked):
            self.reached[f"rule {rule} {BY_SESSION_TAG}"] += 1
        if not t.asked.filled and document_of(t.before, t.asked.instance, t.asked.document).declares_parameter:
            self.reached[f"rule {rule} {LEFT_UNFILLED}"] += 1
        before = max((self._last[name] for name in _about(t) if name in self._last), default=None)
        if before is not None:
            self.reached[pair(before[1], rule)] += 1
        if t.decision.starts and not self._with_run_as_on:
            s = t.asks_in(t.before)
            self._with_run_as_on = run_as_applies(s, t.reading)

    def counts(self) -> dict[str, Any]:
        """The counts as plain data, for `add` in another process."""
        totals = {"steps": self.steps, "traces": self.traces, "traces_with_run_as_on": self.traces_with_run_as_on}
        nouns = sorted(noun.value for noun in self.nouns)
        return {"reached": dict(self.reached), "seeded": sorted(self.seeded), "nouns": nouns, **totals}

    def add(self, counts: dict[str, Any]) -> None:
        """Count in what another process did."""
        self.reached.update(counts["reached"])
        self.seeded.update(counts["seeded"])
        self.nouns.update(map(Noun, counts["nouns"]))
        self.steps += counts["steps"]
        self.traces += counts["traces"]
        self.traces_with_run_as_on += counts["traces_with_run_as_on"]

    @property
    def required(self) -> tuple[str, ...]:
        """Everything that must be reached with the nouns that traces could speak of."""
        return required(frozenset(self.nouns))

    @property
    def share_with_run_as_on(self) -> float:
        return self.traces_with_run_as_on / self.traces if self.traces else 0.0

    def missing(self) -> list[str]:
        """The names of everything required that was not reached; empty if the run covered everything."""
        seeded = self.seeded.intersection(PAIRS)
        missing = [goal for goal in self.required if not self.reached[goal] and goal not in seeded]
        if self.share_with_run_as_on < SHARE_WITH_RUN_AS_ON:
            share = f"{self.share_with_run_as_on:.0%} of {self.traces} traces"
            missing.append(f"a session started while Run As is on in {SHARE_WITH_RUN_AS_ON:.0%} of traces: {share}")
        return missing

    def contradictions(self) -> list[str]:
        """Pairs that were reached although they are listed as impossible."""
        return [pair for pair in IMPOSSIBLE if self.reached[pair]]

    def as_data(self) -> dict[str, Any]:
        """The statistics, for JSON."""
        return {
            "traces": self.traces,
            "steps": self.steps,
            "traces_with_run_as_on": self.traces_with_run_as_on,
            "reached": {goal: self.reached[goal] for goal in self.required},
            "seeded": sorted(self.seeded),
            "missing": self.missing(),
            "impossible": IMPOSSIBLE,
        }

    def as_json(self) -> str:
        return json.dumps(self.as_data(), indent=2) + "\n"

    def as_text(self) -> str:
        """The statistics in a few lines, rarest things last."""
        goals = self.required
        counts = Counter({goal: self.reached[goal] for goal in goals})
        rarest = ", ".join(f"{goal} ({counts[goal]})" for goal in sorted(goals, key=lambda goal: counts[goal])[:3])
        groups = {
            "rules": [goal for goal in goals if goal.removeprefix("rule ") in RULES],
            **{
                f"rules {of}": [goal for goal in goals if goal.endswith(of)]
                for of in (*OF_NOUNS.values(), BY_SESSION_TAG, LEFT_UNFILLED)
            },
            "operations": [goal for goal in goals if goal.endswith(" succeeds")],
            "errors": [goal for goal in goals if " raises " in goal],
            "pairs": [goal for goal in goals if goal in PAIRS],
        }
        reached = ", ".join(
            f"{sum(counts[goal] > 0 for goal in those)} of {len(those)} {group}"
            for group, those in groups.items()
            if those
        )
        lines = [
            f"{self.traces:,} traces, {self.steps:,} steps; {self.share_with_run_as_on:.0%} of traces start a session "
            "while Run As is on",
            f"reached: {reached} at random (impossible pairs: {len(IMPOSSIBLE)})",
            f"rarest: {rarest}",
        ]
        return "\n".join([*lines, *(f"missing: {goal}" for goal in self.missing())])


def _spoken_of(t: Transition) -> list[Noun]:
    """The nouns that a start speaks of, by what it names and where its instance is."""
    speaks = {
        Noun.DOCUMENTS: t.arguments["document"] != PREFERENCES,
        Noun.REGIONS: _machine(t).region != DEFAULT_REGION,
        Noun.ROLES: t.arguments["role_session"] != NO_ROLE_SESSION,
        Noun.PARAMETERS: t.arguments["filled"],
    }
    return [noun for noun in OF_NOUNS if speaks[noun]]


def _machine(t: Transition) -> ManagedInstance:
    return t.before.instances[t.arguments["instance"]]


def _about(t: Transition) -> list[str]:
    """The principal, the instance, and the account with its Region whose documents an operation is about."""
    a, state = t.arguments, t.before
    if t.operation == "terminate_session":
        instance = state.started[a["session"]]
        return [f"instance {instance}", f"principal {state.sessions[instance, a['session']].principal}"]
    if t.operation == "end_role_session":
        return [f"principal {state.assumed[a['role_session']]}"]
    names = [f"{kind} {a[kind]}" for kind in ("principal", "instance") if kind in a]
    if t.operation == "start_session":
        machine = _machine(t)
        names.append(f"documents of {machine.account} in {machine.region}")
    return names or [f"documents of {a['account']} in {a['region']}"]
