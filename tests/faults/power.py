"""Pulling the plug during a save, replayed: every state the disk may be left in is read.

The save is recorded with strace and replayed into a model of POSIX: a file's data is on the
disk for sure only after an fsync of that file, a name only after an fsync of its folder;
anything else may have got there or not, in any combination, data in pieces of 512 bytes and
a file's length before its data.  The plug is pulled after each call in turn.  (Method:
Pillai and others, "All File Systems Are Not Created Equal", OSDI 2014.)

Memory maps and io_uring are not modelled; the commands tested use neither.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from tests.faults.replay import Disk, Operation, record
from tests.faults.systemcalls import can_inject
from tests.faults.target import Target, arguments, chosen, conclude, driver_target, faults_in, records_in

_ALL_SUBSETS_TO = 11
_SAMPLES = 400


class Outcome(NamedTuple):
    """How many distinct states were read, and what was wrong with them."""

    states: int
    failures: list[str]


def sweep(target: Target) -> Outcome:
    """Record the target once and read every state that a power cut may leave."""
    before, after = target.before_and_after()
    with target.store() as store:
        start = Disk.of(store)
        recording = record(store, target.argv(store), target.acknowledged)
        whole = start.after(recording.operations).files()
        if whole != _visible(store):
            raise SystemExit("the replay of the whole recording is not what is on the disk")
    failures = []
    seen = set()
    for cut in range(len(recording.operations) + 1):
        said = recording.acknowledged is not None and cut >= recording.acknowledged
        for kept in _survivors(recording.operations[:cut]):
            files = start.after(kept).files()
            state = (said, *sorted(files.items()))
            if state in seen:
                continue
            seen.add(state)
            for fault in faults_in(records_in(files), before, after, must_be_new=said):
                failures.append(f"power lost after call {cut} of {len(recording.operations)}: {fault}")
    return Outcome(len(seen), failures)


def _visible(store: Path) -> dict[str, bytes]:
    return {str(path.relative_to(store)): path.read_bytes() for path in store.rglob("*") if path.is_file()}


def _survivors(done: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Every choice of what reached the disk: all that was synced, and any part of the rest."""
    free = [n for n, operation in enumerate(done) if not _synced(done, n)]
    for lost in _subsets(free):
        yield [operation for n, operation in enumerate(done) if n not in lost]


def _synced(done: Sequence[Operation], n: int) -> bool:
    return any(later.syncs == done[n].covered_by for later in done[n + 1 :])


def _subsets(free: list[int]) -> Iterator[frozenset[int]]:
    """Which of the free operations are lost: all subsets, or a wide sample of them."""
    if len(free) <= _ALL_SUBSETS_TO:
        for size in range(len(free) + 1):
            yield from map(frozenset, combinations(free, size))
        return
    for n in range(len(free) + 1):
        yield frozenset(free[n:])
        yield frozenset(free[:n])
    for n in free:
        yield frozenset([n])
        yield frozenset(free) - {n}
    chance = random.Random(len(free))
    for _ in range(_SAMPLES):
        yield frozenset(n for n in free if chance.random() < 0.5)


def main(words: list[str] | None = None) -> int:
    given = arguments(__doc__ or "").parse_args(words)
    if not can_inject():
        print("strace is missing here, or may not trace")
        return 2
    with chosen(given) as target:
        states, failures = sweep(target)
    if not given.command and not given.scenario:
        # 7 kB is 14 pieces: a torn record in every way it can be torn.
        cases = [("save", 7000, False), ("save", 0, True)]
        if given.how == "good":
            cases += [("log", 0, False), ("log", 0, True)]
        if given.full:
            cases += [("save", 40_000, False)]
        for verb, padding, fresh in cases:
            with driver_target(verb, given.how, padding, fresh=fresh) as target:
                more, wrong = sweep(target)
            states, failures = states + more, [*failures, *wrong]
    return conclude(f"power {given.scenario or ''}".strip(), states, failures)


if __name__ == "__main__":
    sys.exit(main())
