"""The generator of the conformance vectors: from the model's classes and traces, and the solver's smallest cover.

`python -m runas_solver.vectors` writes `decision.json`, `service.json` and the JSON Schemas of the kit.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any

import msgspec

from runas_model.facts.classes import DEFAULTS, TAGS, Named, named_situations, situation_classes
from runas_model.inputs.situations import situation
from runas_model.specification.nouns import nouns_of
from runas_model.specification.vocabulary import ROOT, RUN_AS_TAG, Platform, Situation, Switch
from runas_model.universes.connectives import folded, is_blank
from runas_properties.conformance.protocol import messages
from runas_properties.conformance.protocol.cases import as_operations, question, situation_asked, step_of, watched
from runas_properties.conformance.reports import report
from runas_properties.conformance.vectors import vector as vectors
from runas_properties.conformance.vectors.making import in_order, make_vector
from runas_properties.conformance.vectors.scenarios import scenarios
from runas_properties.conformance.vectors.vector import FLAGS, Vector, as_json
from runas_properties.explorer.traces import shortest_traces
from runas_properties.gallery.implementations import FAULTS, Fault
from runas_properties.laws import LAWS
from runas_properties.oracle.failures import departure_of, shortened
from runas_properties.oracle.oracle import Departure
from runas_properties.stateful.confusions import CONFUSIONS, NEAR_KEYS
from runas_solver.convictions import convicted
from runas_solver.cover import cover_for_all_nouns
from runas_solver.departing import departed

__all__ = ["all_vectors", "write"]

PLACE = "properties/runas_properties/stateful/precedents.py"
"""Where a trace is added that shows a fault."""


def all_vectors() -> tuple[Vector, ...]:
    """Every vector, with the faults that it convicts and the core marked.

    A fault that only vectors with nouns catch has one without, if any shows it: for whoever offers none. A vector that
    was made for a fault stays, whatever else catches that.
    """
    made = _distinct([*_classes(), *_elsewhere(), *_names(), *_near_keys(), *_goals()])
    caught = {vector.id: convicted(vector) for vector in made}
    without_nouns = {vector.id: caught[vector.id] for vector in made if not vector.needs}
    kept = _kept()
    for fault in FAULTS.values():
        stays = _id_of(fault) in kept
        if _catchers(fault, without_nouns) and not stays:
            continue
        vector = _of_fault(fault, kept)
        if vector is not None and (stays or not (vector.needs and _catchers(fault, caught))):
            made.append(vector)
            caught[vector.id] = convicted(vector)
            if not vector.needs:
                without_nouns[vector.id] = caught[vector.id]
    made = _distinct([*made, *_scenarios()])
    caught = {vector.id: caught.get(vector.id) or convicted(vector) for vector in made}
    for fault in _uncaught(caught):
        raise LookupError(
            f"{PLACE}: no vector catches the fault {fault.id}: add a trace that shows it to PRECEDENTS, an operation "
            "to scenarios/remaining.py, or a way to write a name to confusables"
        )
    core = cover_for_all_nouns(caught, {vector.id: vector.needs for vector in made})
    return tuple(msgspec.structs.replace(vector, convicts=caught[vector.id], core=vector.id in core) for vector in made)


def _uncaught(caught: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """The faults that no vector catches, asked one after the other."""
    return (fault for fault in FAULTS.values() if not _catchers(fault, caught))


def _catchers(fault: Fault, caught: Mapping[str, Sequence[str]]) -> list[str]:
    return [id for id, faults in caught.items() if fault.id in faults]


def _classes() -> Iterator[Vector]:
    for one in situation_classes():
        yield make_vector(f"decision-{one.id}", (question(one.example),), ["every-class", *_flags(one.example)])


def _elsewhere() -> Iterator[Vector]:
    """What is named where it makes no difference: on Windows, with Run As off, with unreadable preferences."""
    tags = [one for one in TAGS if one.key == RUN_AS_TAG and one.name != ROOT]
    defaults = [one for one in DEFAULTS if one.name != ROOT]
    for platform in Platform:
        yield from _of_situations(platform, Switch.OFF, tags, defaults)
    yield from _of_situations(Platform.WINDOWS, Switch.ON, tags, defaults)
    few = (
        "untagged",
        "tag-user-present",
        "tag-user-missing",
        "tag-ssm-user-present",
        "no-default",
        "default-user-present",
    )
    for platform in Platform:
        some = ([one for one in many if one.slug in few] for many in (TAGS, DEFAULTS))
        yield from _of_situations(platform, Switch.UNREADABLE, *some)


def _of_situations(
    platform: Platform, switch: Switch, tags: Sequence[Named], defaults: Sequence[Named]
) -> Iterator[Vector]:
    for slug, s in named_situations(platform, switch, tags, defaults):
        yield make_vector(f"decision-{slug}", (question(s),), ["elsewhere", *_flags(s)])


def _flags(s: Situation) -> Iterator[str]:
    on = s.run_as_enabled is Switch.ON
    applies = on and s.platform.value == "linux"
    users = [s.os_users[name] for name in (s.tag, s.default_user) if s.os_users.has(name)]
    tells = {
        "macos": s.platform.value == "macos",
        "uncovered": s.platform.value != "linux",
        "run-as-off": s.run_as_enabled is Switch.OFF,
        "unreadable": s.run_as_enabled is Switch.UNREADABLE,
        "key-in-another-case": s.tagged and not s.tag_key_exact,
        "blank": s.tagged and s.tag_blank,
        "ssm-user": "ssm-user" in (s.tag, s.default_user),
        "superuser": ROOT in (s.tag, s.default_user) or any(0 in (user.uid, user.gid) for user in users),
        "tag-wins": s.tagged and s.default_named,
        "no-fall-through": s.tagged and not s.os_users.has(s.tag) and s.os_users.has(s.default_user),
        "nobody": applies and not s.tagged and not s.default_named,
    }
    return (flag for flag, holds in tells.items() if holds)


def _names() -> Iterator[Vector]:
    for confusion, by, both in product(CONFUSIONS, ("tag", "default"), (False, True)):
        near = (confusion.near, *((0, 0) if confusion.near == "root" else (2001, 2001)))
        named = [(confusion.named, 2002, 2002)] if both and not is_blank(confusion.named) else []
        if both and not named:
            continue
        s = situation(
            run_as_enabled=True,
            tag=confusion.named if by == "tag" else None,
            default_user=confusion.named if by == "default" else "",
            users=[near, *named],
        )
        known = "beside-it" if both else "instead"
        yield make_vector(f"name-{confusion.id}-by-{by}-{known}", (question(s),), [confusion.flag, *_flags(s)])


def _near_keys() -> Iterator[Vector]:
    for (id, key), default in product(NEAR_KEYS.items(), ("ops", "")):
        users = [("alice", 2001, 2001), ("ops", 2002, 2002)]
        tagged = situation(run_as_enabled=True, tag="alice", default_user=default, users=users)
        steps = [{**step, "key": key} if step["operation"] == "tag_principal" else step
                 for step in as_operations(question(tagged))]  # fmt: skip
        yield make_vector(
            f"near-key-{id}-{'with' if default else 'without'}-default",
            watched(steps),
            ["key-in-another-case" if folded(key) == folded(RUN_AS_TAG) else "near-key"],
            title=f"A tag with the key {key!r}; {'a' if default else 'no'} default OS user in the preferences",
        )


def _goals() -> Iterator[Vector]:
    """The shortest trace to each goal; a vector that was there before keeps its steps, however short others are now."""
    kept = _kept()
    for goal, trace in shortest_traces().items():
        flag = "pair" if ", then" in goal else "operation-error" if " raises " in goal else "witness"
        laws = [goal.removeprefix("law ")] if goal.startswith("law ") else []
        steps = kept.get(_slug(goal)) or watched([step_of(call) for call in trace.calls])
        yield make_vector(_slug(goal), steps, [flag], laws, title=_title(goal))


def _kept() -> dict[str, Sequence[Mapping[str, Any]]]:
    """The steps of each vector that was there before, by its id."""
    return {vector.id: vector.steps for vector in vectors.vectors()}


def _scenarios() -> Iterator[Vector]:
    for one in scenarios():
        flags = [*one.flags, *(_flags(situation_asked(one.steps[0])) if len(one.steps) == 1 else ())]
        yield make_vector(one.id, one.steps, flags, title=one.title)


def _title(goal: str) -> str:
    if goal.startswith("law "):
        return f"Exercises the law: {LAWS[goal.removeprefix('law ')].title}"
    first, _, rule = goal.partition(", then ")
    if rule:
        return f"{first}, then a session request."
    return f"Shortest trace to: {goal}."


def _of_fault(fault: Fault, kept: Mapping[str, Sequence[Mapping[str, Any]]]) -> Vector | None:
    """The steps that are kept for a fault, or the shortest of the precedents with fewest nouns that it departs on.

    None if it departs on none.
    """
    steps = kept.get(_id_of(fault))
    if steps is None:
        departures = (departure_of(fault.make, calls, reading) for calls, reading in departed(fault))
        found = min((d for d in departures if d is not None), key=_of_few_nouns, default=None)
        if found is None:
            return None
        steps = watched([step_of(call) for call in shortened(found, fault.make).calls])
    title = f"Catches an implementation that {fault.title[0].lower()}{fault.title[1:]}"
    return make_vector(_id_of(fault), steps, ["fault"], title=title)


def _id_of(fault: Fault) -> str:
    return f"fault-{fault.id}"


def _of_few_nouns(departure: Departure) -> tuple[int, int]:
    return len(nouns_of(departure.calls)), len(departure.calls)


def _slug(text: str) -> str:
    kebab = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", text).lower().replace(", then rule ", "-then-")
    return re.sub(r"[^a-z0-9]+", "-", kebab).strip("-")


def _distinct(made: Sequence[Vector]) -> list[Vector]:
    """The vectors without those that ask what an earlier one asks, which then speaks for them too.

    An id that was there before stays where a new vector comes earlier and asks the same.
    """
    kept = {vector.id for vector in vectors.vectors()}
    distinct: dict[bytes, Vector] = {}
    for vector in made:
        asked = msgspec.json.encode(vector.steps)
        earlier = distinct.setdefault(asked, vector)
        distinct[asked] = msgspec.structs.replace(
            vector if vector.id in kept and earlier.id not in kept else earlier,
            flags=in_order(FLAGS, [*earlier.flags, *vector.flags]),
            laws=in_order(LAWS, [*earlier.laws, *vector.laws]),
        )
    return list(distinct.values())


KEPT = "vectors/{}.json"
"""Where the vectors of a level are kept, in the package of the kit."""
SCHEMAS = {
    "protocol/protocol.schema.json": messages.json_schema,
    "vectors/vectors.schema.json": vectors.json_schema,
    "reports/report.schema.json": report.json_schema,
}
"""The JSON Schemas that are kept there, each with what makes it."""


def write(folder: Path) -> None:
    """Write the files of the package. Raises LookupError where an id is gone that is not among the retired ones."""
    made = all_vectors()
    gone = {vector.id for vector in vectors.vectors()} - {vector.id for vector in made} - {*vectors.RETIRED}
    if gone:
        raise LookupError(f"add to RETIRED in vectors/vector.py the ids that went: {', '.join(sorted(gone))}")
    levels = ("decision", "service")
    of_level = {KEPT.format(level): as_json(vector for vector in made if vector.level == level) for level in levels}
    schemas = {name: f"{json.dumps(schema(), indent=1)}\n" for name, schema in SCHEMAS.items()}
    for name, text in {**of_level, **schemas}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    try:
        write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(str(files("runas_properties.conformance"))))
    except LookupError as error:
        sys.exit(str(error.args[0]))
