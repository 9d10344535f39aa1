"""The report of `runas-spec verify`: what was proved, what it depends on and what it catches, as text and as data."""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from runas_cli.layout import cut
from runas_cli.trust_report import trusted_base_data
from runas_model.stories.traces import tell_trace
from runas_model.words.named_parts import glossary
from runas_properties.explorer.reach import GOALS
from runas_properties.explorer.traces import shortest_traces
from runas_properties.laws import LAWS
from runas_properties.oracle.recorded import Report
from runas_solver.cores import idle_invariants
from runas_solver.gallery import Conviction
from runas_solver.proofs import Proof
from runas_solver.weight import Weight

__all__ = ["Details", "as_data", "conviction_lines", "detail_lines", "heading", "proof_lines", "strength_lines"]


@attrs.define
class Details:
    """What is known of the laws besides their proofs."""

    rests_on: dict[str, list[str]] = attrs.field(factory=dict)
    implied: dict[str, list[str]] = attrs.field(factory=dict)
    convictions: list[Conviction] = attrs.field(factory=list)
    weights: dict[str, Weight] = attrs.field(factory=dict)


def heading() -> str:
    return f"{'verdict':8}{'time':>10}  law"


def proof_lines(proof: Proof, width: int | None = None) -> Iterator[str]:
    """A line of the table, cut to the width; for a law that does not hold, the reason under it."""
    line = f"{proof.verdict.value:8}{proof.milliseconds:7.0f} ms  {proof.law.id}: {proof.law.title}"
    yield cut(line, width)
    if not proof.holds:
        yield f"  the law: {proof.law.title}"
        yield from (f"    {line}" for line in proof.law.words.lines())
        if proof.detail:
            yield f"  {proof.detail}"
        if proof.counterexample:
            yield from (f"  {line}" for line in proof.counterexample.lines)


def strength_lines(proofs: list[Proof], weights: Mapping[str, Weight]) -> Iterator[str]:
    """How many laws were seen to fail of a faulty specification, and how many obligations can fail at all."""
    refuting = sum(proof.caught is not None for proof in proofs)
    faults = len({proof.caught.fault for proof in proofs if proof.caught})
    carried = sum(weight is Weight.CARRIED for weight in weights.values())
    yield f"{refuting} of {len(proofs)} laws refute a faulty specification in this run, {faults} of them in all"
    yield f"{carried} of {len(weights)} obligations carry weight; the others hold by what they are about"


def detail_lines(proofs: list[Proof], details: Details) -> Iterator[str]:
    """For each law its title and claim, what its proof depends on, what implies it and its witness; then the rest."""
    for proof in proofs:
        law = proof.law
        yield f"{law.id}: {law.title}"
        yield "  exactly:"
        yield from (f"    {line}" for line in law.words.lines())
        yield f"  {proof.verdict.value}: {len(proof.discharged)} obligations under {proof.readings} readings"
        yield f"  source clauses: {', '.join(law.clauses) or 'none (needed to complete the model)'}"
        yield f"  depends on: {', '.join(details.rests_on.get(law.id, [])) or 'no rule, guard or invariant'}"
        if law.id in details.implied:
            yield f"  implied by: {', '.join(details.implied[law.id])}"
        if proof.caught:
            yield f"  refutes the faulty specification {proof.caught.fault}, about {proof.caught.about}:"
            yield from (f"    {line}" for line in proof.caught.counterexample.lines)
        if proof.witness:
            yield f"  witness, under the reading {proof.witness.profile}:"
            yield from (f"    {line}" for line in tell_trace(proof.witness.transitions()))
    yield ""
    yield "glossary, generated from the functions that the laws call:"
    for entry in glossary():
        of = f", of {', '.join(entry.operations)}" if entry.operations else ""
        yield f"  {entry.phrase}{of}: {entry.meaning}"
    yield ""
    idle = [law.id for law in idle_invariants(details.rests_on)]
    yield f"invariants that no proof depends on: {', '.join(idle) or 'none'}"
    yield ""
    yield "shortest traces to every rule, operation and error:"
    for goal in GOALS:
        if not goal.startswith("law "):
            trace = shortest_traces()[goal]
            yield f"  {goal}, under the reading {trace.profile}:"
            yield from (f"    {line}" for line in tell_trace(trace.transitions()))


def conviction_lines(convictions: list[Conviction], matrix: bool) -> Iterator[str]:
    """How the faulty specifications fared; with the matrix of laws and faults, and a story for each."""
    if matrix:
        yield from _matrix(convictions)
        for conviction in convictions:
            yield ""
            yield f"{conviction.fault}: {conviction.title}"
            for law, about in list(conviction.laws.items())[:1]:
                yield f"  caught by {law}, about {', '.join(about)}:"
            yield from (f"    {line}" for line in conviction.story.splitlines())
            if conviction.equivalent:
                yield "  equivalent: it decides and does the same everywhere, which is proved"
        yield ""
    convicted = sum(bool(conviction.laws) for conviction in convictions)
    equivalent = sum(conviction.equivalent for conviction in convictions)
    blind = [law for law in LAWS if not any(law in conviction.laws for conviction in convictions)]
    yield (
        f"{len(convictions)} faulty specifications: {convicted} caught, {equivalent} equivalent, "
        f"{len(convictions) - convicted - equivalent} neither"
    )
    yield from (f"  not settled: {conviction.fault}" for conviction in convictions if not conviction.settled)
    yield f"laws that convict none: {', '.join(blind) or 'none'}"


def _matrix(convictions: list[Conviction]) -> Iterator[str]:
    width = max(len(conviction.fault) for conviction in convictions)
    yield "laws, by the number of their column:"
    yield from (f"  {number:2}  {law}" for number, law in enumerate(LAWS, 1))
    yield ""
    numbers = range(1, len(LAWS) + 1)
    yield f"{'faulty specification':{width}}  {''.join(str(number // 10) for number in numbers)}"
    yield f"{'':{width}}  {''.join(str(number % 10) for number in numbers)}"
    for conviction in convictions:
        row = "".join("x" if law in conviction.laws else "." for law in LAWS)
        yield f"{conviction.fault:{width}}  {row}{'  equivalent' if conviction.equivalent else ''}"


def as_data(
    proofs: list[Proof], details: Details, besides: Mapping[str, Any], report: Report, holds: bool, seconds: float
) -> dict[str, Any]:
    """The report as plain data, as `verify.schema.json` describes it; `besides` is what was shown besides the laws."""
    return {
        **besides,
        "holds": holds,
        "seconds": seconds,
        "glossary": [
            {"id": entry.id, "phrase": entry.phrase, "meaning": entry.meaning, "operations": list(entry.operations)}
            for entry in glossary()
        ],
        "obligations": sum(len(proof.discharged) for proof in proofs),
        "rlimit": sum(proof.rlimit for proof in proofs),
        "trusted_base": trusted_base_data(details.weights),
        "laws": [_law(proof, details) for proof in proofs],
        "idle_invariants": [law.id for law in idle_invariants(details.rests_on)] if details.rests_on else [],
        "faulty_specifications": [
            {
                "id": conviction.fault,
                "title": conviction.title,
                "convicted_by": conviction.laws,
                "equivalent": conviction.equivalent,
                "undetermined": list(conviction.undetermined),
                "counterexample": conviction.story or None,
            }
            for conviction in details.convictions
        ],
        "recorded": report.as_data(),
    }


def _law(proof: Proof, details: Details) -> dict[str, Any]:
    law = proof.law
    return {
        "id": law.id,
        "title": law.title,
        "claim": law.words.as_data(),
        "kind": law.kind.value,
        "clauses": list(law.clauses),
        "verdict": proof.verdict.value,
        "readings": proof.readings,
        "milliseconds": proof.milliseconds,
        "rlimit": proof.rlimit,
        "obligations": [
            {
                "about": one.obligation.about,
                "verdict": one.verdict.value,
                "weight": details.weights[one.obligation.id].value,
                "rlimit": one.rlimit,
                "detail": one.detail,
            }
            for one in proof.discharged
        ],
        "rests_on": details.rests_on.get(law.id, []),
        "implied_by": details.implied.get(law.id, []),
        "refutes": _caught(proof),
        "witness": tell_trace(proof.witness.transitions()) if proof.witness else None,
        "counterexample": proof.counterexample.story if proof.counterexample else None,
        "detail": proof.detail,
    }


def _caught(proof: Proof) -> dict[str, Any] | None:
    caught = proof.caught
    if caught is None:
        return None
    return {"fault": caught.fault, "about": caught.about, "counterexample": caught.counterexample.story}
