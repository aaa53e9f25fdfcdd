"""What holds on every screen: words to the person in row 1, and the deeds that are the same everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from sqs_core.errors import SqsError
from sqs_tui.keyboard import Keyboard
from sqs_tui.screens.frame import Frame

if TYPE_CHECKING:
    from sqs_tui.app import SqsApp

MESSAGE_SECONDS = 4.0


class Everywhere(Keyboard, inherit_bindings=False):
    """An application that speaks in row 1 and knows the deeds of every screen."""

    def __init__(self) -> None:
        super().__init__()
        self.words_said: list[tuple[str, str]] = []
        self.message, self.warning, self._number = "", False, 0
        self._said_on: object = None

    def say(self, words: str, *, warning: bool = False) -> None:
        """Say something in row 1: for four seconds, or until the next key where it is a warning."""
        self.message, self.warning, self._said_on = words, warning, self.screen
        self._number += 1
        self.note_down(words)
        if not warning:
            number = self._number
            self.set_timer(MESSAGE_SECONDS, lambda: self._unsay(number))
        self.draw_headers()

    def warn(self, error: SqsError) -> None:
        """Say what was refused, until the next key."""
        self.say("; ".join(part for p in error.problems for part in (p.what, p.remedy) if part), warning=True)

    def hush(self) -> None:
        """A key was pressed: a warning has been read."""
        if self.warning:
            self._unsay(self._number)

    def moved(self, screen: object) -> None:
        """Another screen is in view: what was said on the one before no longer belongs here."""
        if self.message and not self.warning and self._said_on is not screen:
            self._unsay(self._number)

    def unsay(self) -> None:
        """What was said is over."""
        self._unsay(self._number)

    def _unsay(self, number: int) -> None:
        if number == self._number:
            self.message, self.warning = "", False
            self.draw_headers()

    def note_down(self, words: str) -> None:
        """Keep ``words`` in the log of messages."""
        self.words_said.append((f"{datetime.now():%H:%M:%S}", words))

    def redraw(self) -> None:
        """Draw the screen in view."""
        if isinstance(self.screen, Frame):
            self.screen.draw()

    def draw_headers(self) -> None:
        """Draw row 1 of the screen in view; a save that ends after the last screen is gone tells nobody."""
        if self.screen_stack and isinstance(self.screen, Frame):
            self.screen.draw_header()

    # ------------------------------------------------------------ deeds that are the same everywhere

    def do_help(self) -> None:
        """Help on this screen."""
        from sqs_tui.screens.help import HelpScreen

        if isinstance(self.screen, Frame) and not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def do_commands(self) -> None:
        """Everything that can be done."""
        self._open_finder("commands")

    def do_go(self) -> None:
        """Go to a question, a case, a flag or a view."""
        self._open_finder("go")

    def do_search(self) -> None:
        """Find words in every note."""
        self._open_finder("search")

    def _open_finder(self, kind: str) -> None:
        from sqs_tui.screens.finder import FinderScreen

        screen: Screen[object] = self.screen
        if isinstance(screen, Frame) and not isinstance(screen, FinderScreen):
            screen.commit()
            self.push_screen(FinderScreen(screen, kind))

    def do_jump(self) -> None:
        """A letter on every field."""
        from sqs_tui.screens.jump import JumpScreen, can_jump

        screen: Screen[object] = self.screen
        if not isinstance(screen, Frame) or isinstance(screen, JumpScreen):
            return
        if not can_jump(screen):
            self.say("there is nothing to jump to here")
            return
        if screen.asking:
            screen.close_prompt()
        self.push_screen(JumpScreen(screen))

    def do_messages(self) -> None:
        """What was said in row 1."""
        from sqs_tui.screens.help import MessagesScreen

        self.push_screen(MessagesScreen())

    def do_settings(self) -> None:
        """Theme and the rest."""
        from sqs_tui.screens.settings import SettingsScreen

        self.push_screen(SettingsScreen())

    def do_undo(self) -> None:
        """Nothing to undo outside a case."""
        self.say("undo works inside a case")

    def do_redo(self) -> None:
        """Nothing to redo outside a case."""
        self.say("redo works inside a case")

    def do_shared(self) -> None:
        """The shared view is of a question."""
        self.say("the shared view is of a question: open a case first")

    def do_copy(self) -> None:
        """Nothing to copy here."""
        self.say("copy works on a note: open a question first")

    def do_editor(self) -> None:
        """No text is being written here."""
        self.say("F4 works in a text that is being written: e writes the evidence of a question")

    def do_moderate(self) -> None:
        """Where two markings differ: of the case in view, else of all seen twice."""
        from sqs_tui.screens.moderation import open_moderation

        open_moderation(cast("SqsApp", self))

    def do_override(self) -> None:
        """Let another outcome count for the question in view."""
        from sqs_tui.screens.override import open_override

        open_override(cast("SqsApp", self))

    def do_merge(self) -> None:
        """Merge another inspector's folder into this one."""
        from sqs_tui.screens.merge import open_merge

        open_merge(cast("SqsApp", self))

    def do_again(self) -> None:
        """Reading again is of a case."""
        self.say("open the case whose save was refused first")
