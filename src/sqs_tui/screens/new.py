"""A new inspection: which service, which days, how many cases, which criteria."""

from __future__ import annotations

import os
import re

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Input, Label, Static

from sqs_core import DEFAULT_CRITERIA
from sqs_core.errors import SqsError, UsageError, did_you_mean
from sqs_core.plugins import load_plugins
from sqs_core.records.dates import read_dates
from sqs_core.state import path_typed
from sqs_core.storage.audit.journal import VARIABLE, user
from sqs_core.storage.library import criteria_to_keep
from sqs_core.workflow.starting import MOST_CASES, new_inspection, number_of_cases
from sqs_tui.bindings import bindings_of
from sqs_tui.screens.base import SqsScreen
from sqs_tui.styles import text
from sqs_tui.widgets.line_input import FormBody, FormLine

FIELDS = (
    ("service", "Service whose work is screened", "such as Leeds YJS"),
    ("dates", "Days of fieldwork", "such as 23 Nov 2026 to 25 Nov 2026"),
    ("cases", "How many cases", f"0 to {MOST_CASES}; more can be added later"),
    ("criteria", "Criteria version", ""),
    ("folder", "Folder to make", "records are plain text files in it"),
    ("who", "Who you are", "your initials, for the history"),
)


class NewScreen(SqsScreen):
    """A few lines; what is wrong with one stands under it.

    Who one is is asked where nobody said so before the program started.
    """

    view = "new"
    BINDINGS = [
        *bindings_of("new"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]
    AUTO_FOCUS = "FormLine"
    help_text = (
        "Enter, Tab or ↓ keeps a line and goes on to the next; Shift-Tab or ↑ goes back.  Nothing is made "
        "until Ctrl-J, or Enter on the button."
    )

    def compose_body(self) -> ComposeResult:
        """Yield the lines, and the button."""
        known = known_criteria()
        given = {
            "cases": "14",
            "criteria": DEFAULT_CRITERIA if DEFAULT_CRITERIA in known else next(iter(known), ""),
            "who": user(),
        }
        with FormBody(id="form"):
            for name, label, hint in self.fields:
                with Vertical(classes="line"):
                    # Beside its name and not in the box, where it would look like what was written.
                    yield Label(
                        Content.assemble(label, (f"  {hint or ', '.join(known)}", "not bold $text-muted"))
                    )
                    kept = self.app.unsent.pop((self.view, name), given.get(name, ""))
                    yield FormLine(kept, id=name, replaced=True)
                    yield Static(id=f"{name}-refused", classes="refused")
            yield Button("Make it", id="make", compact=True)

    def where(self) -> str:
        """A new inspection."""
        return "New inspection"

    def leave(self) -> None:
        """Go out one level; the lines are there again the next time."""
        self.app.unsent.update({(self.view, name): self.value(name) for name, _, _ in self.fields})
        super().leave()

    def value(self, name: str) -> str:
        """Return what stands in a line."""
        return self.query_one(f"#{name}", FormLine).value.strip()

    def on_descendant_focus(self) -> None:
        """On the line for the folder a name is proposed, once there is a service to name it by."""
        self._scroll_to_name()
        focused = self.focused
        if focused is not None and focused.id == "folder" and not self.value("folder"):
            words = re.findall(r"[a-z0-9]+", self.value("service").lower())[:2]
            box = self.query_one("#folder", FormLine)
            box.value = "-".join(words)
            box.select_all()

    def _scroll_to_name(self) -> None:
        """Have the name of the line that is written in view: it stands over it."""
        if self.focused is not None and isinstance(line := self.focused.parent, Vertical):
            self.call_later(lambda: self.call_after_refresh(line.scroll_visible, animate=False))

    @property
    def fields(self) -> tuple[tuple[str, str, str], ...]:
        """The lines there are: each name, what it asks for, and what that may be."""
        return FIELDS[:-1] if os.environ.get(VARIABLE) else FIELDS

    @on(Input.Changed)
    def _edited(self, message: Input.Changed) -> None:
        self._refuse(str(message.input.id), "")
        self._scroll_to_name()

    @on(Input.Blurred)
    def _left(self, message: Input.Blurred) -> None:
        self._check(str(message.input.id))

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        if self._check(str(message.input.id)):
            self.focus_next()

    def _check(self, name: str) -> bool:
        """Say at once what a line cannot be, and not only when the folder is made."""
        words = self.value(name)
        try:
            if words:
                check_line(name, words)
        except SqsError as error:
            self._refuse(name, "; ".join(problem.what for problem in error.problems))
            return False
        return True

    def _refuse(self, name: str, why: str) -> None:
        refused = self.query_one(f"#{name}-refused", Static)
        refused.update(text(why))
        refused.display = bool(why)

    @on(Button.Pressed, "#make")
    def action_new_make(self) -> None:
        """Make the folder and open it."""
        missing = [label.lower() for name, label, _ in self.fields if not self.value(name)]
        if missing:
            self.app.show_message(f"still to be written: {', '.join(missing)}", warning=True)
            return
        wrong = [name for name, _, _ in self.fields if not self._check(name)]
        if wrong:
            return
        if self.query("#who"):
            os.environ[VARIABLE] = self.value("who")
        service, dates, cases, criteria, folder = (self.value(name) for name, _, _ in FIELDS[:-1])
        try:
            made = new_inspection(path_typed(folder), service, dates, cases, criteria=criteria)
        except SqsError as error:
            self.app.show_error(error)
        else:
            self.app.pop_screen()
            self.app.open_folder(str(made.path))


def known_criteria() -> list[str]:
    """Return the names of the criteria versions that there are."""
    return [offer.name for offer in load_plugins().criteria]


def check_line(name: str, words: str) -> None:
    """Refuse ``words`` that the line ``name`` cannot be."""
    if name == "dates":
        read_dates(words)
    elif name == "cases":
        number_of_cases(words)
    elif name == "criteria" and words not in known_criteria():
        if not words.endswith(".toml"):
            raise UsageError(
                f"{did_you_mean(words, known_criteria())}; or the path of a file such as spring.toml"
            )
        criteria_to_keep(words)
