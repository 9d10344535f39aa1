"""The gallery: deliberately faulty implementations and specifications, and how they are caught (convicted).

`specifications` are faulty specifications, which a law must catch; `implementations` are faulty implementations, by
what they get wrong. May import `stateful` and all below it.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_properties.gallery.conviction import convict, examples
    from runas_properties.gallery.implementations import FAULTS, Fault
    from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS, FaultySpecification
else:
    __getattr__ = when_asked(__name__)

__all__ = ["convict", "examples", "FAULTS", "Fault", "FAULTY_SPECIFICATIONS", "FaultySpecification"]
