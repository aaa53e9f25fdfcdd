"""What can go wrong, as values and as exceptions.

A mistake in *data* (a record, a criteria file, an edited letter) is a :class:`Problem`:
a value, collected with all its neighbours.  A request that cannot be carried out is a
:class:`SqsError`, which carries the problems and the exit code of the command line.
This module imports nothing of ours: every other room may import it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

Locator = Callable[[Sequence[str | int]], str]
"""Turns the path of keys to a value of a file into where it stands: "cases/07.toml:12"."""


class Problem(NamedTuple):
    """One thing wrong, in words a person can act on.

    ``where`` is a place such as ``cases/07.toml:12``; ``what`` says what is wrong there;
    ``remedy`` says what would work.  ``code`` is stable and can be searched for;
    ``advice`` marks what deserves a look but stops nothing.

    >>> print(Problem("cases/07.toml:12", "unknown question 'roh.plam'", "did you mean 'roh.plan'?", "R010"))
    cases/07.toml:12: R010 unknown question 'roh.plam'; did you mean 'roh.plan'?
    """

    where: str
    what: str
    remedy: str = ""
    code: str = ""
    advice: bool = False

    def __str__(self) -> str:
        head = f"{self.where}: " if self.where else ""
        code = f"{self.code} " if self.code else ""
        tail = f"; {self.remedy}" if self.remedy else ""
        return f"{head}{code}{self.what}{tail}"


class SqsError(Exception):
    """A request that could not be carried out; ``str()`` is the sentence for the user.

    >>> try:
    ...     open_inspection("nowhere")
    ... except SqsError as error:
    ...     print(error.exit_code, error)
    2 no inspection in nowhere; 'sqs new nowhere …' makes one, 'sqs demo' an example
    """

    exit_code = 1

    def __init__(self, *problems: Problem | str) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            p if isinstance(p, Problem) else Problem("", p) for p in problems
        )
        super().__init__("\n".join(str(p) for p in self.problems))


class UsageError(SqsError):
    """The request names something that does not exist or cannot be asked for.

    >>> load_criteria("sqs-2021")
    Traceback (most recent call last):
    sqs_core.errors.UsageError: no criteria version named 'sqs-2021'; did you mean 'sqs-2012'? known: ...
    """

    exit_code = 2


class RecordError(SqsError):
    """A record or criteria file cannot be read, or was written by a newer version.

    >>> read_criteria(b"id = ", "mine.toml")
    Traceback (most recent call last):
    sqs_core.errors.RecordError: mine.toml: R008 the text ends in the middle of a value; mend ...
    """

    exit_code = 3


class PluginError(SqsError):
    """A plugin is missing, refused or failed; the sentence names its distribution.

    >>> PluginError("the plugin 'x' of sqs-x 1.2 failed").exit_code
    4
    """

    exit_code = 4


class HeldError(SqsError):
    """Someone else holds or has changed the record since it was read.

    >>> folder = open_inspection("darlington-2012")
    >>> changed = folder.case("07").record.noting("custody", False)
    >>> try:
    ...     folder.save_case(changed, expect="the hash of an earlier version")
    ... except HeldError as error:
    ...     print(error)
    darlington-2012...07.toml: R021 not saved: it was changed outside this program since it was read, ...
    """

    exit_code = 5


class NotSavedError(SqsError):
    """The record could not be written; the version on disk is whole and unchanged.

    >>> NotSavedError("the disk is full").exit_code
    5
    """

    exit_code = 5


def did_you_mean(word: str, known: Iterable[str], *, most: int = 12) -> str:
    """Return the remedy for an unknown name: the nearest known one, and what is known.

    >>> did_you_mean("roh.plam", ["roh.plan", "lor.plan"])
    "did you mean 'roh.plan'? known: roh.plan, lor.plan"
    """
    names = list(known)
    # A name begun and not ended is further off than a misspelt one, and as surely meant.
    begun = [name for name in names if name.startswith(word)] if len(word) > 2 else []
    close = [name for name in names if name.lower() == word.lower()]
    close = close or get_close_matches(word, names, n=1, cutoff=0.6) or (begun if len(begun) == 1 else [])
    listed = ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
    if not names:
        return "none are known here"
    return (f"did you mean '{close[0]}'? " if close else "") + f"known: {listed}"
