"""Keys on the question step under a short version and a long one: the number of questions is not felt."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from itertools import cycle

from rounds import Row, against
from subjects import with_questions
from terminals import a_place, measured_in_turns, ours, running
from tui_keys import painted, pressed

FEW, MANY = 25, 500
ROUNDS = 21
KEYS = {"answer": "ny", "next": "]" * 12 + "[" * 12}


def bench() -> list[Row]:
    """An answer, and the next question, under versions of 25 and of 500 questions that all apply."""
    with ExitStack() as stack:
        place = stack.enter_context(a_place())
        environment = with_questions(place, FEW, MANY)
        contestants = {}
        for size in (FEW, MANY):
            for kind, keys in KEYS.items():
                name = f"{kind} {size}"
                command = ["/usr/bin/env", environment, *ours(place / f"many-{size}")]
                program = stack.enter_context(running(command, place / name))
                program.until(b"14 of 14 cases")
                program.settle()
                program.type("G", "01 q4", "\r", "y")
                contestants[name] = partial(pressed, name, program, cycle(keys))
        times = measured_in_turns(contestants, rounds=ROUNDS)
    rows = [
        against(
            times,
            f"{kind} {MANY}",
            f"{kind} {FEW}",
            what=f"{what}, {MANY} questions",
            floor_is=f"{what}, {FEW} questions",
            goal=1.25,
        )
        for kind, what in (("answer", "an answer"), ("next", "the next question"))
    ]
    return [*rows, painted(times, f"next {MANY}", f"the next of {MANY} questions", 8192)]
