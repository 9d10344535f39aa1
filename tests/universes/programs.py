"""Truths, rules and changes of tables made up by chance: for the same chance the same ones, in any universe."""

from collections.abc import Callable
from random import Random
from typing import Any, get_origin

from runas_model import Decision, Reading, Rule, Situation
from runas_model.specification.readings import CHOICES
from runas_model.specification.rulebook import refuse
from runas_model.specification.vocabulary import Name, Platform, Reason, RuleId, Switch
from runas_model.universes.connectives import all_of, any_of, choose, equal, implies, is_blank, not_
from runas_model.universes.syntax import for_every_universe
from runas_model.universes.tables import PairTable
from solver.homomorphism.generated import POOLS, truths_of

__all__ = ["ODD", "rules", "table_changed", "truth"]

DEPTH = 4

ODD = (Name("who is root"), Name("\x1c"), Name("\u2003"))
"""Names that are blank or not by the property White_Space alone, and one that reads like a question."""


def truth(chance: Random, s: Situation, r: Reading, depth: int = DEPTH, chosen_keys: bool = True) -> Any:
    """A truth about a situation and a reading; with `chosen_keys`, tables are asked for names that are chosen too."""

    def part() -> Any:
        return truth(chance, s, r, depth - 1, chosen_keys)

    kinds = ("all", "any", "not", "implies", "choose", "same", "differ", "question", "question", "question")
    match chance.choice(kinds) if depth > 0 else "question":
        case "all":
            return all_of(*_parts(chance, part))
        case "any":
            return any_of(*_parts(chance, part))
        case "not":
            return not_(part())
        case "implies":
            return implies(part(), part())
        case "choose":
            return choose(part(), part(), part())
        case "same":
            one, how = part(), chance.random()
            return one == (one if how < 0.1 else not_(one) if how < 0.2 else part())
        case "differ":
            one, other = part(), part()
            return all_of(any_of(one, other), not_(all_of(one, other)))
    return _question(chance, s, r, part if depth > 0 else None, chosen_keys)


def _parts(chance: Random, part: Callable[[], Any]) -> list[Any]:
    """What is joined: sometimes the first once more, or its opposite."""
    parts = [part() for _ in range(chance.choice((0, 1, 2, 2, 3)))]
    again = chance.random()
    if parts and again < 0.3:
        parts.append(parts[0] if again < 0.1 else not_(parts[0]))
    return parts


def _question(chance: Random, s: Situation, r: Reading, part: Callable[[], Any] | None, chosen_keys: bool) -> Any:
    def key() -> Any:
        return name(chance, s, part if chosen_keys else None)

    match chance.randrange(12):
        case 0:
            return chance.choice((True, False))
        case 1:
            return getattr(s, chance.choice(("tagged", "tag_key_exact", "tag_blank", "default_named")))
        case 2:
            return any_of(*(s.platform == one for one in chance.sample(list(Platform), chance.choice((1, 2)))))
        case 3:
            return s.run_as_enabled == chance.choice(list(Switch))
        case 4:
            point = chance.choice(list(CHOICES))
            return getattr(r, point) == chance.choice(list(CHOICES[point]))
        case 5:
            return is_blank(chance.choice((s.tag, s.default_user)))
        case 6:
            return s.os_users.has(key())
        case 7:
            return getattr(s.os_users[key()], chance.choice(("uid", "gid"))) == chance.choice((0, 1, 1001, -1))
        case 8:
            return equal(s.os_users[key()], s.os_users[key()])
    return name(chance, s, part) == name(chance, s, part)


def name(chance: Random, s: Situation, part: Callable[[], Any] | None) -> Any:
    """A name of the situation, or a constant, or where there are truths by which to choose, one of two."""
    match chance.randrange(5 if part else 4):
        case 0 | 1:
            return s.tag
        case 2:
            return s.default_user
        case 3:
            return chance.choice((*POOLS[Name], *ODD))
    assert part is not None
    return choose(part(), chance.choice((s.tag, s.default_user)), name(chance, s, None))


def rules(chance: Random) -> list[Rule]:
    """Some rules, each with a condition and an outcome of its own."""
    seeds = [chance.random() for _ in range(chance.randrange(1, 5))]
    return [_rule(f"rule-{number}", seed) for number, seed in enumerate(seeds)]


def _rule(id: str, seed: float) -> Rule:
    @for_every_universe
    def when(s: Situation, r: Reading) -> Any:
        return truth(Random(seed), s, r, 2, chosen_keys=False)

    @for_every_universe
    def start(rule: RuleId, s: Situation) -> Decision:
        chance = Random(seed)
        starts = chance.choice((True, s.tagged, s.tag_blank, not_(s.tagged)))
        by = choose(s.tag_key_exact, s.tag, s.default_user)
        return Decision(rule, starts, chance.choice((s.tag, s.default_user, by, Name("x"))), None)

    outcome = start if Random(seed).random() < 0.7 else refuse(Random(seed).choice(list(Reason)))
    return Rule(RuleId(id), "", (), when, outcome)


def table_changed(
    chance: Random, kind: Any, tables: list[Any], keys: list[Any], values: list[Any], flags: list[Any]
) -> list[Any]:
    """Tables that come of some of a kind, one after another, by what tables and `choose` do."""
    has_rows, fields = get_origin(kind) is PairTable, truths_of(kind)
    ways = ("put", "put", "drop", "choose", "drop_under", "drop") if has_rows else ("put", "drop", "choose")
    for _ in range(chance.randrange(1, 6)):
        table, other, key = chance.choice(tables), chance.choice(tables), chance.choice(keys)
        match chance.choice((*ways, *["copy_under"] * 3) if fields else ways):
            case "put":
                tables.append(table.put(key, chance.choice(values)))
            case "drop":
                tables.append(table.drop(key))
            case "drop_under":
                tables.append(table.drop_under(key[0]))
            case "copy_under":
                tables.append(table.copy_under(key[0], chance.choice(keys)[0], chance.choice(fields)))
            case "choose":
                tables.append(choose(chance.choice(flags), table, other))
    return tables
