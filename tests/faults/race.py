"""Several processes saving to one record at once: nothing that was acknowledged is lost.

    python -m tests.faults.race [--processes 8] [--saves 200]
    python -m tests.faults.race --scenario answer [--processes 8] [--saves 5]

The scenario is the real ``sqs answer``: each worker answers a question of its own in the one case,
again and again.  With a command of one's own, ``{key}`` in it stands for the worker and the number
of the save, ``{worker}`` and ``{n}`` for each alone; its refusals (exit 5) are tried again.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.faults.driver import RECORD, record_of
from tests.faults.scenarios import scenario_target
from tests.faults.sweeping import arguments, conclude
from tests.faults.target import ROOT, Target, environment, records, run_command

from sqs_core.storage.safe_read import parse_toml, read_bytes

HELD = 5
QUESTIONS = (
    "lor.assess",
    "lor.plan",
    "roh.assess",
    "vul.assess",
    "sen.engage",
    "sen.barriers.assess",
    "sen.barriers.plan",
    "sen.comply",
)
"""A question for each worker of the real command, all of which apply to every case."""


class Raced(NamedTuple):
    """What the workers were told: the keys said to be saved, and the words of every refusal."""

    saved: list[str]
    refusals: list[str]
    failures: list[str]


def race(store: Path, processes: int, saves: int, how: str = "good") -> Raced:
    """Let the driver save from several processes at once."""
    command = [sys.executable, "-m", "tests.faults.driver", "many", str(store)]
    started = [
        subprocess.Popen(
            [*command, f"w{n}", str(saves), "--how", how],
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(processes)
    ]
    with ThreadPoolExecutor(processes) as pool:
        said = list(pool.map(lambda one: one.communicate(timeout=550), started))
    saved = [line.split()[1] for out, _ in said for line in out.splitlines()]
    refusals = [line for _, err in said for line in err.splitlines()]
    ended = [f"a worker ended with {one.returncode}" for one in started if one.returncode]
    return Raced(saved, refusals, ended)


def lost(store: Path, saved: list[str]) -> list[str]:
    """The keys said to be saved that the record does not hold."""
    answers = parse_toml(read_bytes(store / RECORD), RECORD, end_mark=True)["answers"]
    return sorted(set(saved) - set(answers))


def main(words: list[str] | None = None) -> int:
    parser = arguments(__doc__ or "")
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--saves", type=int, default=0)
    given = parser.parse_args(words)
    saves = given.saves or (200 if given.full else 20)
    if given.scenario:
        with scenario_target("answer") as target:
            command = _filled_in(target.command, {"roh.plan": "{question}", "p.3": "{key}"})
            return _race_command(target._replace(command=command), given.processes, saves)
    if given.command:
        target = Target(tuple(given.command), given.prepared, given.acknowledged)
        return _race_command(target, given.processes, saves)
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch)
        (store / RECORD).parent.mkdir()
        (store / RECORD).write_bytes(record_of({}))
        raced = race(store, given.processes, saves, given.how)
        failures = [
            *raced.failures,
            *(f"{key} was said to be saved, and is lost" for key in lost(store, raced.saved)),
        ]
    unnamed = [words for words in raced.refusals if RECORD not in words or len(words) < 40]
    failures += [f"a refusal does not say enough: {words}" for words in unnamed]
    if len(raced.saved) != given.processes * saves:
        failures.append(f"{len(raced.saved)} saves of {given.processes * saves} came through")
    print(f"{len(raced.refusals)} refusals, each tried again")
    return conclude("race", len(raced.saved), failures)


def _race_command(target: Target, processes: int, saves: int) -> int:
    """The same with any command; an answer counts as there when its key is in a record's text."""
    failures: list[str] = []
    saved: list[str] = []
    refusals: list[str] = []
    last: dict[int, str] = {}
    with target.store() as store:

        def work(worker: int) -> None:
            for n in range(saves):
                key = f"w{worker}.{n:03}"
                named = {"{key}": key, "{worker}": str(worker), "{n}": str(n)}
                named["{question}"] = QUESTIONS[worker % len(QUESTIONS)]
                argv = _filled_in(target.argv(store), named)
                while (run := run_command(argv)).code == HELD and run.err.strip():
                    refusals.append(run.err.strip())
                if target.said_saved(run):
                    saved.append(key)
                    last[worker] = key
                else:
                    failures.append(f"{key}: exit {run.code}, {run.err.strip()[:200]}")

        with ThreadPoolExecutor(processes) as pool:
            list(pool.map(work, range(processes)))
        found = {name: data.decode(errors="replace") for name, data in records(store).items()}
        failures += [
            f"{key} was said to be saved, and is in no record and no history"
            for key in saved
            if not any(key in text for text in found.values())
        ]
        if target.inspection:
            record = found[f"{target.inspection}/cases/07.toml"]
            failures += [
                f"{key} was the last of its worker, and is lost" for key in last.values() if key not in record
            ]
            failures += target.unsettled(store)
    failures += [f"a refusal does not say enough: {words}" for words in refusals if len(words) < 40]
    print(f"{len(refusals)} refusals, each tried again")
    return conclude("race", len(saved), failures)


def _filled_in(command: Sequence[str], named: Mapping[str, str]) -> tuple[str, ...]:
    """The command with each of the names in it replaced."""
    pattern = re.compile("|".join(map(re.escape, named)))
    return tuple(pattern.sub(lambda found: named[found[0]], part) for part in command)


if __name__ == "__main__":
    sys.exit(main())
