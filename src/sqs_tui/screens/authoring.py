"""What the screens share in which the letter is written: changing it, and undo over all of it."""

from __future__ import annotations

from collections.abc import Callable

from sqs_core.errors import SqsError
from sqs_core.records.narrative import Narrative
from sqs_core.storage.folder import InspectionFolder
from sqs_core.text import first_few
from sqs_core.workflow.letter_undo import LetterStep, redo_letter, undo_letter
from sqs_tui.screens.base import SqsScreen
from sqs_tui.screens.clash import ClashScreen
from sqs_tui.widgets.status_bar import News

MOST_NAMED = 2
"""Changes that "taken back" names."""


class AuthoringScreen(SqsScreen):
    """A screen of the letter, its lists or its details."""

    fits_room = True

    def shown_again(self) -> None:
        """What was changed here and elsewhere is shown at once."""
        self._show_clash()

    def _show_news(self, news: News) -> None:
        super()._show_news(news)
        if news.failure and not self.writing:
            self.call_later(self._show_clash)

    def _show_clash(self) -> None:
        if self.is_active and self.workspace.clashes and not self.writing:
            self.app.push_screen(ClashScreen(self.workspace))

    def change_narrative(self, change: Callable[[Narrative], Narrative]) -> bool:
        """Change what the author wrote and return whether it changed; what is refused is told in row 1."""
        before = self.workspace.narrative
        try:
            after = change(before)
            if after == before:
                return False
            self.workspace.save_narrative(after)
        except SqsError as error:
            self.app.show_error(error)
            return False
        self.app.count()
        self.refresh_view()
        return True

    def action_undo(self) -> None:
        """Take the last change of the letter back: a paragraph, a list, a detail, a wording."""
        self._step_in_time(undo_letter, "nothing to undo in the letter", "taken back: {}; U makes it again")

    def action_redo(self) -> None:
        """Make it again."""
        self._step_in_time(redo_letter, "nothing to redo in the letter", "made again: {}; u takes it back")

    def _step_in_time(
        self, step: Callable[[InspectionFolder], LetterStep | None], nothing: str, done: str
    ) -> None:
        self.commit()
        if not self.app.autosave.flush(3.0):  # what is gone back through is what the history tells
            self.app.show_message("not everything is saved yet; row 1 says when it is", warning=True)
            return
        try:
            found = step(self.workspace.folder)
            if found is not None:
                self.workspace.read_letter(found.folder)
        except SqsError as error:
            self.app.show_error(error)
            return
        if found is None:
            self.app.show_message(nothing)
            return
        self.app.show_message(done.format(first_few(found.names, MOST_NAMED)))
        self.app.count()
        self.refresh_view()
