"""Settings: what a person can choose about the screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import EMPTY, Line, line, rule, short, wrapped
from sqs_tui.screens.frame import Frame
from sqs_tui.settings import ADVANCE, THEMES, config_file

CHOICES: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    ("theme", "Theme", THEMES),
    ("advance", "Next question", ADVANCE),
    ("ascii", "Marks in ASCII only", (False, True)),
    ("tips", "Tips in the practice inspection", (True, False)),
    ("timer", "Time in a case, and the pace", (True, False)),
    ("reader_cursor", "Cursor follows the mark", (False, True)),
)
WORDS = {True: "yes", False: "no", "enter": "on Enter", "on-answer": "as soon as it is answered"}


class SettingsScreen(Frame):
    """One line a setting."""

    deeds = (
        Deed("settings.change", "space", "change", "The next choice", ("enter", "right"), 1),
        Deed("settings.close", "escape", "back", "Back to where you were", foot=2),
    )
    help_text = (
        "Space takes the next choice.  With the cursor following the mark, screen readers and "
        "magnifiers find the line one is on.  Keys are changed in the file, under [keys], by the id of "
        "an action."
    )

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0

    def where(self) -> str:
        """Settings."""
        return "Settings"

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """One line a setting, and where they are kept."""
        rows: list[Line] = [rule(width), EMPTY]
        for place, (name, label, _) in enumerate(CHOICES):
            here = place == self.cursor
            value = getattr(self.sqs.settings, name)
            rows.append(
                line(
                    (" ▶ " if here else "   ", "here"),
                    (f"{label:<36}", "here" if here else ""),
                    (str(WORDS.get(value, value)), "bold"),
                    wish=f"row:{place}",
                )
            )
        rows += [EMPTY, line(("   Kept in ", "dim"), short(str(config_file()), width - 14))]
        words = 'Keys by the id of an action, for example [keys] "question.later" = "z".  Ids are in ^P.'
        rows += [line((f"   {row}", "dim")) for row in wrapped(words, width - 6)]
        own = self.sqs.settings.keys
        rows += [line(f"     {name} = {key}") for name, key in own.items()]
        return rows[:height]

    def other_key(self, key: str) -> bool:
        """Arrows."""
        if key not in ("down", "j", "up", "k"):
            return False
        self.cursor = (self.cursor + (1 if key in ("down", "j") else -1)) % len(CHOICES)
        self.draw()
        return True

    def pointed(self, row: int) -> None:
        """A click changes."""
        self.cursor = row
        self.do_change()

    def do_change(self) -> None:
        """The next choice, kept at once."""
        name, _, choices = CHOICES[self.cursor]
        settings = self.sqs.settings
        value = choices[(choices.index(getattr(settings, name)) + 1) % len(choices)]
        self.sqs.choose(settings._replace(**{name: value}))
        self.draw()

    def do_close(self) -> None:
        """Back."""
        self.sqs.pop_screen()
