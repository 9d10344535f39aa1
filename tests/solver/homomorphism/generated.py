"""Concrete states, readings, arguments and values of laws, by chance: few of each, so that they meet."""

from functools import cache
from itertools import product
from random import Random
from typing import Any, get_args, get_origin, get_type_hints

from attrs import evolve

from runas_model import INITIAL, OPERATIONS, RUN_AS_TAG, Reading, State
from runas_model.specification import situation_of
from runas_model.specification.state import document_of
from runas_model.specification.transitions import SPECIFICATION, Specification, Transition
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    NO_ROLE_SESSION,
    PREFERENCES,
    ROOT,
    SSM_USER,
    Account,
    DocumentName,
    FoldedKey,
    Instance,
    Name,
    OsUser,
    OsUsers,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    Region,
    Request,
    RoleSession,
    RuleId,
    Session,
    Situation,
    Spelling,
    Switch,
    TagKey,
)
from runas_model.universes.connectives import field_names, folded, is_blank
from runas_model.universes.tables import PairTable, Table, sorts_of

__all__ = ["POOLS", "TABLES", "arguments", "hints_of", "keys_of", "reached", "transition", "truths_of", "value"]

hints_of = cache(get_type_hints)
"""The types of a record's fields, by name."""

KEYS = (RUN_AS_TAG, RUN_AS_TAG, TagKey("ssmsessionrunas"), TagKey("Team"), TagKey("TEAM"), TagKey(""))
POOLS: dict[Any, tuple[Any, ...]] = {
    bool: (True, True, False),
    Platform: (*[Platform.LINUX] * 3, *Platform),
    Switch: (*[Switch.ON] * 3, *Switch),
    Account: ("1", "1", "1", "2", ""),
    Region: (*[DEFAULT_REGION] * 4, "us-west-2", ""),
    DocumentName: (*[PREFERENCES] * 3, "Ops", ""),
    Principal: ("amy", "amy", "ben", ""),
    RoleSession: (*[NO_ROLE_SESSION] * 2, "r-1", "r-1", "r-2", "r-3"),
    Instance: ("i-1", "i-1", "i-2", ""),
    Session: ("s-1", "s-2", "s-3", "s-4", ""),
    TagKey: KEYS,
    FoldedKey: tuple(map(folded, KEYS)),
    Spelling: KEYS,
    Name: ("alice", "alice", SSM_USER, ROOT, "", " ", "None", "0"),
    PosixId: (0, 1, 1001, -1),
    RuleId: ("", "run-as-off", "tag-user-exists"),
}
"""Values by sort, and among them those of the model's constants, and what a table gives for nothing."""


ASKED_SORTS = (Principal, Instance, DocumentName, RoleSession)


def _known(sort: Any, state: State) -> list[Any]:
    """Principals with tags, instances with OS users, names of documents, or role sessions with session tags."""
    keys: Any = {
        Principal: state.tags,
        Instance: state.os_users,
        DocumentName: state.documents,
        RoleSession: state.session_tags,
    }[sort]
    return sorted({key[-1 if sort is DocumentName else 0] for key in keys})


@cache
def pool(sort: Any) -> tuple[Any, ...]:
    return POOLS[sort] if sort in POOLS else tuple(sort)


def value(kind: Any, chance: Random, state: State = INITIAL) -> Any:
    """A value of a sort, a record or a table; half of the situations are such as come up in the state.

    Who starts a session, where, with which document and in which role session are mostly such as the state
    knows, and a parameter is mostly given to a document that declares one.
    """
    if kind is State:
        return state
    if kind in ASKED_SORTS and chance.random() < 0.7 and (known := _known(kind, state)):
        return chance.choice(known)
    if kind is Situation:
        if chance.random() < 0.5:
            return situation_of(state, value(Request, chance, state))
        parts = {name: value(hint, chance) for name, hint in hints_of(Situation).items()}
        parts |= {"tag_blank": is_blank(parts["tag"]), "default_named": not is_blank(parts["default_user"])}
        for named in chance.sample([parts["tag"], parts["default_user"]], chance.randrange(3)):
            parts["os_users"] = parts["os_users"].put(named, value(OsUser, chance))
        return Situation(**parts)
    if kind is OsUsers:
        kind = Table[Name, OsUser]
    if get_origin(kind) in (Table, PairTable):
        return table(kind, chance)
    if names := field_names(kind):
        made = kind(**{name: value(hints_of(kind)[name], chance, state) for name in names})
        return _meeting(made, chance, state) if kind is Request else made
    if kind not in POOLS and get_args(kind):
        kind = get_args(kind)[0]  # of an optional value that is there
    return chance.choice(pool(kind))


def _meeting(asked: Request, chance: Random, state: State) -> Request:
    """A request that mostly gives a parameter if one is declared, an OS user's name; often of an untagged caller."""
    asked = evolve(asked, filled=_filled(asked.filled, asked.instance, asked.document, chance, state))
    if chance.random() < 0.7 and (there := sorted(state.os_users.under(asked.instance))):
        asked = evolve(asked, parameter=chance.choice(there))
    return evolve(asked, principal=Principal("ben"), role_session=NO_ROLE_SESSION) if chance.random() < 0.3 else asked


def _filled(drawn: bool, instance: Instance, document: DocumentName, chance: Random, state: State) -> bool:
    """Whether a parameter is given: mostly none where none is declared, and mostly one where one is."""
    if chance.random() < 0.3:
        return drawn
    return document_of(state, instance, document).declares_parameter and chance.random() < 0.6


DEFAULTS = {sorts_of(kind)[-1]: getattr(INITIAL, name).default for name, kind in hints_of(State).items()}


def table(kind: Any, chance: Random) -> Any:
    """A table with a few entries, which gives for nothing what tables of its values give in a state."""
    *_, of = sorts_of(kind)
    made = get_origin(kind)(DEFAULTS[of])
    for _ in range(chance.randrange(4)):
        made = made.put(chance.choice(keys_of(kind)), value(of, chance))
    return made


def keys_of(kind: Any) -> list[Any]:
    """All keys that a table may be asked for: values of a sort, or tuples of several."""
    pools = [dict.fromkeys(pool(sort)) for sort in sorts_of(kind)[:-1]]
    return list(product(*pools)) if len(pools) > 1 else list(pools[0])


def truths_of(kind: Any) -> list[str]:
    """The fields by which a table of pairs can copy what stands under a key: those of its records that are truths."""
    if get_origin(kind) is not PairTable or not field_names(record := sorts_of(kind)[-1]):
        return []
    return [name for name, hint in hints_of(record).items() if hint is bool]


TABLES = [name for name, kind in hints_of(State).items() for _ in range(3 if truths_of(kind) else 1)]
"""Tables to change by chance: more often those that can do more."""


def arguments(operation: str, chance: Random, state: State) -> dict[str, Any]:
    """Arguments of an operation; keys of what is in the state, and where its instances are, more often than others."""
    drawn = {name: value(sort, chance) for name, sort in OPERATIONS[operation].parameters.items()}
    in_role_session = ("principal", "source" if "source" in drawn else "role_session")
    places = [(machine.account, machine.region) for machine in map(state.instances.__getitem__, state.instances)]
    known: list[tuple[tuple[str, ...], Any]] = [
        (("instance", "session"), state.sessions),
        (("principal",), state.tags),
        (in_role_session, state.role_sessions),
        (("instance", "name"), state.os_users),
        (("account", "region", "document"), state.documents),
        (("account", "region"), places),
    ]
    for names, keys in ((names, sorted(keys)) for names, keys in known):
        if keys and chance.random() < 0.7 and (operation != "start_session" or names == in_role_session):
            drawn |= {name: part for name, part in zip(names, chance.choice(keys), strict=False) if name in drawn}
    if "filled" in drawn:
        drawn["filled"] = _filled(drawn["filled"], drawn["instance"], drawn["document"], chance, state)
    return drawn


def transition(
    operation: str, state: State, reading: Reading, chance: Random, by: Specification = SPECIFICATION, **fixed: Any
) -> Transition:
    """The operation with some arguments, beside those that are fixed, mostly such that it is accepted."""
    for _ in range(chance.choice((1, 40, 40, 40))):
        t = by.transition(operation, state, reading, **{**arguments(operation, chance, state), **fixed})
        if t.accepted:
            break
    return t


OPENING: dict[str, dict[str, Any]] = {
    "create_principal": {"principal": "amy", "account": "1", "kind": PrincipalKind.ROLE},
    "register_instance": {"instance": "i-1", "account": "1", "platform": Platform.LINUX, "region": DEFAULT_REGION},
    "put_document": {
        "account": "1",
        "document": PREFERENCES,
        "run_as_enabled": Switch.ON,
        "default_user": "alice",
        "declares_parameter": True,
        "region": DEFAULT_REGION,
    },
    "create_os_user": {"instance": "i-1", "name": "alice", "uid": 1001},
    "tag_principal": {"principal": "amy", "key": RUN_AS_TAG, "value": "alice"},
    "assume_role_with_tag": {
        "principal": "amy",
        "role_session": "r-1",
        "key": RUN_AS_TAG,
        "value": "alice",
        "transitive": True,
    },
    "start_session": {"principal": "amy", "instance": "i-1", "document": PREFERENCES},
}
"""What most sessions need, with what makes them meet; after it, any operation."""


def reached(chance: Random, by: Specification = SPECIFICATION) -> State:
    """A state that some operations lead to: half of the time from those of a session in a role session."""
    state, reading, meet = INITIAL, value(Reading, chance), chance.random() < 0.6
    for operation, arguments_that_meet in OPENING.items():
        for fixed, share in ((arguments_that_meet, 0.9 * meet), ({}, 0.7)):
            if chance.random() < share:
                state = transition(operation, state, reading, chance, by, **fixed).after
    for _ in range(chance.randrange(8)):
        operation = chance.choice((*OPERATIONS, *["start_session"] * 4))
        state = transition(operation, state, reading, chance, by).after
    return state
