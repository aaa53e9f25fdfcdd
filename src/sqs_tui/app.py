"""The application: it opens inspections, holds the desk, and sees to it that nothing is lost."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual.worker import get_current_worker

from sqs_core.errors import SqsError
from sqs_tui.ending import Ending
from sqs_tui.memory import Memory, Place, Recent, recall, remember, state_folder
from sqs_tui.messages import Counted, Loaded, NotLoaded, NotSaved, Reading, Recovered, Saved
from sqs_tui.pictures.edges import News
from sqs_tui.reader import show_cursor
from sqs_tui.saver import Job, Key
from sqs_tui.screens.frame import Frame
from sqs_tui.settings import Settings, config_file, read_settings
from sqs_tui.themes import our_themes
from sqs_tui.widgets.painted import Painted

if TYPE_CHECKING:
    from sqs_tui.desk import Desk
    from sqs_tui.snapshot import Snapshot

MEMORY: Key = ("", "memory", "")
MESSAGE_SECONDS = 4.0
SEALS_SECONDS = 2.0
"""Seconds between two looks at which cases are shut."""
PAINT_FIRST = 0.03
"""Seconds that a save waits: encoding a record takes the interpreter from the thread that paints."""


class SqsApp(Ending, inherit_bindings=False):
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
        super().__init__()
        self.desk: Desk | None = None
        self.saver.hashes[MEMORY] = ""
        self.state = state_folder()
        self.memory = Memory()
        self.asked_for = (folder, case)
        self.second = second
        self._saved_at = ""
        self._rescues: dict[Key, str] = {}
        self._counting = self._slow = False
        self.carry_on = False
        self.reading = ""
        self.first_frame_is_out = False
        Painted.ascii_marks = ascii_marks or self.settings.ascii
        for theme in our_themes():
            self.register_theme(theme)
        self.theme = f"sqs-{self.settings.theme}"

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
        self.set_interval(SEALS_SECONDS, self.look_for_seals)
        for words in self.settings.problems:
            self.say(words, warning=True)

    def _recall(self) -> None:
        self.memory = recall(self.state)
        self.redraw()

    def read(self, folder: str) -> None:
        """Read an inspection folder off the UI thread; it arrives as a message."""

        second = self.second and folder == self.asked_for[0]

        def work() -> None:
            from sqs_tui.snapshot import read_folder

            worker = get_current_worker()

            def told(done: int, total: int) -> None:
                if worker.is_cancelled:  # the program is being left: do not make it wait
                    raise SqsError("reading was given up")
                self.post_message(Reading(done, total))

            try:
                self.post_message(Loaded(read_folder(folder, told, second=second)))
            except SqsError as error:
                self.post_message(NotLoaded(error))

        self.run_worker(work, thread=True, exclusive=True, group="read")

    def on_reading(self, message: Reading) -> None:
        """Say how far it is; q leaves without waiting for the rest."""
        self.reading = f"{message.done} of {message.total}"
        self.redraw()

    def on_loaded(self, message: Loaded) -> None:
        """Put an inspection on the desk."""
        from sqs_tui.screens.overview import OverviewScreen

        self.put_on_desk(message.snapshot)
        self.unsay()
        assert self.desk is not None
        for problem in self.desk.problems:
            self.say(str(problem), warning=True)
        overview = next((s for s in self.screen_stack if isinstance(s, OverviewScreen)), None)
        if overview is None:
            overview = OverviewScreen()
            self.push_screen(overview)
        elif self.screen is not overview:
            self.pop_screen()  # the start screen, come to from the grid
        overview.arrived()
        if self.carry_on:
            self.carry_on = False
            self._carry_on()

    def _carry_on(self) -> None:
        """Land where one was; in a practice that begins, on the facts of its first case."""
        from sqs_tui.screens.case import open_case
        from sqs_tui.screens.facts import FactsScreen

        desk = self.desk
        assert desk is not None
        known = self.memory.of(str(desk.folder.path.resolve()))
        if known is not None and known.place.case in desk.cases:
            open_case(self, known.place.case)
        elif desk.practice:
            self.push_screen(FactsScreen(desk.cases[0]))

    def put_on_desk(self, snapshot: Snapshot) -> None:
        """Work on the inspection of ``snapshot`` from now on."""
        from sqs_tui.desk import Desk

        self.desk = Desk.opened(snapshot, self.saver, self.state / "rescue")
        self.desk.started = self.save_started
        self.desk.practice = snapshot.folder.path.resolve() == (self.state / "practice").resolve()

    def on_not_loaded(self, message: NotLoaded) -> None:
        """Say why there is no inspection: on the start screen, or to the shell one came from."""
        if self.asked_for[0] is None:
            self.warn(message.error)
        else:
            self.exit(return_code=message.error.exit_code, message=_plain(str(message.error)))

    def do_quit(self) -> None:
        """Leave; what was typed last is on the disk first."""
        self.leave(0)

    def leave(self, code: int) -> None:
        """Save what is pending and end with ``code``."""
        from sqs_tui.screens.start import throw_practice_away

        self.commit()
        self.note_place(None)
        whole = self.saver.flush(5.0)
        words = None
        if self.desk is not None and self.desk.practice and code == 0:
            throw_practice_away(self.state)
            words = "Practice thrown away.  'sqs', then n, starts a real inspection."
        if not whole and self.saver.failures:
            copies = ", ".join(path for path in self._rescues.values() if path)
            words = f"sqs: not everything could be saved; copies are in {copies or 'memory only'}"
            code = code or 5
        self.exit(return_code=code, message=_plain(words) if words else None)

    # ------------------------------------------------------------ saving, told in row 1

    def on_saved(self, message: Saved) -> None:
        """A record is on the disk."""
        self._rescues.pop(message.key, None)
        if message.key != MEMORY:
            self._saved_at = f"{message.at:%H:%M:%S}"
        self._slow = self._slow and self.saver.writing
        self.draw_headers()

    def on_not_saved(self, message: NotSaved) -> None:
        """A record is not on the disk: it is said in row 1 until it is."""
        if message.key == MEMORY:
            return
        if message.rescue:
            self._rescues[message.key] = message.rescue
        self.note_down(f"not saved: {message.words}")
        self.look_for_seals()
        self.draw_headers()

    def news(self) -> News:
        """What row 1 has to tell."""
        failures = {k: w for k, w in self.saver.failures.items() if k != MEMORY}
        failure = ""
        if failures:
            key, words = next(iter(failures.items()))
            copy = self._rescues.get(key)
            kept = f" - kept in memory and in {copy}" if copy else " - kept in memory"
            failure = words.removeprefix("not saved: ").partition(";")[0] + kept
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
        done = self.saver.flush(2.0)
        self.say(f"already saved at {self._saved_at}" if done and self._saved_at else "everything is saved")

    def note_place(self, place: Place | None) -> None:
        """Remember where one is, so that opening again lands there; None: only how far the cases are."""
        desk = self.desk
        if desk is None or desk.second:  # where one was is remembered of the first marking only
            return
        from sqs_tui.pictures.words import days

        path = str(desk.folder.path.resolve())
        # How far everything is costs a look at every case: not on each move from question to question.
        known = self.memory.of(path)
        seen = Recent(
            path=path,
            service="Practice inspection" if desk.practice else desk.inspection.service,
            dates="made-up cases" if desk.practice else days(desk.inspection),
            done=desk.complete() if known is None or place is None else known.done,
            total=len(desk.cases),
            later=len(desk.later()) if known is None or place is None else known.later,
            when=f"{datetime.now():%Y-%m-%d %H:%M}",
            place=place or (known.place if known else Place()),
        )
        if known is not None and seen == known._replace(when=seen.when):
            return
        self.memory = memory = self.memory.seeing(seen)
        state = self.state
        self.saver.put(MEMORY, Job(lambda _: remember(state, memory), lambda: ""), wake=False)
        self.set_timer(PAINT_FIRST, self.saver.wake)

    # ------------------------------------------------------------ figures

    def count(self) -> None:
        """Count the figures anew off the UI thread, if any record changed; they arrive as a message."""
        desk = self.desk
        if desk is None or self._counting or desk.counted == desk.version:
            return
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

    def on_recovered(self, message: Recovered) -> None:
        """What was done to a case before this run can be undone too."""
        from sqs_tui.pasts import take

        if self.desk is not None and message.path == str(self.desk.folder.path.resolve()):
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
        write_settings(config_file(), settings)


def _plain(words: str) -> Text:
    # A Text and not a str: the framework would read a str as markup.
    from sqs_core.text import shown

    return Text(shown(words))


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
