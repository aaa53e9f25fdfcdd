"""Writing longer words: lines ended by a full stop on its own, or an editor."""

from __future__ import annotations

import os
from typing import NamedTuple

from sqs_core.cli.plain.ends import Ended, Stopped
from sqs_core.cli.plain.line_io import LineIO
from sqs_core.cli.plain.saving import sentence
from sqs_core.errors import SqsError
from sqs_core.storage.external_editor import Edited, TextOf, edited
from sqs_core.text import counted
from sqs_core.workflow.answering import added
from sqs_core.workflow.commands import word_called
from sqs_core.workflow.navigation import View


class Written(NamedTuple):
    """What was typed: ``text``, whether it replaces what was there, and how it was broken off."""

    text: str
    replaces: bool = False
    broken_off: BaseException | None = None

    @property
    def changes(self) -> bool:
        """Whether anything was written, or taken away."""
        return bool(self.text) or self.replaces


def written(io: LineIO, before: str, which: TextOf, room: View) -> Written:
    """Return the lines up to one that holds a full stop only, or what the editor gave back.

    ``before`` is what there was of the text ``which``: lines are added to it, the editor begins with it
    and replaces it.  Lines typed before the input ended, or Ctrl-C came, are not lost: ``broken_off``
    says so, and is to be raised once they are saved.
    """
    lines: list[str] = []
    while True:
        try:
            line = io.line(">")
        except (Ended, Stopped, OSError) as end:
            return Written(joined(lines), broken_off=end)
        word = line.strip().lower()
        if word == ".":
            return Written(joined(lines))
        if word == "clear" and not lines and before:
            return Written("", replaces=True)
        if word == "edit":
            found_there = from_editor(io, which, added(before, joined(lines)))
            if found_there is not None:
                # What was left behind knows nothing of the lines typed now.
                more = joined(lines) if found_there.resumed else ""
                return Written(added(found_there.text, more), replaces=True)
            io.say("Go on in lines; a full stop on its own ends them.")
            continue
        found = word_called(line, room)
        if found and word == found[0].word:
            io.say(
                f'That was taken as text. A full stop on its own ends it; after that "{line.strip()}" works.'
            )
        lines.append(line.rstrip())


def joined(lines: list[str]) -> str:
    """Return the lines as one text, without empty ones at its ends."""
    return "\n".join(lines).strip("\n")


def from_editor(io: LineIO, which: TextOf, text: str) -> Edited | None:
    """Return ``text`` as changed in the person's editor; None where that did not work (which is said)."""
    try:
        found = edited(which, text, os.environ)
    except SqsError as error:
        io.say(sentence(error))
        return None
    finally:
        io.stopping.number = 0  # a Ctrl-C in the editor was meant for the editor
    if found.resumed:
        io.say("What an editor had left here when the program ended was opened.")
    if found.dropped:
        io.say(f"{counted(found.dropped, 'character')} left out that no record may hold.")
    return found
