"""External text made safe to print: nothing in it can move the cursor, end a line or be invisible."""

__all__ = ["printable"]


def printable(text: str) -> str:
    r"""The text with each character that cannot be printed written as Python escapes it, such as `\x1c` or `\n`."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
