"""Which module runs a command, and what that needs."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from runas_cli import coloring, progress
from runas_cli.arguments import parse
from runas_cli.exit_codes import ExitCode
from runas_cli.saying import complain
from runas_cli.signals import held, raise_lost
from runas_model.inputs.records import InputError

__all__ = ["run_command"]

NEEDS = {
    "verify": ("z3", "Z3", "solver"),
    "certify": ("z3", "Z3", "solver"),
    "explore": ("numpy", "NumPy", "explorer"),
}
"""What a command cannot do without: the module, its name, and the extra that brings it."""
OF_ANY_OPERATIONS = ("decide", "tell", "check", "check-proofs")
"""The commands that work with whatever operations there are."""


def run_command(arguments: Sequence[str]) -> int:
    """Run the command that is the first of the arguments, from the module of its name; returns its exit code."""
    try:
        options = parse(arguments)
    except SystemExit as stop:
        return int(stop.code or ExitCode.HOLDS)
    progress.begin()
    try:
        coloring.choose(options.color)
        need = NEEDS.get(options.command)
        if options.command == "decide" and options.repair is not None:
            need = NEEDS["verify"]
        if need and find_spec(need[0]) is None:
            what = "--repair" if options.command == "decide" else options.command
            raise InputError(f"{what} needs {need[1]}: pip install 'runas-spec[{need[2]}]'")
        if need == NEEDS["verify"]:
            _leave_signals_alone()
        with held():  # msgspec, for one, crashes where something is raised as it learns of a type
            if options.command not in OF_ANY_OPERATIONS:
                _require_kept_operations()
            name = options.command.replace("-", "_")
            module = import_module(f"runas_cli.{name}")
        raise_lost()
        code: int = getattr(module, name)(options)
        return code
    except InputError as error:
        progress.clear()
        complain(str(error))
        return ExitCode.UNUSABLE
    finally:
        progress.clear()


def _require_kept_operations() -> None:
    """Raises `InputError` where the operations were changed and not all that knows them was renewed."""
    from runas_properties.conformance.protocol.kept import other_operations

    if other := "; ".join(f"{id} {how}" for id, how in other_operations()):
        raise InputError(
            f"the operations are not those that the laws, traces and vectors were made for: {other}; if that is meant, "
            'do what CONTRIBUTING.md says under "Add an operation", up to make renew'
        )


def _leave_signals_alone() -> None:
    """Z3 takes SIGINT for itself in a query: it then calls the query undetermined, or waits for itself for ever."""
    import z3

    z3.set_param("ctrl_c", False)
