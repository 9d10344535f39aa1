"""A pytest plugin: `pytest --pyargs runas_properties.conformance --runas-target=module:factory`, one test a vector.

It adds four options to pytest and imports nothing else, since pytest loads it in every run; the tests are in
`runas_properties.conformance.test_vectors`.
"""

import pytest

__all__ = ["MISSING", "pytest_addoption", "pytest_configure"]

TESTS = "runas_properties.conformance"

MISSING = "name the implementation to test: --runas-target=package.module:factory"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("runas-spec", "conformance of an implementation of Run As")
    group.addoption("--runas-target", metavar="MODULE:FACTORY", help="the implementation to test: an adapter in Python")
    group.addoption(
        "--runas-reading", metavar="READING", help="the reading to test against; default: the one that it declares"
    )
    group.addoption(
        "--runas-nouns", metavar="NOUN,...", help="nouns that it has, such as regions; default: those that it offers"
    )
    group.addoption("--runas-known", metavar="FILE.toml", help="known failures; the run fails if one of them passes")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to run the vectors without an implementation. Raises UsageError."""
    if not config.getoption("--runas-target") and any(arg.startswith(TESTS) for arg in config.args):
        raise pytest.UsageError(MISSING)
