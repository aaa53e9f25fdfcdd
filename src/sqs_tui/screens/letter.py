"""The letter as it stands: every figure live, and opened to the cases behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from attrs import evolve
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from sqs_core.errors import Problem, SqsError
from sqs_core.letter.document import Document, Figure, Paragraph
from sqs_core.text import without_forbidden
from sqs_core.workflow import letter_lists
from sqs_core.workflow.letter_text import LetterPart, saying_otherwise
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.what_is_left import what_is_left
from sqs_tui.base_app import Tick
from sqs_tui.bindings import bindings_of
from sqs_tui.exports import ask_letter
from sqs_tui.letter_reader import LetterReader, before_sending, report_of
from sqs_tui.screens.authoring import AuthoringScreen
from sqs_tui.screens.cases_behind import CasesBehindScreen
from sqs_tui.screens.drafts import DraftsScreen
from sqs_tui.screens.inspection import InspectionScreen
from sqs_tui.screens.paragraph import ParagraphScreen
from sqs_tui.styles import DIM, TITLE, WARN, shortened, text, wrapped
from sqs_tui.widgets.figure_panel import FigureSides, change_words, figure_rows, paragraph_rows
from sqs_tui.widgets.letter_page import LetterPage
from sqs_tui.widgets.letter_parts import LetterParts, LetterSection, checks_row, parts_of, parts_row
from sqs_tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from sqs_core.claims.proofreading import Proofreading

PAUSE = 0.5
"""Seconds without a change before the letter is read through: not while somebody types in it."""
OF_A_FIGURE = ("letter_cases", "letter_wording")
NO_FIGURE = "the mark is on no figure: → goes to the next"
LISTS = ("strengths", "improvements")


class LetterScreen(AuthoringScreen, InspectionScreen):
    """The letter with its figures between marks."""

    view = "letter"
    counts = True
    BINDINGS = [
        *bindings_of("letter", hidden=("drafts.keep",)),
        Binding("down,j", "letter_paragraph_on", show=False),
        Binding("up,k", "letter_paragraph_back", show=False),
    ]
    AUTO_FOCUS = "LetterPage"
    help_text = (
        "Every figure is counted from the records as they are now; change an answer and the words here "
        "change with it.  ← and → go from figure to figure, [ and ] (or ↑ and ↓) from paragraph to "
        "paragraph, PgUp and PgDn move the page.  Enter shows the cases behind a figure.  e writes a "
        "paragraph: there Ctrl-R puts in a live figure.  6 lists what is left before the letter can go."
    )

    def __init__(self, at: str = "") -> None:
        super().__init__()
        self._at = at
        """The name of the paragraph to begin at."""
        self.cursor = -1
        self._reader: LetterReader | None = None
        self._proof: Proofreading | None = None
        self._left: int | None = None
        self._read_through: tuple[int, int] | None = None

    def compose_body(self) -> ComposeResult:
        """Yield the parts, the letter and the figure with the mark; under it what there is to look at."""
        with Horizontal(id="letter-body"):
            yield LetterParts(id="parts")
            with Vertical(id="reading"):
                yield LinesView(id="none")
                yield LetterPage(id="letter")
            with VerticalScroll(id="side", can_focus=False):
                yield LinesView(id="figure")
        yield LinesView(id="foot")
        yield LookRow(id="look")

    @property
    def page(self) -> LetterPage:
        """The letter."""
        return self.query_one(LetterPage)

    @property
    def reader(self) -> LetterReader:
        """What composes the letter."""
        if self._reader is None:
            self._reader = LetterReader(self.workspace)
        return self._reader

    @property
    def stop(self) -> tuple[Paragraph | None, Figure | None]:
        """The paragraph and the figure with the mark; None where there is none."""
        stops = self.reader.stops()
        return stops[max(0, min(self.cursor, len(stops) - 1))] if stops else (None, None)

    @property
    def location(self) -> Location:
        """The letter, at the paragraph with the mark."""
        paragraph = self.stop[0]
        return Location("letter", item=paragraph.name if paragraph is not None else "")

    # ------------------------------------------------------------ what is shown

    def on_screen_resume(self) -> None:
        """Come into view: a draft may have been kept meanwhile."""
        self.reader.read_draft()
        super().on_screen_resume()

    def where(self) -> str:
        """The letter, and the draft kept last."""
        number = self.reader.draft_number
        return f"{self.workspace.inspection.place} ▸ Letter" + (f", draft {number} kept" if number else "")

    def update_view(self) -> None:
        """Show the letter, or why there is none."""
        try:
            document = self.reader.document()
        except SqsError as error:
            self._show_none([row for p in error.problems for row in wrapped(_waits(p), self.size.width - 4)])
            return
        if document is None or self.workspace.findings is None:
            self._show_none([Content("Counting …")])
            return
        self.remove_class("-no-letter")
        self._begin_at(document)
        self.cursor = max(0, min(self.cursor, len(self.reader.stops()) - 1))
        self.page.show_letter(document, self.cursor)
        self._show_figure(document)
        self._soon_read_through()
        self.refresh_bindings()

    def _show_none(self, rows: list[Content]) -> None:
        self.add_class("-no-letter")
        self.show_rows("#none", [Content.empty(), *(Content("  ") + row for row in rows)])

    def _begin_at(self, document: Document) -> None:
        stops = self.reader.stops()
        if self._at:
            wanted, self._at = self._at, ""
            at = next((n for n, (p, _) in enumerate(stops) if wanted in (p.id, p.number, p.name)), None)
            self.cursor = at if at is not None else self.cursor
        if self.cursor < 0:
            self.cursor = next((at for at, (_, figure) in enumerate(stops) if figure), 0)

    def _show_figure(self, document: Document) -> None:
        wide = self.has_class("-wide")
        paragraph, figure = self.stop
        here = paragraph.name if paragraph is not None else ""
        parts = parts_of(document, self._proof)
        if wide:
            self.query_one(LetterParts).show_parts(parts, here, self._proof)
            about = self._proof.about(here) if self._proof else ()
            self.show_rows("#figure", self._panel(here, figure, about, before_sending(document)))
        else:
            self.show_rows("#foot", self._foot(parts, here, figure))
        self.query_one(LookRow).show(self._look_rows(document))

    def _panel(
        self, here: str, figure: Figure | None, about: tuple[str, ...], sending: list[str]
    ) -> list[Content]:
        width = self.query_one("#figure", LinesView).content_size.width
        rows = [
            text("▸ the figure with the mark", TITLE),
            Content.empty(),
            *self._detail(here, figure, width),
        ]
        for title, sentences in (("to look at in this paragraph", about), ("before sending", sending)):
            if sentences:
                rows += [Content.empty(), text(title, TITLE)]
            for words in sentences[:8]:
                folded = wrapped(words, width - 2)
                if len(folded) > 3:
                    folded = [*folded[:2], shortened(f"{folded[2].plain} …", width - 2)]
                rows += [Content("  " if place else "! ") + row for place, row in enumerate(folded)]
        return rows

    def _foot(self, parts: tuple[LetterSection, ...], here: str, figure: Figure | None) -> list[Content]:
        width = self.size.width
        rows = self._detail(here, figure, width - 2)
        if not self.has_class("-short"):
            rule = text("─" * width, DIM)
            rows += [rule, parts_row(parts, here, width), checks_row(self._proof, width)]
        return rows

    def _detail(self, here: str, figure: Figure | None, width: int) -> list[Content]:
        findings, wide = self.workspace.findings, self.has_class("-wide")
        place = self.reader.document()
        where = place.places().get(here, f"paragraph {here}") if place and here else "text"
        if figure is None or findings is None:
            return paragraph_rows(where, width, wide=wide)
        criteria = self.criteria
        sides = FigureSides(
            where,
            self.reader.shapes(figure) if wide else (),
            change_words(criteria, self.reader.changed(figure), self.reader.draft_number),
            self.reader.notes(figure) if wide else (),
        )
        return figure_rows(criteria, figure, sides, width, wide=wide)

    def _look_rows(self, document: Document) -> list[Content]:
        sending = before_sending(document)
        count = self._left if self._left is not None else len(sending)
        if not count:
            return []
        words = f"  ! {count} to look at, press 6" + (f"; {sending[0]}" if sending else "")
        return [shortened(words, self.size.width - 2, WARN)]

    # ------------------------------------------------------------ reading it through

    def _soon_read_through(self) -> None:
        if self._read_through == self.reader.made_of:
            return
        if self._proof is None:
            self._proofread()
        else:
            self.set_timer(PAUSE, self._proofread)

    def _proofread(self) -> None:
        made_of, workspace, autosave = self.reader.made_of, self.workspace, self.app.autosave
        if self._read_through == made_of or not self.is_active:
            return
        with suppress(SqsError):  # no letter while a case is blinded
            document, findings = self.reader.document(), workspace.findings
            if document is None or findings is None:
                return
            self._read_through = made_of
            inspection, cases = workspace.inspection, workspace.cases
            exceptions, folder = workspace.narrative.exceptions, workspace.folder

            def read() -> tuple[Proofreading, int]:
                # The checker's parser is a large library, which no other screen needs.
                from sqs_core.claims.proofreading import proofread

                proof = proofread(inspection, findings, document, cases, exceptions)
                autosave.flush(2.0)
                return proof, len(what_is_left(folder).items)

            def then(found: tuple[Proofreading, int]) -> None:
                if made_of == self.reader.made_of:
                    self._proof, self._left = found
                    self.refresh_view()

            self.in_background(read, then, refused=lambda _: None)

    # ------------------------------------------------------------ moving

    @on(LetterPage.Pointed)
    @on(LetterParts.Picked)
    def _pointed(self, message: LetterPage.Pointed | LetterParts.Picked) -> None:
        self._go(message.place)

    def _go(self, stop: int) -> None:
        self.cursor = stop
        self.update_view()

    def _step(self, step: int) -> None:
        stops = self.reader.stops()
        around = [(self.cursor + step * away) % len(stops) for away in range(1, len(stops) + 1)]
        place = next((p for p in around if (figure := stops[p][1]) and figure.states_number), None)
        if place is not None:
            self._go(place)

    def action_letter_figure_on(self) -> None:
        """Go to the next figure."""
        self._step(1)

    def action_letter_figure_back(self) -> None:
        """Go to the figure before."""
        self._step(-1)

    def action_letter_paragraph_on(self) -> None:
        """Go to the next paragraph, at its first figure where it has one."""
        self._paragraph(1)

    def action_letter_paragraph_back(self) -> None:
        """Go to the paragraph before, at its first figure where it has one."""
        self._paragraph(-1)

    def _paragraph(self, step: int) -> None:
        # Where each paragraph is gone to: its first figure that states a number, else itself.
        first: dict[int, int] = {}
        for place, (paragraph, figure) in enumerate(self.reader.stops()):
            if figure is None or figure.states_number:
                first.setdefault(id(paragraph), place)
        places = list(first.values())
        here = sum(place <= self.cursor for place in places) - 1
        if places:
            self._go(places[max(0, min(here + step, len(places) - 1))])

    def jump_targets(self) -> Iterator[tuple[Widget, int, str, str]]:
        """Every figure in view, and every paragraph without one."""
        for row, stop in self.page.stops_in_view():
            yield self.page, row, "", str(stop)

    def jump_to(self, name: str) -> None:
        """Put the mark there."""
        self._go(int(name))

    # ------------------------------------------------------------ figures

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done: on a paragraph without a figure nothing of one can."""
        there = self.is_mounted and self.app.workspace is not None
        if action in OF_A_FIGURE and there and self.stop[1] is None:
            return None
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Return what leads to a figure."""
        return NO_FIGURE if action in OF_A_FIGURE else super().why_not(action)

    def action_letter_cases(self) -> None:
        """Show the cases behind the figure, to open one."""
        _, figure = self.stop
        if figure is None:
            return
        if not self.criteria.whole.has_question(figure.measure):
            words = "this figure counts people or the whole sample: there is no answer to open"
            self.app.show_message(words)
        else:
            self.app.push_screen(CasesBehindScreen(figure))

    def action_letter_wording(self) -> None:
        """Say this figure by its count or in words, in every place that names it."""
        _, figure = self.stop
        if figure is not None and self.change_narrative(
            lambda narrative: saying_otherwise(narrative, figure)
        ):
            by_count = self.workspace.narrative.wording.get(figure.reference) == "of"
            self.app.show_message("said by its count" if by_count else "said by the phrase scale")

    # ------------------------------------------------------------ writing

    def action_letter_write(self) -> None:
        """Write what the mark is on; what stands there now is the beginning."""
        paragraph, _ = self.stop
        plan = self.criteria.letter
        if paragraph is None or plan is None:
            return
        head, _, place = paragraph.id.partition(".")
        if place and head in LISTS:
            self.go_to(Location("list", place, head))
            return
        section = next(
            (s for s in plan.sections if paragraph.id in (s.id, *(p.id for p in s.paragraphs))), None
        )
        if section is None and paragraph.id != "summary":
            self.go_to(Location("details"))
            return
        holds = section.holds if section is not None else "summary"
        if holds == "paragraphs":
            self.app.push_screen(ParagraphScreen(LetterPart("instead", paragraph.id), paragraph))
        elif holds == "summary":
            self.action_letter_summary()
        elif holds == "strengths":
            self.action_letter_strength()
        else:
            self.action_letter_improvement()

    def action_letter_as_composed(self) -> None:
        """Go back to the composed words."""
        paragraph, _ = self.stop
        where = paragraph.id if paragraph is not None else ""
        if where in self.workspace.narrative.paragraphs:
            self.change_narrative(
                lambda n: evolve(n, paragraphs={k: v for k, v in n.paragraphs.items() if k != where})
            )
            self.app.show_message(f"paragraph {where} is composed again; u takes that back")
        else:
            self.app.show_message("this paragraph is composed: there is no text of your own")

    def action_letter_summary(self) -> None:
        """Write the summary."""
        self.app.push_screen(ParagraphScreen(LetterPart("summary")))

    def action_letter_strength(self) -> None:
        """Add a strength."""
        self._add("strengths", "Outstanding strength:", ())

    def action_letter_improvement(self) -> None:
        """Add an area requiring improvement, linked to the question of the figure with the mark."""
        _, figure = self.stop
        measure = figure.measure if figure is not None else ""
        whole = self.criteria.whole
        linked = (measure,) if measure and whole.has_question(measure) else ()
        tick = None
        if linked:
            number, asked = whole.question_numbers[measure], whole.question(measure)
            tick = Tick(f"rests on {number} {asked.short}, as the mark does")
        self._add("improvements", "Area requiring improvement:", linked, tick)

    def _add(
        self, which: letter_lists.LetterList, label: str, linked: tuple[str, ...], tick: Tick | None = None
    ) -> None:
        def added(words: str) -> None:
            words = without_forbidden(words)[0].strip()
            questions = linked if tick is None or tick.on else ()
            if words:
                self.change_narrative(lambda n: letter_lists.adding(n, which, words, questions))

        self.app.ask(label, "", added, tick=tick)

    # ------------------------------------------------------------ drafts and files

    def action_letter_drafts(self, *, keep: bool = False) -> None:
        """Show what changed since the draft kept last; ``keep``: once the letter as it is now is the next."""
        findings = self.workspace.findings
        if findings is not None:
            self.app.attempt(
                lambda: self.app.push_screen(DraftsScreen(report_of(self.workspace, findings), keep=keep))
            )

    def action_drafts_keep(self) -> None:
        """Keep the letter as it is now as the next draft."""
        self.action_letter_drafts(keep=True)

    def action_file_report(self) -> None:
        """Write the letter to a file."""
        ask_letter(self.app, self.workspace)


class LookRow(LinesView):
    """How much there is to look at; pointing at it shows the list."""

    def on_click(self) -> None:
        """Show what is left."""
        if isinstance(self.screen, LetterScreen):
            self.screen.action_view("left")


def _waits(problem: Problem) -> str:
    return f"The letter waits: {problem.where} {problem.what}." if problem.where else problem.what
