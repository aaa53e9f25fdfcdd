"""Keys on the question step: until the first byte is painted, and how many bytes are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

from rounds import Row, Times, against
from subjects import files_of, load_example, synthetic
from terminals import FRAME, INPUT, READ, Program, a_place, measured_in_turns, ours, python, running

ROUNDS = 41
FRAME_SECONDS = 1 / 60
FEW, MANY = 14, 1000
SAME_CASE = 7
"""By its number, the case answered in among few and among many: synthetic case 7 is the same in both."""
SLOW_DISK = """
import os, sys, time
real = os.fsync
def slow(fd):
    time.sleep(0.2)
    real(fd)
os.fsync = slow
from sqs_core.cli import main
sys.exit(main(["tui", {folder!r}]))
"""


def bench() -> list[Row]:
    """An answer, and the next question, against a keystroke in a bare Textual Input."""
    with ExitStack() as stack:
        place = stack.enter_context(a_place())
        folders = [stack.enter_context(load_example()).path for _ in range(5)]
        with_synthetic(folders[3], FEW)
        with_synthetic(folders[4], MANY)
        slow = python(SLOW_DISK.format(folder=str(folders[2])))
        commands = {
            "answer": ours(folders[0]),
            "next": ours(folders[1]),
            "slow": slow,
            "few": ours(folders[3]),
            "many": ours(folders[4]),
        }
        cases = {"few": f"{SAME_CASE:02}", "many": f"{SAME_CASE:04}"}
        field = stack.enter_context(running(python(INPUT), place))
        open_ = {name: stack.enter_context(running(c, place / name)) for name, c in commands.items()}
        field.until(FRAME)
        for name, program in open_.items():
            program.until(READ)
            program.settle()
            # Among a thousand the go-to box knows the questions of the case in view only.
            program.type("G", f"case {cases.get(name, '14')}", "\r", "G", "lor.plan", "\r", "y")
        field.settle()
        keys: dict[str, tuple[Program, Iterator[str]]] = {
            name: (program, cycle("]" * 12 + "[" * 12 if name == "next" else "ny"))
            for name, program in open_.items()
        }
        keys["input"] = (field, cycle("abc"))
        times = measured_in_turns({name: partial(pressed, name, *keys[name]) for name in keys}, rounds=ROUNDS)
    return rows(times)


def pressed(name: str, program: Program, keys: Iterator[str]) -> dict[str, float]:
    """One key."""
    seconds, own, whole = program.press(next(keys))
    return {name: seconds, f"{name} bytes": own, f"{name} and saved bytes": whole}


def rows(times: Times) -> list[Row]:
    """The figures against the goals."""
    floor = "a keystroke in a bare Textual Input"
    disk = "an answer with this disk"
    few = f"the same answer with {FEW} cases"
    return [
        against(times, "answer", "input", what="an answer, to the first byte", floor_is=floor),
        against(times, "next", "input", what="the next question, to the first byte", floor_is=floor),
        within_a_frame(times, "answer", "an answer, 95th percentile"),
        within_a_frame(times, "next", "the next question, 95th percentile"),
        against(times, "many", "few", what=f"an answer with {MANY} cases", floor_is=few, goal=1.25),
        against(
            times, "slow", "answer", what="an answer, each fsync 200 ms slower", floor_is=disk, goal=1.25
        ),
        painted(times, "answer", "an answer", 4096),
        painted(times, "answer and saved", 'an answer and the "saved" after it', 4096)._replace(goal=None),
        painted(times, "next", "the next question", 8192)._replace(goal=None),
    ]


def within_a_frame(times: Times, name: str, what: str) -> Row:
    """The 95th percentile of ``name`` against one frame of a 60 Hz screen."""
    slowest = quantiles(times[name], n=20, method="inclusive")[-1]
    return Row(what, "one frame at 60 Hz", slowest, FRAME_SECONDS, slowest / FRAME_SECONDS, 1.0)


def painted(times: Times, name: str, what: str, most: int) -> Row:
    """The median of bytes painted against ``most``; in the page's last two columns stand bytes."""
    found = median(times[f"{name} bytes"])
    words = f"bytes painted for {what} (bytes, not ms)"
    return Row(words, f"{most} bytes", found / 1000, most / 1000, found / most, 1.0)


def with_synthetic(folder: Path, number: int) -> None:
    """Put synthetic cases in the place of the example's."""
    shutil.rmtree(folder / "cases")
    (folder / "cases").mkdir()
    for path in folder.glob("history*"):
        path.unlink() if path.is_file() else shutil.rmtree(path)
    records = synthetic(number)
    for record, data in zip(records, files_of(records), strict=True):
        (folder / "cases" / f"{record.case}.toml").write_bytes(data)
