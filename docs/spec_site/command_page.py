"""The reference of the command, from the parser of its arguments."""

import argparse
from collections.abc import Iterator

from runas_cli.arguments import parser
from runas_cli.helping import HELP
from spec_site.console import WIDTH
from spec_site.markdown import code, named
from spec_site.parts import part

__all__: list[str] = []


@part("command")
def command() -> str:
    """A section for each subcommand: what it does, its usage, examples, and what each argument means."""
    top = parser()
    chosen = next(action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    text = ["\n".join(_section(name, sub)) for name, sub in chosen.choices.items()]
    return "\n\n".join(text)


def _section(name: str, sub: argparse.ArgumentParser) -> Iterator[str]:
    sub.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=int(WIDTH))
    yield named("command", name, f"`runas-spec {name}`")
    yield f"\n{HELP[name].description}\n"
    yield code(sub.format_usage().removeprefix("usage: "), "text") + "\n"
    yield code("\n".join(HELP[name].examples), "text") + "\n"
    for action in sub._actions:
        if action.dest != "help":
            shown = ", ".join(action.option_strings) or _value(action)
            value = f" {_value(action)}" if action.option_strings and action.nargs != 0 else ""
            yield f"`{shown}{value}`\n: {(action.help or '').replace('%(default)s', str(action.default))}\n"


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    return "{" + ",".join(map(str, action.choices)) + "}" if action.choices else action.dest.upper()
