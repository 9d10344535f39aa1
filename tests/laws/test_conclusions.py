"""A conclusion that a title words in its own way stands beside the exact one, read and kept: neither changes alone."""

import sys
from pathlib import Path

from runas_properties.laws import LAWS

KEPT = Path(__file__).with_name("conclusions.txt")


def worded_by_hand() -> str:
    """Each hand-written conclusion of a title, and under it the exact conclusion, made from the law's function."""
    laws = [law for law in LAWS.values() if law.then]
    return "\n".join(f"{law.id}\n  title:   {law.then}\n  exactly: {'; '.join(law.words.concluded)}\n" for law in laws)


def test_a_conclusion_in_a_titles_own_words_was_read_beside_the_exact_one() -> None:
    assert worded_by_hand() == KEPT.read_text("utf-8"), (
        "a title's conclusion or the law under it has changed: read both, then make renew"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(worded_by_hand(), "utf-8")
