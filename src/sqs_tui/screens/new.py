"""A new inspection: a few lines, each asked for in turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqs_core import DEFAULT_CRITERIA
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.state import path_typed
from sqs_core.text import whole_number
from sqs_tui.deeds import Deed
from sqs_tui.messages import Loaded
from sqs_tui.paint.lines import EMPTY, Line, line, rule, short, wrapped
from sqs_tui.screens.form import Form

MOST_CASES = 999
FIELDS = (
    ("service", "Service whose work is screened", "for example Leeds Youth Justice Service"),
    ("dates", "Days of fieldwork", "23/11/2026 to 25/11/2026, or one date"),
    ("cases", "How many cases", f"0 to {MOST_CASES}; more can be added later"),
    ("criteria", "Criteria version", ""),
    ("folder", "Folder to make", "records are plain text files in it"),
)


class NewScreen(Form):
    """Which service, which days, how many cases, which criteria."""

    deeds = (
        Deed("new.write", "enter", "write, then next", "Write this line", foot=1),
        Deed("new.make", "m", "make it", "Make the folder and open it", foot=2),
    )
    help_text = (
        "Enter or Tab keeps a line and goes on to the next; Shift-Tab goes back.  Nothing is made until m."
    )

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        self._hint = ""
        self.values = {"service": "", "dates": "", "cases": "14", "criteria": "", "folder": ""}

    def where(self) -> str:
        """A new inspection."""
        return "New inspection"

    def on_mount(self) -> None:
        """Begin to ask at once."""
        known = self._known_criteria()
        self.values["criteria"] = DEFAULT_CRITERIA if DEFAULT_CRITERIA in known else next(iter(known), "")
        self.call_after_refresh(self.do_write)

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The lines of the form."""
        rows: list[Line] = [rule(width), EMPTY]
        for place, (name, label, hint) in enumerate(FIELDS):
            here = place == self.cursor
            value = self.values[name]
            rows.append(
                line(
                    (" ▶ " if here else "   ", "here"),
                    (f"{label:<32}", "here" if here else ""),
                    (short(value, width - 38), "bold") if value else (short(f"({hint})", width - 38), "dim"),
                    wish=f"row:{place}",
                )
            )
            rows.append(EMPTY)
        if self.asking and self._hint:
            rows += [line(("   " + row, "dim")) for row in wrapped(self._hint, width - 6)[:3]]
        elif not self._missing():
            rows.append(
                line(("   m", "title", "key:m"), " makes the folder with its blank cases and opens it.")
            )
        return rows

    def other_key(self, key: str) -> bool:
        """Arrows and Tab."""
        if key in ("down", "tab", "j"):
            self.cursor = (self.cursor + 1) % len(FIELDS)
        elif key in ("up", "shift+tab", "k"):
            self.cursor = (self.cursor - 1) % len(FIELDS)
        else:
            return False
        self.draw()
        return True

    def go(self, place: int) -> None:
        """Write another line."""
        self.cursor = place % len(FIELDS)
        self.do_write()

    def chosen(self, row: int) -> None:
        """A click writes."""
        self.go(row)

    def do_write(self) -> None:
        """Ask for the line with the mark."""
        name, label, _ = FIELDS[self.cursor]
        if name == "folder" and not self.values["folder"]:
            self.values["folder"] = "-".join(re.findall(r"[a-z0-9]+", self.values["service"].lower())[:2])
        # In the picture: row 1 says where one is.  The other hints stand in their lines.
        self._hint = f"known: {', '.join(self._known_criteria())}" if name == "criteria" else ""
        self.ask(f"{label}:", self.values[name], self._written)

    def _written(self, words: str) -> None:
        name = FIELDS[self.cursor][0]
        if words.strip():
            self._refuse_wrong(name, words.strip())
        self.values[name] = words.strip()
        last = self.cursor == len(FIELDS) - 1
        self.cursor = min(self.cursor + 1, len(FIELDS) - 1)
        self.draw()
        if not last:
            self.do_write()
        elif self._missing():
            self.sqs.say(f"still to be written: {', '.join(self._missing())}", warning=True)
        else:
            self.sqs.say("m makes it")

    def _refuse_wrong(self, name: str, words: str) -> None:
        """Say at once what a line cannot be, and not only when the folder is made."""
        from sqs_core.records.dates import read_dates

        if name == "dates":
            read_dates(words)
        elif name == "cases" and whole_number(words) not in range(MOST_CASES + 1):
            raise UsageError(f"a number of cases from 0 to {MOST_CASES}, not {words}")
        elif name == "criteria" and words not in self._known_criteria():
            raise UsageError(did_you_mean(words, self._known_criteria()))

    def _missing(self) -> list[str]:
        return [label.lower() for name, label, _ in FIELDS if not self.values[name]]

    def _known_criteria(self) -> list[str]:
        from sqs_core.plugins import installed

        return [offer.name for offer in installed().criteria]

    def do_make(self) -> None:
        """Make the folder and open it."""
        from sqs_core.records.dates import read_dates
        from sqs_core.records.inspection import Inspection
        from sqs_core.storage.create import new_inspection
        from sqs_core.storage.library import load_criteria
        from sqs_core.text import clean
        from sqs_tui.snapshot import read_folder

        if missing := self._missing():
            raise UsageError(f"still to be written: {', '.join(missing)}")
        first, last = read_dates(self.values["dates"])
        criteria = load_criteria(self.values["criteria"])
        inspection = Inspection(
            service=clean(self.values["service"], "the service"),
            criteria=criteria.id,
            criteria_hash=criteria.hash,
            first_day=first,
            last_day=last,
        )
        folder, cases = path_typed(self.values["folder"]), int(self.values["cases"])
        made = new_inspection(folder, inspection, criteria, cases=cases)
        snapshot = read_folder(made.path)
        self.sqs.pop_screen()
        self.sqs.post_message(Loaded(snapshot))
