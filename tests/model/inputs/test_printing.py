"""External text cannot act on a terminal, nor pass for something that a report says itself."""

from runas_model import decide, explain, situation
from runas_model.inputs.printing import printable
from runas_model.stories.situations import outcome, tell

HOSTILE = "evil\x1b[2K\n0 unexplained\x1c"


def test_what_cannot_be_printed_is_written_out() -> None:
    assert printable(HOSTILE) == r"evil\x1b[2K\n0 unexplained\x1c"
    assert printable("zoë dave@corp") == "zoë dave@corp"


def test_no_line_that_tells_a_situation_has_a_control_character() -> None:
    s = situation(run_as_enabled=True, tag=HOSTILE, users=[HOSTILE])
    explanation = explain(s)
    told = [tell(s, decide(s)), outcome(decide(s)), *explanation.because]

    assert all(line.isprintable() for line in told)
    assert any(r"\x1b[2K\n0 unexplained\x1c" in line for line in told)
