"""Work done while the disk is waited for."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from sqs_core.storage import meanwhile as module
from sqs_core.storage.meanwhile import meanwhile


@pytest.fixture(params=[0, 1], ids=["the first time", "again"])
def times(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often this process did so before."""
    before: int = request.param
    monkeypatch.setattr(module, "_times", before)
    return before


def test_both_are_done_and_the_wait_is_in_the_thread_that_asked(times: int) -> None:
    done: dict[str, int] = {}

    def note(name: str) -> None:
        done[name] = threading.get_ident()

    assert meanwhile(lambda: note("work"), lambda: note("wait")) is None
    here = threading.get_ident()
    assert {name: thread == here for name, thread in done.items()} == {"work": times == 0, "wait": True}


def test_what_the_work_raised_is_given(times: int) -> None:
    error = meanwhile(lambda: 1 // 0, lambda: None)
    assert isinstance(error, ZeroDivisionError)


def test_what_the_wait_raised_is_raised_once_the_work_is_over(times: int) -> None:
    at_work = threading.Event()
    over: list[str] = []

    def work() -> None:
        at_work.wait(0.05)
        over.append("work")

    def wait() -> None:
        raise OSError("no disk")

    with pytest.raises(OSError, match="no disk"):
        meanwhile(work, wait)
    assert over == ["work"]


def test_it_is_done_where_no_thread_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(module, "_times", 1)
    monkeypatch.setattr(module, "_thread", refused)
    done: list[str] = []
    assert meanwhile(lambda: done.append("work"), lambda: done.append("wait")) is None
    assert done == ["work", "wait"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
@pytest.mark.skipif(sys.version_info >= (3, 12), reason="forking beside a thread warns")
def test_a_forked_process_has_a_thread_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_times", 1)
    meanwhile(lambda: None, lambda: None)
    child = os.fork()
    if child == 0:
        os._exit(7 if meanwhile(lambda: None, lambda: None) is None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
