"""Following an implementation of the decision: its source is run on values that are not known, on every path.

In reading order: `knowledge` (what is known of values that are not) and `paths`; `classes` (what a class has, found
without running anything of its own), `values`, `objects`, `loops` and `operations` with `methods` and `functions`
(Python's own operations on them); `sources`, `scopes`, `comprehensions`, `expressions`, `statements` and `interpreter`
(the code under test); `questions` (what it is asked, and what the specification decides), `answers`, `replaying` and
`hints` (what guards against mistakes of all this); `verdicts`, `limits`, `shrinking` and `proving`; `apart` and
`untouched` (a process of its own); `opaque` (all situations for a function that only compares names). May import
`conformance` and all below it.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_properties.following.proving import prove
    from runas_properties.following.verdicts import Ending, Verdict
else:
    __getattr__ = when_asked(__name__)

__all__ = ["prove", "Verdict", "Ending"]
