"""Whether a specification makes no difference, and where it makes one."""

import attrs
import pytest

from runas_model import SPECIFICATION, Platform, Specification, State
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_solver.equivalence import differences


def test_the_specification_itself_makes_no_difference() -> None:
    assert list(differences(Specification())) == []


@pytest.mark.parametrize(
    ("fault", "where"),
    [
        ("nobody-named-asks", []),
        ("without-nobody-named", ["decision", "start_session"]),
        ("tags-stick", ["tag_principal"]),
        ("a-principal-is-there-at-first", ["initially"]),
        ("run-as-is-on-at-first", ["start_session"]),
    ],
)
def test_what_differs_is_named(fault: str, where: list[str]) -> None:
    assert list(differences(FAULTY_SPECIFICATIONS[fault].specification)) == where


def test_what_a_table_gives_outside_its_domain_makes_no_difference_where_nothing_asks_for_it() -> None:
    given = SPECIFICATION.initial.instances
    on_macos = attrs.evolve(given, default=attrs.evolve(given.default, platform=Platform.MACOS))
    initial: State = attrs.evolve(SPECIFICATION.initial, instances=on_macos)

    assert list(differences(Specification(initial=initial))) == []
