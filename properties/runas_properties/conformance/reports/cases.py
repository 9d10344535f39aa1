"""What a report says of one case, and of all cases of one rule or law."""

import msgspec

from runas_properties.conformance.judging.running import Verdict

__all__ = ["NO_ANSWER", "NO_START", "CaseReport", "Row"]

NO_START = "no session is started"
NO_ANSWER = "no answer"


class CaseReport(msgspec.Struct, frozen=True):
    """One case: what was asked, what was expected, what came, and how it is told.

    `rule` decides its last start; `laws_tested` have something to say of it, `laws_broken` were seen to be broken.
    `story` is there where an answer was not accepted, `repeat`, the command that repeats the case, where it failed and
    one is known; `detail` is what went wrong, or the reason why it is skipped or known, with its `issue`. `kind` names
    the known failures that it is one of, where they are listed by kinds. `needs` are the nouns of which it speaks, and
    the version of the protocol where the implementation speaks an older one that cannot ask it.
    """

    id: str
    title: str
    level: str
    verdict: Verdict
    rule: str
    clauses: tuple[str, ...]
    flags: tuple[str, ...]
    laws_tested: tuple[str, ...]
    laws_broken: tuple[str, ...]
    asked: tuple[str, ...]
    expected: str
    got: str
    detail: str = ""
    issue: str = ""
    kind: str = ""
    story: str = ""
    repeat: str = ""
    needs: tuple[str, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """All cases of one rule or one law: how they should end, how they did, and whether that is as it should be.

    `known` and `skipped` are those among them that are excepted. Those that are `not_offered` are not among them.
    """

    id: str
    title: str
    cases: int
    expected: str
    got: str
    as_it_should_be: bool
    known: int = 0
    skipped: int = 0
    not_offered: int = 0
