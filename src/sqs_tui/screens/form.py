"""A form: one line for each thing, and every key that leaves a line keeps it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding
from textual.widget import Widget

from sqs_tui.screens.base import SqsScreen
from sqs_tui.widgets.fact_row import FactRow, WordsRow


class FormScreen(SqsScreen):
    """A screen of :class:`FactRow` lines; ``set_line`` hears of what is set in one."""

    BINDINGS = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def set_line(self, message: FactRow.Set) -> None:
        """Keep what is set in a line, or say there what is wrong with it."""
        raise NotImplementedError

    def rows(self) -> list[FactRow]:
        """Return the lines of the form."""
        return list(self.query(FactRow))

    @property
    def row(self) -> FactRow | None:
        """The line with the keys."""
        return next((row for row in self.rows() if row.has_focus or row.has_focus_within), None)

    def commit(self) -> None:
        """Keep the line that is being written."""
        row = self.row
        if isinstance(row, WordsRow) and row.edited:
            self.set_line(FactRow.Set(row, row.box.value.strip()))

    def jump_targets(self) -> Iterator[tuple[Widget, int, str, str]]:
        """Every line."""
        for row in self.rows():
            yield row, 0, "", str(row.id)

    def jump_to(self, name: str) -> None:
        """Give the keys to a line."""
        row = self.query_one(f"#{name}", FactRow)
        self.set_focus(row.box if isinstance(row, WordsRow) else row)
