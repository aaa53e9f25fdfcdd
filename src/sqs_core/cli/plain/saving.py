"""Saving until it is done or let go: what was typed is never dropped for a failed save."""

from __future__ import annotations

from collections.abc import Callable

from sqs_core.cli.plain.ends import Ended, NotKept, Stopped
from sqs_core.cli.plain.talk import Talk
from sqs_core.errors import HeldError, NotSavedError, SqsError
from sqs_core.storage.atomic import PerhapsSavedError


def until_saved(
    talk: Talk, save: Callable[[], None], follow: Callable[[], None], what: str, words: str = ""
) -> bool:
    """Call ``save`` until it succeeds, or the person lets it go; whether it was saved.

    Before each further try ``follow`` takes up what is on the disk by then.  ``what`` says what
    was entered without quoting it, ``words`` are the words themselves.  NotKept where the
    conversation ends before it is settled.
    """
    while True:
        try:
            save()
            return True
        except (HeldError, NotSavedError) as failure:
            talk.say(sentence(failure), f"Kept here, not safely on the disk: {what}.")
            if not _again(talk, follow, what, words):
                sure = not isinstance(failure, PerhapsSavedError)
                talk.say("Let go; the record is as it was." if sure else "Left as it is.")
                return False


def _again(talk: Talk, follow: Callable[[], None], what: str, words: str) -> bool:
    while True:
        try:
            said = talk.ask('"again" tries to save it, "show" reads it to you, "drop" lets it go:').lower()
        except (Ended, Stopped):
            talk.say(f"Not saved: {what}.")
            raise NotKept from None
        if said == "again":
            try:
                follow()
            except SqsError as worse:
                talk.say(sentence(worse))
                continue
            return True
        if said == "drop":
            return False
        if said == "show":
            talk.say(words or what)
        else:
            talk.say('Nothing else can be done until this is settled: "again", "show" or "drop".')


def sentence(error: SqsError) -> str:
    """What an error says, as sentences with a capital and a full stop."""
    told = []
    for problem in error.problems:
        words = str(problem)
        told.append(words[:1].upper() + words[1:] + ("" if words.endswith((".", "…")) else "."))
    return "\n".join(told)
