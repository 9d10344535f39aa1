"""The command `runas-spec`: `verify`, `decide`, `check` and `explore`.

Exit codes: 0 holds, 1 does not hold, 2 usage or unreadable input, 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from runas_model.readings import PROFILES, BlankTag, MacOs, Reading, Superuser
from runas_model.records import InputError

__all__ = ["main", "run"]

HOLDS, DOES_NOT_HOLD, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


def reading_named(text: str) -> Reading:
    """A profile, or one with some readings changed: `agent`, `default,superuser=refused`."""
    profile, *changes = text.split(",")
    if "=" in profile:
        profile, changes = "default", [profile, *changes]
    if profile not in PROFILES:
        raise argparse.ArgumentTypeError(f"unknown reading {profile!r}; use one of {', '.join(PROFILES)}")
    reading = PROFILES[profile]
    choices = {"blank_tag": BlankTag, "superuser": Superuser, "macos": MacOs}
    chosen = {name: getattr(reading, name) for name in choices}
    for change in changes:
        name, _, value = change.partition("=")
        if name not in choices:
            raise argparse.ArgumentTypeError(f"unknown reading {name!r}; use one of {', '.join(choices)}")
        values = [choice.value for choice in choices[name]]
        if value not in values:
            raise argparse.ArgumentTypeError(f"{name} cannot be {value!r}; use one of {', '.join(values)}")
        chosen[name] = choices[name](value)
    return Reading(**chosen)


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    top = argparse.ArgumentParser(
        prog="runas-spec",
        description="Which OS user does a Session Manager session run as? An executable, proved specification.",
        epilog="Exit codes: 0 holds, 1 does not hold, 2 usage or unreadable input, 130 interrupted.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    reading = {
        "type": reading_named,
        "metavar": "READING",
        "help": f"a profile ({', '.join(PROFILES)}), also with changes: default,superuser=refused",
    }

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

    decide = commands.add_parser("decide", help="decide one situation, and explain")
    decide.add_argument("--run-as", required=True, choices=("on", "off"), help="whether Run As is enabled")
    decide.add_argument("--tag", metavar="NAME", help="value of the principal's Run As tag; leave out: not tagged")
    decide.add_argument("--default-user", metavar="NAME", help="OS user that the account's preferences name")
    decide.add_argument(
        "--os-user",
        action="append",
        default=[],
        metavar="NAME[:UID:GID]",
        help="an OS user on the instance; repeat for more",
    )
    decide.add_argument("--platform", default="linux", help="linux (default), macos or windows")
    decide.add_argument("--reading", default=PROFILES["default"], **reading)  # type: ignore[arg-type]
    decide.add_argument(
        "--repair",
        nargs="?",
        const="",
        metavar="OS_USER",
        help="also the smallest changes of settings that would start it (as that OS user), or refuse what starts",
    )
    decide.add_argument("--json", action="store_true", help="print JSON")

    check = commands.add_parser("check", help="hold recorded decisions of an implementation against the specification")
    check.add_argument("file", metavar="FILE", help="JSON or JSON Lines")
    check.add_argument("--reading", default=PROFILES["default"], **reading)  # type: ignore[arg-type]
    check.add_argument("--known", metavar="FILE.toml", help="departures that are known")
    check.add_argument("--json", action="store_true", help="print JSON")

    explore = commands.add_parser("explore", help="visit every state of a small scope, and check the laws in each")
    for noun, default in (
        ("accounts", 2), ("principals", 2), ("instances", 1), ("names", 3), ("sessions", 1), ("platforms", 1),
    ):  # fmt: skip
        explore.add_argument(f"--{noun}", type=int, default=default, metavar="N", help=f"how many (default {default})")
    explore.add_argument("--reading", default=PROFILES["default"], **reading)  # type: ignore[arg-type]
    explore.add_argument("--no-laws", action="store_true", help="count states and transitions alone")
    explore.add_argument("--json", action="store_true", help="print JSON")
    return top


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"must be a positive whole number, not {text!r}")
    return int(text)


def _needs_z3(what: str) -> None:
    try:
        import z3  # noqa: F401
    except ImportError:
        raise InputError(f"{what} needs Z3: pip install 'runas-spec[solver]'") from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    try:
        options = parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        if options.command == "decide":
            from runas_cli.decide import decide

            if options.repair is not None:
                _needs_z3("--repair")
            return decide(options)
        if options.command == "check":
            from runas_cli.check import check

            return check(options)
        if options.command == "explore":
            try:
                import numpy  # noqa: F401
            except ImportError:
                raise InputError("explore needs NumPy: pip install 'runas-spec[explorer]'") from None
            from runas_cli.explore import explore

            return explore(options)
        _needs_z3("verify")
        from runas_cli.verify import verify

        return verify(options)
    except InputError as error:
        print(f"runas-spec: {error}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("runas-spec: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED


def run() -> None:
    """The entry point of the command."""
    sys.exit(main())
