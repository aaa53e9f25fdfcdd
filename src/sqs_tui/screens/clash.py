"""A text of the letter that was changed here and elsewhere: both are shown, and one chooses."""

from __future__ import annotations

from difflib import SequenceMatcher

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sqs_core.errors import SqsError
from sqs_core.records.narrative import Narrative
from sqs_core.workflow.letter_merge import Clash, ClashSide, merge_letters, settled
from sqs_tui.box import BoxScreen
from sqs_tui.styles import DIM, TITLE, text
from sqs_tui.workspace import Workspace


class ClashScreen(BoxScreen[None]):
    """One text after the other; when all are chosen the letter is saved."""

    BINDINGS = [
        Binding("left", "choose('ours')", "yours", id="choice.first"),
        Binding("right", "choose('theirs')", "theirs", id="choice.second"),
        Binding("equals_sign", "choose('both')", "both", id="choice.both"),
        Binding("escape", "dismiss", "later", show=False, id="page.close"),
    ]
    AUTO_FOCUS = None

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        there = workspace.folder.narrative().record
        self._merged: Narrative
        self._clashes: tuple[Clash, ...]
        self._merged, self._clashes = merge_letters(workspace.letter_base, workspace.narrative, there)
        self._at = 0

    def compose(self) -> ComposeResult:
        """Yield both texts."""
        keys = "← yours   → theirs   = both, theirs first   Esc later"
        with self.box(keys=keys), VerticalScroll(can_focus=False):
            yield Static(id="texts")

    def on_mount(self) -> None:
        """Show the first."""
        self._show()

    def _show(self) -> None:
        if self._at >= len(self._clashes):
            self._workspace.settle(self._merged)
            self.dismiss()
            self.app.show_message("the letter is saved as chosen; u takes it back")
            return
        clash = self._clashes[self._at]
        self.query_one("#box").border_title = Content(f"{clash.name} was changed elsewhere meanwhile")
        ours, theirs = _difference(clash.ours, clash.theirs)
        parts = [text("← Yours", TITLE), ours, Content(""), text("→ Theirs", TITLE), theirs]
        self.query_one("#texts", Static).update(Content("\n").join(parts))

    def action_choose(self, side: ClashSide) -> None:
        """Take one side, or both, and go on."""
        if self._at < len(self._clashes):
            self._merged = settled(self._merged, self._clashes[self._at], side)
            self._at += 1
            try:
                self._show()
            except SqsError as error:
                self.app.show_error(error)


def _difference(ours: str, theirs: str) -> tuple[Content, Content]:
    """Return both texts, the words bold that the other does not have."""
    one, two = ours.split(), theirs.split()
    left, right = [], []
    for what, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        style = "" if what == "equal" else "bold underline"
        left.append(text(" ".join(one[a:b]), style))
        right.append(text(" ".join(two[c:d]), style))
    nothing = text("nothing: it was taken away", DIM)
    sides = []
    for words, parts in ((one, left), (two, right)):
        sides.append(Content(" ").join([p for p in parts if p.plain]) if words else nothing)
    return sides[0], sides[1]
