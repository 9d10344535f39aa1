"""How an implementation says that it speaks version 1, and what it declares in it; and who is refused."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conformance.version_1.written_for_1 import command, decided, decision, process, service
from runas_model import AGENT, DEFAULT, DOCS_2023
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import PROFILES, BlankTag, LookUp, MacOs, Reading, Superuser
from runas_properties.conformance import kit
from runas_properties.conformance.judging.running import Verdict, judge, observe
from runas_properties.conformance.protocol.messages import VERSIONS, json_schema
from runas_properties.conformance.protocol.version_1 import can_be_asked
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.targets.apart import PythonApart
from runas_properties.conformance.targets.commands import RESTARTS, CommandTarget
from runas_properties.conformance.targets.target import PythonTarget, Unusable
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.following import Ending, prove
from runas_properties.implementations import DictService
from thinned import slow

SOME = [one for one in vectors("decision")[::100] if can_be_asked(one.steps)]
CHOSEN = {"blank_tag": "as-untagged", "superuser": "refused", "macos": "covered"}


@pytest.mark.parametrize("only", ["", "ends", "answers"])
def test_a_command_that_knows_version_1_alone_is_driven_in_it(only: str) -> None:
    target = process(only=only)
    try:
        report = kit.conform(target, SOME).report
        sent = target.exchange[0]
    finally:
        target.close()

    assert target.about.protocol == 1
    assert report.counts["passed"] == len(SOME) > 20
    assert "tag_key" not in sent
    assert not target.was_forced


@pytest.mark.parametrize("only", ["", "ends"])
def test_one_that_leaves_is_started_again_in_its_version(only: str) -> None:
    target = process(only=only, leaves=SOME[3].id)
    try:
        judged = judge(list(observe(target, SOME[:8])), DEFAULT, {})
    finally:
        target.close()

    assert [at for at, one in enumerate(judged) if one.verdict is not Verdict.PASSED] == [3]


@pytest.mark.parametrize(
    ("declared", "meant"),
    [
        (None, None),
        ("default", DEFAULT),
        ("agent", AGENT),
        ("docs-2023", Reading(BlankTag.NAMES_NOBODY, Superuser.REFUSED, MacOs.COVERED, LookUp.EXACT)),
        (CHOSEN, AGENT),
    ],
)
def test_a_declared_reading_means_what_it_meant(declared: Any, meant: Reading | None) -> None:
    target = process({"reading": declared})
    target.close()

    assert target.about.reading == meant
    assert DOCS_2023.superuser is not Superuser.REFUSED


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({"reading": {**CHOSEN, "tag_key": "exact"}}, "unknown field `tag_key` - at `$.reading`"),
        ({"reading": {**CHOSEN, "superuser": "root-refused"}}, "Invalid enum value 'root-refused'"),
        ({"reading": {"macos": "covered"}}, "missing required field `blank_tag` - at `$.reading`"),
        ({"reading": "docs-2024"}, f"unknown reading 'docs-2024'; use one of {', '.join(PROFILES)}"),
        ({"protocol": 2, "reading": CHOSEN}, "missing required field `tag_key` - at `$.reading`"),
        ({"protocol": 3}, "it uses protocol version 3, not 1 or 2"),
        ({"protocol": 0}, "it uses protocol version 0, not 1 or 2"),
        ({"protocol": "1"}, "it uses protocol version '1', not 1 or 2"),
        ({"protocol": True}, "it uses protocol version True, not 1 or 2"),
        ({"protocol": 1.0}, "it uses protocol version 1.0, not 1 or 2"),
        ({"protocol": None}, "it uses protocol version None, not 1 or 2"),
    ],
)
def test_what_no_version_has_is_refused(declared: Any, told: str) -> None:
    with pytest.raises(Unusable) as raised:
        process(declared)

    assert str(raised.value).startswith("start: ")
    assert told in str(raised.value)


@pytest.mark.parametrize("only", ["ends", "answers"])
@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({"reading": "docs-2024"}, "unknown reading 'docs-2024'"),
        ({"reading": {"macos": "covered"}}, "missing required field `blank_tag` - at `$.reading`"),
        ({"protocol": 3}, "it uses protocol version 3, not 1 or 2"),
    ],
)
def test_what_is_wrong_in_version_1_is_told_of_one_that_knows_no_other(declared: Any, told: str, only: str) -> None:
    with pytest.raises(Unusable) as raised:
        process(declared, only)

    assert told in str(raised.value)
    assert "unknown protocol" not in str(raised.value)


def test_nouns_that_an_adapter_of_version_1_says_are_not_read_and_none_can_be_said_for_it() -> None:
    target = process({"nouns": ["regions"], "level": "service"})
    target.close()
    says = "protocol 1 has no nouns, such as regions: an implementation must speak 2"

    assert target.about.nouns == ()
    with pytest.raises(Unusable, match=says):
        CommandTarget(target.command, nouns=[Noun.REGIONS])
    with pytest.raises(Unusable, match=says):
        PythonTarget(service().factory, "ours", nouns=[Noun.REGIONS])


def test_an_object_in_python_says_it_by_an_attribute() -> None:
    apart = PythonApart("conformance.version_1.written_for_1:decision")
    try:
        report = kit.conform(apart, SOME).report
    finally:
        apart.close()

    assert (apart.about.protocol, report.counts["passed"]) == (1, len(SOME))
    assert PythonTarget(lambda: decided, "ours").about.protocol == 2
    assert PythonTarget(decision, "ours").about == PythonTarget(decision, "ours").about


def test_a_command_may_be_started_in_one_version_alone() -> None:
    target = CommandTarget(command(only="ends"), protocol=1)
    target.close()

    assert (target.about.protocol, target.restarts) == (1, RESTARTS)
    with pytest.raises(Unusable, match="start: it uses protocol version 1, not 2"):
        CommandTarget(command(), protocol=2)
    with pytest.raises(ValueError, match="it uses protocol version 3, not 1 or 2"):
        CommandTarget(command(), protocol=3)


def test_a_reading_of_this_package_means_what_its_profile_did() -> None:
    for given, meant in ((DOCS_2023, "docs-2023"), (AGENT, "agent"), (DEFAULT, "default")):
        target = process({"reading": meant})
        target.close()
        assert _declaring(given).about.reading == target.about.reading
    for new in (Reading(BlankTag.AS_UNTAGGED, Superuser.ROOT_REFUSED, MacOs.COVERED, LookUp.EXACT),
                Reading(BlankTag.AS_UNTAGGED, Superuser.REFUSED, MacOs.COVERED, LookUp.ANY_CASE)):  # fmt: skip
        with pytest.raises(Unusable, match="which has a choice that version 1 did not have"):
            _declaring(new)


def _declaring(reading: Reading) -> PythonTarget:
    made = decision()
    made.reading = reading  # type: ignore[attr-defined]
    return PythonTarget(lambda: made, "ours")


def test_a_proof_is_not_made_of_what_speaks_version_1() -> None:
    verdict = prove(PythonTarget(decision, "ours"))

    assert verdict.ending is Ending.NOT_PROVABLE
    assert verdict.why == "it speaks version 1 of the protocol, and proofs are of the questions of version 2"


@pytest.mark.parametrize("given", [3, "1", True])
def test_an_object_in_python_of_an_unknown_version_is_refused(given: object) -> None:
    def factory() -> Any:
        made: Any = Stepwise(DictService(AGENT))
        made.protocol = given
        return made

    with pytest.raises(Unusable, match=f"the factory ours returned: it uses protocol version {given!r}, not 1 or 2"):
        PythonTarget(factory, "ours")


NODE = Path(__file__).parents[3] / "examples" / "node-service"


@slow
@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not on this machine")
@pytest.mark.parametrize("profile", ["default", "agent"])
def test_the_service_in_javascript_conforms_in_version_1_too(profile: str, tmp_path: Path) -> None:
    shutil.copytree(NODE, tmp_path / "node")
    adapter = tmp_path / "node" / "adapter.mjs"
    text = adapter.read_text("utf-8")
    adapter.write_text(text.replace("protocol: 2", "protocol: 1"), "utf-8")
    target = CommandTarget(["node", str(adapter), profile])
    try:
        report = kit.conform(target, vectors(), generating=kit.Generating(30)).report
    finally:
        target.close()

    assert "protocol: 2" in text
    assert (report.conforms, report.protocol, report.profile) == (True, 1, profile)
    assert report.counts["passed"] + report.counts["not offered"] == len(vectors())


@pytest.mark.parametrize("version", VERSIONS)
def test_the_published_schema_has_the_start_and_the_question_of_each_version(version: int) -> None:
    schema = Draft202012Validator(json_schema())
    question = {"operation": "decide", "run_as_enabled": True, "default_user": None, "tag": None, "platform": "linux"}
    of_2: dict[str, Any] = {"tag_key": None} if version == 2 else {}
    reading = CHOSEN if version == 1 else {**CHOSEN, "tag_key": "exact"}
    started = {"protocol": version, "name": "it", "level": "service", "reading": reading}

    assert schema.is_valid({"command": "run", "id": "x", "steps": [{**question, **of_2, "os_users": []}]})
    assert schema.is_valid(started)
    assert not schema.is_valid({**started, "protocol": 3 - version})
    assert not schema.is_valid({**started, "protocol": 3})


def test_a_line_that_is_sent_in_version_1_is_as_the_schema_has_it() -> None:
    target = process()
    try:
        list(observe(target, SOME[:1]))
        sent = target.exchange[0]
    finally:
        target.close()

    assert Draft202012Validator(json_schema()).is_valid(json.loads(sent))
