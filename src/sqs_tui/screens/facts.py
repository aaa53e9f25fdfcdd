"""The facts of a case."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.criteria.conditions import FactValue
from sqs_core.records import Session
from sqs_core.records.facts import parse_fact
from sqs_core.text import without_forbidden
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import Line, line
from sqs_tui.pictures.facts import FactRow, fact_rows, facts_picture
from sqs_tui.screens.case import CaseFrame, first_asked, next_open
from sqs_tui.screens.form import Form


class FactsScreen(Form, CaseFrame):
    """Tick, choose, write; and read what that switches."""

    deeds = (
        Deed("facts.questions", "enter", "questions", "Go on to the questions of this case", foot=1),
        Deed("facts.next", "tab", "next field", "The next line of the form", foot=3),
        Deed("facts.previous", "shift+tab", "field before", "The line before"),
        Deed("facts.tick", "space", "tick", "Tick or untick; choose the next of several", foot=2),
        Deed("facts.clear", "backspace", "take away", "Leave it unsaid: neither yes nor no", foot=6),
        Deed("facts.takeaway", "p", "take-away", "The sheet for the case manager"),
        Deed("facts.review", "F", "check case", "What is to be put right before the case is finished"),
    )
    help_text = (
        "Facts decide which questions are asked.  Space ticks; y and n say yes and no; ← and → choose.  "
        "On a line for words, just type; Enter keeps what you typed.  Unticking a fact parks the answers "
        "that no longer apply: they are kept, not counted, and back when it is ticked again."
    )

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.cursor = 0
        self._at = (0, 0)

    def where(self) -> str:
        """The case."""
        return f"{self.desk.inspection.place} ▸ Case {self.case} ▸ Facts"

    def tip(self) -> Line:
        """For the first minutes."""
        if self.desk.practice and self.sqs.settings.tips:
            return line(
                (" tip  the facts of this practice case are filled in: Enter goes to the questions", "flag")
            )
        return line((" Facts decide which questions are asked.  No names: use the case reference.", "dim"))

    def rows(self) -> tuple[FactRow, ...]:
        """The lines of the form."""
        return fact_rows(self.desk.criteria, self.record)

    @property
    def row(self) -> FactRow:
        """The line under the cursor."""
        return self.rows()[self.cursor]

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The form."""
        lines, self._at = facts_picture(
            self.desk.criteria,
            self.record,
            self.desk.standing(self.case),
            self.rows(),
            self.cursor,
            width,
            height,
        )
        return lines

    def other_key(self, key: str) -> bool:
        """Move; say yes or no; or begin to type on a line for words."""
        row = self.row
        if key in ("down", "up"):
            self.go(self.cursor + (1 if key == "down" else -1))
        elif row.kind in ("text", "date") and key.isalnum() and len(key) == 1:
            self._write(key)
        elif row.kind in ("text", "date") and key in ("space", "backspace", "right", "left"):
            self._write("", keep=True)
        elif row.kind == "boolean" and key in ("y", "right"):
            self._set(True)
        elif row.kind == "boolean" and key in ("n", "left"):
            self._set(False)
        elif row.kind == "choice" and key in ("right", "left"):
            self._choose(1 if key == "right" else -1)
        elif key in ("j", "k"):
            self.go(self.cursor + (1 if key == "j" else -1))
        else:
            return False
        return True

    def footer_deeds(self) -> Sequence[Deed]:
        """What Space does depends on the line."""
        if self.case not in self.desk.sessions:  # shut meanwhile: the screen is being left
            return ()
        words = {"boolean": "tick", "choice": "choose"}.get(self.row.kind, "write")
        deeds = [d for d in super().footer_deeds() if words != "write" or d.id != "facts.clear"]
        return [d._replace(words=words) if d.id == "facts.tick" else d for d in deeds]

    def go(self, place: int) -> None:
        """To another line."""
        self.cursor = place % len(self.rows())
        self.draw()

    def chosen(self, row: int) -> None:
        """A click chooses a line; a second one ticks it."""
        if row == self.cursor:
            self.do_tick()
        self.cursor = row
        self.draw()

    def do_next(self) -> None:
        """The next line."""
        self.go(self.cursor + 1)

    def do_previous(self) -> None:
        """The line before."""
        self.go(self.cursor - 1)

    def do_tick(self) -> None:
        """Tick, untick, or the next of several."""
        row = self.row
        if row.kind == "boolean":
            self._set(row.value is not True)
        elif row.kind == "choice":
            self._choose(1)
        else:
            self._write("", keep=True)

    def do_clear(self) -> None:
        """Leave it unsaid."""
        if self.row.id == "assessed_with_case_manager":
            self.sqs.say("y or n: it is recorded whether the case manager took part")
        else:
            self._set(None)

    def do_questions(self) -> None:
        """Go on to the questions."""
        from sqs_tui.memory import Place
        from sqs_tui.screens.question import QuestionScreen

        below = self.sqs.screen_stack[-2] if len(self.sqs.screen_stack) > 1 else None
        if isinstance(below, QuestionScreen):
            self.sqs.pop_screen()
            return
        standing = self.desk.standing(self.case)
        self.sqs.switch_screen(
            QuestionScreen(self.case, Place(self.case, next_open(standing, "") or first_asked(standing)))
        )

    def _set(self, value: FactValue | None) -> None:
        name = self.row.id

        def how(session: Session) -> Session:
            if name == "assessed_with_case_manager":
                return session.attending(with_case_manager=value is True)
            if name == "case_manager":
                return session.attending(case_manager=str(value or ""))
            if name == "inspector":
                return session.attending(inspector=str(value or ""))
            return session.setting(name, value)

        self.change(how)

    def _choose(self, step: int) -> None:
        row = self.row
        known: list[FactValue | None] = [None, *(c.id for c in self.desk.criteria.fact(row.id).choices)]
        self._set(known[(known.index(row.value) + step) % len(known)])

    def _write(self, typed: str, *, keep: bool = False) -> None:
        row = self.row
        value = "" if row.value is None else str(row.value)
        hint = f" ({row.hint})" if row.hint else ""
        self.ask(f"{row.label}{hint}:", value if keep else typed, self._written, fresh=not keep)

    def _written(self, words: str) -> None:
        words = without_forbidden(words)[0].strip()
        row = self.row
        known = self.desk.criteria.has_fact(row.id)
        self._set(parse_fact(self.desk.criteria, row.id, words) if known else words)
        self.go(self.cursor + 1)
