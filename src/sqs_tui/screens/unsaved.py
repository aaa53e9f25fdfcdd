"""Copies of what could not be saved when it was last open: each put into its record, or deleted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList

from sqs_core.records import CaseRecord
from sqs_core.records.dates import day
from sqs_core.state import at_home
from sqs_core.storage.merge.concurrent import MergedSave, recover_copy
from sqs_core.storage.rescue import record_name, remove_copy, unsaved_copies
from sqs_core.text import counted
from sqs_tui.background_task import OnStep
from sqs_tui.bindings import bindings_of
from sqs_tui.messages import ExternalChange, Found
from sqs_tui.screens.inspection import InspectionScreen
from sqs_tui.screens.menu import MenuScreen
from sqs_tui.styles import DIM, GOOD, TITLE, fitted, joined, text
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.option_menu import Line, PlaceMenu


class UnsavedScreen(InspectionScreen, MenuScreen):
    """A line for each copy."""

    view = "unsaved"
    BINDINGS = bindings_of("unsaved", opens="put it into the record")
    shows_notes = True
    on_a_line = ("list_open", "unsaved_delete")
    help_text = (
        "A copy is kept of whatever could not be saved.  Enter puts what it says into its record.  Where the "
        "record says something else by now, that stays, and so does the copy: open both, and decide.  "
        "Backspace deletes a copy whose words nobody needs."
    )

    def __init__(self) -> None:
        super().__init__()
        self._copies: tuple[Path, ...] | None = None

    def compose_body(self) -> ComposeResult:
        """Yield how many there are, and the list."""
        yield LinesView(id="summary")
        yield PlaceMenu(id="copies")

    def where(self) -> str:
        """The list."""
        return f"{self.workspace.inspection.place} ▸ Not saved"

    @property
    def copy(self) -> Path | None:
        """The copy with the mark."""
        marked = self.menu.marked
        return Path(marked) if marked else None

    def shown_again(self) -> None:
        """Look for copies off the UI thread: the whole history is read for that."""
        folder = self.workspace.folder.path
        self.in_background(lambda: unsaved_copies(folder), self._found)

    def _found(self, copies: tuple[Path, ...]) -> None:
        self._copies = copies
        self.refresh_view()

    def update_view(self) -> None:
        """Show the list."""
        if self._copies is None:
            summary = text("  Looking for copies …", DIM)
        elif self._copies:
            copies = counted(len(self._copies), "copy", "copies")
            summary = text(f"  {copies} of what could not be saved", TITLE)
        else:
            summary = text("  ✓ Everything is saved.", GOOD)
        self.show_summary(summary)
        self.menu.show_lines(map(self._line, self._copies or ()))
        self.refresh_bindings()

    def _line(self, copy: Path) -> Line:
        name = record_name(self.workspace.folder.path, copy)
        at = datetime.fromtimestamp(copy.stat().st_mtime) if copy.exists() else None
        when = f"{day(at)} {at:%H:%M}" if at is not None else ""
        return Line(str(copy), joined(fitted(name, 24), fitted(when, 19), text(at_home(copy), DIM)))

    @on(OptionList.OptionSelected)
    def action_list_open(self) -> None:
        """Put what the copy says into its record."""
        copy, folder, app = self.copy, self.workspace.folder, self.app
        if copy is None:
            return

        def work(on_progress: OnStep) -> MergedSave[Any]:
            self.workspace.check_saved()
            return recover_copy(folder, copy)

        app.begin("putting it into the record", work, self._taken)

    def _taken(self, saved: MergedSave[Any]) -> None:
        workspace, record = self.workspace, saved.record
        named = ("case", record.case) if isinstance(record, CaseRecord) else ("letter", "")
        if not isinstance(record, CaseRecord) or record.case in workspace.sessions:
            found = Found(named, record, saved.hash)
            self.app.post_message(ExternalChange(workspace.path, workspace.version, (found,)))
        both = workspace.fields_named(saved.conflicts)
        words = "its words are in the record now"
        if both:
            words = f"the record says something else of {both}: that stands, and the copy stays"
        self.app.call_later(self.app.show_message, words, warning=bool(both))
        self.shown_again()

    def action_unsaved_delete(self) -> None:
        """Delete the copy, once the person said so: its words are in no record."""
        copy = self.copy
        if copy is None:
            return

        def on_answer(words: str) -> None:
            if words.strip().lower() == "yes":
                remove_copy(copy)
                self.shown_again()

        self.app.ask(
            "Its words are in no record.  Type yes to delete the copy:", "", on_answer, does="delete it"
        )
