"""Every command over an inspection in which something else stands where a file or folder should be.

    python -m tests.faults.walk [--full] [--only cases/07.toml]

At each place of an inspection (its folders, records, histories, drafts, locks) each trap is set: links
out of it, pipes, devices, loops, folders for files and files for folders, nothing, copies as sync programs
make them.  Then every command is run, in this process.  None may raise or hang, open or alter anything
outside, send the terminal a control character, or give another figure than before without a finding.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from attrs import evolve
from tests.faults.inprocess import Ran, ran
from tests.faults.scenarios import LEEDS, OTHER, to_be_read
from tests.faults.sweeping import arguments, conclude

from sqs_core.records import Session
from sqs_core.records.followed_action import ActionNote
from sqs_core.storage.atomic import content_hash
from sqs_core.storage.audit.journal import Actor, utc_now
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.integrity import put_back
from sqs_core.text import forbidden

DIR, WHY = "{dir}", ("--why", "w")
TAKE = ("--take", "03:answers.roh.plan.evidence=theirs")
OUTSIDE, EARLIER = "outside", "earlier"
CHANGED = ("cases/03.toml", "cases/07.toml", "interviews/A.toml", "letter.toml", "actions.toml")
"""The records that were saved again since :data:`EARLIER` was copied."""
SECONDS = 60
"""After which a command counts as hanging; on a busy machine twenty were too few."""

Command = tuple[str, ...]
COUNTING: tuple[Command, ...] = (
    ("summary", DIR),
    ("status", DIR),
    ("report", DIR, "-r", "text", "-o", "-"),
    ("actions", DIR),
    ("takeaway", DIR, "03"),
    ("agreement", DIR),
    ("calibrate", DIR, "{other}"),
    ("calibrate", "{other}", DIR, "--json"),
    ("programme", DIR, "--csv"),
    ("action", "list", DIR, "--on", "2026-06-01", "--json"),
    ("compare", "{other}", DIR, "--csv"),
    ("compare", DIR, "{other}", "--json"),
    ("letter", "map", DIR),
    ("letter", "check", DIR, "{letter}"),
    ("demo", DIR, "--no-tui"),
)
"""Their figures are those of before, or a finding says why they are not."""

READING: tuple[Command, ...] = (
    ("check", DIR),
    ("show", DIR, "07"),
    ("show", DIR, "07", "--second"),
    ("view", DIR, "07", "--plain"),
    ("history", DIR),
    ("history", DIR, "07", "--json"),
    ("verify", DIR),
    ("doctor", DIR),
    ("case", "import", DIR, "{facts}", "--replace"),
    ("sample", "{frame}", "--repeat", DIR),
    ("sample", "{frame}", "--estimate", DIR),
    ("second", "status", DIR),
    ("second", "differences", DIR, "07"),
    ("letter", "compare", DIR),
    ("letter", "disclose", DIR),
    ("letter", "propose", DIR),
    ("letter", "left", DIR),
    ("letter", "figures", DIR, "plan"),
    ("letter", "accuracy", DIR),
    ("merge", DIR, "{other}"),
    ("merge", "{other}", DIR),
    ("purge", DIR, "07", *WHY),
    ("purge", DIR, "--before", "2030-01-01", *WHY),
    ("criteria", "migrate", DIR, "--to", "local-audit"),
)
WRITING: tuple[Command, ...] = (
    ("answer", DIR, "03", "roh.plan", "sufficient", "--evidence", "p.3"),
    ("answer", DIR, "07", "roh.plan", "sufficient", "--second"),
    ("fact", DIR, "03", "custody=no"),
    ("interview", DIR, "A", "staff.wanted=yes"),
    ("interview", DIR, "B", "staff.wanted=yes"),
    ("case", "add", DIR, "20"),
    ("case", "import", DIR, "{facts}", "--replace", "--apply"),
    ("sample", "{frame}", "--n", "2", "--seed", "7", "--any-date", "--into", DIR),
    ("finish", DIR, "07", *WHY),
    ("reopen", DIR, "07", *WHY),
    ("override", DIR, "07", "vul.plan", "sufficient", *WHY, "--authority", "lead"),
    ("hold", DIR, *WHY),
    ("hold", DIR, "--off", *WHY),
    ("second", "draw", DIR, "--n", "1", "--seed", "7"),
    ("second", "agree", DIR, "07", "roh.plan", "second", *WHY, "--apply"),
    ("second", "finish", DIR, "07", "--incomplete"),
    ("letter", "draft", DIR),
    ("letter", "write", DIR, "summary", "--text", "Good work."),
    ("letter", "details", DIR, "--signatory", "Ms A. Example"),
    ("letter", "wording", DIR, "2.2"),
    ("letter", "undo", DIR),
    ("letter", "redo", DIR),
    ("letter", "left", DIR, "--drop", "1"),
    ("action", "add", DIR, "--action", "Ask", "--area", "i"),
    ("action", "set", DIR, "1", "--state", "done", "--note", "Seen."),
    ("action", "bring", DIR, "{list}", "--source", "S"),
    ("action", "list", DIR, "-o", "{dir}/actions.csv"),
    ("actions", DIR, "-o", "{dir}/plan.csv"),
    ("compare", "{other}", DIR, "-o", "{dir}/changes.html"),
    ("report", DIR, "-r", "html", "-o", "{dir}/letter.html"),
    ("export", DIR, "--to", "{dir}/data"),
    ("programme", DIR, "--to", "{dir}/all.csv"),
    ("programme", "build", DIR, "{other}", "--to", "{region}"),
    ("takeaway", DIR, "03", "-o", "{dir}/note.txt"),
    ("merge", DIR, "{other}", *TAKE, "--apply"),
    ("merge", "{other}", DIR, *TAKE, "--apply"),
    ("new", DIR, "--service", "S", "--dates", "2026-11-23..2026-11-25", "--cases", "2"),
    ("synth", DIR, "--cases", "2"),
    ("calibrate", DIR, "--to", "{region}", "--inspector", "JO"),
    ("calibrate", "{other}", "--to", "{dir}/jo"),
    ("screen", DIR, "03", "--plain"),
    ("screen", DIR, "07", "--plain", "--second"),
    ("verify", DIR, "--restore", "03", *WHY),
    ("verify", DIR, "--accept", *WHY),
    ("criteria", "migrate", DIR, "--to", "local-audit", "--apply"),
    ("purge", DIR, "07", *WHY, "--apply"),
)
TYPED = ("facts", "1.1", "y", "evidence", "seen p.4", ".", "undo", "redo", "quit", "quit")

COULD_BE = (
    "criteria.toml",
    ".rendered",
    "letter.html",
    "note.txt",
    "actions.csv",
    "all.csv",
    "data",
    "jo",
    "cases/.03.toml.held",
    "cases/20.toml",
    "interviews/B.toml",
    "drafts/2.json",
)
"""What an inspection may have, and the one that is walked over has not."""

Trap = Callable[[Path, Path], None]


def _device(path: Path, outside: Path) -> None:
    os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # as /dev/zero


def _copied(path: Path, outside: Path) -> None:
    copy = path.with_name(f"{path.stem}-LAPTOP123{path.suffix}")
    (shutil.copytree if path.is_dir() else shutil.copy2)(path, copy)


TRAPS: dict[str, Trap] = {
    "a link out": lambda path, outside: path.symlink_to(outside),
    "a pipe": lambda path, outside: os.mkfifo(path),
    "a device": _device,
    "a link to what never ends": lambda path, outside: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path, outside: path.symlink_to(path.name),
    "a link to nothing": lambda path, outside: path.symlink_to(outside.with_name("nothing")),
    "a folder": lambda path, outside: path.mkdir(),
    "a file of nothing": lambda path, outside: path.write_bytes(b""),
    "nothing": lambda path, outside: None,
}
BESIDE: dict[str, Trap] = {"a copy beside it": _copied}


def _put_back(path: Path, outside: Path) -> None:
    folder = next(above for above in path.parents if above.name == LEEDS)
    for file in (path, path.with_name(f".{path.name}.lock")):
        shutil.copy2(folder.with_name(EARLIER) / file.relative_to(folder), file)


PUT_BACK: dict[str, Trap] = {"an earlier version": _put_back}
DECIDING = ("verify", "purge", "criteria", "merge")
"""Commands by which somebody decides what becomes of a record; no other enters an earlier version."""


class Trial(NamedTuple):
    """A command, and the trap that is set at a place (a path in the inspection) before it is run."""

    place: str
    trap: str
    command: Command


FOUND = (
    Trial("inspection.toml", "nothing", ("demo", DIR, "--no-tui")),
    Trial("interviews", "a link out", ("purge", DIR, "07", *WHY, "--apply")),
)
"""What a whole walk found, and is tried in the quick form too."""


def trials(prepared: Path) -> list[Trial]:
    """Return every trial there is."""
    folder = prepared / LEEDS
    there = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    few = [place for place in there if not place.endswith(".lock") or "03" in place or "history" in place]
    return [
        Trial(place, trap, command)
        for place in (*few, *COULD_BE)
        for trap in (*TRAPS, *(BESIDE if place in few else ()), *(PUT_BACK if place in CHANGED else ()))
        for command in (*COUNTING, *READING, *WRITING)
    ]


def tried(trial: Trial, prepared: Path, plain: dict[Command, Ran]) -> list[str]:
    """Return what is wrong with how the command took the trap."""
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(shutil.copytree(prepared, Path(scratch) / "store"))
        path, outside = store / LEEDS / trial.place, store / OUTSIDE / trial.place
        if not outside.exists():
            outside.parent.mkdir(parents=True, exist_ok=True)
            outside.write_bytes(b"mine\n")
        if trial.trap in TRAPS:
            with suppress(FileNotFoundError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        (TRAPS | BESIDE | PUT_BACK)[trial.trap](path, outside)
        before = _contents(store / OUTSIDE)
        with watching(store / OUTSIDE) as opened:
            done = run(trial.command, store)
        wrong = [done.raised] if done.raised else []
        wrong += [f"opened {path}" for path in opened]
        if _contents(store / OUTSIDE) != before:
            wrong.append("what is outside was altered")
        if "usage: sqs" in done.err:
            wrong.append("no such command or option")
        if forbidden((done.out + done.err).replace("\r\n", "\n")):
            wrong.append("the terminal is sent a control character")
        if not done.raised and done.code not in (0, 1, 2, 3, 4, 5):
            wrong.append(f"exit {done.code}")
        if not done.raised and done.code in (2, 3, 5) and not (done.out + done.err).strip():
            wrong.append(f"exit {done.code} without a word")
        if trial.trap in PUT_BACK and trial.command[0] not in DECIDING:
            known, now = known_records(store / LEEDS), content_hash(path.read_bytes())
            if not put_back(store / LEEDS, known, trial.place, now):
                wrong.append("an earlier version was entered as a change")
        once = plain.get(trial.command)
        if once and done.code in (0, 1) and done.out != once.out:
            wrong.append(f"other figures without a finding: {_difference(once.out, done.out)}")
    return [f"{trial.trap} for {trial.place}, {' '.join(trial.command)}: {fault}" for fault in wrong]


def run(command: Command, store: Path) -> Ran:
    """Run the command on the inspection in ``store``, and end it where it hangs."""
    os.environ |= {
        "XDG_STATE_HOME": str(store / "state"),
        "XDG_CONFIG_HOME": str(store / "config"),
        "SQS_NO_PLUGINS": "1",
        "SQS_WHO": "CN",
    }
    beside = {
        "{other}": OTHER,
        "{letter}": "edited.txt",
        "{list}": "list.csv",
        "{facts}": "facts.csv",
        "{frame}": "frame.csv",
        "{region}": "region",
    }
    names = {DIR: store / LEEDS, **{name: store / file for name, file in beside.items()}}
    argv = list(command)
    for name, value in names.items():
        argv = [part.replace(name, str(value)) for part in argv]
    before = signal.signal(signal.SIGALRM, _hangs)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        done = ran(argv, "".join(f"{line}\n" for line in TYPED))
        return done._replace(out=done.out.replace(str(store), ""))  # two runs are compared
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Hangs(BaseException):
    """A command did not end."""


def _hangs(number: int, frame: object) -> None:
    raise Hangs


_watched: list[tuple[str, list[str]]] = []
_WRITES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.listdir", "os.scandir", "os.chmod")


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if not _watched or event not in ("open", *_WRITES) or not isinstance(args[0], str | bytes | os.PathLike):
        return
    outside, opened = _watched[-1]
    path = os.fsdecode(args[0])
    itself = event in ("os.remove", "os.rename", "os.mkdir", "os.rmdir")
    if itself or (event == "open" and isinstance(args[2], int) and args[2] & os.O_NOFOLLOW):
        real = str(Path(os.path.realpath(Path(path).parent)) / Path(path).name)
    else:
        real = os.path.realpath(path)
    if real.startswith(outside) or real in ("/dev/zero", "/dev/full"):
        opened.append(f"{real} ({event})")


@contextmanager
def watching(outside: Path) -> Iterator[list[str]]:
    """Note everything that is opened, listed or altered in ``outside``."""
    if not _installed:
        sys.addaudithook(_audit)
        _installed.append(True)
    opened: list[str] = []
    _watched.append((os.path.realpath(outside), opened))
    try:
        yield opened
    finally:
        _watched.pop()


_installed: list[bool] = []


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


def _difference(before: str, after: str) -> str:
    was, now = before.splitlines(), after.splitlines()
    lines = [line for line in now if line not in was] or [line for line in was if line not in now]
    return repr(lines[:2])[:200]


def prepare(store: Path) -> dict[Command, Ran]:
    """Make the inspection, what is outside, and the edited letter; gives what counting commands say."""
    to_be_read(store)
    folder = open_inspection(store / LEEDS, actor=Actor("CN", utc_now))
    for more in ("", "Again."):  # each twice: the first leaves the version, and the lock, that is put back
        shutil.rmtree(store / EARLIER, ignore_errors=True)
        shutil.copytree(store / LEEDS, store / EARLIER)
        _saved_again(folder, more)
    shutil.copytree(store / LEEDS, store / OUTSIDE)
    said = run(("report", DIR, "-r", "text", "-o", "-"), store).out
    (store / "edited.txt").write_text(said)
    (store / "list.csv").write_text("action,due\nTrain,2027-03-04\n")
    (store / "facts.csv").write_text("case,custody\n03,yes\n07,yes\n")
    (store / "frame.csv").write_text("case,order_type\n03,RO\n07,YRO\n31,YRO\n32,RO\n")
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(store, Path(scratch) / "store"))
        return {command: run(command, copy) for command in COUNTING}


def _saved_again(folder: InspectionFolder, more: str) -> None:
    for case in ("03", "07"):
        stored = folder.case(case)
        noted = Session(folder.criteria, stored.record).noting("roh.plan", "evidence", f"Seen. {more}").record
        folder.save_case(noted, expect=stored.hash)
    interview, letter, actions = folder.interview("A"), folder.narrative(), folder.actions()
    folder.save_interview(interview.record.noting("note", f"Came late. {more}"), expect=interview.hash)
    folder.save_narrative(evolve(letter.record, summary=f"Good. {more}"), expect=letter.hash)
    seen = actions.record.get("1").noting(ActionNote(date(2026, 4, 1), f"Begun. {more}", "started"))
    folder.save_actions(actions.record.changing("1", seen), expect=actions.hash)


def sweep(given: Namespace) -> tuple[int, list[str]]:
    """Try so many trials, at random places; gives their number and the failures."""
    with tempfile.TemporaryDirectory() as scratch:
        prepared = Path(scratch)
        plain = prepare(prepared)
        chosen = [trial for trial in trials(prepared) if given.only in trial.place]
        if not given.full and given.count < len(chosen):
            chosen = [*random.Random(given.seed).sample(chosen, given.count), *FOUND]
        failures = []
        with ProcessPoolExecutor(given.jobs) as pool:
            told = pool.map(partial(tried, prepared=prepared, plain=plain), chosen, chunksize=25)
            for n, wrong in enumerate(told, 1):
                failures += wrong
                if given.told and n % 500 == 0:
                    print(f"{n} of {len(chosen)}: {len(failures)} failures", flush=True)
        return len(chosen), failures


def main(words: list[str] | None = None) -> int:
    parser = arguments(__doc__ or "")
    parser.add_argument("--count", type=int, default=150, help="how many trials")
    parser.add_argument("--only", default="", metavar="PLACE", help="only places with this in their name")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--told", action="store_true", help="tell how far it is")
    given = parser.parse_args(words)
    return conclude("walk", *sweep(given))


if __name__ == "__main__":
    sys.exit(main())
