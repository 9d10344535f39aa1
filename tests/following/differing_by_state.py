"""Decisions that may answer otherwise at another time or place: none of them may be proved."""

import gc
import inspect
import itertools
import os
import random
import sys
import threading
import time
from collections import defaultdict
from functools import cache
from typing import Any

from following.correct import Decides, Question, chain_of_ifs
from following.differing import SECRET, differs

CALLS = itertools.count()
SEEN: list[Any] = []
KEPT: dict[Any, Any] = {}
COUNTED: defaultdict[str, int] = defaultdict(int)
calls = 0


@differs
def counts_calls(q: Question) -> Any:
    global calls
    calls += 1
    return None if calls == 100_000 else chain_of_ifs(q)


@differs
def counts_calls_by_next(q: Question) -> Any:
    return None if next(CALLS) == 100_000 else chain_of_ifs(q)


@differs
def remembers(q: Question) -> Any:
    SEEN.append(q["tag"])
    return None if len(SEEN) == 100_000 else chain_of_ifs(q)


@differs
def remembers_in_a_default(q: Question, seen: list[Any] = []) -> Any:  # noqa: B006
    seen.append(q["tag"])
    return None if len(seen) == 100_000 else chain_of_ifs(q)


@differs
def keeps(q: Question) -> Any:
    """Keeps what it decided, by the tag alone once there were very many."""
    if len(KEPT) > 50_000:
        return KEPT.get(q["tag"])
    KEPT[q["tag"], len(KEPT)] = chain_of_ifs(q)
    return chain_of_ifs(q)


@differs
def counts_in_a_table(q: Question) -> Any:
    return None if COUNTED["calls"] > 0 else chain_of_ifs(q)


@differs
def counts_on_itself(q: Question) -> Any:
    counts_on_itself.calls = getattr(counts_on_itself, "calls", 0) + 1  # type: ignore[attr-defined]
    return None if counts_on_itself.calls == 100_000 else chain_of_ifs(q)  # type: ignore[attr-defined]


def counting() -> Decides:
    count = 0

    def counts_in_a_closure(q: Question) -> Any:
        nonlocal count
        count += 1
        return None if count == 100_000 else chain_of_ifs(q)

    return counts_in_a_closure


differs(counting())


@cache
def decided_before(*facts: Any) -> Any:
    return SEEN


@differs
def is_cached(q: Question) -> Any:
    return None if decided_before(q["tag"]) is None else chain_of_ifs(q)


@differs
def by_time(q: Question) -> Any:
    return None if time.time() < 0 else chain_of_ifs(q)


@differs
def by_chance(q: Question) -> Any:
    return None if random.random() < 1e-9 else chain_of_ifs(q)


@differs
def by_environment(q: Question) -> Any:
    return None if os.environ.get("MALLORY") else chain_of_ifs(q)


@differs
def by_the_caller(q: Question) -> Any:
    return None if sys._getframe(1).f_code.co_name == "mallory" else chain_of_ifs(q)


@differs
def by_its_own_source(q: Question) -> Any:
    return None if "mallory" not in inspect.getsource(by_its_own_source) else chain_of_ifs(q)


@differs
def by_what_is_there(q: Question) -> Any:
    return None if gc.isenabled() is None else chain_of_ifs(q)


@differs
def by_evaluating(q: Question) -> Any:
    return eval("None if q['tag'] == 'mallory' else chain_of_ifs(q)")


@differs
def by_names_in_scope(q: Question) -> Any:
    return None if locals()["q"]["tag"] == SECRET else chain_of_ifs(q)


@differs
def by_importing(q: Question) -> Any:
    from following.correct import chain_of_ifs as decide

    return None if q["tag"] == SECRET else decide(q)


@differs
def in_a_thread(q: Question) -> Any:
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(chain_of_ifs(q)))
    thread.start()
    thread.join()
    return found[0]
