"""The page of the faults: every faulty specification and every faulty implementation, with the laws that convict it."""

from runas_model import all_readings
from runas_properties.gallery.implementations import FAULTS
from runas_solver.trials import kept_convictions
from spec_site.markdown import code, folded, here, links, table
from spec_site.parts import part
from spec_site.vectors import vectors_of_fault

__all__: list[str] = []


@part("faulty-specifications")
def faulty_specifications() -> str:
    """A row for each, then the story of each counterexample."""
    rows = (
        [here("faulty", id), conviction.title, links("law", conviction.laws, "none: proved equivalent")]
        for id, conviction in kept_convictions().items()
    )
    stories = [
        f"`{id}` ({conviction.title}) breaks `{next(iter(conviction.laws))}`:\n\n{code(conviction.story)}"
        for id, conviction in kept_convictions().items()
        if conviction.story
    ]
    listed = table(("Faulty specification", "Fault", "Laws that catch it"), rows)
    return f"{listed}\n\n{folded(f'{len(stories)} counterexamples', (chr(10) * 2).join(stories))}"


@part("faulty-implementations")
def faulty_implementations() -> str:
    """A row for each."""
    every = len(all_readings())
    return table(
        ("Faulty implementation", "Fault", "Laws it breaks", "Readings", "Vectors that catch it"),
        (
            [
                here("fault", fault.id),
                fault.title,
                links("law", fault.laws),
                f"{len(fault.readings)} of {every}",
                len(vectors_of_fault(fault.id)) or "none (the state machine does)",
            ]
            for fault in FAULTS.values()
        ),
        numeric=(3, 4),
    )
