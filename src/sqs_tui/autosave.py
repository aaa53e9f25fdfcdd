"""Saving as one goes: a thread that saves the latest version of each record, one at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqs_core.errors import SqsError
from sqs_core.storage.rescue import remove_copy

Key = tuple[str, str, str]
"""The folder, the kind and the name of a record: two inspections can both have a case 07."""
RETRY = 1.5
"""Seconds until a save that failed is tried again."""


class SaveJob:
    """How to save one version: ``save`` takes the hash expected on disk and gives the new one.

    ``rescue`` writes a copy elsewhere and gives its path ("" where even that failed); it is given
    the path of the copy of the version before, which is not saved either, to write over.
    """

    def __init__(self, save: Callable[[str], str], rescue: Callable[[str], str]) -> None:
        self.save = save
        self.rescue = rescue
        self.not_before = 0.0
        self.failed = False
        self.rescued = False
        self.forgotten = False


class Autosave:
    """Saves off the UI thread.  ``saved`` and ``failed`` are called from that thread.

    One save is in flight at a time, and of each record only the latest version waits: an
    older one can never land after a newer one.  ``hashes`` are those of the files on disk.
    Of what cannot be saved there is a copy, until it is saved.
    """

    def __init__(
        self, saved: Callable[[Key, datetime], None], failed: Callable[[Key, str, str], None]
    ) -> None:
        self.saved = saved
        self.failed = failed
        self.hashes: dict[Key, str] = {}
        self._waiting: dict[Key, SaveJob] = {}
        self._failures: dict[Key, str] = {}
        self._copies: dict[Key, str] = {}
        self._busy: tuple[Key, SaveJob] | None = None
        self._closing = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def put(self, key: Key, job: SaveJob, *, wake: bool = True) -> None:
        """Save this version of ``key`` as soon as may be; it takes the place of one still waiting.

        Without ``wake`` the caller calls :meth:`wake` a moment later, when it has painted: waking
        a thread can cost the one that does it several milliseconds.
        """
        with self._changed:
            self._waiting[key] = job
            if not wake:
                return
        self.wake()

    def wake(self) -> None:
        """Look now at what is waiting."""
        with self._changed:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="autosave", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    @property
    def failures(self) -> dict[Key, str]:
        """What could not be saved and is being tried again, each with the reason."""
        return self._failures

    @property
    def writing(self) -> bool:
        """Whether anything is not on the disk yet."""
        return self._busy is not None or bool(self._waiting)

    def saving(self, folder: str) -> bool:
        """Return whether a record of ``folder`` is on its way; one that failed waits for its cause to go."""
        with self._changed:
            keys = [key for key, job in self._waiting.items() if not job.failed]
            if self._busy is not None:
                keys.append(self._busy[0])
            return any(key[0] == folder for key in keys)

    def pending(self, key: Key) -> bool:
        """Return whether a version of ``key`` waits to be saved, or could not be."""
        return key in self._waiting or key in self._failures

    def forget(self, key: Key, hash_: str) -> None:
        """Give up saving ``key``; what is on disk has the hash ``hash_``.

        A copy of what was not saved stays for good: nothing that is saved later holds its words.
        """
        with self._changed:
            self._waiting.pop(key, None)
            self._failures.pop(key, None)
            self._copies.pop(key, None)
            if self._busy is not None and self._busy[0] == key:
                self._busy[1].forgotten = True
            self.hashes[key] = hash_

    def copy_of(self, key: Key) -> str:
        """Return the path of the copy of what could not be saved of ``key``; "" where there is none."""
        return self._copies.get(key, "")

    def flush(self, seconds: float) -> bool:
        """Wait until everything is on the disk, at most ``seconds``; return whether it is.

        What failed is tried once more; what fails again is not waited for.
        """
        end = time.monotonic() + seconds
        self.wake()
        with self._changed:
            for job in self._waiting.values():
                job.not_before, job.failed = 0.0, False
            self._changed.notify_all()
            while self._busy or any(not job.failed for job in self._waiting.values()):
                left = end - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
            return not self._waiting

    def close(self) -> None:
        """Let the thread end once it has nothing to do."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()

    def _run(self) -> None:
        while (taken := self._next()) is not None:
            key, job = taken
            try:
                new_hash, words = job.save(self.hashes[key]), ""
            except SqsError as error:
                # Saved, but perhaps not yet on the disk: the next save has to expect the new file.
                new_hash, words = getattr(error, "new_hash", ""), "; ".join(p.what for p in error.problems)
            except Exception as error:  # the one writer must outlive anything; the text stays out of words
                new_hash, words = "", f"not saved: {type(error).__name__} in the program"
            rescue = ""
            if words and not job.rescued:  # each version once, however often it is tried
                job.rescued, rescue = True, _copied(job, self.copy_of(key))
            with self._changed:
                healed = "" if job.forgotten else self._settle(key, job, new_hash, words, rescue)
            if healed:
                remove_copy(Path(healed))
            with self._changed:
                self._busy = None
                self._changed.notify_all()
            if not words:
                self.saved(key, datetime.now())
            elif not job.forgotten:
                self.failed(key, words, rescue)

    def _settle(self, key: Key, job: SaveJob, new_hash: str, words: str, rescue: str) -> str:
        """Note how a save went; gives the copy that is not needed any more, as its words are on the disk."""
        if new_hash:
            self.hashes[key] = new_hash
        if not words:
            self._failures.pop(key, None)
            return self._copies.pop(key, "")
        if rescue:
            self._copies[key] = rescue
        self._failures[key] = words
        job.not_before, job.failed = time.monotonic() + RETRY, True
        self._waiting.setdefault(key, job)
        return ""

    def _next(self) -> tuple[Key, SaveJob] | None:
        with self._changed:
            while True:
                now = time.monotonic()
                for key, job in self._waiting.items():
                    if job.not_before <= now:
                        del self._waiting[key]
                        self._busy = key, job
                        return self._busy
                if self._closing and not self._waiting:
                    self._thread = None  # what comes after all begins another
                    return None
                soonest = min((job.not_before for job in self._waiting.values()), default=None)
                self._changed.wait(None if soonest is None else max(0.01, soonest - now))


def _copied(job: SaveJob, over: str) -> str:
    try:
        return job.rescue(over)
    except Exception:  # what could not be encoded for the record cannot be for the copy
        return ""
