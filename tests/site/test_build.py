"""The site: whole, linked, self-contained, and made from the specification."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from attrs import evolve
from bs4 import BeautifulSoup

from runas_model import CLAUSES, OPERATIONS, RULEBOOK, Reading
from runas_model.specification.errors import ERRORS
from runas_model.words import glossary
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.gallery.implementations import FAULTS
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS, Claim, Kind
from runas_solver.proofs import prove_all
from spec_site import traceability_page
from spec_site.markdown import anchor
from spec_site.parts import PARTS
from spec_site.rooms import plan

ELSEWHERE = {
    "docs.aws.amazon.com": "the pages that the clauses restate, above their tables, and one on permissions",
    "github.com": "where departures are discussed, and the theme, in the footer",
    "pre-commit.com": "the program whose hooks the page of continuous integration shows",
}
"""The hosts that pages may link to, with the reason. Nothing is loaded from them."""

EMBEDS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "use": "href"}


@cache
def pages(site: Path) -> dict[Path, BeautifulSoup]:
    found = {path: BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in sorted(site.rglob("*.html"))}
    return {path: soup for path, soup in found.items() if "_static" not in path.parts}


@cache
def ids(site: Path, path: Path) -> frozenset[str]:
    return frozenset(str(tag["id"]) for tag in pages(site)[path].find_all(id=True))


def test_the_site_has_every_page(site: Path) -> None:
    names = {str(path.relative_to(site)) for path in pages(site)}

    assert {
        *("index.html", "decision.html", "machine.html", "laws.html", "readings.html", "agent.html", "vectors.html"),
        *("faults.html", "traceability.html", "playground.html", "reference/command.html", "reference/python.html"),
        *("reference/glossary.html", "background/why.html", "background/comparison.html", "architecture.html"),
        *(f"guides/{name}.html" for name in ("add-a-law", "add-a-reading", "read-a-counterexample")),
        "guides/in-your-ci.html",
        "tag-and-preferences.html",
        "guides/test-your-implementation.html",
    } <= names


def test_every_link_within_the_site_resolves_to_a_page_and_an_anchor(site: Path) -> None:
    broken, followed = [], 0
    for path, soup in pages(site).items():
        for tag in soup.find_all("a", href=True):
            url = urlsplit(str(tag["href"]))
            if url.scheme or url.netloc:
                continue
            target = (path.parent / unquote(url.path)).resolve() if url.path else path
            followed += 1
            in_playground = target.name == "playground.html"
            fragment_is_missing = url.fragment and not in_playground and target.suffix == ".html"
            if not target.is_file() or (fragment_is_missing and unquote(url.fragment) not in ids(site, target)):
                broken.append(f"{path.relative_to(site)}: {tag['href']}")

    assert broken == []
    assert followed > 4000


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    twice = {}
    for path, soup in pages(site).items():
        every = [tag["id"] for tag in soup.find_all(id=True)]
        if len(every) != len(set(every)):
            twice[path.name] = sorted({id for id in every if every.count(id) > 1})

    assert twice == {}


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    loaded = [
        (path.name, tag[attribute])
        for path, soup in pages(site).items()
        for name, attribute in EMBEDS.items()
        for tag in soup.find_all(name)
        if tag.has_attr(attribute) and urlsplit(str(tag[attribute])).netloc
    ]
    styles = [path.name for path in site.rglob("*.css") if "url(http" in path.read_text("utf-8").replace('"', "")]

    assert loaded == []
    assert styles == []


def test_pages_link_only_to_hosts_that_are_listed(site: Path) -> None:
    hosts = {
        urlsplit(str(tag["href"])).netloc for soup in pages(site).values() for tag in soup.find_all("a", href=True)
    } - {""}

    assert hosts == set(ELSEWHERE)


@pytest.mark.parametrize(
    ("page", "kind", "known"),
    [
        ("decision", "rule", [rule.id for rule in RULEBOOK]),
        ("traceability", "clause", list(CLAUSES)),
        ("laws", "law", list(LAWS)),
        ("machine", "operation", list(OPERATIONS)),
        ("machine", "error", [error.__name__ for error in ERRORS]),
        ("readings", "reading", [field.name for field in Reading.__attrs_attrs__]),
        ("faults", "faulty", list(FAULTY_SPECIFICATIONS)),
        ("faults", "fault", list(FAULTS)),
        ("vectors", "vector", [vector.id for vector in vectors()]),
        ("architecture", "room", [room.name.replace(".", "-") for room in plan().rooms]),
    ],
)
def test_everything_that_has_an_id_has_its_place(site: Path, page: str, kind: str, known: list[str]) -> None:
    assert known
    assert [id for id in known if anchor(kind, id) not in ids(site, site / f"{page}.html")] == []


@pytest.mark.parametrize(
    ("page", "kind", "titles"),
    [
        ("decision", "rule", {rule.id: rule.title for rule in RULEBOOK}),
        ("laws", "law", {id: id for id in LAWS}),
        ("machine", "operation", {id: id for id in OPERATIONS}),
    ],
)
def test_a_place_has_the_heading_of_what_it_is_about(site: Path, page: str, kind: str, titles: dict[str, str]) -> None:
    soup = pages(site)[site / f"{page}.html"]
    headings = {id: soup.select_one(f"#{anchor(kind, id)} > :is(h2, h3)") for id in titles}

    shown = {id: heading.get_text() if heading else "" for id, heading in headings.items()}
    assert [id for id, title in titles.items() if title.rstrip(".") not in shown[id]] == []


def test_a_law_page_shows_what_was_proved(site: Path) -> None:
    text = pages(site)[site / "laws.html"].get_text()

    assert [law.title for law in LAWS.values() if law.title.rstrip(".") not in text] == []
    assert text.count("Proof: proved") == len(LAWS)
    initial = sum(law.kind is Kind.INITIAL for law in LAWS.values())
    assert text.count("Witness: the initial state") == initial
    assert text.count("Witness: its premise holds after") == len(LAWS) - initial


def test_a_law_page_says_each_law_exactly_and_what_the_names_in_it_mean(site: Path) -> None:
    text = " ".join(pages(site)[site / "laws.html"].get_text().split())

    assert [law.id for law in LAWS.values() if f"Exactly, {next(law.words.lines())}" not in text] == []
    assert [entry.id for entry in glossary() if entry.meaning not in text] == []


def test_a_rule_guards_against_its_own_absence(site: Path) -> None:
    page = pages(site)[site / "decision.html"]
    told = {rule.id: page.select_one(f"#{anchor('rule', rule.id)}") for rule in RULEBOOK}

    assert [id for id, section in told.items() if section and f"without-{id}" in section.get_text()] == list(told)


def test_every_part_stands_on_some_page() -> None:
    docs = Path(__file__).parents[2] / "docs"
    written = "\n".join(path.read_text("utf-8") for path in docs.rglob("*.md"))

    assert [name for name in PARTS if f"```{{{name}}}" not in written] == []


def test_a_changed_title_shows_at_once_so_that_no_page_can_be_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    law = LAWS["never-ssm-user"]
    monkeypatch.setattr(traceability_page, "CLAUSES", {"C12": evolve(CLAUSES["C12"], text="Another sentence.")})

    assert "Another sentence." in PARTS["traceability"]()
    assert law.title not in PARTS["traceability"]()


def test_a_clause_that_leads_nowhere_fails_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    more = {**CLAUSES, "C99": evolve(CLAUSES["C1"], id="C99")}
    monkeypatch.setattr(traceability_page, "CLAUSES", more)

    with pytest.raises(ValueError, match="clause C99"):
        PARTS["traceability"]()


def test_a_law_that_is_not_proved_fails_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    from spec_site import evidence

    def broken(claim: Callable[..., Claim]) -> Callable[..., Claim]:
        return lambda by, s, r: evolve(claim(by, s, r), conclusion=False)

    law = LAWS["never-ssm-user"]
    refuted = list(prove_all(laws=[evolve(law, claim=broken(law.claim))]))
    monkeypatch.setattr(evidence, "prove_all", lambda: iter(refuted))

    with pytest.raises(ValueError, match="not proved: never-ssm-user"):
        evidence.proofs.__wrapped__()


def test_the_decision_table_has_every_class_of_situations() -> None:
    from runas_model import PROFILES
    from runas_model.facts.classes import situation_classes
    from spec_site.grouped import groups

    for reading in PROFILES.values():
        covered = frozenset().union(*(group.classes for group in groups((reading,))))
        assert covered == {one.id for one in situation_classes()}
        assert {rule for group in groups((reading,)) for rule in group.rules} <= {rule.id for rule in RULEBOOK}
