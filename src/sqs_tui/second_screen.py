"""The shared view of one case on a second screen: it follows the case as it is saved, and changes nothing."""

from __future__ import annotations

import os
import sys

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding
from textual.filter import LineFilter
from textual.screen import Screen

from sqs_core.errors import SqsError
from sqs_core.storage.watch import EVERY, Following
from sqs_tui.ascii_filter import AsciiFilter
from sqs_tui.crash_report import crash_report
from sqs_tui.screens.too_small import HORIZONTAL, VERTICAL, TooSmall
from sqs_tui.settings import config_file, read_settings
from sqs_tui.terminal import refusal
from sqs_tui.terminal_input import TerminalDriver
from sqs_tui.textual_private import CrashHook
from sqs_tui.theme import use_theme
from sqs_tui.widgets.paragraph import ParagraphView
from sqs_tui.widgets.shared_view import SharedPane
from sqs_tui.widgets.status_bar import StatusBar


class SecondScreen(Screen[None]):
    """One view, and nothing to press but what ends it."""

    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL

    def __init__(self, following: Following) -> None:
        super().__init__()
        self._following = following
        self._gone: SqsError | None = None

    def compose(self) -> ComposeResult:
        """Yield the view, and what is said where there is none."""
        yield StatusBar()
        yield SharedPane(ends="q")
        yield ParagraphView(id="gone")
        yield TooSmall()

    def on_mount(self) -> None:
        """Look again and again."""
        self.draw()
        self.set_interval(EVERY, self.poll)

    def poll(self) -> None:
        """Show what changed."""
        found = self._following.poll()
        if found is not None:
            self._gone = found if isinstance(found, SqsError) else None
            self.draw()

    def draw(self) -> None:
        """Show the view, or why there is none."""
        view, bar = self._following.view, self.query_one(StatusBar)
        watch = self._following.watch
        bar.where = watch.folder.criteria.heading(watch.case)
        self.set_class(view is None, "-gone")
        if view is not None:
            bar.far = f"{view.done} of {view.asked}"
            self.query_one(SharedPane).show_view(view)
        else:
            problems = self._gone.problems if self._gone is not None else ()
            reasons = "  ".join(f"{p.where}: {p.what}." if p.where else f"{p.what}." for p in problems)
            gone = self.query_one("#gone", ParagraphView)
            gone.words = f"{reasons}\n\nIt is shown here as soon as it can be.   q ends this"


class SecondScreenApp(CrashHook, inherit_bindings=False):
    """The second screen."""

    TITLE = "sqs"
    CSS = """
    SecondScreen #gone { display: none; margin: 2 4; }
    SecondScreen.-gone #gone { display: block; }
    SecondScreen SharedPane { height: 1fr; }
    SecondScreen.-gone SharedPane { display: none; }
    """
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [Binding("q,escape,ctrl+q,ctrl+c", "quit", "end", show=False)]

    def __init__(self, following: Following, *, ascii_only: bool = False) -> None:
        settings = read_settings(config_file())
        super().__init__(driver_class=TerminalDriver)
        self._following = following
        self._ascii = AsciiFilter(enabled=ascii_only or settings.ascii)
        use_theme(self, settings.theme)

    def get_default_screen(self) -> SecondScreen:
        """Return the one screen there is."""
        return SecondScreen(self._following)

    def get_line_filters(self) -> list[LineFilter]:
        """Return what changes every line drawn."""
        filters = list(super().get_line_filters())
        return [*filters, self._ascii] if self._ascii.enabled else filters

    def crash_report(self, error: BaseException | None) -> RenderableType:
        """Return where the program failed, without a word of the case."""
        return crash_report(error, "the record is as it was.")


def run(following: Following) -> int:
    """Show the view until somebody quits; 2 and a sentence where this terminal cannot be drawn on."""
    words, ascii_only = refusal()
    if words:
        sys.stderr.write(f"sqs: {words}\n")
        return 2
    app = SecondScreenApp(following, ascii_only=ascii_only)
    app.run(mouse="SQS_NO_MOUSE" not in os.environ)
    return app.return_code or 0
