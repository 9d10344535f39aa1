"""Whether an implementation of the decision is the specification's: proved, refuted, or not provable."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from textwrap import shorten
from types import FunctionType
from typing import Any, TypeVar

import attrs
import msgspec

from runas_model.doors import checked
from runas_model.facts.compiled import decide
from runas_model.specification.readings import Reading, all_readings, name_of
from runas_properties.conformance.judging.running import Observed, ask, followed, observe
from runas_properties.conformance.judging.stories import sentences, story
from runas_properties.conformance.protocol.cases import Step, situation_asked
from runas_properties.conformance.protocol.messages import VERSION
from runas_properties.conformance.protocol.results import Result, accepts
from runas_properties.conformance.targets.target import CaseError, PythonTarget
from runas_properties.conformance.vectors.making import make_vector
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.following.answers import Answer, accepted_of, agree, answer_of, is_instance
from runas_properties.following.hints import names_near
from runas_properties.following.interpreter import Interpreter
from runas_properties.following.limits import Limits
from runas_properties.following.paths import NotFollowed, Path, paths_of
from runas_properties.following.questions import OpenQuestion, decided, long_questions, others_added, questions_with
from runas_properties.following.replaying import Told, first_difference, telling
from runas_properties.following.shrinking import shortest, size
from runas_properties.following.sources import constants_near
from runas_properties.following.verdicts import ASSUMED, Ending, Place, Verdict

__all__ = ["LONG", "prove"]

STYLES = range(4)
"""In how many ways each path is also run, with names and numbers that are known."""
LONG = 40
"""How many OS users are added to an example of each path, to see that a longer list makes no difference."""
LONGEST = 1_000
"""How many OS users are in a list at most that is only tried, where the source has a number of about that size."""
NEAR = 4
"""How many examples of each path, and of how many, have names that occur near the code."""
LONGEST_TOLD = 400
"""How much of a question is told that has no answer in time."""
COUNTEREXAMPLE = "counterexample"

Progress = Callable[[str], None]
T = TypeVar("T")


class Stopped(Exception):
    """The verdict is found."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.ending.value)
        self.verdict = verdict


@attrs.frozen
class _Run:
    """What came of following the code on a path: also the value of each expression, and the functions called."""

    question: OpenQuestion
    answer: Answer
    told: Sequence[Told]
    functions: Sequence[FunctionType]


@checked
def prove(
    target: PythonTarget,
    reading: Reading | None = None,
    limits: Limits | None = None,
    progress: Progress = lambda told: None,
) -> Verdict:
    """What can be said of a target under a reading, under the one that it declares, or under whichever it follows.

    First it is asked every vector; what it answers wrongly refutes it. If it is a function of one question, its source
    is then followed on all questions within the limits, and examples of each path are put to the function itself.
    """
    began = time.perf_counter()
    try:
        _Proving(target, reading or target.about.reading, limits or Limits(), progress).run()
    except Stopped as stopped:
        return msgspec.structs.replace(stopped.verdict, seconds=round(time.perf_counter() - began, 3))
    raise AssertionError("what is proved, refuted or not provable has a verdict")


class _Proving:
    def __init__(self, target: PythonTarget, given: Reading | None, limits: Limits, progress: Progress) -> None:
        self.target, self.given, self.limits, self.progress = target, given, limits, progress
        self.reading = given
        self.names = names_near(target.made)
        self.paths = self.runs = self.os_users = self.turn = 0

    def run(self) -> None:
        """Find the verdict. Raises `Stopped` with it."""
        if self.target.about.protocol != VERSION:
            spoken = f"it speaks version {self.target.about.protocol} of the protocol"
            self.stop(Ending.NOT_PROVABLE, why=f"{spoken}, and proofs are of the questions of version {VERSION}")
        self.reading = self.asked_vectors()
        if self.target.about.level == "service":
            why = "no vector refutes it, but only a function of one question can be followed: this is an object with "
            self.stop(Ending.NOT_PROVABLE, why=f"{why}apply(step), which keeps a state")
        try:
            for count in range(self.limits.os_users + 1):
                self.follow(count, self.reading)
        except NotFollowed as stop:
            place = None if stop.place is None else Place(_near(stop.place[0]), stop.place[1])
            self.stop(Ending.NOT_PROVABLE, why=f"no vector refutes it, but it cannot be followed: {stop}", place=place)
        long = long_questions(constants_near(self.target.made), self.limits.os_users + 1, LONGEST)
        for asked in (*questions_with(self.names), *long):
            if not self.is_accepted(asked, self.reading):
                self.refute(asked, self.reading)
        self.stop(Ending.PROVED, assumed=ASSUMED)

    def stop(self, ending: Ending, **more: Any) -> None:
        """Raises `Stopped` with the verdict."""
        if self.reading is not None:
            more["reading"] = name_of(self.reading)
        more |= {"os_users": self.os_users, "paths": self.paths, "runs": self.runs}
        raise Stopped(Verdict(ending, self.target.about.name, given=self.given is not None, **more))

    def asked_vectors(self) -> Reading:
        """Ask every vector twice, in both orders; the one reading that accepts all answers.

        No two readings accept the same answers to all vectors.
        """
        first = list(self._noted(observe(self.target, vectors())))
        if skipped := next((one for one in first if one.skipped), None):
            self.stop(Ending.NOT_PROVABLE, why=f"it skips a vector: {skipped.skipped}", id=skipped.vector.id)
        readings = all_readings() if self.given is None else [self.given]
        possible = [reading for reading in readings if all(reading in one.follows for one in first)]
        if not possible:
            self.reading = self.given or followed(first)
            self.refute_by_vector([one for one in first if self.reading not in one.follows], self.reading)
        self.check_again(first[::-1])
        (reading,) = possible
        return reading

    def check_again(self, several: Sequence[Observed]) -> None:
        """Ask vectors once more: what answers them otherwise now is not provable."""
        for one, again in zip(several, self._noted(observe(self.target, [one.vector for one in several])), strict=True):
            if (one.results, one.error) != (again.results, again.error):
                why = f"it answers one question in two ways: {_told(one)}; then {_told(again)}"
                self.stop(Ending.NOT_PROVABLE, why=why, id=one.vector.id)

    def _noted(self, observed: Iterable[Observed]) -> Iterator[Observed]:
        began = time.perf_counter()
        for one in observed:
            self.runs += 1
            self.progress(f"{self.runs:,} answers to vectors")
            self.check_time(began, one.vector.steps, id=one.vector.id)
            yield one
            began = time.perf_counter()

    def check_time(self, began: float, steps: Sequence[Step], **more: Any) -> None:
        """Stop where a question took all of the time that there is: how long an answer takes makes it no other."""
        if time.perf_counter() - began >= self.target.seconds:
            asked = shorten(" ".join(sentences(steps)), LONGEST_TOLD)
            why = f"it gave no answer within {self.target.seconds:g} s to: {asked}"
            self.stop(Ending.NOT_PROVABLE, why=why, **more)

    def refute_by_vector(self, wrong: Sequence[Observed], reading: Reading) -> None:
        """Refuted by the shortest of the vectors that are answered wrongly; a question is made shorter still."""
        questions = [one for one in wrong if one.vector.level == "decision"]
        if questions:
            self.refute(min((one.vector.steps[0] for one in questions), key=size), reading)
        least = min(wrong, key=lambda one: len(one.vector.steps))
        self.check_again([least])
        told = story(least.vector.steps, least.results, reading) if least.results else ""
        self.stop(Ending.REFUTED, id=least.vector.id, vector=least.vector, answer=_told(least), story=told)

    def refute(self, question: Step, reading: Reading) -> None:
        """Refuted by a question, made as short as it can be while the answer to it is wrong."""
        if self.is_accepted(question, reading):
            self.stop(Ending.NOT_PROVABLE, why=f"it answers one question in two ways: {sentences([question])[0]}")
        question = shortest(question, lambda one: not self.is_accepted(one, reading))
        result, error = self.answered(question)
        known = next((vector for vector in vectors("decision") if vector.steps[0] == question), None)
        made = known or make_vector(COUNTEREXAMPLE, [question], [], title="The shortest counterexample found.")
        told = story([question], [result], reading) if result is not None else ""
        known_id = "" if known is None else known.id
        self.stop(Ending.REFUTED, id=known_id, vector=made, answer=error or str(result), story=told)

    def answered(self, question: Step) -> tuple[Result | None, str]:
        """What the function itself answers, or what went wrong."""
        self.runs += 1
        began = time.perf_counter()
        try:
            (result,), error = ask(self.target, COUNTEREXAMPLE, [question]), ""
        except CaseError as caught:
            result, error = None, str(caught)
        self.check_time(began, [question])
        return result, error

    def is_accepted(self, question: Step, reading: Reading) -> bool:
        """Whether the function answers a question as the specification does."""
        result, _ = self.answered(question)
        return result is not None and accepts(accepted_of(decide(situation_asked(question), reading)), result)

    def follow(self, count: int, reading: Reading) -> None:
        """Follow the function on all questions with so many OS users."""
        self.os_users = count
        deadline = time.perf_counter() + self.limits.seconds
        for path, (run, agrees) in paths_of(lambda path: self._followed(path, count, reading)):
            self.paths += 1
            self.progress(f"{self.paths:,} paths followed, {count} OS users")
            if self.paths > self.limits.paths:
                raise NotFollowed(f"it has more than {self.limits.paths:,} paths")
            if time.perf_counter() > deadline:
                raise NotFollowed(f"it takes longer than {self.limits.seconds:g} s")
            self.confirm(path, run, reading)
            if not agrees:
                raise NotFollowed("on a path it seems to depart from the specification, but no example of it does")

    def _followed(self, path: Path, count: int, reading: Reading) -> tuple[_Run, bool]:
        question, interpreter = OpenQuestion(count), Interpreter(path)
        question.assume(path)
        try:
            answer = answer_of(interpreter, self.target.made, question)
        except NotFollowed:
            self.try_examples(path, question, reading)
            raise
        run = _Run(question, answer, tuple(interpreter.told), tuple(interpreter.functions))
        return run, agree(answer, decided(question, reading, path), path)

    def try_examples(self, path: Path, question: OpenQuestion, reading: Reading) -> None:
        """Put to the function itself what may refute it, where it cannot be followed."""
        on_path = (known for known, _ in self.examples(path, question))
        for asked in (*on_path, *questions_with([*constants_near(self.target.made), *self.names])):
            if not self.is_accepted(asked, reading):
                self.refute(asked, reading)

    def examples(self, path: Path, question: OpenQuestion) -> Iterator[tuple[Step, Mapping[Any, Any]]]:
        """Questions that take a path: some plain, some with names that occur near the code, others on each path."""
        for style in STYLES:
            yield from _given(question.example(path, style))
        if self.names:
            for _ in range(NEAR):
                self.turn = (self.turn + 1) % len(self.names)
                named = [*self.names[self.turn :], *self.names[: self.turn]][:NEAR]
                yield from _given(question.example(path, names=named))

    def confirm(self, path: Path, run: _Run, reading: Reading) -> None:
        """Put examples of a path to the function itself: it must do what following it did, and what is accepted."""
        examples = list(self.examples(path, run.question))
        if not examples:
            raise NotFollowed("of a path no example is found")
        longer = others_added(examples[0][0], LONG)
        for asked in (*(known for known, _ in examples), longer):
            if not self.is_accepted(asked, reading):
                self.refute(asked, reading)
        for known, values in examples:
            told: list[Told] = []
            with telling(run.functions, told.append):
                result, error = self.answered(known)
            if difference := first_difference(run.told, told, values):
                raise NotFollowed(*difference)
            if not is_instance(result, run.answer, values):
                raise NotFollowed(f"the function itself gives {error or result}, other than following it")


def _given(example: T | None) -> Iterator[T]:
    if example is not None:
        yield example


def _told(one: Observed) -> str:
    return one.error or "; ".join(str(result) for result in one.results if result is not None)


def _near(file: str) -> str:
    near = os.path.relpath(file)
    return file if near.startswith("..") else near
