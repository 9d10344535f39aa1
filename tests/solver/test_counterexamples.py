"""Counterexamples: the smallest there is, replayed, and told so that a stranger understands."""

from pathlib import Path

import pytest
import z3

from runas_model import RULEBOOK, Reading, Specification, situation
from runas_model.specification.vocabulary import Instance, Name, OsUser, Platform, PosixId, Session, Situation
from runas_model.universes.connectives import implies
from runas_model.universes.tables import PairTable, Table
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_solver.decoding import Decoder
from runas_solver.gallery import convict
from runas_solver.obligations import Obligations
from runas_solver.proofs import discharge, prove
from runas_solver.terms import formula
from runas_solver.universe import Universe

GOLDEN = Path(__file__).parent / "golden"
TOLD = (
    "without-tag-user-missing",
    "without-run-as-off",
    "tag-user-missing-gives-ssm-user",
    "fact-9-sure",
    "tags-outlive-principals",
    "sessions-outlive-instances",
    "preferences-reach-sessions",
    "session-ids-are-reused",
    "refusals-create-the-named-user",
    "one-tag-serves-all",
)


@pytest.mark.parametrize("fault", TOLD)
def test_the_story_of_a_fault_is_as_it_was(fault: str) -> None:
    found = convict(fault)
    law, about = next(iter(found.laws.items()))
    told = f"{found.title}\n\nbreaks {law}, about {', '.join(about)}:\n{found.story}\n"

    assert (GOLDEN / f"{fault}.txt").read_text("utf-8") == told


def test_every_golden_file_is_compared() -> None:
    assert {f"{fault}.txt" for fault in TOLD} == {path.name for path in GOLDEN.iterdir()}


def test_a_dropped_tag_rule_is_told_in_the_vocabulary_of_the_model() -> None:
    specification = FAULTY_SPECIFICATIONS["without-tag-user-missing"].specification
    found = prove(LAWS["no-fall-through"], specification).counterexample

    assert found is not None
    assert "tagged alice, default ops, alice is not on the instance, ops is on the instance" in found.story
    assert "started as ops by default-user-exists" in found.story


def test_a_counterexample_has_the_fewest_entities() -> None:
    found = prove(LAWS["settings-leave-sessions-alone"], FAULTY_SPECIFICATIONS["terminating-ends-all"].specification)
    t = found.counterexample.transition if found.counterexample else None

    assert t is not None
    assert (len(t.before.sessions), len(t.before.instances), len(t.before.principals)) == (2, 1, 0)


def test_a_counterexample_that_the_concrete_functions_do_not_confirm_is_a_defect(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    obligations = Obligations(Specification([rule for rule in RULEBOOK if rule.id != "run-as-off"]))
    obligation = obligations.obligation(LAWS["off-means-ssm-user"], "decision")
    decode = Decoder.decode

    def wrongly(self: Decoder, value: object) -> object:
        if isinstance(value, Situation):
            return situation(run_as_enabled=True)
        return decode(self, value)

    monkeypatch.setattr(Decoder, "decode", wrongly)
    with pytest.raises(AssertionError, match="off-means-ssm-user/decision: the concrete functions do not confirm"):
        discharge(obligation, obligations)


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


def test_decoding_a_value_outside_an_enumeration_is_a_defect() -> None:
    universe = Universe()
    with universe.noting() as scope:
        platform = universe.fresh(Platform, "p")
        members = [universe.lift(member, Platform).term for member in Platform]
    solver = z3.SolverFor("QF_UF")
    solver.add(z3.Distinct(platform.term, *members))
    solver.check()

    with pytest.raises(ValueError, match="none of the values of Platform"):
        Decoder(universe, solver.model(), scope).decode(platform)


def test_a_situation_is_well_formed_in_the_symbolic_universe() -> None:
    s = Universe().fresh(Situation, "s")

    assert str(s.tag_blank.term) == "is-blank(s.tag)"
    assert isinstance(Universe().fresh(Reading, "r"), Reading)
