"""The decision was written a second time, from the prose alone, and it is the same under every reading."""

from pathlib import Path

import pytest
import z3

from runas_model import SPECIFICATION, Reading
from runas_model.specification.readings import Superuser, all_readings, name_of
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_solver.crosscheck import Question, ask_cvc5, write_smt2
from solver.independent.encoding import ENCODING, ENDS, Joined
from solver.independent.solvers import SOLVERS, Solver, differences
from solver.independent.strict import read_strictly
from thinned import slow, thinned

CHANGES = {
    "ssm-user can be named": ("(= name name-ssm-user) is-ssm-user", "(= name name-ssm-user) session"),
    "who is missing comes first": (
        "(ite (= name name-ssm-user) is-ssm-user\n  (ite (not (on-instance name)) is-missing",
        "(ite (not (on-instance name)) is-missing\n  (ite (= name name-ssm-user) is-ssm-user",
    ),
    "a name need not exist": ("(ite (not (on-instance name)) is-missing", "(ite false is-missing"),
    "gid 0 is ordinary": ("(or (= (uid name) zero) (= (gid name) zero))", "(= (uid name) zero)"),
    "uid and gid must both be 0": ("(or (= (uid name) zero) (= (gid name)", "(and (= (uid name) zero) (= (gid name)"),
    "root is refused by name under every reading": ("(and (= superusers root-by-name) (= name", "(and true (= name"),
    "root is refused by its ids alone": ("(= name name-root)", "false"),
    "the key's case never matters": ("(or key-as-documented any-case-will-do)", "true"),
    "the key's case always matters": ("(or key-as-documented any-case-will-do)", "key-as-documented"),
    "a blank tag is no tag under every reading": ("(and blank-tag-is-no-tag (blank tag-value))", "(blank tag-value)"),
    "a blank tag is always a tag": ("(and has-tag (or", "(and (not (blank tag-value)) has-tag (or"),
    "a blank tag names an OS user": ("(ite (blank tag-value) is-missing\n", "(ite false is-missing\n"),
    "a blank default names an OS user": ("(ite (blank default-user) nobody", "(ite false nobody"),
    "a default that is missing is nobody": (
        "nobody (end-of default-user)",
        "nobody (ite (on-instance default-user) (end-of default-user) nobody)",
    ),
    "the preferences come first": ("(ite (not tagged) step-2", "(ite (not (blank default-user)) step-2"),
    "a missing tag falls through": (
        "(end-of tag-value))))",
        "(ite (on-instance tag-value) (end-of tag-value) step-2))))",
    ),
    "macOS is always covered": ("(and (= system macos) macos-is-covered)", "(= system macos)"),
    "macOS is never covered": ("(and (= system macos) macos-is-covered)", "false"),
    "Windows is covered": ("(or (= system linux) (and", "(or (not (= system macos)) (and"),
    "what is unreadable is off": ("(ite (= run-as no-truth-value) unreadable", "(ite false unreadable"),
    "what is unreadable does not matter elsewhere": (
        "(ite (= run-as no-truth-value) unreadable",
        "(ite (and covered (= run-as no-truth-value)) unreadable",
    ),
    "Run As is always on": ("(and (= run-as on) covered)", "covered"),
    "the default user runs what the tag allows": ("(ite tagged tag-value\n", "(ite false tag-value\n"),
    "ssm-user runs what was allowed": ("(ite (not applies) name-ssm-user", "(ite true name-ssm-user"),
}
"""Single changes of the encoding, each by what it makes of the decision."""

ALIKE = {"nobody-named-asks", "off-asks-for-the-platform", "swapped-platform-not-covered"}
"""Faulty rulebooks that are equivalent, and one that differs in nothing but the rule: the encoding has no rules."""


@pytest.fixture(scope="module")
def joined() -> Joined:
    return Joined()


def test_the_encoding_and_the_specification_decide_alike_under_every_reading(joined: Joined) -> None:
    assert joined.difference(ENCODING) is None
    assert ask_cvc5(Question("independent", joined.question(), "unsat")) == "unsat"


@pytest.mark.parametrize("reading", all_readings(), ids=name_of)
def test_under_a_reading_they_decide_alike_and_every_end_is_met(joined: Joined, reading: Reading) -> None:
    """So that the equivalence is not one of nothing: the two are linked in situations with each end."""

    def met(end: str) -> bool:
        return bool(joined.solver(joined.beside(ENCODING, f"(= said {end})"), reading).check() == z3.sat)

    assert joined.solver(joined.question(), reading).check() == z3.unsat
    assert {end for end in ENDS if not met(end)} == (
        {"is-superuser"} if reading.superuser is Superuser.ORDINARY else set()
    )


@pytest.mark.parametrize("solver", thinned(SOLVERS, 4), ids=lambda solver: solver.name)
def test_every_solver_says_so_and_tells_every_change(solver: Solver, joined: Joined, tmp_path: Path) -> None:
    changed = [
        Question(f"change-{number}", joined.question(change(what)), "sat") for number, what in enumerate(CHANGES)
    ]
    write_smt2(tmp_path, [Question("the-same", joined.question(), "unsat"), *changed])

    assert list(differences(solver.required(), tmp_path)) == []


def change(what: str) -> str:
    """The encoding with one of the changes."""
    old, new = CHANGES[what]
    assert ENCODING.count(old) == 1
    return ENCODING.replace(old, new)


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_the_encoding_is_refuted_by_a_situation(joined: Joined, what: str) -> None:
    told = joined.difference(change(what))

    assert told is not None
    assert told.startswith("Run As ")
    specification, encoding = told.split("; the encoding says ")
    assert encoding in ENDS or encoding.startswith("a session as ")
    assert specification.split(": ")[1].split(" by ")[0] != encoding


def test_a_situation_that_refutes_is_told_in_a_line(joined: Joined) -> None:
    told = joined.difference(change("Run As is always on"))

    assert told is not None
    assert told.startswith("Run As off, ")
    assert ", reading " in told
    assert ": started as ssm-user by run-as-off; the encoding says " in told


@slow
def test_a_faulty_rulebook_differs_from_the_encoding_unless_it_decides_alike() -> None:
    rulebooks = {
        id: faulty.specification
        for id, faulty in FAULTY_SPECIFICATIONS.items()
        if faulty.specification.rules is not SPECIFICATION.rules
    }
    alike = {id for id, specification in rulebooks.items() if Joined(specification).difference(ENCODING) is None}

    assert len(rulebooks) > 50
    assert alike == ALIKE


def test_the_encoding_is_strict_smt_lib(joined: Joined) -> None:
    read_strictly(f"{ENCODING}(check-sat)\n")
    read_strictly(joined.question())
