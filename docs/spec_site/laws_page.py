"""The page of the laws: each as a sentence, with its proof, its witness, what it rests on and what it convicts."""

import inspect
from collections.abc import Iterator

from runas_model.stories.traces import tell_trace
from runas_model.words.named_parts import glossary
from runas_properties.laws import Kind, Law, laws_of
from runas_solver.proofs import Proof
from runas_solver.trials import kept_convictions
from spec_site.evidence import answers_of_cvc5, faults_breaking, implied, proofs, rests_on
from spec_site.markdown import code, folded, link, links, named, table, words
from spec_site.parts import part
from spec_site.vectors import vectors_of_law

__all__: list[str] = []

KINDS = {
    Kind.DECISION: "Laws about one decision",
    Kind.COMPARISON: "Laws about what decides, and what makes no difference",
    Kind.INITIAL: "Laws of the initial state",
    Kind.INVARIANT: "Invariants of every reachable state",
    Kind.STEP: "Laws about every operation",
}


@part("laws-at-a-glance")
def at_a_glance() -> str:
    """A row for each law."""
    return table(
        ("Proved", "Law", "Obligations", "Readings", "Whole proof"),
        (
            [link("law", id, proof.law.title), f"`{id}`", len(proof.discharged), proof.readings, _time(proof)]
            for id, proof in proofs().items()
        ),
        numeric=(2, 3, 4),
    )


def _time(proof: Proof) -> str:
    return f"{proof.milliseconds:.0f} ms"


@part("laws")
def laws() -> str:
    """A section for each kind of law, and in it one for each law."""
    text = []
    for kind, title in KINDS.items():
        text.append(f"## {title}\n\n{inspect.cleandoc(EXPLAINED[kind])}")
        text += ["\n".join(_section(law)) for law in laws_of(kind)]
    return "\n\n".join(text)


EXPLAINED = {
    Kind.DECISION: "A decision law is about one situation and the decision made in it. It has one obligation.",
    Kind.COMPARISON: """
        A comparison law states what may affect a decision and what may not: it compares two situations, or a situation
        with the state that it is about, such as the session document that holds there or the tags of the role session.
        It has one obligation.
        """,
    Kind.INITIAL: "A law of the initial state is about what there is before any operation. It has one obligation.",
    Kind.INVARIANT: "An invariant is proved by induction: it holds initially, and every operation preserves it.",
    Kind.STEP: "A step law is about an operation, the state before it and the state after. It is proved for each.",
}


def _section(law: Law) -> Iterator[str]:
    proof = proofs()[law.id]
    yield named("law", law.id, law.id, level=3)
    yield f"\n**{words(law.title)}**\n"
    yield from _claim(law)
    clauses = links("clause", law.clauses, "none (needed to complete the model)")
    yield f"Source clauses: {clauses}.\n"
    yield folded("Code", code(inspect.getsource(law.meaning), "python")) + "\n"
    yield from _proof(proof)
    yield from _witness(proof)
    yield f"Depends on: {', '.join(map(_basis, rests_on()[law.id])) or 'no rule, guard or invariant'}.\n"
    if law.id in implied():
        yield f"Implied by: {links('law', implied()[law.id])}.\n"
    yield f"{len(vectors_of_law(law.id))} test vectors exercise it.\n"
    yield from _convicts(law)


def _claim(law: Law) -> Iterator[str]:
    """What the law says exactly, made from its function."""
    yield f"Exactly, {words(next(law.words.lines()))}\n"
    yield from (f"- {words(part)}" for part in law.words.concluded)
    yield ""


@part("named-parts")
def named_parts() -> str:
    """What the names in the laws' claims mean, from the functions that have them."""
    return table(
        ("Name", "Meaning", "Operations", "Function"),
        ([entry.phrase, entry.meaning, ", ".join(entry.operations), f"`{entry.id}`"] for entry in glossary()),
    )


def _proof(proof: Proof) -> Iterator[str]:
    answers = answers_of_cvc5()
    rows = [
        [
            f"`{one.obligation.about}`",
            one.verdict.value,
            f"{one.rlimit:,}",
            f"{one.solver_milliseconds:.1f} ms",
            f"{answers[one.obligation.id]}: agrees",
        ]
        for one in proof.discharged
    ]
    count = f"{len(rows)} obligation{'s' if len(rows) > 1 else ''}"
    heading = f"Proof: {proof.verdict.value}, {count}, {_time(proof)} in all, rlimit {proof.rlimit:,}; cvc5 agrees"
    yield folded(heading, table(("About", "Z3", "rlimit", "Solver alone", "cvc5"), rows, numeric=(2, 3))) + "\n"


def _witness(proof: Proof) -> Iterator[str]:
    if proof.witness is None:
        raise ValueError(f"{proof.law.id} has no witness")
    steps = proof.witness.transitions()
    if not steps:
        yield "Witness: the initial state.\n"
        return
    heading = f"Witness: its premise holds after {len(steps)} step{'s' if len(steps) > 1 else ''}"
    told = code("\n".join(tell_trace(steps)))
    story = f"Under the profile `{proof.witness.profile}`, from the initial state:\n\n{told}"
    yield folded(heading, story) + "\n"


def _basis(label: str) -> str:
    """A label of an unsatisfiable core as a link: to the rule, the operation that has the guard, or the invariant."""
    kind, _, id = label.partition(" ")
    if kind == "guard":
        operation, _, error = id.partition(": ")
        return link("operation", operation, f"guard `{error}` of `{operation}`")
    return f"{kind} {link('rule' if kind == 'rule' else 'law', id)}"


def _convicts(law: Law) -> Iterator[str]:
    faulty = [id for id, conviction in kept_convictions().items() if law.id in conviction.laws]
    broken = faults_breaking(law.id)
    if not faulty:
        raise ValueError(f"{law.id} convicts nothing")
    told = f"Faulty specifications: {links('faulty', faulty)}.\n\nFaulty implementations: {links('fault', broken)}."
    yield folded(f"Catches {len(faulty)} faulty specifications and {len(broken)} faulty implementations", told)
