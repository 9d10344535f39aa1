"""Commands that ask again what went wrong: each can be copied into a shell, in the folder of the first."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from runas_properties.conformance.kit import Repeat
from runas_properties.conformance.protocol.readable import shell_word, shell_words

__all__ = ["of_target", "path_word", "repeat_with", "saved_again"]

SAVED = "saved-{seed}"
"""The id of a random case that was saved."""


def repeat_with(options: argparse.Namespace) -> Repeat:
    """For `kit.conform`: the command that asks the target of a command line one vector again, or random cases.

    There is none where the vectors came through a pipe.
    """

    def repeated(id: str, reading: str, random_cases: int | None) -> str:
        if random_cases is not None and options.save:
            return saved_again(SAVED.format(seed=options.seed), options.save, reading, options)
        if random_cases is not None:
            of_random = (f"--examples {random_cases} --seed {options.seed}",)
            return _joined("runas-spec conform", *_chosen(options), *of_random, reading, *of_target(options))
        if options.vectors:
            again = saved_again(id, options.vectors, reading, options)
            return again if _stays(options.vectors) else ""
        return _joined(f"runas-spec replay {id}", reading, *of_target(options))

    return repeated


def saved_again(id: str, file: str, reading: str, options: argparse.Namespace) -> str:
    """The command that asks a vector of a file again."""
    return _joined(f"runas-spec replay {id} --vectors {path_word(file)}", reading, *of_target(options))


def of_target(options: argparse.Namespace) -> Iterator[str]:
    """The options that say what is tested, what it has, and how long it may take."""
    if options.nouns is not None:
        yield f"--nouns {','.join(noun.value for noun in options.nouns)}"
    if options.protocol is not None:
        yield f"--protocol {options.protocol}"
    if options.timeout is not None:
        yield f"--timeout {options.timeout:g}"
    yield f"-- {shell_words(options.under_test)}" if options.under_test else f"--target {shell_word(options.target)}"


def path_word(file: str) -> str:
    """A file as a word that is not taken for an option."""
    return shell_word(f"./{file}" if file.startswith("-") else file)


def _chosen(options: argparse.Namespace) -> Iterator[str]:
    """The vectors that come before random cases. They change nothing about those, and any serve."""
    if options.vectors and not _stays(options.vectors):
        yield "--core"
        return
    if options.vectors:
        yield f"--vectors {path_word(options.vectors)}"
    yield from (f"--only {shell_word(pattern)}" for pattern in options.only)
    if options.core:
        yield "--core"


def _stays(file: str) -> bool:
    return Path(file).is_file()


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
