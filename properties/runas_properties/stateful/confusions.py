"""Names and tag keys that implementations are known to take for others, each with the reason for it."""

import attrs

from runas_model.doors import checked_fields
from runas_model.specification.vocabulary import Name, TagKey

__all__ = ["CONFUSIONS", "NEAR_KEYS", "Confusion"]


@attrs.frozen(field_transformer=checked_fields)
class Confusion:
    """A name and one that is easily confused with it; `flag` is the kind of confusion."""

    id: str
    flag: str
    named: Name
    near: Name


def _confusions(flag: str, **pairs: tuple[str, str]) -> list[Confusion]:
    return [Confusion(id.replace("_", "-"), flag, Name(named), Name(near)) for id, (named, near) in pairs.items()]


CONFUSIONS = (
    *_confusions("case", capital=("Alice", "alice"), small=("alice", "Alice"), root_capital=("Root", "root")),
    *_confusions("case", ssm_user_capital=("SSM-User", "ssm-user")),
    *_confusions("white-space", space_before=(" alice", "alice"), space_after=("alice ", "alice")),
    *_confusions("white-space", line_end=("alice\n", "alice"), ssm_user_space=("ssm-user ", "ssm-user")),
    *_confusions("white-space", two_words=("alice eve", "alice")),
    *_confusions("part-of-a-name", prefix=("ali", "alice"), longer=("alice", "ali"), one_more=("alicex", "alice")),
    *_confusions("part-of-a-name", beyond_32=("a" * 40, "a" * 32), nul=("al\x00ice", "al")),
    *_confusions("number", number=("2001", "alice"), signed_number=("+2001", "alice"), hash_number=("#2001", "2001")),
    *_confusions("option", option=("-u", "u")),
    *_confusions(
        "other-name", other=("ops", "alice"), other_root=("root", "toor"), underscore=("ssm_user", "ssm-user")
    ),
    *_confusions("domain", at_domain=("dave@corp.example.com", "dave"), backslash_domain=("CORP\\alice", "alice")),
    *_confusions("normal-form", decomposed=("zoe\u0308", "zoë"), composed=("zoë", "zoe\u0308")),
    *_confusions("lookalike", wide=("\uff41lice", "alice"), cyrillic=("\u0430lice", "alice")),
    *_confusions("lookalike", zero_width=("ali\u200dce", "alice")),
    *_confusions("blank", separator=("\x1c", "alice")),
    *_confusions("blank", empty=("", "alice"), space=(" ", "alice"), tab=("\t", "alice"), no_break=("\u00a0", "alice")),
)
"""Pairs of names that differ, and are to be told apart."""

NEAR_KEYS = {
    "other": TagKey("Team"),
    "small": TagKey("ssmsessionrunas"),
    "space-after": TagKey("SSMSessionRunAs "),
    "space-before": TagKey(" SSMSessionRunAs"),
    "all-capitals": TagKey("SSMSESSIONRUNAS"),
    "longer": TagKey("SSMSessionRunAsUser"),
    "shorter": TagKey("SSMSessionRun"),
    "prefixed": TagKey("aws:SSMSessionRunAs"),
    "hyphenated": TagKey("SSM-Session-Run-As"),
    "wide": TagKey("\uff33SMSessionRunAs"),
}
"""Keys of tags that are not the Run As key."""
