"""What row 1 has to tell of saving: that it was done, that it takes a while, or why it was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqs_core.state import at_home
from sqs_tui.ending import Ending
from sqs_tui.pictures.edges import News
from sqs_tui.saver import Key

if TYPE_CHECKING:
    from sqs_tui.messages import NotSaved, Saved, Told

MEMORY: Key = ("", "memory", "")
CHANGED = "it was changed"
PAINT_FIRST = 0.03
"""Seconds that a save waits: encoding a record takes the interpreter from the thread that paints."""


class Telling(Ending, inherit_bindings=False):
    """An application that says in row 1 how its saving goes."""

    def __init__(self) -> None:
        super().__init__()
        self.saver.hashes[MEMORY] = ""
        self._saved_at = ""
        self._slow = False

    def look_for_seals(self) -> None:
        """A save was refused: the case may be shut."""
        raise NotImplementedError

    def on_saved(self, message: Saved) -> None:
        """A record is on the disk."""
        if message.key == MEMORY:
            return
        self._saved_at = f"{message.at:%H:%M:%S}"
        self._slow = self._slow and self.saver.writing
        self.draw_headers()

    def on_not_saved(self, message: NotSaved) -> None:
        """A record is not on the disk: it is said in row 1 until it is."""
        if message.key == MEMORY:
            return
        self.note_down(f"not saved: {message.words}")
        self.look_for_seals()
        self.draw_headers()

    def on_told(self, message: Told) -> None:
        """Say what was done beside saving."""
        self.say(message.words, warning=True)

    def news(self) -> News:
        """What row 1 has to tell."""
        failures = {k: w for k, w in self.saver.failures.items() if k != MEMORY}
        failure = ""
        if failures:
            key, words = next(iter(failures.items()))
            failure = _failure(key, words, self.saver.copy_of(key))
        saved = f"✓ saved {self._saved_at}" if self._saved_at else ""
        return News(failure, self.message, self.warning, saved, self._slow and not failure)

    def save_started(self) -> None:
        """A record is to be saved: after it was painted.  Row 1 says so only where that takes a while."""
        self.set_timer(PAINT_FIRST, self.saver.wake)
        self.set_timer(0.2, self._still_saving)

    def _still_saving(self) -> None:
        if self.saver.writing:
            self._slow = True
            self.draw_headers()
            self.set_timer(0.2, self._still_saving)
        elif self._slow:
            self._slow = False
            self.draw_headers()

    def do_save(self) -> None:
        """Write now, and say so."""
        self.commit()
        if not self.saver.flush(2.0):
            self.say("not everything is saved yet; row 1 says when it is")
        else:
            self.say(f"already saved at {self._saved_at}" if self._saved_at else "everything is saved")


def _failure(key: Key, words: str, copy: str) -> str:
    what = words.removeprefix("not saved: ").removeprefix("not saved, for ").partition(";")[0]
    kept = f"kept in memory and in {at_home(copy)}" if copy else "kept in memory"
    if what.startswith(CHANGED):
        kept = f"^P “from disk” takes theirs; yours is {kept}"
    _, kind, name = key
    record = {"letter": "the letter", "second": f"second marking {name}"}.get(kind, f"{kind} {name}")
    return f"{record}{what[2:]} - {kept}" if what.startswith("it ") else f"{what} - {kept}"
