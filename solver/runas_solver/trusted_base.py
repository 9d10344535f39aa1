"""What the proofs rest on that is not proved itself, and what guards each part of it."""

import attrs

__all__ = ["TRUSTED_BASE", "Guard", "Trusted"]


@attrs.frozen
class Guard:
    """A check that fails where a part of the trusted base is wrong, and the file of tests that makes it."""

    check: str
    tests: str


@attrs.frozen
class Trusted:
    """A part of the trusted base: what it is trusted for, the modules or programs it consists of, and its guards."""

    id: str
    what: str
    trusted_for: str
    consists_of: tuple[str, ...]
    guards: tuple[Guard, ...]


TRUSTED_BASE = (
    Trusted(
        "symbolic-universe",
        "The symbolic universe",
        "A formula means what the function it was made from returns.",
        ("runas_solver.terms", "runas_solver.universe"),
        (
            Guard(
                "On generated states, readings and arguments, every formula has the value that the function returns.",
                "tests/solver/homomorphism/test_homomorphism.py",
            ),
            Guard("Each planted fault of the translation is caught.", "tests/solver/homomorphism/test_faults.py"),
            Guard(
                "The decision equals one that was written in SMT-LIB from the prose alone, under every reading.",
                "tests/solver/independent/test_encoding.py",
            ),
        ),
    ),
    Trusted(
        "syntax-check",
        "The syntax check",
        "Rules, operations and laws use nothing that means something else on formulas than on values.",
        ("runas_model.universes.syntax", "runas_model.universes.language", "runas_model.universes.sources"),
        (
            Guard(
                "Each construct that Python would decide by itself is refused when a function is registered.",
                "tests/model/universes/language/test_expressions.py",
            ),
            Guard(
                "Functions that look alike, or change after they were checked, are told apart.",
                "tests/model/universes/test_syntax.py",
            ),
            Guard(
                "What only looks like a value, a name or code that was checked is refused.",
                "tests/model/universes/test_look_alikes.py",
            ),
        ),
    ),
    Trusted(
        "concrete-universe",
        "What runs the specification",
        "Connectives, tables and named parts do what they say, and an operation is applied as proved.",
        (
            "runas_model.universes.connectives",
            "runas_model.universes.tables",
            "runas_model.universes.naming",
            "runas_model.specification.transitions",
            "runas_model.specification.operations",
            "runas_model.specification.errors",
            "runas_model.specification.vocabulary",
        ),
        (
            Guard("Connectives do what they say.", "tests/model/universes/test_connectives.py"),
            Guard("Tables of both kinds answer alike.", "tests/model/universes/test_tables.py"),
            Guard(
                "Applied to kept traces and vectors, operations do what is proved; `verify` shows that, too.",
                "tests/explorer/test_traces.py",
            ),
            Guard(
                "Two implementations that share no code with the rules and operations agree with them.",
                "tests/implementations/test_implementations.py",
            ),
        ),
    ),
    Trusted(
        "obligations",
        "The obligations",
        "If all obligations of a law are discharged, it holds in every reachable state and for every operation.",
        ("runas_properties.laws", "runas_solver.obligations", "runas_solver.proofs"),
        (
            Guard("Each faulty specification is caught or proved equivalent.", "tests/solver/test_gallery.py"),
            Guard("Each law refutes a faulty specification in the run that proves it.", "tests/solver/test_hollow.py"),
            Guard(
                "Any decision and any machine that obey the laws are the specification's.",
                "tests/solver/test_uniqueness.py",
            ),
            Guard(
                "On generated states, what a law means of a run is what its obligation says of it.",
                "tests/solver/homomorphism/test_homomorphism.py",
            ),
            Guard(
                "A trace that is replayed reaches each premise; a law that no trace reaches is vacuous.",
                "tests/solver/test_proofs.py",
            ),
            Guard(
                "The words of each law, generated from its function, are proved equivalent to it.",
                "tests/solver/test_wording.py",
            ),
        ),
    ),
    Trusted(
        "solver",
        "Z3, or the checker of certificates",
        "What Z3 calls unsatisfiable is unsatisfiable. Who checks certificates trusts the checker, one file, instead.",
        ("z3", "runas_solver.checker"),
        (
            Guard(
                "Each obligation has a certificate that the checker accepts without a solver.",
                "tests/solver/certificates/test_kept.py",
            ),
            Guard(
                "It accepts nothing that Z3 refutes, no certificate of another text, and none that lost a line.",
                "tests/solver/certificates/test_tampering.py",
            ),
            Guard("Each planted fault of the checker is caught.", "tests/solver/certificates/test_sabotage.py"),
            Guard("Coq's kernel replays the certificates.", "tests/solver/certificates/test_coq.py"),
            Guard("cvc5 agrees on every obligation.", "tests/solver/test_crosscheck.py"),
            Guard(
                "So do Yices, Bitwuzla and Debian's builds of Z3 and cvc5, on files that a strict reader accepts.",
                "tests/solver/independent/test_solvers.py",
            ),
            Guard(
                "Running the model confirms each counterexample before it is reported.",
                "tests/solver/test_counterexamples.py",
            ),
        ),
    ),
    Trusted(
        "following",
        "The interpreter of the command prove",
        "What a target does is what was followed of it, where `prove` says that it is proved.",
        ("runas_properties.following",),
        (
            Guard(
                "On examples of each path the target itself runs; each expression has the value that was followed.",
                "tests/following/test_replaying.py",
            ),
            Guard("What is found of unknown values is so of each known one.", "tests/following/test_unknown_values.py"),
            Guard("No target that differs is proved.", "tests/following/test_proving.py"),
        ),
    ),
    Trusted(
        "python",
        "Python and the libraries of the model",
        "The oracle returns what its functions say.",
        ("attrs", "msgspec", "rpds"),
        (
            Guard(
                "The compiled decision is proved to be the rulebook's, on every path through its code.",
                "tests/solver/test_compiled.py",
            ),
            Guard(
                "Code that could tell the proof's values from real ones is not proved.",
                "tests/solver/test_forms.py",
            ),
            Guard(
                "Each universe answers on generated states as the plain one does, and each planted fault is caught.",
                "tests/universes/test_faulty_universes.py",
            ),
            Guard(
                "Spin counts as many states and transitions in a model that was written independently.",
                "tests/explorer/test_independent_count.py",
            ),
            Guard(
                "Two implementations that share no code with the rules and operations agree with them.",
                "tests/implementations/test_implementations.py",
            ),
        ),
    ),
    Trusted(
        "source",
        "Our understanding of the source",
        "The laws state what the documentation means. No proof shows that.",
        ("runas_model.specification.clauses", "runas_properties.laws"),
        (
            Guard(
                "Each clause is traced to rules, operations, readings and laws, or says why it is outside the model.",
                "tests/model/specification/test_clauses.py",
            ),
            Guard(
                "Recorded decisions of amazon-ssm-agent agree, or differ in a way that is known.",
                "tests/oracle/test_agent_known.py",
            ),
        ),
    ),
)
"""All of it, from what is closest to the proofs to what is farthest."""
