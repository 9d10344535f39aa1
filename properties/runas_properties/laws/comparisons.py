"""Laws that compare decisions: what makes a difference, and what makes none."""

from attrs import evolve

from runas_model.specification.readings import BlankTag, LookUp, MacOs, Reading
from runas_model.specification.rulebook import (
    names_by_tag,
    run_as_applies,
)
from runas_model.specification.state import State, default_of, document_of, has_session_tag
from runas_model.specification.transitions import Specification
from runas_model.specification.vocabulary import (
    RUN_AS_TAG,
    Name,
    OsUser,
    Platform,
    Reason,
    Request,
    Situation,
    Tag,
    TagKey,
)
from runas_model.universes.connectives import all_of, any_of, choose, equal, folded, is_blank, not_, spelled
from runas_properties.laws.law import Claim, comparison_law
from runas_properties.laws.parts import (
    is_silent_on,
    named_os_user,
    same,
    somebody_is_named,
)

__all__: list[str] = []


@comparison_law("blank-default-is-none", ("C14", "D7"))
def blank_default_is_none(by: Specification, state: State, r: Reading, asked: Request) -> Claim:
    s = by.situation_of(state, asked)
    blank = is_blank(default_of(state, asked))
    return Claim(
        all_of(run_as_applies(s, r), blank, not_(names_by_tag(s, r))),
        by.decide(s, r).reason == Reason.NOBODY_NAMED,
    )


@comparison_law(
    "other-tags-do-not-matter",
    ("C3", "D4"),
    "setting the principal's tag with that key makes no difference to the outcome",
)
def other_tags_do_not_matter(
    by: Specification,
    state: State,
    r: Reading,
    asked: Request,
    key: TagKey,
    value: Name,
) -> Claim:
    tagged = evolve(state, tags=state.tags.put((asked.principal, folded(key)), Tag(spelled(key), value)))
    before, after = (by.situation_of(one, asked) for one in (state, tagged))
    return Claim(not_(folded(key) == folded(RUN_AS_TAG)), same(by.decide(before, r), by.decide(after, r)))


@comparison_law(
    "other-os-users-do-not-matter",
    ("C7", "C10"),
    "putting that OS user on the instance, with whatever uid and gid, makes no difference to the outcome",
)
def other_os_users_do_not_matter(by: Specification, s: Situation, r: Reading, other: Name, user: OsUser) -> Claim:
    with_other = evolve(s, os_users=s.os_users.put(other, user))  # type: ignore[attr-defined]
    return Claim(
        all_of(not_(other == s.tag), not_(other == s.default_user)), same(by.decide(s, r), by.decide(with_other, r))
    )


@comparison_law(
    "more-os-users-never-hurt",
    ("C7", "C10"),
    "putting that OS user on the instance, with whatever uid and gid, makes no difference to the outcome",
)
def more_os_users_never_hurt(by: Specification, s: Situation, r: Reading, other: Name, user: OsUser) -> Claim:
    d = by.decide(s, r)
    with_other = evolve(s, os_users=s.os_users.put(other, user))  # type: ignore[attr-defined]
    return Claim(all_of(d.starts, not_(s.os_users.has(other))), same(d, by.decide(with_other, r)))


@comparison_law(
    "names-are-exact",
    ("C7", "C8"),
    "no session starts when that OS user is on the instance and the one that is named is not",
)
def names_are_exact(by: Specification, s: Situation, r: Reading, near: Name, user: OsUser) -> Claim:
    name = named_os_user(s, r)
    users = s.os_users.drop(name).put(near, user)  # type: ignore[attr-defined]
    return Claim(
        all_of(run_as_applies(s, r), somebody_is_named(s, r), not_(near == name)),
        not_(by.decide(evolve(s, os_users=users), r).starts),
    )


@comparison_law(
    "readings-differ-only-where-silent",
    ("C7", "C13", "D8", "D9", "D13", "D14"),
    "the outcome is the same under every reading",
)
def readings_differ_only_where_silent(by: Specification, s: Situation, r: Reading, q: Reading) -> Claim:
    return Claim(not_(is_silent_on(s)), same(by.decide(s, r), by.decide(s, q)))


@comparison_law(
    "macos-is-covered-as-read",
    ("C13", "D9"),
    "the outcome is that of an instance that runs linux if the reading covers macOS, and else of one that runs windows",
)
def macos_is_covered_as_read(by: Specification, s: Situation, r: Reading) -> Claim:
    linux, windows = (by.decide(evolve(s, platform=platform), r) for platform in (Platform.LINUX, Platform.WINDOWS))
    d = by.decide(s, r)
    return Claim(s.platform == Platform.MACOS, choose(r.macos == MacOs.COVERED, same(d, linux), same(d, windows)))


@comparison_law(
    "tag-keys-count-as-read",
    ("C3", "D4"),
    "the outcome is that of a tag with the exact key if the reading looks keys up in any case, and else that of no tag",
)
def tag_keys_count_as_read(by: Specification, s: Situation, r: Reading) -> Claim:
    exact, untagged = by.decide(evolve(s, tag_key_exact=True), r), by.decide(evolve(s, tagged=False), r)
    d = by.decide(s, r)
    return Claim(
        all_of(s.tagged, not_(s.tag_key_exact)),
        choose(r.tag_key == LookUp.ANY_CASE, same(d, exact), same(d, untagged)),
    )


@comparison_law(
    "blank-tags-count-as-read",
    ("C8", "D14"),
    "the outcome is that of no tag if the reading takes a blank tag as none, and else the session is refused for a "
    "missing OS user",
)
def blank_tags_count_as_read(by: Specification, s: Situation, r: Reading) -> Claim:
    untagged, d = by.decide(evolve(s, tagged=False), r), by.decide(s, r)
    return Claim(
        all_of(run_as_applies(s, r), s.tagged, s.tag_key_exact, s.tag_blank),
        choose(r.blank_tag == BlankTag.AS_UNTAGGED, same(d, untagged), d.reason == Reason.OS_USER_MISSING),
    )


@comparison_law(
    "situations-are-as-the-state-is",
    ("C3", "C4", "C5", "C6", "C13", "C15", "D1", "D5", "D6", "D7"),
    "the situation of a principal on an instance with a session document has the platform and the OS users of the "
    "instance, what the document of that name says in its account and Region, with the parameter in place of its "
    "default OS user if one is given and declared, and the Run As tag of the role session, or else of the principal, "
    "each as it is in the state",
)
def situations_are_as_the_state_is(by: Specification, state: State, asked: Request, name: Name) -> Claim:
    s = by.situation_of(state, asked)
    document = document_of(state, asked.instance, asked.document)
    fills = all_of(asked.filled, document.declares_parameter)
    default_user = choose(fills, asked.parameter, document.default_user)
    passes, key = has_session_tag(state, asked), folded(RUN_AS_TAG)
    own, passed = state.tags[asked.principal, key], state.session_tags[asked.role_session, key]
    value, spelling = choose(passes, passed.value, own.value), choose(passes, passed.spelling, own.spelling)
    return Claim(
        True,
        all_of(
            s.platform == state.instances[asked.instance].platform,
            s.run_as_enabled == document.run_as_enabled,
            s.default_user == default_user,
            s.default_named == not_(is_blank(default_user)),
            s.tagged == any_of(passes, state.tags.has((asked.principal, key))),
            s.tag == value,
            s.tag_blank == is_blank(value),
            s.tag_key_exact == (spelling == spelled(RUN_AS_TAG)),
            s.os_users.has(name) == state.os_users.has((asked.instance, name)),
            equal(s.os_users[name], state.os_users[asked.instance, name]),
        ),
    )
