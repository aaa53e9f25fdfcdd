"""The screens from the shell and back: the first frame, all records in, quitting."""

from __future__ import annotations

from pathlib import Path

from rounds import Row, against
from startup import libraries_and_values
from subjects import load_example
from terminals import BARE, FRAME, READ, a_place, measured_in_turns, ours, python, running


def bench() -> list[Row]:
    """The opened example (14 cases, 6 interviews) against an application of one Static, on a pty."""
    with load_example() as folder, a_place() as place:
        values = libraries_and_values(str(folder.path))
        times = measured_in_turns(
            {
                "ours": lambda: our_run(folder.path, place),
                "bare": lambda: bare_run(place),
                "values": lambda: values_run(place, values),
            },
            rounds=11,
        )
    bare = "bare Textual, one Static: its first frame"
    values_are = "the same after the core's libraries, and as many classes of attrs as `sqs summary` needs"
    gone = "bare Textual, Ctrl+Q"
    return [
        against(
            times, "frame", "bare frame", what="first frame of the opened example", floor_is=bare, goal=1.5
        ),
        against(times, "all in", "bare frame", what="all records in, totals right", floor_is=bare, goal=2.5),
        against(times, "frame", "values", what="first frame of the opened example", floor_is=values_are),
        against(times, "all in", "values", what="all records in, totals right", floor_is=values_are),
        against(
            times,
            "gone",
            "bare gone",
            what="`q` right after an answer, until the process is gone, the answer on disk",
            floor_is=gone,
        ),
    ]


def our_run(folder: Path, place: Path) -> dict[str, float]:
    """Open, wait for the totals, change an answer, and quit."""
    file = folder / "cases" / "14.toml"
    with running(ours(folder), place) as program:
        frame = program.until(b"reading 14 records", READ)
        all_in = program.until(READ)
        program.settle()
        program.type("G", "14 lor.plan", "\r")
        before = file.read_bytes()
        # The key that changes the answer and the one that quits come together: nothing is saved yet.
        gone = program.quit(("n" if answered_well(before) else "y") + "q")
    if file.read_bytes() == before:
        raise RuntimeError("the last answer is not on the disk")
    return {"frame": frame, "all in": all_in, "gone": gone}


def answered_well(data: bytes) -> bool:
    """Whether lor.plan is answered "sufficient" in the record ``data``."""
    import tomllib

    return bool(tomllib.loads(data.decode())["answers"]["lor.plan"].get("outcome") == "sufficient")


def bare_run(place: Path) -> dict[str, float]:
    """Open and quit an application of one Static."""
    with running(python(BARE), place) as program:
        frame = program.until(FRAME)
        program.settle()
        return {"bare frame": frame, "bare gone": program.quit("\x11")}


def values_run(place: Path, values: str) -> dict[str, float]:
    """Open and quit the same application, which first imports and makes what ``values`` says."""
    with running(python(f"{values}\n{BARE}"), place) as program:
        frame = program.until(FRAME)
        program.settle()
        program.quit("\x11")
        return {"values": frame}
