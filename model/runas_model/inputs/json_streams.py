"""JSON read a piece at a time, so that memory does not grow with the file."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import TextIO

import msgspec

__all__ = ["LIMIT", "JsonText", "NotJson", "TooLong", "lines"]

LIMIT = 1 << 20
"""Characters that one value or line may have; a longer one is refused as soon as that many more were read."""
CHUNK = 1 << 18
"""Characters read at once."""

SPACE = re.compile(r"[ \t\r\n]*")
JOINT = re.compile(r'[ \t\r\n]*,[ \t\r\n]*\{[ \t\r\n]*"(?:[^"\\]|\\.)*"')
"""From the end of an element to the first name in the next."""
LONGEST_TOKEN = 16
"""No token but a string or a number is longer, so an error further from the end of what was read is an error."""

read_value = json.JSONDecoder().raw_decode


class NotJson(ValueError):
    """The text is not JSON, or ends too soon."""


class TooLong(NotJson):
    """A part of the text is longer than the limit."""

    def __init__(self) -> None:
        super().__init__(f"longer than {LIMIT} characters")


class JsonText:
    """A place in the text of a JSON document; whoever asks for a part of it moves the place behind that part."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._may_guess = True
        self.member = ""
        """The member that was come to last."""

    def next(self) -> str:
        """The next character that is not white space, which is not passed; empty at the end."""
        while True:
            self._at = SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def members(self) -> Iterator[str]:
        """The names of an object's members; before the next one is asked for, its value must be taken or skipped."""
        self._expect("{")
        if self._passes("}"):
            return
        while True:
            name = msgspec.json.decode(self.value())
            if not isinstance(name, str):
                raise NotJson("the name of a member must be a string")
            self._expect(":")
            self.member = name
            yield name
            if self._passes("}"):
                return
            self._expect(",")

    def elements(self) -> Iterator[Sequence[str | msgspec.Raw]]:
        """The texts of an array's elements, several at a time."""
        self._expect("[")
        if self._passes("]"):
            return
        while True:
            yield [self.value()]
            yield self._more_elements()
            if self._passes("]"):
                return
            self._expect(",")

    def value(self) -> str:
        """The text of one value."""
        self.next()
        while True:
            try:
                _, end = read_value(self._text, self._at)
                if end < len(self._text) or self._text[end - 1] in '}]"' or not self._more():
                    start, self._at = self._at, end
                    return self._text[start:end]
            except json.JSONDecodeError as error:
                if not error.msg.startswith("Unterminated string") and error.pos < len(self._text) - LONGEST_TOKEN:
                    raise NotJson(error.msg) from None
                if len(self._text) - self._at > LIMIT:
                    raise TooLong from None
                if not self._more():
                    raise NotJson(error.msg) from None
            except RecursionError:
                raise NotJson("nested too deeply") from None

    def skip(self) -> None:
        """Pass over one value; an array may be of any length."""
        if self.next() != "[":
            self.value()
            return
        for _ in self.elements():
            pass

    def finish(self) -> None:
        """Make sure that nothing follows."""
        if self.next():
            raise NotJson(f"{self.next()!r} follows the end")

    def _more_elements(self) -> Sequence[msgspec.Raw]:
        """The elements that follow in what was read already, but for the last; none if their end is not sure.

        The end is guessed: where an element seems to begin as the next one does. If the text up to there
        and a bracket are JSON, then the guess was right: it was neither within a string nor within an element.
        """
        joint = JOINT.match(self._text, self._at) if self._may_guess else None
        if joint is None or self._text[self._at - 1] != "}":
            return []
        end = self._text.rfind("}" + joint.group(), self._at) + 1
        comma = self._text.index(",", self._at)
        try:
            found = msgspec.json.decode(f"[{self._text[comma + 1 : end]}]", type=list[msgspec.Raw])
        except msgspec.DecodeError:
            found = []
        self._may_guess = bool(found)
        if found:
            self._at = end
        return found

    def _more(self) -> bool:
        chunk = self._file.read(CHUNK)
        self._text = self._text[self._at :] + chunk
        self._at = 0
        self._may_guess = True
        return bool(chunk)

    def _passes(self, mark: str) -> bool:
        if self.next() != mark:
            return False
        self._at += 1
        return True

    def _expect(self, mark: str) -> None:
        if not self._passes(mark):
            raise NotJson(f"{mark!r} expected, {self.next() or 'the end'!r} found")


def lines(file: TextIO, rest: str = "") -> Iterator[Sequence[str]]:
    """The lines of a text, several at a time; `rest` was read of it before."""
    while chunk := file.read(CHUNK):
        *whole, rest = (rest + chunk).split("\n")
        yield whole
        if len(rest) > LIMIT:
            raise TooLong
    yield [rest]
