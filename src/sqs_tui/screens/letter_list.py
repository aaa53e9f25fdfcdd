"""A list of the letter: strengths, areas for improvement, copies; items added, changed, moved, linked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from sqs_core.letter.document import roman
from sqs_core.records.inspection import Inspection
from sqs_core.records.narrative import Narrative
from sqs_core.text import counted, without_forbidden
from sqs_core.workflow import letter_lists
from sqs_core.workflow.figures import shown_text
from sqs_core.workflow.letter_details import change_details, with_detail
from sqs_core.workflow.letter_lists import Proposal, item_words, items, moved
from sqs_core.workflow.letter_text import LetterPart
from sqs_tui.bindings import bindings_of
from sqs_tui.letter_reader import filler_of
from sqs_tui.screens.authoring import AuthoringScreen
from sqs_tui.screens.links import LinksScreen
from sqs_tui.screens.menu import ListScreen
from sqs_tui.screens.paragraph import ParagraphScreen
from sqs_tui.styles import DIM, TITLE, shortened, text, wrapped
from sqs_tui.widgets.option_menu import Line

ON_AN_ITEM = ("list_edit", "list_up", "list_down", "list_link", "list_remove")
"""What can be done with an item alone."""


class LetterListScreen(ListScreen, AuthoringScreen):
    """The items, and under them what the records propose."""

    view = "list"
    BINDINGS = bindings_of("list", but=("paragraph.figure",))
    help_text = (
        "a adds an item, e changes its words, Ctrl-↑ and Ctrl-↓ move it, L says which questions it rests on, "
        "Backspace takes it away; u takes back.  Under the items stands what the records propose: Enter "
        "makes an item of it.  Nothing is chosen for you."
    )

    def __init__(self, which: str, at: str = "") -> None:
        super().__init__()
        self.which = which
        self._begin = at
        self._proposals: tuple[Proposal, ...] = ()

    @property
    def title_of_list(self) -> str:
        """What the letter calls the list."""
        which = self._list
        return letter_lists.list_title(self.criteria, which) if which else "Copies to"

    def where(self) -> str:
        """Which list."""
        return f"Letter ▸ {self.title_of_list}"

    def on_mount(self) -> None:
        """Look for what the records propose, off the UI thread."""
        if self._begin:
            self.call_after_refresh(lambda: self.menu.mark(f"item {self._begin}"))
        self._propose()

    def _propose(self) -> None:
        which, folder, autosave = self._list, self.workspace.folder, self.app.autosave
        if which is None:
            return

        def read() -> tuple[Proposal, ...]:
            autosave.flush(2.0)
            return letter_lists.proposals_for(folder, which)

        def then(proposals: tuple[Proposal, ...]) -> None:
            self._proposals = proposals
            self.refresh_view()

        self.in_background(read, then)

    @property
    def _list(self) -> letter_lists.LetterList | None:
        """Which list of the narrative it is; None for the copies, which are a detail."""
        return letter_lists.LISTS.get(self.which)

    @property
    def place(self) -> int:
        """The place of the item with the mark, from 1; 0 where it is on none."""
        kind, _, place = self.menu.marked.partition(" ")
        return int(place) if kind == "item" else 0

    def texts(self) -> list[str]:
        """Return the words of the items, their figures as they are today."""
        workspace = self.workspace
        if self._list is None:
            return list(workspace.inspection.copies)
        found = [item_words(workspace.criteria, item) for item in items(workspace.narrative, self._list)]
        filler = filler_of(workspace)
        return [shown_text(filler, words).text for words in found] if filler else found

    # ------------------------------------------------------------ what is shown

    def update_view(self) -> None:
        """Show the items, and what the records propose."""
        found = self.texts()
        title = f"  {self.title_of_list}, {counted(len(found), 'item')}"
        self.show_summary(text(title, TITLE))
        room = self.size.width - 6
        number = roman if self.which == "improvements" else str  # as the letter has them
        lines = [
            Line(f"item {place}", shortened(f"{number(place)}. {words}", room))
            for place, words in enumerate(found, 1)
        ]
        if not found:
            lines.append(Line("", text("   None yet: a adds one.", DIM)))
        open_ = [(place, one) for place, one in enumerate(self._proposals) if not self._taken(one)]
        if open_:
            lines += [Line("", Content(" ")), Line("", text("   The records propose", DIM))]
        numbers = self.criteria.question_numbers
        for place, one in open_:
            words = f"{one.text} [{', '.join(numbers.get(name, name) for name in one.questions)}]"
            lines.append(Line(f"proposal {place}", shortened(f"+ {words}", room)))
        self.menu.show_lines(lines)
        self.show_item()

    def _taken(self, one: Proposal) -> bool:
        which = self._list
        return which is not None and any(
            item.text == one.text or (which == "improvements" and set(one.questions) <= set(item.questions))
            for item in items(self.workspace.narrative, which)
        )

    def in_full(self, width: int) -> Sequence[Content]:
        """Return the words of the item, or of what the records propose."""
        kind, _, place = self.menu.marked.partition(" ")
        words = ""
        if kind == "item" and int(place) <= len(self.texts()):
            words = self.texts()[int(place) - 1]
        elif kind == "proposal":
            words = self._proposals[int(place)].text
        return wrapped(words, width)[:4]

    # ------------------------------------------------------------ what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done with what the mark is on."""
        if self.is_mounted and self.app.workspace is not None:
            if action == "list_link" and self._list is None:
                return False
            if action in ON_AN_ITEM and not self.place:
                return None
            if action == "list_take" and not self.menu.marked.startswith("proposal"):
                return None
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Return what would work instead."""
        return (
            "e changes the words of an item"
            if action == "list_take"
            else "the mark is on no item: a adds one"
        )

    def action_list_add(self, about: str = "", questions: tuple[str, ...] = ()) -> None:
        """Add an item: its words are written in a box, where figures can be put in."""
        which = self._list
        if which is None:
            self.app.ask("One who gets a copy:", "", self._add_copy, does="add it")
            return
        made = [0]

        def apply(narrative: Narrative, words: str) -> Narrative:
            if made[0]:
                return letter_lists.editing(narrative, which, made[0], words)
            if not words:
                return narrative
            made[0] = len(items(narrative, which)) + 1
            return letter_lists.adding(narrative, which, words, questions)

        def written(_: object = None) -> None:
            self._written()
            self.refresh_view()
            self.menu.mark(f"item {made[0]}")  # what is done next is done with it

        kind = LetterPart("strength" if which == "strengths" else "improvement")
        self.app.push_screen(ParagraphScreen(kind, apply=apply, about=about), written)

    def action_list_edit(self) -> None:
        """Change the words of the item."""
        which, place = self._list, self.place
        if which is None:
            before = self.workspace.inspection.copies[place - 1]
            self.app.ask("One who gets a copy:", before, lambda words: self._edit_copy(place, words))
            return
        kind = LetterPart("strength" if which == "strengths" else "improvement", str(place))
        before = items(self.workspace.narrative, which)[place - 1].text

        def apply(narrative: Narrative, words: str) -> Narrative:
            return letter_lists.editing(narrative, which, place, words)

        self.app.push_screen(ParagraphScreen(kind, apply=apply, before=before), self._written)

    def _written(self, _: object = None) -> None:
        """Take away an item of which no words are left."""
        which = self._list
        if which is not None:
            for place, item in reversed(list(enumerate(items(self.workspace.narrative, which), 1))):
                if not item.text.strip():
                    self.change_narrative(lambda n, at=place: letter_lists.removing(n, which, at))  # type: ignore[misc]
        self._propose()

    def action_list_up(self) -> None:
        """Move the item up."""
        self._move(-1)

    def action_list_down(self) -> None:
        """Move the item down."""
        self._move(1)

    def _move(self, step: int) -> None:
        which, place, count = self._list, self.place, len(self.texts())
        to = place + step
        if not 1 <= to <= count:
            return
        if which is None:
            self._copies(lambda copies: moved(copies, place, to))
        else:
            self.change_narrative(lambda n: letter_lists.moving(n, which, place, to))
        self.menu.mark(f"item {to}")

    def action_list_remove(self) -> None:
        """Take the item away."""
        which, place = self._list, self.place
        if which is None:
            self._copies(lambda copies: (*copies[: place - 1], *copies[place:]))
        else:
            self.change_narrative(lambda n: letter_lists.removing(n, which, place))
        self.app.show_message("taken away; u brings it back")

    def action_list_link(self) -> None:
        """Choose the questions that the item rests on."""
        which, place = self._list, self.place
        if which is None:
            return
        criteria, item = self.criteria, items(self.workspace.narrative, which)[place - 1]

        def chosen(questions: tuple[str, ...] | None) -> None:
            self.change_narrative(lambda n: letter_lists.linking(criteria, n, which, place, questions or ()))

        self.app.push_screen(LinksScreen(criteria, item.questions), chosen)

    @on(OptionList.OptionSelected)
    def action_list_take(self) -> None:
        """Make an item of what the records propose; on an item, change its words."""
        kind, _, place = self.menu.marked.partition(" ")
        if kind == "item":
            self.action_list_edit()
        elif kind == "proposal":
            one = self._proposals[int(place)]
            which = self._list
            if which == "strengths":  # it was worded by whoever marked it
                self.change_narrative(lambda n: letter_lists.adding(n, "strengths", one.text, one.questions))
            else:  # of a figure that fell short the author makes words
                self.action_list_add(one.text, one.questions)

    # ------------------------------------------------------------ copies

    def _copies(self, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> None:
        workspace = self.workspace

        def made(inspection: Inspection) -> Inspection:
            return with_detail(inspection, "copies", change(inspection.copies))

        def save() -> None:
            workspace.folder = change_details(workspace.folder, made)
            workspace.version += 1

        self.app.attempt(save)
        self.app.count()
        self.refresh_view()

    def _add_copy(self, words: str) -> None:
        words = without_forbidden(words)[0].strip()
        if words:
            self._copies(lambda copies: (*copies, words))

    def _edit_copy(self, place: int, words: str) -> None:
        words = without_forbidden(words)[0].strip()
        new = (words,) if words else ()
        self._copies(lambda copies: (*copies[: place - 1], *new, *copies[place:]))
