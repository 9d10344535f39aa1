"""The address reopens the very situation, whatever its names are."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from runas_model import all_readings, situation
from runas_model.facts.classes import situation_classes
from runas_model.specification.readings import choices_of
from runas_properties.conformance.protocol.cases import question
from runas_properties.stateful.strategies import HOSTILE_NAMES
from spec_site.playground import link_to

Evaluate = Callable[[Page, str, Any], Any]

NAMES = sorted(
    {
        *(name for name in HOSTILE_NAMES if "\n" not in name),
        *("a b", "a  b", "it's", 'say "hi"', "100%", "%20", "%", "a#b", "#", "a&b=c", "a+b", "a:0:0", ":", "?", "/../"),
        *(
            "<b>alice</b>",
            "</script>",
            "${alice}",
            "{tag}",
            "{default_user}",
            "$&",
            "\\",
            "a;b,c=d",
            "-",
            "\u202ealice",
        ),
        *("ÅÅ", "日本語", "😀", "é" * 256, "😀" * 256, "% &#" * 64),
    }
)
READ = "() => read().entered"


def test_every_situation_survives_its_link(open_page: Callable[..., Page], playground: str, evaluate: Evaluate) -> None:
    cases = [(one.example, reading) for one in situation_classes() for reading in all_readings()]
    cases += [
        (situation(run_as_enabled=True, tag=name, default_user=f"{name}x", users=[(f"{name}x", 0, 7)]), reading)
        for name in NAMES
        for reading in all_readings()
    ]
    wanted = [
        {
            **{key: value for key, value in question(s).items() if key != "operation"},
            "reading": choices_of(reading),
        }
        for s, reading in cases
    ]

    page = open_page(playground)
    opened = evaluate(page, "all => all.map(situationOf)", [link_to(s, reading) for s, reading in cases])
    again = evaluate(page, "all => all.map(one => situationOf(linkTo(one)))", wanted)

    assert [one["unread"] for one in opened] == [[]] * len(cases)
    assert [one["entered"] for one in opened] == wanted
    assert again == opened


def test_hostile_names_put_into_the_form_are_there_when_the_address_is_opened(
    open_page: Callable[..., Page], playground: str, evaluate: Evaluate
) -> None:
    page = open_page(f"{playground}#run-as=on&tag=x&default-user=x&os-user=x:1:1")
    assert len(NAMES) > 40
    users = [name if name.strip() else "someone" for name in NAMES]
    tried = evaluate(
        page,
        """pairs => pairs.map(([name, user]) => {
            const type = (input, text) => {
                input.value = text;
                input.dispatchEvent(new InputEvent("input", { bubbles: true }));
            };
            type(by("tag"), name);
            type(by("default"), name);
            type(by("users").querySelector("input"), user);
            const entered = read().entered, address = new URL(by("link").href);
            reopen("#run-as=off&os-user=x:1:1&tag=&default-user=");
            const other = read().entered;
            reopen(address.hash);
            return [entered, other, read().entered, by("notice").textContent];
        })""",
        list(zip(NAMES, users, strict=True)),
    )
    for name, user, (entered, other, again, notice) in zip(NAMES, users, tried, strict=True):
        assert (entered["tag"], entered["default_user"]) == (name, name)
        assert entered["os_users"] == [{"name": user, "uid": 1, "gid": 1}]
        assert entered == again != other
        assert notice == ""


@pytest.mark.parametrize("name", ["% #&+'\"", "é" * 256, "zoe\u0308 😀"])
def test_the_address_follows_what_is_typed_and_reopens_it(
    open_page: Callable[..., Page], playground: str, name: str
) -> None:
    page = open_page(playground)
    page.get_by_label("Value of the tag").fill(name)
    page.get_by_label("Windows").check()
    page.get_by_label("Profile").select_option("agent")
    page.wait_for_function("() => location.href === document.getElementById('link').href")
    entered = page.evaluate(READ)
    assert (entered["tag"], entered["platform"]) == (name, "windows")

    page.reload()
    assert page.evaluate(READ) == entered
    assert open_page(page.url).evaluate(READ) == entered


def test_going_back_in_the_browser_goes_back_to_the_situation(open_page: Callable[..., Page], playground: str) -> None:
    page = open_page(f"{playground}#run-as=on&tag=first")
    page.evaluate("() => { location.hash = '#run-as=off&tag=second'; }")
    page.wait_for_function("() => read().entered.tag === 'second'")

    page.go_back()
    page.wait_for_function("() => read().entered.tag === 'first'")


UNREADABLE = {
    "#run-as=maybe": "run-as=maybe",
    "#platform=plan9": "platform=plan9",
    "#reading=agents": "reading=agents",
    "#reading=default,superuser=perhaps": "reading=default,superuser=perhaps",
    "#reading=default,colour=red": "reading=default,colour=red",
    "#os-user=alice": "os-user=alice",
    "#os-user=alice:1:-1": "os-user=alice:1:-1",
    "#tag=alice%0A": "the line break in tag",
    "#user=alice": "user",
    "#user=alice&platform=plan9": "user; platform=plan9",
}


def test_what_a_link_holds_that_cannot_be_read_is_said(open_page: Callable[..., Page], playground: str) -> None:
    page = open_page(playground)
    for fragment, left_out in UNREADABLE.items():
        page.evaluate("reopen", fragment)

        assert page.locator("#notice").inner_text() == f"Ignored parts of the link that could not be read: {left_out}."
        assert page.locator("#decision").get_attribute("class") in {"starts", "refused"}


def test_the_link_can_be_copied(open_page: Callable[..., Page], playground: str) -> None:
    page = open_page(playground)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()

    page.wait_for_function("() => document.getElementById('copied').textContent !== ''")
    copied: Any = page.evaluate("() => navigator.clipboard.readText()")
    assert page.locator("#copied").inner_text() == "Copied."
    assert copied == page.locator("#link").evaluate("link => link.href")
