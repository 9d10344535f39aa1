"""Rules in words and in code."""

import pytest

from runas_model import RULEBOOK, Rule
from spec_site.words import condition, source_of_rule


def test_a_condition_is_told_in_words_and_nothing_twice() -> None:
    (rule,) = (rule for rule in RULEBOOK if rule.id == "tag-user-exists")

    assert condition(rule).splitlines() == [
        "- the caller is tagged",
        "- and one of these:",
        "  - the tag's key is spelled SSMSessionRunAs",
        "  - or the reading ignores case in the tag's key",
        "- and the tag is not blank",
        "- and the OS user named by the tag is on the instance",
    ]


@pytest.mark.parametrize("rule", RULEBOOK, ids=lambda rule: rule.id)
def test_the_code_beside_a_rule_is_that_of_the_rule(rule: Rule) -> None:
    source = source_of_rule(rule)

    assert source.startswith(f'Rule(\n    RuleId("{rule.id}")')
    assert rule.title in source
