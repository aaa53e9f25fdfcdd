"""Writing longer words: lines ended by a full stop on its own, or an editor."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from sqs_core.cli.plain.line_io import Ended, LineIO, Stopped
from sqs_core.cli.plain.saving import sentence
from sqs_core.errors import SqsError
from sqs_core.letter.live_figures import Filler
from sqs_core.storage.external_editor import Edited, TextOf, edited
from sqs_core.text import counted
from sqs_core.workflow.answering import added
from sqs_core.workflow.commands import word_called
from sqs_core.workflow.figures import FigureOffer, ShownText, figures_offered, shown_text, stored_text
from sqs_core.workflow.navigation import View

MOST_OFFERED = 12
_NUMBERED = re.compile(r"#(\d{1,3})\b")


class Written(NamedTuple):
    """What was typed: ``text``, whether it replaces what was there, and how it was broken off."""

    text: str
    replaces: bool = False
    broken_off: BaseException | None = None

    @property
    def changes(self) -> bool:
        """Whether anything was written, or taken away."""
        return bool(self.text) or self.replaces

    def onto(self, there: str) -> str:
        """Return what the text is now: after what is ``there``, or instead of it."""
        return self.text if self.replaces else added(there, self.text)


class Writing:
    """A text that is written in lines: what is typed is what is stored."""

    help = ""

    def handle(self, io: LineIO, line: str) -> str | None:
        """Return the line as it is stored; None where it was a command, which is then done."""
        return line

    def shown(self, stored: str) -> str:
        """Return a stored text as it is shown."""
        return stored

    def stored(self, shown: str) -> str:
        """Return a text that was shown, and edited, as it is stored."""
        return shown


class LetterWriting(Writing):
    """A text of the letter: live figures are offered by name, put in as #1, and shown by their words.

    ``composed`` is what "begin" begins with: the words the letter has here without its author.
    """

    help = (
        ' "# plan" lists the live figures with "plan" in their names; #1 in a line puts in the first. '
        "Figures are shown in brackets."
    )

    def __init__(self, filler: Filler, composed: str = "") -> None:
        self._filler = filler
        self._composed = composed
        self._offers: list[FigureOffer] = []
        self._was = ShownText("")
        if composed:
            self.help += ' "begin" takes the composed words to begin with.'

    def handle(self, io: LineIO, line: str) -> str | None:
        """Offer figures for "# plan custody"; put in those called #1, #2; "begin" is the composed text."""
        if line.startswith("#") and not _NUMBERED.match(line):
            self._offer(io, line[1:])
            return None
        if line.strip().lower() == "begin" and self._composed:
            io.say(self.shown(self._composed))
            return self._composed
        for place in map(int, _NUMBERED.findall(line)):
            if not 1 <= place <= len(self._offers):
                io.say(f'#{place} is no figure yet, so it stays as typed: "# plan" lists figures.')
        return _NUMBERED.sub(self._reference, line)

    def _offer(self, io: LineIO, words: str) -> None:
        found = figures_offered(self._filler, words, MOST_OFFERED + 1)
        self._offers = list(found[:MOST_OFFERED])
        for place, offer in enumerate(self._offers, 1):
            io.say(f'#{place} {offer.name}: {offer.k} of {offer.n}, "{offer.words}"')
        if not found:
            io.say("No figure is called that; a question has a number such as 2.3, or words of its name.")
        elif len(found) > MOST_OFFERED:
            io.say("And more; say more words of what you want.")

    def _reference(self, match: re.Match[str]) -> str:
        place = int(match[1])
        return self._offers[place - 1].reference if 1 <= place <= len(self._offers) else match[0]

    def shown(self, stored: str) -> str:
        """Return the text with the words of today for its figures, in brackets."""
        self._was = shown_text(self._filler, stored)
        return self._was.text

    def stored(self, shown: str) -> str:
        """Return the text with its figures live again."""
        return stored_text(self._was, shown)


def written(io: LineIO, before: str, which: TextOf, room: View, writing: Writing) -> Written:
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
            io.say("That ends the text as well: to write another, begin it again.")
            return Written("", replaces=True)
        if word == "edit":
            found_there = from_editor(io, which, writing.shown(added(before, joined(lines))))
            if found_there is not None:
                # What was left behind knows nothing of the lines typed now.
                more = joined(lines) if found_there.resumed else ""
                return Written(added(writing.stored(found_there.text), more), replaces=True)
            io.say("Go on in lines; a full stop on its own ends them.")
            continue
        taken = writing.handle(io, line)
        if taken is None:
            continue
        found = word_called(line, room)
        if found and word == found[0].word:
            io.say(
                f'That was taken as text. A full stop on its own ends it; after that "{line.strip()}" works.'
            )
        lines.append(taken.rstrip())


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
