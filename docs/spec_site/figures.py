"""The numbers that pages and the README name, each counted in the packages."""

from functools import cache

from runas_model import CLAUSES, OPERATIONS, PROFILES, RULEBOOK, all_readings
from runas_model.classes import situation_classes
from runas_properties.conformance.vectors import vectors
from runas_properties.faults import FAULTS
from runas_properties.faulty_specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS, Kind, laws_of
from spec_site.evidence import agent_report, answers_of_cvc5, convictions, proofs

__all__ = ["figures"]


@cache
def figures() -> dict[str, int]:
    """Each number by its name."""
    report = agent_report()
    return {
        "clauses": len(CLAUSES),
        "rules": len(RULEBOOK),
        "operations": len(OPERATIONS),
        "readings": len(all_readings()),
        "profiles": len(PROFILES),
        "classes": len(situation_classes()),
        "laws": len(LAWS),
        "invariants": len(laws_of(Kind.INVARIANT)),
        "step-laws": len(laws_of(Kind.STEP)),
        "obligations": sum(len(proof.discharged) for proof in proofs().values()),
        "obligations-milliseconds": round(sum(proof.milliseconds for proof in proofs().values())),
        "cross-checked": len(answers_of_cvc5()),
        "faulty-specifications": len(FAULTY_SPECIFICATIONS),
        "convicted": sum(bool(conviction.laws) for conviction in convictions().values()),
        "equivalent": sum(conviction.equivalent for conviction in convictions().values()),
        "faulty-implementations": len(FAULTS),
        "vectors": len(vectors()),
        "decision-vectors": len(vectors("decision")),
        "service-vectors": len(vectors("service")),
        "core-vectors": sum(vector.core for vector in vectors()),
        "recorded": report.rows,
        "agreed": report.agreed,
        "departed": report.rows - report.agreed,
    }
