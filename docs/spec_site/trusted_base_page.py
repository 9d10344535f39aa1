"""The page of the trusted base: what the proofs rest on, what guards each part, and which obligations carry weight."""

from collections import Counter

from runas_solver.trusted_base import TRUSTED_BASE, Trusted
from runas_solver.weight import Weight
from spec_site.evidence import proofs, weights
from spec_site.markdown import folded, link, named, table
from spec_site.parts import part

__all__: list[str] = []


@part("trusted-base")
def trusted_base() -> str:
    """A section for each part: what it is trusted for, what it consists of, and its guards."""
    return "\n\n".join(map(_section, TRUSTED_BASE))


def _section(trusted: Trusted) -> str:
    consists_of = ", ".join(f"`{name}`" for name in trusted.consists_of)
    guards = "\n".join(f"- {guard.check} `{guard.tests}`" for guard in trusted.guards)
    heading = named("trusted", trusted.id, trusted.what, level=3)
    return (
        f"{heading}\n\n*Trusted for:* {trusted.trusted_for} *Consists of:* {consists_of}.\n\n*Guarded by:*\n\n{guards}"
    )


@part("weights")
def weights_of_obligations() -> str:
    """The obligations by weight, and by law how many there are and how many carry weight."""
    counts = Counter(weights().values())
    summary = table(
        ("Weight", "Obligations", "What it means"),
        ([f"`{weight.value}`", counts[weight], weight.meaning] for weight in Weight),
        numeric=(1,),
    )
    by_law = table(
        ("Law", "Obligations", "Carry weight"),
        (
            [
                link("law", id),
                len(proof.discharged),
                sum(weights()[one.obligation.id] is Weight.CARRIED for one in proof.discharged),
            ]
            for id, proof in proofs().items()
        ),
        numeric=(1, 2),
    )
    return f"{summary}\n\n{folded('By law', by_law)}"
