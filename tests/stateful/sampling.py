"""Values that a strategy yields."""

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

SAMPLE = settings(
    max_examples=150,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""The same values each time: what is asked of them is how often something comes up."""


def sample(strategy: Any, examples: int = SAMPLE.max_examples) -> list[Any]:
    found: list[Any] = []

    @settings(SAMPLE, max_examples=examples)
    @given(strategy)
    def keep(value: Any) -> None:
        found.append(value)

    keep()
    return found
