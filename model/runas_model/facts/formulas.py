"""The universe of facts: a truth is a formula over questions that can be asked of a situation and a reading.

Running the rulebook here yields its decision tree, from which come the compiled `decide` and the explanations.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache
from itertools import chain
from typing import Any

import attrs

from runas_model.specification.readings import CHOICES, Reading
from runas_model.specification.vocabulary import OsUser, Platform, Situation, Switch
from runas_model.universes.connectives import all_of, any_of, field_names, is_blank, not_

__all__ = [
    "CONSTANTS",
    "FACTS",
    "READING",
    "SITUATION",
    "Choice",
    "Fact",
    "Formula",
    "ask",
    "atoms",
    "evaluate",
    "fact_of",
    "open_question",
    "phrases_that_decide",
    "value",
]

CONSTANTS: dict[str, Any] = {
    f"{type(member).__name__}_{member.name}": member for member in chain(*CHOICES.values(), Platform, Switch)
} | {"is_blank": is_blank}
"""The enumerated values that a fact may be compared with, and what it may ask of a name, as its source calls them."""


@attrs.frozen
class Fact:
    """A question as Python asks it, and how either answer reads, with the names `{tag}` and `{default_user}`."""

    source: str
    holds: str
    fails: str


FACTS = {
    fact.source: fact
    for fact in (
        Fact(
            "s.run_as_enabled is Switch_UNREADABLE",
            "the switch in the preferences is not a truth value",
            "the preferences can be read",
        ),
        Fact("s.platform is Platform_LINUX", "the instance runs Linux", "the instance does not run Linux"),
        Fact("s.platform is Platform_MACOS", "the instance runs macOS", "the instance does not run macOS"),
        Fact("r.macos is MacOs_COVERED", "the reading covers macOS", "the reading does not cover macOS"),
        Fact("s.run_as_enabled is Switch_ON", "Run As is on", "Run As is not on"),
        Fact("s.tagged", "the principal is tagged {tag}", "the principal is not tagged"),
        Fact(
            "s.tag_key_exact",
            "the tag's key is spelled SSMSessionRunAs",
            "the tag's key is SSMSessionRunAs in another case",
        ),
        Fact(
            "r.tag_key is LookUp_ANY_CASE",
            "the reading ignores case in the tag's key",
            "the reading compares the tag's key with its case",
        ),
        Fact("s.tag_blank", "the tag is blank", "the tag is not blank"),
        Fact(
            "r.blank_tag is BlankTag_AS_UNTAGGED",
            "the reading treats a blank tag as no tag",
            "the reading treats a blank tag as naming nobody",
        ),
        Fact("s.tag == 'ssm-user'", "the tag names ssm-user", "the tag does not name ssm-user"),
        Fact("s.os_users.has(s.tag)", "{tag} is on the instance", "{tag} is not on the instance"),
        Fact(
            "r.superuser is Superuser_ROOT_REFUSED",
            "the reading refuses root by its name",
            "the reading does not refuse root by its name",
        ),
        Fact("s.tag == 'root'", "the tag names root", "the tag does not name root"),
        Fact("s.os_users[s.tag].uid == 0", "{tag} has uid 0", "{tag} has a uid other than 0"),
        Fact("s.os_users[s.tag].gid == 0", "{tag} has gid 0", "{tag} has a gid other than 0"),
        Fact(
            "r.superuser is Superuser_REFUSED",
            "the reading refuses OS users with uid 0 or gid 0",
            "the reading does not refuse OS users with uid 0 or gid 0",
        ),
        Fact("s.default_named", "the preferences name {default_user}", "the preferences name nobody"),
        Fact("s.default_user == 'ssm-user'", "the preferences name ssm-user", "the preferences do not name ssm-user"),
        Fact(
            "s.os_users.has(s.default_user)",
            "{default_user} is on the instance",
            "{default_user} is not on the instance",
        ),
        Fact("s.default_user == 'root'", "the preferences name root", "the preferences do not name root"),
        Fact(
            "s.os_users[s.default_user].uid == 0", "{default_user} has uid 0", "{default_user} has a uid other than 0"
        ),
        Fact(
            "s.os_users[s.default_user].gid == 0", "{default_user} has gid 0", "{default_user} has a gid other than 0"
        ),
    )
}
"""Every question that the rulebook asks, by its source; a test holds the two equal."""


class _Truth:
    """What formulas, terms and choices share: they can be connected, and are never branched on."""

    def all_of(self, truths: tuple[Any, ...]) -> "Formula":
        return Formula("all", tuple(map(_formula, truths)))

    def any_of(self, truths: tuple[Any, ...]) -> "Formula":
        return Formula("any", tuple(map(_formula, truths)))

    def negated(self) -> "Formula":
        return Formula("not", (_formula(self),))

    def choose(self, then: Any, otherwise: Any) -> "Choice":
        return Choice(_formula(self), then, otherwise)

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError("a formula over facts cannot be branched on: use the connectives")


@attrs.frozen(eq=False)
class Formula(_Truth):
    """`all`, `any` or `not` of other formulas, or an `atom` with its source, or a `constant`."""

    kind: str
    parts: tuple[Any, ...]

    def __eq__(self, other: object) -> "Formula":  # type: ignore[override]
        neither = self.negated(), _formula(other).negated()
        return self.any_of((self.all_of((self, other)), self.all_of(neither)))


@attrs.frozen(eq=False)
class Choice(_Truth):
    """What depends on a formula: a decision, a value or a truth; either branch is one or another choice."""

    condition: Formula
    then: Any
    otherwise: Any

    def __eq__(self, other: object) -> Any:
        return self.condition.choose(self.then == other, self.otherwise == other)


@attrs.frozen(eq=False)
class Term(_Truth):
    """A value of the situation or the reading, known by the Python expression that reads it."""

    source: str

    def is_blank(self) -> Formula:
        return Formula("atom", (f"is_blank({self.source})",))

    def __eq__(self, other: object) -> Any:
        if isinstance(other, Formula | Choice):
            return other == self
        return Formula("atom", (f"{self.source} {'is' if isinstance(other, Enum) else '=='} {_source(other)}",))


@attrs.frozen(eq=False)
class FactTable:
    """The OS users, known by the Python expression that reads them."""

    source: str

    def has(self, key: Any) -> Formula:
        return Formula("atom", (f"{self.source}.has({_source(key)})",))

    def __getitem__(self, key: Any) -> OsUser:
        of = f"{self.source}[{_source(key)}]"
        return OsUser(*(Term(f"{of}.{name}") for name in field_names(OsUser)))  # type: ignore[arg-type]


SITUATION = Situation(**{  # type: ignore[arg-type]
    **{name: Term(f"s.{name}") for name in field_names(Situation)}, "os_users": FactTable("s.os_users")
})  # fmt: skip
"""The situation of which everything is a question."""
READING = Reading(**{name: Term(f"r.{name}") for name in field_names(Reading)})  # type: ignore[arg-type]
"""The reading, likewise."""


def _source(value: Any) -> str:
    """How Python reads a value, or writes a constant. Raises TypeError for what depends on more than one question."""
    if isinstance(value, Term):
        return value.source
    if isinstance(value, Formula | Choice):
        raise TypeError(f"no question can be asked of {value}")
    return f"{type(value).__name__}_{value.name}" if isinstance(value, Enum) else repr(value)


def _formula(truth: Any) -> Formula:
    """A truth as a formula. Raises TypeError for what is none."""
    if isinstance(truth, Formula):
        return truth
    if isinstance(truth, Term):
        return Formula("atom", (truth.source,))
    if isinstance(truth, Choice):
        chosen = (truth.condition, truth.then), (truth.condition.negated(), truth.otherwise)
        return truth.any_of(tuple(map(truth.all_of, chosen)))
    if isinstance(truth, bool):
        return Formula("constant", (truth,))
    raise TypeError(f"{truth!r} is no truth")


def atoms(truth: Any) -> Iterator[str]:
    """The sources of the facts in a truth, in order of appearance, repeated ones repeated."""
    formula = _formula(truth)
    if formula.kind == "atom":
        yield formula.parts[0]
    elif formula.kind != "constant":
        for part in formula.parts:
            yield from atoms(part)


def value(truth: Any, known: Mapping[str, bool]) -> bool | None:
    """The truth value under what is known of the facts; None where that does not settle it."""
    formula = _formula(truth)
    if formula.kind == "atom":
        return known.get(formula.parts[0])
    if formula.kind == "constant":
        return bool(formula.parts[0])
    parts = [value(part, known) for part in formula.parts]
    if formula.kind == "not":
        return None if parts[0] is None else not parts[0]
    decisive = formula.kind == "any"
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def evaluate(truth: Any, s: Situation, r: Reading, altered: Mapping[str, Callable[[bool], bool]]) -> bool:
    """A truth of this universe, asked in any other; `altered` has functions that change answers, by their source."""
    formula = _formula(truth)
    if formula.kind == "constant":
        return bool(formula.parts[0])
    if formula.kind == "atom":
        source = formula.parts[0]
        answer = ask(source, s, r)
        return altered[source](answer) if source in altered else answer
    parts = [evaluate(part, s, r, altered) for part in formula.parts]
    if formula.kind == "not":
        return not_(*parts)
    return all_of(*parts) if formula.kind == "all" else any_of(*parts)


def ask(source: str, s: Situation, r: Reading) -> bool:
    """The answer to a question of `FACTS`, by its source, in any universe."""
    return _question(source)(s, r)


@cache
def _question(source: str) -> Callable[[Situation, Reading], bool]:
    """A fact as a function; enumerated values are compared by `==`, which every universe answers."""
    compared = re.sub(r" is (\w+)$", r" == \1", source)
    return eval(f"lambda s, r: {compared}", dict(CONSTANTS))  # type: ignore[no-any-return]


def open_question(truth: Any, known: Mapping[str, bool]) -> str:
    """The source of the first fact on which a truth value that is not settled may still depend."""
    formula = _formula(truth)
    if formula.kind == "atom":
        return str(formula.parts[0])
    return open_question(next(part for part in formula.parts if value(part, known) is None), known)


def fact_of(source: str) -> Fact:
    """The fact that a source asks for. Raises LookupError, which names the file, where nothing says how it reads."""
    if source in FACTS:
        return FACTS[source]
    raise LookupError(
        f'model/runas_model/facts/formulas.py: no wording of {source} in FACTS: add Fact("{source}", ...)'
    )


def phrases_that_decide(truth: Any, known: Mapping[str, bool]) -> list[str]:
    """Phrases of facts that suffice for the truth value under a complete assignment: the first of several."""
    formula = _formula(truth)
    if formula.kind == "constant":
        return []
    if formula.kind == "atom":
        fact = fact_of(formula.parts[0])
        return [fact.holds if known[fact.source] else fact.fails]
    decisive = formula.kind == "any"
    parts = [part for part in formula.parts if value(part, known) is decisive]
    chosen = parts[:1] or formula.parts
    return list(dict.fromkeys(phrase for part in chosen for phrase in phrases_that_decide(part, known)))
