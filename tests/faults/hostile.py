"""Hostile and fuzzed records: each is taken or refused in a sentence, at once, in little memory.

Two hundred made by hand from what is known to hurt (keys of 50,000 parts, brackets 5,000 deep,
a million newlines, escapes for the terminal, every cut of a record), then random ones: a good
record cut, spliced, doubled and sprinkled with TOML's own marks.  With ``--scenario check``,
or a command such as ``sqs check {store}``, the records are put in the folder a hundred at a time.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.corpus import ANY_REFUSAL, Sample, at_random, by_hand
from tests.faults.sweeping import arguments, chosen, conclude
from tests.faults.target import run_command

from sqs_core.errors import RecordError
from sqs_core.storage.safe_read import line_of, parse_toml
from sqs_core.text import forbidden

SECONDS = 2.0
MEGABYTES = 300
_BATCH = 100


def tried(sample: Sample) -> list[str]:
    """What is wrong with how the reader took this record."""
    started = time.process_time()
    codes: list[str] = []
    wrong = []
    try:
        table = parse_toml(sample.data, "07.toml", end_mark=True)
        wrong += [f"holds {found.name}" for text in _texts(table) if (found := forbidden(text))]
    except RecordError as error:
        codes = [problem.code for problem in error.problems]
        wrong += _unclear(error)
    except BaseException as error:
        wrong.append(f"{type(error).__name__} came through")
    line_of(sample.data.decode("utf-8", "replace"), ("answers", "roh.plan", "later"))
    seconds = time.process_time() - started
    if seconds > SECONDS:
        wrong.append(f"took {seconds:.1f} s of the processor")
    expected = sample.code == "?" or (
        sample.code in codes if sample.code.startswith("R0") else bool(codes) == bool(sample.code)
    )
    if not expected:
        wrong.append(f"was to get {sample.code or 'no refusal'!r}, got {codes}")
    return [f"{sample.name}: {fault}" for fault in wrong]


def _as_expected(wanted: str, codes: list[str]) -> bool:
    if wanted in ("", "?", ANY_REFUSAL):
        return wanted == "?" or bool(codes) == bool(wanted)
    return wanted in codes


def _unclear(error: RecordError) -> list[str]:
    said = str(error)
    wrong = []
    if forbidden(said) or len(said) > 1000:
        wrong.append("the refusal is not fit to be shown")
    if any(not problem.where.startswith("07.toml") or not problem.what for problem in error.problems):
        wrong.append("the refusal does not say where and what")
    if any(word in said for word in ("week 9", "second line", "see above")):
        wrong.append("the refusal quotes the note")
    return wrong


def _texts(table: object) -> Iterator[str]:
    waiting = [table]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            yield from node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


def _by_command(inspection: Path, argv: list[str], samples: list[Sample]) -> list[str]:
    cases = inspection / "cases"
    cases.mkdir(exist_ok=True)
    for n, sample in enumerate(samples):
        (cases / f"fuzz-{n}.toml").write_bytes(sample.data)
    try:
        run = run_command(argv, limit=SECONDS * len(samples))
    except subprocess.TimeoutExpired:
        return [f"hangs in the batch from {samples[0].name}"]
    wrong = (
        []
        if run.code in (0, 1, 3)
        else [f"exit {run.code} in the batch from {samples[0].name}: {run.err[-300:]}"]
    )
    if "Traceback" in run.out + run.err:
        wrong.append(f"a traceback in the batch from {samples[0].name}: {run.err.strip().splitlines()[-1]}")
    if forbidden(run.out) or forbidden(run.err):
        wrong.append(f"the terminal is sent a control character in the batch from {samples[0].name}")
    return wrong


def peak_of_this_process() -> int:
    """The most memory it had, in MB; ``ru_maxrss`` also counts what the process had that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(words: list[str] | None = None) -> int:
    parser = arguments(__doc__ or "")
    parser.add_argument("--count", type=int, default=0, help="how many at random")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args(words)
    count = given.count or (20_000 if given.full else 1000)
    samples = [*by_hand(), *at_random(count, given.seed)]
    failures: list[str] = []
    if given.command or given.scenario:
        for start in range(0, len(samples), _BATCH):
            with chosen(given) as target, target.store() as store:
                batch = samples[start : start + _BATCH]
                failures += _by_command(store / target.inspection, target.argv(store), batch)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    else:
        for sample in samples:
            failures += tried(sample)
        peak = peak_of_this_process()
    if peak > MEGABYTES:
        failures.append(f"{peak} MB of memory, and {MEGABYTES} is the most")
    return conclude(f"hostile (at most {peak} MB)", len(samples), failures)


if __name__ == "__main__":
    sys.exit(main())
