"""Everything that is left before the letter can go, each with its remedy and the way there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from sqs_core.errors import UsageError
from sqs_core.text import capitalised
from sqs_core.workflow.letter_text import LetterPart
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.resolving import accepting, letting_stand, restoring, setting_aside
from sqs_core.workflow.what_is_left import (
    CHANGED,
    GONE,
    GROUPS,
    STRAY,
    LeftItem,
    WhatIsLeft,
    group_title,
    what_is_left,
)
from sqs_tui.bindings import binding, bindings_of
from sqs_tui.exports import ask_letter
from sqs_tui.screens.authoring import AuthoringScreen
from sqs_tui.screens.inspection import InspectionScreen
from sqs_tui.screens.menu import ListScreen
from sqs_tui.screens.paragraph import ParagraphScreen
from sqs_tui.styles import DIM, GOOD, TITLE, WARN, fitted, joined, shortened, text, wrapped
from sqs_tui.widgets.option_menu import Line


class LeftScreen(ListScreen, AuthoringScreen, InspectionScreen):
    """One list of everything: Enter goes to the place, K keeps it as it is, with a reason."""

    view = "left"
    BINDINGS = [*bindings_of("left", opens="go to it"), binding("file.report")]
    shows_notes = True
    on_a_line = ("list_open", "left_keep")
    help_text = (
        "Until nothing is left every file bears DRAFT on every page.  Enter goes where a line can be mended, "
        "and Esc leads back here.  What need not be mended can be kept as it is: K asks why, and the reason "
        "stays with the letter."
    )

    def __init__(self, at: str = "") -> None:
        super().__init__()
        self._at = at
        """The line to begin at."""
        self._left: WhatIsLeft | None = None
        self._asked_for = -1

    def where(self) -> str:
        """The list."""
        return f"{self.workspace.inspection.place} ▸ What is left"

    @property
    def location(self) -> Location:
        """The list, at the line with the mark."""
        return Location("left", item=_called(self.item) if self.item else "")

    @property
    def item(self) -> LeftItem | None:
        """What the mark is on."""
        marked = self.menu.marked
        return self._left.items[int(marked)] if self._left is not None and marked else None

    # ------------------------------------------------------------ what is shown

    def on_screen_resume(self) -> None:
        """Look again: what was on the list may be mended."""
        self._asked_for = -1
        super().on_screen_resume()

    def update_view(self) -> None:
        """Show the list; look again where a record changed."""
        self._poll()
        if self._left is None:
            self.show_summary(text("  Looking through everything …", DIM))
            return
        if self._left.final:
            can_go = "Nothing is left: the letter can go.  X writes it to a file."
            self.show_summary(text(f"  ✓ {self._left.summary if self._left.part else can_go}", GOOD))
        else:
            self.show_summary(text(f"  {self._left.summary}", TITLE))
        self.menu.show_lines(self._lines(self._left))
        if self._at:
            wanted, self._at = self._at, ""
            places = (n for n, item in enumerate(self._left.items) if _called(item) == wanted)
            self.menu.mark(str(next(places, 0)))
        self.show_item()

    def _lines(self, left: WhatIsLeft) -> Iterator[Line]:
        places = {id(item): place for place, item in enumerate(left.items)}
        column = min(self.size.width // 4, 1 + max((len(item.where) for item in left.items), default=0))
        for group in GROUPS:
            inside = left.in_group(group)
            if inside:
                title = group_title(self.criteria, group)
                yield Line("", shortened(f"  {title}", self.size.width - 2, DIM))
            for item in inside:
                words = shortened(item.what, self.size.width - column - 6)
                row = joined(fitted(item.where, column), Content(" "), words)
                yield Line(str(places[id(item)]), row)

    def in_full(self, width: int) -> Sequence[Content]:
        """Return what is left there, its remedy, and what Enter and K do."""
        item = self.item
        if item is None:
            return []
        rows = wrapped(f"{item.where}: {item.what}", width)[:2]
        does = "Enter goes there" if item.location.view != "check" else "Enter tells more"
        does = "Enter settles it" if item.code in (GONE, STRAY, *CHANGED) else does
        keeps = "; K keeps it as it is" if item.acceptable else "; it has to be mended"
        remedy = f"{capitalised(item.remedy)}.  " if item.remedy else ""
        words = f"{remedy}{does}{keeps}"
        last, room = wrapped(words, width, WARN), 4 - len(rows)
        if len(last) > room:
            rest = " ".join(row.plain for row in last[room - 1 :])
            last = [*last[: room - 1], shortened(rest, width, WARN)]
        return [*rows, *last]

    def _poll(self) -> None:
        folder, version, autosave = self.workspace.folder, self.workspace.version, self.app.autosave
        if self._asked_for == version or not self.is_active:
            return
        self._asked_for = version

        def read() -> WhatIsLeft:
            autosave.flush(2.0)
            return what_is_left(folder)

        def then(left: WhatIsLeft) -> None:
            if version == self.workspace.version:
                self._left = left
                self.refresh_view()

        self.in_background(read, then)

    # ------------------------------------------------------------ what can be done

    def why_not(self, action: str) -> str:
        """Return what would work instead."""
        if action not in self.on_a_line:
            return ""
        if self._left is None:
            return "it is still looking through everything; the list comes in a moment"
        nothing = self._left.final and not self._left.part
        return "nothing is left; X writes the letter" if nothing else self._left.summary

    @on(OptionList.OptionSelected)
    def action_list_open(self) -> None:
        """Go where the line can be mended."""
        item = self.item
        if item is None:
            return
        if item.code == "L002" and item.location.item == "summary":
            self.app.push_screen(ParagraphScreen(LetterPart("summary")))
        elif item.code in (GONE, *CHANGED):
            self._settle_record(item)
        elif item.code == STRAY:
            self._settle_stray(item)
        elif item.location.view == "check":
            self.app.show_message(f"{item.where}: {item.remedy or item.what}", warning=True)
        else:
            self.go_to(_place(item.location))
            if item.remedy:
                self.app.call_later(self.app.show_message, f"{item.what}: {item.remedy}")

    def _settle_record(self, item: LeftItem) -> None:
        """Put the last version of a record back, or let what was changed outside the program stand."""

        def on_answer(words: str) -> None:
            word, _, why = words.strip().partition(" ")
            if word.lower() == "restore":
                self.app.show_message(restoring(self.workspace.folder, item, why))
            elif word.lower() == "accept" and item.code != GONE:
                self.app.show_message(letting_stand(self.workspace.folder, item, why))
            else:
                raise UsageError(asked)
            self._asked_for = -1
            self.refresh_view()

        asked = "restore and why puts its last version back"
        asked += "" if item.code == GONE else "; accept and why lets it stand"
        self.app.ask(f"{item.where}: {asked}:", "restore ", on_answer, does="do it")

    def _settle_stray(self, item: LeftItem) -> None:
        """Move a copy that a sync program made out of the inspection, where that is wanted."""

        def on_answer(words: str) -> None:
            if words.strip().lower() != "aside":
                raise UsageError("aside moves it out, Esc leaves it")
            self.app.show_message(setting_aside(self.workspace.folder, item))
            self._asked_for = -1
            self.refresh_view()

        asked = f"{item.where}: put what is missing into the record, then aside moves this file out:"
        self.app.ask(asked, "", on_answer, does="move it")

    def action_left_keep(self) -> None:
        """Accept it as it is, with a reason."""
        item = self.item
        if item is None:
            return
        if not item.acceptable:
            self.app.show_message(f"{item.where}: this has to be mended", warning=True)
            return

        def on_answer(why: str) -> None:
            after = accepting(self.workspace.narrative, item, why)
            self.change_narrative(lambda _: after)
            self.app.show_message("kept as it is; u takes that back")

        self.app.ask(
            "Why can it stay as it is? The reason is kept with the letter:", "", on_answer, does="keep it so"
        )

    def action_file_report(self) -> None:
        """Write the letter to a file."""
        ask_letter(self.app, self.workspace)


def _called(item: LeftItem) -> str:
    return f"{item.code} {item.where}"


def _place(location: Location) -> Location:
    """Return where a thing is mended: the items of a list in that list."""
    head, _, place = location.item.partition(".")
    if location.view == "letter" and head in ("strengths", "improvements"):
        return Location("list", place, head)
    return location
