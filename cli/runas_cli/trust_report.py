"""The section of `runas-spec verify --details` on what must be trusted, and how many obligations carry weight."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from runas_solver.trusted_base import TRUSTED_BASE
from runas_solver.weight import Weight

__all__ = ["trusted_base_data", "trusted_base_lines"]


def trusted_base_lines(weights: Mapping[str, Weight]) -> Iterator[str]:
    """The obligations by weight; then what the proofs rest on that is not proved, each with what guards it."""
    counts = Counter(weights.values())
    yield f"trusted base of {len(weights)} obligations:"
    yield from (f"  {counts[weight]:4}  {weight.value}: {weight.meaning}" for weight in Weight)
    for trusted in TRUSTED_BASE:
        yield f"  {trusted.what} ({', '.join(trusted.consists_of)}). {trusted.trusted_for} Guarded by:"
        yield from (f"    {guard.tests}: {guard.check}" for guard in trusted.guards)


def trusted_base_data(weights: Mapping[str, Weight]) -> dict[str, Any]:
    """The same as plain data."""
    counts = Counter(weights.values())
    return {
        "weights": {weight.value: counts[weight] for weight in Weight},
        "trusted": [attrs.asdict(trusted) for trusted in TRUSTED_BASE],
    }
