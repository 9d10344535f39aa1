"""The pages of the documentation in a browser: nothing from elsewhere, no complaint, no violation, nothing too wide."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from runas_model import CLAUSES, RULEBOOK
from runas_properties.conformance.vectors.vector import vectors
from spec_site.playground import SITE

TALLEST = 3_000
"""Of a page, in pixels, what is kept of it as a picture."""

WIDE = """() => [...document.querySelectorAll('main *, article *')]
    .filter(element => element.getBoundingClientRect().right > innerWidth)
    .map(element => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`).slice(0, 5)"""


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_every_page_can_be_read_by_everybody(
    open_page: Callable[..., Page],
    site: Path,
    violations: Callable[[Page], list[str]],
    screenshots: Path,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    pages = sorted(path for path in site.rglob("*.html") if "_static" not in path.parts)
    assert len(pages) >= 10

    page = open_page((site / "index.html").as_uri(), width=width, color_scheme=scheme)
    found: dict[str, object] = {}
    for path in pages:
        name = str(path.relative_to(site).with_suffix(""))
        page.goto(path.as_uri())
        if page.evaluate("() => document.documentElement.scrollWidth") > width:
            found[f"{name} is too wide"] = page.evaluate(WIDE)
        if offences := violations(page):
            found[name] = offences
        height = min(TALLEST, page.evaluate("() => document.documentElement.scrollHeight"))
        kept = screenshots / f"{name.replace('/', '-')}-{width}-{scheme}.png"
        page.screenshot(path=kept, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})

    assert found == {}


def test_the_style_of_the_site_leaves_the_picture_as_it_is(
    open_page: Callable[..., Page], site: Path, playground: str
) -> None:
    fonts = """() => {
        const picture = document.querySelector('.decision-picture');
        picture.classList.remove('lit');
        return [...picture.querySelectorAll('text')].map(text => {
            const { fontSize, fontWeight, fontFamily } = getComputedStyle(text);
            return [text.textContent, fontSize, fontWeight, fontFamily];
        });
    }"""

    alone, in_page = (open_page(page).evaluate(fonts) for page in (playground, (site / "decision.html").as_uri()))
    assert len(alone) > 60
    assert in_page == alone


def test_the_playground_links_to_places_that_the_site_has(site: Path) -> None:
    ids = {
        "rule": [str(rule.id) for rule in RULEBOOK],
        "clause": [str(clause) for clause in CLAUSES],
        "vector": [vector.id for vector in vectors("decision")],
    }
    missing = []
    for kind, those in ids.items():
        page, anchor = SITE[kind].split("#")
        text = (site / page).read_text("utf-8")
        missing += [id for id in those if f'id="{anchor.format(id.lower())}"' not in text]

    assert missing == []
    assert (site / SITE["home"]).exists()
    assert f'"vector":"{SITE["vector"]}"' in (site / "playground.html").read_text("utf-8")
