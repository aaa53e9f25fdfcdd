"""What every fault script begins and ends with: its options, what they name, its figures and its exit code;

and what is looked at after each fault.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.faults.systemcalls import can_inject
from tests.faults.target import (
    Records,
    Run,
    Target,
    driver_target,
    faults_in,
    records,
    run_forked,
)
from tests.faults.telling import untrue

Sweep = Callable[[Target, argparse.Namespace], tuple[int, list[str]]]
"""Tries every fault on a target; gives the number of trials and the failures."""


def found_after(
    target: Target, store: Path, run: Run, before: Records, after: Records, legal: Collection[str] = ()
) -> list[str]:
    """What is wrong in ``store`` after a fault that ended as ``run``, and after the same command again.

    ``legal`` are the codes that ``sqs verify`` may tell before that.
    """
    now = records(store)
    wrong = faults_in(now, before, after, must_be_new=target.said_saved(run))
    wrong += untrue(run.err, store / target.inspection, store, now, before, after)
    wrong += target.unusable(store, legal)
    again = run_forked(target.argv(store))
    if again.code != 0:
        wrong.append(f"the next one fails with {again.code}: {again.err.strip()[-200:]}")
    wrong += faults_in(records(store), before, after, must_be_new=True)
    return wrong + target.unsettled(store)


def swept(
    name: str, sweep: Sweep, parser: argparse.ArgumentParser, words: list[str] | None, *, quick: bool = False
) -> int:
    """Sweep what the options name, and by default the driver's other ways too; gives the exit code.

    Those only with ``--full``, but for a script whose ``quick`` form has time for them.
    """
    given = parser.parse_args(words)
    if not can_inject():
        print("strace is missing here, or may not trace")
        return 2
    with chosen(given) as target:
        trials, failures = sweep(target, given)
    if _by_default(given) and (given.full or quick):
        for verb, fresh in (("save", True), ("log", False), ("log", True)):
            with driver_target(verb, fresh=fresh) as target:
                more, wrong = sweep(target, given)
            trials, failures = trials + more, [*failures, *wrong]
    return conclude(f"{name} {given.scenario or ''}".strip(), trials, failures)


def arguments(what: str) -> argparse.ArgumentParser:
    """The options that every fault script has."""
    parser = argparse.ArgumentParser(
        description=what.splitlines()[0], epilog="Exit: 0 no failure, 1 failures, 2 not possible here."
    )
    parser.add_argument("--full", action="store_true", help="the whole sweep, not the quick form")
    parser.add_argument("--how", default="good", help="which store the driver uses (see broken.py)")
    parser.add_argument("--scenario", metavar="NAME", help="a real command: see scenarios.py")
    parser.add_argument("--most", type=int, default=0, help="at most so many trials, spread evenly")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="trials at a time")
    parser.add_argument("--prepared", type=Path, help="the folder that the command starts from")
    parser.add_argument(
        "--acknowledged",
        default="",
        help="expression in its words by which it says that it saved; it must not fit 'not saved'",
    )
    parser.add_argument("command", nargs="*", help="after --: the command, with {store} for the folder")
    return parser


@contextmanager
def chosen(given: argparse.Namespace, verb: str = "save", padding: int = 0) -> Iterator[Target]:
    """The target that the options name."""
    if given.command:
        yield Target(tuple(given.command), given.prepared, given.acknowledged)
        return
    if given.scenario:
        from tests.faults.scenarios import SCENARIOS, scenario_target

        if given.scenario not in SCENARIOS:
            raise SystemExit(f"no scenario '{given.scenario}'; there are {', '.join(SCENARIOS)}")
        with scenario_target(given.scenario) as target:
            yield target
        return
    with driver_target(verb, given.how, padding) as target:
        yield target


def _by_default(given: argparse.Namespace) -> bool:
    """Whether no command was named: then the driver's other ways are tried too."""
    return not given.command and not given.scenario and given.how == "good"


def conclude(name: str, trials: int, failures: Sequence[str]) -> int:
    """Print the figures and each failure; gives the exit code."""
    for failure in failures:
        print(f"  {failure}")
    print(f"{name}: {trials} trials, {len(failures)} failures", flush=True)
    if not trials:
        print("nothing was tried: that is a failure")
    return 1 if failures or not trials else 0
