"""The board: from a figure to its cases, and to the answer."""

from __future__ import annotations

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.events import Event, Key
from textual.widget import Widget
from textual.widgets import OptionList

from sqs_core.scoring.fact_counts import FactCount
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.ratings import Rating
from sqs_core.text import counted
from sqs_core.workflow.letter_text import saying_otherwise
from sqs_core.workflow.navigation import Location
from sqs_tui.bindings import binding, bindings_of
from sqs_tui.board_figures import (
    Behind,
    board_lines,
    case_picks,
    fact_lines,
    fact_rows,
    head_rows,
    rating_lines,
    rating_rows,
    rest_rows,
    shown_facts,
    shown_ratings,
    subset_picks,
    titles,
    weakest_first,
)
from sqs_tui.exports import ask_board
from sqs_tui.letter_reader import LetterWords, words_if_said, words_said
from sqs_tui.screens.inspection import InspectionScreen
from sqs_tui.styles import DIM, FLAG, HERE, shortened
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.option_menu import PlaceMenu
from sqs_tui.widgets.pick_row import PickList, PickRow
from sqs_tui.widgets.view_tabs import ViewTabs

NOTE = "* 95 % Wilson range if these were a random sample; each block is one case"
BRIEF_NOTE = "* 95 % range, if a random sample; a block is a case"
OF_FIGURES = ("list_open", "board_filter", "board_sort", "letter_wording")
"""What is done with figures, and so waits until they are counted."""


class CasesOfLine(PickList):
    """The cases behind a line."""

    BINDINGS = [
        binding("list.open", "screen.open_case", name="open it"),
        Binding("right", "move(1)", "next case", id="mark.down"),
        Binding("escape", "screen.out", "back to the line", id="app.back"),
    ]


class BoardScreen(InspectionScreen):
    """How many of how many, question by question."""

    fits_room = True
    view = "board"
    counts = True
    BINDINGS = [
        *bindings_of("board", opens="see the cases"),
        Binding("right", "list_open", "see the cases", show=False),
    ]
    AUTO_FOCUS = "#board"
    help_text = (
        "Every line counts the cases judged good enough (█) among those judged (█ and ▒).  Cases to "
        "which a question does not apply, or that nobody has answered, are in neither.  Enter goes to "
        "the cases behind a line, ← and → choose one, Enter opens it at this question.  | shows the next "
        "group of cases; Tab goes to the groups and a click chooses one.  The range is how far the share in "
        "all of the service's cases could lie from this one, if these were drawn at random."
    )

    def __init__(self) -> None:
        super().__init__()
        self._subset = ""
        self._weakest = False
        self._words: tuple[tuple[int, int], LetterWords] | None = None
        self._rows_of: object = None
        self._ratings: dict[str, Rating] = {}
        self._facts: dict[str, FactCount] = {}

    def compose_body(self) -> ComposeResult:
        """Yield the views, the groups of cases, the lines, and what is behind one of them."""
        yield ViewTabs("board")
        yield PickList(id="subsets", indent=6)
        with Container(id="middle"):
            with Vertical(id="counts"):
                yield LinesView(id="titles")
                yield PlaceMenu(id="board")
                yield LinesView(id="note")
            with Vertical(id="behind"):
                yield LinesView(id="head")
                yield CasesOfLine(id="cases", marks=True)
                yield LinesView(id="rest")
                yield LinesView(id="way")

    def takes_key(self, event: Event) -> bool:
        """Return whether there are figures, for a key that moves among them or does something with them."""
        if not isinstance(event, Key) or self.app.workspace is None or self.shown is not None:
            return True
        bound = self.active_bindings.get(event.key)
        return bound is None or not (bound.node is self.menu or bound.binding.action in OF_FIGURES)

    # ------------------------------------------------------------ what there is

    @property
    def shown(self) -> Findings | None:
        """The figures of the cases chosen; None while they are counted."""
        findings = self.workspace.findings
        if findings is None:
            return None
        return findings.subsets[self._subset] if self._subset else findings

    @property
    def menu(self) -> PlaceMenu:
        """The lines."""
        return self.query_one(PlaceMenu)

    @property
    def cases(self) -> CasesOfLine:
        """The cases behind the line with the mark."""
        return self.query_one(CasesOfLine)

    @property
    def question(self) -> str:
        """The question of the line with the mark."""
        return self.menu.marked

    @property
    def inside(self) -> bool:
        """Whether the keys are among the cases."""
        return self.focused is self.cases

    @property
    def letter(self) -> LetterWords:
        """What the letter says."""
        made_of = (self.workspace.version, self.workspace.counted)
        if self._words is None or self._words[0] != made_of:
            self._words = made_of, words_said(self.workspace)
        return self._words[1]

    def behind(self, findings: Findings) -> Behind:
        """Return what is behind the line with the mark."""
        question, letter = self.question, self.letter
        choices = letter.choices(question, self._subset)
        words = choices[0].text if choices else words_if_said(self.workspace, question, self._subset)
        used = dict.fromkeys(where for where, _ in letter.of(question, self._subset))
        return Behind(findings.tally(question), words, tuple(used), letter.draft)

    # ------------------------------------------------------------ what is shown

    def update_view(self) -> None:
        """Show the figures as they were counted last."""
        findings, shown = self.workspace.findings, self.shown
        if findings is None or shown is None:
            self.show_rows("#titles", [Content("  Counting …")])
            return
        criteria = self.criteria
        width = self.menu.size.width or self.size.width
        subsets = self.query_one("#subsets", PickList)
        subsets.cursor = self._subset or "all"
        lead = " " if self.has_class("-narrow") else " show "
        subsets.show_picks(subset_picks(criteria, findings, self._subset, lead))
        self.show_rows("#titles", [titles(criteria, width)])
        names = [question.id for question in criteria.questions]
        order = weakest_first(shown, names) if self._weakest else names
        lines = board_lines(shown, order, width, themed=not self._weakest)
        if not self._subset:
            self._ratings = shown_ratings(findings, self.workspace.inspection)
            lines += rating_lines(self._ratings, width)
            self._facts = shown_facts(findings)
            lines += fact_lines(self._facts, width)
        self.menu.show_lines(lines)
        note = self.in_its_words(NOTE if self.size.width >= 80 else BRIEF_NOTE)
        note = note if len(note) + 2 < self.size.width else self.in_its_words(BRIEF_NOTE)
        self.show_rows("#note", [shortened(f"  {note}", width, DIM)])
        self._show_behind()
        practice = sum(self.workspace.record(case).practice for case in self.workspace.cases)
        one, many = self.criteria.one, self.criteria.many
        practice_cases = counted(practice, f"practice {one}", f"practice {many}")
        self.show_tip(f"{practice_cases} not counted" if practice else "", FLAG)

    def _show_behind(self) -> None:
        findings, shown = self.workspace.findings, self.shown
        if findings is None or shown is None or not self.question:
            return
        rating, fact = self._ratings.get(self.question), self._facts.get(self.question)
        if rating or fact:
            width, wide = self.cases.size.width, self.has_class("-wide")
            rows = rating_rows(rating, width) if rating else fact_rows(fact, width, wide=wide) if fact else []
            self.show_rows("#head", rows)
            self.cases.show_picks([])
            self.show_rows("#rest", [])
            return
        wide = self.has_class("-wide")
        behind, criteria, width = self.behind(shown), self.criteria, self.cases.size.width
        self.show_rows("#head", head_rows(criteria, behind.tally, width, wide=wide))
        self.cases.show_picks(case_picks(criteria, findings, behind.tally, width, wide=wide))
        self.show_rows("#rest", rest_rows(criteria, findings, behind, width, wide=wide))
        self._show_way()

    def _show_way(self) -> None:
        total = len(self.cases.ids)
        words = f"Enter: {self.criteria.counted(total)} behind this line"
        if self.inside and total:
            words = f"Enter opens {self.criteria.named(self.cases.cursor)} here"
        self.show_rows("#way", [shortened(words, self.cases.size.width, HERE)])

    @on(OptionList.OptionHighlighted)
    def _marked(self) -> None:
        self._show_behind()

    @on(PickList.Moved, "#cases")
    def _case_marked(self) -> None:
        self._show_way()

    def on_descendant_focus(self) -> None:
        """Other keys hold among the cases."""
        self._show_way()

    # ------------------------------------------------------------ what can be done

    def action_list_open(self) -> None:
        """Go to the cases behind the line with the mark."""
        if self.shown is None:
            return
        if self.cases.ids:
            self.cases.cursor = self.cases.ids[0]
            self.set_focus(self.cases)
            self.app.show_message("← → choose a case, Enter opens it at this question")
        else:
            self.app.show_message(f"no {self.criteria.one} is behind this line")

    def action_out(self) -> None:
        """Go from the cases to the line."""
        if not self.app.give_up():
            self.set_focus(self.menu)

    @on(PickRow.Picked, "#cases")
    def action_open_case(self) -> None:
        """Open the case with the cursor, at this question."""
        if self.cases.cursor:
            self.go_to(Location("question", self.cases.cursor, self.question))

    @on(PickRow.Picked, "#subsets")
    @on(PickList.Moved, "#subsets")
    def _subset_picked(self, message: PickRow.Picked | PickList.Moved) -> None:
        self._choose("" if message.id == "all" else message.id)

    def action_board_filter(self) -> None:
        """Show the next group of cases."""
        known = ["", *(subset.id for subset in self.criteria.subsets)]
        self._choose(known[(known.index(self._subset) + 1) % len(known)])

    def _choose(self, subset: str) -> None:
        self._subset = subset
        if self.inside:
            self.set_focus(self.menu)
        self.refresh_view()

    def action_board_sort(self) -> None:
        """Put the weakest first, or take the order of the criteria again."""
        self._weakest = not self._weakest
        self.refresh_view()
        self.menu.action_first()
        self.set_focus(self.menu)

    def action_file_report(self) -> None:
        """Write the board, of every case, to a file."""
        ask_board(self.app, self.workspace)

    def action_letter_wording(self) -> None:
        """Say this figure by its count or by the version's scale, wherever the letter states it."""
        if self.shown is None or self.question in {**self._ratings, **self._facts}:
            return
        said = self.letter.choices(self.question, self._subset)
        if not said:
            self.app.show_message("the letter does not say this figure in words of its own choice")
            return
        narrative = saying_otherwise(self.workspace.narrative, said[0])
        self.app.attempt(lambda: self.workspace.save_narrative(narrative))
        form = narrative.wording[said[0].reference]
        now = next((f.text for f in self.letter.choices(self.question, self._subset) if f.form == form), "")
        self.app.show_message(f"the letter says “{now}”" if now else "the letter says it another way")
        self.app.count()
        self.refresh_view()

    # ------------------------------------------------------------ jumping

    def jump_targets(self) -> Iterator[tuple[Widget, int, str, str]]:
        """The lines in view, and the cases."""
        for row, name in self.menu.lines_in_view():
            yield self.menu, row, "", name
        yield self.cases, 0, "", "-cases"

    def jump_to(self, name: str) -> None:
        """Put the mark on a line, or go to the cases."""
        if name == "-cases":
            self.action_list_open()
        else:
            self.menu.mark(name)
            self.set_focus(self.menu)
