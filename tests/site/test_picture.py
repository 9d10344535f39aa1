"""The picture of the decision holds every rule, in order; no browser is needed."""

from xml.etree import ElementTree

import pytest

from runas_model import RULEBOOK, Rule, explain
from spec_site.picture import decision_picture, outcome_in_words, question
from spec_site.playground import example_of

SVG = "{http://www.w3.org/2000/svg}"
GROUPS = f"{SVG}g[@id]"


def classes(picture: str) -> dict[str, set[str]]:
    groups = ElementTree.fromstring(picture).findall(GROUPS)
    return {group.attrib["id"]: set(group.attrib["class"].split()) - {"rule"} for group in groups}


def texts(group: ElementTree.Element) -> str:
    return " ".join("".join(text.itertext()) for text in group.iter(f"{SVG}text"))


def test_every_rule_is_drawn_in_order_with_its_question_and_outcome() -> None:
    groups = ElementTree.fromstring(decision_picture()).findall(GROUPS)

    assert [group.attrib["id"] for group in groups] == [f"rule-{rule.id}" for rule in RULEBOOK]
    for group, rule in zip(groups, RULEBOOK, strict=True):
        assert f"  {rule.id} {question(rule)}" in texts(group)
        assert " ".join(outcome_in_words(rule)) in texts(group)


def test_every_rule_but_the_last_has_a_way_on_and_all_have_a_way_out() -> None:
    groups = ElementTree.fromstring(decision_picture()).findall(GROUPS)
    arrows = [[path.attrib["class"] for path in group.findall(f"{SVG}path")] for group in groups]

    assert arrows == [["yes", "no"]] * (len(RULEBOOK) - 1) + [["yes"]]


def test_starts_and_refusals_differ_by_more_than_colour() -> None:
    groups = ElementTree.fromstring(decision_picture()).findall(GROUPS)
    shapes: dict[str, set[str]] = {"starts": set(), "refused": set()}
    for group in groups:
        outcome = group.find(f"{SVG}g[@class='outcome']")
        assert outcome is not None
        kind = "starts" if "starts" in group.attrib["class"] else "refused"
        shapes[kind].add(f"{outcome[0].tag.removeprefix(SVG)} {outcome[2].text}")

    assert shapes == {"starts": {"rect starts as", "rect starts as the"}, "refused": {"path refused"}}


@pytest.mark.parametrize("rule", RULEBOOK, ids=lambda rule: rule.id)
def test_a_path_lights_up_the_rules_passed_over_and_the_one_that_decides(rule: Rule) -> None:
    told = explain(*example_of(rule))
    path = [*(step.rule.id for step in told.passed_over), rule.id]
    drawn = classes(decision_picture(path))

    assert [id for id, kinds in drawn.items() if "passed" in kinds] == [f"rule-{id}" for id in path[:-1]]
    assert [id for id, kinds in drawn.items() if "decided" in kinds] == [f"rule-{rule.id}"]


def test_without_a_path_nothing_is_lit() -> None:
    assert all(kinds in ({"starts"}, {"refused"}) for kinds in classes(decision_picture()).values())


def test_a_path_with_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(ValueError, match="there is no rule 'tag-user-exist' to light up"):
        decision_picture(["run-as-off", "tag-user-exist"])


def test_a_link_for_each_rule_makes_it_a_link() -> None:
    picture = ElementTree.fromstring(decision_picture(link=lambda rule: f"decision.html?a&b#{rule.id}"))

    assert [link.attrib["href"] for link in picture.iter(f"{SVG}a")] == [
        f"decision.html?a&b#{rule.id}" for rule in RULEBOOK
    ]


def test_the_picture_is_described_for_those_who_do_not_see_it() -> None:
    description = ElementTree.fromstring(decision_picture()).findtext(f"{SVG}desc") or ""

    assert [rule.id for rule in RULEBOOK if rule.title not in description] == []
