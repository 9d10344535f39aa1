"""Where the source text contradicts itself: both clauses, how it is settled, and what would change otherwise."""

from collections.abc import Iterator

from runas_model import CLAUSES, RULEBOOK, all_readings, decide
from runas_model.facts.compiled import compile_rules
from runas_model.specification.readings import CONTRADICTIONS, Contradiction
from runas_model.specification.vocabulary import RuleId
from runas_properties.conformance.protocol.cases import situation_asked
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.laws import LAWS
from runas_solver.trials import kept_convictions
from spec_site.markdown import link, links, named
from spec_site.parts import part

__all__ = ["vectors_that_would_change"]


@part("contradictions")
def contradictions() -> str:
    """A section for each contradiction."""
    return "\n\n".join("\n".join(_section(one)) for one in CONTRADICTIONS)


def _section(one: Contradiction) -> Iterator[str]:
    yield named("contradiction", one.id, one.case, level=3)
    yield ""
    yield from (f"- {link('clause', id, id)}, {CLAUSES[id].where}: {CLAUSES[id].text}" for id in one.clauses)
    yield f"\n**Settled for {link('clause', one.settled_for, one.settled_for)}**, under every reading. {one.why}\n"
    yield f"**What amazon-ssm-agent does.** {one.agent} See {_addresses(one)}.\n"
    yield "**What would change if it were settled the other way:**\n"
    yield f"- Rules that would go: {links('rule', one.decided_by)}."
    refuted = {law for rule in one.decided_by for law in kept_convictions()[f"without-{rule}"].laws}
    broken = [law for law in LAWS if law in refuted and not _speaks_of_the_rulebook(law)]
    yield f"- Laws that would no longer hold: {links('law', broken)}."
    changed = vectors_that_would_change(one.decided_by)
    first = ", ".join(link("vector", id) for id in changed[:3])
    yield f"- Conformance vectors that would expect something else: {len(changed)}, {first} among them."


def _speaks_of_the_rulebook(law: str) -> bool:
    """Whether a law is about the rules as they stand, whatever they are, and so would follow them."""
    return "RULEBOOK" in LAWS[law].meaning.__code__.co_names


def _addresses(one: Contradiction) -> str:
    return ", ".join(f"[{'/'.join(address.split('/')[-2:])}]({address})" for address in one.addresses)


def vectors_that_would_change(rules: tuple[str, ...]) -> list[str]:
    """The ids of the vectors of one decision that would be decided otherwise, under some reading, without these rules.

    Raises LookupError where there is none, since then the rules would make no difference.
    """
    remaining = [rule for rule in RULEBOOK if rule.id not in map(RuleId, rules)]
    without = compile_rules(remaining)
    asked = ((vector.id, situation_asked(vector.steps[0])) for vector in vectors("decision"))
    changed = [id for id, s in asked if any(decide(s, r).os_user != without(s, r).os_user for r in all_readings())]
    if not changed:
        raise LookupError(f"no vector would change without {', '.join(rules)}")
    return changed
