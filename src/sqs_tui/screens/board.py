"""The board: from a figure to its cases, and to the answer."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.letter.live_figures import CHOICES
from sqs_core.scoring.findings import Findings
from sqs_tui.deeds import EVERYWHERE, Deed, Keys
from sqs_tui.paint.lines import EMPTY, Line, line
from sqs_tui.paint.words import number
from sqs_tui.pictures.board import board_picture, subset_keys, weakest_first
from sqs_tui.pictures.board_panel import Behind
from sqs_tui.screens.board_words import BoardWords
from sqs_tui.screens.view import ViewFrame

ONLY = "board.only-"
INSIDE = (
    Deed("board.open", "enter", "open it", foot=1),
    Deed("board.next", "right", "next case", foot=2),
    Deed("board.out", "escape", "back to the line", foot=3),
)
"""What the keys do among the cases behind a line."""


class BoardScreen(BoardWords):
    """How many of how many, question by question."""

    counts = True
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
            "The next of: every case, and each group that the version names",
            foot=2,
        ),
        Deed("board.sort", "s", "weakest first", "By share, or in the order of the criteria", foot=3),
        Deed(
            "board.wording", "w", "words", "Say this figure in the letter by its count, or in words", foot=4
        ),
        Deed("board.export", "x", "export", "Write the board to a file: html, svg, md, csv", foot=5),
        Deed("board.all", "a", "all", "Every case"),
        *ViewFrame.views,
    )
    help_text = (
        "Every line counts the cases judged good enough (█) among those judged (█ and ▒).  Cases to "
        "which a question does not apply, or that nobody has answered, are in neither.  Enter goes to "
        "the cases behind a line, ← and → choose one, Enter opens it at this question.  The range is how "
        "far the share in all of the service's cases could lie from this one, if these were drawn at random."
    )

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self.weakest = False
        self.inside: int | None = None

    @property
    def keys(self) -> Keys:
        """Beside the keys of every board, one for each group of cases that the version names."""
        if self._keys is None:
            groups = [
                Deed(f"{ONLY}{subset.id}", key, str(subset.text), f"Only the cases {subset.text}")
                for subset, key in zip(
                    self.desk.criteria.subsets,
                    subset_keys([s.id for s in self.desk.criteria.subsets]),
                    strict=True,
                )
            ]
            self._keys = Keys((*self.deeds, *groups, *EVERYWHERE), self.sqs.settings.keys)
        return self._keys

    def run_deed(self, deed: Deed) -> None:
        """Do it; a group of cases is chosen by its id."""
        if deed.id.startswith(ONLY):
            self._choose(deed.id.removeprefix(ONLY))
        else:
            super().run_deed(deed)

    @property
    def summary(self) -> Findings | None:
        """The figures of the cases chosen by the filter."""
        findings = self.desk.findings
        if findings is None:
            return None
        return findings.subsets[self.subset] if self.subset else findings

    @property
    def order(self) -> list[str]:
        """The questions in the order shown."""
        names = [q.id for q in self.desk.criteria.questions]
        summary = self.summary
        return weakest_first(summary, names) if self.weakest and summary is not None else names

    @property
    def question(self) -> str:
        """The question of the line with the mark."""
        return self.order[self.cursor]

    def behind(self) -> Behind:
        """What is behind the line with the mark."""
        summary = self.summary
        assert summary is not None
        tally = summary.tally(self.order[self.cursor])
        said = self.said(tally.question)
        # A figure may say the total only ("five cases"): the one that says how many of them leads.
        shares = [figure.text for _, figure in said if figure.form in CHOICES]
        return Behind(
            tally,
            shares[0] if shares else self.words(tally.question),
            (*tally.other_cases, *tally.sufficient_cases),
            tuple(dict.fromkeys(where for where, _ in said)),
            self.draft,
        )

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
            self.behind(),
            self.inside,
            width,
            height,
            themed=not self.weakest,
        )

    def tip(self) -> Line:
        """What is left out of every figure here."""
        practice = sum(self.desk.record(case).practice for case in self.desk.cases)
        words = f" {number(practice, 'practice case')} not counted" if practice else ""
        return line((words, "flag"))

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
        """A click chooses a line."""
        self.cursor, self.inside = row, None
        self.draw()

    def pointed_case(self, place: int) -> None:
        """A click opens a case."""
        self.inside = place
        self.do_cases_behind()

    def footer_deeds(self) -> Sequence[Deed]:
        """Among the cases behind a line other keys lead on."""
        deeds = super().footer_deeds()
        if self.inside is None or self.asking:
            return deeds
        return [*INSIDE, *(d._replace(foot=d.foot + 3) for d in deeds if d.foot > 1)]

    def _enter(self) -> None:
        cases = self.behind().cases
        if cases:
            self.inside = 0
            self.sqs.say("← → choose a case, Enter opens it at this question")
        else:
            self.sqs.say("no case is behind this line")

    def take(self, key: str) -> bool:
        """Enter on a case opens it; Enter on a line goes to its cases."""
        if key == "enter" and self.summary is not None and not self.writing:
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

    def do_export(self) -> None:
        """Write the board, of every case, to a file."""
        from sqs_tui.exports import ask_board

        ask_board(self)

    def _choose(self, subset: str) -> None:
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
