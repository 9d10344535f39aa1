"""Commands that misbehave in every way that we could think of: each case has a verdict, and nothing is left running."""

import tracemalloc

import pytest

from conformance.targets.hostile.hostility import (
    AT_THE_MOST,
    CASES,
    HONEST,
    NEXT,
    PATIENCE,
    SECONDS,
    VICTIM,
    hostile,
    run,
)
from runas_model import DOCS_2023
from runas_properties.conformance.judging.running import Verdict, judge, observe
from runas_properties.conformance.targets.processes import KEPT_OF_STDERR
from runas_properties.conformance.targets.target import CaseError
from thinned import thinned

pytestmark = pytest.mark.usefixtures("leaves_no_process")


def test_the_honest_one_passes_every_case() -> None:
    assert run(HONEST.format("pass")).but_passed == {}


NEST = "100_000"

SPOILS = {
    "hangs": ("time.sleep(60)", "no answer within 0.5 s"),
    "stops itself": ("os.kill(os.getpid(), signal.SIGSTOP)", "no answer within 0.5 s"),
    "does not answer": ("continue", "no answer within 0.5 s"),
    "answers without an end of line": ("print('{}', end='', flush=True); continue", "no answer within 0.5 s"),
    "ends": ("sys.exit(0)", "it exited with code 0 without answering"),
    "crashes": ("os._exit(3)", "it exited with code 3 without answering"),
    "crashes within an answer": (
        "print('{\"id\":', end='', flush=True); os._exit(3)",
        "it exited with code 3 without answering",
    ),
    "raises": ("raise RuntimeError('out of luck')", "RuntimeError: out of luck"),
    "is killed": ("os.kill(os.getpid(), signal.SIGSEGV)", "it was killed by SIGSEGV without answering"),
    "is killed by a signal without a name": ("os.kill(os.getpid(), 40)", "it was killed by signal 40 without"),
    "prints rubbish": ("print('$%&!', flush=True)", "its answer is not JSON"),
    "prints beside the protocol": ("print('looking up alice', flush=True)", "'looking up alice'"),
    "prints an empty line": ("print(flush=True)", "its answer is not JSON"),
    "answers with a list": ("say([])", "its answer does not follow the protocol"),
    "answers without an id": ("say({'results': []}); continue", "missing required field `id`"),
    "answers with a number for an id": ("say({'id': 7, 'results': []}); continue", "Expected `str`, got `int`"),
    "answers with the wrong id": ("say({'id': 'other', 'results': []})", "it answered case 'other' instead of"),
    "answers the case before again": (
        "say(answer({**message, 'id': 'before'}))",
        "it answered case 'before' instead of",
    ),
    "sends bytes that are not UTF-8": (
        'os.write(1, b\'{"id": "\\xff\\xfe"}\\n\')',
        "its answer is not JSON ('utf-8' codec can't decode",
    ),
    "sends half a letter": ("say({'id': VICTIM, 'results': [{'started_as': '\\ud800'}]}); continue", "is not JSON"),
    "sends JSON that is nested deeply": (
        f"print('{{\"id\": \"x\", \"results\": ' + '[' * {NEST} + ']' * {NEST} + '}}', flush=True)",
        "its answer is nested too deeply",
    ),
    "sends a line of 100 MB": (
        "[os.write(1, b'x' * 1_000_000) for _ in range(100)]",
        "its answer is longer than 1048576 bytes",
    ),
    "sends lines of 100 MB": ("[os.write(1, b'x\\n' * 500_000) for _ in range(100)]", "its answer is"),
    "sends blanks for ever": ("exec('while True: os.write(1, b\" \" * 65536)')", "its answer is longer than"),
    "writes to its standard error for ever": ("exec('while True: os.write(2, b\"x\" * 65536)')", "no answer within"),
    "closes its standard output": ("os.close(1); time.sleep(60)", "it closed its standard output"),
    "closes its standard output within an answer": (
        "print('{', end='', flush=True); os.close(1); time.sleep(60)",
        "it closed its standard output in the middle of an answer",
    ),
}


@pytest.mark.parametrize(("does", "told"), thinned(SPOILS.values(), 3, spread=True), ids=SPOILS.keys())
def test_one_that_spoils_a_case_has_an_error_there_and_passes_the_others(does: str, told: str) -> None:
    ran = run(HONEST.format(does), seconds=SECONDS if "no answer within" in told else PATIENCE)

    assert ran.but_passed == {VICTIM: Verdict.ERRORED}
    assert told in ran.errors[VICTIM]
    assert ran.seconds < AT_THE_MOST


MISTAKES = {
    "too few": ("[]", "0 results; expected one for each of the 1 steps"),
    "too many": ("[{'refused': None}] * 3", "3 results; expected one for each of the 1 steps"),
    "not a list": ("{'refused': None}", "Expected `array`, got `object`"),
    "nothing": ("None", "Expected `array`, got `null`"),
    "a bare name": ("['alice']", "Expected `object`, got `str`"),
    "without a kind": ("[{}]", "a result must have exactly one of started_as"),
    "of two kinds": ("[{'refused': None, 'started_as': 'ops'}]", "this one has started_as and refused"),
    "of an unknown kind": ("[{'denied': True}]", "unknown field `denied`"),
    "a number for a name": ("[{'started_as': 2001}]", "Expected `str`, got `int`"),
    "null for a name": ("[{'started_as': None}]", "Expected `str`, got `null`"),
    "a truth for a reason": ("[{'refused': True}]", "Expected `str | null`, got `bool`"),
    "not done": ("[{'done': False}]", "done must be true"),
    "skipped without an issue": ("[{'skipped': 'too hard'}]", "skipped needs a message and the URL of an issue"),
    "an error of its own": ("[{'errored': 'database is locked'}]", "decide: database is locked"),
}


@pytest.mark.parametrize(("results", "told"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_result_of_the_wrong_shape_is_an_error_and_the_same_process_goes_on(results: str, told: str) -> None:
    target = hostile(HONEST.format(f"say({{'id': VICTIM, 'results': {results}}}); continue"))
    process = target._process
    try:
        judged = judge(list(observe(target, CASES)), DOCS_2023, {})
        assert target._process is process
    finally:
        target.close()

    assert [one.vector.id for one in judged if one.verdict is not Verdict.PASSED] == [VICTIM]
    assert judged[3].verdict is Verdict.ERRORED
    assert told in judged[3].observed.error


AFTERWARDS = {
    "answers twice": ("say(answer(message))", "unexpected output", "it answered case"),
    "prints after its answer": (
        "say(answer(message)); print('done', flush=True); continue",
        "unexpected output",
        "its answer is not JSON",
    ),
    "answers and sends 100 MB": (
        "say(answer(message)); [os.write(1, b'x' * 1_000_000) for _ in range(100)]",
        "unexpected output",
        "its answer is longer than",
    ),
    "closes its standard input": (
        "os.close(0); say(answer(message)); time.sleep(60)",
        "it closed its standard input",
        "it closed its standard input",
    ),
    "answers and ends": ("say(answer(message)); sys.exit(4)", "it exited with code 4", "it exited with code 4"),
}


@pytest.mark.parametrize(("does", "told", "or_told"), AFTERWARDS.values(), ids=AFTERWARDS.keys())
def test_what_one_does_after_its_answer_spoils_the_next_case_alone(does: str, told: str, or_told: str) -> None:
    ran = run(HONEST.format(does))

    assert ran.but_passed == {NEXT: Verdict.ERRORED}
    assert told in ran.errors[NEXT] or or_told in ran.errors[NEXT]
    assert ran.seconds < AT_THE_MOST


def test_100_mb_on_standard_error_do_no_harm_and_the_end_of_it_is_kept() -> None:
    tracemalloc.start()
    ran = run(HONEST.format("[os.write(2, b'x' * 1_000_000) for _ in range(100)]; os.write(2, b'the end')"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert ran.but_passed == {}
    assert ran.stderr.endswith("the end")
    assert len(ran.stderr) <= KEPT_OF_STDERR
    assert peak < 10_000_000


def test_the_end_of_standard_error_is_told_with_a_crash() -> None:
    ran = run(HONEST.format("sys.stderr.write('a lot\\n' * 9000 + 'no such table: users\\n'); os._exit(1)"))

    assert ran.errors[VICTIM].endswith("\n  stderr: no such table: users")


def test_one_that_takes_in_nothing_while_a_large_case_is_sent_is_given_up() -> None:
    target = hostile("say(answer(next(messages())))\ntime.sleep(60)", SECONDS)
    steps = [{**CASES[0].steps[0], "tag": "x" * 5_000_000}]

    with pytest.raises(CaseError, match=r"no answer within 0\.5 s"):
        target.run("large", steps)
    target.close()


def test_one_that_takes_in_a_large_case_slowly_is_waited_for() -> None:
    target = hostile("""
say(answer(next(messages())))
line = b""
while not line.endswith(b"\\n"):
    line += os.read(0, 100_000)
    time.sleep(0.001)
say(answer(json.loads(line)))
""")
    steps = [{**CASES[0].steps[0], "tag": "x" * 5_000_000}]

    assert len(target.run("large", steps)) == 1
    target.close()


def test_one_that_talks_while_a_large_case_is_sent_is_cut_short() -> None:
    target = hostile("say(answer(next(messages())))\nwhile True: os.write(1, b'x\\n' * 30_000)")
    steps = [{**CASES[0].steps[0], "tag": "x" * 5_000_000}]

    with pytest.raises(CaseError, match=r"unexpected output|its answer is longer than 1048576 bytes"):
        target.run("large", steps)
    target.close()
