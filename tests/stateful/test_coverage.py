"""What is covered: counted over processes, and told where it is nothing or cannot be."""

from runas_model import RULEBOOK, Rule
from runas_model.specification.nouns import Noun
from runas_properties.stateful.coverage import IMPOSSIBLE, Coverage, required


def test_what_other_processes_covered_is_counted_in() -> None:
    here, there, both = Coverage(), Coverage(), Coverage()
    for coverage in (here, there):
        coverage.reached["rule run-as-off"] += 2
        coverage.seeded.add(coverage.__class__.__name__)
        coverage.steps, coverage.traces, coverage.traces_with_run_as_on = 5, 3, 1
        coverage.begin(nouns=(Noun.REGIONS,))
        both.add(coverage.counts())

    assert both.nouns == {Noun.REGIONS}
    assert (both.reached["rule run-as-off"], both.steps, both.traces, both.traces_with_run_as_on) == (4, 10, 6, 2)


def test_a_run_of_nothing_covers_nothing() -> None:
    assert len(Coverage().missing()) == len(required(frozenset())) + 1
    assert Coverage().share_with_run_as_on == 0.0


def test_what_speaks_of_a_noun_is_required_only_where_a_trace_could_speak_of_it() -> None:
    coverage = Coverage()
    coverage.begin(nouns=())
    without = set(coverage.required)
    coverage.begin(nouns=(Noun.DOCUMENTS,))
    of_documents = set(coverage.required) - without

    assert {"put_document succeeds", "delete_document, then nobody-named"} <= of_documents
    assert {"start_session raises InvalidDocument", "rule run-as-off by a document of its own"} <= of_documents
    assert not [goal for goal in without if "ocument" in goal or "Region" in goal]
    coverage.begin(nouns=(Noun.ROLES,))
    of_roles = set(coverage.required) - without - of_documents

    assert {"end_role_session succeeds", "assume_role, then tag-user-exists"} <= of_roles
    assert {"start_session raises UnknownRoleSession", "start_session raises ExpiredToken"} <= of_roles
    assert {"rule run-as-off in a role session", "rule tag-user-exists by a session tag"} <= of_roles
    assert not [goal for goal in without if "ssume" in goal or "ole" in goal.replace("rule", "")]
    coverage.begin(nouns=(Noun.REGIONS,))
    of_regions = set(coverage.required) - without - of_documents - of_roles
    assert of_regions == {f"rule {rule.id} in another Region" for rule in RULEBOOK}
    coverage.begin(nouns=(Noun.PARAMETERS,))
    assert set(coverage.required) - without - of_documents - of_roles - of_regions == {
        "start_session raises InvalidParameters",
        *(f"rule {rule.id} with a parameter" for rule in RULEBOOK),
        *(f"rule {rule.id} by a parameter that is not given" for rule in RULEBOOK if by_default(rule)),
    }


def by_default(rule: Rule) -> bool:
    return rule.id == "nobody-named" or rule.id.startswith("default-")


def test_what_speaks_of_parameters_is_not_required_where_there_are_no_documents() -> None:
    assert required(frozenset((Noun.PARAMETERS,))) == required(frozenset())


def test_a_pair_that_is_called_impossible_and_occurs_is_told() -> None:
    coverage = Coverage()
    coverage.reached[next(iter(IMPOSSIBLE))] += 1

    assert coverage.contradictions() == [next(iter(IMPOSSIBLE))]
