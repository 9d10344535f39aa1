"""The symbolic universe: tables, truths and situations on terms."""

import pytest
import z3

from runas_model import Reading
from runas_model.specification.vocabulary import Instance, Name, OsUser, PosixId, Session, Situation
from runas_model.universes.connectives import implies
from runas_model.universes.tables import PairTable, Table
from runas_solver.terms import formula
from runas_solver.universe import Universe


def test_symbolic_tables_put_drop_and_choose_like_concrete_ones() -> None:
    universe = Universe()
    with universe.noting() as scope:
        table = universe.fresh(PairTable[Instance, Name, OsUser], "users")
        flat = universe.fresh(Table[Session, Instance], "started")
        instance, name, session = (
            universe.fresh(sort, label) for sort, label in ((Instance, "i"), (Name, "n"), (Session, "s"))
        )
        user = OsUser(PosixId(1), PosixId(2))
        put = table.put((instance, name), user)
        flag = universe.fresh(bool, "flag")
        facts = [
            put.has((instance, name)),
            put[instance, name].uid == 1,
            put.under(instance).has(name),
            put.drop((instance, name)).has((instance, name)).negated(),
            put.drop_under(instance).has((instance, name)).negated(),
            flat.put(session, instance)[session] == instance,
            implies(flag, flag.choose(put, put.drop((instance, name))).has((instance, name))),
        ]
        goals = [formula(fact) for fact in facts]
    solver = z3.SolverFor("QF_UF")
    solver.add(z3.Not(z3.And(*goals)), *universe.axioms(scope))

    assert z3.unsat == solver.check()


def test_a_symbolic_truth_cannot_be_branched_on() -> None:
    with pytest.raises(TypeError, match="use the connectives"):
        bool(Universe().fresh(bool, "flag"))


def test_a_situation_is_well_formed_in_the_symbolic_universe() -> None:
    s = Universe().fresh(Situation, "s")

    assert str(s.tag_blank.term) == "is-blank(s.tag)"
    assert isinstance(Universe().fresh(Reading, "r"), Reading)
