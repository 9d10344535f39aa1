"""The public callables that check nothing, each with the reason."""

__all__ = ["TAKES_NONE"]

REASONS = {
    "It takes a situation and a reading, which were checked when they were made, and asks for their fields alone.": (
        "runas_model.facts.decide",
    ),
    "It runs in every universe, on terms as on values: what it is given was checked where it came in.": (
        *(f"runas_model.universes.{name}" for name in ("all_of", "any_of", "not_", "implies", "choose", "equal")),
        *(f"runas_model.universes.{name}" for name in ("is_blank", "field_names")),
        *(f"runas_model.universes.{name}" for name in ("FixedTable", "PairTable", "Table")),
        *(f"runas_model.specification.{name}" for name in ("State", "Step", "Transition", "run_as_applies")),
        "runas_model.specification.situation_of",
        "runas_properties.laws.Claim",
    ),
    "It belongs to the universe of facts or of words, and takes the terms of it.": (
        *(f"runas_model.facts.{name}" for name in ("Fact", "atoms", "evaluate")),
        *(f"runas_model.words.{name}" for name in ("Entry", "Term", "WordTransition", "clause", "clauses", "evaluate")),
        *(f"runas_model.words.{name}" for name in ("fresh", "noun", "specification", "whole")),
    ),
    "It reads functions of the specification, and refuses what it does not know.": (
        *(f"runas_model.universes.language.{name}" for name in ("Items", "Kind", "Known", "Many", "Model", "Reader")),
        *(f"runas_model.universes.language.{name}" for name in ("declare", "is_declared", "is_plain", "kind_of")),
    ),
    "It is what doors are made of: it takes annotations, and values of whatever kind.": (
        *(f"runas_model.doors.{name}" for name in ("Kind", "check_fields", "checked", "checked_fields", "is_concrete")),
        *(f"runas_model.doors.{name}" for name in ("kind_of", "known_as", "meant", "one_of", "read", "read_all")),
        *(f"runas_model.doors.{name}" for name in ("wrong_kind", "wrong_names", "wrong_value")),
    ),
    "It is what a call gives back, and that call alone makes it.": (
        "runas_model.specification.Decision",
        *(f"runas_model.facts.{name}" for name in ("Explanation", "PassedOver", "SituationClass")),
        *(f"runas_model.inputs.{name}" for name in ("CallRead", "CannotBeRead", "Recorded", "RecordedOutside")),
        "runas_model.stories.Performed",
        *(f"runas_properties.oracle.{name}" for name in ("Departure", "Report")),
        *(f"runas_properties.explorer.{name}" for name in ("Broken", "Exploration", "Found")),
        *(f"runas_properties.conformance.{name}" for name in ("Run", "Smoke", "Tried")),
        *(f"runas_properties.conformance.judging.{name}" for name in ("Failure", "Judged", "Observed", "Tried")),
        "runas_properties.conformance.protocol.About",
        "runas_properties.following.Verdict",
        "runas_properties.stateful.Coverage",
        *(f"runas_solver.{name}" for name in ("Counterexample", "Proof", "Repair")),
    ),
    "It is decoded from a file, by its types.": (
        "runas_properties.oracle.Known",
        "runas_properties.conformance.judging.KnownFailure",
        *(f"runas_properties.conformance.vectors.{name}" for name in ("Document", "Under", "Vector")),
        "runas_properties.conformance.protocol.Accepted",
    ),
    "It is what an implementation answers: where something is wrong with it, that is a departure.": (
        *(f"runas_properties.implementations.{name}" for name in ("Failed", "Refused", "Started")),
        "runas_properties.conformance.protocol.Result",
    ),
    "It is an error, and is raised by what was called.": (
        "runas_model.inputs.InputError",
        "runas_model.specification.OperationError",
        "runas_model.words.MissingPhrase",
        "runas_properties.explorer.ScopeError",
        *(f"runas_properties.conformance.targets.{name}" for name in ("CaseError", "NotAsked", "Unusable")),
    ),
    "It makes cases of what the kit itself draws: nothing that is given from outside comes there.": (
        "runas_properties.stateful.confusables.Confusable",
        *(f"runas_properties.stateful.scenarios.{name}" for name in ("NameAsked", "Way", "after", "any_call")),
        *(f"runas_properties.stateful.scenarios.{name}" for name in ("in_another_order", "in_every_mode", "joined")),
        *(f"runas_properties.stateful.scenarios.{name}" for name in ("key_asked", "keys", "many", "shuffled")),
        *(f"runas_properties.stateful.scenarios.{name}" for name in ("situations", "told_apart", "ways", "ways_of")),
        *(f"runas_properties.stateful.scenarios.{name}_told_apart" for name in ("documents", "regions")),
        *(f"runas_properties.stateful.scenarios.role_sessions_{name}" for name in ("joined", "told_apart")),
        "runas_properties.stateful.scenarios.documents_joined",
    ),
    "It is a protocol, which nobody calls.": (
        "runas_model.specification.Decide",
        "runas_properties.conformance.targets.Target",
        "runas_properties.implementations.Implementation",
    ),
}

TAKES_NONE = {name: reason for reason, names in REASONS.items() for name in names}
"""The reason of each, by its public name."""
