"""What changed in the letter since a draft that was kept: which words, which figures, by which cases."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from textual.content import Content

from sqs_core.errors import SqsError
from sqs_core.letter.drafts import Draft, changes, draft_of
from sqs_core.letter.report import Report
from sqs_core.storage.drafts import draft_numbers, keep_draft, load_draft
from sqs_tui.bindings import bindings_of
from sqs_tui.exports import ask_letter
from sqs_tui.letter_reader import report_of
from sqs_tui.screens.scrolled import ScrolledScreen
from sqs_tui.styles import DIM, FLAG, GOOD, TITLE, text, wrapped
from sqs_tui.widgets.figure_panel import changed_count

UNCHANGED = "no figure changed: the text was edited"


class DraftsScreen(ScrolledScreen):
    """The paragraphs whose words changed, with the reason."""

    view = "drafts"
    counts = True
    shows_notes = True
    BINDINGS = bindings_of("drafts")
    help_text = (
        "A paragraph stands here when its words differ from the draft's.  Under it stands each figure "
        "that changed, and the cases whose answers changed it.  ← and → compare with other drafts.  K keeps "
        "the letter as it is now; X writes it to a file that ends with what changed, for whoever checks it."
    )

    def __init__(self, report: Report, *, keep: bool = False) -> None:
        super().__init__()
        self._keep = keep
        self.letter = report
        self.number = 0
        self.draft: Draft | None = None

    def on_mount(self) -> None:
        """Compare with the draft kept last, which may be the letter as it is now."""
        if self._keep:
            self.action_drafts_keep()
        else:
            self._show(0)

    def where(self) -> str:
        """The draft it is compared with."""
        return "Letter ▸ " + (f"compared with draft {self.number}" if self.draft else "drafts")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done: without a draft there is nothing to go back to."""
        if action in ("drafts_earlier", "drafts_later", "file_report") and self.draft is None:
            return None
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Return what keeps a draft."""
        return "no draft has been kept yet: K keeps the letter as it is now"

    def update_view(self) -> None:
        """Compare the letter as it is now; one that cannot be composed stays as it was."""
        findings = self.workspace.findings
        if findings is not None:
            with suppress(SqsError):
                self.letter = report_of(self.workspace, findings)
        super().update_view()

    def rows(self, width: int) -> Sequence[Content]:
        """Return, paragraph by paragraph: was, is, because."""
        if self.draft is None:
            none = "No draft has been kept yet: K keeps the letter as it is now."
            return [Content.empty(), *(Content("  ") + row for row in wrapped(none, width - 4))]
        now = draft_of(self.letter.document, self.letter.findings, self.number + 1)
        found = changes(self.draft, now)
        if not found:
            return [Content.empty(), text(f"  ✓ The letter is as in draft {self.number}.", GOOD)]
        rows = [Content.empty()]
        places = self.letter.document.places()
        for change in found:
            rows.append(text(f"  {places.get(change.name, change.name)}", TITLE))
            for label, words, style in (("was", change.before, DIM), ("now", change.after, "")):
                folded = wrapped(words or "–", width - 12, style)
                leads = [f"  {label:<5} ", *[" " * 8] * (len(folded) - 1)]
                rows += [text(lead, DIM) + row for lead, row in zip(leads, folded, strict=True)]
            said = [changed_count(self.criteria, figure) for figure in change.figures] or [UNCHANGED]
            rows += [Content(" " * 8) + row for words in said for row in wrapped(words, width - 12, FLAG)]
            rows.append(Content.empty())
        return rows

    def action_drafts_keep(self) -> None:
        """Keep the letter as it is now."""
        folder, letter = self.workspace.folder, self.letter
        number = max(draft_numbers(folder.path), default=0) + 1
        self.app.attempt(
            lambda: keep_draft(folder, letter.document, letter.findings), f"kept as draft {number}"
        )
        self._show(0)

    def action_drafts_earlier(self) -> None:
        """Compare with the draft before."""
        self._show(-1)

    def action_drafts_later(self) -> None:
        """Compare with the draft after."""
        self._show(1)

    def action_file_report(self) -> None:
        """Write the letter to a file, with what changed since this draft at its end."""
        ask_letter(self.app, self.workspace, since=self.number)

    def _show(self, step: int) -> None:
        try:
            numbers = draft_numbers(self.workspace.folder.path)
            if numbers:
                place = numbers.index(self.number) + step if step and self.number in numbers else -1
                self.number = numbers[max(0, min(place, len(numbers) - 1)) if step else -1]
                self.draft = load_draft(self.workspace.folder.path, self.number)
        except SqsError as error:
            self.app.show_error(error)
        self.refresh_bindings()
        self.to_top()
