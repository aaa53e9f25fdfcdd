#!/usr/bin/env python3
"""Trace one answer through the whole process, from its key to the disk: files, moves between files, threads.

A move is a call that enters another of our files than the call before it on the same thread.  Not a
benchmark of ``benchmarks/run``: it counts, and takes no time.

    benchmarks/answer_trace.py            the files in the order in which they are entered, and the sums
    benchmarks/answer_trace.py --brief    the sums alone
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import sqs_core
from sqs_core.cli import main as entry_point
from sqs_core.storage.examples import example_source

SOURCES = str(Path(sqs_core.__file__).parent.parent) + os.sep
ROOMS = (f"{SOURCES}sqs_core{os.sep}", f"{SOURCES}sqs_tui{os.sep}")
CASE, QUESTION, KEY = "14", "lor.plan", "n"
PATIENCE = 60
"""Seconds for each step before it is told that it was never reached."""


class Trace:
    """The calls of our own functions in every thread, those that begin before it is on among them."""

    def __init__(self) -> None:
        self.on = False
        self.calls: Counter[str] = Counter()
        self.moves = 0
        self.threads: set[str] = set()
        self._last: dict[int, str] = {}

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        """Note a call."""
        name = frame.f_code.co_filename
        if not self.on or event != "call" or not name.startswith(ROOMS):
            return
        thread = threading.get_ident()
        self.threads.add(threading.current_thread().name)
        self.calls[name] += 1
        if self._last.get(thread) != name:
            self.moves += 1
            self._last[thread] = name

    def watch(self) -> None:
        """Hear of every call from now on; a thread can be watched only from its beginning."""
        threading.setprofile(self)
        sys.setprofile(self)

    def end(self) -> None:
        """Hear of nothing any more."""
        sys.setprofile(None)
        threading.setprofile(None)


async def until(reached: Callable[[], bool]) -> None:
    """Wait until something is ``reached``; TimeoutError where it is not."""
    async with asyncio.timeout(PATIENCE):
        while not reached():
            await asyncio.sleep(0.01)


async def traced(folder: Path) -> Trace:
    """Open the question, press the key, and wait until the answer is on the disk and the screen says so."""
    from textual import events

    from sqs_tui.app import SqsApp

    app, trace = SqsApp(str(folder)), Trace()
    trace.watch()
    record = folder / "cases" / f"{CASE}.toml"
    async with app.run_test(size=(120, 40)) as pilot:

        async def press(key: str) -> None:
            name = {"\r": "enter"}.get(key, key)
            app.post_message(events.Key(name, key if len(key) == 1 else None))
            await pilot.pause(0.05)

        await until(lambda: app.workspace is not None)
        for key in ("G", *f"{CASE} {QUESTION}", "\r"):
            await press(key)
        await until(lambda: getattr(app.screen, "question", "") == QUESTION and not app.busy)
        await asyncio.sleep(0.5)  # what is painted once it stands
        before = record.read_bytes()
        trace.on = True
        app.post_message(events.Key(KEY, KEY))
        await until(lambda: record.read_bytes() != before)
        await asyncio.sleep(0.3)  # the history is written after the record, then the screen says "saved"
        trace.on = False
        trace.end()
    return trace


def main() -> int:
    """Print the trace."""
    with tempfile.TemporaryDirectory() as place:
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            os.environ[name] = str(Path(place) / name.lower())
        os.environ["SQS_NO_PLUGINS"] = "1"
        folder = Path(place) / "example"
        shutil.copytree(example_source(), folder)
        # Not the first change of all: any other finds a history.
        entry_point(["answer", str(folder), "01", QUESTION, "no"])
        trace = asyncio.run(traced(folder))
    if "--brief" not in sys.argv:
        for name, number in trace.calls.items():
            print(f"{number:6}  {name.removeprefix(SOURCES)}")
    threads = ", ".join(sorted(trace.threads))
    print(f"{len(trace.calls)} files, {trace.moves} moves, {len(trace.threads)} threads: {threads}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
