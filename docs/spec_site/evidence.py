"""What the solvers and the recorded decisions say of the specification, found out once in each build."""

from functools import cache

from runas_properties.gallery.implementations import FAULTS
from runas_properties.oracle.recorded import Report, check_agent
from runas_solver.cores import rests_on_all
from runas_solver.crosscheck import ask_cvc5, questions_of_laws
from runas_solver.implied import implied_laws
from runas_solver.proofs import Proof, prove_all
from runas_solver.weight import Weight, weigh

__all__ = [
    "agent_report",
    "answers_of_cvc5",
    "faults_breaking",
    "implied",
    "proofs",
    "rests_on",
    "resting_on",
    "weights",
]


@cache
def proofs() -> dict[str, Proof]:
    """The proof of each law, by its id. Raises ValueError where one does not hold: no page may say that it does."""
    made = {proof.law.id: proof for proof in prove_all()}
    if failed := [id for id, proof in made.items() if not proof.holds]:
        raise ValueError(f"not proved: {', '.join(failed)}; see runas-spec verify")
    return made


@cache
def weights() -> dict[str, Weight]:
    """The weight of each obligation, by its id."""
    return weigh(one.obligation for proof in proofs().values() for one in proof.discharged)


@cache
def rests_on() -> dict[str, list[str]]:
    """For each law, what its proof rests on: `rule X`, `guard OPERATION: ERROR`, `invariant X`."""
    return rests_on_all()


def resting_on(label: str) -> list[str]:
    """The laws whose proof rests on a rule, a guard or an invariant, by its label."""
    return [law for law, labels in rests_on().items() if label in labels]


@cache
def implied() -> dict[str, list[str]]:
    """The laws that others imply, with those."""
    return implied_laws()


def faults_breaking(law: str) -> list[str]:
    """The faulty implementations that break a law."""
    return [fault.id for fault in FAULTS.values() if law in fault.laws]


@cache
def answers_of_cvc5() -> dict[str, str]:
    """cvc5's answer to every obligation that is proved. Raises ValueError where Z3 says otherwise."""
    questions = list(questions_of_laws())
    answers = {question.id: ask_cvc5(question) for question in questions}
    if differing := [question.id for question in questions if answers[question.id] != question.expected]:
        raise ValueError(f"cvc5 and Z3 differ on {', '.join(differing)}")
    return answers


@cache
def agent_report() -> Report:
    """The recorded decisions of amazon-ssm-agent, held against the reading `agent`."""
    report = check_agent()
    if not report.holds:
        raise ValueError("the recorded decisions are not all explained; see runas-spec check")
    return report
