"""The words that a POSIX shell makes of a name that is pasted unquoted into a command.

amazon-ssm-agent asks for an OS user by `sh -c "id -u NAME"`, so that what the shell makes of the name decides. Quotes,
backslashes, comments and blanks are read here as the shell reads them. Where it would do more (expand, redirect, run
another command), anything may come of it.
"""

import re
from enum import Enum

__all__ = ["NotPlain", "shell_words"]

BLANKS = " \t"
OPERATORS = frozenset(";&|<>()")
GLOBS = frozenset("*?[")
EXPANDS = re.compile(r"\$(?:\\\n)*[A-Za-z0-9_{(@*#?$!-]")  # also where the line goes on in between
IN_BASH = re.compile(r"\$(?:\\\n)*['\"]")
BRACES = re.compile(r"\{[^{}]*(?:,|\.\.)[^{}]*\}")


class NotPlain(Enum):
    """What comes of a name of which a shell does not just make words."""

    PROGRAM = "a program"
    """The shell expands it, redirects by it or runs commands of it: anything may be printed."""
    BROKEN = "no command"
    """The shell cannot parse it, or another command comes last and is not found."""


def shell_words(name: str, *, bash: bool = False) -> list[str] | NotPlain:
    """The words of a name, or why there are none: `a\\'b' c` gives `ab` and `c`; `bash` expands braces too."""
    if "\0" in name:
        return NotPlain.BROKEN
    words: list[str] = []
    word: str | None = None
    at = 0
    while at < len(name):
        one = name[at]
        if one in BLANKS or (one == "#" and word is None) or one == "\n":
            words += [] if word is None else [word]
            word = None
            if one == "#":
                at = name.find("\n", at) if "\n" in name[at:] else len(name)
                continue
            if one == "\n" and name[at:].strip(BLANKS + "\n"):
                return NotPlain.PROGRAM
            at += 1
            continue
        if one in OPERATORS or one in GLOBS or one == "`" or EXPANDS.match(name, at):
            return NotPlain.PROGRAM
        if bash and (BRACES.match(name, at) or IN_BASH.match(name, at)):
            return NotPlain.PROGRAM
        part, at = _quoted(name, at) if one in "\\'\"" else (one, at + 1)
        if isinstance(part, NotPlain):
            return part
        if part is not None:
            word = (word or "") + part
    return [*words, word] if word is not None else words


def _quoted(name: str, at: int) -> tuple[str | NotPlain | None, int]:
    """What a quote or a backslash stands for, and where it ends; None for a line that goes on."""
    mark = name[at]
    if mark == "\\":
        if name[at + 1 : at + 2] == "\n":
            return None, at + 2
        return name[at + 1 : at + 2] or "\\", at + 2
    end = at + 1
    made = ""
    while end < len(name) and name[end] != mark:
        if mark == '"':
            if name[end] == "`" or EXPANDS.match(name, end):
                return NotPlain.PROGRAM, end
            if name[end] == "\\" and name[end + 1 : end + 2] in ("$", "`", '"', "\\", "\n"):
                end += 1
                if name[end] == "\n":
                    end += 1
                    continue
        made += name[end]
        end += 1
    return (made, end + 1) if end < len(name) else (NotPlain.BROKEN, end)
