"""Cases counted one at a time: by verdict, by the rule that decides them, and by law."""

from collections import Counter
from collections.abc import Iterable

import attrs

from runas_model.specification.rulebook import RULES
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.cases import NO_ANSWER, NO_START, CaseReport, Row
from runas_properties.laws import LAWS

__all__ = ["Tally"]


@attrs.define
class _OfRule:
    cases: int = 0
    expected: Counter[str] = attrs.field(factory=Counter)
    got: Counter[str] = attrs.field(factory=Counter)
    verdicts: Counter[Verdict] = attrs.field(factory=Counter)
    not_offered: int = 0

    def row(self, rule: str) -> Row:
        title = RULES[rule].title if rule in RULES else "Cases that start no session."  # type: ignore[index]
        right = all(verdict.conforms for verdict in self.verdicts)
        known, skipped = self.verdicts[Verdict.KNOWN], self.verdicts[Verdict.SKIPPED]
        expected, got = _summary(self.expected), _summary(self.got)
        return Row(rule, title, self.cases, expected, got, right, known, skipped, self.not_offered)


@attrs.define
class _OfLaw:
    cases: int = 0
    broken: int = 0
    unanswered: int = 0
    right: bool = True
    excepted: Counter[Verdict] = attrs.field(factory=Counter)
    not_offered: int = 0

    def row(self, law: str) -> Row:
        held = self.cases - self.broken - self.unanswered
        counts = {"hold": held, "broken": self.broken, NO_ANSWER: self.unanswered}
        got = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
        known, skipped = self.excepted[Verdict.KNOWN], self.excepted[Verdict.SKIPPED]
        expected = f"{self.cases} hold" if self.cases else ""
        return Row(law, LAWS[law].title, self.cases, expected, got, self.right, known, skipped, self.not_offered)


@attrs.define
class Tally:
    """What is counted of cases; the cases themselves are not kept."""

    verdicts: Counter[Verdict] = attrs.field(factory=Counter)
    of_rules: dict[str, _OfRule] = attrs.field(factory=dict)
    of_laws: dict[str, _OfLaw] = attrs.field(factory=dict)

    @classmethod
    def of(cls, cases: Iterable[CaseReport]) -> "Tally":
        """The tally of some cases."""
        tally = cls()
        for case in cases:
            tally.add(case)
        return tally

    def add(self, case: CaseReport, times: int = 1) -> None:
        """Count a case, which may have come several times; one that is not offered apart from the others."""
        verdict = case.verdict
        self.verdicts[verdict] += times
        rule = self.of_rules.get(case.rule)
        if rule is None:
            rule = self.of_rules[case.rule] = _OfRule()
        if verdict is Verdict.NOT_OFFERED:
            rule.not_offered += times
            for law in case.laws_tested:
                self._of_law(law).not_offered += times
            return
        rule.cases += times
        rule.expected[_kind(case.expected)] += times
        rule.got[_kind(case.got)] += times
        rule.verdicts[verdict] += times
        for law in dict.fromkeys([*case.laws_tested, *case.laws_broken]):
            one, broken = self._of_law(law), law in case.laws_broken
            one.cases += times
            one.broken += times * broken
            one.unanswered += times * (case.got == NO_ANSWER)
            one.right &= verdict is not Verdict.ERRORED and (verdict.conforms or not broken)
            if broken or case.got == NO_ANSWER:
                one.excepted[verdict] += times

    def _of_law(self, law: str) -> _OfLaw:
        one = self.of_laws.get(law)
        if one is None:
            one = self.of_laws[law] = _OfLaw()
        return one

    def rules(self) -> tuple[Row, ...]:
        """Cases by rule, in the order of the rulebook."""
        return tuple(self.of_rules[rule].row(rule) for rule in (*RULES, NO_START) if rule in self.of_rules)

    def laws(self) -> tuple[Row, ...]:
        """Cases by law, in the order of the laws."""
        return tuple(self.of_laws[law].row(law) for law in LAWS if law in self.of_laws)


def _summary(kinds: Counter[str]) -> str:
    """How many of each kind: `77 refused, 1 started`."""
    return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])))


def _kind(answer: str) -> str:
    head = answer.split(":")[0].split(" (")[0]
    return "started" if head.startswith("started as") else "reported an error" if head == "failed" else head
