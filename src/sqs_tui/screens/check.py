"""Everything in the records that does not fit, with the way there."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.scoring.checks import check_case
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import EMPTY, Line, line, rule, short, window
from sqs_tui.paint.words import number
from sqs_tui.pictures.edges import tabs
from sqs_tui.pictures.words import problem_words
from sqs_tui.screens.listed import Listed
from sqs_tui.screens.view import ViewFrame


class CheckScreen(Listed, ViewFrame):
    """What does not fit, and what deserves a second look."""

    deeds = (
        Deed("check.open", "enter", "go to it", "Open the case at this question", foot=1),
        *ViewFrame.views,
    )
    help_text = "What cannot be read stands first, then what does not fit, then what deserves a second look."

    def __init__(self) -> None:
        super().__init__()
        self.top = 0

    def found(self) -> list[tuple[str, str, str, bool]]:
        """Case, question, words, and whether it is advice only; a case of "" cannot be opened."""
        rows = [("", "", f"{p.where}: {p.what}; {p.remedy}", False) for p in self.desk.problems]
        advice: list[tuple[str, str, str, bool]] = []
        for case in self.desk.cases:
            for p in check_case(
                self.desk.criteria, self.desk.record(case), lambda keys: str(keys[1]) if len(keys) > 1 else ""
            ):
                target = advice if p.advice else rows
                target.append((case, p.where, problem_words(p, self.desk.record(case)), p.advice))
        return [*rows, *advice]

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The list."""
        found = self.found()
        wrong = sum(not advice for *_, advice in found)
        head = [tabs("Check", width), rule(width)]
        words = f"  {number(wrong, 'thing') if wrong else 'Nothing'} to put right, "
        words += f"{number(len(found) - wrong, 'thing')} to think about"
        head.append(
            line((words if found else "  ✓ Everything in the records fits.", "title" if found else "good"))
        )
        room = height - len(head)
        self.cursor = max(0, min(self.cursor, len(found) - 1))
        self.top = window(self.cursor, self.top, room, len(found))
        rows = [
            self._row(place, found[place], width)
            for place in range(self.top, min(len(found), self.top + room))
        ]
        return [*head, *rows, *([EMPTY] * (room - len(rows)))]

    def _row(self, place: int, found: tuple[str, str, str, bool], width: int) -> Line:
        case, question, words, advice = found
        here = place == self.cursor
        known = self.desk.criteria.has_question(question)
        name = str(self.desk.criteria.question(question).short) if known else "facts" if case else ""
        return line(
            (" ▶ " if here else "   ", "here"),
            (f"{case:<5}", "here" if here else ""),
            (f"{short(name, 28):<29}", "here" if here else ""),
            (short(words, width - 40), "flag" if advice else "no"),
            wish=f"row:{place}",
        )

    def do_open(self) -> None:
        """Open the case at this question, or at its facts."""
        from sqs_tui.screens.case import open_case
        from sqs_tui.screens.facts import FactsScreen

        found = self.found()
        if not found or not found[self.cursor][0]:
            self.sqs.say("a file that cannot be read is mended by hand; then open the inspection again")
            return
        case, question, *_ = found[self.cursor]
        if self.desk.criteria.has_question(question):
            open_case(self.sqs, case, question)
        else:
            self.sqs.push_screen(FactsScreen(case))
