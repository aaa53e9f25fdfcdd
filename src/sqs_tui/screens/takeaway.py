"""The take-away sheet: what was done well and what was agreed, for the case manager; no judgements."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from sqs_core.workflow.outputs import TakeawaySheet, takeaway_of
from sqs_tui.bindings import binding, bindings_of
from sqs_tui.exports import ask_takeaway
from sqs_tui.screens.scrolled import ScrolledScreen
from sqs_tui.styles import TITLE, wrapped


class TakeawayScreen(ScrolledScreen):
    """Strengths first, then learning."""

    view = "takeaway"
    BINDINGS = [*bindings_of("takeaway"), binding("case.takeaway", "back", ("p", "enter"), show=False)]
    help_text = (
        "What + and t noted on questions that apply; never evidence, and judgements only where J asks for "
        "them.  The words round it are the criteria version's."
    )

    def __init__(self, case: str) -> None:
        super().__init__()
        self.case = case
        self.judgements = False

    def where(self) -> str:
        """The case."""
        return f"{self.workspace.heading(self.case)} ▸ Take-away"

    def sheet(self) -> TakeawaySheet:
        """Return what the sheet tells, and the version's words for it."""
        record = self.workspace.record(self.case)
        return takeaway_of(self.workspace.folder, record, judgements=self.judgements)

    def rows(self, width: int) -> Sequence[Content]:
        """Return the sheet, wrapped."""
        rows = [Content.empty()]
        heading = True  # the first line is one, and each after an empty line
        for line in self.sheet().text.split("\n"):
            hang = "  " if line.startswith("- ") else ""
            folded = wrapped(line, min(width - 6, 92), TITLE if heading else "") or [Content.empty()]
            rows += [Content(f"  {hang if place else ''}") + row for place, row in enumerate(folded)]
            heading = not line
        return rows

    def action_takeaway_judgements(self) -> None:
        """Tell the judgements too, or not."""
        self.judgements = not self.judgements
        self.refresh_view()

    def action_file_takeaway(self) -> None:
        """Write the sheet to a file."""
        ask_takeaway(self.app, self.workspace, self.case, self.sheet())
