"""`runas-spec replay`: one vector asked again, with its story."""

import argparse
import json

from runas_cli.exit_codes import ExitCode
from runas_cli.targets import target_of
from runas_model.inputs.records import InputError
from runas_properties.conformance.judging.running import Verdict, followed, judge, observe
from runas_properties.conformance.judging.stories import story
from runas_properties.conformance.vectors.vector import Vector, read_vectors, vectors

__all__ = ["replay"]


def replay(options: argparse.Namespace) -> int:
    """Ask it, and tell what came; 0 when that is accepted under the reading declared, or else the one that fits."""
    vector = _vector(options.id)
    with target_of(options) as target:
        observed = list(observe(target, (vector,)))
        if not observed:
            raise InputError(f"{vector.id} needs the level service, but {target.about} only answers decisions")
        reading = options.reading or target.about.reading
        judged = judge(observed, reading or followed(observed), {})[0]
        sent, received = getattr(target, "exchange", ("", ""))
    print(f"{vector.id}: {vector.title}")
    for step in vector.steps:
        print(f"  {json.dumps(step, ensure_ascii=False)}")
    if sent:
        print(f"sent:     {sent}")
        print(f"received: {received or 'nothing'}")
    if judged.observed.results:
        print(story(vector.steps, judged.observed.results, judged.reading))
    print(_ending(judged.verdict, judged.observed.error or (judged.observed.skipped or ("",))[0]))
    return ExitCode.HOLDS if judged.verdict is Verdict.PASSED else ExitCode.DOES_NOT_HOLD


def _vector(id: str) -> Vector:
    if id.endswith(".json"):
        saved = read_vectors(id)
        if len(saved) != 1:
            raise InputError(f"contains {len(saved)} vectors; a file saved by conform --save contains one", file=id)
        return saved[0]
    found = next((vector for vector in vectors() if vector.id == id), None)
    if found is None:
        near = ", ".join([vector.id for vector in vectors() if id in vector.id][:3])
        raise InputError(f"no vector has the id {id!r}{near and f'; similar ids: {near}'}")
    return found


def _ending(verdict: Verdict, detail: str) -> str:
    return f"{verdict.value.upper()}{f': {detail}' if detail else ''}"
