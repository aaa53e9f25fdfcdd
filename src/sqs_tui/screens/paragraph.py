"""A text of the letter in the author's own words: its figures shown by their words, saved as it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import TextArea

from sqs_core.errors import SqsError
from sqs_core.letter.document import Figure, Paragraph
from sqs_core.letter.live_figures import Filler
from sqs_core.letter.reference import counted_in_words
from sqs_core.records.narrative import Narrative
from sqs_core.storage.external_editor import TextOf
from sqs_core.text import without_forbidden
from sqs_core.workflow.figures import (
    FigureOffer,
    ShownText,
    composed_text,
    followed,
    shown_text,
    stored_text,
)
from sqs_core.workflow.letter_text import LetterPart, text_of, with_text
from sqs_tui.bindings import bindings_of
from sqs_tui.external_editor import edit_externally
from sqs_tui.letter_reader import filler_of, report_of
from sqs_tui.screens.authoring import AuthoringScreen
from sqs_tui.screens.figure_picker import FigurePicker
from sqs_tui.styles import DIM, FIGURE, TITLE, WARN, joined, text, wrapped
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.note_field import NoteText

_FIGURE = re.compile(r"\[[^\[\]]*\]")

Apply = Callable[[Narrative, str], Narrative]


class LetterText(NoteText):
    """The text itself; what stands in brackets is told apart."""

    BINDINGS = [
        Binding("ctrl+j,ctrl+enter", "screen.back", "back", show=False),
        Binding("tab", "app.focus_next", show=False),
    ]

    def get_line(self, line_index: int) -> Text:
        """Return a line, its figures underlined."""
        line = super().get_line(line_index)
        for match in _FIGURE.finditer(line.plain):
            line.stylize("underline", *match.span())
        return line


class ParagraphScreen(AuthoringScreen):
    """A box for one text, and beside or under it how the letter will say it.

    Args:
        part: which text of the letter it is.
        paragraph: the paragraph as it is composed, with which editing begins where nothing is written.
        apply: how a text is put into the narrative, where it is not ``part`` of it.
        before: the text as it is now, with ``apply``.
        about: what the records say that it is to be about.
    """

    view = "paragraph"
    BINDINGS = bindings_of("paragraph")
    AUTO_FOCUS = "LetterText"
    help_text = (
        "What you write is saved as you type.  Words in brackets are live figures: they change with the "
        "records.  Ctrl-R puts one in, found by the name or number of what it counts.  Esc goes back to the "
        "letter; there u takes back what was written."
    )

    def __init__(
        self,
        part: LetterPart,
        paragraph: Paragraph | None = None,
        *,
        apply: Apply | None = None,
        before: str = "",
        about: str = "",
    ) -> None:
        super().__init__()
        self._about = about
        self.part, self._paragraph = part, paragraph
        self._apply: Apply = apply or (lambda narrative, words: with_text(narrative, part, words))
        self._before = before if apply else None
        self._stored = ""
        self._shown = ShownText("")
        self._offers: dict[str, str] = {}
        self._warned = ""

    @property
    def title_shown(self) -> str:
        """What is written."""
        if self._paragraph is not None:
            return f"paragraph {self._paragraph.number or self._paragraph.id}"
        return self.part.title.lower() if self.part.name or self.part.kind == "summary" else self.part.kind

    def where(self) -> str:
        """What is written."""
        return f"Letter ▸ {self.title_shown}"

    def compose_body(self) -> ComposeResult:
        """Yield the text, and how the letter will say it."""
        with Vertical(id="writing"):
            with Vertical(id="box") as box:
                box.border_title = Content(f"▸{self.title_shown}")
                box.border_subtitle = text(self._about)
                yield LetterText()
            with VerticalScroll(id="preview", can_focus=False):
                yield LinesView(id="said")

    @property
    def area(self) -> LetterText:
        """The box one writes in."""
        return self.query_one(LetterText)

    def on_mount(self) -> None:
        """Write at the end of what stands there: the composed sentence, where there is no text yet."""
        before = self._before if self._before is not None else text_of(self.workspace.narrative, self.part)
        if not before and self._paragraph is not None:
            before = composed_text(self._paragraph)
        self._stored = _paragraphs(before)
        self._load(self._stored)

    def _load(self, stored: str) -> None:
        filler = filler_of(self.workspace)
        self._shown = shown_text(filler, stored) if filler else ShownText(stored)
        area = self.area
        with self.prevent(TextArea.Changed):
            area.load_text(self._shown.text)
        area.begins_at_end = False
        area.move_cursor(area.document.end)

    # ------------------------------------------------------------ what is shown

    def update_view(self) -> None:
        """Show how the letter will say it."""
        filler = filler_of(self.workspace)
        lines = self.query_one("#said", LinesView)
        if filler is not None:
            lines.show(self._preview(filler, (lines.content_size.width or self.size.width) - 1))
        count = len(self._shown.figures)
        self.show_tip("^R puts in a live figure" + (f"   {count} live here" if count else ""))

    def _preview(self, filler: Filler, width: int) -> list[Content]:
        stored = self._now()
        rows = [text("In the letter", TITLE)]
        figures: list[Figure] = []
        for part in stored.split("\n\n"):
            try:
                runs = filler.runs(part, {})
            except SqsError as error:
                rows += wrapped("; ".join(p.what for p in error.problems), width, WARN)
                continue
            figures += [run for run in runs if isinstance(run, Figure)]
            words = "".join(run if isinstance(run, str) else run.text for run in runs)
            rows += [Content("  ") + row for row in wrapped(words, width - 2)]
        for figure in figures:
            name = counted_in_words(filler.findings.criteria, figure.asked_for)
            rows.append(joined(text(f"  {figure.k} of {figure.n}  ", FIGURE), text(name, DIM)))
        return rows

    # ------------------------------------------------------------ writing

    @on(TextArea.Changed)
    def _edited(self) -> None:
        """Follow the figures, and save soon; further keys do not put it off."""
        self._follow()
        self.update_view()
        self.commit_soon()

    def _follow(self) -> None:
        if self.area.text != self._shown.text:
            self._shown = followed(self._shown, self.area.text, self._offers)
            self._offers.clear()

    def _now(self) -> str:
        """Return the text as it would be stored now."""
        words = without_forbidden(self._shown.text)[0]
        return _paragraphs(stored_text(self._shown, words))

    def commit(self) -> None:
        """Have the words kept; lines that no blank one parts are one paragraph."""
        self.commits_soon = False
        if not self.is_mounted:
            return
        self._follow()
        words = self._now()
        if words != self._stored:
            self._stored = words
            try:
                self.workspace.save_narrative(self._apply(self.workspace.narrative, words))
            except SqsError as error:
                self.app.show_error(error)

    def action_paragraph_figure(self) -> None:
        """Put in a live figure."""
        filler = filler_of(self.workspace)
        if filler is None:
            self.app.show_message("still counting; try again in a moment")
            return

        def chosen(offer: FigureOffer | None) -> None:
            if offer is not None:
                self._offers[offer.words] = offer.reference
                self.area.insert(f"[{offer.words}]")

        self.app.push_screen(FigurePicker(filler), chosen)

    def action_editor(self) -> None:
        """Write in an editor; the figures stay live."""
        self.commit()
        which = TextOf(self.workspace.folder, "letter", "", f"{self.part.kind}.{self.part.name}")
        found = edit_externally(self.app, which, self.area.text)
        if found is not None and found != self.area.text:
            self.area.text = found
            self.area.move_cursor(self.area.document.end)
        self.refresh_view()

    # ------------------------------------------------------------ leaving

    def action_back(self) -> None:
        """Go back; once not, where a figure is wrong: from there no mark leads here again."""
        self.commit()
        wrong = self._wrong()
        if wrong and wrong != self._warned:
            self._warned = wrong
            nearest = wrong.partition(" known:")[0]  # the other names would fill the row
            self.app.show_message(f"{nearest}  Esc again leaves it so", warning=True)
            return
        self.dismiss()

    def _wrong(self) -> str:
        """Return what is wrong with a figure in the text; "" where nothing is."""
        what = f"in '{self._paragraph.id if self._paragraph is not None else self.part.kind}': "
        findings = self.workspace.findings
        with suppress(SqsError):  # no letter while a case is blinded: then nothing is said of it
            problems = report_of(self.workspace, findings).document.problems if findings is not None else ()
            return next((p.what.removeprefix(what) for p in problems if p.what.startswith(what)), "")
        return ""


def _paragraphs(words: str) -> str:
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", words))
    return "\n\n".join(part for part in parts if part)
