"""Whose hand it is that changes records, and by which clock."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from attrs import frozen

from sqs_core.text import one_line

VARIABLE = "SQS_WHO"


def _quiet(words: str) -> None:
    """Nobody listens."""


@frozen
class Actor:
    """``who`` is told in the history and to others; ``clock`` gives the time, with its zone.

    ``tell`` is called with a sentence about what was done beside saving (comments kept aside).
    """

    who: str
    clock: Callable[[], datetime]
    tell: Callable[[str], None] = _quiet


def current_actor(tell: Callable[[str], None] = _quiet) -> Actor:
    """The person at this machine: the initials in SQS_WHO (``--who``), else the system's user."""
    return Actor(one_line(os.environ.get(VARIABLE, "").strip(), 60) or user(), utc_now, tell)


def utc_now() -> datetime:
    """The time by the system's clock."""
    return datetime.now(UTC)


def user() -> str:
    """The name of the system's user, as far as it can be told."""
    # As getpass.getuser has it, which would load what reading a password takes.
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if name := os.environ.get(variable):
            return one_line(name, 60)
    if sys.platform != "win32":
        import pwd

        with suppress(OSError, KeyError):
            return one_line(pwd.getpwuid(os.getuid()).pw_name, 60)
    return "someone"
