"""SIGKILL at each system call of a save: the record is the old one or the new, whole.

The signal arrives as a call is entered, so the calls before and after bracket each one.
After each kill the same command must work again at once, with nothing cleaned up by hand.
The quick form takes only the calls that change something; ``--full`` takes them all.
"""

from __future__ import annotations

import sys

from tests.faults.systemcalls import Call, calls_reaching, can_inject, changes, killed_at
from tests.faults.target import (
    Target,
    arguments,
    by_default,
    chosen,
    conclude,
    driver_target,
    each,
    faults_in,
    records,
    run_command,
    short,
    spread,
)


def sweep(target: Target, *, full: bool, most: int = 0, jobs: int = 1) -> tuple[int, list[str]]:
    """Kill the target at each call in turn; gives the number of trials and the failures."""
    before, after = target.before_and_after()
    with target.store() as store:
        _, calls = calls_reaching(store, target.argv(store))
    chosen_calls = spread([c for c in calls if full or changes(c) or c.name == "exit_group"], most)

    def trial(call: Call) -> list[str]:
        with target.store() as store:
            run = killed_at(call, target.argv(store))
            place = f"killed at {call.name} {call.nth} ({short(call.text, store)}):"
            if run.code not in (-9, 137):
                return [f"{place} the kill did not happen (exit {run.code})"]
            wrong = faults_in(records(store), before, after, must_be_new=target.said_saved(run))
            wrong += target.unusable(store)
            again = run_command(target.argv(store))
            if again.code != 0:
                wrong.append(f"the next one fails with {again.code}: {again.err.strip()[-200:]}")
            wrong += faults_in(records(store), before, after, must_be_new=True)
            wrong += target.unsettled(store)
            return [f"{place} {fault}" for fault in wrong]

    return len(chosen_calls), each(chosen_calls, trial, jobs)


def main(words: list[str] | None = None) -> int:
    given = arguments(__doc__ or "").parse_args(words)
    if not can_inject():
        print("strace is missing here, or may not trace")
        return 2
    with chosen(given) as target:
        trials, failures = sweep(target, full=given.full, most=given.most, jobs=given.jobs)
    if by_default(given):
        for verb, fresh in (("save", True), ("log", False), ("log", True)):
            with driver_target(verb, fresh=fresh) as target:
                more, wrong = sweep(target, full=given.full, most=given.most, jobs=given.jobs)
            trials, failures = trials + more, [*failures, *wrong]
    return conclude(f"kill {given.scenario or ''}".strip(), trials, failures)


if __name__ == "__main__":
    sys.exit(main())
