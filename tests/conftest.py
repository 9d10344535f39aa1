"""Hypothesis profiles: `fast` by default, `deep` with 100 times the examples."""

import os

from hypothesis import settings

settings.register_profile("fast", max_examples=200, deadline=None, derandomize=bool(os.environ.get("CI")))
settings.register_profile("deep", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))
