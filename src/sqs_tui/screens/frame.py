"""The frame every screen stands in: what is drawn, and what keys and clicks mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events

from sqs_core.errors import SqsError
from sqs_tui.deeds import Deed, key_of
from sqs_tui.screens.picture import Picture
from sqs_tui.widgets.painted import Painted

if TYPE_CHECKING:
    from sqs_tui.widgets.pasting import Dropped


class Frame(Picture, inherit_bindings=False):
    """A screen of ours.  It draws values, and decides what the person's keys mean."""

    help_text: ClassVar[str] = ""
    mark_name: ClassVar[str] = "cursor"
    """Which attribute of a list holds the row with the mark."""

    settles: ClassVar[bool] = False
    """Whether records are settled here: then they stay as the person saw them when they chose."""

    def other_key(self, key: str) -> bool:
        """Take a key that is no deed (an outcome's letter, an arrow); whether it was taken."""
        return False

    def pointed(self, row: int) -> None:
        """Take a click on row ``row`` of a list."""

    def pointed_case(self, place: int) -> None:
        """Take a click on one of the cases behind a figure."""

    def on_key(self, event: events.Key) -> None:
        """Run the deed of this key."""
        if self.take(key_of(event)):
            event.stop()
            event.prevent_default()

    def take(self, key: str) -> bool:
        """Run what ``key`` means here; whether it means anything."""
        self.sqs.hush()
        writing = self.writing
        if self.asking and key == "escape":
            self.close_prompt()
            return True
        if key == "escape" and self.sqs.give_up():
            return True
        try:
            if not writing and self.other_key(key):
                return True
        except SqsError as error:
            self.sqs.warn(error)
            return True
        deed = self.keys.deed(key, writing=writing)
        if deed is None:
            if not writing and len(key) == 1:
                self.sqs.say(f"{key} does nothing here; ? lists the keys")
            return False
        self.run_deed(deed)
        return True

    def run_deed(self, deed: Deed) -> None:
        """Do it; what the core refuses is said in row 1."""
        name = "do_" + deed.id.partition(".")[2].replace("-", "_")
        target = self if hasattr(self, name) else self.sqs
        try:
            getattr(target, name)()
        except SqsError as error:
            self.sqs.warn(error)

    def on_painted_wished(self, message: Painted.Wished) -> None:
        """A click does what a key does."""
        kind, _, what = message.wish.partition(":")
        try:
            if kind == "key" and what == "enter" and self.asking:
                self.enter()
            elif kind == "key":
                self.take(what)
            elif kind == "row":
                self.pointed(int(what))
            elif kind == "case":
                self.pointed_case(int(what))
        except SqsError as error:
            self.sqs.warn(error)

    def paste_goes(self) -> str:
        """Where a paste would go, for one that no box took."""
        return "no text is being written here"

    def on_paste(self, event: events.Paste) -> None:
        """A paste that no box took: say what would work."""
        if not self.writing:
            self.sqs.say(f"nothing was pasted: {self.paste_goes()}")

    def on_dropped(self, message: Dropped) -> None:
        """Say what a paste lost."""
        self.sqs.say(f"{message.count} invisible or control characters of the paste were left out")

    def refused(self, error: SqsError) -> None:
        """Say what was refused, in row 1."""
        self.sqs.warn(error)

    def do_editor(self) -> None:
        """The line that is being written, in an editor; its lines come back as one."""
        from sqs_tui.outside import in_editor

        if self.text_asked is None:
            self.sqs.do_editor()
            return
        text = in_editor(self.sqs, self.text_asked, self.line_box.value)
        if text is not None:
            self.line_box.value = " ".join(text.split())
            self.line_box.cursor_position = len(self.line_box.value)
            self.commit()

    def do_back(self) -> None:
        """Out one level."""
        self.sqs.pop_screen()
