"""A case told as a story: what was asked, what was expected and why, what came instead, and what that breaks."""

from collections.abc import Iterator, Sequence

from runas_model.doors import checked
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import RULES
from runas_model.specification.vocabulary import Switch
from runas_model.stories.requests import tell_whose_default, tell_whose_tag
from runas_model.stories.situations import tell_facts
from runas_properties.conformance.protocol.cases import DECIDE, LIST_SESSIONS, Step, call_of
from runas_properties.conformance.protocol.readable import readable_text
from runas_properties.conformance.protocol.results import Result, accepts, outcome_of
from runas_properties.conformance.vectors.expectations import Answered, walk
from runas_properties.oracle.checking import broken, broken_by, decision_seen
from runas_properties.oracle.expected import expected_outcome
from runas_properties.oracle.failures import laws_in_lines, reading_in_words, sentence
from runas_properties.oracle.oracle import observed

__all__ = ["first_departure", "laws_broken", "sentences", "story"]


def first_departure(steps: Sequence[Step], results: Sequence[Result | None], reading: Reading) -> int | None:
    """The place of the first step at which a result is not accepted; None where all are."""
    for place, (answered, got) in enumerate(zip(walk(steps, reading), results, strict=True)):
        if got is not None and not accepts(answered.accepted, got):
            return place
    return None


@checked
def story(steps: Sequence[Step], results: Sequence[Result | None], reading: Reading) -> str:
    """The case up to the first result that is not accepted, in lines; all of it where there is none."""
    lines = [f"Reading {reading_in_words(reading)}:"]
    walked = zip(walk(steps, reading), results, strict=True)
    for number, (answered, got) in enumerate(walked, start=1):
        lines.append(f"  {number}. {_sentence(answered.step)}")
        if got is not None and not accepts(answered.accepted, got):
            lines += [f"  expected: {answered.accepted}", f"  got:      {got}", *_why(answered, reading)]
            lines += laws_in_lines(laws_broken(steps[:number], results, reading))
            break
    return "\n".join(map(readable_text, lines))


def sentences(steps: Sequence[Step]) -> tuple[str, ...]:
    """What is asked in a case, a sentence for each step."""
    return tuple(map(_sentence, steps))


def _sentence(step: Step) -> str:
    if step["operation"] in OPERATIONS:
        return sentence(call_of(step))
    if step["operation"] == DECIDE:
        on = Switch(step["run_as_enabled"])
        tag = "not tagged" if step["tag"] is None else f"tagged {step['tag']!r}"
        default = "no default OS user" if step["default_user"] is None else f"default OS user {step['default_user']!r}"
        users = (
            ", ".join(f"{user['name']!r} ({user['uid']}:{user['gid']})" for user in step["os_users"]) or "no OS users"
        )
        facts = f"Run As {on}, {tag}, {default}; on the {step['platform']} instance: {users}"
        return f"{facts}. Which user does the session run as?"
    if step["operation"] == LIST_SESSIONS:
        return "Which sessions are running?"
    return f"Which OS users are on {step['instance']}?"


def _why(answered: Answered, reading: Reading) -> Iterator[str]:
    """What decided, or what the operation or the look is about."""
    if answered.decision is not None and answered.situation is not None:
        rule = RULES[answered.decision.rule]
        yield f"  decided by {rule.id} ({', '.join(rule.clauses)}): {rule.title}"
        yield f"  because: {tell_facts(answered.situation)}"
        if (t := answered.transition) is not None:
            whose_default = tell_whose_default(t.before, t.asked, answered.situation, reading)
            yield from (f"  {whose}" for whose in (tell_whose_tag(t.before, t.asked), whose_default) if whose)
    elif answered.transition is not None:
        operation = OPERATIONS[answered.transition.operation]
        clauses = f" ({', '.join(operation.clauses)})" if operation.clauses else ""
        yield f"  {operation.id}{clauses}: {operation.title}"


def laws_broken(steps: Sequence[Step], results: Sequence[Result | None], reading: Reading) -> tuple[str, ...]:
    """The ids of the laws that the result of the last of `steps` breaks, as far as it can be seen."""
    walked = list(walk(steps, reading))
    last, got = walked[-1], results[len(walked) - 1]
    assert got is not None
    if last.situation is not None and last.decision is not None and got.kind in ("started_as", "refused"):
        os_user, told = (value if isinstance(value, str) else None for value in (got.started_as, got.refused))
        seen = decision_seen(last.decision, os_user, told)
        if broken_here := tuple(law.id for law in broken_by(seen, last.situation, reading)):
            return broken_here
    operations = [answered.transition for answered in walked if answered.transition is not None]
    if not operations:
        return ()
    t = operations[-1]
    sessions = {str(at[1]): str(t.after.sessions[at].os_user) for at in t.after.sessions}
    users = {str(place): list(map(str, t.after.os_users.under(place))) for place in t.after.os_users.rows}
    if isinstance(got.sessions, dict):
        sessions = got.sessions
    elif isinstance(got.os_users, list):
        users[last.step["instance"]] = got.os_users
    outcome = outcome_of(got) if last.transition is not None else None
    seen_transition = observed(t, outcome or expected_outcome(t), sessions, users)
    return tuple(dict.fromkeys(law.id for law, _ in broken(seen_transition, thorough=True)))
