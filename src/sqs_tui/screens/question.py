"""The question step: one question, answered together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.widget import Widget

from sqs_core.letter.shared_view import shared_view
from sqs_core.records import Session
from sqs_tui.deeds import Deed
from sqs_tui.memory import Place
from sqs_tui.paint.lines import EMPTY, Line, Span, cut, line
from sqs_tui.pictures.question import sheet_lines
from sqs_tui.pictures.question_sides import neighbours, outline
from sqs_tui.pictures.shared import shared_lines
from sqs_tui.pictures.sheet import NOTE_NAME, Box
from sqs_tui.pictures.text_panel import panel_below, panel_beside
from sqs_tui.screens.case import beside as neighbour
from sqs_tui.screens.case import next_open
from sqs_tui.screens.question_deeds import DEEDS, HELP, PRIVATE, WRITING
from sqs_tui.screens.reading import Reading

WIDE = 110
LEFT, RIGHT = 34, 32
EDGE, EDGE_AND_BLANK = Span("│", "dim"), Span("│ ", "dim")
LEAST_PANEL = 4
"""Rows: a text with fewer is not shown, so that the question is."""


class QuestionScreen(Reading):
    """One question of one case."""

    deeds = DEEDS
    help_text = HELP

    def __init__(self, case: str, place: Place) -> None:
        super().__init__(case)
        self.question = place.question
        self.trail: list[str] = []
        self._box = Box(3, 0, 20, 1)
        self._reopen = place if place.note in NOTE_NAME else None

    # ------------------------------------------------------------ what is drawn

    def where(self) -> str:
        """The case and the theme."""
        if self.in_common:
            return f"Case {self.case}"
        asked = self.desk.criteria.question(self.question)
        theme = next(t for t in self.desk.criteria.themes if t.id == asked.theme)
        lead = f"{self.desk.inspection.place} · " if self.size.width >= WIDE else ""
        return f"{lead}Case {self.case} · {theme.label} {theme.title}"

    def far(self) -> str:
        """How many questions are answered of those that apply."""
        standing = self.desk.standing(self.case)
        return f"{standing.done} of {standing.asked}"

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The sheet; with outline and neighbours where there is room; or the shared view."""
        sheet = self.sheet
        if self.in_common:
            self._box = Box(4, height - 6, width - 10, 4)
            return shared_lines(shared_view(self.desk.criteria, self.record, self.question), width, height)
        place, panel = self.panel_place(self.size.width >= WIDE), self.panel
        if panel is not None and place == "whole":
            return panel_below(panel, width, height, on=True)
        rows = max(6, height * 2 // 5) if place == "below" else 0
        lines, box = sheet_lines(sheet, width, height - rows)
        rows = height - len(lines)
        if panel is not None and place == "below" and rows < LEAST_PANEL:
            lines, box = sheet_lines(sheet, width, height)
        elif panel is not None and place == "below":
            lines += panel_below(panel, width, rows, on=self.reading)
        left, _ = self.panes(self.size.width)
        self._box = Box(box.x + left, box.y, box.width, box.height)
        return lines

    def panes(self, width: int) -> tuple[int, int]:
        """Outline and neighbours, where there is room for them."""
        return (LEFT, RIGHT) if width >= WIDE and not self.in_common else (0, 0)

    def side(self, name: str, width: int, height: int) -> Sequence[Line]:
        """The outline, or the neighbours."""
        sheet = self.sheet
        if name == "left":
            return [(*cut(row, width - 1), EDGE) for row in outline(sheet, width - 1, height)]
        if self.panel is not None and self.panel_place(True) == "beside":
            rows = panel_beside(self.panel, width - 2, height, on=self.reading)
            return [(EDGE_AND_BLANK, *row) for row in (*rows, *[EMPTY] * (height - len(rows)))]
        others = self.desk.others(self.question, self.case)
        rows = neighbours(sheet, others, width - 2, height)
        return [(EDGE_AND_BLANK, *row) for row in (*rows, *[EMPTY] * (height - len(rows)))]

    def tip(self) -> Line:
        """For the first five minutes, in practice."""
        if self.in_common:
            return line(("  " + NOTE_NAME[self.field], "title")) if self.field in NOTE_NAME else line()
        if self.reading:
            return self.reading_tip()
        if self.field == "reasons" and self.mark < len(self.sheet.reasons):
            return line((f"  {self.sheet.reasons[self.mark].text}", "dim"))
        if not (self.desk.practice and self.sqs.settings.tips):
            return line()
        words = {
            "judgement": "y yes, n no, then Enter" if not self.record.answer(self.question).outcome else "",
        }.get(self.field, "Esc keeps it")
        answer = self.record.answer(self.question)
        if self.field == "judgement" and answer.outcome == "insufficient":
            words = (
                "no?  tick why with 1–9, then e for the evidence" if not answer.evidence else "Enter goes on"
            )
        return line((f" tip  {words}", "flag")) if words else line()

    def footer_deeds(self) -> Sequence[Deed]:
        """Other keys while one writes."""
        deeds = WRITING if self.writing else self.reading_deeds() if self.reading else self.keys.deeds
        return [d for d in deeds if d.id not in PRIVATE] if self.in_common else deeds

    def run_deed(self, deed: Deed) -> None:
        """In the shared view nothing private opens, and nothing about other cases."""
        if self.in_common and deed.id in PRIVATE:
            self.sqs.say("not in the shared view: Z ends it")
        else:
            super().run_deed(deed)

    # ------------------------------------------------------------ coming and going

    def on_mount(self) -> None:
        """Land where one was, in the note one was writing."""
        if self._reopen:
            place, self._reopen = self._reopen, None
            self.call_after_refresh(self.write, place.note, (place.row, place.column))
        else:
            self.note_place()

    def extra(self) -> list[Widget]:
        """The box one writes in."""
        return [self.note_box]

    def visit(self, question: str) -> None:
        """Go to ``question``; b comes back."""
        if self.field in NOTE_NAME:
            self.stop_writing()
        if question != self.question:
            self.trail.append(self.question)
        self._show_question(question)

    def _show_question(self, question: str) -> None:
        self.question, self.field, self.mark = question, "judgement", 0
        self.note_place()
        self.draw()

    def do_next(self) -> None:
        """The next question that applies and is not answered; the review when there is none."""
        following = next_open(self.desk.standing(self.case), self.question)
        if following:
            self.visit(following)
        elif self.desk.standing(self.case).states[self.question] == "unanswered":
            self.sqs.say("this is the last question not answered")
        else:
            self.do_review()

    def do_done(self) -> None:
        """Keep the note and go on."""
        self.commit()
        self.do_next()

    def do_back(self) -> None:
        """From a note or the reasons to the judgement; from there out of the case."""
        if self.field in NOTE_NAME:
            self.stop_writing()
        elif self.in_common:
            self.do_shared()
        elif self.field == "reasons":
            self.to_field("judgement")
        else:
            self.sqs.note_place(Place(self.case, self.question))
            self.sqs.pop_screen()

    def do_return(self) -> None:
        """The question one was at."""
        if self.trail:
            self._show_question(self.trail.pop())
        else:
            self.sqs.say("nothing further back; [ is the question before")

    def do_following(self) -> None:
        """The next question in order."""
        self.visit(neighbour(self.desk.standing(self.case), self.question, 1))

    def do_previous(self) -> None:
        """The question before."""
        self.visit(neighbour(self.desk.standing(self.case), self.question, -1))

    def do_facts(self) -> None:
        """The facts of the case."""
        from sqs_tui.screens.facts import FactsScreen

        self.sqs.push_screen(FactsScreen(self.case))

    def do_shared(self) -> None:
        """For two readers, and back."""
        self.stop_writing()
        self.field = "judgement"
        self.in_common = not self.in_common
        self.draw()

    def do_guidance(self) -> None:
        """All of the guidance."""
        from sqs_tui.screens.help import GuidanceScreen

        self.sqs.push_screen(GuidanceScreen(self.desk.criteria.question(self.question)))

    def on_painted_wished(self, message: object) -> None:
        """A click on the outline goes to the question."""
        wish = getattr(message, "wish", "")
        if wish.startswith("go:"):  # all else is for the frame, whose own handler is called as well
            self.visit(wish[3:])
        elif wish.startswith("field:") and not self.in_common:
            self.to_field(wish[6:])

    # ------------------------------------------------------------ judging

    def other_key(self, key: str) -> bool:
        """An outcome's letter, a reason's digit, the arrows."""
        if self.reading_key(key):
            return True
        outcome = next((o for o in self.sheet.outcomes if o.key == key), None)
        if outcome is not None:
            self.judge(outcome.id)
        elif key in "123456789" and len(key) == 1:
            self.tick(int(key) - 1)
        elif key in ("down", "up", "j", "k"):
            size = len(self.sheet.reasons if self.field == "reasons" else self.sheet.outcomes)
            self.mark = (self.mark + (1 if key in ("down", "j") else -1)) % max(1, size)
            self.draw()
        else:
            return False
        return True

    def change(self, how: Callable[[Session], Session]) -> bool:
        """As for every case, but the note being written first."""
        self.commit()
        return super().change(how)
