"""A few simple cases, which tell a faulty adapter from a faulty implementation."""

from collections.abc import Iterator, Mapping, Sequence

import attrs

from runas_model.doors import checked
from runas_model.specification.nouns import Noun
from runas_model.specification.vocabulary import PREFERENCES, RUN_AS_TAG, PrincipalKind
from runas_properties.conformance.judging.running import ask, lacking, steps_for
from runas_properties.conformance.judging.words import Listening
from runas_properties.conformance.protocol.cases import Step, needs_of, step_of
from runas_properties.conformance.protocol.results import Result
from runas_properties.conformance.targets.target import CaseError, Target
from runas_properties.stateful.calls import instance, principal, run_as, start, tag, user

__all__ = ["NOUN_CASES", "PLAIN_CASES", "Answer", "Plain", "Smoke", "smoke_test"]


@attrs.frozen
class Plain:
    """A question that every implementation answers alike, under every reading; None is a refusal.

    `hint` says where an adapter may cause a wrong answer although nothing else tells. `step` is the question, or the
    start of a session after operations; then `noun` is the one that they speak of.
    """

    id: str
    title: str
    step: Step
    started_as: str | None
    hint: str = ""
    before: tuple[Step, ...] = ()
    noun: Noun | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*self.before, self.step)


def _question(**changed: object) -> Step:
    users = [{"name": name, "uid": number, "gid": number} for name, number in (("alice", 2001), ("ops", 2002))]
    plain = {
        "run_as_enabled": True,
        "default_user": None,
        "tag": None,
        "tag_key": RUN_AS_TAG if "tag" in changed else None,
        "platform": "linux",
        "os_users": users,
    }
    return {"operation": "decide", **plain, **changed}


PLAIN_CASES = (
    Plain("off", "Run As is off.", _question(run_as_enabled=False, tag="alice", default_user="ops"), "ssm-user"),
    Plain(
        "tag",
        "The tag names alice, the preferences ops; both exist.",
        _question(tag="alice", default_user="ops"),
        "alice",
    ),
    Plain("default", "Not tagged; the preferences name ops, who exists.", _question(default_user="ops"), "ops"),
    Plain(
        "tag-alone", "The tag names alice, who exists; the preferences name nobody.", _question(tag="alice"), "alice"
    ),
    Plain("missing", "The tag names ghost, who does not exist.", _question(tag="ghost"), None),
    Plain("nobody", "Neither the tag nor the preferences name anybody.", _question(), None),
    Plain(
        "unreadable",
        "The preferences cannot be read.",
        _question(run_as_enabled="unreadable", tag="alice", default_user="ops"),
        None,
        'Does the adapter pass on run_as_enabled as it is: true, false or "unreadable"?',
    ),
)


PEOPLE = (step_of(principal()), step_of(instance()), step_of(user("alice")), step_of(user("ops")))
OPS, ALICE, STARTED = step_of(run_as(True, "ops")), step_of(run_as(True, "alice")), step_of(start(1))
REGION, DOCUMENT = {"region": "eu-west-1"}, {"document": "Run-As-Alice"}
ROLE = {"principal": "ops-role", "role_session": "amy@ops-role"}

NOUN_CASES: Mapping[Noun, Plain] = {
    Noun.REGIONS: Plain(
        "regions",
        "The preferences name ops in one Region, and alice in that of the instance.",
        STARTED,
        "alice",
        "Does the adapter pass on region, and take us-east-1 where a step has none?",
        (*({**step, **REGION} if "platform" in step else step for step in PEOPLE), {**ALICE, **REGION}, OPS),
        Noun.REGIONS,
    ),
    Noun.ROLES: Plain(
        "roles",
        "The tag of a role names ops, and that of a role session alice.",
        {**STARTED, **ROLE},
        "alice",
        "Does the adapter pass on role_session, and the tags with which a role is assumed?",
        (
            step_of(principal(ROLE["principal"], kind=PrincipalKind.ROLE)),
            *PEOPLE[1:],
            step_of(run_as(True)),
            step_of(tag("ops", name=ROLE["principal"])),
            {"operation": "assume_role_with_tag", **ROLE, "key": RUN_AS_TAG, "value": "alice", "transitive": False},
        ),
        Noun.ROLES,
    ),
    Noun.DOCUMENTS: Plain(
        "documents",
        "The preferences name ops; the session names a document that names alice.",
        {**STARTED, **DOCUMENT},
        "alice",
        "Does the adapter pass on document, and take SSM-SessionManagerRunShell where a step has none?",
        (*PEOPLE, OPS, {**ALICE, **DOCUMENT, "operation": "put_document"}),
        Noun.DOCUMENTS,
    ),
    Noun.PARAMETERS: Plain(
        "parameters",
        "The default OS user of the preferences is ops, as a parameter; the session fills in alice.",
        {**STARTED, "parameter": "alice"},
        "alice",
        "Does the adapter pass on declares_parameter, and parameter where a step has one?",
        (*PEOPLE, {**OPS, "operation": "put_document", "document": PREFERENCES, "declares_parameter": True}),
        Noun.PARAMETERS,
    ),
}
"""A case for each noun, for whoever offers it: under every reading it is answered alike too."""


@attrs.frozen
class Answer:
    """What came to a plain case: the result, or what happened instead; and the lines exchanged, if there were any."""

    plain: Plain
    steps: Sequence[Step]
    result: Result | None
    error: str = ""
    exchange: tuple[str, str] = ("", "")

    @property
    def is_right(self) -> bool:
        if self.result is None:
            return False
        if self.plain.started_as is None:
            return self.result.kind == "refused"
        return self.result.started_as == self.plain.started_as


@attrs.frozen
class Smoke:
    """The answers, and the problems found in the adapter or in the implementation behind it.

    `warnings` are of reasons that the specification does not know.
    """

    answers: tuple[Answer, ...]
    adapter: tuple[str, ...]
    implementation: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    @property
    def adapter_is_right(self) -> bool:
        return not self.adapter


@checked
def smoke_test(target: Target) -> Smoke:
    """Run the simple cases, one of them twice, and return the problems found; closes the target.

    There is one more for each noun that the target offers, with those that its case speaks of besides: the adapter is
    at fault where it gets no answer. A case for which the target's version of the protocol has no words is left out.
    """
    listening, nouns = Listening(target), target.about.nouns
    every = (*PLAIN_CASES, *(NOUN_CASES[noun] for noun in nouns))
    asked = [one for one in every if not lacking(target.about, one.steps, needs_of(one.steps))]
    answers = tuple(_ask(target, plain, listening) for plain in asked)
    again = _ask(target, PLAIN_CASES[1], listening)
    target.close()
    adapter = [*_of_adapter(answers)]
    if not adapter and again.result != answers[1].result:
        adapter.append(
            f"the case {answers[1].plain.id!r} was sent twice: {_told(answers[1])}, then {_told(again)}. "
            "Each case starts from an empty state; does the adapter keep state between cases?"
        )
    if getattr(target, "was_forced", False):
        adapter.append("it did not exit after stop: exit then, or when standard input is closed")
    wrong = [_wrong(one) for one in answers if not one.is_right]
    return Smoke(answers, tuple(adapter), () if adapter else tuple(wrong), listening.warnings)


def _ask(target: Target, plain: Plain, listening: Listening) -> Answer:
    steps = steps_for(target, plain.steps)
    result, error = None, ""
    try:
        results = ask(listening, f"smoke-{plain.id}", plain.steps)
        result = _refused_step(results) or results[-1]
        error = f"{result.skipped}" if result is not None and result.kind == "skipped" else ""
    except CaseError as failed:
        error = str(failed)
    return Answer(plain, steps, result, error, getattr(target, "exchange", ("", "")))


def _refused_step(results: Sequence[Result | None]) -> Result | None:
    """The result of the first operation before the start that failed or was left out, if any did."""
    return next((one for one in results[:-1] if one is not None and one.kind in ("failed", "skipped")), None)


def _wrong(answer: Answer) -> str:
    """What is wrong with an answer, and where the adapter may have caused it."""
    plain = answer.plain
    return f"{plain.title} Expected {_wanted(plain)}, got {_told(answer)}. {plain.hint}".rstrip()


def _of_adapter(answers: Sequence[Answer]) -> Iterator[str]:
    """What is wrong with the adapter, as far as the answers tell."""
    by_id = {answer.plain.id: answer for answer in answers}
    for answer in answers:
        if answer.error:
            yield f"the case {answer.plain.id!r} was not answered: {answer.error}{_offered(answer)}"
        elif answer.result is not None and answer.result.kind not in ("started_as", "refused"):
            asks = f"the case {answer.plain.id!r} asks which user a session runs as"
            yield f"{asks}; the answer was {answer.result}{_offered(answer)}"
    if any(answer.error for answer in answers):
        return
    given = {answer.plain.id: _name(answer) for answer in answers if answer.plain.noun is None}
    if len({*given.values()}) == 1:
        yield f"every answer is the same, {_told(answers[0])}: does the adapter pass on the question?"
        return
    if (given["tag"], given["tag-alone"], given["default"]) == ("ops", "alice", "ops"):
        yield "the tag and the preferences' OS user seem to be swapped"
    if (given["tag"], given["default"]) == (None, None) and given["off"] == "ssm-user":
        yield "no OS user is ever found: does the adapter pass on os_users?"
    if given["off"] == given["tag"] == "alice":
        yield "Run As off makes no difference: does the adapter pass on run_as_enabled?"
    if (given["tag"], given["tag-alone"], given["default"]) == ("ops", None, "ops"):
        yield "the tag makes no difference: does the adapter pass on tag?"
    if given["default"] is None and given["tag"] == "alice":
        yield "the preferences' OS user makes no difference: does the adapter pass on default_user?"
    for id, wanted in (("tag", "alice"), ("default", "ops")):
        name = given[id]
        if name not in (wanted, "alice", "ops", "ssm-user", None):
            yield f"{_told(by_id[id])}, but there is no such OS user: return the name exactly as it is on the instance"


def _offered(answer: Answer) -> str:
    """What to do where nothing comes of a noun that was offered."""
    noun = answer.plain.noun
    return f"; it offers {noun.value}: does the implementation have them, and the adapter pass them on?" if noun else ""


def _name(answer: Answer) -> str | None:
    name = answer.result.started_as if answer.result is not None else None
    return name if isinstance(name, str) else None


def _told(answer: Answer) -> str:
    return str(answer.result) if answer.result is not None else answer.error


def _wanted(plain: Plain) -> str:
    return "refused" if plain.started_as is None else f"started as {plain.started_as!r}"
