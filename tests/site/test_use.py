"""The playground for everybody: by keyboard alone, on a phone, in the dark, read aloud, quickly and in private."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from spec_site.playground import write_playground

Scheme = Literal["light", "dark"]

FOCUSED = """() => {
    const element = document.activeElement, style = getComputedStyle(element);
    return {
        name: element.id || element.ariaLabel || element.name || element.closest('g')?.id || element.tagName,
        visible: style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2,
    };
}"""


def test_everything_can_be_reached_and_done_by_keyboard(open_page: Callable[..., Page], playground: str) -> None:
    page = open_page(playground)
    press = page.keyboard.press

    def tab_to(name: str) -> None:
        for _ in range(60):
            press("Tab")
            focused = page.evaluate(FOCUSED)
            assert focused["visible"], focused
            if focused["name"] == name:
                return
        pytest.fail(f"no way to {name} by the Tab key")

    outcome = page.locator("#outcome")
    tab_to("run-as")
    press("ArrowRight")
    assert outcome.inner_text() == "Starts as ssm-user"
    press("ArrowLeft")
    tab_to("has-default")
    press("Space")
    tab_to("has-tag")
    press("Space")
    assert outcome.inner_text() == "Refused: nobody named"
    press("Space")
    tab_to("tag")
    press("Control+A")
    page.keyboard.type("root")
    assert outcome.inner_text() == "Starts as root"
    tab_to("platform")
    press("ArrowRight")
    assert outcome.inner_text() == "Starts as ssm-user"
    tab_to("remove root")
    press("Enter")
    assert page.evaluate(FOCUSED)["name"] == "remove ops"
    tab_to("add-user")
    press("Enter")
    page.keyboard.type("root")
    press("Tab")
    page.keyboard.type("0")
    tab_to("profile")
    page.keyboard.type("agent")
    assert outcome.inner_text() == "Refused: is a superuser"
    tab_to("macos")
    page.keyboard.type("not")
    assert page.locator("#profile").input_value() == ""
    assert outcome.inner_text() == "Starts as ssm-user"
    tab_to("link")
    tab_to("copy")
    tab_to("rule-nobody-named")
    press("Enter")
    page.wait_for_function("() => by('outcome').textContent === 'refused: nobody named'")
    press("Home")
    page.locator("#theme").focus()
    press("Enter")
    assert page.evaluate("() => document.documentElement.style.colorScheme") == "dark"


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_nothing_offends_against_wcag_a_or_aa(
    open_page: Callable[..., Page], playground: str, violations: Callable[[Page], list[str]], width: int, scheme: Scheme
) -> None:
    page = open_page(playground, width=width, color_scheme=scheme)

    assert violations(page) == []
    page.get_by_label("Value of the tag").fill(" ")
    page.get_by_label("uid of alice").fill("many")
    assert violations(page) == []


def test_a_fault_that_is_put_in_is_found_by_axe(
    open_page: Callable[..., Page], playground: str, violations: Callable[[Page], list[str]]
) -> None:
    page = open_page(playground)
    page.evaluate("() => document.querySelector('label[for=tag]').remove()")

    assert violations(page) == ["label: #tag"]


def test_the_decision_is_announced(open_page: Callable[..., Page], playground: str) -> None:
    page = open_page(playground)
    page.get_by_label("Value of the tag").fill("ghost")

    announced = page.get_by_role("status", name="Decision")
    assert announced.locator("p").all_inner_texts() == [
        "Refused: no such user",
        "The tag names no existing user: refused, whatever the preferences say.",
    ]


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_nothing_is_wider_than_the_page_and_long_names_leave_the_form_in_sight(
    open_page: Callable[..., Page], playground: str, width: int
) -> None:
    page = open_page(playground, width=width)
    for name in ("alice", "x" * 256, "日本語" * 80, " "):
        page.get_by_label("Value of the tag").fill(name)
        page.get_by_label("name of OS user 1").fill(name)

        box = page.locator("#decision").bounding_box()
        assert page.evaluate("() => document.documentElement.scrollWidth") == width
        assert box is not None
        assert box["height"] < 300


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_system_until_its_button_is_pressed(
    open_page: Callable[..., Page], playground: str, scheme: Scheme
) -> None:
    def brightness() -> float:
        """Of the background, from 0 to 255."""
        colour: str = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        return sum(map(int, colour.removeprefix("rgb(").removesuffix(")").split(","))) / 3

    page = open_page(playground, color_scheme=scheme)
    assert (brightness() > 128) == (scheme == "light")
    page.get_by_role("button", name="Dark").click()
    assert (brightness() > 128) == (scheme == "dark")


def test_the_text_of_the_picture_stays_in_its_boxes(open_page: Callable[..., Page], playground: str) -> None:
    overhang = """() => [...document.querySelectorAll('.rule text:not(.answer):not(.heading)')].map(text => {
        const holder = text.closest('.rule').querySelector(text.closest('.outcome') ? '.end' : '.box').getBBox();
        const { x, y, width, height } = text.getBBox();
        const fits = x > holder.x && y > holder.y && x + width < holder.x + holder.width
            && y + height < holder.y + holder.height;
        return [text.textContent, fits];
    })"""

    texts = open_page(playground).evaluate(overhang)
    assert len(texts) > 40
    assert [text for text, fits in texts if not fits] == []


def test_the_page_is_small_and_answers_at_once(open_page: Callable[..., Page], playground: str) -> None:
    weight = Path(playground.removeprefix("file://")).stat().st_size
    page = open_page(playground)
    first_answer = page.evaluate("() => performance.getEntriesByName('first-answer')[0].startTime")
    keystroke = page.evaluate(
        """() => {
            const start = performance.now();
            for (let times = 0; times < 50; times++) update();
            return (performance.now() - start) / 50;
        }"""
    )

    print(f"{weight / 1000:.0f} kB, first answer after {first_answer:.0f} ms, a further one in {keystroke:.1f} ms")
    assert weight < 300_000
    assert first_answer < 1_000
    assert keystroke < 100


def test_the_page_can_send_nothing_even_if_a_script_got_in(open_page: Callable[..., Page], playground: str) -> None:
    page = open_page(playground, complains="Content Security Policy")
    page.evaluate("() => { document.title = 'start'; }")
    blocked = page.evaluate(
        """() => new Promise(resolve => {
            document.addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective));
            const script = document.createElement('script');
            script.textContent = "document.title = 'got in'";
            document.body.append(script);
        })"""
    )

    assert blocked.startswith("script-src")
    assert page.title() == "start"


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")])
def test_screenshots_are_taken(
    open_page: Callable[..., Page], playground: str, screenshots: Path, width: int, scheme: Scheme
) -> None:
    page = open_page(
        f"{playground}#run-as=on&tag=ghost&default-user=ops&os-user=ops:1:1", width=width, color_scheme=scheme
    )
    kept = screenshots / f"playground-{width}-{scheme}.png"
    page.screenshot(path=kept, full_page=True)

    assert kept.stat().st_size > 20_000


def test_what_is_shown_is_linked_to_its_place_in_the_documentation(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    places = {"home": "index.html?a&b", "rule": "rules.html#{}", "vector": "vectors.html#vector-{}"}
    page = open_page(f"{write_playground(tmp_path, **places).as_uri()}#run-as=off")

    links = page.locator("main a:not(#picture a), header a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert links[:-1] == [
        "index.html?a&b",
        *(f"rules.html#{rule}" for rule in ("preferences-unreadable", "platform-not-covered", "run-as-off")),
        "vectors.html#vector-decision-linux-off-tag-user-present-no-default",
    ]
    assert page.locator("#clauses a").count() == 0
