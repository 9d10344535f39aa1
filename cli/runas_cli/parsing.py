"""How the parser of arguments prints: what cannot be seen is written out, and a failure told."""

import argparse
from typing import Any, NoReturn

from runas_cli.helping import released
from runas_properties.conformance.protocol.readable import readable_text

__all__ = ["Parser", "Version"]


class Parser(argparse.ArgumentParser):
    """The parser of a command, or of all of them."""

    def error(self, message: str) -> NoReturn:
        super().error(readable_text(message))

    def print_help(self, file: Any = None) -> None:
        """Print it, and raise OSError where that is not possible, of which the base class says nothing."""
        print(self.format_help(), end="", file=file)


class Version(argparse.Action):
    """Looked up only where it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(released())
        parser.exit()
