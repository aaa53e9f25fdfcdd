"""Saving until it is done or let go: what was typed is never dropped for a failed save.

What cannot be saved is kept in a rescue copy at once, outside the inspection, and told of when the
inspection is next opened: a full disk and then a hang-up loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from sqs_core.cli.plain.line_io import Ended, LineIO, NotKept, Stopped
from sqs_core.errors import HeldError, NotSavedError, SqsError
from sqs_core.storage.fsync import PerhapsSavedError


class StaleTextError(HeldError):
    """A text was changed by somebody else since its writing began."""


def until_saved(
    io: LineIO,
    save: Callable[[], None],
    follow: Callable[[], object],
    rescue: Callable[[], str],
    forget: Callable[[], None],
    entered: str,
    words: str = "",
) -> bool:
    """Call ``save`` until it succeeds, or the person lets it go; whether it was saved.

    Before each further try ``follow`` takes up what is on the disk by then.  ``rescue`` keeps a copy and
    says where, ``forget`` takes it away.  ``entered`` says what was entered without quoting it, ``words``
    are the words themselves.

    Raises:
        NotKept: the conversation ends before it is settled.
    """
    while True:
        try:
            save()
        except (HeldError, NotSavedError) as failure:
            where = rescue()
            copy = f" A copy is in {where}." if where else ""
            io.say(sentence(failure), f"Kept here, not safely on the disk: {entered}.{copy}")
            if not _again(io, follow, entered, words):
                forget()
                sure = not isinstance(failure, PerhapsSavedError)
                io.say("Let go; the record is as it was." if sure else "Left as it is.")
                return False
        else:
            forget()
            return True


def _again(io: LineIO, follow: Callable[[], object], entered: str, words: str) -> bool:
    while True:
        try:
            said = io.ask('"again" tries to save it, "show" reads it to you, "drop" lets it go:').lower()
        except (Ended, Stopped):
            io.say(f"Not saved: {entered}.")
            raise NotKept from None
        if said == "again":
            try:
                follow()
            except SqsError as worse:
                io.say(sentence(worse))
                continue
            return True
        if said == "drop":
            return False
        if said == "show":
            io.say(words or entered)
        else:
            io.say('Nothing else can be done until this is settled: "again", "show" or "drop".')


def sentence(error: SqsError) -> str:
    """Return what an error says, as sentences with a full stop; but for a path, with a capital."""
    sentences = []
    for problem in error.problems:
        words = str(problem)
        if not problem.where:
            words = words[:1].upper() + words[1:]
        sentences.append(words + ("" if words.endswith((".", "…")) else "."))
    return "\n".join(sentences)
