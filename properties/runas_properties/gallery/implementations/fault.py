"""What a faulty implementation is, and the gallery of all."""

from collections.abc import Callable

import attrs

from runas_model.doors import checked_fields
from runas_model.specification.readings import BlankTag, LookUp, MacOs, Reading, Superuser, all_readings
from runas_properties.implementations import DictService, Implementation
from runas_properties.oracle.failures import FOUND_AS

__all__ = ["FAULTS", "Fault", "fault"]


@attrs.frozen(field_transformer=checked_fields)
class Fault:
    """A faulty implementation: it breaks `laws` on some trace, and its fault shows under `readings` and no others.

    `make(reading)` returns a new instance of it. Raises TypeError for a field of a wrong kind.
    """

    id: str
    title: str
    laws: tuple[str, ...]
    readings: tuple[Reading, ...]
    make: Callable[[Reading], Implementation]


FAULTS: dict[str, Fault] = {}
"""The faulty implementations, by id."""


def fault(
    id: str,
    title: str,
    *laws: str,
    blank_tag: BlankTag | None = None,
    superuser: Superuser | tuple[Superuser, ...] | None = None,
    macos: MacOs | None = None,
    tag_key: LookUp | None = None,
) -> Callable[[type[DictService]], type[DictService]]:
    """Put a class into the gallery: `title` says what it does wrong, `laws` what that breaks.

    The fault is there only under the readings that make the choices given; without any, under all.
    """
    chosen = {"blank_tag": blank_tag, "superuser": superuser, "macos": macos, "tag_key": tag_key}
    wanted = {name: choice if isinstance(choice, tuple) else (choice,) for name, choice in chosen.items() if choice}
    readings = tuple(r for r in all_readings() if all(getattr(r, name) in some for name, some in wanted.items()))

    def register(made: type[DictService]) -> type[DictService]:
        if id in FAULTS:
            raise ValueError(f"there is already a fault {id}")
        FAULTS[id] = Fault(id, title, laws, readings, made)
        if "<locals>" in made.__qualname__:
            setattr(made, FOUND_AS, ("runas_properties.gallery.implementations", f'FAULTS["{id}"].make'))
        return made

    return register
