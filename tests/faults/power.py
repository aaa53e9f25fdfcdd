"""Pulling the plug during a save, replayed: every state the disk may be left in is read.

The save is recorded with strace and replayed into a model of POSIX: a file's data is on the
disk for sure only after an fsync of that file, a name only after an fsync of its folder;
anything else may have got there or not, in any combination, data in pieces of 512 bytes and
a file's length before its data.  The plug is pulled after each call in turn.  (Method:
Pillai and others, "All File Systems Are Not Created Equal", OSDI 2014.)

After a scenario's power cut the machine is switched on again: ``sqs verify`` looks at the folder,
and the same command is made again, in ``--most`` of the states (20, or 400 with ``--full``).

Memory maps and io_uring are not modelled; the commands tested use neither.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from tests.faults.replay import Disk, Operation, record
from tests.faults.sweeping import arguments, chosen, conclude, found_after
from tests.faults.systemcalls import can_inject
from tests.faults.target import Run, Target, driver_target, faults_in, records_in, spread

LEGAL = ("H001", "H002", "H008")
"""A line of the history may be torn, and who changed a record that is not entered cannot be told."""

_ALL_SUBSETS_TO = 11
_SAMPLES = 400


class Outcome(NamedTuple):
    """How many distinct states were read, and what was wrong with them."""

    states: int
    failures: list[str]


class State(NamedTuple):
    """What reached the disk when the power went after ``cut`` calls, ``said`` if the save was told by then."""

    cut: int
    said: bool
    kept: list[Operation]

    def __str__(self) -> str:
        return f"power lost after call {self.cut}, {len(self.kept)} of them on the disk"


def sweep(target: Target, aftermaths: int = 0) -> Outcome:
    """Record the target once and read every state that a power cut may leave.

    In so many of the states of an inspection, spread evenly, the same command is made again.
    """
    before, after = target.before_and_after()
    with target.store() as store:
        start = Disk.of(store)
        recording = record(store, target.argv(store), target.acknowledged)
        whole = start.after(recording.operations).files()
        if whole != _visible(store):
            raise SystemExit("the replay of the whole recording is not what is on the disk")
        states: dict[object, State] = {}
        for cut in range(len(recording.operations) + 1):
            said = recording.acknowledged is not None and cut >= recording.acknowledged
            for kept in _survivors(recording.operations[:cut]):
                files = start.after(kept).files()
                states.setdefault((said, *sorted(files.items())), State(cut, said, kept))
        failures = []
        for state in states.values():
            now = records_in(start.after(state.kept).files())
            faults = faults_in(now, before, after, must_be_new=state.said)
            failures += [f"{state}: {fault}" for fault in faults]
        if target.inspection:
            for state in spread(list(states.values()), aftermaths):
                _put(start.after(state.kept), store)
                nothing = Run(0, "", "")  # what was said is in the checks above
                faults = found_after(target, store, nothing, before, after, LEGAL)
                failures += [f"{state}: {fault}" for fault in faults]
    return Outcome(len(states), failures)


def _put(disk: Disk, store: Path) -> None:
    """Make ``store`` what is on ``disk``."""
    shutil.rmtree(store)
    for folder in sorted(disk.folders):
        (store / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, data in disk.files().items():
        (store / name).write_bytes(data)
        (store / name).chmod(0o600)


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
        states, failures = sweep(target, given.most or (400 if given.full else 20))
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
