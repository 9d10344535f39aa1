"""Which statements are of the language."""

from collections.abc import Callable
from types import ModuleType

import pytest

from runas_model import Reading, Situation
from runas_model.universes.syntax import NotForEveryUniverse, check_function

Written = Callable[[str], ModuleType]


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        ("    if s.tagged:\n        return True\n    return False", "write `choose`"),
        ("    while s.tagged:\n        pass", "write `choose`"),
        ("    assert s.tagged", "write `choose`"),
        ("    match s.platform:\n        case _:\n            return True", "write `choose`"),
        ("    try:\n        return s.tagged\n    except TypeError:\n        return True", "hides"),
        ("    global seen\n    seen = s", "changes nothing outside"),
        ("    later = s.tag\n    other = later\n    return other is ROOT", "write `==`"),
        ("    def inner(name):\n        return name is ROOT\n    return inner(s.tag)", "write `==`"),
        ("    total = 0\n    total += s.os_users[s.tag].uid\n    return total == 0", "no operator but `==`"),
        ("    with suppress(Exception):\n        s.tag.upper\n    return s.tagged", "may hide an error"),
        ("    import re\n    return re.match('x', s.tag) is None", "at the top of the file"),
        ("    class Box:\n        v = s.tag\n    return Box.v is ROOT", "no such statement"),
        ("    ROOT.v = s.tag\n    return s.tagged", "only names are assigned to"),
        ("    [s.tag].append(s.tag)\n    return s.tagged", "nothing is asked by a name"),
        ("    not_(s.tagged)\n    return s.tagged", "neither returned nor assigned"),
        ("    return f'{1:{s.tag}}' == '1'", "the value itself"),
        ("    raise ValueError(s.tag)", "what an operation requires"),
        ("    @functools.cache\n    def inner(name):\n        return True\n    return inner(s.tag)", "no decorators"),
        ("    f = lambda: v\n    v = True\n    v = s.tagged\n    return f() is True", "more than once"),
        ("    g = (v is ROOT for v in (s.tag,))\n    return any_of(*g)", "runs later"),
        ("    for v in s.os_users:\n        return v == ROOT", "gone through"),
        ("    for v in (s.tag,):\n        x = v\n    return x is ROOT", "write `==`"),
        ("    x = 1\n    if len('x') > 1:\n        x = s.tag\n    return x is ROOT", "write `==`"),
        ("    x = s.os_users if len('x') > 1 else s\n    return x.tagged", "one kind of thing in one case"),
        ("    a, b = s.tagged\n    return a", "gone through"),
        ("    a, b = (s.tag,)\n    return a == ROOT", "not as many names as values"),
        ("    for v in (s.tag,):\n        pass\n    else:\n        return True\n    return v is ROOT", "has no `else`"),
        ("    x = s.tag\n    for _ in range(3):\n        x = x\n    return x is ROOT", "write `==`"),
        (
            "    if len('x') > 1:\n        return s.tagged\n    else:\n        x = s.tag\n    return x is ROOT",
            "write `==`",
        ),
        (
            "    if len('x') > 1:\n        x = s.tag\n    else:\n        return s.tagged\n    return x is ROOT",
            "write `==`",
        ),
        ("    def inner():\n        pass\n    return inner()", "else than a truth"),
        ("    def inner(name):\n        return inner(name)\n    return inner(s.tag)", "does not end"),
        ("    [ROOT] = [s.tag]\n    return ROOT is SSM_USER", "write `==`"),
    ],
)
def test_statements_that_ask_python_of_a_value_are_refused(statements: str, why: str, written: Written) -> None:
    with pytest.raises(NotForEveryUniverse, match=why):
        check_function(written(f"def when(s, r):\n{statements}\n").when, Situation, Reading, returns=bool)
