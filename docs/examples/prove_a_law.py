from runas_model import Decision, Reading, Situation
from runas_model.specification import run_as_applies
from runas_model.universes import all_of, not_
from runas_properties.laws import Claim, Kind, Law
from runas_solver import prove


def nobody_is_root_by_accident(s: Situation, d: Decision, r: Reading) -> Claim:
    """Where Run As applies, nobody runs as root unless the tag or the preferences name root."""
    named = all_of(not_(s.tag == "root"), not_(s.default_user == "root"))
    return Claim(all_of(run_as_applies(s, r), d.starts, named), not_(d.os_user == "root"))


law = Law(
    id="nobody-is-root-by-accident",
    title="Where Run As applies, nobody runs as root unless root is named.",
    clauses=("C3", "C5"),
    kind=Kind.DECISION,
    claim=lambda by, s, r: nobody_is_root_by_accident(s, by.decide(s, r), r),
    variables={"s": Situation, "r": Reading},
    meaning=nobody_is_root_by_accident,
)
(discharged,) = prove(law).discharged
print(law.title, discharged.verdict.value, "under", discharged.obligation.readings, "readings")
