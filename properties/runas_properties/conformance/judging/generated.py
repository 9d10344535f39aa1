"""Random cases after the vectors: Hypothesis makes them, the target answers, and the first that departs is made short.

Needs Hypothesis (`runas-spec[testing]`).
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations, count, islice
from zlib import crc32

import attrs
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from runas_model.doors import Count, Seconds, checked
from runas_model.specification.nouns import Noun
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.vocabulary import RUN_AS_TAG
from runas_properties.conformance.judging.dealing import Deck
from runas_properties.conformance.judging.running import ask
from runas_properties.conformance.judging.stories import first_departure
from runas_properties.conformance.protocol.cases import DECIDE, Level, Step, call_of, question, step_of, watched
from runas_properties.conformance.protocol.messages import VERSION
from runas_properties.conformance.protocol.results import Result
from runas_properties.conformance.protocol.version_1 import can_be_asked
from runas_properties.conformance.targets.target import CaseError, NotAsked, Target
from runas_properties.oracle.relevance import relevant
from runas_properties.stateful.strategies import situations
from runas_properties.stateful.walks import traces

__all__ = ["Failure", "Tried", "cases", "cases_of", "try_cases"]

STEPS = 30
"""Operations in a generated case, at the most, after those that set the scene."""
BATCH = 25
"""Cases that Hypothesis makes at once, from a seed of their own."""
DEALT: dict[Level, int] = {"service": 9, "decision": 29}
"""Scenarios that are dealt after each of them."""

SAME = (("account",), ("principal",), ("instance",))
"""Fields of which a simpler case has fewer values."""


@attrs.frozen
class Failure:
    """A case to which the target does not answer as it should: what it answered, or the error that came instead."""

    steps: tuple[Step, ...]
    results: tuple[Result | None, ...] = ()
    error: str = ""


@attrs.frozen
class Tried:
    """How many cases and steps were tried, and the first failure, made as short as can be.

    Where that was broken off, `interrupted_by` is what was raised, and a failure may be longer than it need be.
    """

    cases: int
    steps: int
    seconds: float
    failure: Failure | None
    interrupted_by: KeyboardInterrupt | None = None


def cases(level: Level, reading: Reading, nouns: Collection[Noun] = ()) -> st.SearchStrategy[tuple[Step, ...]]:
    """Cases of a level: situations, or whole traces, which speak of some nouns, with a look at what they leave."""
    if level == "decision":
        return situations().map(lambda s: (question(s),))
    drawn = traces(STEPS, (reading,), nouns=nouns)
    return drawn.map(lambda trace: watched([step_of(call) for call in trace.calls]))


def cases_of(
    level: Level, reading: Reading, number: int, nouns: Collection[Noun] = (), protocol: int = VERSION
) -> Iterator[tuple[Step, ...]]:
    """The cases of a seed, without end, that a version of the protocol can ask."""
    every = _cases_of(level, reading, number, nouns)
    return every if protocol == VERSION else filter(can_be_asked, every)


def _cases_of(level: Level, reading: Reading, number: int, nouns: Collection[Noun]) -> Iterator[tuple[Step, ...]]:
    """One that Hypothesis makes, then some that are dealt."""
    deck = Deck(level, str(number), nouns)
    for batch in count():
        for steps in _made(cases(level, reading, nouns), f"{number}-{batch}"):
            yield steps
            for _ in range(DEALT[level]):
                yield deck.deal()


def _made(strategy: st.SearchStrategy[tuple[Step, ...]], batch_seed: str) -> list[tuple[Step, ...]]:
    """A batch of cases that Hypothesis makes from a seed."""
    made: list[tuple[Step, ...]] = []

    @seed(batch_seed)
    @settings(
        max_examples=BATCH,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def batch(steps: tuple[Step, ...]) -> None:
        made.append(steps)

    batch()
    return made


@checked
def try_cases(
    target: Target,
    reading: Reading,
    *,
    number: int = 0,
    examples: Count | None = None,
    seconds: Seconds | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Tried:
    """Try as many cases as `examples` says, or for so many `seconds`, but one in any time, or until interrupted.

    They speak of the nouns that the target offers, and of no others, in the version of the protocol that it speaks;
    `number` is the seed.
    """
    began = time.monotonic()
    tried = asked = 0
    failure: Failure | None = None
    interruption: KeyboardInterrupt | None = None
    try:
        about = target.about
        for steps in islice(cases_of(about.level, reading, number, about.nouns, about.protocol), examples):
            if failure is not None or (tried and seconds is not None and time.monotonic() - began >= seconds):
                break
            failure = _failure(target, reading, steps)
            tried += 1
            asked += len(steps)
            progress(tried)
        if failure is not None:
            failure = _shortened(target, reading, failure)
    except KeyboardInterrupt as caught:
        interruption = caught
    return Tried(tried, asked, round(time.monotonic() - began, 3), failure, interruption)


def _failure(target: Target, reading: Reading, steps: Sequence[Step]) -> Failure | None:
    """The failure of a target in a case, with the steps up to it; None if it has none. Raises `NotAsked`."""
    try:
        results = ask(target, f"generated-{crc32(repr(steps).encode()):08x}", steps)
    except NotAsked:
        raise
    except CaseError as error:
        return Failure(tuple(steps), error=str(error))
    if any(result is not None and result.kind == "skipped" for result in results):
        return None
    departed = first_departure(steps, results, reading)
    if departed is None:
        return None
    return Failure(tuple(steps[: departed + 1]), results[: departed + 1])


def _shortened(target: Target, reading: Reading, failure: Failure) -> Failure:
    """The same failure in as few steps as can be, and the question as simple."""

    def still(steps: Sequence[Step]) -> Failure | None:
        try:
            found = _failure(target, reading, steps)
        except NotAsked:
            return None
        return found if found is not None and bool(found.error) == bool(failure.error) else None

    shortest = still(_relevant(failure.steps, reading)) or failure
    while shorter := next(filter(None, map(still, _simpler(shortest.steps))), None):
        shortest = shorter
    return shortest


def _relevant(steps: Sequence[Step], reading: Reading) -> Sequence[Step]:
    """The steps that the last one depended on, as the specification has it, where that is an operation."""
    if steps[-1]["operation"] not in OPERATIONS:
        return steps
    calls = [call_of(step) for step in steps if step["operation"] in OPERATIONS]
    return [step_of(call) for call in relevant(calls, reading)]


def _simpler(steps: Sequence[Step]) -> Iterator[Sequence[Step]]:
    """The case without half of its steps, without one, without two; with one account, principal or instance less.

    Or without an argument that may be left out; a question without one thing that it says.
    """
    if steps[0]["operation"] == DECIDE:
        yield from ((question,) for question in _simpler_questions(steps[0]))
        return
    *before, last = steps
    some = len(before) // 2
    while some > 1:
        yield from ((*before[:at], *before[at + some :], last) for at in range(0, len(before), some))
        some //= 2
    for number in (1, 2):
        for left_out in combinations(reversed(range(len(before))), number):
            yield (*(step for at, step in enumerate(before) if at not in left_out), last)
    for name in dict.fromkeys(name for operation in OPERATIONS.values() for name in operation.left_out):
        shorter = [_without(name, step) for step in steps]
        if shorter != list(steps):
            yield shorter
    for fields in SAME:
        first, *others = dict.fromkeys(step[field] for step in steps for field in fields if field in step) or ("",)
        for other in others:
            yield [{name: first if name in fields and value == other else value for name, value in step.items()}
                   for step in steps]  # fmt: skip


def _without(name: str, step: Step) -> Step:
    """The step without an argument, if that may be left out."""
    operation = OPERATIONS.get(step["operation"])
    if operation is None or name not in operation.left_out:
        return step
    return {argument: value for argument, value in step.items() if argument != name}


def _simpler_questions(asked: Step) -> Iterator[Step]:
    users = asked["os_users"]
    yield from ({**asked, "os_users": [*users[:one], *users[one + 1 :]]} for one in range(len(users)))
    if asked["tag"] is not None:
        yield {**asked, "tag": None, "tag_key": None}
    if asked["tag_key"] not in (None, RUN_AS_TAG):
        yield {**asked, "tag_key": RUN_AS_TAG}
    if asked["default_user"] is not None:
        yield {**asked, "default_user": None}
    if asked["platform"] != "linux":
        yield {**asked, "platform": "linux"}
