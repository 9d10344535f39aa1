"""What faulty implementations remember besides what they should."""

from typing import Any

from runas_model.specification.readings import DEFAULT, Reading
from runas_properties.implementations import DictService

__all__ = ["Remembers"]


class Remembers(DictService):
    """An implementation with a memory besides its tables."""

    def __init__(self, reading: Reading = DEFAULT) -> None:
        super().__init__(reading)
        self.memory: dict[Any, Any] = {}
