"""The playground: one page of HTML that answers from the decision table, complete in itself.

`python -m spec_site.playground OUT` writes it into the folder OUT.
"""

import base64
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode

from runas_model import AGENT, DEFAULT, PROFILES, RUN_AS_TAG, Platform, Reading, Rule, Situation, all_readings, decide
from runas_model.facts.classes import situation_classes
from runas_model.specification.readings import choices_of
from runas_properties.conformance.protocol.cases import question
from spec_site.decision_table import decision_table
from spec_site.picture import decision_picture

__all__ = ["SITE", "write_playground", "playground_page", "example_of", "link_to", "main"]

TEMPLATES = Path(__file__).parents[1] / "playground"
SITE = {
    "home": "index.html",
    "rule": "decision.html#rule-{}",
    "clause": "traceability.html#clause-{}",
    "vector": "vectors.html#vector-{}",
}
"""Where the site has what the playground shows: `write_playground(folder, **SITE)`."""
PLATFORMS = {Platform.LINUX: "Linux", Platform.MACOS: "macOS", Platform.WINDOWS: "Windows"}


def write_playground(folder: Path, **places: str) -> Path:
    """Write `playground.html` into a folder, which is made if need be.

    `places` are addresses of the documentation: of its `home`, and of what is shown, by its kind (`rule`, `clause`,
    `vector`), with `{}` for the id. What has no place is no link.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "playground.html"
    page.write_text(playground_page(**places), "utf-8")
    return page


def playground_page(**places: str) -> str:
    """The page as HTML, with style, script, picture and table in it."""
    script = _template("playground.js")
    digest = base64.b64encode(hashlib.sha256(f"\n{script}".encode()).digest()).decode()
    home = places.get("home")
    return Template(_template("playground.html")).substitute(
        home=f'<a href="{escape(home)}">The specification</a>' if home else "",
        picture=decision_picture(link=lambda rule: link_to(*example_of(rule))),
        places=_json(places),
        platforms="\n      ".join(_platforms()),
        profiles="".join([*(_option(name, name) for name in PROFILES), _option("", "custom")]),
        readings="\n    ".join(_readings()),
        script=script,
        script_hash=f"sha256-{digest}",
        style=_template("playground.css"),
        table=_json(decision_table()),
        tag_key=RUN_AS_TAG,
    )


def example_of(rule: Rule) -> tuple[Situation, Reading]:
    """The plainest situation that a rule decides, and a reading under which it does."""
    return next(
        (one.example, reading)
        for reading in (DEFAULT, AGENT, *all_readings())
        for one in situation_classes()
        if decide(one.example, reading).rule == rule.id
    )


def link_to(s: Situation, reading: Reading = DEFAULT) -> str:
    """The fragment of the address at which the playground shows a situation: `#run-as=on&tag=alice&...`."""
    asked = question(s)
    fields = [
        ("run-as", str(s.run_as_enabled)),
        ("tag", asked["tag"]),
        ("tag-key", None if s.tag_key_exact else asked["tag_key"]),
        ("default-user", asked["default_user"]),
        *(("os-user", f"{user['name']}:{user['uid']}:{user['gid']}") for user in asked["os_users"]),
        ("platform", s.platform.value),
        ("reading", _named(reading)),
    ]
    return f"#{urlencode([(field, value) for field, value in fields if value is not None])}"


def _named(reading: Reading) -> str:
    """The profile that a reading is, or the first with what differs."""
    for name, profile in PROFILES.items():
        if profile == reading:
            return name
    usual, chosen = choices_of(DEFAULT), choices_of(reading)
    return ",".join(["default", *(f"{point}={chosen[point]}" for point in chosen if chosen[point] != usual[point])])


def _json(data: object) -> str:
    """As JSON that may stand in a script element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def _platforms() -> Iterator[str]:
    for platform, shown in PLATFORMS.items():
        checked = " checked" if platform is Platform.LINUX else ""
        yield f'<label><input type="radio" name="platform" value="{platform.value}"{checked}> {shown}</label>'


def _readings() -> Iterator[str]:
    """A choice for each point on which the source text is silent, with the sentence that its class says of it."""
    for point, chosen in ((point, getattr(DEFAULT, point)) for point in choices_of(DEFAULT)):
        about = type(chosen).__doc__ or ""
        options = "".join(_option(choice.value, choice.value) for choice in type(chosen))
        yield f'<label class="name" for="{point}">{escape(about)}</label>'
        yield f'<select id="{point}">{options}</select>'


def _option(value: str, shown: str) -> str:
    return f'<option value="{value}">{shown}</option>'


def main(arguments: Sequence[str]) -> int:
    """Write the page into the folder that is named."""
    if len(arguments) != 1:
        print("usage: python -m spec_site.playground OUT", file=sys.stderr)
        return 2
    page = write_playground(Path(arguments[0]))
    print(f"{page}: {page.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
