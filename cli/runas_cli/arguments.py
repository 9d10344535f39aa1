"""What the command `runas-spec` may be given."""

import argparse
from collections.abc import Sequence
from typing import TypeAlias

from runas_cli.exit_codes import ExitCode
from runas_model.specification.readings import PROFILES, Reading, reading_named
from runas_model.specification.vocabulary import RUN_AS_TAG
from runas_properties.conformance.reports import FORMATS

__all__ = ["parse", "parser"]

WITH_COMMAND = ("conform", "smoke", "replay")
"""The commands after which `--` begins another one, to be run."""


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options; what stands behind a first `--` is the command under test."""
    own, command = list(arguments), []
    if "--" in own and own[0] in WITH_COMMAND:
        at = own.index("--")
        own, command = own[:at], own[at + 1 :]
        if not command:
            parser().error("a command to run must follow --")
    options = parser().parse_args(own)
    options.under_test = command
    if options.command in WITH_COMMAND and bool(command) == bool(options.target):
        parser().error(f"{options.command} wants one target: --target package.module:factory, or -- command arguments")
    return options


def _reading_named(text: str) -> Reading:
    try:
        return reading_named(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(
        prog="runas-spec",
        description="Which OS user does a Session Manager session run as? An executable, proved specification.",
        epilog=f"Exit codes: {', '.join(f'{code:d} {code.meaning}' for code in ExitCode)}.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_verify, _decide, _check, _explore, _conform, _smoke, _replay, _selfcheck):
        add(commands)
    return top


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _verify(commands: Commands) -> None:
    verify = commands.add_parser("verify", help="prove every law, and check the recorded decisions of a real agent")
    verify.add_argument("--json", metavar="FILE", help="write the report as JSON too (- for standard output alone)")
    verify.add_argument(
        "--details",
        action="store_true",
        help="also what each proof rests on, every witness, and the matrix of laws and faulty specifications",
    )
    verify.add_argument("--cross-check", action="store_true", help="put every obligation to cvc5 as well")
    verify.add_argument("--smt2", metavar="DIR", help="write every obligation as SMT-LIB 2 text")
    verify.add_argument(
        "--rlimit", type=_positive, metavar="N", help="solver budget of one query, in Z3's resource units"
    )


def _decide(commands: Commands) -> None:
    decide = commands.add_parser("decide", help="decide one situation, and explain")
    decide.add_argument(
        "--run-as", required=True, choices=("on", "off", "unreadable"), help="the switch in the preferences"
    )
    decide.add_argument("--tag", metavar="NAME", help="value of the principal's Run As tag; leave out: not tagged")
    decide.add_argument(
        "--tag-key", default=RUN_AS_TAG, metavar="KEY", help=f"spelling of the tag's key (default {RUN_AS_TAG})"
    )
    decide.add_argument("--default-user", metavar="NAME", help="OS user that the account's preferences name")
    decide.add_argument(
        "--os-user",
        action="append",
        default=[],
        metavar="NAME[:UID:GID]",
        help="an OS user on the instance; repeat for more",
    )
    decide.add_argument("--platform", default="linux", help="linux (default), macos or windows")
    _reading(decide)
    decide.add_argument(
        "--repair",
        nargs="?",
        const="",
        metavar="OS_USER",
        help="also the smallest changes of settings that would start it (as that OS user), or refuse what starts",
    )
    decide.add_argument("--json", action="store_true", help="print JSON")


def _check(commands: Commands) -> None:
    check = commands.add_parser("check", help="hold recorded decisions of an implementation against the specification")
    check.add_argument("files", nargs="+", metavar="FILE", help="JSON or JSON Lines")
    _reading(check)
    known = check.add_mutually_exclusive_group()
    known.add_argument(
        "--known",
        metavar="FILE.toml",
        help="known departures; default: those of amazon-ssm-agent, where each FILE says that its decisions are in it",
    )
    known.add_argument("--no-known", action="store_true", help="report every departure as unexplained")
    _report(check)
    check.add_argument("--json", action="store_true", help="print JSON")


def _explore(commands: Commands) -> None:
    explore = commands.add_parser("explore", help="visit every state of a small scope, and check the laws in each")
    for noun, default in (
        ("accounts", 2), ("principals", 2), ("instances", 1), ("names", 3), ("sessions", 1), ("platforms", 1),
        ("switches", 2),
    ):  # fmt: skip
        explore.add_argument(f"--{noun}", type=int, default=default, metavar="N", help=f"how many (default {default})")
    _reading(explore)
    explore.add_argument("--no-laws", action="store_true", help="count states and transitions alone")
    explore.add_argument("--json", action="store_true", help="print JSON")


def _conform(commands: Commands) -> None:
    conform = commands.add_parser("conform", help="hold an implementation to the vectors, and then to random cases")
    _target(conform)
    conform.add_argument(
        "--reading", type=_reading_named, metavar="READING", help=f"{READING}; default: what it declares"
    )
    conform.add_argument(
        "--known", metavar="FILE.toml", help="failures that are known: tables [[known]] of id, reason, issue"
    )
    conform.add_argument("--vectors", metavar="FILE", help="other vectors, such as a saved one")
    conform.add_argument(
        "--only", action="append", default=[], metavar="PATTERN", help="vectors with such an id: 'name-*'"
    )
    conform.add_argument("--core", action="store_true", help="only the smallest set that convicts every known fault")
    conform.add_argument(
        "--examples", type=_count, metavar="N", help="random cases after the vectors (default 200; 0: none)"
    )
    conform.add_argument(
        "--seconds", type=float, metavar="S", help="random cases for so long, instead of a number of them"
    )
    conform.add_argument("--seed", type=_count, default=0, metavar="N", help="where random cases begin (default 0)")
    conform.add_argument("--save", metavar="FILE", help="save a random case that fails as a vector")
    _report(conform)
    conform.add_argument("--json", action="store_true", help="print JSON")


def _smoke(commands: Commands) -> None:
    smoke = commands.add_parser("smoke", help="is the adapter right? A few plain cases, with all that is exchanged")
    _target(smoke)


def _replay(commands: Commands) -> None:
    replay = commands.add_parser("replay", help="ask one vector again, and tell its story")
    replay.add_argument("id", metavar="ID", help="a vector's id, or a file with a saved one")
    _target(replay)
    replay.add_argument(
        "--reading", type=_reading_named, metavar="READING", help=f"{READING}; default: what it declares"
    )


def _selfcheck(commands: Commands) -> None:
    selfcheck = commands.add_parser(
        "selfcheck", help="try the kit on correct and faulty implementations that come with it"
    )
    selfcheck.add_argument("--json", action="store_true", help="print JSON")


READING = f"a profile ({', '.join(PROFILES)}), also with changes: default,superuser=refused"


def _reading(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reading", type=_reading_named, default=PROFILES["default"], metavar="READING", help=READING)


def _report(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--report",
        action="append",
        default=[],
        metavar="FORMAT=FILE,...",
        help=f"also write the report: {', '.join(f'{format}=F' for format in FORMATS)}",
    )


def _target(command: argparse.ArgumentParser) -> None:
    command.usage = "%(prog)s [OPTIONS] (--target MODULE:FACTORY | -- COMMAND [ARGUMENT ...])"
    command.add_argument("--target", metavar="MODULE:FACTORY", help="an adapter in Python")
    command.add_argument(
        "--timeout", type=_seconds, default=10.0, metavar="S", help="seconds that a case may take (10)"
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"must be a positive whole number, not {text!r}")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"must be a whole number, 0 or more, not {text!r}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds < 86_400.0:
        raise argparse.ArgumentTypeError(f"must be a number of seconds above 0, not {text!r}")
    return seconds
