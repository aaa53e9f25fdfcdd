"""Each system call of a save refused by the system: it is told, nothing is lost, a retry works.

Every fitting error at each call, once and from then on: a full disk, a quota, an error of
the disk itself, no permission, a read-only disk, no descriptors left.  Exit 0 after a
refused fsync is only believed when a fresh file was written and synced after it: repeating
fsync on the same file reports success for data that is gone (Rebello and others, "Can
Applications Recover from fsync Failures?", USENIX ATC 2020).
"""

from __future__ import annotations

import sys
from argparse import Namespace

from tests.faults.sweeping import arguments, found_after, swept
from tests.faults.systemcalls import Call, calls_reaching, changes, failing_at
from tests.faults.target import Run, Target, each, short, spread

FITTING = {
    "openat": ("EACCES", "EMFILE", "ENOSPC", "EIO", "EROFS"),
    "write": ("ENOSPC", "EDQUOT", "EIO"),
    "fsync": ("EIO", "ENOSPC", "EDQUOT"),
    "close": ("EIO", "ENOSPC", "EDQUOT"),
    "rename": ("EIO", "ENOSPC", "EACCES", "EROFS"),
    "renameat2": ("EIO", "ENOSPC", "EACCES"),
    "flock": ("EIO", "ENOLCK"),
    "read": ("EIO",),
    "lseek": ("EIO",),
    "getdents64": ("EIO", "EACCES"),
    "newfstatat": ("EIO", "EACCES"),
    "unlink": ("EACCES",),
    "mkdir": ("EACCES", "ENOSPC"),
}
_QUICK = ("write", "fsync", "rename", "close", "flock")
_DESIGNED = (0, 1, 3, 5)


def sweep(target: Target, given: Namespace) -> tuple[int, list[str]]:
    """Refuse each call in turn; gives the number of trials and the failures."""
    before, after = target.before_and_after()
    with target.store() as store:
        _, calls = calls_reaching(store, target.argv(store))
    trials = [
        (call, error, for_good)
        for call in calls
        if not given.changing or changes(call) or _closes_what_was_written(call)
        for error in (FITTING.get(call.name, ()) if given.full else _quick_errors(call))
        for for_good in ((False, True) if given.full else (False,))
    ]
    trials = spread(trials, given.most)

    def trial(what: tuple[Call, str, bool]) -> list[str]:
        call, error, for_good = what
        with target.store() as store:
            run, trace = failing_at(call, error, target.argv(store), for_good=for_good)
            wrong = _told(run, trace, call, for_good)
            wrong += found_after(target, store, run, before, after)
            place = (
                f"{error} {'from' if for_good else 'at'} {call.name} {call.nth} ({short(call.text, store)}):"
            )
            return [f"{place} {fault}; it said {run.err.strip()[-400:]!r}" for fault in wrong]

    return len(trials), each(trials, trial, given.jobs)


def _closes_what_was_written(call: Call) -> bool:
    return call.name == "close" and any(f"{end}>" in call.text for end in (".tmp", ".jsonl", ".lock"))


def _quick_errors(call: Call) -> tuple[str, ...]:
    if call.name == "openat":
        return ("ENOSPC",) if "O_CREAT" in call.text else ("EMFILE",)
    return FITTING[call.name][:1] if call.name in _QUICK else ()


def _told(run: Run, trace: list[str], call: Call, for_good: bool) -> list[str]:
    wrong = []
    if not any("(INJECTED)" in line for line in trace):
        wrong.append("the error did not happen")
    if "Traceback" in run.out + run.err or "traceback" in run.err:
        wrong.append("a traceback: " + run.err.strip().splitlines()[-1])
    # Where every write fails, so does the one that would tell; Python's own code for that is 120.
    speechless = call.name == "write" and (for_good or _on_own_output(call))
    if run.code not in _DESIGNED and not (speechless and run.code == 120):
        wrong.append(f"exit {run.code} is not one of ours")
    if run.code != 0 and not speechless and not 1 <= len(run.err.strip().splitlines()) <= 5:
        wrong.append(f"exit {run.code} with {len(run.err.splitlines())} lines of words")
    if run.code == 0 and call.name == "fsync" and not _fresh_file_synced(trace):
        wrong.append("success was told after a refused fsync, without a fresh file")
    return wrong


def _on_own_output(call: Call) -> bool:
    return call.name == "write" and ("write(1<" in call.text or "write(2<" in call.text)


def _fresh_file_synced(trace: list[str]) -> bool:
    at = next((n for n, line in enumerate(trace) if "(INJECTED)" in line), len(trace))
    made = False
    for line in trace[at + 1 :]:
        made = made or ("openat(" in line and "O_CREAT" in line)
        if made and "fsync(" in line and line.endswith("= 0"):
            return True
    return False


def main(words: list[str] | None = None) -> int:
    parser = arguments(__doc__ or "")
    parser.add_argument("--changing", action="store_true", help="only calls that change something")
    return swept("errors", sweep, parser, words)


if __name__ == "__main__":
    sys.exit(main())
