"""What the fault scripts aim at: a command that changes one folder, and how its outcome is told.

By default the command is the small driver; ``--scenario`` names a real one with its folder (see
``scenarios.py``).  Any other can be given, for example

    python -m tests.faults.kill --prepared FOLDER --acknowledged '; saved ' -- \\
        sqs answer {store} 07 roh.plan sufficient

``{store}`` stands for a fresh copy of the prepared folder.  Which bytes are the old record
and which the new is found by running the command once with no fault.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from tests import warm

ROOT = Path(__file__).resolve().parents[2]
Records = dict[str, bytes]
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
T = TypeVar("T")


class Run(NamedTuple):
    """How a command ended: its code (negative for a signal) and what it said."""

    code: int
    out: str
    err: str


def _nothing(store: Path) -> None:
    """Nothing has to stand beside it."""


class Target(NamedTuple):
    """A command, the folder it starts from, and the words by which it says that it saved.

    ``inspection`` is where in that folder an inspection is, which ``sqs verify`` can look at;
    ``beside`` makes what has to know where the copy of the folder is; no file may hold ``gone``
    once the command is done.
    """

    command: tuple[str, ...]
    prepared: Path
    acknowledged: str
    inspection: str = ""
    beside: Callable[[Path], None] = _nothing
    gone: str = ""

    def argv(self, store: Path) -> list[str]:
        """The command for the folder ``store``."""
        return [part.replace("{store}", str(store)) for part in self.command]

    def said_saved(self, run: Run) -> bool:
        """Whether the command told anyone that it had saved."""
        return any(re.search(self.acknowledged, said) for said in (run.out, run.err))

    @contextmanager
    def store(self, inside: Path | None = None) -> Iterator[Path]:
        """A fresh copy of the prepared folder, taken away afterwards."""
        with tempfile.TemporaryDirectory(dir=inside) as scratch:
            store = Path(scratch) / "store"
            shutil.copytree(self.prepared, store)
            self.beside(store)
            yield store

    def before_and_after(self) -> tuple[Records, Records]:
        """The records before the command and after it, found by running it with no fault."""
        with self.store() as store:
            before = records(store)
            run = run_forked(self.argv(store))
            if run.code != 0 or not self.said_saved(run):
                raise SystemExit(f"the command fails without any fault: {run}")
            after = records(store)
        if before == after:
            raise SystemExit("the command changes no record: nothing would be tested")
        return before, after

    def unusable(self, store: Path, legal: Collection[str] = ()) -> list[str]:
        """What ``sqs verify`` has against the folder, with nothing cleaned up by hand.

        The codes ``legal`` are so after this fault, and it is right to tell them.
        """
        if not self.inspection:
            return []
        from sqs_core.storage.audit.verify import verify_inspection

        found = verify_inspection(store / self.inspection)
        return [f"verify: {p}" for p in found if not p.advice and p.code not in legal]

    def unsettled(self, store: Path) -> list[str]:
        """What is not as it should be once the command was done again: everything entered, nothing left."""
        wrong = [f"{name} is left behind" for name in left_behind(store)]
        place = store / self.inspection
        wrong += history_faults(place)
        if self.inspection:
            from sqs_core.storage.audit.verify import verify_inspection

            # A line that was torn, and gone on after, stays so.
            wrong += [
                str(problem) for problem in verify_inspection(place) if problem.code not in ("H001", "H002")
            ]
        if self.gone:
            files = (path for path in store.rglob("*") if path.is_file())
            wrong += [
                f"{path.name} still holds {self.gone}"
                for path in files
                if self.gone.encode() in path.read_bytes()
            ]
        return wrong


def records(store: Path) -> Records:
    """Every record of the folder by its name: TOML files and the history, nothing hidden."""
    found = (*store.rglob("*.toml"), *store.rglob("*.jsonl"))
    return records_in({str(path.relative_to(store)): path.read_bytes() for path in found})


def records_in(files: Mapping[str, bytes]) -> Records:
    """The records among files by their names, each without the times that it tells.

    Without what stands beside the inspection: it is called by where the folder is.
    """
    return {
        name: _TIME.sub(b"TIME", data) if name.endswith(".toml") else data
        for name, data in files.items()
        if name.endswith((".toml", ".jsonl")) and Path(name).name[0] != "." and not name.startswith("state/")
    }


def faults_in(now: Records, before: Records, after: Records, *, must_be_new: bool) -> list[str]:
    """What is wrong with the records as they stand: each must be the old one or the new, whole.

    What a purge takes away may be there or gone, but not gone before the purge is entered.
    """
    wrong = _taken_away_untold(now, before)
    for name in sorted({*before, *after, *now}):
        old, new, here = before.get(name), after.get(name), now.get(name)
        if Path(name).name in ("history.jsonl", "history-texts.jsonl"):
            wrong += _history_faults(name, old or b"", here or b"", new or b"", must_be_new)
        elif must_be_new and here != new:
            wrong.append(f"{name}: it was said to be saved, and is not")
        elif here not in (old, new):
            wrong.append(
                f"{name}: neither the old record nor the new" + (" (missing)" if here is None else "")
            )
    return wrong


def _taken_away_untold(now: Records, before: Records) -> list[str]:
    if any(b'"what":"purge"' in data for name, data in now.items() if Path(name).name == "history.jsonl"):
        return []
    texts = {name: old for name, old in before.items() if name.endswith("-texts.jsonl")}
    gone = {name for name in before if name not in now}
    gone |= {name for name, old in texts.items() if name in now and not now[name].startswith(old)}
    return [f"{name}: taken away without an entry that says so" for name in sorted(gone)]


def _history_faults(name: str, old: bytes, here: bytes, new: bytes, must_be_new: bool) -> list[str]:
    # The last line may be torn, and may carry another time; what was there before must stay, but for
    # the texts that a purge takes out, and then it is the one file or the other.
    if here == new:
        return []
    if not here.startswith(old):
        return [f"{name}: an earlier line is gone or changed"]
    if must_be_new and here.count(b"\n") < new.count(b"\n"):
        return [f"{name}: it was said to be saved, and its line is not there"]
    return []


def history_faults(store: Path) -> list[str]:
    """What does not fit in the history of the folder; a line torn and gone on after is no fault."""
    from sqs_core.storage.audit.verify import verify_chain

    return [str(problem) for problem in verify_chain(store) if not problem.advice]


def left_behind(store: Path) -> list[str]:
    """The temporary files still in the folder."""
    return sorted(path.name for path in store.rglob("*.tmp"))


def each(trials: Sequence[T], trial: Callable[[T], list[str]], jobs: int) -> list[str]:
    """Do every trial, ``jobs`` at a time; gives all their failures in order."""
    with ThreadPoolExecutor(jobs) as pool:
        return [fault for faults in pool.map(trial, trials) for fault in faults]


def spread(trials: Sequence[T], most: int) -> list[T]:
    """At most so many of the trials, from the first to the last; all of them for 0."""
    if not most or len(trials) <= most:
        return list(trials)
    return [trials[n * (len(trials) - 1) // max(1, most - 1)] for n in range(most)]


def short(call: str, store: Path) -> str:
    """A call as strace wrote it, in few words: without where the store is."""
    return re.sub(r"^\d+ +", "", re.sub(r"/\S*?/store\b", "STORE", call))[:110]


def environment() -> dict[str, str]:
    """The environment of every command: it finds the same package, and starts the same each time."""
    spec = importlib.util.find_spec("sqs_core.errors")
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).parents[1]
    path = os.pathsep.join(filter(None, (str(source), os.environ.get("PYTHONPATH", ""))))
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return {**inherited, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def run_command(argv: Sequence[str], *, limit: float = 60.0, before: Callable[[], None] | None = None) -> Run:
    """Run a command to its end; one that hangs is a failure of its own."""
    done = subprocess.run(
        argv,
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        timeout=limit,
        check=False,
        preexec_fn=before,
    )
    return Run(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def run_forked(argv: Sequence[str]) -> Run:
    """Run a command to which nothing is done: one of ours is forked, and need not start Python first."""
    variables = dict(os.environ)
    if argv[0] == "env":
        name, _, value = argv[1].partition("=")
        variables[name] = value
        argv = argv[2:]
    if tuple(argv[:2]) != (sys.executable, "-m"):
        return run_command([*argv])
    env = {**variables, "PYTHONPATH": environment()["PYTHONPATH"]}
    done = warm.run(argv[3:], cwd=ROOT, env=env, module=argv[2])
    return Run(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"))


def driver(*words: str, how: str = "good", padding: int = 0) -> tuple[str, ...]:
    """The driver's command line."""
    start = (sys.executable, "-m", "tests.faults.driver")
    return (*start, words[0], "{store}", *words[1:], "--how", how, "--padding", str(padding))


@contextmanager
def driver_target(
    verb: str = "save", how: str = "good", padding: int = 0, *, fresh: bool = False
) -> Iterator[Target]:
    """The driver as a target; with ``fresh`` there is no record yet."""
    from tests.faults.driver import RECORD, log, record_of

    with tempfile.TemporaryDirectory() as scratch:
        prepared = Path(scratch)
        if verb == "log":
            command = driver("log", "second")
            if not fresh:
                log(prepared, "first")
        else:
            command = driver("save", "roh.plan", "yes", how=how, padding=padding)
            if not fresh:
                (prepared / RECORD).parent.mkdir()
                (prepared / RECORD).write_bytes(record_of({"lor.plan": "no"}, padding))
        yield Target(command, prepared, "^saved ")
