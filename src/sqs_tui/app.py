"""The application: it opens inspections, holds the desk, and sees to it that nothing is lost."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqs_core.storage.external_editor import put_away
from sqs_tui.memory import Memory, Place, Recent, recall, remember
from sqs_tui.opening import Opening
from sqs_tui.reader import show_cursor
from sqs_tui.saver import Job
from sqs_tui.screens.frame import Frame
from sqs_tui.settings import Settings, config_file, read_settings
from sqs_tui.telling import MEMORY, PAINT_FIRST
from sqs_tui.themes import our_themes
from sqs_tui.widgets.painted import Painted

if TYPE_CHECKING:
    from sqs_core.storage.external_editor import TextOf
    from sqs_tui.desk import Desk
    from sqs_tui.messages import ChangedElsewhere, Counted, Recovered
    from sqs_tui.outside import Text

LOOK_SECONDS = 2.0
"""Seconds between two looks at which cases are shut, and at what others changed."""


class SqsApp(Opening, inherit_bindings=False):
    """The screens on one inspection after another."""

    TITLE = "sqs"
    CSS_PATH = "styles.tcss"
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "#body"
    ESCAPE_TO_MINIMIZE = False

    def __init__(
        self,
        folder: str | None = None,
        case: str | None = None,
        *,
        ascii_marks: bool = False,
        second: bool = False,
    ) -> None:
        self.settings = read_settings(config_file())
        super().__init__(folder, case, second=second)
        self._counting = False
        self.first_frame_is_out = False
        self.edited_outside: dict[Text, TextOf] = {}
        Painted.ascii_marks = ascii_marks or self.settings.ascii
        for theme in our_themes():
            self.register_theme(theme)
        # Nothing is drawn yet: set in the plain way, every style would be worked out twice.
        self.set_reactive(SqsApp.theme, f"sqs-{self.settings.theme}")
        self.stylesheet.set_variables(self.get_css_variables())

    # ------------------------------------------------------------ coming and going

    def get_default_screen(self) -> Frame:
        """The first screen is the first thing drawn; nothing is mounted under it."""
        folder, case = self.asked_for
        if folder is None:
            from sqs_tui.screens.start import StartScreen

            return StartScreen()
        from sqs_tui.screens.overview import OverviewScreen

        return OverviewScreen(open_case=case)

    def on_mount(self) -> None:
        """Listen, and read once the first frame is out: it does not wait for a record."""
        self.hear_signals()
        if self.settings.reader_cursor:
            show_cursor(self, True)
        folder, _ = self.asked_for
        if folder is not None:
            self.call_after_refresh(self.read, folder)
        self.call_after_refresh(self._recall)
        self.set_interval(LOOK_SECONDS, self.look_for_seals)
        self.set_interval(LOOK_SECONDS, self.look_elsewhere)
        for words in self.settings.problems:
            self.say(words, warning=True)

    def _recall(self) -> None:
        self.memory = recall(self.state)
        self.redraw()

    def land(self) -> None:
        """Land where one was; in a practice that begins, on the facts of its first case."""
        from sqs_tui.screens.case import open_case
        from sqs_tui.screens.facts import FactsScreen

        desk = self.desk
        assert desk is not None
        known = self.memory.of(desk.path)
        if known is not None and known.place.case in desk.cases:
            open_case(self, known.place.case)
        elif desk.practice:
            self.push_screen(FactsScreen(desk.cases[0]))

    def do_quit(self) -> None:
        """Leave; what was typed last is on the disk first."""
        self.leave(0)

    def leave(self, code: int) -> None:
        """Save what is pending and end with ``code``."""
        from sqs_tui.screens.start import throw_practice_away

        self.commit()
        over = self.desk if self.desk is not None and self.desk.practice and code == 0 else None
        if over is None:
            self.note_place(None)
        else:
            self._keep_in_mind(self.memory.forgetting(str(over.folder.path.resolve())))
        whole = self.saver.flush(5.0)
        for text in self.edited_outside.values():
            put_away(text)
        words = None
        if over is not None:
            throw_practice_away(self.state)
            words = "Practice thrown away.  'sqs', then n, starts a real inspection."
        if not whole and self.saver.failures:
            words = f"sqs: not everything could be saved; {self.where_copies_are()}"
            code = code or 5
        self.end_with(code, words)

    def note_place(self, place: Place | None) -> None:
        """Remember where one is, so that opening again lands there; None: only how far the cases are."""
        desk = self.desk
        if desk is None or desk.second:  # where one was is remembered of the first marking only
            return
        known = self.memory.of(desk.path)
        if known is not None and place == known.place:
            return
        at = place or (known.place if known else Place())
        asked = desk.criteria.question(at.question) if desk.criteria.has_question(at.question) else None
        when = f"{datetime.now():%Y-%m-%d %H:%M}"
        # How far everything is costs a look at every case: not on each move from question to question.
        seen = _seen(desk) if known is None or place is None else known
        seen = seen._replace(place=at, next=str(asked.short) if asked else "", when=when)
        if known is not None and seen == known._replace(when=when):
            return
        self._keep_in_mind(self.memory.seeing(seen))
        self.set_timer(PAINT_FIRST, self.saver.wake)

    def _keep_in_mind(self, memory: Memory) -> None:
        state, self.memory = self.state, memory
        self.saver.put(MEMORY, Job(lambda _: remember(state, memory), lambda _: ""), wake=False)

    # ------------------------------------------------------------ figures

    def count(self) -> None:
        """Count the figures anew off the UI thread, if any record changed; they arrive as a message."""
        desk = self.desk
        if desk is None or self._counting or desk.counted == desk.version:
            return
        from sqs_tui.messages import Counted

        self._counting = True
        version = desk.version
        self.run_worker(lambda: self.post_message(Counted(desk.count(), version)), thread=True, group="count")

    def on_counted(self, message: Counted) -> None:
        """Show figures; count again where a record changed meanwhile."""
        self._counting = False
        desk = self.desk
        if desk is not None:
            if message.version >= desk.shut_at:  # figures of a case that was shut since are not shown
                desk.findings, desk.counted = message.findings, message.version
            self.redraw()
            self.count()

    def look_for_seals(self) -> None:
        """Put away the cases that are being marked a second time now, wherever they are shown."""
        from sqs_tui.seals import look

        look(self)

    def look_elsewhere(self) -> None:
        """Look for records that somebody else changed."""
        from sqs_tui.elsewhere import look

        look(self)

    def on_changed_elsewhere(self, message: ChangedElsewhere) -> None:
        """Show records as somebody else saved them."""
        from sqs_tui.elsewhere import take

        take(self, message)

    def on_recovered(self, message: Recovered) -> None:
        """What was done to a case before this run can be undone too."""
        from sqs_tui.pasts import take

        if self.desk is not None and message.path == self.desk.path:
            take(self.desk, message.session)

    def copy_to_clipboard(self, text: str) -> None:
        """Keep ``text`` for pasting within the program; nothing goes to the terminal unless asked for."""
        self._clipboard = text

    def clipboard_out(self, text: str) -> None:
        """Send ``text`` to the terminal's clipboard, because the person asked for it."""
        super().copy_to_clipboard(text)
        self.say(f"{len(text)} characters sent to the terminal's clipboard")

    def choose(self, settings: Settings) -> None:
        """Use other settings from now on, and write them down."""
        from sqs_tui.settings import write_settings

        show_cursor(self, settings.reader_cursor)
        self.settings = settings
        Painted.ascii_marks = settings.ascii
        self.theme = f"sqs-{settings.theme}"
        self.screen.refresh()
        write_settings(config_file(), settings)


def _seen(desk: Desk) -> Recent:
    """How far everything on ``desk`` is."""
    from sqs_tui.pictures.words import days

    return Recent(
        path=desk.path,
        service="Practice inspection" if desk.practice else desk.inspection.service,
        dates="made-up cases" if desk.practice else days(desk.inspection),
        done=desk.complete(),
        total=len(desk.cases),
        later=len(desk.later()),
    )


def run(folder: str | None, case: str | None = None, *, second: bool = False) -> int:
    """Open the screens on ``folder`` (None: this folder if it is an inspection, else the start screen)."""
    from sqs_tui.terminal import refusal

    words, ascii_marks = refusal()
    if words:
        sys.stderr.write(f"sqs: {words}\n")
        return 2
    if folder is None and (second or Path("inspection.toml").exists()):
        folder = "."
    app = SqsApp(folder, case, ascii_marks=ascii_marks, second=second)
    app.run(mouse="SQS_NO_MOUSE" not in os.environ)
    return app.return_code or 0
