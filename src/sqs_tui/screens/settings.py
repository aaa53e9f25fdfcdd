"""Settings: what a person can choose about the screens."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static

from sqs_tui.bindings import binding
from sqs_tui.screens.menu import MenuScreen
from sqs_tui.settings import ADVANCE, config_file
from sqs_tui.styles import DIM, TITLE, fitted, text
from sqs_tui.theme import themes_known
from sqs_tui.widgets.option_menu import Line, OptionMenu

CHOICES: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    ("theme", "Theme", ()),
    ("advance", "Next question", ADVANCE),
    ("ascii", "Marks in ASCII only", (False, True)),
    ("tips", "Tips in the practice inspection", (True, False)),
    ("timer", "Time in a case, and the pace", (True, False)),
    ("reader_cursor", "Cursor follows the mark", (False, True)),
)
WORDS = {True: "yes", False: "no", "enter": "on Enter", "on-answer": "as soon as it is answered"}


class SettingsScreen(MenuScreen):
    """One line a setting."""

    view = "settings"
    BINDINGS = [binding("facts.tick", "change(1)", ("space", "right"), "change"), ("left", "change(-1)")]
    help_text = (
        "Space takes the next choice, ← the one before.  With the cursor following the mark, screen readers "
        "and magnifiers find the line one is on.  Keys are changed in the file, under [keys], by the id of a "
        "command."
    )

    def compose_body(self) -> ComposeResult:
        """Yield the settings, and where they are kept."""
        yield OptionMenu(id="settings")
        yield Static(id="kept")

    def where(self) -> str:
        """Settings."""
        return "Settings"

    def update_view(self) -> None:
        """Show one line a setting, and where they are kept."""
        lines = []
        for name, label, _ in CHOICES:
            value = getattr(self.app.settings, name)
            lines.append(Line(name, fitted(label, 36) + text(str(WORDS.get(value, value)), TITLE)))
        self.menu.show_lines(lines)
        kept = f"Kept in {config_file()}\n"
        kept += 'Keys by the id of a command, for example [keys] "question.later" = "z".  Ids are in ^P.\n'
        kept += "".join(f"  {name} = {key}\n" for name, key in self.app.settings.keys.items())
        self.query_one("#kept", Static).update(text(kept, DIM))

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_change(1)

    def action_change(self, step: int) -> None:
        """Take the next choice, kept at once."""
        name, _, choices = next(choice for choice in CHOICES if choice[0] == self.menu.marked)
        choices = choices or themes_known(self.app)
        value = getattr(self.app.settings, name)
        at = choices.index(value) if value in choices else 0
        chosen: dict[str, Any] = {name: choices[(at + step) % len(choices)]}
        self.app.choose(self.app.settings._replace(**chosen))
        self.refresh_view()
