"""SIGKILL at each system call of a save: the record is the old one or the new, whole.

The signal arrives as a call is entered, so the calls before and after bracket each one.
After each kill the same command must work again at once, with nothing cleaned up by hand.
The quick form takes only the calls that change something; ``--full`` takes them all.
"""

from __future__ import annotations

import sys
from argparse import Namespace

from tests.faults.sweeping import arguments, found_after, swept
from tests.faults.systemcalls import Call, calls_reaching, changes, killed_at
from tests.faults.target import Target, each, short, spread


def sweep(target: Target, given: Namespace) -> tuple[int, list[str]]:
    """Kill the target at each call in turn; gives the number of trials and the failures."""
    before, after = target.before_and_after()
    with target.store() as store:
        _, calls = calls_reaching(store, target.argv(store))
    calls = [call for call in calls if given.full or changes(call) or call.name == "exit_group"]
    calls = spread(calls, given.most)

    def trial(call: Call) -> list[str]:
        with target.store() as store:
            run = killed_at(call, target.argv(store))
            place = f"killed at {call.name} {call.nth} ({short(call.text, store)}):"
            if run.code not in (-9, 137):
                return [f"{place} the kill did not happen (exit {run.code})"]
            return [f"{place} {fault}" for fault in found_after(target, store, run, before, after)]

    return len(calls), each(calls, trial, given.jobs)


def main(words: list[str] | None = None) -> int:
    return swept("kill", sweep, arguments(__doc__ or ""), words, quick=True)


if __name__ == "__main__":
    sys.exit(main())
