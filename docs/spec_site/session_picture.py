"""The life of a session as a picture: its statuses, and the operations that move it between them."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

__all__ = ["ENDED", "NOT_YET", "RUNNING", "session_picture"]

NOT_YET, RUNNING, ENDED = "has not started", "is running", "has ended"

WIDTH, BOX, HEIGHT, LEFT, LINE = 400, 150, 40, 10, 15
ANYTHING = "any other operation"
STATUSES = (NOT_YET, RUNNING, ENDED)


def session_picture(moves: Mapping[tuple[str, str], Sequence[str]], operations: Sequence[str]) -> str:
    """An SVG of the statuses from top to bottom, for moves from a status to one below it or to itself.

    A move by every one of the operations is written as any other operation.

    Raises ValueError for any other move: there is no way back.
    """
    back = [move for move in moves if STATUSES.index(move[1]) < STATUSES.index(move[0])]
    if back:
        raise ValueError(f"a session cannot go back to an earlier status, but these moves do: {back}")
    told = "; ".join(f"a session that {was} {becomes} by {', '.join(by)}" for (was, becomes), by in moves.items())
    moves = {move: by if list(by) != list(operations) else [ANYTHING] for move, by in moves.items()}
    tops = _tops(moves)
    height = tops[ENDED] + HEIGHT + 12
    drawn = "".join(part for status in STATUSES for part in _status(status, tops, moves))
    return (
        f'<figure class="picture"><svg class="session-picture" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {WIDTH} {height}" aria-labelledby="session-title session-description">'
        f'<title id="session-title">The life of a session</title>'
        f'<desc id="session-description">{escape(told)}</desc>{drawn}</svg></figure>'
    )


def _tops(moves: Mapping[tuple[str, str], Sequence[str]]) -> dict[str, int]:
    tops, top = {}, 6
    for status, following in zip(STATUSES, (*STATUSES[1:], ""), strict=True):
        tops[status] = top
        beside = LINE * len(moves.get((status, status), ()))
        below = LINE * len(moves.get((status, following), ()))
        top += max(HEIGHT, beside + 6) + below + 34
    return tops


def _status(status: str, tops: Mapping[str, int], moves: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[str]:
    top = tops[status]
    yield f'<rect x="{LEFT}" y="{top}" width="{BOX}" height="{HEIGHT}" rx="20"/>'
    yield f'<text class="strong" x="{LEFT + BOX // 2}" y="{top + 25}" text-anchor="middle">{escape(status)}</text>'
    stays = moves.get((status, status), ())
    if stays:
        right = LEFT + BOX
        yield f'<path d="M{right} {top + 12}h26v16h-25m5 -4l-5 4l5 4"/>'
        note = "refused" if status == NOT_YET else ""
        for line, operation in enumerate(stays):
            yield _text(right + 36, top + 16 + LINE * line, f"{operation}{f', {note}' if note else ''}")
    following = next((becomes for was, becomes in moves if was == status and becomes != status), None)
    if following:
        middle, bottom = LEFT + 40, tops[following] - 1
        yield f'<path d="M{middle} {top + HEIGHT}V{bottom}m-4 -5l4 5l4 -5"/>'
        by = moves[status, following]
        for line, operation in enumerate(by):
            yield _text(middle + 10, bottom - 12 - LINE * (len(by) - 1 - line), operation)


def _text(x: int, y: int, text: str) -> str:
    return f'<text x="{x}" y="{y}">{escape(text)}</text>'
