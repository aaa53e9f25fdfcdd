"""The start screen: carry on, make an inspection, open one, or try it."""

from __future__ import annotations

from datetime import date, datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Event
from textual.widgets import OptionList

from sqs_core import __version__
from sqs_core.records.dates import day
from sqs_core.state import path_typed
from sqs_core.text import counted
from sqs_core.workflow.navigation import Location
from sqs_tui.bindings import binding, bindings_of
from sqs_tui.recent import Recent
from sqs_tui.screens.menu import MenuScreen
from sqs_tui.screens.page import PageScreen
from sqs_tui.settings import config_file
from sqs_tui.styles import DIM, GOOD, TITLE, WARN, fitted, shortened, text
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.option_menu import Line, PlaceMenu

STARTS = (
    ("new", "n", "New inspection", "which service, which days, how many cases"),
    ("open", "o", "Open a folder", "records are plain TOML files, one for each case"),
    ("try", "t", "Try it", "5 minutes with made-up cases; nothing is kept"),
)
MOST = 5
"""Inspections that are listed."""


class StartScreen(MenuScreen):
    """Enter opens what the mark is on: the inspection last open comes first."""

    view = "start"
    BINDINGS = [*bindings_of("start", opens="open"), binding("app.quit", "app.quit", show=True)]
    help_text = (
        "Enter opens what the mark is on: the inspection last open comes first, and opens at the sentence "
        "you left.  Esc goes back to the one that is open.  An inspection is a folder of plain text files, "
        "one for each case."
    )

    def __init__(self) -> None:
        super().__init__()
        self.computer: tuple[tuple[str, str], ...] = ()
        """What was found out about this computer: a mark and a sentence each."""
        self._shown: tuple[Recent, ...] | None = None

    def compose_body(self) -> ComposeResult:
        """Yield what this is, the ways to start, this computer."""
        yield LinesView(id="title")
        yield PlaceMenu(id="ways")
        yield LinesView(id="computer")
        yield LinesView(id="promise")

    def where(self) -> str:
        """The product and its version."""
        return f"SQS {__version__}"

    def far(self) -> str:
        """Nothing leaves this computer."""
        return "offline"

    def takes_key(self, event: Event) -> bool:
        """Return whether the inspections last open are listed, so that Enter opens the one it seems to."""
        return self.app.knows_recent

    @property
    def recent(self) -> tuple[Recent, ...]:
        """The inspections last open."""
        return self.app.recent.recent[:MOST]

    def update_view(self) -> None:
        """Show the ways to start."""
        width = min(self.size.width, 98)
        self.show_rows(
            "#title",
            [
                Content.styled("  Short Quality Screening", TITLE),
                Content("  Step through the cases together, then write the letter."),
            ],
        )
        self.menu.border_title = "Carry on"
        self.set_class(len(self.recent) > 2, "-many")  # more than fit into 24 rows with all the rest
        lines = [Line(f"recent-{place}", _carry_on(known, width)) for place, known in enumerate(self.recent)]
        if not self.recent:
            lines.append(
                Line("", Content("   Nothing here yet.  t tries it with made-up cases; n starts one."))
            )
        lines.append(Line("", Content.empty()))
        lines.append(Line("", Content.styled("   Start", TITLE)))
        lines += [
            Line(name, Content.assemble((key, TITLE), f"  {title:<18}") + shortened(words, width - 30, DIM))
            for name, key, title, words in STARTS
        ]
        self.menu.show_lines(lines)
        if self._shown != self.recent:
            self._shown = self.recent
            self.menu.mark("recent-0" if self.recent else "try")  # the first time: one obvious key
        facts = [
            Content.styled(f"   {mark} ", GOOD if mark == "✓" else WARN) + shortened(words, width - 8)
            for mark, words in self.computer
        ]
        self.show_rows("#computer", facts)
        promise = ["Everything you type is saved on this computer within a second."]
        if self.app.workspace is not None:
            promise.append(f"Esc goes back to {self.app.workspace.inspection.place}.")
        self.show_rows("#promise", [shortened(f"  {p}", width, DIM) for p in promise])

    def on_mount(self) -> None:
        """Look around off the UI thread."""
        self.query_one("#computer", LinesView).border_title = "F2 This computer"
        self.call_after_refresh(self._diagnose)

    def _diagnose(self) -> None:
        state = self.app.state

        def read() -> tuple[tuple[str, str], ...]:
            from sqs_tui.diagnostics import diagnose

            return diagnose(state)

        self.in_background(read, self._looked)

    def _looked(self, found: tuple[tuple[str, str], ...]) -> None:
        self.computer = found
        self.refresh_view()

    @on(OptionList.OptionSelected)
    def action_list_open(self) -> None:
        """Open what the mark is on."""
        marked = self.menu.marked
        if marked.startswith("recent-"):
            self.app.open_folder(self.recent[int(marked.removeprefix("recent-"))].path)
        elif marked:
            getattr(self, f"action_start_{marked}")()

    def action_start_new(self) -> None:
        """Make a new inspection."""
        self.go_to(Location("new"))

    def action_start_open(self) -> None:
        """Open a folder by its path."""
        self.app.ask("Folder of the inspection:", "", self._open_path, does="open it")

    def _open_path(self, words: str) -> None:
        if words.strip():
            self.app.open_folder(str(path_typed(words.strip())))

    def action_start_programme(self) -> None:
        """Look at many inspections: the data set that is named."""
        from sqs_tui.screens.programme import ProgrammeScreen  # the first frame does without

        def on_answer(words: str) -> None:
            if words.strip():
                self.app.push_screen(ProgrammeScreen(path_typed(words)))

        self.app.ask(
            "The folder of a data set (sqs programme build makes one):", "", on_answer, does="open it"
        )

    def action_start_try(self) -> None:
        """Practise."""
        self.app.open_practice()

    def action_start_computer(self) -> None:
        """Show what this computer can do, in full."""
        from sqs_tui.diagnostics import computer_page  # the first frame does without plugins

        kept = (("state and rescue copies", str(self.app.state)), ("settings", str(config_file())))
        self.app.push_screen(
            PageScreen("This computer", lambda width: computer_page(self.computer, kept, width))
        )

    def leave(self) -> None:
        """Go back to the inspection that is open."""
        self.go_to(Location("cases"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done: there is nothing further out."""
        if action == "back" and self.app.workspace is None:
            return None
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Return what would work instead."""
        return "this is the outermost screen; q leaves" if action == "back" else ""


def _carry_on(known: Recent, width: int) -> Content:
    """Return two rows: the inspection, and where one was in it."""
    name = 22 if width > 70 else 17
    total = counted(known.total, "case") if known.one == "case" else f"{known.total} complete"
    done = f"{known.done} of {total}"
    row = fitted(known.service, name) + Content(" ") + fitted(known.dates, 16) + Content(" ")
    row += fitted(done, 18 if width > 70 else 16)
    if width > 70:
        row += text(f"  {_ago(known.when)}", DIM)
    at = known.place
    words = f"{known.population}   " if known.population else ""
    words += f"next: {known.one} {at.case}, {known.next or 'its facts'}" if at.case else ""
    if known.later:
        words += f"   {counted(known.later, 'question')} to come back to"
    return row + Content("\n     ") + shortened(words.strip(), width - 8, DIM) if words.strip() else row


def _ago(when: str) -> str:
    """Return when it was open: "today 01:43", "22 Nov 2025"."""
    try:
        moment = datetime.strptime(when, "%Y-%m-%d %H:%M")
    except ValueError:
        return when
    if moment.date() == date.today():
        return f"today {moment:%H:%M}"
    return day(moment)
