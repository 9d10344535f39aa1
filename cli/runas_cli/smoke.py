"""`runas-spec smoke`: check an adapter with a few simple cases."""

import argparse
import json
from collections.abc import Iterator

from runas_cli.exit_codes import ExitCode
from runas_cli.repeating import of_target
from runas_cli.saying import say
from runas_cli.targets import target_of
from runas_properties.conformance.protocol.messages import VERSION
from runas_properties.conformance.reports.telling import spoken_in_words
from runas_properties.conformance.smoke import Answer, Smoke, smoke_test

__all__ = ["smoke"]


def smoke(options: argparse.Namespace) -> int:
    """Run a few simple cases and print the messages exchanged; returns 0 if the adapter works."""
    with target_of(options) as target:
        about = target.about
        done = smoke_test(target)
    say(f"{about}, level {about.level}, {'reading declared' if about.reading else 'no reading declared'}")
    if about.protocol != VERSION:
        say(f"{spoken_in_words(about.protocol)}: no case is about this.")
    for answer in done.answers:
        say(*_answer_lines(answer))
    say("", *_verdict_lines(done, options))
    return ExitCode.HOLDS if done.adapter_is_right else ExitCode.DOES_NOT_HOLD


def _answer_lines(answer: Answer) -> Iterator[str]:
    yield ""
    yield f"{answer.plain.id}: {answer.plain.title}"
    sent, received = answer.exchange
    if sent:
        yield f"  sent:     {sent}"
        yield f"  received: {received or 'nothing'}"
    else:
        yield from (f"  asked:    {json.dumps(dict(step), ensure_ascii=False)}" for step in answer.steps)
    yield f"  meaning:  {answer.result if answer.result is not None else answer.error}"


def _verdict_lines(done: Smoke, options: argparse.Namespace) -> Iterator[str]:
    yield from (f"WARNING: {warning}" for warning in done.warnings)
    if done.adapter:
        yield "ADAPTER FAULTY:"
        yield from (f"  {problem}" for problem in done.adapter)
        return
    yield "ADAPTER OK: all cases answered in the right format."
    if done.implementation:
        yield f"The implementation failed {len(done.implementation)} of them:"
        yield from (f"  {problem}" for problem in done.implementation)
        yield f"For details: runas-spec conform {' '.join(of_target(options))}"
