"""The obligations of all laws as text, written once for all tests of a process: that takes seconds."""

from functools import cache

from runas_solver.crosscheck import Question, questions_of_laws


@cache
def law_questions() -> tuple[Question, ...]:
    return tuple(questions_of_laws())
