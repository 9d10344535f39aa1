"""What `--help` says of each command besides its options: a description, and examples, which a test runs."""

import argparse
from collections.abc import Mapping
from shutil import get_terminal_size
from textwrap import fill

import attrs

__all__ = ["HELP", "Help", "released", "tell"]

WIDTH = 88


@attrs.frozen
class Help:
    """A description, and commands to copy: `EXAMPLES` says in which folder of the project they run."""

    description: str
    examples: tuple[str, ...]


HELP: Mapping[str, Help] = {
    "verify": Help(
        "Proves every law for every situation and under every reading, shows that the laws leave no choice, and checks "
        "recorded agent decisions. Needs Z3.",
        ("runas-spec verify", "runas-spec verify --fail-fast"),
    ),
    "certify": Help(
        "Writes every obligation as SMT-LIB 2 text with a certificate, and a small checker that needs nothing else.",
        ("runas-spec certify certificates", "runas-spec certify proofs/of-today"),
    ),
    "check-proofs": Help(
        "Checks the certificates that certify wrote, without a solver: each must prove what this release must prove.",
        ("runas-spec check-proofs certificates", "runas-spec check-proofs certificates --json"),
    ),
    "decide": Help(
        "Decides one situation: which OS user the session runs as, or why none starts; which rule decided, and why the "
        "rules before it did not. A session tag of the caller's role session wins over the tag of its role.",
        (
            "runas-spec decide --run-as on --tag alice --os-user alice",
            "runas-spec decide --run-as on --session-tag alice --tag ops --os-user alice --reading agent --json",
        ),
    ),
    "tell": Help(
        "Performs the calls in a story file one by one, from the initial state, and tells what each changed or which "
        "error it met, which user each session starts as and why, and which sessions are running at the end.",
        ("runas-spec tell story.jsonl", "runas-spec tell story.jsonl --reading agent --json"),
    ),
    "check": Help(
        "Compares recorded decisions with the specification, and sorts those that depart by the kinds of a list.",
        (
            "runas-spec check decisions.jsonl",
            "runas-spec check decisions.jsonl --reading agent --report html=check.html",
        ),
    ),
    "explore": Help(
        "Visits every state of the machine in a small scope, and checks every law in every state and transition.",
        (
            "runas-spec explore --principals 1 --names 2",
            "runas-spec explore --accounts 1 --principals 1 --reading agent --no-laws",
        ),
    ),
    "conform": Help(
        "Tests an implementation in any language: every vector, and if it passes all of them, random cases. An adapter "
        "in Python is named by --target, any other command stands after --.",
        (
            "runas-spec conform --target adapter:factory",
            "runas-spec conform --core --examples 0 -- python adapter_process.py",
        ),
    ),
    "smoke": Help(
        "Asks a few simple questions, to tell a mistake in the adapter from one in the implementation behind it.",
        ("runas-spec smoke --target adapter:factory", "runas-spec smoke --timeout 5 -- python adapter_process.py"),
    ),
    "replay": Help(
        "Asks one vector again, of the package or of a file, and shows what is sent, what comes back, and where that "
        "departs.",
        (
            "runas-spec replay name-capital-by-tag-instead --target adapter:factory",
            "runas-spec replay saved.json --reading docs-2023 -- python adapter_process.py",
        ),
    ),
    "selfcheck": Help(
        "Tests the kit itself: each faulty implementation in it must be caught, and no correct one accused.",
        ("runas-spec selfcheck", "runas-spec selfcheck --json"),
    ),
    "prove": Help(
        "Follows the source of a function in Python, and proves that it decides as the specification does in all "
        "cases; or shows a case in which it does not.",
        (
            "runas-spec prove --target adapter:factory",
            "runas-spec prove --target adapter:factory --os-users 1 --save counterexample.json",
        ),
    ),
}
"""By command, in the order of the commands."""


def tell(name: str, command: argparse.ArgumentParser) -> None:
    """Give a command its description and its examples."""
    command.formatter_class = argparse.RawDescriptionHelpFormatter
    command.description = fill(HELP[name].description, min(WIDTH, get_terminal_size().columns - 2))
    command.epilog = "\n".join(["examples:", *(f"  {example}" for example in HELP[name].examples)])


def released() -> str:
    """The version of the package, of its vectors and of the protocol."""
    from importlib.metadata import PackageNotFoundError, version  # which takes as long as a decision

    from runas_properties.conformance.protocol.messages import VERSION as PROTOCOL
    from runas_properties.conformance.vectors.vector import VERSION as VECTORS

    try:
        package = version("runas-spec")
    except PackageNotFoundError:
        package = "(not installed)"
    return f"runas-spec {package}, vectors {VECTORS}, protocol {PROTOCOL}"
