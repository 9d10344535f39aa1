"""Modules that are written for one test, with what rules are made of at hand."""

import importlib.util
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest

NUMBERS = count()
HEADER = """
from enum import Enum
import re
import functools
from contextlib import suppress
import attrs
from attrs import evolve
from runas_model.specification.operations import SSM_USER_RECORD
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import *
from runas_model.universes.connectives import *
from runas_model.universes.tables import Table
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], ModuleType]:
    """Makes a module of a text, in a file of its own."""

    def made_of(text: str) -> ModuleType:
        path = tmp_path / f"written_{next(NUMBERS)}.py"
        path.write_text(HEADER + text, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        made = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(made)
        return made

    return made_of
