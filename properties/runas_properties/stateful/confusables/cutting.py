"""Names that become the same when something cuts them, or compares less than all of them."""

from collections.abc import Callable

from runas_properties.stateful.confusables.confusable import Confusable, confusable, pairs, spellings

__all__ = ["CUTTING", "SIZES"]

SIZES = (
    8,
    10,
    12,
    14,
    15,
    16,
    18,
    20,
    24,
    25,
    30,
    31,
    32,
    40,
    48,
    50,
    60,
    63,
    64,
    80,
    100,
    120,
    127,
    128,
    200,
    250,
    254,
    255,
    256,
    511,
    512,
    1023,
    1024,
)
"""Lengths at which names are cut, in characters or bytes."""


def cut(letter: str, unit: int) -> Callable[[int], tuple[str, str]]:
    """A name and what is left of it at a size; `letter` takes `unit` of what is counted."""

    def pair(number: int) -> tuple[str, str]:
        size = SIZES[number]
        left = letter * (size // unit) + "a" * (size % unit)
        return f"{left}x", left

    return pair


def late(number: int) -> tuple[str, str]:
    """Two names that differ in the last character alone."""
    length = (3, 7, 9, 13, 17, 21, 33, 65, 101, 129, 256)[number]
    return "n" * (length - 1) + "b", "n" * (length - 1) + "a"


def early(number: int) -> tuple[str, str]:
    """Two names that differ in the first character alone."""
    length = (3, 9, 17, 33, 65, 129, 256)[number]
    return "b" + "n" * (length - 1), "a" + "n" * (length - 1)


def in_the_middle(number: int) -> tuple[str, str]:
    """A name that is cut at a number of bytes within its last letter."""
    left = "e" * (SIZES[number] - 1)
    return f"{left}é", left


def longer(number: int) -> tuple[str, str]:
    """A name, and its last characters."""
    return "x" + "n" * SIZES[number], "n" * SIZES[number]


def dotted(number: int) -> tuple[str, str]:
    """A name, and one with dots for its end."""
    return "n" * SIZES[number] + "y", "n" * (SIZES[number] - 3) + "..."


CUTTING: tuple[Confusable, ...] = (
    confusable("cut-at-a-size", "part-of-a-name", len(SIZES), cut("n", 1)),
    confusable("cut-at-a-number-of-bytes", "part-of-a-name", len(SIZES), cut("é", 2), examples=10),
    confusable("cut-in-the-middle-of-a-letter", "part-of-a-name", len(SIZES), in_the_middle, examples=8),
    confusable("cut-at-a-number-of-units", "part-of-a-name", len(SIZES), cut("😀", 2), examples=6),
    confusable("different-at-the-end", "part-of-a-name", 11, late),
    confusable("different-at-the-start", "part-of-a-name", 7, early),
    confusable("longer-at-the-start", "part-of-a-name", len(SIZES), longer, examples=8),
    confusable("dots-for-the-rest", "part-of-a-name", len(SIZES), dotted, examples=3),
    spellings("part", "part-of-a-name", lambda name: name[:-1], lambda name: name[1:], lambda name: name[1:-1],
              lambda name: name[0], lambda name: name[:2], lambda name: name + "x", lambda name: "x" + name,
              lambda name: f"x{name}x", lambda name: name + name, lambda name: name[:3],
              names=("alice", "olga", "dave2", "maria.k")),
    spellings("digits-at-an-end", "part-of-a-name", lambda name: f"{name}1", lambda name: f"1{name}",
              lambda name: f"{name}01", lambda name: f"{name}2026", lambda name: f"{name}-1", lambda name: f"{name}_2",
              lambda name: f"{name} 2", lambda name: f"{name}(2)", lambda name: f"{name}.1", names=("alice", "ops",
              "maria.k")),
    spellings("typing-error", "other-name", lambda name: name[:-1] + chr(ord(name[-1]) ^ 1),
              lambda name: name + name[-1], lambda name: name[1] + name[0] + name[2:],
              lambda name: name[:2] + name[1] + name[2:], lambda name: name[:-2] + name[-1],
              lambda name: name[:-2] + name[-1] + name[-2], names=("alice", "olga", "dave2", "maria.k")),
    pairs("sound", "other-name", ("alys", "alis"), ("smyth", "smith"), ("meier", "maier"), ("jon", "john"), ("kathy",
          "cathy"), ("philip", "filip"), ("alise", "alice"), ("robert", "rupert"), ("bob", "robert"), ("liz",
          "elizabeth"), examples=6),
    pairs("other-words", "other-name", ("admin", "administrator"), ("administrator", "root"), ("superuser", "root"),
          ("toor", "root"), ("ec2-user", "ssm-user"), ("ubuntu", "ec2-user"), ("user", "ssm-user"), ("ssm", "ssm-user"),
          ("alices", "alice"), ("the alice", "alice"), ("mr alice", "alice"), ("alice jr", "alice"), ("Administrator",
          "root"), examples=8),
    pairs("anybody", "other-name", ("alice", "ALL"), ("alice", "*"), ("alice", "any"), ("alice", "everyone"), ("alice",
          "%"), ("alice", "default"), ("alice", "nobody"), ("alice", "all"), ("alice", "guest"), ("alice", ".*"),
          examples=6),
    pairs("same-letters", "hashed", ("ecila", "alice"), ("celia", "alice"), ("aclie", "alice"), ("toor", "root"),
          ("aalice", "alice"), ("spo", "ops"), ("resu-mss", "ssm-user"), ("alicea", "alice"), examples=5),
    pairs("same-sum", "hashed", ("bkice", "alice"), ("alhde", "alice"), ("alibf", "alice"), ("oqt", "osr"), ("blicd",
          "alice"), ("ad", "bc"), examples=4),
    pairs("same-length", "hashed", ("bobby", "alice"), ("aaaaa", "alice"), ("axxxe", "alice"), ("ac", "xy"), ("alxxx",
          "alice"), ("xxxxe", "alice"), examples=4),
    pairs("same-checksum", "hashed", ("plumless", "buckeroo"), ("costarring", "liquid"), ("declinate", "macallums"),
          ("AaAa", "BBBB"), ("hetairas", "mentioner"), ("haggadot", "loathsomenesses"), ("creamwove", "quists"),
          ("user120", "user201"), ("user2885", "user8660"), ("user99", "user4864"), examples=10),
    pairs("same-digest-cut", "hashed", ("user85453", "user89518"), ("user116016", "user137276"), ("user90137",
          "user118756"), ("user26", "user342"), ("user90", "user339"), ("user187", "user295"), ("user17", "user19"),
          ("user17", "user23"), examples=8),
)  # fmt: skip
"""Pairs that a cut or a checksum makes equal; those of checksums were found by trying names."""
