"""The first frame, and a key, against other programs of the terminal, those that are installed.

A first frame is the first paint on which something of what was opened can be read: a case's name
here, a row of the table in visidata, a line of the file in toolong.  Posting and harlequin are
given nothing to open: theirs is their main screen.  Without that rule a program that paints a
frame with nothing in it before it has read anything, as visidata does, would be ahead of those
that wait until there is something to see.  When such a frame comes is told beside it, by the
bytes painted, without a goal: nobody can do anything with it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from itertools import cycle
from pathlib import Path

from rounds import Row, Times, Unavailable, against
from subjects import load_example
from terminals import READ, Program, a_place, measured_in_turns, ours, running

LEAST = 300
"""Bytes painted after which some frame is out, whatever is on it."""
SHOWN = {"ours": b"reading 14 records", "visidata": b"yes", "toolong": b",yes"}
"""What is on a program's first frame of what it opened."""
PEERS = {"visidata": "vd", "toolong": "tl", "posting": "posting", "harlequin": "harlequin"}
GOALS = {"toolong": 1.0, "posting": 1.0, "harlequin": 1.0}
"""The programs on Textual that the screens are to be ahead of; visidata paints without a framework."""
KEYS = {"visidata": "jk", "toolong": "k", "posting": "ab", "harlequin": "ab", "ours": "ny"}
"""What is pressed in turn: a row down and up (toolong begins at its end), a letter typed, an answer given."""
ROUNDS = 15


def bench() -> list[Row]:
    """Each from the shell to its first frame, and from a key to the first byte painted for it, on a pty."""
    here = {name: found for name, program in PEERS.items() if (found := found_at(program))}
    if not here:
        raise Unavailable(f"none of {', '.join(PEERS)} is installed beside this Python or on the PATH")
    with load_example() as folder, a_place() as place:
        table = place / "table.csv"
        table.write_text("case,answer\n" + "".join(f"{n},yes\n" for n in range(100)))
        given = {"visidata": [str(table)], "toolong": [str(table)], "harlequin": ["--locale", "C"]}
        commands = {"ours": ours(folder.path)}
        for name, program in here.items():
            # What a program keeps in the home folder is kept in one of nobody.
            commands[name] = ["/usr/bin/env", f"HOME={place}", program, *given.get(name, [])]
        times = measured_in_turns(
            {name: partial(first_frame, name, commands[name], place) for name in commands}, rounds=9
        )
        pressed = keys_in_turns(commands, place)
    what = "first frame, with something of what was opened on it"
    rows = [
        against(times, "ours", name, what=what, floor_is=f"{name}: its first frame", goal=GOALS.get(name))
        for name in here
    ]
    what = f"first {LEAST} bytes painted, whatever they show"
    rows += [
        against(times, "ours painted", f"{name} painted", what=what, floor_is=f"{name}: as many bytes")
        for name in here
    ]
    if "visidata" in here:
        what, peer = "all records in, totals right", "visidata: its 100 rows in"
        rows.append(against(times, "ours in", "visidata", what=what, floor_is=peer))
    rows += [
        against(
            pressed,
            "ours key",
            f"{name} key",
            what="an answer, to the first byte",
            floor_is=f"{name}: a key",
            goal=GOALS.get(name),
        )
        for name in here
    ]
    return rows


def found_at(program: str) -> str | None:
    """Where ``program`` is: beside the running Python, or on the PATH."""
    return shutil.which(program, path=str(Path(sys.executable).parent)) or shutil.which(program)


def first_frame(name: str, command: list[str], place: Path) -> dict[str, float]:
    """Start a program, and end it once it has painted what was opened."""
    with running(command, place) as program:
        painted = program.until_painted(LEAST)
        times = {f"{name} painted": painted, name: painted}
        if name in SHOWN:
            times[name] = program.until(SHOWN[name])
        if name == "ours":
            times["ours in"] = program.until(READ)
        return times


def keys_in_turns(commands: dict[str, list[str]], place: Path) -> Times:
    """Every program open at once, one key of each in each round."""
    with ExitStack() as stack:
        contestants = {}
        for name, command in commands.items():
            program = stack.enter_context(running(command, place))
            program.until_painted(LEAST)
            if name == "ours":
                program.until(READ)
            program.settle(0.4)
            if name == "ours":
                program.type("G", "14 lor.plan", "\r", "y")
            contestants[name] = partial(key, name, program, cycle(KEYS[name]))
        return measured_in_turns(contestants, rounds=ROUNDS)


def key(name: str, program: Program, keys: Iterator[str]) -> dict[str, float]:
    """Seconds from one key to the first byte painted for it."""
    return {f"{name} key": program.press(next(keys))[0]}
