"""The letter as it stands: every figure live, and opened to the cases behind it."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.claims.proofreading import name_of
from sqs_core.errors import Problem, SqsError
from sqs_core.letter.document import Figure
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import EMPTY, Line, line, rule, window, wrapped
from sqs_tui.pictures.board_panel import folded
from sqs_tui.pictures.letter import (
    LEFT,
    SIDE,
    WIDE,
    FigureSides,
    figure_detail,
    laid_out,
    letter_foot,
    letter_picture,
    page_width,
    paragraph_detail,
    told_change,
)
from sqs_tui.pictures.letter_parts import checks_lines, parts_lines, parts_of
from sqs_tui.screens.letter_reading import LetterReading, before_sending
from sqs_tui.screens.letter_text import NO_FIGURE
from sqs_tui.screens.view import ViewFrame


class LetterScreen(LetterReading):
    """The letter with its figures between marks."""

    counts = True
    deeds = (
        Deed("letter.cases", "enter", "its cases", "The cases behind this figure, to open one", foot=2),
        Deed("letter.figure-on", "right", "next figure", "The next figure in the letter", ("tab",), 1),
        Deed("letter.figure-back", "left", "figure before", "The figure before", ("shift+tab",)),
        Deed(
            "letter.paragraph-on",
            "]",
            "next paragraph",
            "To the next paragraph, with a figure or without",
            foot=5,
        ),
        Deed("letter.paragraph-back", "[", "paragraph before", "To the paragraph before"),
        Deed("letter.edit", "E", "edit text", "Write this paragraph yourself; figures stay live", foot=3),
        Deed("letter.wording", "w", "wording", "Say this figure by its count or in words", foot=4),
        Deed("letter.compare", "d", "compare drafts", "What changed since a draft that was kept", foot=8),
        Deed("letter.draft", "D", "draft again", "Take your own text of this paragraph away"),
        Deed("letter.summary", "S", "summary", "Write the summary"),
        Deed("letter.strength", "+", "strength", "Add an outstanding strength", foot=6),
        Deed("letter.improvement", "i", "improvement", "Add an area requiring improvement", foot=7),
        Deed("letter.export", "x", "export", "Write the letter to a file, by any renderer installed", foot=5),
        *ViewFrame.views,
    )
    help_text = (
        "Every figure is counted from the records as they are now; change an answer and the words here "
        "change with it.  ← and → go from figure to figure, [ and ] from paragraph to paragraph, ↑ and ↓ "
        "move the page.  Enter shows the cases behind a figure.  In text of your own a figure is written "
        "as shown under Words, such as {roh.plan|of cases}."
    )

    def __init__(self) -> None:
        super().__init__()
        self.cursor = -1  # nowhere yet
        self.top = 0
        self.inside: int | None = None
        self._follow = True

    def where(self) -> str:
        """The letter, and the draft kept last."""
        kept = f", draft {self.draft_number} kept" if self.draft_number else ""
        return f"{self.desk.inspection.place} ▸ Letter{kept}"

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The letter, or why there is none."""
        try:
            document = self.document()
        except SqsError as error:
            told = [row for p in error.problems for row in wrapped(_told(p), width - 4)]
            return [rule(width), EMPTY, *(line(f"  {row}") for row in told)]
        if document is None or self.desk.findings is None:
            return [EMPTY, line("  Counting …")]
        if self.cursor < 0:
            self.cursor = next((at for at, (_, figure) in enumerate(self.stops()) if figure), 0)
        wide = width >= WIDE
        laid = laid_out(document, self.cursor, page_width(width))
        parts = parts_of(document, self.proof)
        detail: list[Line] = []
        paragraph, figure = self.stop
        here = name_of(paragraph) if paragraph is not None else ""
        if paragraph is not None and figure is None:
            detail = paragraph_detail(here, SIDE - 2 if wide else width - 2, wide=wide)
        elif figure is not None:
            sides = FigureSides(
                here,
                self.shapes(figure) if wide else (),
                told_change(self.desk.criteria, self.changed(figure), self.draft_number),
                self.notes(figure) if wide else (),
            )
            detail = figure_detail(
                self.desk.criteria,
                self.desk.findings,
                figure,
                sides,
                SIDE - 2 if wide else width - 2,
                wide=wide,
            )
            if self.inside is not None:
                at = 0 if wide else 1
                detail[at:at] = self._chosen(figure, SIDE - 2 if wide else width - 2, wide=wide)
        words = before_sending(document)
        foot = letter_foot(detail, parts, here, self.proof, words, width, height)
        room = height if wide else height - len(foot)
        if self._follow and laid.rows:
            row = laid.rows[self.cursor]
            self.top = window(max(0, row - 2), self.top, room, len(laid.lines))
            self.top = window(min(len(laid.lines) - 1, row + 3), self.top, room, len(laid.lines))
        self.top = max(0, min(self.top, len(laid.lines) - room))
        if not wide:
            rows = list(laid.lines[self.top : self.top + room])
            return [*rows, *([EMPTY] * (room - len(rows))), *foot]
        left = [*parts_lines(parts, here, LEFT - 2), *checks_lines(self.proof, LEFT - 2)]
        about = self.proof.about(here) if self.proof else ()
        return letter_picture(laid, self.top, left, detail, about, words, width, height)

    def _chosen(self, figure: Figure, width: int, *, wide: bool) -> list[Line]:
        parts = [
            (
                f"{'▶' if place == self.inside else ' '}{case} ",
                "here" if place == self.inside else "",
                f"case:{place}",
            )
            for place, case in enumerate(figure.asked_cases)
        ]
        rows = folded([("  open ", "title"), *parts], width)
        if wide:
            return rows
        return [next((row for row in rows if any(s.text.startswith("▶") for s in row)), rows[0])]

    def other_key(self, key: str) -> bool:
        """↑ and ↓ move the page; ← and → choose a case where they are shown."""
        if key in ("down", "j", "up", "k", "pagedown", "pageup"):
            self._follow = False
            self.top += {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": 15, "pageup": -15}[key]
        elif self.inside is not None and key in ("left", "right"):
            _, figure = self.stop
            self.inside = (self.inside + (1 if key == "right" else -1)) % max(
                1, len(figure.asked_cases) if figure else 0
            )
        else:
            return False
        self.draw()
        return True

    def pointed(self, row: int) -> None:
        """A click chooses a figure."""
        self.cursor, self.inside, self._follow = row, None, True
        self.draw()

    def pointed_case(self, place: int) -> None:
        """A click opens a case."""
        self.inside = place
        self._open()

    def footer_deeds(self) -> Sequence[Deed]:
        """On a paragraph without a figure there are no cases to see and nothing to say otherwise."""
        deeds = super().footer_deeds()
        if self.asking or self.stop[1] is not None:
            return deeds
        return [deed for deed in deeds if deed.id not in ("letter.cases", "letter.wording")]

    def take(self, key: str) -> bool:
        """Enter shows the cases of a figure, and again opens one."""
        if key == "enter" and not self.writing:
            self.sqs.hush()
            if self.inside is None:
                self._show_cases()
            else:
                self._open()
            return True
        return super().take(key)

    def _show_cases(self) -> None:
        _, figure = self.stop
        if figure is None:
            self.sqs.say(NO_FIGURE)
            return
        if not self.desk.criteria.has_question(figure.measure):
            self.sqs.say("this figure counts people or the whole sample: there is no answer to open")
            return
        self.inside = 0
        self.sqs.say("← → choose a case, Enter opens it at this question")
        self.draw()

    def _open(self) -> None:
        from sqs_tui.screens.case import open_case

        _, figure = self.stop
        assert self.inside is not None
        assert figure is not None
        open_case(self.sqs, figure.asked_cases[self.inside], figure.measure)

    def _step(self, step: int) -> None:
        stops = self.stops()
        around = [(self.cursor + step * away) % len(stops) for away in range(1, len(stops) + 1)]
        place = next((p for p in around if (figure := stops[p][1]) and figure.states_number), None)
        if place is not None:
            self.pointed(place)

    def do_figure_on(self) -> None:
        """The next figure."""
        self._step(1)

    def do_figure_back(self) -> None:
        """The figure before."""
        self._step(-1)

    def do_paragraph_on(self) -> None:
        """The next paragraph, at its first figure where it has one."""
        self._paragraph(1)

    def do_paragraph_back(self) -> None:
        """The paragraph before, at its first figure where it has one."""
        self._paragraph(-1)

    def _paragraph(self, step: int) -> None:
        stops = self.stops()
        # Where each paragraph is gone to: its first figure that states a number, else itself.
        first: dict[int, int] = {}
        for place, (paragraph, figure) in enumerate(stops):
            if figure is None or figure.states_number:
                first.setdefault(id(paragraph), place)
        places = list(first.values())
        here = sum(place <= self.cursor for place in places) - 1
        if places:
            self.pointed(places[max(0, min(here + step, len(places) - 1))])

    def do_back(self) -> None:
        """From the cases to the figure, from there to the grid."""
        if self.inside is not None:
            self.inside = None
            self.draw()
        else:
            super().do_back()


def _told(problem: Problem) -> str:
    return f"The letter waits: {problem.where} {problem.what}." if problem.where else problem.what
