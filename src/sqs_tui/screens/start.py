"""The start screen."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from sqs_core.errors import SqsError
from sqs_core.state import path_typed
from sqs_tui.deeds import Deed
from sqs_tui.memory import recall
from sqs_tui.messages import Loaded, NotLoaded
from sqs_tui.paint.lines import Line
from sqs_tui.pictures.start import STARTS, start_picture
from sqs_tui.screens.frame import Frame

if TYPE_CHECKING:
    from sqs_tui.memory import Recent


@dataclass
class Looked(Message):
    """What was found out about this computer: a mark and a sentence each."""

    lines: tuple[tuple[str, str], ...]


class StartScreen(Frame):
    """Carry on with the inspection last open, make one, open one, or try it."""

    deeds = (
        Deed("start.open-line", "enter", "carry on", "Open what the mark is on", foot=1),
        Deed("start.new", "n", "new", "A new inspection: service, days, cases, criteria", foot=2),
        Deed("start.open", "o", "open", "Open an inspection folder by its path", foot=3),
        Deed("start.try", "t", "try", "Five minutes with made-up cases; nothing is kept", foot=4),
        Deed("start.details", "d", "details", "What this computer can do, and what would mend it", foot=5),
    )
    help_text = (
        "Enter opens what the mark is on: the inspection last open comes first, and opens at the "
        "sentence you left.  An inspection is a folder of plain text files, one for each case."
    )

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self._computer: tuple[tuple[str, str], ...] = ()
        self._moved = False

    def where(self) -> str:
        """The product and its version."""
        from sqs_core import __version__

        return f"SQS {__version__}"

    def far(self) -> str:
        """Nothing leaves this computer."""
        return "offline"

    @property
    def recent(self) -> tuple[Recent, ...]:
        """The inspections last open."""
        return self.sqs.memory.recent[:5]

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """Carry on, start, this computer."""
        total = len(self.recent) + len(STARTS)
        if not self.recent and not self._moved:
            self.cursor = total - 1  # the first time: one obvious key
        elif not self._moved:
            self.cursor = 0
        self.cursor = min(self.cursor, total - 1)
        return start_picture(self.recent, self.cursor, self._computer, width, height)

    def on_mount(self) -> None:
        """Draw, then look around off the UI thread."""
        self.call_after_refresh(self._look)

    def _look(self) -> None:
        state = self.sqs.state

        def work() -> None:
            self.post_message(Looked(look_around(state)))

        self.run_worker(work, thread=True)

    def on_looked(self, message: Looked) -> None:
        """Show what was found out."""
        self._computer = message.lines
        self.draw()

    def footer_deeds(self) -> Sequence[Deed]:
        """Enter carries on where the mark is on an inspection; else it does what the mark is on."""
        deeds = super().footer_deeds()
        if self.cursor < len(self.recent):
            return deeds
        words = STARTS[self.cursor - len(self.recent)][1].lower()
        return [d._replace(words=words) if d.id == "start.open-line" else d for d in deeds]

    def other_key(self, key: str) -> bool:
        """Arrows."""
        if key not in ("down", "j", "up", "k"):
            return False
        total = len(self.recent) + len(STARTS)
        self.cursor = (self.cursor + (1 if key in ("down", "j") else -1)) % total
        self._moved = True
        self.draw()
        return True

    def pointed(self, row: int) -> None:
        """A click opens."""
        self.cursor, self._moved = row, True
        self.do_open_line()

    def do_open_line(self) -> None:
        """What the mark is on."""
        if self.cursor < len(self.recent):
            self.open_path(self.recent[self.cursor].path)
        else:
            (self.do_new, self.do_open, self.do_try)[self.cursor - len(self.recent)]()

    def do_new(self) -> None:
        """A new inspection."""
        from sqs_tui.screens.new import NewScreen

        self.sqs.push_screen(NewScreen())

    def do_open(self) -> None:
        """A folder by its path."""
        self.ask("Folder of the inspection:", "", lambda words: self.open_path(words.strip()))

    def do_try(self) -> None:
        """Practice."""
        target = self.sqs.state / "practice"

        def work() -> None:
            from sqs_core.storage.practice import open_practice
            from sqs_tui.snapshot import read_folder

            try:
                self.sqs.post_message(Loaded(read_folder(open_practice(target).path)))
            except SqsError as error:
                self.sqs.post_message(NotLoaded(error))

        self.run_worker(work, thread=True)
        self.sqs.carry_on = True
        self.sqs.say("laying out the practice cases …")

    def open_path(self, path: str) -> None:
        """Open the inspection at ``path`` where one left it."""
        if path:
            folder = path_typed(path)
            self.sqs.carry_on = True
            self.sqs.say("opening …")
            self.sqs.read(str(folder))

    def do_details(self) -> None:
        """What this computer can do, in full."""
        from sqs_tui.screens.details import DetailsScreen

        self.sqs.push_screen(DetailsScreen(self._computer))

    def do_back(self) -> None:
        """There is nothing further out; back to the inspection if one is open."""
        if self.sqs.desk is not None:
            from sqs_tui.screens.overview import OverviewScreen

            if any(isinstance(screen, OverviewScreen) for screen in self.sqs.screen_stack):
                self.sqs.pop_screen()
            else:
                self.sqs.push_screen(OverviewScreen())
        else:
            self.sqs.say("this is the outermost screen; q leaves")


def look_around(state: Path) -> tuple[tuple[str, str], ...]:
    """Whether this computer can save and render, and what the inspection last open needs, in words."""
    from sqs_core.storage.diagnostics import formats, needed, saving
    from sqs_core.storage.folder import open_inspection

    needs: tuple[str, ...] = ()
    last = recall(state).recent[:1]
    with suppress(SqsError):  # an inspection that cannot be opened says so when it is
        needs = open_inspection(last[0].path).inspection.needs if last else ()
    marks = {"ok": "✓", "!": "!", "x": "!"}
    return tuple((marks[found.mark], found.what) for found in (*saving(state), *formats(), *needed(needs)))


def throw_practice_away(state: Path) -> None:
    """Nothing of the practice is kept."""
    from sqs_core.storage.practice import throw_practice_away as throw

    throw(state / "practice")
