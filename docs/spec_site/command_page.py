"""The reference of the command, from the parser of its arguments."""

import argparse
from collections.abc import Iterator

from runas_cli.arguments import parser
from spec_site.console import WIDTH
from spec_site.markdown import code, named
from spec_site.parts import part

__all__: list[str] = []


@part("command")
def command() -> str:
    """A section for each subcommand: its usage, and what each argument means."""
    top = parser()
    chosen = next(action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    helps = {action.dest: action.help or "" for action in chosen._choices_actions}
    text = ["\n".join(_section(name, sub, helps[name])) for name, sub in chosen.choices.items()]
    return "\n\n".join(text)


def _section(name: str, sub: argparse.ArgumentParser, about: str) -> Iterator[str]:
    sub.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=int(WIDTH))
    yield named("command", name, f"`runas-spec {name}`")
    yield f"\n{about[:1].upper()}{about[1:]}.\n"
    yield code(sub.format_usage().removeprefix("usage: "), "text") + "\n"
    for action in sub._actions:
        if action.dest != "help":
            shown = ", ".join(action.option_strings) or _value(action)
            value = f" {_value(action)}" if action.option_strings and action.nargs != 0 else ""
            yield f"`{shown}{value}`\n: {(action.help or '').replace('%(default)s', str(action.default))}\n"


def _value(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    return "{" + ",".join(map(str, action.choices)) + "}" if action.choices else action.dest.upper()
