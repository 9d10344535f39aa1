"""What the documents say is so: their examples run, and nothing in them is of this machine."""

import doctest
import re
import shlex
import subprocess
from pathlib import Path

import pytest

import runas_model
from runas_cli.arguments import parse
from runas_properties import conformance
from runas_properties.laws import LAWS
from runas_properties.oracle.recorded import AGENT_DECISIONS, AGENT_KNOWN
from spec_site.benchmarks import read_kept
from spec_site.console import run_command
from spec_site.evidence import agent_report
from spec_site.figures import FIGURES
from spec_site.picture import decision_picture

ROOT = Path(__file__).parents[2]


def test_the_example_of_importing_the_oracle_runs() -> None:
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False)

    assert result.attempted >= 5
    assert result.failed == 0


def test_the_example_in_the_package_runs() -> None:
    assert all(doctest.testmod(module).failed == 0 for module in (runas_model, conformance))


def test_the_readme_shows_every_rule_in_order() -> None:
    rows = re.findall(r"^\| \d+ \| `([a-z-]+)`", (ROOT / "README.md").read_text(), re.M)

    assert [rule.id for rule in runas_model.RULEBOOK] == rows, "README.md: write the table of rules as the rulebook is"


def test_the_laws_that_the_readme_cites_are_cited_whole() -> None:
    cited = re.findall(r"\*(where [^*]+)\*", " ".join((ROOT / "README.md").read_text("utf-8").split()))

    assert len(cited) >= 2
    assert {f"W{said[1:]}." for said in cited} <= {law.title for law in LAWS.values()}


README = (ROOT / "README.md").read_text("utf-8")
PROSE = re.sub(r"^    .*$|^\|.*$|`[^`]*`|\]\([^)]*\)", "", README.partition("## Performance")[0], flags=re.M)

SAID = (
    "{obligations} obligations",
    "{laws} laws",
    "all {operations} operations",
    "all {readings} readings",
    "all {classes} distinguishable cases",
    "the {clauses} clauses",
    "{faulty-specifications} deliberately broken specifications",
    "{faulty-implementations} faulty implementations",
    "{vectors} vectors",
    "{agreed} of the {recorded} recorded decisions",
    "{departed} depart",
    "{outside} lie\noutside the model",
)
"""What the README says with a number, with the name of the figure that it must be."""


def counted(said: str) -> str:
    return re.sub(r"\{([a-z-]+)\}", lambda name: f"{FIGURES[name[1]]():,}", said)


def test_every_number_in_the_readme_is_the_one_that_is_counted() -> None:
    rest = PROSE
    for sentence in map(counted, SAID):
        assert sentence in rest, f"the README should say {sentence!r}"
        rest = rest.replace(sentence, "")
    for group in agent_report().groups.values():
        assert f"({group.count})" in rest
        rest = rest.replace(f"({group.count})", "", 1)

    rest = re.sub(r"Python 3\.11|agent 3\.3|SMT-LIB 2|Z3|cvc5|[Ee]xit codes.*143\s+terminated", "", rest, flags=re.S)
    assert re.findall(r".*\d.*", rest) == []


def test_the_first_lines_say_how_many_decisions_were_recorded() -> None:
    assert f"checks {FIGURES['recorded']():,} recorded decisions" in README


def test_the_picture_in_the_readme_is_the_one_that_the_rulebook_makes() -> None:
    assert "(docs/decision.svg)" in README
    assert (ROOT / "docs" / "decision.svg").read_text("utf-8") == decision_picture(), "make renew"


def commands(text: str) -> list[list[str]]:
    found = re.findall(r"^ {4}(runas-spec .*?)(?: {2,}#.*)?$", text, re.M)
    return [shlex.split(command) for command in found]


@pytest.mark.parametrize("words", commands(README), ids=" ".join)
def test_every_command_in_the_readme_can_be_given(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert parse(words[1:]).command == words[1]
    if words[1] == "decide":
        printed, code = run_command(words)
        assert code == 0
        assert "matched" in printed
    if words[1] == "check":
        files = {"FILE": str(AGENT_DECISIONS), "FILE.toml": str(AGENT_KNOWN)}
        printed, code = run_command([files.get(word, word) for word in words])
        assert (code, printed.splitlines()[-1]) == (0, "0 unexplained")


def test_the_readme_is_for_each_of_the_four_users() -> None:
    titles = re.findall(r"^## If you (.*)$", README, re.M)

    assert len(titles) == 4


def test_no_file_names_a_registry_or_a_folder_of_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    assert listed
    pattern = re.compile(r"https?://[^\s\"']*/simple" + r"/|(^|[\s\"'(])/(work|farm|root)" + r"/", re.M)

    texts = {name: (ROOT / name).read_text("utf-8") for name in listed if (ROOT / name).is_file()}
    assert [name for name, text in texts.items() if pattern.search(text)] == []


def test_the_performance_table_shows_the_kept_figures_and_counts_what_it_names() -> None:
    kept = {name: figure.median for name, figure in read_kept().figures.items()}
    rate = f"{round(kept['explore-rate'], -3):,.0f} states/s"
    expected = [
        f"{kept['decide']:,.0f} ns (if-chain: {kept['if-chain']:,.0f} ns)",
        f"in Z3 alone, all readings * | at most 150 ms | {kept['z3-check']:.0f} ms |",
        f"in cvc5 alone, all readings * | | {kept['cvc5-check']:,.0f} ms |",
        f"the explorer, {kept['explore-states']:,.0f} states, without laws * | at least 200,000 states/s | {rate} |",
        f"{round(kept['kit-rate'], -1):,.0f} cases/s",
        f"the {FIGURES['faulty-implementations']()} faulty implementations, caught by the state machine",
        f"the {FIGURES['vectors']():,} vectors over standard input and output",
        f"| all {FIGURES['obligations']()} obligations with their witnesses",
    ]
    table = README.partition("## Performance")[2]

    assert [one for one in expected if one not in table] == []
    assert table.count(" * |") == 5
