"""Which expressions are of the language; every other one is refused, with its line and what to write instead."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from runas_model import Reading, Situation
from runas_model.universes.syntax import NotForEveryUniverse, check_function

Written = Callable[[str], ModuleType]

REFUSED = {
    "s.platform is Platform.MACOS": "write `==`",
    "s.platform is not Platform.MACOS": "write `not_(",
    "s.tag != s.default_user": "write `not_(",
    "s.tag in (SSM_USER, ROOT)": "write `any_of(",
    "s.tag not in (SSM_USER, ROOT)": "write `not_(any_of(",
    "s.os_users[s.tag].uid < 1": "no order",
    "s.tag >= s.default_user": "no order",
    "s.tag == s.default_user == ROOT": "write `all_of(",
    "s.tagged and s.tag_blank": "write `all_of`",
    "s.tagged or s.tag_blank": "`any_of`",
    "not s.tagged": "write `not_`",
    "True if s.tagged else s.tag_blank": "write `choose`",
    "f'{s.tag}' == 'ssm-user'": "the value itself",
    "s.tag + 'x' == ROOT": "no operator but `==`",
    "s.tagged & s.tag_blank": "no operator but `==`",
    "-s.os_users[s.tag].uid == 0": "no arithmetic",
    "isinstance(s.tag, str)": "looks into the Python object",
    "len(s.tag) == 0": "looks into the Python object",
    "bool(s.tagged)": "write the truth itself",
    "any(x for x in (s.tagged, s.tag_blank))": "write any_of",
    "all([s.tagged])": "write all_of",
    "id(s.tag) == 1": "looks into the Python object",
    "str(s.tag) == 'x'": "write the value itself",
    "getattr(Platform, s.tag) == 1": "looks into the Python object",
    "re.match('x', s.tag) == None": "looks into the Python object",
    "all_of(*[s.tagged for name in (s.tag,) if s.tag_blank])": "write `choose`",
    "(lambda name: name is ROOT)(s.tag)": "write `==`",
    "deeper(s.tag)": "write `==`",
    "(yield s.tag)": "a generator",
    "s.tag.__class__ == str": "begins with `_`",
    "s.tag.__doc__ == str.__doc__": "begins with `_`",
    "'linux'.__eq__(s.platform)": "begins with `_`",
    "getattr(s.tagged, 'negated', 0) == 0": "looks into the Python object",
    "s.tag.startswith('')": "Name has no field",
    "s.tagged.negated()": "bool has no field",
    "locals()['s'].tagged": "looks into the Python object",
    "eval('s.platform is Platform.MACOS')": "looks into the Python object",
    "max([s.tag]) == s.tag": "looks into the Python object",
    "sorted([s.tag])[0] == s.tag": "looks into the Python object",
    "s.os_users == s.os_users.put(ROOT, SSM_USER_RECORD)": "tables are not compared",
    "equal(s, evolve(s, tagged=True))": "every field is a value",
    "equal(s.os_users, s.os_users.drop(ROOT))": "every field is a value",
    "equal(s.tag, s.default_user)": "every field is a value",
    "s.os_users[s.tag] == SSM_USER_RECORD": "write `equal`",
    "(s.tag, 1) == (ROOT, 1)": "part by part",
    "all_of(s.tag, s.tagged)": "all_of takes truths, and nothing else",
    "not_(s.tag)": "not_ takes truths, and nothing else",
    "implies(s.tagged, ROOT)": "implies takes truths, and nothing else",
    "choose(s.tag, s.tagged, True)": "choose takes a truth first",
    "is_blank(s.platform)": "is_blank takes texts, and nothing else",
    "is_blank(s.os_users[s.tag].uid)": "is_blank takes texts, and nothing else",
    "folded(s.tagged) == ROOT": "folded takes texts, and nothing else",
    "s.os_users.has((s.tag, s.tag))": "this is no key of the table",
    "s.os_users[s.tag, s.tag].uid == 0": "no key of this table",
    "s.tag == (ROOT,)": "part by part",
    "all_of(s.os_users)": "takes truths",
    "choose(s.tagged, (s.tag, 1), (ROOT, 2))[1] == 1": "choose part by part",
    "choose(s.tagged, ROOT, SSM_USER) is ROOT": "write `==`",
    "{Switch.ON: True}.get(s.run_as_enabled, False)": "a dict",
    "dict([(Switch.ON, True)])": "looks into the Python object",
    "[Switch.ON].index(s.run_as_enabled) == 0": "nothing is asked by a name",
    "[Switch.ON].count(s.run_as_enabled) == 1": "nothing is asked by a name",
    "len({s.tag, ROOT}) == 1": "do not use this",
    "(x := s.tag) is ROOT": "a line of its own",
    "[s.tag][0:1][0] is ROOT": "write `==`",
    "(lambda *v: v[0] is ROOT)(s.tag)": "write `==`",
    "(lambda v, t=deeper: t(v))(s.tag)": "write `==`",
    "(s.tag, deeper)[1](s.tag)": "write `==`",
    "any_of(*(test(value) for value, test in ((s.tag, deeper),)))": "write `==`",
    "any_of(*[(lambda: v)() for v in (s.tagged,)])": "sees the last value",
    "functools.partial(deeper, s.tag)()": "looks into the Python object",
    "Probe(s.tag).is_root": "write `==`",
    "Probe(s.tag).asks_root()": "write `==`",
    "Converted(s.tag).root": "converts or validates",
    "Counted(s.tag).root": "`__attrs_post_init__`",
    "Keyed(s.tag).root": "than its fields in order",
    "Holds(s).of.tagged is True": "takes nothing of this kind as of",
    "Holds(Disguise('x')).of.tagged.negated()": "cannot be seen what this is",
    "Told(s.tag) == None": "`__init__` is its own",
    "wrapped(s.tag)": "write `==`",
    "s.os_users.under(s.tag) == ROOT": "its keys are no pairs",
    "Rows(s.os_users).of[s.tag].tagged is True": "takes nothing of this kind as of",
    "endless(s.tag)": "calls itself",
    "Mutable(s.tag).of == ROOT": "its constructor is its own",
    "Meta.flag is True": "cannot be seen what this is",
    "Late(s.tag).of == True": "write `==`",
    "Platform('linux') == s.platform": "no record",
    "Own.ONE == s.tag": "cannot be seen what this is",
    "unknown(s.tag)": "cannot be seen",
    "s.tag(s.default_user)": "cannot be seen what this does",
    "ROOT(s.tag)": "cannot be seen what this does",
    "deeper(**{'name': s.tag})": "a dict asks Python",
    "deeper(**s.tag)": "arguments are named where they are given",
    "Name(s.tag, s.tag)": "a sort takes one value",
    "equal(s.os_users[s.tag])": "it is not given what it takes, in order",
    "evolve(s.tag, tagged=True).tagged": "evolve takes a record, and fields by name",
    "evolve(Converted(True), root=s.tagged).root": "converts or validates",
    "Plain(name=s.os_users) == ROOT": "an error names values, in order",
    "Holds().of.tagged": "the field of is not given",
    "Holds(Disguise('x'), s.tag).of.name == ROOT": "it is not settled which fields are given",
    "s.os_users.copy_under(s.tag, ROOT, 'uid').has(ROOT)": "a table whose keys are pairs",
    "s.os_users.has()": "this is no key of the table",
    "s.os_users.has(s.tag, s.tag)": "has of a table takes a key",
    "s.os_users.put(s.tag).has(ROOT)": "put of a table takes a key and a value",
    "s.os_users.put(s.tag, s).has(ROOT)": "a table keeps values, or records of one class",
    "1.5 == s.tag": "no constant but a text",
    "NAMES[s.tag] == ROOT": "it must be settled what is looked up",
    "s.tag[0] == ROOT": "nothing but tables, and tuples by a number",
    "(s.tag, ROOT)[s.tag] == ROOT": "by a number that is written there",
    "(s.tag, ROOT)[True] == ROOT": "by a number that is written there",
    "(s.tag, ROOT)[2] == ROOT": "there is no such part",
    "ROOT is SSM_USER": "write `==`",
    "endless(s.tag, ROOT)": "it takes other arguments than 2 in order",
    "endless(other=s.tag)": "it takes other arguments than 0 in order and other",
    "nothing(s.tag) == ROOT": "no field",
}
HELPERS = """
NAMES = {'root': ROOT}
class Plain(Exception): pass
def nothing(name: Name): return Disguise(name).nowhere
def deeper(name: str = "x"):
    return name is ROOT
@functools.wraps(deeper)
def wrapped(name): return name is ROOT
def endless(name): return endless(name)
@attrs.frozen
class Probe:
    name: object
    @property
    def is_root(self): return self.name is ROOT
    def asks_root(self): return self.name is ROOT
@attrs.frozen
class Converted: root: bool = attrs.field(converter=lambda name: name is ROOT)
@attrs.frozen
class Counted:
    root: bool
    def __attrs_post_init__(self): pass
@attrs.frozen
class Keyed:
    first: bool = attrs.field(kw_only=True, default=True)
    root: bool
@attrs.frozen
class Disguise:
    name: Name
    @property
    def tagged(self): return True
@attrs.frozen
class Holds: of: Disguise
@attrs.frozen
class Rows: of: Table[Name, Disguise]
@attrs.define
class Mutable:
    of: Name
class Metaclass(type):
    flag = property(lambda own: True)
class Meta(metaclass=Metaclass): flag = True
@attrs.frozen(slots=False)
class Late: of: Name
Late.of = property(lambda own: own is None)
class Told(Exception):
    def __init__(self, name): self.is_root = name is ROOT
class Own(Enum):
    ONE = 1
    def __eq__(self, other): return isinstance(other, str)
"""
ALLOWED = (
    "all_of(s.tagged, any_of(s.tag == ROOT, not_(s.tag_blank)))",
    "choose(s.tagged, s.tag, s.default_user) == ROOT",
    "evolve(s, tagged=False).tagged",
    "s.os_users.drop(s.tag).put(ROOT, OsUser(0, 0)).has(s.tag)",
    "all_of(*[truth for truth in (s.tagged, s.tag_blank)])",
    "all_of(*[s.platform == one for one in Platform if one is not Platform.LINUX])",
    "Name(s.tag) == (ROOT if len('root') > 3 and 'r' in 'root' else SSM_USER)",
    "any_of(*(one == other for one, other in zip((s.tag, s.tag), [ROOT, s.default_user])))",
    "any_of(*(one == other for one in (s.tag, s.default_user) for other in (ROOT, SSM_USER)))",
    "any_of(*(s.tag == one for number, one in enumerate(reversed((ROOT, SSM_USER))) if number > 0))",
    "equal(s.os_users[s.tag], SSM_USER_RECORD)",
    "equal(choose(s.tagged, s.os_users[s.tag], OsUser(0, 0)), SSM_USER_RECORD)",
    "(lambda name: name == ROOT)(choose(s.tagged, s.tag, s.default_user))",
    "(lambda *names, other=ROOT: any_of(*(one == other for one in names)))(s.tag, s.default_user)",
    "Pair(s.tag, s.os_users).one_is_there()",
    "Pair(s.tag, s.os_users).is_root",
    "f'{ROOT}' == 'root' and not 1 > 2",
)
INNOCENT = """
@attrs.frozen
class Pair:
    one: Name
    users: OsUsers
    @property
    def is_root(self): return self.one == ROOT
    def one_is_there(self): return self.users.has(self.one)
"""


@pytest.mark.parametrize("question", REFUSED)
@pytest.mark.parametrize("as_lambda", [True, False], ids=["lambda", "def"])
def test_what_would_mean_something_else_on_terms_is_refused_with_its_line(
    question: str, as_lambda: bool, written: Written
) -> None:
    rule = f"when = lambda s, r: {question}\n" if as_lambda else f"def when(s, r):\n    return {question}\n"
    made = written(f"{HELPERS}{rule}")

    with pytest.raises(NotForEveryUniverse, match=rf"^{re.escape(str(made.__file__))}, line \d+: `") as refused:
        check_function(made.when, Situation, Reading)
    line, code = re.findall(r"line (\d+): `(.*?)`: ", str(refused.value))[0]
    there = Path(str(made.__file__)).read_text("utf-8").splitlines()[int(line) - 1]
    assert unspelled(code) in unspelled(there)
    assert REFUSED[question] in str(refused.value)


def unspelled(code: str) -> str:
    """Code without what may be written in two ways."""
    return re.sub(r"[()'\"]", "", code)


@pytest.mark.parametrize("question", ALLOWED)
def test_connectives_equality_tables_and_what_python_knows_beforehand_are_allowed(
    question: str, written: Written
) -> None:
    check_function(written(f"{INNOCENT}when = lambda s, r: {question}\n").when, Situation, Reading)
