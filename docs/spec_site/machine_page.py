"""The page of the machine: its entities, its operations with guard, effect and errors, and the life of a session."""

import inspect
from collections.abc import Iterator
from functools import cache
from typing import Any, get_type_hints

import attrs

from runas_model import INITIAL, OPERATIONS, Operation, State
from runas_model.specification import errors
from runas_model.stories.traces import tell_transition
from runas_model.universes.tables import sorts_of
from runas_properties.explorer.reach import errors_of
from runas_properties.explorer.traces import shortest_traces
from runas_properties.gallery.conviction import examples
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS, Kind, laws_of
from runas_properties.oracle.oracle import Oracle
from runas_solver.trials import kept_convictions
from spec_site.entity_picture import entity_picture
from spec_site.evidence import rests_on
from spec_site.markdown import code, folded, here, link, links, named, table
from spec_site.parts import part
from spec_site.session_picture import ENDED, NOT_YET, RUNNING, session_picture

__all__ = ["arguments_of", "session_moves"]


@part("entity-picture")
def picture() -> str:
    """What there is, each thing within what it belongs to."""
    return entity_picture()


@part("entities")
def entities() -> str:
    """A row for each table of the state: what it is keyed by, and what it holds. Raises ValueError for one that begins
    with something in it.
    """
    rows = []
    for name, kind in get_type_hints(State).items():
        if len(getattr(INITIAL, name)):
            raise ValueError(f"the table {name} is not empty at first: say so on the page")
        *keys, value = map(_sort, sorts_of(kind))
        rows.append([f"`{name}`", ", ".join(keys), value])
    return table(("Table", "Key", "Value"), rows)


def _sort(sort: Any) -> str:
    if attrs.has(sort):
        return f"`{sort.__name__}`: " + ", ".join(field.name.replace("_", " ") for field in attrs.fields(sort))
    return f"`{sort.__name__}`"


@part("records")
def records() -> str:
    """Each kind of record, with what is said of it in the code."""
    found = {sort for kind in get_type_hints(State).values() for sort in sorts_of(kind) if attrs.has(sort)}
    return table(
        ("Record", "Meaning", "Fields"),
        (
            [
                f"`{sort.__name__}`",
                (inspect.getdoc(sort) or "").split("\n")[0],
                ", ".join(map(_field, attrs.fields(sort))),
            ]
            for sort in sorted(found, key=lambda sort: sort.__name__)
        ),
    )


def _field(field: Any) -> str:
    return f"`{field.name}` ({getattr(field.type, '__name__', field.type)})"


@part("operations-at-a-glance")
def at_a_glance() -> str:
    """A row for each operation."""
    return table(
        ("Operation", "What it does", "Changes", "Errors"),
        (
            [
                link("operation", id),
                operation.title,
                ", ".join(_changed()[id]),
                ", ".join(f"`{error}`" for error in errors_of(id)) or "none",
            ]
            for id, operation in OPERATIONS.items()
        ),
    )


@part("operations")
def operations() -> str:
    """A section for each operation."""
    return "\n\n".join("\n".join(_section(operation)) for operation in OPERATIONS.values())


def _none(operation: Operation) -> str:
    return f"none (happens {'on the instance' if 'instance' in operation.parameters else 'by time or by policy'})"


def _section(operation: Operation) -> Iterator[str]:
    yield named("operation", operation.id, f"`{operation.id}`", level=3)
    clauses = links("clause", operation.clauses, "none (needed to complete the model)")
    yield f"\n{operation.title} AWS API: {', '.join(operation.aws) or _none(operation)}.\n"
    yield f"Source clauses: {clauses}. Arguments: {', '.join(arguments_of(operation))}.\n"
    yield (_guard(operation.id) or "**Requires** nothing; always succeeds.") + "\n"
    yield f"**Changes** {', '.join(_changed()[operation.id])}; everything else stays the same. Example:\n"
    yield code("\n".join(tell_transition(shortest_traces()[f"{operation.id} succeeds"].transitions()[-1]))) + "\n"
    yield folded("Code", code(inspect.getsource(operation.function), "python")) + "\n"
    yield f"**Laws.** {_laws(operation.id)}\n"


def arguments_of(operation: Operation) -> list[str]:
    """What a caller says, each argument in words."""
    return [_argument(operation, name, sort) for name, sort in operation.arguments.items()]


def _argument(operation: Operation, name: str, sort: Any) -> str:
    """An argument with its sort, how long it may be, and what is meant where it may be left out."""
    longest = f", at most {operation.longest[name]} characters" if name in operation.longest else ""
    meant = f", {_meant(operation, name)} if left out" if name in operation.left_out else ""
    return f"`{name}` ({getattr(sort, '__name__', sort)}{longest}{meant})"


def _meant(operation: Operation, name: str) -> str:
    """What is meant by an argument that is left out: an empty one that is given may not be that."""
    if name in operation.optional:
        return "not given"
    return f"`{operation.left_out[name]}`" if operation.left_out[name] != "" else "none"


def _guard(operation: str) -> str:
    found = [getattr(errors, name) for name in errors_of(operation)]
    if len(found) == 1:
        return f"**Requires** {found[0].required}; otherwise fails with `{found[0].__name__}` and changes nothing."
    told = "; ".join(f"{error.required} (otherwise `{error.__name__}`)" for error in found)
    return told and f"**Requires** {told}. If it fails, it changes nothing."


def _laws(operation: str) -> str:
    step = len(laws_of(Kind.STEP)) + len(laws_of(Kind.INVARIANT))
    guarded = [law for law in LAWS if any(label.startswith(f"guard {operation}: ") for label in rests_on()[law])]
    faulty = [
        id
        for id, one in FAULTY_SPECIFICATIONS.items()
        if one.specification.operations[operation] is not OPERATIONS[operation]
    ]
    convicting = [law for law in LAWS if any(law in kept_convictions()[id].laws for id in faulty)]
    told = [f"All {step} invariants and step laws are proved for it."]
    if guarded:
        told.append(f"The proofs of {links('law', guarded)} depend on what it requires.")
    if faulty:
        told.append(f"Faulty versions of it ({links('faulty', faulty)}) are caught by {links('law', convicting)}.")
    return " ".join(told)


@cache
def _changed() -> dict[str, list[str]]:
    """The tables that each operation has been seen to change, in the traces that every implementation is tried on."""
    names = [field.name for field in attrs.fields(State)]
    seen: dict[str, set[str]] = {id: set() for id in OPERATIONS}
    for t in _transitions():
        seen[t.operation] |= {n for n in names if getattr(t.before, n) is not getattr(t.after, n)}
    return {id: [name.replace("_", " ") for name in names if name in found] for id, found in seen.items()}


@cache
def _transitions() -> tuple[Any, ...]:
    made = []
    for reading, calls in examples()[::5]:
        oracle = Oracle(reading, laws=False)
        made += [oracle.perform(operation, arguments) for operation, arguments in calls]
    return tuple(made)


def session_moves() -> dict[tuple[str, str], list[str]]:
    """What moves a session from one status to another, as operations have been seen to do, by both."""
    moves: dict[tuple[str, str], dict[str, None]] = {}
    for t in _transitions():
        for session in {
            *t.before.started,
            *t.after.started,
            *([t.arguments["session"]] if "session" in t.arguments else []),
        }:
            move = (_status(t.before, session), _status(t.after, session))
            if move[0] == move[1] == RUNNING or move[0] != move[1]:
                moves.setdefault(move, {})[t.operation] = None
            elif t.operation == "start_session" and t.accepted and move[0] == NOT_YET:
                moves.setdefault(move, {})["start_session"] = None
    return {move: [id for id in OPERATIONS if id in found] for move, found in moves.items()}


def _status(state: State, session: Any) -> str:
    if not state.started.has(session):
        return NOT_YET
    return RUNNING if state.sessions.has((state.started[session], session)) else ENDED


@part("session-diagram")
def session_diagram() -> str:
    """The life of a session, as a picture and in a table."""
    moves = session_moves()
    rows = ([was, becomes, links("operation", by)] for (was, becomes), by in moves.items())
    return f"{session_picture(moves, tuple(OPERATIONS))}\n\n{table(('A session that', 'then', 'by'), rows)}"


@part("errors")
def every_error() -> str:
    """A row for each error."""
    return table(
        ("Error", "Cause", "Raised by"),
        (
            [
                here("error", error.__name__),
                error.text,
                links("operation", (id for id in OPERATIONS if error.__name__ in errors_of(id))),
            ]
            for error in errors.ERRORS
        ),
    )
