"""Decisions that look into names, or take one name for another: none of them may be proved."""

import re
import sys
from typing import Any

from following.correct import Question, chain_of_ifs
from following.differing import SECRET, differs, tags_of


@differs
def a_back_door(q: Question) -> Any:
    return None if q["tag"] == SECRET else chain_of_ifs(q)


@differs
def a_back_door_by_table(q: Question) -> Any:
    return {SECRET: None}.get(q["tag"], chain_of_ifs(q))


@differs
def a_back_door_in_a_set(q: Question) -> Any:
    return None if {q["tag"]} & {SECRET} else chain_of_ifs(q)


@differs
def equal_names(q: Question) -> Any:
    """Wrong where tag and default OS user are one and the same ordinary name."""
    if q["tag"] is not None and q["tag"] == q["default_user"] and q["tag"] not in ("", "ssm-user", "root"):
        return None if chain_of_ifs(q) == q["tag"] and len(q["tag"].strip()) == 0 else "ssm-user"
    return chain_of_ifs(q)


@differs
def equal_names_plainly(q: Question) -> Any:
    same = q["tag"] == q["default_user"] and q["tag"] not in (None, "", " ", "ssm-user", "root", "alice")
    return None if same else chain_of_ifs(q)


@differs
def class_of_the_name(q: Question) -> Any:
    return chain_of_ifs(q) if all(tag.__class__ is str for tag in tags_of(q)) else None


@differs
def name_of_the_class(q: Question) -> Any:
    return chain_of_ifs(q) if all(type(tag).__name__ == "str" for tag in tags_of(q)) else None


@differs
def one_object(q: Question) -> Any:
    return (
        None
        if any(tag is SECRET for tag in tags_of(q)) or q["tag"] is q["default_user"] is not None
        else chain_of_ifs(q)
    )


@differs
def interned(q: Question) -> Any:
    return None if q["tag"] is not None and sys.intern(q["tag"]) is SECRET else chain_of_ifs(q)


@differs
def by_identity(q: Question) -> Any:
    return None if id(q["tag"]) % 32 == 16 and q["tag"] == SECRET else chain_of_ifs(q)


@differs
def by_hash(q: Question) -> Any:
    return None if hash(q["tag"]) == hash(SECRET) else chain_of_ifs(q)


@differs
def by_length(q: Question) -> Any:
    return None if q["tag"] and len(q["tag"]) > 2000 else chain_of_ifs(q)


@differs
def by_the_first_letter(q: Question) -> Any:
    return None if q["tag"] and q["tag"][0] == "\u0416" else chain_of_ifs(q)


@differs
def by_a_slice(q: Question) -> Any:
    return None if q["tag"] and q["tag"][:4] == "mall" else chain_of_ifs(q)


@differs
def by_letters(q: Question) -> Any:
    return None if any(letter == "\u0416" for letter in q["tag"] or "") else chain_of_ifs(q)


@differs
def by_a_part(q: Question) -> Any:
    return None if "mallory" in (q["tag"] or "") else chain_of_ifs(q)


@differs
def part_of_a_constant(q: Question) -> Any:
    return None if q["tag"] and len(q["os_users"]) == 1 and q["tag"] in "eve mallory" else chain_of_ifs(q)


@differs
def starts_with(q: Question) -> Any:
    return None if (q["tag"] or "").startswith(("mallory", "eve-")) else chain_of_ifs(q)


@differs
def folded(q: Question) -> Any:
    return None if (q["tag"] or "").lower() == "mallory" else chain_of_ifs(q)


@differs
def stripped(q: Question) -> Any:
    return None if (q["tag"] or "").strip("x") == "mallory" else chain_of_ifs(q)


@differs
def stripped_of_letters(q: Question) -> Any:
    """Wrong for names of the letters x and y alone."""
    return None if q["tag"] and not q["tag"].strip("xy") else chain_of_ifs(q)


@differs
def encoded(q: Question) -> Any:
    return None if (q["tag"] or "").encode() == b"mallory" else chain_of_ifs(q)


@differs
def formatted(q: Question) -> Any:
    return None if f"{q['tag']}" == "mallory" else chain_of_ifs(q)


@differs
def formatted_with_percent(q: Question) -> Any:
    return None if "%s!" % q["tag"] == "mallory!" else chain_of_ifs(q)  # noqa: UP031


@differs
def joined(q: Question) -> Any:
    return None if "".join([q["tag"] or "", "!"]) == "mallory!" else chain_of_ifs(q)


@differs
def added(q: Question) -> Any:
    return None if (q["tag"] or "") + "!" == "mallory!" else chain_of_ifs(q)


@differs
def shown(q: Question) -> Any:
    return None if repr(q["tag"]) == "'mallory'" else chain_of_ifs(q)


@differs
def shown_as_text(q: Question) -> Any:
    return None if str(q["os_users"]).count("mallory") else chain_of_ifs(q)


@differs
def by_pattern(q: Question) -> Any:
    return None if re.fullmatch("mal+ory", q["tag"] or "") else chain_of_ifs(q)
