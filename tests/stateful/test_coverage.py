"""What is covered: counted over processes, and told where it is nothing or cannot be."""

from runas_properties.stateful.coverage import IMPOSSIBLE, REQUIRED, Coverage


def test_what_other_processes_covered_is_counted_in() -> None:
    here, there, both = Coverage(), Coverage(), Coverage()
    for coverage in (here, there):
        coverage.reached["rule run-as-off"] += 2
        coverage.seeded.add(coverage.__class__.__name__)
        coverage.steps, coverage.traces, coverage.traces_with_run_as_on = 5, 3, 1
        both.add(coverage.counts())

    assert (both.reached["rule run-as-off"], both.steps, both.traces, both.traces_with_run_as_on) == (4, 10, 6, 2)


def test_a_run_of_nothing_covers_nothing() -> None:
    assert len(Coverage().missing()) == len(REQUIRED) + 1
    assert Coverage().share_with_run_as_on == 0.0


def test_a_pair_that_is_called_impossible_and_occurs_is_told() -> None:
    coverage = Coverage()
    coverage.reached[next(iter(IMPOSSIBLE))] += 1

    assert coverage.contradictions() == [next(iter(IMPOSSIBLE))]
