"""What the specification accepts as answers to a case, under a reading."""

from collections.abc import Iterable, Iterator, Sequence

import attrs

from runas_model.facts.compiled import decide
from runas_model.specification.readings import Reading
from runas_model.specification.state import State
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import Decision, Situation
from runas_properties.conformance.protocol.cases import (
    DECIDE,
    LIST_OS_USERS,
    LIST_SESSIONS,
    Step,
    call_of,
    situation_asked,
)
from runas_properties.conformance.protocol.results import Accepted
from runas_properties.conformance.vectors.vector import Under, Vector, readings_when
from runas_properties.oracle.expected import mistakes
from runas_properties.oracle.oracle import Oracle

__all__ = ["Answered", "accepted_results", "difference", "stale", "walk"]


@attrs.frozen
class Answered:
    """A step as the specification takes it: what it accepts, and from what that follows.

    `transition` is there for an operation, `situation` and `decision` for a question and for a start that was made.
    `state` is the state after the step.
    """

    step: Step
    accepted: Accepted
    state: State
    transition: Transition | None = None
    situation: Situation | None = None
    decision: Decision | None = None


def walk(steps: Sequence[Step], reading: Reading) -> Iterator[Answered]:
    """Every step of a case, taken by the specification under a reading."""
    oracle = Oracle(reading, laws=False)
    for step in steps:
        if step["operation"] == DECIDE:
            s = situation_asked(step)
            d = decide(s, reading)
            yield Answered(step, _decided(d), oracle.state, None, s, d)
        elif step["operation"] == LIST_SESSIONS:
            sessions = oracle.state.sessions
            running = {str(at[1]): str(sessions[at].os_user) for at in sorted(sessions)}
            yield Answered(step, Accepted(sessions=running), oracle.state)
        elif step["operation"] == LIST_OS_USERS:
            names = sorted(map(str, oracle.state.os_users.under(step["instance"])))
            yield Answered(step, Accepted(os_users=tuple(names)), oracle.state)
        else:
            yield _performed(step, oracle)


def accepted_results(steps: Sequence[Step], reading: Reading) -> tuple[Accepted, ...]:
    """What is accepted for each step of a case."""
    return tuple(answered.accepted for answered in walk(steps, reading))


def difference(steps: Sequence[Step], under: Under, reading: Reading) -> str:
    """Where the answers that are kept of a case are not what the specification accepts now; empty if nowhere."""
    accepted = accepted_results(steps, reading)
    for number, (kept, now) in enumerate(zip(under.results, accepted, strict=False), start=1):
        if kept != now:
            where = f"step {number} under {under.when or 'every reading'}"
            return f"{where}: it accepts {kept}, but the specification accepts {now}"
    if len(under.results) != len(accepted):
        return f"{len(under.results)} results for {len(accepted)} steps"
    return ""


def stale(every: Iterable[Vector]) -> Iterator[str]:
    """What the specification does not accept any more, asked of each vector under one reading for each kept answer."""
    for vector in every:
        for under in vector.accepted:
            try:
                told = difference(vector.steps, under, readings_when(tuple(under.when.items()))[0])
            except (KeyError, IndexError, ValueError) as error:
                told = f"what it says cannot be read: {error}"
            if told:
                yield f"{vector.id}: {told}"
                break


def _performed(step: Step, oracle: Oracle) -> Answered:
    t = oracle.perform(*call_of(step))
    if not t.accepted:
        return Answered(step, Accepted(failed=tuple(mistakes(t))), t.after, t)
    if t.decision is None:
        return Answered(step, Accepted(done=True), t.after, t)
    s = t.asks_in(t.before)
    return Answered(step, _decided(t.decision), t.after, t, s, t.decision)


def _decided(d: Decision) -> Accepted:
    if d.starts:
        return Accepted(started_as=str(d.os_user))
    assert d.reason is not None
    return Accepted(refused=d.reason.value)
