"""What the command `runas-spec` may be given."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from runas_cli import coloring, helping, options, values
from runas_cli.exit_codes import ExitCode
from runas_cli.parsing import Parser, Version
from runas_model.inputs.records import InputError
from runas_model.specification.vocabulary import RUN_AS_TAG
from runas_properties.following.limits import OS_USERS, SECONDS

__all__ = ["of_option", "parse", "parser"]

WITH_COMMAND = ("conform", "smoke", "replay")
"""The commands after which `--` begins another one, to be run."""


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; what stands behind a first `--` is the command under test."""
    own, command = list(arguments), []
    if "--" in own and own[0] in WITH_COMMAND:
        at = own.index("--")
        own, command = own[:at], own[at + 1 :]
        if not command:
            parser().error("-- must be followed by the command to run")
    given = parser().parse_args(own)
    given.under_test = command
    if given.command in WITH_COMMAND and bool(command) == bool(given.target):
        parser().error(
            f"{given.command} needs exactly one target: --target MODULE:FACTORY or -- COMMAND [ARGUMENT ...]"
        )
    return given


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = Parser(
        prog="runas-spec",
        description="Which OS user does a Session Manager session run as? An executable, proved specification.",
        epilog=f"Exit codes: {', '.join(f'{code:d} {code.meaning}' for code in ExitCode)}.",
    )
    top.add_argument("--version", action=Version, nargs=0, help="print the version and exit")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (
        _verify, _certificates, _decide, _tell, _check, _explore, _conform, _smoke, _replay, _selfcheck, _prove,
    ):  # fmt: skip
        add(commands)
    for name, command in commands.choices.items():
        coloring.add_option(command)
        helping.tell(name, command)
    return top


@contextmanager
def of_option(option: str) -> Iterator[None]:
    """In here a ValueError is about what was given for an option: it becomes an `InputError` that names it."""
    try:
        yield
    except ValueError as error:
        raise InputError(f"{option}: {error}") from None


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def _verify(commands: Commands) -> None:
    verify = commands.add_parser("verify", help="prove all laws and check recorded agent decisions")
    verify.add_argument(
        "--json",
        nargs="?",
        const="-",
        type=values.file,
        metavar="FILE",
        help="print JSON; with FILE, also write it there",
    )
    options.report(verify, ("junit", "json"))
    verify.add_argument(
        "--details",
        action="store_true",
        help="also show what each proof depends on, all witnesses, and which law catches which faulty specification",
    )
    verify.add_argument("--cross-check", action="store_true", help="check every obligation with cvc5 as well")
    options.file(verify, "--smt2", "write every obligation as SMT-LIB 2 text", "DIR")
    verify.add_argument("--fail-fast", action="store_true", help="end at the first thing that does not hold")
    verify.add_argument(
        "--rlimit", type=values.budget, metavar="N", help="solver budget per query, in Z3's resource units"
    )


def _certificates(commands: Commands) -> None:
    certify = commands.add_parser("certify", help="write every obligation with a certificate, to be checked by others")
    options.file(certify, "directory", "folder to write to", "DIR")
    check = commands.add_parser("check-proofs", help="check the certificates in a folder, without a solver")
    options.file(check, "directory", "folder that certify wrote", "DIR")
    check.add_argument("--json", action="store_true", help="print JSON")


def _decide(commands: Commands) -> None:
    decide = commands.add_parser("decide", help="decide one situation and explain the decision")
    decide.add_argument(
        "--run-as", required=True, choices=("on", "off", "unreadable"), help="state of Run As in the preferences"
    )
    session_tag = (
        f"value of the {RUN_AS_TAG} session tag of the caller's role session, passed or inherited (omit if none); it "
        "wins over the role's tag"
    )
    for tag, takes, what in (
        ("tag", str, f"value of the user's or role's own {RUN_AS_TAG} tag (omit if untagged)"),
        ("session-tag", values.session_tag, session_tag),
    ):
        decide.add_argument(f"--{tag}", type=takes, metavar="NAME", help=what)
        decide.add_argument(
            f"--{tag}-key",
            type=values.tag_key,
            metavar="KEY",
            help=f"key of the {tag.replace('-', ' ')}, as spelled (default {RUN_AS_TAG})",
        )
    decide.add_argument("--default-user", metavar="NAME", help="default OS user in the preferences (omit if none)")
    decide.add_argument(
        "--os-user",
        action="append",
        default=[],
        metavar="NAME[:UID:GID]",
        help="OS user on the instance (repeatable)",
    )
    decide.add_argument(
        "--platform", default="linux", help="platform of the instance: linux (default), macos or windows"
    )
    options.reading(decide)
    decide.add_argument(
        "--repair",
        nargs="?",
        const="",
        metavar="OS_USER",
        help="also show the smallest changes that would flip the decision (or start the session as OS_USER); not with "
        "--session-tag",
    )
    decide.add_argument("--json", action="store_true", help="print JSON")


def _tell(commands: Commands) -> None:
    tell = commands.add_parser("tell", help="perform the calls in a story file and explain each step")
    options.file(tell, "file", "story file: JSON Lines, each line a call (- reads standard input)")
    options.reading(tell)
    tell.add_argument(
        "--json", action="store_true", help="print JSON Lines: a line for each step, then one for the end"
    )


def _check(commands: Commands) -> None:
    check = commands.add_parser("check", help="check recorded decisions of an implementation against the specification")
    check.add_argument(
        "files", nargs="+", type=values.file, metavar="FILE", help="JSON or JSON Lines; - for standard input"
    )
    check.add_argument(
        "--reading",
        type=values.reading,
        metavar="READING",
        help=f"{options.READING}; default: agent for files that name amazon-ssm-agent as their implementation, else "
        "default",
    )
    known = check.add_mutually_exclusive_group()
    known.add_argument(
        "--known",
        type=values.file,
        metavar="FILE.toml",
        help="known departures (disagreements with the specification), by kind; default: those of amazon-ssm-agent, "
        "for files that name it as their implementation",
    )
    known.add_argument("--no-known", action="store_true", help="report every departure as unexplained")
    options.report(check)
    check.add_argument("--json", action="store_true", help="print JSON")


def _explore(commands: Commands) -> None:
    explore = commands.add_parser("explore", help="visit every state in a small scope and check all laws in each")
    for noun, default in (
        ("accounts", 2), ("principals", 2), ("instances", 1), ("names", 3), ("sessions", 1), ("platforms", 1),
        ("switches", 2), ("regions", 1), ("documents", 1), ("role-sessions", 0), ("parameters", 0),
    ):  # fmt: skip
        what = {
            "regions": "Regions", "documents": "session documents, the preferences among them",
            "role-sessions": "role sessions, with Run As tags of their own",
            "parameters": "parameter values that sessions may give",
        }.get(noun, noun)  # fmt: skip
        explore.add_argument(
            f"--{noun}", type=values.count, default=default, metavar="N", help=f"number of {what} (default {default})"
        )
    options.reading(explore)
    explore.add_argument("--no-laws", action="store_true", help="only count states and transitions")
    explore.add_argument("--json", action="store_true", help="print JSON")


def _conform(commands: Commands) -> None:
    conform = commands.add_parser(
        "conform", help="test an implementation against the vectors, then against random cases"
    )
    options.target(conform)
    options.reading_of_target(conform)
    options.file(conform, "--known", "known failures: tables [[known]] with id, reason, issue", "FILE.toml")
    options.file(conform, "--vectors", "use these vectors instead, such as a saved one (- reads them)")
    conform.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="PATTERN",
        help="run only vectors whose id matches, e.g. 'name-*' (repeatable)",
    )
    conform.add_argument(
        "--core", action="store_true", help="run only the core set, which catches every fault that the full set catches"
    )
    conform.add_argument(
        "--examples",
        type=values.count,
        metavar="N",
        help="number of random cases after the vectors (default 1000, or 7000 for the level decision; 0 for none)",
    )
    conform.add_argument(
        "--seconds", type=values.seconds, metavar="S", help="run random cases for S seconds instead of a fixed number"
    )
    conform.add_argument("--seed", type=values.count, default=0, metavar="N", help="random seed (default 0)")
    conform.add_argument(
        "--strict", action="store_true", help="fail if a reason or an error is not one that the specification defines"
    )
    options.file(conform, "--save", "save a failing random case as a vector")
    conform.add_argument("--tables", action="store_true", help="also show a table by rule and a table by law")
    options.report(conform)
    conform.add_argument("--json", action="store_true", help="print JSON")


def _smoke(commands: Commands) -> None:
    smoke = commands.add_parser(
        "smoke", help="check an adapter with a few simple cases, showing the messages exchanged"
    )
    options.target(smoke)


def _replay(commands: Commands) -> None:
    replay = commands.add_parser("replay", help="rerun one vector and show its steps and answers")
    options.file(replay, "id", "id of a vector, or a file with one vector (- reads it)", "ID")
    options.file(replay, "--vectors", "the file that has the vector (- reads it)")
    options.target(replay)
    options.reading_of_target(replay)


def _selfcheck(commands: Commands) -> None:
    selfcheck = commands.add_parser(
        "selfcheck", help="test the kit itself against bundled correct and faulty implementations"
    )
    selfcheck.add_argument("--json", action="store_true", help="print JSON")


def _prove(commands: Commands) -> None:
    prove = commands.add_parser(
        "prove",
        help="prove that a function of one decision, in Python, is right in all cases, or refute it (exit code 2 if "
        "neither is possible)",
    )
    prove.add_argument(
        "--target",
        required=True,
        metavar="MODULE:FACTORY",
        help="adapter in Python: a factory that returns a function of one question",
    )
    options.reading_of_target(prove, ", else whichever it follows")
    prove.add_argument(
        "--os-users",
        type=values.count,
        default=OS_USERS,
        metavar="N",
        help=f"most OS users in a question (default {OS_USERS})",
    )
    prove.add_argument(
        "--seconds",
        type=values.seconds,
        default=SECONDS,
        metavar="S",
        help=f"time limit for following the code, in seconds (default {SECONDS:g})",
    )
    options.timeout(prove)
    options.file(prove, "--save", "save the counterexample as a vector")
    prove.add_argument("--json", action="store_true", help="print JSON")
