"""Work that is done while the disk is waited for, which keeps nothing busy.

A command saves once, and to start a thread for that takes as long as it would spare: its work is
done first.  A program that saves again and again, as the screens do, has one thread for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_times = 0
_worker: ThreadPoolExecutor | None = None


def meanwhile(work: Callable[[], object], wait: Callable[[], None]) -> BaseException | None:
    """Do both, and give what ``work`` raised; what ``wait`` raises is raised, once both are over.

    ``wait`` is done in this thread, and not at all where ``work`` was done first and raised.
    """
    global _times
    _times += 1
    if _times > 1:
        try:
            doing = _thread().submit(work)
        except RuntimeError:  # no thread can be had: the system has none left, or Python is ending
            pass
        else:
            try:
                wait()
            finally:
                error = doing.exception()
            return error
    try:
        work()
    except Exception as error:
        return error
    wait()
    return None


def _thread() -> ThreadPoolExecutor:
    global _worker
    if _worker is None:
        from concurrent.futures import ThreadPoolExecutor  # as slow to load as a record to save

        _worker = ThreadPoolExecutor(1, "sqs-reading-back")
    return _worker


def _forget() -> None:
    global _worker
    _worker = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)  # a forked process has no thread but the one that forked
