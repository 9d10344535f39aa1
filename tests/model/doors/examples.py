"""A right value for every parameter that has to be given, by its name or by a class of its annotation."""

from pathlib import Path
from typing import Any

import z3

from runas_model import (
    AGENT,
    DEFAULT,
    INITIAL,
    RULEBOOK,
    SPECIFICATION,
    BlankTag,
    Decision,
    LookUp,
    MacOs,
    Platform,
    Reading,
    Rule,
    Situation,
    Specification,
    State,
    Superuser,
    Switch,
    Transition,
    apply,
    decide,
    situation,
)
from runas_model.specification.clauses import CLAUSES, Source
from runas_model.specification.vocabulary import NO_ROLE_SESSION, PREFERENCES, Instance, Principal, Request
from runas_properties.conformance import conform
from runas_properties.conformance.protocol import Accepted, Result
from runas_properties.conformance.reports.report import Report
from runas_properties.conformance.targets import PythonTarget
from runas_properties.conformance.targets.target import Target
from runas_properties.conformance.vectors import Vector, vectors
from runas_properties.explorer import Scope, shortest_traces
from runas_properties.gallery import FAULTS
from runas_properties.implementations import DictService, Implementation
from runas_properties.laws import LAWS, Kind, Law
from runas_properties.oracle import AGENT_DECISIONS, ORACLE, Departure, departure_of
from runas_properties.stateful.steering import Play
from runas_solver.obligations import Obligation, Obligations

__all__ = ["right"]


def a_departure() -> Departure:
    """Of a faulty implementation, in the shortest trace that has one."""
    makes = (fault.make for fault in FAULTS.values())
    traces = [(trace.calls, trace.reading) for trace in shortest_traces().values()]
    found = (departure_of(make, *trace) for make in makes for trace in traces)
    return next(departure for departure in found if departure is not None)


def right() -> dict[Any, Any]:
    """The examples, by what they are for."""
    s = situation(run_as_enabled=True, tag="alice", users=["alice"])
    trace = next(iter(shortest_traces().values()))
    state, _ = apply("create_principal", INITIAL, principal="amy", account="1", kind="user")
    state, _ = apply("register_instance", state, instance="i-1", account="1", platform="linux")
    target = PythonTarget(lambda: lambda asked: None, "example")
    obligations = Obligations(SPECIFICATION)
    request = Request(Principal("amy"), Instance("i-1"), PREFERENCES, NO_ROLE_SESSION)
    by_class = {
        **{str: "amy", int: 1, bool: True, float: 1.0, Path: AGENT_DECISIONS},
        **{Situation: s, Reading: DEFAULT, Decision: decide(s), State: state, Rule: RULEBOOK[0], Request: request},
        **{Platform: Platform.LINUX, Switch: Switch.ON, Specification: SPECIFICATION, Source: CLAUSES["C1"].source},
        **{BlankTag: AGENT.blank_tag, Superuser: AGENT.superuser, MacOs: AGENT.macos, LookUp: AGENT.tag_key},
        **{Transition: trace.transitions(ORACLE)[-1], Law: next(iter(LAWS.values())), Kind: Kind.STEP},
        **{Target: target, PythonTarget: target, Implementation: DictService(), Departure: a_departure()},
        **{Report: conform(target, vectors()[:1]).report, Play: Play(()), z3.Solver: z3.Solver()},
        **{Obligations: obligations, Obligation: next(obligations.of(LAWS["never-ssm-user"]))},
        **{Scope: Scope(1, 1, 1, 1, 1), Vector: vectors()[0], Result: Result(done=True), Accepted: Accepted(done=True)},
    }
    by_name = {
        **{"rules": RULEBOOK, "readings": (DEFAULT,), "calls": trace.calls, "steps": vectors()[0].steps},
        **{"some": (), "vectors": (), "observed": (), "known": {}, "results": (), "recorded": (), "documents": ()},
        **{"make": DictService, "factory": lambda: lambda asked: None, "instance": "i-1", "arguments": {}},
        **{"clauses": ("C1", "C2"), "laws": (), "flags": (), "addresses": (), "decided_by": (), "aws": ()},
        **{"when": RULEBOOK[0].when, "outcome": RULEBOOK[0].outcome, "function": DictService, "claim": DictService},
        **{"meaning": DictService, "variables": {}, "before": INITIAL, "paths": {}, "transitions": (), "users": ()},
        **{"choices": (), "command": ("true",), "os_users": s.os_users, "text": "json=f.json"},
        **{"operation": "create_principal", "kinds": Kind.STEP, "t": trace.transitions(ORACLE)[-1]},
    }
    return {**by_class, **by_name}
