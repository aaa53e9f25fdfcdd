"""The screens and plain mode killed at any moment, and two screens that work on one case.

    python -m tests.faults.screens [--kills 100] [--seconds 180]

Nothing may be lost that was typed more than a second before a kill; the largest age of what was lost is
told.  Of two screens, each question that only one of them answers ends as it was last answered there, each
note is in the record, and a question that both answer ends as one of them answered it.  Real terminals.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

import pexpect
from tests.faults.sweeping import arguments, conclude

from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.examples import write_example

AGE = 1.0
"""Seconds after which what was typed must be safe."""
WORDS = "the plan of May names the curfew and the school but not the victim and was late "
SQS = ("-m", "sqs_core.cli")
KEYS = {"y": "sufficient", "n": "insufficient"}


class Terminal:
    """A program on a terminal of its own, and when each key was sent."""

    def __init__(self, store: Path, *words: str) -> None:
        homes = {f"XDG_{name}_HOME": str(store / "home") for name in ("CONFIG", "STATE", "DATA", "CACHE")}
        environment = {
            **os.environ,
            **homes,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "SQS_NO_PLUGINS": "1",
        }
        self.child = pexpect.spawn(
            sys.executable, [*SQS, *words], env=environment, dimensions=(24, 100), timeout=300
        )

    def send(self, keys: str, pause: float) -> float:
        """Send ``keys``, let the program paint for ``pause`` seconds, and give when they were sent."""
        self.child.send(keys)
        sent = time.monotonic()
        while (left := pause - (time.monotonic() - sent)) > 0:
            try:
                self.child.read_nonblocking(1 << 16, timeout=left)
            except (pexpect.TIMEOUT, pexpect.EOF):
                break
        return sent

    def settle(self, quiet: float = 8, most: float = 40) -> None:
        """Wait until nothing was painted for so many seconds; a cursor that blinks never rests."""
        end = time.monotonic() + most
        with suppress(pexpect.TIMEOUT, pexpect.EOF):
            while time.monotonic() < end:
                self.child.read_nonblocking(1 << 16, timeout=quiet)

    def kill(self) -> float:
        """Kill it, and give when."""
        at = time.monotonic()
        self.child.kill(9)
        self.child.wait()  # on a busy machine it is a while before it is gone
        self.child.close()
        return at


def killed_screen(store: Path, chance: random.Random) -> float:
    """Answer and write a note, then kill; give the age of the oldest thing lost, 0 for none."""
    folder = write_example(store / "leeds")[0]
    note = folder.case("07").record.answer("roh.plan").evidence
    terminal = Terminal(store, "tui", str(folder.path), "--case", "07")
    terminal.child.expect("yes, good enough")
    terminal.send("\x0707 roh.plan\r", 1.0)
    end = time.monotonic() + chance.uniform(0.3, 5)
    answered = [(key, terminal.send(key, chance.uniform(0.1, 0.6))) for key in chance.choices("yn", k=2)]
    terminal.send("\x0707 roh.plan\r", 0.5)
    terminal.send("e", 0.3)
    typed = []
    while time.monotonic() < end or not typed:
        letter = WORDS[len(typed) % len(WORDS)]
        typed.append((letter, terminal.send(letter, chance.uniform(0.02, 0.25))))
    at = terminal.kill()
    answer = folder.case("07").record.answer("roh.plan")
    lost = []
    if answer.outcome != KEYS[answered[-1][0]]:
        lost.append(answered[-1][1])
    text = "".join(letter for letter, _ in typed)
    kept = max(
        (n for n in range(len(text) + 1) if answer.evidence.rstrip().endswith(text[:n].rstrip())), default=0
    )
    if answer.evidence == note:
        kept = 0
    if text[kept:].strip():
        lost.append(typed[kept][1])
    return max((at - sent for sent in lost), default=0.0)


def killed_plain(store: Path, chance: random.Random) -> float:
    """Answer in plain mode at a person's pace, then kill; give as :func:`killed_screen`."""
    folder = write_example(store / "leeds")[0]
    terminal = Terminal(store, "screen", str(folder.path), "07", "--plain")
    terminal.child.expect(r"\):")
    questions = ("1.1", "1.5", "2.1", "2.3", "3.1", "4.1", "4.3")
    sent: dict[str, tuple[str, float]] = {}
    end = time.monotonic() + chance.uniform(0.5, 4)
    while time.monotonic() < end:
        number, note = chance.choice(questions), f"word {len(sent)} {chance.random()}"
        terminal.send(f"{number}\r", 0.05)
        terminal.send("evidence\r", 0.05)
        terminal.send(f"{note}\r", 0.05)
        sent[number] = note, terminal.send(".\r", chance.uniform(0.05, 0.4))
    at = terminal.kill()
    said = "\n".join(answer.evidence for answer in folder.case("07").record.answers.values())
    return max((at - when for note, when in sent.values() if note not in said), default=0.0)


def two_screens(store: Path, seconds: float, chance: random.Random) -> list[str]:
    """Work on one case in two screens for ``seconds``; give what is wrong at the end."""
    folder = write_example(store / "leeds")[0]
    own = (("roh.plan", "vul.plan", "lor.plan"), ("roh.assess", "vul.assess", "lor.assess"))
    screens = [Terminal(store / str(n), "tui", str(folder.path), "--case", "07") for n in range(2)]
    for screen in screens:
        screen.child.expect("yes, good enough")
    last: list[dict[str, str]] = [{}, {}]
    notes: list[str] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for n, screen in enumerate(screens):
            question = chance.choice((*own[n], "sen.barriers.plan"))
            screen.send(f"\x0707 {question}\r", 0.4)
            if chance.random() < 0.7 or question not in own[n]:
                key = chance.choice("yn")
                screen.send(key, 0.3)
                last[n][question] = KEYS[key]
            else:
                notes.append(f"note{len(notes)}of{n}")
                screen.send("e", 0.3)
                screen.send(f" {notes[-1]}", 0.3)
                screen.send("\x1b", 0.6)
    for screen in screens:  # on a busy machine they are behind what was typed
        screen.settle()
    for screen in screens:
        screen.settle()  # each has looked for what the other did
        screen.send("\x11", 2)
        screen.kill()
    record = folder.case("07").record
    said = "".join(answer.evidence for answer in record.answers.values())
    wrong = [f"{note} is lost" for note in notes if note not in said]
    for n in range(2):
        wrong += [
            f"screen {n}: {question} was last answered {outcome}, and is {record.judged(question)}"
            for question, outcome in last[n].items()
            if question in own[n] and record.judged(question) != outcome
        ]
    wrong += [f"verify: {problem}" for problem in verify_inspection(folder.path) if not problem.advice]
    return wrong


def sweep(given: Namespace) -> tuple[int, list[str]]:
    """Kill so many times, and work for so long; gives the number of trials and the failures."""
    failures: list[str] = []
    trials = 0
    for name, kill in (("screens", killed_screen), ("plain mode", killed_plain)):
        oldest = 0.0
        for n in range(given.kills):
            with tempfile.TemporaryDirectory() as scratch:
                age = kill(Path(scratch), random.Random(f"{given.seed} {n}"))
            trials += 1
            oldest = max(oldest, age)
            if given.told:
                print(f"{name}, kill {n}: {age:.2f} s", flush=True)
            if age > AGE:
                failures.append(f"{name}, kill {n}: what was typed {age:.2f} s before is lost")
        print(
            f"{name}: {given.kills} kills, the oldest thing lost was typed {oldest:.2f} s before", flush=True
        )
    if given.seconds:
        with tempfile.TemporaryDirectory() as scratch:
            failures += two_screens(Path(scratch), given.seconds, random.Random(given.seed))
        trials += 1
    return trials, failures


def main(words: list[str] | None = None) -> int:
    parser = arguments(__doc__ or "")
    parser.add_argument("--kills", type=int, default=100, help="how many kills of each")
    parser.add_argument("--seconds", type=float, default=180, help="how long two screens work")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--told", action="store_true", help="tell the age of what each kill lost")
    return conclude("screens", *sweep(parser.parse_args(words)))


if __name__ == "__main__":
    sys.exit(main())
