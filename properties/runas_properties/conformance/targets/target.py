"""What the kit can drive: a target answers cases. One in Python is called; `commands` has one that is a process."""

import importlib
import inspect
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from typing import Annotated, Any, Protocol

import msgspec

from runas_model.doors import checked
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import Reading
from runas_properties.conformance.protocol.cases import Level, Step, asks, is_decided
from runas_properties.conformance.protocol.messages import VERSION, About, declared, known_version, offered
from runas_properties.conformance.protocol.results import ERROR_NAMES, Result, result_of

__all__ = [
    "Target",
    "PythonTarget",
    "CaseError",
    "NotAsked",
    "Unusable",
    "SECONDS",
    "SECONDS_TO_START",
    "aligned",
    "load",
    "told",
]

KIT = os.path.join(os.path.dirname(os.path.dirname(__file__)), "")
"""The folder of our own code."""

SECONDS = 10.0
"""How long a case may take, unless told otherwise."""
SECONDS_TO_START = 30.0
"""How long an implementation may take to start, at the least."""
Limit = Annotated[float, msgspec.Meta(ge=0)]
"""Seconds that something may take; 0 for no limit."""


class Unusable(Exception):
    """A target that cannot be driven at all, with the cause and what to do."""


class CaseError(Exception):
    """A case without an answer, with the cause."""


class NotAsked(CaseError):
    """A case that was not run, because the target failed too often."""


class TooLong(BaseException):
    """Time is up; not an Exception, which an implementation may catch."""


class Target(Protocol):
    """An implementation under test."""

    @property
    def about(self) -> About:
        """Name, version, language, level, declared reading, the nouns that it offers, and the version it speaks."""
        ...

    def run(self, id: str, steps: Sequence[Step]) -> Sequence[Result | None]:
        """The result of each step; None if it reports none for a step. Raises `CaseError` or `Unusable`."""
        ...

    def close(self) -> None:
        """Release its resources."""
        ...


def aligned(steps: Sequence[Step], results: Sequence[Result]) -> Sequence[Result | None]:
    """Results by step, where there is one for each, for each that asks, or for each start.

    Raises `CaseError` where there are neither.
    """
    if len(results) == len(steps):
        return results
    asking = [asks(step) for step in steps]
    starting = [is_decided(step) for step in steps]
    for chosen in (asking, starting):
        if len(results) == sum(chosen):
            given = iter(results)
            return [next(given) if wanted else None for wanted in chosen]
    raise CaseError(
        f"{len(results)} results; expected one for each of the {len(steps)} steps, "
        f"or for each of the {sum(asking)} steps that ask something"
    )


class PythonTarget:
    """An implementation in this process.

    `factory` returns a function that is called with a question (level `decision`), or an object whose `apply(step)` is
    called with each step (level `service`; then `factory` is called again for each case). The attribute `nouns` of
    what it returns says which nouns that offers, unless the argument does, and likewise `protocol` for which version of
    the protocol it was written, if not for the newest. Raises `Unusable` if it returns anything else, or there is no
    such noun or version; TypeError for an argument of a wrong kind, and ValueError for no `seconds`.
    """

    @checked
    def __init__(
        self,
        factory: Callable[[], Any],
        name: str,
        seconds: Limit = SECONDS,
        seconds_to_start: Limit | None = None,
        nouns: Collection[Noun] | None = None,
        protocol: int | None = None,
    ) -> None:
        self.factory, self.seconds = factory, seconds
        limit = max(seconds, SECONDS_TO_START) if seconds_to_start is None else seconds_to_start
        with _as_unusable(f"the factory {name}"), limited(limit):
            made = factory()
        level: Level = "service" if callable(getattr(made, "apply", None)) else "decision"
        if level == "decision" and not callable(made):
            raise Unusable(
                f"the factory {name} returned {made!r:.80}, of type {type(made).__name__}; it must return a function "
                "that decides a question, or an object with apply(step)"
            )
        self.made = made
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        speaks = _protocol(getattr(made, "protocol", VERSION) if protocol is None else protocol, name)
        reading = _reading(getattr(made, "reading", None), speaks, name)
        given = getattr(made, "nouns", None) if nouns is None else nouns
        self.about = About(name, level, "", f"Python {version}", reading, _nouns(given, level, speaks, name), speaks)

    def run(self, id: str, steps: Sequence[Step]) -> Sequence[Result | None]:
        with limited(self.seconds), redirect_stdout(sys.stderr):
            if self.about.level == "decision":
                return [_answer(self.made, step, starts=True) for step in steps]
            with _as_case_error():
                service = self.factory()
            return [_answer(service.apply, step, starts=step["operation"] == "start_session") for step in steps]

    def close(self) -> None:
        """Do nothing: there are no resources to release."""


def _protocol(given: Any, name: str) -> int:
    """The version of the protocol that what a factory made has as `protocol`."""
    try:
        return known_version(given)
    except ValueError as error:
        raise Unusable(f"the object that the factory {name} returned: {error}") from None


def _reading(given: Any, protocol: int, name: str) -> Reading | None:
    """The reading that what a factory made has as `reading`: a `Reading`, or a profile's name.

    A profile means what it did in the version of the protocol, by its name or as the constant.
    """
    if given is None:
        return None
    try:
        return declared(given if isinstance(given, Reading) else str(given), protocol)
    except ValueError as error:
        raise Unusable(f"the object that the factory {name} returned declares an {error}") from None


def _nouns(given: Any, level: Level, protocol: int, name: str) -> tuple[Noun, ...]:
    """The nouns that what a factory made has as `nouns`: some of `Noun`, or their names."""
    if given is None:
        return ()
    try:
        return offered([given] if isinstance(given, str) or not isinstance(given, Iterable) else given, level, protocol)
    except ValueError as error:
        raise Unusable(f"the nouns of the object that the factory {name} returned: {error}") from None


def _answer(function: Callable[[Step], Any], step: Step, starts: bool) -> Result:
    try:  # not with _as_case_error(), which takes longer than all else here
        return _plain(result_of(function(_decode(_encode(step))), starts))
    except (CaseError, TooLong, KeyboardInterrupt):
        raise
    except BaseException as error:
        if isinstance(error, Exception) and type(error).__name__ in ERROR_NAMES:
            return Result(failed=type(error).__name__)
        raise CaseError(told(error)) from error


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode
_decode_result = msgspec.json.Decoder(Result).decode


def _plain(result: Result) -> Result:
    """A result as its JSON has it: of the right types, and nobody else's to change."""
    return _decode_result(_encode(result))


@contextmanager
def _as_case_error() -> Iterator[None]:
    try:
        yield
    except (CaseError, TooLong, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise CaseError(told(error)) from error


@contextmanager
def _as_unusable(what: str) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        raise
    except CaseError as error:
        raise Unusable(f"{what} failed: {error}") from None
    except BaseException as error:
        hint = ""
        if isinstance(error, TypeError) and not _place(error):
            hint = (
                "; it is called without arguments: name a factory that returns your function, not the function itself"
            )
        raise Unusable(f"{what} failed: {told(error)}{hint}") from None


def _place(error: BaseException) -> str:
    """Where it was raised, in the code under test; blank where it was here."""
    at = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    outside = [(file, line) for file, line in at if not file.startswith((KIT, "<frozen "))]
    return f"{os.path.basename(outside[-1][0])}, line {outside[-1][1]}" if outside else ""


def told(error: BaseException) -> str:
    """What was raised and where, in a line."""
    place = _place(error)
    if isinstance(error, ValueError) and not place:
        return str(error)
    return f"{type(error).__name__}: {error}{f' ({place})' if place else ''}".replace("\n", " ")


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `CaseError` in what takes longer, where this system and thread have signals; elsewhere wait, as for 0."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: Any) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except TooLong:
        raise CaseError(f"no answer within {seconds:g} s") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@checked
def load(
    name: str,
    seconds: Limit = SECONDS,
    seconds_to_start: Limit | None = None,
    nouns: Collection[Noun] | None = None,
    protocol: int | None = None,
) -> PythonTarget:
    """The target named by `package.module:factory`, also found in the working directory. Raises `Unusable`.

    Where it may take some `seconds` for a case or to start, 0 stands for no limit.
    """
    module_name, _, factory_name = name.partition(":")
    if not module_name or not factory_name:
        raise Unusable(f"invalid target {name!r}: expected package.module:factory")
    if os.getcwd() not in sys.path and "" not in sys.path:
        sys.path.insert(0, os.getcwd())
    with _as_unusable(f"importing {module_name}"):
        module = importlib.import_module(module_name)
    factory: Any = module
    for part in factory_name.split("."):
        if not hasattr(factory, part):
            known = [one for one, value in inspect.getmembers(module, callable) if not one.startswith("_")]
            raise Unusable(f"{module_name} has no {factory_name!r}; it has {', '.join(known[:10]) or 'no functions'}")
        factory = getattr(factory, part)
    if not callable(factory):
        raise Unusable(f"{name} is {factory!r:.80}, which is not callable")
    return PythonTarget(factory, name, seconds, seconds_to_start, nouns, protocol)
