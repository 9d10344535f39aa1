"""Random cases alone: each seed has every way to write a name, and catches nearly every faulty implementation."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import pytest

from conformance.judging.catching import caught
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import DEFAULT
from runas_properties.conformance.judging.dealing import Deck
from runas_properties.conformance.judging.generated import cases_of
from runas_properties.conformance.kit import DEFAULT_EXAMPLES
from runas_properties.conformance.protocol.cases import DECIDE, Step, followed, is_decided, needs_of
from runas_properties.gallery.implementations import FAULTS
from runas_properties.stateful.confusables import CONFUSABLES
from runas_properties.stateful.scenarios import OF_DOCUMENTS, OF_PARAMETERS, OF_ROLES, SEPARATORS, joined
from spoken import ALONE
from thinned import IS_DEEP, slow, thinned
from untraced import untraced

TESTS = Path(__file__).parents[2]
SEEDS = 10 if IS_DEEP else 3


@pytest.mark.parametrize("level", ["decision", "service"])
def test_the_same_seed_deals_the_same_cases_and_another_seed_others(level: str) -> None:
    one, again, other = (list(islice(_dealt(level, seed), 50)) for seed in ("1", "1", "2"))

    assert one == again
    assert one != other


def _dealt(level: str, seed: str, nouns: tuple[Noun, ...] = ()) -> Iterable[tuple[Step, ...]]:
    deck = Deck("decision" if level == "decision" else "service", seed, nouns)
    while True:
        yield deck.deal()


def test_each_seed_deals_every_way_to_write_a_name() -> None:
    for level in ("decision", "service"):
        tags = set()
        for steps in islice(_dealt(level, "3"), DEFAULT_EXAMPLES["decision" if level == "decision" else "service"]):
            tags |= {step.get("tag") or step.get("value") for step in steps}
        listed = {kind.pair(way) for kind in CONFUSABLES.values() if kind.bases == 1 for way in range(kind.ways)}
        missing = {named for named, _ in filter(None, listed)} - tags

        assert len(missing) < len(listed) / 20, missing


def test_every_scenario_that_is_listed_is_dealt_where_no_number_of_cases_is_asked_for() -> None:
    dealt = set(map(repr, islice(_dealt("service", "5", tuple(Noun)), DEFAULT_EXAMPLES["service"] * 9 // 10)))
    scenarios = [*OF_DOCUMENTS.items(), *OF_PARAMETERS.items(), *OF_ROLES.items()]
    joint = [(separator, joined(separator)) for separator in SEPARATORS]

    assert [name for name, calls in (*scenarios, *joint) if repr(followed(calls)) not in dealt] == []


def test_cases_that_are_dealt_look_at_what_they_leave() -> None:
    kinds: Counter[str] = Counter()
    for steps in islice(_dealt("service", "4"), 100):
        kinds.update({step["operation"] for step in steps})
        assert steps[-1]["operation"] == "list_os_users"

    assert kinds["list_sessions"] == 100
    assert kinds["delete_principal"] > 10


@slow
def test_one_seed_catches_nearly_all_faults() -> None:
    some = list(FAULTS)[::12]

    assert len(set(some) - caught(0, thinned_to=12)) <= len(some) / 20


@slow
def test_each_fault_is_caught_by_all_seeds_but_one_at_most() -> None:
    program = "from conformance.judging.catching import counted; counted()"
    done = subprocess.run(
        [sys.executable, "-c", program, str(SEEDS)],
        check=True,
        capture_output=True,
        text=True,
        env=untraced(),
        cwd=TESTS,
    )
    by = Counter(json.loads(done.stdout))

    assert {id: by[id] for id in FAULTS if by[id] < SEEDS - 1} == {}


def test_questions_of_a_decision_are_decided_alone() -> None:
    for steps in islice(cases_of("decision", DEFAULT, 1), 60):
        assert [step["operation"] for step in steps] == [DECIDE]
        assert is_decided(steps[0])


@pytest.mark.parametrize("nouns", thinned([*ALONE, tuple(Noun)], 2))
def test_random_cases_speak_of_the_nouns_that_are_offered_and_of_no_others(nouns: tuple[Noun, ...]) -> None:
    spoken_of: set[Noun] = set()
    for steps in islice(cases_of("service", DEFAULT, 3, nouns), 100):
        spoken_of.update(needs_of(steps))

    assert spoken_of == set(nouns)
