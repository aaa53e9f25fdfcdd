"""The board: from a figure to its cases, and to the answer."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.scoring.tally import Summary
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import EMPTY, Line, line
from sqs_tui.pictures.board import Behind, board_picture, weakest_first
from sqs_tui.screens.view import ViewFrame


class BoardScreen(ViewFrame):
    """How many of how many, question by question."""

    counts = True
    mark_rows = 1000
    deeds = (
        Deed(
            "board.cases",
            "enter",
            "see the cases",
            "To the cases behind this line; again opens the answer",
            foot=1,
        ),
        Deed(
            "board.filter",
            "tab",
            "filter",
            "All cases, those in custody, in the community, with a PSR",
            foot=2,
        ),
        Deed("board.sort", "s", "weakest first", "By share, or in the order of the criteria", foot=3),
        Deed("board.all", "a", "all", "Every case"),
        Deed("board.custody", "c", "custody", "Only cases in custody"),
        Deed("board.psr", "p", "PSR", "Only cases with a pre-sentence report"),
        *ViewFrame.views,
    )
    help_text = (
        "Every line counts the cases judged good enough (█) among those judged (█ and ▒).  Cases to "
        "which a question does not apply, or that nobody has answered, are in neither.  Enter goes to "
        "the cases behind a line, ← and → choose one, Enter opens it at this question."
    )

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self.subset = ""
        self.weakest = False
        self.inside: int | None = None

    @property
    def summary(self) -> Summary | None:
        """The figures of the cases chosen by the filter."""
        findings = self.desk.findings
        if findings is None:
            return None
        return findings.subsets[self.subset] if self.subset else findings.whole

    @property
    def order(self) -> list[str]:
        """The questions in the order shown."""
        names = [q.id for q in self.desk.criteria.questions]
        summary = self.summary
        return weakest_first(summary, names) if self.weakest and summary is not None else names

    def behind(self) -> Behind:
        """What is behind the line with the mark."""
        summary, findings = self.summary, self.desk.findings
        assert summary is not None
        assert findings is not None
        tally = summary.tally(self.order[self.cursor])
        return Behind(tally, self.words(tally.question), (*tally.other_cases, *tally.sufficient_cases))

    def words(self, question: str) -> str:
        """The letter's words for a question's figure."""
        from sqs_core.errors import SqsError
        from sqs_core.letter.compose import wording_of
        from sqs_core.letter.figures import Filler, Reference

        findings = self.desk.findings
        assert findings is not None
        criteria = self.desk.criteria
        try:
            wording = wording_of(criteria, self.desk.inspection.language or criteria.languages[0])
            return (
                Filler(findings, wording).figure(Reference(question, subset=self.subset, unit="cases")).text
            )
        except SqsError:
            return ""

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The board."""
        summary, findings = self.summary, self.desk.findings
        if summary is None or findings is None:
            return [EMPTY, line("  Counting …")]
        return board_picture(
            findings,
            summary,
            self.subset,
            self.order,
            self.cursor,
            0,
            self.behind(),
            self.inside,
            width,
            height,
            themed=not self.weakest,
        )

    def other_key(self, key: str) -> bool:
        """Arrows: the line, or the case behind it."""
        step = {"down": 1, "j": 1, "up": -1, "k": -1, "left": -1, "right": 1, "h": -1}.get(key)
        if step is None:
            return False
        sideways = key in ("left", "right", "h")
        if sideways and self.summary is None:
            return False
        if self.inside is not None and sideways:
            self.inside = (self.inside + step) % max(1, len(self.behind().cases))
        elif sideways:
            self._enter()
        else:
            self.inside = None
            self.cursor = (self.cursor + step) % len(self.order)
        self.draw()
        return True

    def pointed(self, row: int) -> None:
        """A click chooses a line, or opens a case."""
        if row >= 1000:
            self.inside = row - 1000
            self.do_cases_behind()
        else:
            self.cursor, self.inside = row, None
        self.draw()

    def _enter(self) -> None:
        cases = self.behind().cases
        if cases:
            self.inside = 0
            self.sqs.say("← → choose a case, Enter opens it at this question")
        else:
            self.sqs.say("no case is behind this line")

    def take(self, key: str) -> bool:
        """Enter on a case opens it; Enter on a line goes to its cases."""
        if key == "enter" and self.summary is not None:
            self.sqs.hush()
            self.do_cases_behind()
            return True
        return super().take(key)

    def do_cases_behind(self) -> None:
        """To the cases behind this line; from there to the answer."""
        from sqs_tui.screens.case import open_case

        if self.inside is None:
            self._enter()
        else:
            behind = self.behind()
            open_case(self.sqs, behind.cases[self.inside], behind.tally.question)
        self.draw()

    def do_filter(self) -> None:
        """The next filter."""
        known = ["", *(s.id for s in self.desk.criteria.subsets)]
        self._choose(known[(known.index(self.subset) + 1) % len(known)])

    def do_all(self) -> None:
        """Every case."""
        self._choose("")

    def do_custody(self) -> None:
        """Only cases in custody."""
        self._choose("custody")

    def do_psr(self) -> None:
        """Only cases with a pre-sentence report."""
        self._choose("psr")

    def _choose(self, subset: str) -> None:
        if subset and subset not in [s.id for s in self.desk.criteria.subsets]:
            self.sqs.say(f"these criteria have no subset '{subset}'")
            return
        self.subset, self.inside = subset, None
        self.draw()

    def do_sort(self) -> None:
        """Weakest first, or the order of the criteria."""
        self.weakest = not self.weakest
        self.cursor, self.inside = 0, None
        self.draw()

    def do_back(self) -> None:
        """From the cases to the line, from there to the grid."""
        if self.inside is not None:
            self.inside = None
            self.draw()
        else:
            super().do_back()
