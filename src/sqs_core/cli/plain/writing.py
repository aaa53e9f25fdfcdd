"""Writing longer words: lines ended by a full stop on its own, or an editor."""

from __future__ import annotations

import os
from typing import NamedTuple

from sqs_core.cli.plain.ends import Ended, Stopped
from sqs_core.cli.plain.saving import sentence
from sqs_core.cli.plain.talk import Talk, counted
from sqs_core.cli.plain.words import word_called
from sqs_core.errors import SqsError
from sqs_core.storage.external_editor import Edited, TextOf, edited


class Written(NamedTuple):
    """What was typed: ``text``, whether it replaces what was there, and how it was broken off."""

    text: str
    replaces: bool = False
    broken_off: BaseException | None = None


def written(talk: Talk, before: str, which: TextOf) -> Written:
    """Lines up to one that holds a full stop only, or what the editor gave back.

    ``before`` is what there was of the text ``which``: lines are added to it, the editor begins with it
    and replaces it.  Lines typed before the input ended, or Ctrl-C came, are not lost: ``broken_off``
    says so.
    """
    lines: list[str] = []
    while True:
        try:
            line = talk.line(">")
        except (Ended, Stopped, OSError) as end:
            return Written(joined(lines), broken_off=end)
        if line.strip() == ".":
            return Written(joined(lines))
        if line.strip().lower() == "clear" and not lines and before:
            return Written("", replaces=True)
        if line.strip().lower() == "edit":
            found_there = from_editor(talk, which, added(before, joined(lines)))
            if found_there is not None:
                # What was left behind knows nothing of the lines typed now.
                more = joined(lines) if found_there.resumed else ""
                return Written(added(found_there.text, more), replaces=True)
            talk.say("Go on in lines; a full stop on its own ends them.")
            continue
        found = word_called(line)
        if found and line.strip().lower() == found[0].name:
            talk.say(
                f'That was taken as text. A full stop on its own ends it; after that "{line.strip()}" works.'
            )
        lines.append(line.rstrip())


def joined(lines: list[str]) -> str:
    """The lines as one text, without empty ones at its ends."""
    return "\n".join(lines).strip("\n")


def added(before: str, text: str) -> str:
    """``text`` on a line of its own after what was there ``before``."""
    return f"{before}\n{text}" if before and text else before or text


def from_editor(talk: Talk, which: TextOf, text: str) -> Edited | None:
    """``text`` as changed in the person's editor; None where that did not work (which is said)."""
    try:
        found = edited(which, text, os.environ)
    except SqsError as error:
        talk.say(sentence(error))
        return None
    finally:
        talk.stopping.number = 0  # a Ctrl-C in the editor was meant for the editor
    if found.resumed:
        talk.say("What an editor had left here when the program ended was opened.")
    if found.dropped:
        talk.say(f"{counted(found.dropped, 'character')} left out that no record may hold.")
    return found
