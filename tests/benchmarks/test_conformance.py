"""Measured, never judged here: the conformance kit at work on an implementation in a process of its own."""

import subprocess
import sys

import pytest

from runas_model import DEFAULT
from runas_model.specification.nouns import Noun
from runas_properties.conformance.judging.generated import try_cases
from runas_properties.conformance.judging.running import observe
from runas_properties.conformance.kit import conform
from runas_properties.conformance.selfcheck import self_check
from runas_properties.conformance.targets.commands import CommandTarget
from runas_properties.conformance.vectors.vector import vectors

CHILD = """
import sys
import msgspec
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.implementations import DictService

encode, decode = msgspec.json.Encoder().encode, msgspec.json.Decoder().decode
ABOUT = {"protocol": 2, "name": "child", "level": "service", "reading": "default"}
for line in sys.stdin.buffer:
    message = decode(line)
    if message["command"] == "stop":
        break
    if message["command"] == "start":
        answer = ABOUT
    else:
        service = Stepwise(DictService())
        answer = {"id": message["id"], "results": [service.apply(step) for step in message["steps"]]}
    sys.stdout.buffer.write(encode(answer) + b"\\n")
    sys.stdout.buffer.flush()
"""
COMMAND = [sys.executable, "-c", CHILD]


@pytest.mark.benchmark(group="conformance")
def test_vectors_over_standard_input_and_output(benchmark, keep) -> None:  # type: ignore[no-untyped-def]
    every = vectors()
    target = CommandTarget(COMMAND, nouns=tuple(Noun))
    observed = benchmark.pedantic(lambda: list(observe(target, every)), rounds=10, warmup_rounds=1)
    target.close()
    assert len(observed) == len(every)
    assert not any(one.error for one in observed)
    covers = f"sending {len(every)} vectors to a child in Python that stays, its answers, and judging them"
    rates = [len(every) / seconds for seconds in benchmark.stats.stats.data]
    keep("kit-rate", "Cases a second", covers, "cases/s", rates)


@pytest.mark.benchmark(group="conformance")
def test_a_whole_run_from_the_start_of_the_command_to_the_report(benchmark) -> None:  # type: ignore[no-untyped-def]
    def run() -> int:
        target = CommandTarget(COMMAND)
        report = conform(target, vectors()).report
        target.close()
        return report.counts["passed"]

    asked = sum(not vector.needs for vector in vectors())
    assert benchmark.pedantic(run, rounds=3) == asked
    print(f"\n{asked:,} vectors from start to report in {benchmark.stats.stats.median:.2f} s")


@pytest.mark.benchmark(group="conformance")
def test_200_generated_traces(benchmark) -> None:  # type: ignore[no-untyped-def]
    target = CommandTarget(COMMAND)
    tried = benchmark.pedantic(lambda: try_cases(target, DEFAULT, examples=200), rounds=1)
    target.close()
    assert (tried.cases, tried.failure) == (200, None)
    print(f"\n{tried.cases} traces, {tried.steps:,} steps in {tried.seconds:.2f} s")


@pytest.mark.benchmark(group="conformance")
def test_the_core_vectors_alone_convict_all_faults(benchmark) -> None:  # type: ignore[no-untyped-def]
    tried = benchmark.pedantic(lambda: list(self_check()), rounds=1)
    faulty = [one for one in tried if one.faulty]
    convicted = sum(bool(one.caught_by) for one in faulty)
    accused = sum(bool(one.accused_by) for one in tried)
    print(f"\n{convicted} of {len(faulty)} faults convicted, {accused} of {len(tried)} implementations wrongly accused")


MEMORY = """
import sys
from runas_model import DEFAULT
from runas_model.specification.nouns import Noun
from runas_properties.conformance.targets.commands import CommandTarget
from runas_properties.conformance.judging.generated import try_cases
from runas_properties.conformance.kit import conform
from runas_properties.conformance.judging.running import observe
from runas_properties.conformance.vectors import vectors

what, times, *command = sys.argv[1:]
every, target = [vector for vector in vectors() if not vector.needs], CommandTarget(command)
cases = (vector for _ in range(int(times)) for vector in every)
if what == "observe":
    assert sum(bool(one.follows) for one in observe(target, cases)) == int(times) * len(every)
elif what == "report":
    assert conform(target, cases).report.conforms
else:
    assert try_cases(target, DEFAULT, examples=int(times) * 100).failure is None
target.close()
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(int(status["VmHWM"].split()[0]) // 1024)
"""


@pytest.mark.parametrize("what", ["observe", "report", "generated"])
@pytest.mark.benchmark(group="memory of the kit")
def test_memory(benchmark, what: str) -> None:  # type: ignore[no-untyped-def]
    def peak(times: int) -> int:
        command = [sys.executable, "-c", MEMORY, what, str(times), *COMMAND]
        return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    once, often = benchmark.pedantic(lambda: (peak(1), peak(10)), rounds=1)
    print(f"\n{what}: peak {once} MiB, with 10 times the cases {often} MiB")
