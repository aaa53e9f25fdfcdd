"""Help on what is in view, all of the guidance on a question, and what was said in row 1."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from sqs_core.criteria.model import Question
from sqs_tui.deeds import EVERYWHERE, Deed, key_shown
from sqs_tui.paint.lines import EMPTY, Line, line, rule, styled, wrapped
from sqs_tui.pictures.board_panel import folded
from sqs_tui.screens.frame import Frame
from sqs_tui.screens.page import Page

MARKS = (
    *("✓ finished", "● all answered", "◐ begun", "○ not looked at"),
    *("⚑ come back", "▶ here", "· none", "+ more than nine"),
    *("✎ your own words", "! to look at"),
)
CLOSE = Deed("help.close", "escape", "back", "Back to where you were", ("enter", "?"), 1)


class HelpScreen(Page):
    """What can be done on the screen it was asked from, then every key."""

    deeds = (CLOSE,)
    help_text = ""

    def __init__(self, about: Frame) -> None:
        super().__init__()
        self.about = about

    def where(self) -> str:
        """Help on what."""
        return f"Help ▸ {self.about.where()}"

    def lines(self, width: int) -> Sequence[Line]:
        """The words on this screen, its keys, the keys that hold everywhere."""
        rows: list[Line] = [rule(width)]
        rows += styled([f"  {row}" for row in wrapped(self.about.help_text, width - 4)])
        rows += [EMPTY, line(("  Here", "title"))]
        own = [d for d in self.about.keys.deeds if not d.id.startswith("app.")]
        rows += [row for deed in own for row in _deed_rows(deed, width)]
        rows += [EMPTY, line(("  Everywhere", "title"))]
        names = {d.id for d in EVERYWHERE}
        rows += [r for d in self.about.keys.deeds if d.id in names for r in _deed_rows(d, width)]
        rows += [EMPTY, line(("  Marks", "title"))]
        rows += folded([(f"    {mark:<18}", "") for mark in MARKS], width - 2)
        words = "In text: ^A ^E line ends, ^K ^U delete, ^Z ^Y undo, ^J done and next, Esc keeps it."
        rows += [EMPTY, *styled([f"    {row}" for row in wrapped(words, width - 6)])]
        return rows

    def do_close(self) -> None:
        """Back."""
        self.sqs.pop_screen()


def _deed_rows(deed: Deed, width: int) -> list[Line]:
    # What is too long for its column goes on in a row of its own: nothing runs into its neighbour.
    keys = " ".join(key_shown(k) for k in (deed.key, *deed.also) if k) or "^P"
    columns = (wrapped(keys, 9), wrapped(deed.words, 18), wrapped(deed.about or deed.words, width - 34))
    return [
        line((f"    {key:<10}", "title"), f"{name:<18} ", (about, "dim"), wish=f"key:{deed.key}")
        for key, name, about in zip_longest(*columns, fillvalue="")
    ]


class GuidanceScreen(Page):
    """All of the guidance on a question."""

    deeds = (CLOSE._replace(id="guidance.close", also=("enter", "g")),)
    help_text = "Esc goes back to the question."

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def where(self) -> str:
        """Which question."""
        return f"Guidance ▸ {self.question.short}"

    def lines(self, width: int) -> Sequence[Line]:
        """The question, what to look for, the reasons, and where the words come from."""
        room = min(width - 6, 92)
        asked = self.question
        rows: list[Line] = [rule(width), EMPTY]
        rows += styled([f"  {row}" for row in wrapped(str(asked.text), room)], "title")
        rows += [EMPTY, *styled([f"  {row}" for row in wrapped(" ".join(str(asked.guidance).split()), room)])]
        if asked.population:
            rows += [EMPTY, line((f"  Asked of cases {asked.population}.", "dim"))]
        rows += [EMPTY, line(("  Reasons it can be not good enough", "title"))]
        for reason in self.sqs.desk.criteria.reasons_of(asked) if self.sqs.desk else ():
            rows += styled(
                [
                    f"    • {row}" if not i else f"      {row}"
                    for i, row in enumerate(wrapped(str(reason.text), room - 6))
                ]
            )
        if self.sqs.desk:
            source = (
                f"{self.sqs.desk.criteria.title}: {self.sqs.desk.criteria.source}.  Question id {asked.id}."
            )
            rows += [EMPTY, *styled([f"  {row}" for row in wrapped(source, room)], "dim")]
        return rows

    def do_close(self) -> None:
        """Back."""
        self.sqs.pop_screen()


class MessagesScreen(Page):
    """What was said in row 1, the last first."""

    deeds = (CLOSE._replace(id="messages.close", also=("enter",)),)
    help_text = "Everything that row 1 has said since the program was started."

    def where(self) -> str:
        """Messages."""
        return "Messages"

    def lines(self, width: int) -> Sequence[Line]:
        """Time and words."""
        rows: list[Line] = [rule(width)]
        for at, words in reversed(self.sqs.words_said):
            for place, row in enumerate(wrapped(words, width - 14)):
                rows.append(line((f"  {at if not place else '':<10}", "dim"), row))
        return rows if self.sqs.words_said else [*rows, line(("  Nothing was said yet.", "dim"))]

    def do_close(self) -> None:
        """Back."""
        self.sqs.pop_screen()
