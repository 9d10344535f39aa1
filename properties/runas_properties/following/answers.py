"""What the code under test gives on a path, and whether that is what the specification decides there."""

from collections.abc import Mapping
from typing import Any

import attrs

from runas_model.specification.vocabulary import Decision
from runas_properties.conformance.protocol.results import Accepted, Result, accepts
from runas_properties.following.interpreter import Interpreter
from runas_properties.following.knowledge import Text
from runas_properties.following.paths import NotFollowed, Path
from runas_properties.following.questions import OpenQuestion
from runas_properties.following.values import Dict, Raised, Stripped

__all__ = ["Answer", "accepted_of", "agree", "answer_of", "is_instance"]


@attrs.frozen
class Answer:
    """What the code under test gives on a path: a name, or None for a refusal with its reason; or no answer at all."""

    started_as: Any = None
    reason: str | None = None
    fails: bool = False


def answer_of(interpreter: Interpreter, function: Any, question: OpenQuestion) -> Answer:
    """What the code under test gives on a path. Raises `NotFollowed` for an answer that is none for sure."""
    try:
        value = interpreter.on.settled(interpreter.call(function, [question.asked()], {}))
    except Raised:
        return Answer(fails=True)
    if value is None or type(value) is str or type(value) is Text:
        return Answer(value)
    if type(value) is Dict and len(value.entries) == 1:
        key, of = (interpreter.on.settled(part) for part in value.entries[0])
        if key == "started_as" and (type(of) is str or type(of) is Text):
            return Answer(of)
        if key == "refused" and (of is None or type(of) is str):
            return Answer(None, of)
    if type(value) is Stripped:
        raise NotFollowed("the answer is a name without the characters at its ends")
    return Answer(fails=True)


def agree(answer: Answer, decision: Decision, path: Path) -> bool:
    """Whether an answer is what the specification accepts, on all of a path; the path forks where that depends."""
    if answer.fails:
        return False
    if not decision.starts:
        return answer.started_as is None and accepts(accepted_of(decision), Result(refused=answer.reason))
    wanted: Any = decision.os_user
    return answer.started_as is not None and path.same(answer.started_as, getattr(wanted, "text", wanted))


def accepted_of(decision: Decision) -> Accepted:
    """What is accepted where the specification decides so."""
    if decision.starts:
        return Accepted(started_as=str(decision.os_user))
    assert decision.reason is not None
    return Accepted(refused=decision.reason.value)


def is_instance(result: Result | None, answer: Answer, values: Mapping[Any, Any]) -> bool:
    """Whether what the function gave is what following it gave, with these values for what is not known."""
    if result is None or answer.fails:
        return result is None and answer.fails
    if answer.started_as is None:
        return result == Result(refused=answer.reason)
    return result == Result(started_as=values.get(answer.started_as, answer.started_as))
