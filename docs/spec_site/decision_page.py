"""The page of the decision: its picture, its rules with all that belongs to them, and the complete table."""

import inspect
from collections.abc import Iterator
from html import escape

from runas_model import CLAUSES, PROFILES, RULEBOOK, Reading, Rule
from runas_model.facts.classes import situation_classes
from runas_model.facts.compiled import decide
from runas_model.facts.formulas import SITUATION
from runas_model.specification import rulebook
from runas_model.specification.readings import choices_said_by
from runas_model.stories.situations import tell
from spec_site.evidence import resting_on
from spec_site.grouped import Group, groups
from spec_site.guarding import faulty_specifications_at, implementations_caught_at
from spec_site.markdown import anchor, code, folded, link, links, named, table, words
from spec_site.parts import part
from spec_site.picture import decision_picture, outcome_in_words
from spec_site.playground import example_of, link_to
from spec_site.vectors import vectors_of_rule
from spec_site.words import condition, source_of_rule

__all__ = ["facts_in_words", "outcome_cell"]


@part("decision-picture")
def picture() -> str:
    """The picture, for pages beside `decision.html`: each rule a link to its section, its parts with their own ids."""
    svg = decision_picture(link=lambda rule: f"decision.html#{anchor('rule', rule.id)}")
    svg = svg.replace('id="rule-', 'id="picture-rule-')
    return f'<figure class="picture">\n{"".join(svg.splitlines())}\n</figure>'


@part("rules")
def rules() -> str:
    """A section for each rule, in order."""
    return "\n\n".join("\n".join(_section(number, rule)) for number, rule in enumerate(RULEBOOK, 1))


def _section(number: int, rule: Rule) -> Iterator[str]:
    yield named("rule", rule.id, f"{number}. {rule.title.rstrip('.')}")
    yield ""
    yield f"Rule `{rule.id}`. Applies when\n\n{condition(rule)}\n"
    yield f"Outcome: {outcome_cell(rule.id)}.\n"
    yield "Source clauses, in our words:\n"
    yield from (
        f"- {link('clause', clause, clause)}, {CLAUSES[clause].where}: {CLAUSES[clause].text}{_only_where(clause)}"
        for clause in rule.clauses
    )
    yield f"\nExample: {_example(rule)}\n"
    yield folded("Code", code(source_of_rule(rule), "python")) + "\n"
    yield from _vectors(rule)
    laws = resting_on(f"rule {rule.id}")
    yield folded(f"{len(laws)} laws whose proof depends on it", _list(links("law", [law]) for law in laws)) + "\n"
    faulty, caught = faulty_specifications_at(rule.id), implementations_caught_at(rule.id)
    if not (faulty and caught):
        raise ValueError(f"{rule.id} guards against nothing")
    guarded = (
        f"Faulty specifications that decide some situation of this rule differently: {links('faulty', faulty)}.\n\n"
        f"Faulty implementations that a decision vector of this rule catches: {links('fault', caught)}."
    )
    yield folded(
        f"Guards against {len(faulty)} faulty specifications and {len(caught)} faulty implementations", guarded
    )


def _list(items: Iterator[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _only_where(clause: str) -> str:
    """Under which choices a clause counts, where not under all."""
    choices = [f"`{choice.value}`" for _, choice in choices_said_by(clause)]
    return f" (Counts only under a reading with {' or '.join(choices)}.)" if choices else ""


def _vectors(rule: Rule) -> Iterator[str]:
    about = vectors_of_rule(rule.id)
    if not about:
        raise ValueError(f"no vector is decided by {rule.id}")
    core = [vector for vector in about if vector.core]
    shown = core or about[:3]
    few = f"; {len(core)} in the core set" if core else "; the first {len(shown)}"
    listed = _list(f"{link('vector', vector.id)}: {words(vector.title)}" for vector in shown)
    yield folded(f"{len(about)} vectors{few}", f"{listed}\n\n{link('vectors-of', rule.id, 'All of them')}.") + "\n"


def _example(rule: Rule) -> str:
    """The class of situations that it decides and that is soonest told, under the first profile where there is one."""
    for profile, reading in PROFILES.items():
        decided = ((one.example, decide(one.example, reading)) for one in situation_classes())
        told = [tell(s, decision) for s, decision in decided if decision.rule == rule.id]
        if told:
            return f"{_quoted(min(told, key=_strangeness))} (profile `{profile}`). {_play(rule)}"
    raise ValueError(f"{rule.id} decides nothing under any profile")


def _play(rule: Rule) -> str:
    return f'<a href="playground.html{escape(link_to(*example_of(rule)))}">Try it in the playground</a>'


def _quoted(story: str) -> str:
    facts, _, outcome = story.rpartition(": ")
    return f"{words(facts)} → **{words(outcome)}**"


def _strangeness(story: str) -> tuple[bool, int]:
    """Least for the story that is soonest understood: one about an ordinary name, and short."""
    return any(strange in story for strange in ('""', "root", "uid 0", "gid 0")), len(story)


@part("rule-functions")
def functions() -> str:
    """The functions that the conditions are made of."""
    every = (getattr(rulebook, name) for name in dir(rulebook) if not name.startswith("_"))
    own = [f for f in every if inspect.isfunction(f) and f.__module__ == rulebook.__name__]
    return code("\n\n".join(map(inspect.getsource, sorted(own, key=lambda f: f.__code__.co_firstlineno))), "python")


def outcome_cell(rule: str) -> str:
    """How a rule ends, in words and with a mark that is not a colour."""
    found = next(one for one in RULEBOOK if one.id == rule)
    starts = found.outcome(found.id, SITUATION).starts
    text = " ".join(outcome_in_words(found)) if starts else "refused: " + outcome_in_words(found)[1]
    mark, kind = ("✓", "starts") if starts else ("✗", "refused")
    return f"[{mark} {text}]{{.{kind}}}"


PHRASES = {
    "any": "any",
    "none": "not tagged",
    "blank": "blank",
    "missing": "not on the instance",
    "present": "an ordinary OS user",
    "id-0": "a user with uid 0 or gid 0",
    "root": "`root`, without uid 0 or gid 0",
    "any-root": "`root`",
    "root-id-0": "`root`, with uid 0 or gid 0",
    "other-case": "tagged under a key in another case",
    "ssm-user": "`ssm-user`",
}
"""How the kinds of names read in the table."""


def kind_in_words(kinds: str) -> str:
    """The kinds of what a tag or the preferences name: `missing or blank` in words."""
    kinds = kinds.replace("root or root-id-0", "any-root")
    return ", or ".join(PHRASES.get(kind, kind) for kind in kinds.split(" or "))


@part("decision-table")
def decision_table() -> str:
    """The whole decision under each profile, grouped."""
    return "\n\n".join(_table_of(profile, reading) for profile, reading in PROFILES.items())


def _table_of(profile: str, reading: Reading) -> str:
    found = groups((reading,))
    rows = table(
        ("Run As", "Platform", "The tag names", "The preferences name", "Decision", "Rule", "Classes"),
        (
            [*facts_in_words(group), outcome_cell(group.rules[0]), link("rule", group.rules[0]), len(group.classes)]
            for group in found
        ),
        numeric=(6,),
    )
    classes = frozenset[str]().union(*(group.classes for group in found))
    return f"### Profile `{profile}`\n\n{len(found)} rows cover {len(classes)} classes of situations.\n\n{rows}"


def facts_in_words(group: Group) -> list[str]:
    """Run As, platform, tag and preferences of a group, as the cells of a table."""
    return [group.run_as, group.platforms, kind_in_words(group.tags), kind_in_words(group.defaults)]
