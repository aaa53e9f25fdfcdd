"""What the five views share: row 1, and the keys from one to the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar

from sqs_tui.deeds import Deed
from sqs_tui.screens.frame import Frame


class ViewFrame(Frame):
    """A screen that is one of the five views, with the keys from one to the other."""

    views: ClassVar[tuple[Deed, ...]] = (
        Deed("view.cases", "1", "cases", "The grid of cases and questions"),
        Deed("view.board", "2", "board", "How many of how many, question by question", ("B",)),
        Deed("view.interviews", "3", "interviews", "What members of staff said"),
        Deed("view.letter", "4", "letter", "The letter as it stands, with its figures live"),
        Deed("view.check", "5", "check", "Everything in the records that does not fit"),
        Deed("view.moderate", "m", "moderate", "Settle where two markings of a case differ"),
        Deed("view.merge", "", "merge", "Merge another inspector's folder into this one …"),
    )

    def where(self) -> str:
        """The inspection and its days."""
        if self.sqs.desk is None:
            folder = self.sqs.asked_for[0]
            return f"opening {Path(folder).absolute().name} …" if folder else "opening …"
        from sqs_tui.pictures.words import day_of, days

        inspection = self.desk.inspection
        when = days(inspection)
        if self.desk.practice:
            return "Practice: nothing here is kept"
        if self.desk.second:
            return f"{inspection.place} · second marking, blind"
        return " · ".join(part for part in (inspection.place, when, day_of(inspection, date.today())) if part)

    def far(self) -> str:
        """How many cases have every answer."""
        if self.sqs.desk is None:
            return ""
        from sqs_tui.paint.words import number

        return f"{self.desk.complete()} of {number(len(self.desk.cases), 'case')}"

    def do_cases(self) -> None:
        """Back to the grid."""
        from sqs_tui.screens.overview import OverviewScreen

        while not isinstance(self.sqs.screen, OverviewScreen) and len(self.sqs.screen_stack) > 1:
            self.sqs.pop_screen()

    def do_board(self) -> None:
        """The board."""
        from sqs_tui.screens.board import BoardScreen

        self._to(BoardScreen)

    def do_interviews(self) -> None:
        """The interviews."""
        from sqs_tui.screens.interviews import InterviewsScreen

        self._to(InterviewsScreen)

    def do_letter(self) -> None:
        """The letter."""
        from sqs_tui.screens.letter import LetterScreen

        self._to(LetterScreen)

    def do_check(self) -> None:
        """What does not fit."""
        from sqs_tui.screens.check import CheckScreen

        self._to(CheckScreen)

    def _to(self, kind: type[Frame]) -> None:
        if self.sqs.desk is None:
            self.sqs.say("still reading the records")
        if self.sqs.desk is None or isinstance(self, kind):
            return
        from sqs_tui.screens.overview import OverviewScreen

        if isinstance(self, OverviewScreen):
            self.sqs.push_screen(kind())
        else:
            self.sqs.switch_screen(kind())
