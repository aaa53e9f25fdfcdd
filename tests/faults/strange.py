"""Hostile files of every kind but the case records (see ``hostile``), through every command that reads them.

    python -m tests.faults.strange [--count 2000] [--only history.jsonl]

A good file of each kind is spoilt: bytes cut, doubled and sprinkled as in ``corpus``, or one value of it
replaced by one that no reader expects; lines of the history are sealed again, so that their chain fits.
Each file goes through the commands of its kind, in this process.  None may raise, hang, or send the
terminal a control character; what refuses a file says which.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tests.faults.corpus import spoilt
from tests.faults.hostile import SECONDS
from tests.faults.inprocess import ran
from tests.faults.scenarios import LEEDS, OTHER, to_be_read
from tests.faults.spoiling import spoilt_json, spoilt_value
from tests.faults.sweeping import arguments, conclude

from sqs_core.cli import main as sqs
from sqs_core.text import forbidden

DIR = "{dir}"
Command = tuple[str, ...]
_ALL: tuple[Command, ...] = (("check", DIR), ("merge", DIR, "{other}"), ("merge", "{other}", DIR))
_COUNTED: tuple[Command, ...] = (("report", DIR, "-r", "text", "-o", "-"), ("summary", DIR))
_TALK = ("screen", DIR, "07", "--plain")
_UNDO: Command = ("undo", "undo", "redo", "history", "quit")


class Kind(NamedTuple):
    """A kind of file by where one stands, the commands that read it, and what is typed in plain mode."""

    name: str
    commands: tuple[Command, ...]
    typed: tuple[str, ...] = ("quit",)


KINDS = (
    Kind(
        "interviews/A.toml",
        (*_ALL, *_COUNTED, ("interview", DIR, "A", "staff.wanted=yes"), ("export", DIR, "--to", "{out}")),
    ),
    Kind(
        "second/07.toml",
        (
            *_ALL,
            ("second", "status", DIR),
            ("second", "differences", DIR, "07"),
            ("second", "finish", DIR, "07"),
            ("show", DIR, "07", "--second"),
            ("agreement", DIR),
            ("purge", DIR, "07", "--why", "w"),
            (*_TALK, "--second"),
        ),
        _UNDO,
    ),
    Kind(
        "second/first/07.toml",
        (*_ALL, ("second", "differences", DIR, "07"), ("agreement", DIR)),
    ),
    Kind(
        "agreed/07.toml",
        (
            *_ALL,
            ("second", "differences", DIR, "07"),
            ("second", "agree", DIR, "07", "roh.plan", "first", "--why", "w"),
        ),
    ),
    Kind("undecided/agree/07.toml", (_TALK, ("status", DIR)), ("moderate", "07", "", "quit", "quit")),
    Kind("undecided/override/07.toml", (_TALK,), ("override", "roh.victim", "", "quit", "quit")),
    Kind("undecided/merge/{merge}.toml", (_TALK,), ("merge {other}", "", "quit", "quit")),
    Kind(
        "letter.toml",
        (
            *_ALL,
            *_COUNTED,
            ("letter", "disclose", DIR),
            ("letter", "propose", DIR),
            ("letter", "accuracy", DIR),
            ("letter", "map", DIR),
            ("letter", "draft", DIR),
            ("actions", DIR),
        ),
    ),
    Kind(
        "actions.toml",
        (
            *_ALL,
            ("actions", DIR),
            ("action", "list", DIR, "--json"),
            ("action", "set", DIR, "1", "--state", "started"),
            ("letter", "disclose", DIR),
        ),
    ),
    Kind("inspection.toml", (*_ALL, *_COUNTED, ("status", DIR), ("second", "status", DIR))),
    Kind(
        "history.jsonl",
        (
            *_ALL,
            ("history", DIR),
            ("history", DIR, "07", "--json"),
            ("verify", DIR),
            ("verify", DIR, "--accept", "--why", "w"),
            ("purge", DIR, "07", "--why", "w"),
            ("purge", DIR, "--before", "2030-01-01", "--why", "w"),
            ("hold", DIR, "--why", "w"),
            ("show", DIR, "07"),
            ("report", DIR, "-r", "json", "-o", "-"),
            _TALK,
        ),
        _UNDO,
    ),
    Kind("history-texts.jsonl", (*_ALL, ("history", DIR), ("verify", DIR), _TALK), _UNDO),
    Kind("merged/{merged}.jsonl", (("verify", DIR), ("purge", DIR, "07", "--why", "w", "--apply"))),
    Kind("drafts/1.json", (("letter", "compare", DIR), ("letter", "draft", DIR)), ()),
    Kind("cases/.07.toml.lock", (("verify", DIR), ("answer", DIR, "07", "roh.plan", "sufficient"))),
    Kind("{state}/recent.json", (("{recall}",), ("view", DIR, "07"))),
    Kind("{config}/config.toml", (("{settings}",),)),
)
"""What a person or another program may have left where the program reads."""


class Sample(NamedTuple):
    """The ``n``\\ th spoilt file of a kind."""

    kind: Kind
    n: int


def tried(sample: Sample, prepared: Path, seed: int) -> list[str]:
    """What is wrong with how the commands took the sample."""
    kind, n = sample
    chance = random.Random(f"{seed} {kind.name} {n}")
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch) / "store"
        shutil.copytree(prepared, store)
        folder = store / LEEDS
        names = {DIR: str(folder), "{other}": str(store / OTHER), "{out}": str(store / "out")}
        os.environ |= {
            "XDG_STATE_HOME": str(store / "state"),
            "XDG_CONFIG_HOME": str(store / "config"),
            "SQS_NO_PLUGINS": "1",
            "SQS_WHO": "CN",
        }
        path = _placed(kind, folder, store)
        good = path.read_bytes()
        how = chance.random()
        if how < 0.4:
            data = spoilt(good, chance)
        else:
            data = (spoilt_value if path.suffix == ".toml" else spoilt_json)(good, chance)
        path.write_bytes(data)
        wrong = []
        for command in kind.commands:
            argv = [_filled(part, names) for part in command]
            typed = "".join(f"{_filled(line, names)}\n" for line in kind.typed)
            wrong += [
                f"{kind.name} {n}, {' '.join(command)}: {fault}" for fault in _run(argv, typed, path, store)
            ]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return wrong


def _placed(kind: Kind, folder: Path, store: Path) -> Path:
    """The file of this kind in the prepared folder, found by its pattern."""
    pattern = re.sub(r"\{(state|config)\}", r"../\1/sqs", kind.name)
    pattern = re.sub(r"\{\w+\}", "*", pattern)
    if pattern.startswith("../"):
        return store / pattern[3:]
    return min(folder.glob(pattern), key=lambda path: len(path.name))  # a history, not the texts beside it


def _filled(part: str, names: dict[str, str]) -> str:
    for name, value in names.items():
        part = part.replace(name, value)
    return part


def _run(argv: list[str], typed: str, path: Path, store: Path) -> list[str]:
    """What is wrong with how one command, or a reader of the screens, took it."""
    started = time.process_time()
    reader = READERS.get(argv[0])
    done = ran(argv, typed, (lambda argv: reader(store)) if reader else sqs)
    if done.raised:
        return [done.raised]
    code, complaint, said = done.code, done.err, done.out + done.err
    wrong = []
    if code not in (0, 1, 2, 3, 5):
        wrong.append(f"exit {code}")
    if forbidden(said):
        wrong.append("the terminal is sent a control character")
    if code == 3 and path.name not in said and path.stem not in said:
        wrong.append(f"refused without naming the file: {complaint[-300:]!r}")
    if code in (2, 3, 5) and not complaint.strip():
        wrong.append(f"exit {code} without a word")
    if (seconds := time.process_time() - started) > SECONDS:
        wrong.append(f"took {seconds:.1f} s of the processor")
    return wrong


def _recalled(store: Path) -> int:
    from sqs_tui.recent import read_recent

    read_recent(store / "state" / "sqs")
    return 0


def _settings(store: Path) -> int:
    from sqs_tui.settings import config_file, read_settings

    print(*read_settings(config_file()).problems, sep="\n")
    return 0


READERS: dict[str, Callable[[Path], int]] = {"{recall}": _recalled, "{settings}": _settings}
"""What the screens read, which no command does."""


def sweep(given: Namespace) -> tuple[int, list[str]]:
    """Try so many files, evenly of every kind; gives their number and the failures."""
    kinds = [kind for kind in KINDS if given.only in kind.name]
    each = -(-given.count // len(kinds))
    samples = [Sample(kind, n) for kind in kinds for n in range(each)]
    with tempfile.TemporaryDirectory() as scratch:
        prepared = Path(scratch)
        to_be_read(prepared)
        trial = partial(tried, prepared=prepared, seed=given.seed)
        if given.jobs == 1:
            return len(samples), [fault for sample in samples for fault in trial(sample)]
        with ProcessPoolExecutor(given.jobs) as pool:
            faults = pool.map(trial, samples, chunksize=8)
            return len(samples), [fault for one in faults for fault in one]


def main(words: list[str] | None = None) -> int:
    parser = arguments(__doc__ or "")
    parser.add_argument("--count", type=int, default=0, help="how many files")
    parser.add_argument("--only", default="", metavar="NAME", help="only kinds with this in their name")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args(words)
    given.count = given.count or (2000 if given.full else 200)
    trials, failures = sweep(given)
    return conclude("strange", trials, failures)


if __name__ == "__main__":
    sys.exit(main())
