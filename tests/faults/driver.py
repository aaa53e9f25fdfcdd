"""The smallest program that saves: one answer into one record, or one line into the history.

    python -m tests.faults.driver save STORE KEY VALUE [--how STORE-KIND] [--padding BYTES]
    python -m tests.faults.driver log STORE VALUE
    python -m tests.faults.driver many STORE WORKER COUNT [--how STORE-KIND]

It says ``saved …`` once that is so, on stdout; whatever else happens is said on stderr, with
the exit code of the error.  ``many`` saves COUNT answers, reading anew after each refusal.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tests.faults.broken import STORES

from sqs_core.errors import HeldError, SqsError
from sqs_core.storage.atomic import ABSENT, StaleError, content_hash, write_durably
from sqs_core.storage.safe_read import END_MARK, MissingFileError, parse_toml, read_bytes

RECORD = "cases/07.toml"


def record_of(answers: dict[str, str], padding: int = 0) -> bytes:
    """A record as small as one can be; ``padding`` adds a note of that many characters."""
    note = "A line of a note, in words. " * (padding // 28 + 1)
    lines = [f'note = "{note[:padding]}"', "[answers]", *(f'"{key}" = "{answers[key]}"' for key in answers)]
    return ("\n".join([*lines, "", END_MARK, ""])).encode()


def _check(data: bytes) -> object:
    return parse_toml(data, RECORD, end_mark=True)


def save(store: Path, key: str, value: str, how: str, padding: int = 0) -> str:
    """Add one answer to the record in ``store``; gives the new hash."""
    path = store / RECORD
    answers: dict[str, str] = {}
    try:
        data = read_bytes(path)
    except MissingFileError:
        expect = ABSENT
    else:
        expect = content_hash(data)
        table = parse_toml(data, RECORD, end_mark=True)
        answers = table["answers"]
        padding = max(padding, len(table["note"]))
    new = record_of({**answers, key: value}, padding)
    if how == "good":
        return write_durably(path, new, expect=expect, check=_check)
    path.parent.mkdir(exist_ok=True)
    STORES[how](path, new, expect)
    return content_hash(new)


def many(store: Path, worker: str, count: int, how: str) -> None:
    """Save ``count`` answers one after the other, each until it is taken; says so for each."""
    for n in range(count):
        key = f"{worker}.{n:03}"
        while True:
            try:
                save(store, key, "yes", how)
            except StaleError as refusal:
                print(f"stale {refusal}", file=sys.stderr)
            except HeldError as refusal:
                print(f"held {refusal}", file=sys.stderr)
            else:
                print(f"saved {key}", flush=True)
                break


def log(store: Path, value: str) -> str:
    """Add one entry to the history of ``store``; gives its hash."""
    from datetime import UTC, datetime

    from sqs_core.storage.audit import history

    time = datetime(2012, 11, 12, 9, 30, tzinfo=UTC)
    return history.append(store, time=time, who="AB", what="answer", case="07", new=value).hash


def _say(saved: str) -> int:
    try:
        print("saved", saved, flush=True)
    except OSError as error:
        print(f"it is saved, but that could not be said: {error.strerror}", file=sys.stderr, flush=True)
        os._exit(1)  # closing stdout again at exit would fail again, with a traceback
    return 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("verb", choices=("save", "log", "many"))
    parser.add_argument("store", type=Path)
    parser.add_argument("words", nargs="+")
    parser.add_argument("--how", default="good", choices=("good", *STORES))
    parser.add_argument("--padding", type=int, default=0)
    given = parser.parse_args(arguments)
    try:
        if given.verb == "many":
            many(given.store, given.words[0], int(given.words[1]), given.how)
        elif given.verb == "log":
            return _say(log(given.store, given.words[0]))
        else:
            return _say(save(given.store, given.words[0], given.words[1], given.how, given.padding))
    except SqsError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except OSError as error:
        # Only the broken stores get here: ours turns every one into a sentence.
        print(f"traceback: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
