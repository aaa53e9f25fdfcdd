"""The shared view of one case on a second screen: it follows the case as it is saved, and changes nothing."""

from __future__ import annotations

import os
import sys

from textual import events
from textual.app import App, ComposeResult
from textual.screen import Screen

from sqs_core.errors import SqsError
from sqs_core.storage.watch import EVERY, Following
from sqs_tui.fault import fault
from sqs_tui.paint.lines import EMPTY, Line, between, line, wrapped
from sqs_tui.pictures.edges import LEAST, too_small
from sqs_tui.pictures.shared import shared_lines
from sqs_tui.settings import config_file, read_settings
from sqs_tui.themes import our_themes
from sqs_tui.widgets.painted import Painted


class FollowScreen(Screen[None], inherit_bindings=False):
    """One picture, and nothing to press but what ends it."""

    AUTO_FOCUS = "#body"

    def __init__(self, following: Following) -> None:
        super().__init__()
        self.following = following
        self.gone: SqsError | None = None
        self._body = Painted("body", takes_keys=True)

    def compose(self) -> ComposeResult:
        """The picture."""
        yield self._body

    def on_mount(self) -> None:
        """Draw, and look again and again."""
        self.set_interval(EVERY, self.look)

    def look(self) -> None:
        """Draw what changed."""
        found = self.following.look()
        if found is not None:
            self.gone = found if isinstance(found, SqsError) else None
            self.draw()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.draw()

    def draw(self) -> None:
        """The view, or why there is none."""
        width, height = self.size
        if width < LEAST[0] or height < LEAST[1]:
            self._body.show(too_small(width, height))
        else:
            self._body.show(self.picture(width, height))

    def picture(self, width: int, height: int) -> list[Line]:
        """The lines of the whole window."""
        view = self.following.view
        if view is None:
            problems = self.gone.problems if self.gone is not None else ()
            told = "  ".join(f"{p.where}: {p.what}." if p.where else f"{p.what}." for p in problems)
            rows = [EMPTY, line((f"    Case {self.following.watch.case}", "title")), EMPTY]
            rows += [line(f"    {row}") for row in wrapped(told, width - 8)]
            return [*rows, EMPTY, line(("    It is shown here as soon as it can be.   q ends this", "dim"))]
        head = between(
            line((f"    Case {view.case}", "title")), line((f"{view.done} of {view.asked}    ", "dim")), width
        )
        return [EMPTY, head, *shared_lines(view, width, height - 2, ends="q")]


class FollowApp(App[None], inherit_bindings=False):
    """The second screen."""

    TITLE = "sqs"
    CSS_PATH = "styles.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, following: Following, *, ascii_marks: bool = False) -> None:
        settings = read_settings(config_file())
        super().__init__()
        self.following = following
        Painted.ascii_marks = ascii_marks or settings.ascii
        for theme in our_themes():
            self.register_theme(theme)
        self.theme = f"sqs-{settings.theme}"

    def get_default_screen(self) -> FollowScreen:
        """The one screen there is."""
        return FollowScreen(self.following)

    def _fatal_error(self) -> None:
        """Say that the program failed, and where, without a word of the case."""
        self._exit_renderables.append(fault(self._exception, "the record is as it was."))
        self._close_messages_no_wait()

    def on_key(self, event: events.Key) -> None:
        """q, Esc and the like end it; nothing else does anything."""
        if event.key in ("q", "escape", "ctrl+q", "ctrl+c"):
            self.exit()


def run(following: Following) -> int:
    """Show the view until somebody quits; 2 and a sentence where this terminal cannot be drawn on."""
    from sqs_tui.terminal import refusal

    words, ascii_marks = refusal()
    if words:
        sys.stderr.write(f"sqs: {words}\n")
        return 2
    app = FollowApp(following, ascii_marks=ascii_marks)
    app.run(mouse="SQS_NO_MOUSE" not in os.environ)
    return app.return_code or 0
