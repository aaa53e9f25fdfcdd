"""Many inspections: a data set of ``sqs programme build`` as heat map, bars or trend."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.content import Content

from sqs_core.exports.parquet import check_polars
from sqs_core.exports.programme_view import ViewKind
from sqs_core.state import path_typed
from sqs_core.workflow.programme import ProgrammeAnswer, ask_of
from sqs_core.workflow.programme_text import answer_text
from sqs_tui.bindings import bindings_of
from sqs_tui.screens.scrolled import ScrolledScreen
from sqs_tui.styles import DIM, WARN, text, wrapped


class ProgrammeScreen(ScrolledScreen):
    """The answer in words and strips: what the pictures show, as a terminal can."""

    view = "programme"
    BINDINGS = [*bindings_of("programme")]
    help_text = (
        "A data set of many inspections, which sqs programme build keeps.  H is a heat map by theme and "
        "quarter, C the questions, O one question quarter by quarter: in a strip from 0 to 100% = is within "
        "the limits, o the count, X one beyond.  Small counts are left out.  sqs programme show -o writes "
        "pages with pictures."
    )

    def __init__(self, dataset: Path) -> None:
        super().__init__()
        self._dataset = dataset
        self._answer: ProgrammeAnswer | None = None

    def on_mount(self) -> None:
        """Show the heat map."""
        self.action_programme_heatmap()

    def where(self) -> str:
        """The data set."""
        return f"Many inspections ▸ {self._dataset.name}"

    def rows(self, width: int) -> Sequence[Content]:
        """Return the answer, with what is not in it."""
        if self._answer is None:
            return [text("o names another data set; sqs programme build DIR… --to DATASET makes one.", DIM)]
        shown = [text(line) for line in answer_text(self._answer, width=width).splitlines()]
        apart = [f"Left out: {words}." for words in self._answer.left_out]
        apart += [f"Take care: {words}." for words in self._answer.notes]
        return [*shown, *(row for words in apart for row in wrapped(words, width, WARN))]

    def action_programme_dataset(self) -> None:
        """Ask for the folder of the data set, and show its heat map."""

        def on_answer(words: str) -> None:
            if words.strip():
                self._dataset = path_typed(words)
                self.action_programme_heatmap()

        self.app.ask("The folder of the data set:", str(self._dataset), on_answer, does="open it")

    def action_programme_heatmap(self) -> None:
        """Show every theme in every quarter."""
        self._ask("heatmap")

    def action_programme_bars(self) -> None:
        """Show every question."""
        self._ask("bars")

    def action_programme_trend(self) -> None:
        """Ask for a question, and show it quarter by quarter."""
        asked = "Which question? Its number, id or name:"
        self.app.ask(asked, "", lambda words: self._ask("trend", words.strip()), does="show it")

    def _ask(self, kind: ViewKind, question: str = "") -> None:
        dataset = self._dataset

        def read() -> ProgrammeAnswer:
            check_polars()
            return ask_of(dataset, kind, question)

        def then(answer: ProgrammeAnswer) -> None:
            self._answer = answer
            self.show_place()
            self.to_top()

        self.in_background(read, then)
