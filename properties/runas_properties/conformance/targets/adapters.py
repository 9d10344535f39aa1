"""Adapters: implementations of the whole machine as the kit drives them, step by step."""

from collections.abc import Collection, Mapping
from typing import Any

from runas_model.doors import checked
from runas_model.specification.nouns import Noun
from runas_properties.conformance.protocol.cases import LIST_OS_USERS, LIST_SESSIONS, Step
from runas_properties.conformance.protocol.results import Result, result_of
from runas_properties.implementations import Implementation

__all__ = ["Stepwise"]


class Stepwise:
    """An `Implementation` with `apply(step)`, as the level `service` requires."""

    @checked
    def __init__(self, implementation: Implementation, nouns: Collection[Noun] = ()) -> None:
        """With the nouns that it offers; raises TypeError for what has not the methods of an implementation."""
        self.implementation, self.nouns = implementation, tuple(nouns)

    def apply(self, step: Step) -> Result:
        arguments: dict[str, Any] = dict(step)
        return self.perform(arguments.pop("operation"), arguments)

    def perform(self, operation: str, arguments: Mapping[str, Any]) -> Result:
        """The same for an operation, or a look, with its arguments."""
        if operation == LIST_SESSIONS:
            return Result(sessions=dict(self.implementation.sessions()))
        if operation == LIST_OS_USERS:
            return Result(os_users=sorted(self.implementation.os_users().get(arguments["instance"], ())))
        return result_of(self.implementation.apply(operation, arguments), operation == "start_session")
