from runas_model import RULEBOOK, Specification
from runas_properties.laws import LAWS
from runas_solver import prove

without = Specification([rule for rule in RULEBOOK if rule.id != "tag-user-missing"])
proof = prove(LAWS["no-fall-through"], without)

print(proof.law.title, proof.verdict.value)
if proof.counterexample:
    print(proof.counterexample.story)
