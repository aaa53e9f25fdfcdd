"""A disk that fills up, really: the record stays whole, it is told, and a retry works once there is room.

A tmpfs of a few pages (as root), where short writes are real; otherwise, and as well, a limit
on the size of a file.  ``--full`` takes every size up to the one at which the save succeeds,
a file system with few inodes, and one that is mounted read-only.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.faults.sweeping import arguments, chosen, conclude
from tests.faults.target import (
    Records,
    Target,
    driver_target,
    faults_in,
    left_behind,
    records,
    run_command,
    run_forked,
)

_PADDING = 9000


@cache
def can_mount() -> bool:
    """Whether we may mount a tmpfs here; asked by doing it."""
    with tempfile.TemporaryDirectory() as scratch:
        return _mount(scratch, "size=64k") and _quiet("umount", scratch)


def _quiet(*words: str) -> bool:
    if shutil.which(words[0]) is None:
        return False
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def _mount(where: str, options: str) -> bool:
    return _quiet("mount", "-t", "tmpfs", "-o", options, "tmpfs", where)


@contextmanager
def small_disk(prepared: Path, options: str) -> Iterator[Path | None]:
    """A copy of the prepared folder on a tmpfs with these limits; None if it does not even fit."""
    with tempfile.TemporaryDirectory() as scratch:
        if not _mount(scratch, options):
            raise SystemExit("a tmpfs cannot be mounted here")
        try:
            store = Path(scratch) / "store"
            try:
                shutil.copytree(prepared, store)
            except (OSError, shutil.Error):
                yield None
            else:
                yield store
        finally:
            _quiet("umount", "--lazy", scratch)


def sweep_disks(target: Target, *, full: bool) -> tuple[int, list[str]]:
    """Save on disks of more and more pages, and of more and more inodes, until it succeeds."""
    trials, failures = 0, []
    fewest = max(3, _pages(target.prepared))
    limits = [f"size={pages * 4}k" for pages in range(fewest, fewest + 17, 1 if full else 2)]
    if full:
        limits += [f"size=1m,nr_inodes={inodes}" for inodes in range(3, 12)]
    before, after = target.before_and_after()
    for options in limits:
        with small_disk(target.prepared, options) as store:
            if store is None:
                continue
            trials += 1
            wrong = _saved_or_told(target, store, before, after)
            _quiet("mount", "-o", "remount,size=4m,nr_inodes=1000", str(store.parent))
            wrong += _works_now(target, store, before, after)
            failures += [f"on a disk of {options}: {fault}" for fault in wrong]
    if full:
        with small_disk(target.prepared, "size=4m") as store:
            assert store is not None
            trials += 1
            _quiet("mount", "-o", "remount,ro", str(store.parent))
            wrong = _saved_or_told(target, store, before, after)
            _quiet("mount", "-o", "remount,rw", str(store.parent))
            wrong += _works_now(target, store, before, after)
            failures += [f"on a read-only disk: {fault}" for fault in wrong]
    return trials, failures


def _pages(folder: Path) -> int:
    """How many pages the files of the folder take."""
    return sum(-(-path.stat().st_size // 4096) for path in folder.rglob("*") if path.is_file())


def sweep_limits(target: Target, *, full: bool) -> tuple[int, list[str]]:
    """Save with no file allowed to be larger than so many bytes."""
    before, after = target.before_and_after()
    largest = max(map(len, after.values()))
    sizes = range(0, largest + 512, 512 if full else max(512, largest // 4))
    failures = []
    for size in sizes:
        with target.store() as store:
            wrong = _saved_or_told(target, store, before, after, _limit(size))
            wrong += _works_now(target, store, before, after)
            failures += [f"with files of at most {size} bytes: {fault}" for fault in wrong]
    return len(sizes), failures


def _limit(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _saved_or_told(
    target: Target, store: Path, before: Records, after: Records, limit: Callable[[], None] | None = None
) -> list[str]:
    run = run_command(target.argv(store), before=limit)
    wrong = faults_in(records(store), before, after, must_be_new=target.said_saved(run))
    if "raceback" in run.err:
        wrong.append("a traceback: " + run.err.strip().splitlines()[-1])
    if not target.said_saved(run) and not (run.code == 5 and run.err.strip()):
        wrong.append(f"exit {run.code}, and said: {run.err.strip()[:200]!r}")
    return wrong


def _works_now(target: Target, store: Path, before: Records, after: Records) -> list[str]:
    run = run_forked(target.argv(store))
    wrong = faults_in(records(store), before, after, must_be_new=True)
    if run.code != 0:
        wrong.append(f"with room again it fails with {run.code}: {run.err.strip()[:200]}")
    return wrong + [f"{name} is left behind" for name in left_behind(store)]


def main(words: list[str] | None = None) -> int:
    given = arguments(__doc__ or "").parse_args(words)

    with chosen(given, padding=_PADDING) as target:
        trials, failures = sweep_limits(target, full=given.full)
        if can_mount():
            more, wrong = sweep_disks(target, full=given.full)
            trials, failures = trials + more, [*failures, *wrong]
        else:
            print("no small disks: only root may mount one")
    if given.full and not given.command and given.how == "good":
        with driver_target("log") as target:
            more, wrong = sweep_limits(target, full=True)
            trials, failures = trials + more, [*failures, *wrong]
    return conclude(f"full {given.scenario or ''}".strip(), trials, failures)


if __name__ == "__main__":
    sys.exit(main())
