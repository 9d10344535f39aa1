"""What a command's exit code says."""

from enum import IntEnum

__all__ = ["ExitCode"]


class ExitCode(IntEnum):
    """An exit code with its meaning; one above 128 is 128 plus the number of the signal that ended the command."""

    HOLDS = 0, "holds"
    DOES_NOT_HOLD = 1, "does not hold"
    UNUSABLE = 2, "usage error or unreadable input"
    HUNG_UP = 129, "hung up"
    INTERRUPTED = 130, "interrupted"
    TERMINATED = 143, "terminated"

    meaning: str

    def __new__(cls, number: int, meaning: str) -> "ExitCode":
        code = int.__new__(cls, number)
        code._value_ = number
        code.meaning = meaning
        return code
