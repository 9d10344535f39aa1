"""Debian's Chromium, driven by Playwright: pages that may ask for nothing elsewhere and complain of nothing."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from spec_site.playground import write_playground
from thinned import IS_DEEP

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
ALIKE = ["tr:nth-child(n+9)"]
"""What is like those before it, of which a page may have thousands: rows of a table; if tests are not deep, links of a
paragraph and sections of level 3 within one of level 2, such as those of the laws of one kind."""
if not IS_DEEP:
    ALIKE += ["p > a:nth-of-type(n+9)", "section > section > section:nth-of-type(n+9)"]
RUN_AXE = f"""async () => {{
    const alike = [...document.querySelectorAll("{", ".join(ALIKE)}")].map(one => [one, new Comment()]);
    alike.forEach(([one, place]) => one.replaceWith(place));
    const {{ passes, violations }} = await axe.run({{
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
        resultTypes: ["violations"],
        preload: false,
    }});
    alike.reverse().forEach(([one, place]) => place.replaceWith(one));
    const told = ({{ id, nodes }}) => `${{id}}: ${{nodes.map(node => node.target).join(", ")}}`;
    return [passes.length, violations.map(told)];
}}"""
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def required(path: Path, how: str) -> Path:
    """The path, or a skip that says what is missing; a failure where RUNAS_SPEC_REQUIRE_CHROMIUM is set."""
    if not path.exists():
        reason = f"{path.name} is missing ({how})"
        if os.environ.get("RUNAS_SPEC_REQUIRE_CHROMIUM"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the documentation's site, built anew, once for all workers; every warning is an error."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    folder, built = shared / "site", shared / "site-is-built"
    with (shared / "site-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            options = ("-q", "-W", "--keep-going", "-E", "-b", "html", "-d", str(shared / "site-doctrees"))
            command = [sys.executable, "-m", "sphinx", *options, str(ROOT / "docs"), str(folder)]
            untraced = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
            done = subprocess.run(command, capture_output=True, text=True, env=untraced)
            built.write_text("" if done.returncode == 0 else done.stderr or "failed", "utf-8")
    assert built.read_text("utf-8") == ""
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, closed after the module."""
    executable = required(CHROMIUM, "Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens addresses in new pages; at the end none has asked for anything but local files, or has complained."""
    asked: list[str] = []
    complaints: list[str] = []
    expected: list[str] = []
    contexts = []

    def serve(route: Route) -> None:
        asked.append(route.request.url)
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            route.abort()

    def open_in_new_page(
        address: str, *, width: int = 1280, color_scheme: Literal["light", "dark"] = "light", complains: str = ""
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=color_scheme)
        contexts.append(context)
        context.set_default_timeout(30_000)
        context.route("**/*", serve)
        context.on("console", lambda message: complaints.append(message.text))
        expected.extend([complains] if complains else [])
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = context.new_page()
        page.goto(address)
        return page

    yield open_in_new_page
    for context in contexts:
        context.close()
    assert bool(asked) == bool(contexts)
    assert [url for url in asked if not url.startswith("file:")] == []
    assert [text for text in complaints if not any(part in text for part in expected)] == []
    assert [part for part in expected if not any(part in text for text in complaints)] == []


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the playground, written anew."""
    return write_playground(tmp_path_factory.mktemp("playground")).as_uri()


@pytest.fixture
def evaluate() -> Callable[[Page, str, Any], Any]:
    """Gives a function of the page a value and returns what it makes of it: as JSON, which is fast for much data."""

    def evaluate_as_json(page: Page, function: str, value: Any) -> Any:
        return json.loads(page.evaluate(f"text => JSON.stringify(({function})(JSON.parse(text)))", json.dumps(value)))

    return evaluate_as_json


@pytest.fixture
def violations() -> Callable[[Page], list[str]]:
    """What axe-core finds in a page against WCAG 2.2, levels A and AA: the rule, and the elements.

    Of what is alike it looks at the first eight; the others are back in place when it is done.
    """
    axe = required(AXE, "npm ci").read_text("utf-8")

    def found_by_axe(page: Page) -> list[str]:
        page.evaluate(axe)
        passed, found = page.evaluate(RUN_AXE)
        assert passed > 10
        return list(found)

    return found_by_axe


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """The folder build/screenshots, for people to look at."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
