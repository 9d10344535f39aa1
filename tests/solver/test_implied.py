"""Laws that other laws imply."""

import attrs
import pytest

from runas_properties.laws import LAWS, Claim
from runas_solver.implied import implied_by, implied_laws
from thinned import slow


@slow
def test_laws_that_others_imply_are_reported_with_those() -> None:
    implied = implied_laws()

    assert implied["blank-default-is-none"] == ["nobody-named-is-refused"]
    assert "names-are-exact" in implied
    assert implied["never-ssm-user"] == ["started-as-named", "ssm-user-is-refused-by-name"]
    assert "off-means-ssm-user" not in implied
    assert all("exactly-one-rule" not in others for others in implied.values())


def test_a_law_that_says_less_is_implied_by_the_one_that_says_more(monkeypatch: pytest.MonkeyPatch) -> None:
    strong = LAWS["settings-leave-sessions-alone"]

    def weaker(t, instance, session):  # type: ignore[no-untyped-def]
        claim = strong.claim(t, instance, session)
        return claim if t.operation == "tag_principal" else Claim(False, False)

    weak = attrs.evolve(strong, id="tagging-leaves-sessions-alone", claim=weaker)

    assert implied_by(weak) == ["settings-leave-sessions-alone"]
    assert implied_by(LAWS["same-account"]) == []
