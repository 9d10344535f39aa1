"""Failures by what may have caused them: a few groups, each counted, instead of many lines that are alike.

Failures that are alike have a flag in common, a law that they break, or the rule that should have decided and what came
instead. We take what most failures have in common and fewest other cases, then the same of the failures that are left.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import attrs

from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.protocol.results import ERROR_NAMES, REASONS
from runas_properties.conformance.reports.cases import CaseReport
from runas_properties.conformance.vectors.vector import FLAGS

__all__ = ["Cause", "causes"]

DIAGNOSES = {
    "accent": "names that differ in accents are taken for one",
    "case": "names that differ in case are taken for one",
    "control": "control characters in names are lost or act",
    "domain": "the domain of a name is taken off",
    "encoded": "names are decoded",
    "hashed": "names are compared by something made of them, such as a checksum",
    "invisible": "names that differ in invisible characters are taken for one",
    "key-in-another-case": "a tag's key in another case is read otherwise than the reading has it",
    "list": "a name with a separator is taken for a list",
    "lookalike": "names that look alike are taken for one",
    "near-key": "a key that resembles SSMSessionRunAs is taken for it",
    "nobody": "a session starts, or is refused for another reason, although nobody is named",
    "normal-form": "names with composed and with decomposed letters are taken for one",
    "number": "a number is taken for a uid",
    "option": "a name that begins with a dash is taken for an option",
    "parameter": "parameters are not passed on, or fill what they do not, such as a tag",
    "part-of-a-name": "names are cut, or compared in part",
    "path": "a name is taken for a path",
    "pattern": "a name is taken for a pattern or a template",
    "posix-id": "a uid or gid at a boundary is taken for another",
    "punctuation": "names that differ in punctuation are taken for one",
    "quoted": "quotes or brackets are taken off names",
    "region": "Regions are not passed on, or are taken for one",
    "role-session": "role sessions are not passed on, or the tag of another session or of the role counts",
    "run-as-off": "Run As counts although it is off",
    "session-document": "the document that a session names is not passed on, or is not the one that holds",
    "unreadable": "preferences that cannot be read are not refused",
    "value": "a name that is a word for a value is taken for that value",
    "white-space": "names are trimmed, or differ in white space and are taken for one",
}
"""What goes wrong where most cases with a flag fail, or most failures have the flag."""

NO_CAUSE = ("aftermath", "every-class", "fault", "operation-error", "order", "pair", "witness")
"""Flags that say where a case comes from, and not what it is about."""

SURE = 0.25
"""The part of the cases with a flag that fails where its diagnosis is made."""
MOST = 0.6
"""The part of all failures that have a flag where its diagnosis is made."""
OF_EFFECTS = 0.5
"""What a law, an answer or a flag without a diagnosis counts: they say what is to be seen, and not why."""


class Trait(NamedTuple):
    """What failures have in common: a flag, an answer to one question, an effect on a whole service, or an error."""

    kind: Literal["flag", "answer", "effect", "error"]
    text: str


@attrs.frozen
class Cause:
    """What may be the cause of some failures; where they have a `flag` in common, `of` counts all cases with it."""

    text: str
    cases: tuple[CaseReport, ...]
    flag: str = ""
    of: int = 0


def causes(failures: Sequence[CaseReport], cases: Iterable[CaseReport]) -> list[Cause]:
    """Failures by cause, the largest group first; `cases` are all that were asked. Each failure is in one group."""
    flags, rules = Counter[str](), Counter[str]()
    for case in cases:
        flags.update(case.flags)
        rules[case.rule] += case.level == "decision"
    having: dict[Trait, set[int]] = {}
    for at, case in enumerate(failures):
        for trait in _traits(case):
            having.setdefault(trait, set()).add(at)
    left, made = set(range(len(failures))), []
    while left:
        of = {trait: left & found for trait, found in having.items()}
        weight = {trait: len(of[trait]) * _share(trait, having[trait], failures, flags, rules) for trait in having}
        best = max(having, key=lambda trait: (weight[trait], len(having[trait])))
        found = tuple(failures[at] for at in sorted(of[best]))
        if best.kind == "flag":
            among = max(flags[best.text], len(found))
            sure = len(found) >= min(SURE * among, MOST * len(failures))
            made.append(Cause(_told(best.text, sure), found, best.text, among))
        else:
            made.append(Cause(best.text, found))
        left -= of[best]
    return sorted(made, key=lambda cause: -len(cause.cases))


def _told(flag: str, sure: bool) -> str:
    """The diagnosis, or what the cases with the flag are there for."""
    purpose = FLAGS.get(flag, flag).rstrip(".")
    return DIAGNOSES.get(flag, purpose) if sure else purpose


def _share(
    trait: Trait, found: set[int], failures: Sequence[CaseReport], flags: Counter[str], rules: Counter[str]
) -> float:
    """How much of what has a trait fails, or where that is not known, how many failures have it; from 0 to 1."""
    if trait.kind == "flag":
        return len(found) / max(flags[trait.text], len(found)) * (1 if trait.text in DIAGNOSES else OF_EFFECTS)
    if trait.kind == "answer":
        return len(found) / max(rules[failures[min(found)].rule], len(found))
    return len(found) / len(failures) * (OF_EFFECTS if trait.kind == "effect" else 1)


def _traits(case: CaseReport) -> Iterator[Trait]:
    if case.verdict is not Verdict.FAILED:
        yield Trait("error", case.detail.partition("\n")[0])
        yield Trait("error", case.detail.partition(": ")[0])
        return
    yield from (Trait("flag", flag) for flag in case.flags if flag not in NO_CAUSE)
    if case.detail:
        yield Trait("error", case.detail)
    expected, got = _answer(case.expected), _answer(case.got)
    came = OTHER.get(got, got) if expected == got else got
    if case.level == "decision":
        yield Trait("answer", f"expected {expected} by {case.rule}, got {came}")
    else:
        yield from (Trait("effect", f"the law {law} is broken") for law in case.laws_broken)
        yield Trait("effect", f"expected {expected}, got {came}")


OTHER = {
    "started": "started as another OS user",
    "OS users": "other OS users",
    "sessions": "other sessions",
}


def _answer(answer: str) -> str:
    """`started`, `refused (os-user-missing)`, `sessions` and so on; reasons of an implementation's own are left out."""
    head = answer.split(":")[0]
    if head.startswith("started as"):
        return "started"
    kind, _, reason = head.partition(" (")
    own = reason and not {*reason.rstrip(")").split(" or ")} <= REASONS | ERROR_NAMES
    return kind if own else head
