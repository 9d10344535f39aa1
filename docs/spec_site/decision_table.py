"""The complete decision as data: every class of situations under every reading, for programs that hold no rule."""

from collections.abc import Iterator
from typing import Any

from runas_model import CLAUSES, PROFILES, RULEBOOK, SSM_USER, Reading, Rule, all_readings, decide
from runas_model.facts.classes import MATTERS, SituationClass, situation_classes
from runas_model.facts.explanation import known_facts, path_to
from runas_model.facts.formulas import SITUATION, Term
from runas_model.specification.readings import SAID_BY, choices_of, choices_said_by
from runas_model.specification.vocabulary import ROOT, RUN_AS_TAG
from runas_model.universes.connectives import WHITE_SPACE
from spec_site.picture import outcome_in_words

__all__ = ["decision_table", "vector_of"]

PLACEHOLDERS = {"s.tag": "{tag}", "s.default_user": "{default_user}"}


def decision_table() -> dict[str, Any]:
    """The table as plain data, made small by naming everything once:

    - `questions`: the questions about a situation, in order; a class answers each, false where it does not matter;
    - `matters`: for each question, groups of others, of each of which one at least must be answered yes (or no, behind
      `not`) for it to matter;
    - `readings`: every reading; `profiles`: by name, which of them it is;
    - `clauses`: by id, where it stands and what it says; `rules`: in order, what each decides;
    - `said_by`: the clauses that count only where the reading makes one of some choices, each with those choices;
    - `phrases`: why a rule did or did not match; `{tag}` and `{default_user}` stand for the names in quotes;
    - `paths`: for the rules passed over and last the one that decides, which of the phrases say why;
    - `classes`: for each, the vector that covers it, its answers as bits (the first question is the lowest), and for
      each reading which of the paths it takes;
    - `blank`: the characters that alone make a name blank; `ssm_user`, `root` and `tag_key`: the names of Session
      Manager's own user and of root, and the key of the Run As tag.
    """
    phrases: dict[str, int] = {}
    paths: dict[tuple[tuple[int, ...], ...], int] = {}
    classes = [
        [
            vector_of(one),
            sum(answer << bit for bit, answer in enumerate(one.answers.values())),
            [paths.setdefault(tuple(_path(one, reading, phrases)), len(paths)) for reading in all_readings()],
        ]
        for one in situation_classes()
    ]
    return {
        "questions": list(situation_classes()[0].answers),
        "matters": list(MATTERS.values()),
        "readings": [choices_of(reading) for reading in all_readings()],
        "profiles": {name: all_readings().index(reading) for name, reading in PROFILES.items()},
        "clauses": {clause.id: [clause.where, clause.text] for clause in CLAUSES.values()},
        "rules": [_rule(rule) for rule in RULEBOOK],
        "said_by": _said_by(),
        "phrases": list(phrases),
        "paths": list(paths),
        "classes": classes,
        "blank": WHITE_SPACE,
        "ssm_user": SSM_USER,
        "root": ROOT,
        "tag_key": RUN_AS_TAG,
    }


def _said_by() -> dict[str, list[list[str]]]:
    return {id: [[name, choice.value] for name, choice in choices_said_by(id)] for id in SAID_BY.values()}


def vector_of(one: SituationClass) -> str:
    """The id of the conformance vector that covers a class."""
    return f"decision-{one.id}"


def _path(one: SituationClass, reading: Reading, phrases: dict[str, int]) -> Iterator[tuple[int, ...]]:
    decided = decide(one.example, reading).rule
    for _, because in path_to(decided, known_facts(one.example, reading)):
        yield tuple(phrases.setdefault(phrase, len(phrases)) for phrase in because)


def _rule(rule: Rule) -> dict[str, Any]:
    decision = rule.outcome(rule.id, SITUATION)
    named: Any = decision.os_user
    return {
        "id": rule.id,
        "title": rule.title,
        "clauses": rule.clauses,
        "starts": decision.starts,
        "os_user": PLACEHOLDERS[named.source] if isinstance(named, Term) else named,
        "reason": decision.reason.value if decision.reason else None,
        "in_words": outcome_in_words(rule),
    }
