"""An inspection beside the one before it: what is better, worse, or cannot be told, and the cases behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from sqs_core.letter.change_since import difference_words, how_to_read, name_of, title_of, verdict_words
from sqs_core.scoring.rescreening import RescreenedQuestion, Rescreening
from sqs_core.state import path_typed
from sqs_core.storage.folder import open_inspection
from sqs_core.workflow.rescreening import named_before, rescreening_of
from sqs_tui.bindings import bindings_of
from sqs_tui.screens.cases_behind import CasesBehindScreen, figure_behind
from sqs_tui.screens.menu import ListScreen
from sqs_tui.styles import DIM, TITLE, WARN, fitted, joined, shortened, text, wrapped
from sqs_tui.widgets.option_menu import Line

GROUPS = ("Areas for improvement", "Other questions", "Not comparable")


def _group(one: RescreenedQuestion) -> str:
    return GROUPS[2] if one.p is None else GROUPS[0] if one.area else GROUPS[1]


class ComparedScreen(ListScreen):
    """The questions, those of the areas for improvement first; Enter opens the cases of now."""

    view = "compared"
    on_a_line = ("list_open",)
    BINDINGS = bindings_of("compared", opens="cases behind")
    help_text = (
        "Every question with its count then and now.  Better and worse are said only where chance alone "
        "would seldom do that; that a change cannot be told does not mean that nothing has changed.  Enter "
        "opens the cases of now.  sqs compare writes the same to a file."
    )

    def __init__(self) -> None:
        super().__init__()
        self._found: Rescreening | None = None

    def on_mount(self) -> None:
        """Compare with the inspection before that this one names, or ask for its folder."""
        named = named_before(self.workspace.folder)
        if named is None:
            self.call_after_refresh(self.action_compared_folder)
        else:
            self.app.attempt(lambda: self._compare_with(named))

    def where(self) -> str:
        """What is compared."""
        return f"{self.workspace.inspection.place} ▸ Compared with the screening before"

    def _compare_with(self, folder: Path) -> None:
        before, now, autosave = open_inspection(folder), self.workspace.folder, self.app.autosave

        def read() -> Rescreening:
            autosave.flush(2.0)
            return rescreening_of(before, now)

        def then(found: Rescreening) -> None:
            self._found = found
            self.refresh_view()

        self.in_background(read, then)

    # ------------------------------------------------------------ what is shown

    @property
    def rows(self) -> tuple[RescreenedQuestion, ...]:
        """The questions in the order in which they are shown."""
        return self._found.questions if self._found is not None else ()

    @property
    def question(self) -> RescreenedQuestion | None:
        """The question with the mark."""
        return self.rows[int(self.menu.marked)] if self.menu.marked else None

    def update_view(self) -> None:
        """Show the comparison."""
        width = self.size.width - 4
        if self._found is None:
            self.show_summary(text("  o names the folder of the inspection before.", DIM))
            return
        doubts = "; ".join(self._found.notes)
        verdicts = how_to_read(self._found)[0].partition(". ")[0]
        rows = wrapped(f"Take care: {doubts}", width, WARN) if doubts else wrapped(verdicts, width, DIM)
        title = shortened(f"  {title_of(self._found)}", width, TITLE)
        self.show_summary(title, *(Content("  ") + row for row in rows[:2]))
        self.menu.show_lines(self._lines(self._found))
        self.show_item()

    def _lines(self, found: Rescreening) -> Iterator[Line]:
        name_width = max(16, self.size.width - 44)
        for title in GROUPS:
            inside = [(place, one) for place, one in enumerate(self.rows) if _group(one) == title]
            if inside:
                yield Line("", text(f"  {title}", DIM))
            for place, one in inside:
                counts = f"{one.before} → {one.after}" if one.p is not None else ""
                verdict = one.verdict if one.p is not None else ""
                row = joined(fitted(name_of(found, one), name_width), Content(" "), fitted(counts, 20))
                yield Line(
                    str(place), row + text(f" {verdict}", TITLE if verdict in ("better", "worse") else "")
                )

    def in_full(self, width: int) -> Sequence[Content]:
        """Return how the answers to the question changed, and what can be said of that."""
        one = self.question
        if one is None or self._found is None:
            return []
        words = "; ".join(part for part in (difference_words(one), verdict_words(one)) if part)
        return wrapped(f"{name_of(self._found, one)}: {words}", width)[:3]

    # ------------------------------------------------------------ what can be done

    def why_not(self, action: str) -> str:
        """Return what would work instead."""
        return "o names the folder of the inspection before" if action == "list_open" else ""

    def action_compared_folder(self) -> None:
        """Ask for the folder of the inspection before."""
        asked = "The folder of the inspection before this one:"
        self.app.ask(asked, "", lambda words: self._compare_with(path_typed(words)), does="compare")

    @on(OptionList.OptionSelected)
    def action_list_open(self) -> None:
        """Open the cases of now."""
        one, found = self.question, self._found
        if one is None or found is None:
            return
        if one.question not in found.findings_after.tallies:
            self.app.show_message("it is not asked any more")
            return
        self.app.push_screen(CasesBehindScreen(figure_behind(found.findings_after, one.question)))
