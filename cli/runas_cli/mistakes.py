"""What is wrong with a specification that cannot be run, told where it stands."""

import traceback

from runas_model.universes.syntax import NotForEveryUniverse

__all__ = ["mistake_in_specification"]

WRITTEN = ("runas_model.specification.", "runas_properties.laws.")
"""Where rules, operations and laws are."""


def mistake_in_specification(error: BaseException) -> str:
    """What is wrong, with file and line, where a rule, an operation or a law made an error; blank if none did."""
    if isinstance(error, NotForEveryUniverse):
        return str(error)
    frames = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__)
              if str(frame.f_globals.get("__name__")).startswith(WRITTEN)]  # fmt: skip
    if not frames:
        return ""
    frame, line = frames[-1]
    code = frame.f_code
    return f"{code.co_filename}, line {line}: `{code.co_name}`: {type(error).__name__}: {error}"
