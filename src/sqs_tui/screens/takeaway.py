"""The take-away sheet: what was done well and what was agreed, for the case manager; no judgements."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.criteria.letter_plan import PLAIN_TAKEAWAY, TakeawayWords
from sqs_core.letter.takeaway import Takeaway, takeaway, takeaway_text
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import EMPTY, Line, rule, styled, wrapped
from sqs_tui.screens.page import Page


class TakeawayScreen(Page):
    """Strengths first, then learning."""

    deeds = (
        Deed("takeaway.write", "x", "write to a file", "As text, or as a page to print: .txt, .html", foot=1),
        Deed("takeaway.judgements", "J", "judgements", "Tell the judgements too, or not", foot=3),
        Deed("takeaway.close", "escape", "back", "Back to where you were", ("p", "enter"), 2),
    )
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
        return f"Case {self.case} ▸ Take-away"

    def sheet(self) -> tuple[Takeaway, TakeawayWords]:
        """What the sheet tells, and the version's words for it."""
        desk = self.desk
        plan = desk.criteria.letter
        told = takeaway(
            desk.criteria,
            desk.record(self.case),
            language=desk.inspection.language,
            judgements=self.judgements,
        )
        return told, plan.takeaway if plan else PLAIN_TAKEAWAY

    def lines(self, width: int) -> Sequence[Line]:
        """The sheet, wrapped."""
        rows: list[Line] = [rule(width), EMPTY]
        heading = True  # the first line is one, and each after an empty line
        for row in takeaway_text(*self.sheet()).split("\n"):
            lead = "  " if row.startswith("- ") else ""
            folded = wrapped(row, min(width - 6, 92))
            rows += styled(
                [f"  {r}" if not i else f"  {lead}{r}" for i, r in enumerate(folded)] or [""],
                "title" if heading else "",
            )
            heading = not row
        return rows

    def do_judgements(self) -> None:
        """Tell the judgements too, or not."""
        self.judgements = not self.judgements
        self.draw()

    def do_write(self) -> None:
        """Write the sheet to a file."""
        from sqs_tui.exports import ask_takeaway

        ask_takeaway(self, self.case, *self.sheet())

    def do_close(self) -> None:
        """Back."""
        self.sqs.pop_screen()
