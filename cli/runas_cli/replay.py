"""`runas-spec replay`: one vector asked again, with its story."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from runas_cli.exit_codes import ExitCode
from runas_cli.saying import say
from runas_cli.targets import target_of
from runas_model.inputs.openings import STANDARD_INPUT
from runas_model.inputs.records import InputError
from runas_properties.conformance.judging.running import Judged, Verdict, followed, judge, lacking, observe
from runas_properties.conformance.judging.stories import story
from runas_properties.conformance.judging.words import Listening
from runas_properties.conformance.protocol.messages import About
from runas_properties.conformance.reports.telling import offered_in_words
from runas_properties.conformance.vectors.reading import SLUG, read_vectors
from runas_properties.conformance.vectors.vector import Vector, vectors

__all__ = ["replay"]


def replay(options: argparse.Namespace) -> int:
    """Ask it, and tell what came; 0 when that is accepted under the reading declared, or else the one that fits."""
    vector = _vector(options.id, options.vectors)
    with target_of(options) as target:
        listening = Listening(target)
        observed = list(observe(listening, (vector,)))
        if not observed:
            raise InputError(f"{vector.id} needs {_missing(vector, target.about)}")
        reading = options.reading or target.about.reading
        judged = judge(observed, reading or followed(observed), {})[0]
        exchange = getattr(target, "exchange", ("", ""))
    say(f"{vector.id}: {vector.title}", *_told(judged, exchange))
    say(*(f"WARNING: {warning}" for warning in listening.warnings))
    say(_ending(judged.verdict, judged.observed.error or (judged.observed.skipped or ("",))[0]))
    return ExitCode.HOLDS if judged.verdict is Verdict.PASSED else ExitCode.DOES_NOT_HOLD


def _missing(vector: Vector, about: About) -> str:
    """What a target would have to have to be asked a vector."""
    if about.level != vector.level == "service":
        return f"the level service, but {about} only answers decisions"
    needs = dict.fromkeys([*lacking(about, vector.steps, vector.needs), *(noun.value for noun in vector.needs)])
    offered = offered_in_words([noun.value for noun in about.nouns], about.protocol)
    return f"{', '.join(needs)}, but {about} offers {offered}"


def _told(judged: Judged, exchange: tuple[str, str]) -> Iterator[str]:
    yield from (f"  {json.dumps(step, ensure_ascii=False)}" for step in judged.vector.steps)
    sent, received = exchange
    if sent:
        yield f"sent:     {sent}"
        yield f"received: {received or 'nothing'}"
    if judged.observed.results:
        yield story(judged.vector.steps, judged.observed.results, judged.reading)


def _vector(id: str, file: str | None) -> Vector:
    """The vector that is meant: of a file, or by its id. Raises `InputError` where there is none."""
    if file is not None:
        among = read_vectors(file)
        return _by_id(id, among, f"{file}: ")
    if id == STANDARD_INPUT or not SLUG.fullmatch(id) or (Path(id).is_file() and id not in _ids(vectors())):
        saved = read_vectors(id)
        if len(saved) != 1:
            raise InputError(f"has {len(saved)} vectors; say which: runas-spec replay ID --vectors FILE", file=id)
        return saved[0]
    return _by_id(id, vectors(), "")


def _by_id(id: str, among: tuple[Vector, ...], where: str) -> Vector:
    found = next((vector for vector in among if vector.id == id), None)
    if found is None:
        near = ", ".join([one for one in _ids(among) if id in one][:3])
        raise InputError(f"{where}no vector has the id {id!r}{near and f'; similar ids: {near}'}")
    return found


def _ids(among: tuple[Vector, ...]) -> list[str]:
    return [vector.id for vector in among]


def _ending(verdict: Verdict, detail: str) -> str:
    return f"{verdict.value.upper()}{f': {detail}' if detail else ''}"
