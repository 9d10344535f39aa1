"""The page of traceability: every clause of the source text with the rules, operations, laws and vectors for it."""

from runas_model import CLAUSES, OPERATIONS, RULEBOOK
from runas_model.specification.clauses import Source
from runas_model.specification.readings import choices_said_by
from runas_properties.laws import LAWS
from spec_site.markdown import here, links, table
from spec_site.parts import part
from spec_site.vectors import vectors_of_clause

__all__: list[str] = []


@part("traceability")
def traceability() -> str:
    """A section for each source. Raises ValueError for a clause without a rule or operation, a law or a vector."""
    sources = dict.fromkeys(clause.source for clause in CLAUSES.values())
    return "\n\n".join(f"{_heading(source)}\n\n{_table(source)}" for source in sources)


def _heading(source: Source) -> str:
    return f"## {source.title} ({source.date})\n\n<{source.address}>"


def _table(source: Source) -> str:
    rows = []
    for id, clause in CLAUSES.items():
        if clause.source != source:
            continue
        if clause.outside:
            rows.append([here("clause", id), f"{clause.where}: {clause.text}", f"outside the model: {clause.outside}"])
            continue
        rules = [rule.id for rule in RULEBOOK if id in rule.clauses]
        operations = [operation.id for operation in OPERATIONS.values() if id in operation.clauses]
        laws = [law.id for law in LAWS.values() if id in law.clauses]
        vectors = vectors_of_clause(id)
        choices = [name for name, _ in choices_said_by(id)]
        if not (rules or operations or choices) or not laws or not (vectors or choices):
            raise ValueError(
                f"clause {id}: rules {rules}, operations {operations}, readings {choices}, laws {laws}, "
                f"{len(vectors)} vectors"
            )
        answers = {
            "Rules": links("rule", rules),
            "Operations": links("operation", operations),
            "Readings": links("reading", choices),
            "Laws": links("law", laws),
        }
        told = "<br>".join(f"{kind}: {found}" for kind, found in answers.items())
        rows.append([here("clause", id), f"{clause.where}: {clause.text}", f"{told}<br>Vectors: {len(vectors)}"])
    return table(("Clause", "In our words", "Traced to"), rows)


@part("without-a-clause")
def without_a_clause() -> str:
    """What is traced to no source clause: it exists to complete the model."""
    laws = [law.id for law in LAWS.values() if not law.clauses]
    operations = [operation.id for operation in OPERATIONS.values() if not operation.clauses]
    if rules := [rule.id for rule in RULEBOOK if not rule.clauses]:
        raise ValueError(f"rules without a clause: {rules}")
    return f"- Rules: none.\n- Operations: {links('operation', operations)}.\n- Laws: {links('law', laws)}."
