"""The page of the trusted base: what it names is there, and its counts add up."""

import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from runas_solver.trusted_base import TRUSTED_BASE, Guard, Trusted
from runas_solver.weight import Weight
from spec_site.evidence import weights
from spec_site.figures import FIGURES
from spec_site.parts import PARTS
from spec_site.trusted_base_page import trusted_base, weights_of_obligations
from thinned import slow

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("trusted", TRUSTED_BASE, ids=lambda trusted: trusted.id)
def test_what_is_trusted_is_a_module_that_is_there(trusted: Trusted) -> None:
    for module in trusted.consists_of:
        assert import_module(module).__name__ == module


GUARDS = {guard.tests: guard for trusted in TRUSTED_BASE for guard in trusted.guards}


@pytest.mark.parametrize("guard", GUARDS.values(), ids=lambda guard: guard.tests)
def test_a_guard_is_a_file_of_tests(guard: Guard) -> None:
    assert re.search(r"^def test_", (ROOT / guard.tests).read_text("utf-8"), re.M)


def test_every_part_is_guarded_and_on_the_page() -> None:
    page = trusted_base()

    assert {"trusted-base", "weights"} <= set(PARTS)
    for trusted in TRUSTED_BASE:
        assert f"### {trusted.what}\n" in page
        assert trusted.guards
        assert all(f"- {guard.check} `{guard.tests}`" in page for guard in trusted.guards)


@slow
def test_the_weights_on_the_page_add_up_to_all_obligations() -> None:
    summary, _, by_law = weights_of_obligations().partition("<details>")
    counted = dict(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", summary, re.M))
    rows = [(int(every), int(carried)) for every, carried in re.findall(r"\| (\d+) \| (\d+) \|$", by_law, re.M)]

    assert {weight: int(count) for weight, count in counted.items()} == {
        weight.value: count for weight, count in Counter(weights().values()).items()
    }
    assert sum(map(int, counted.values())) == FIGURES["obligations"]() == sum(every for every, _ in rows)
    assert int(counted[Weight.CARRIED.value]) == FIGURES["carried"]() == sum(carried for _, carried in rows)
