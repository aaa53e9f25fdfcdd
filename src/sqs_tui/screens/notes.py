"""Writing the notes of a question: each is one step to undo, however long one types, here or in an editor."""

from __future__ import annotations

from textual import events, on

from sqs_core.errors import SqsError
from sqs_core.records import Answer, Session
from sqs_core.storage.external_editor import TextOf
from sqs_core.text import without_forbidden
from sqs_core.workflow.answering import NOTE_TITLES
from sqs_tui.external_editor import edit_outside
from sqs_tui.recent import Place
from sqs_tui.screens.case import GrowingStep, ReadingScreen
from sqs_tui.widgets.note_field import NoteField, NoteText


class NoteEditing:
    """The note that is being written."""

    def __init__(self) -> None:
        self.question = self.note = ""
        self._step = GrowingStep()

    def begin(self, question: str, note: str) -> None:
        """Write ``note`` on ``question`` from now on; what was written before is a step of its own."""
        self.question, self.note, self._step = question, note, GrowingStep()

    def end(self) -> None:
        """Write nothing any more."""
        self.question = self.note = ""

    def with_text(self, now: Session, typed: str) -> Session | None:
        """Return the session with what was ``typed``; None where the record says so already.

        Raises:
            SqsError: the note cannot be changed.
        """
        text = without_forbidden(typed)[0]
        text = text if text.strip() else ""
        if not self.note or getattr(now.record.answer(self.question), self.note) == text:
            return None
        return self._step.changing(now, lambda session: session.noting(self.question, self.note, text))


class NotesScreen(ReadingScreen):
    """A screen of one question that has a :class:`NoteField` for each of its notes."""

    def __init__(self, case: str, question: str) -> None:
        super().__init__(case)
        self.question = question
        self._editing = NoteEditing()

    def update_tip(self) -> None:
        """Say in the row over the footer what can be done now."""

    def note_saved(self) -> None:
        """Show that the record holds what was written."""
        self.show_place()

    @property
    def answer(self) -> Answer:
        """The answer as it stands."""
        return self.record.answer(self.question)

    def note_field(self, note: str) -> NoteField:
        """Return the box of a note."""
        return self.query_one(f"#{note}", NoteField)

    @property
    def note(self) -> str:
        """The note one writes in; "" where in none."""
        focused = self.focused
        field = focused.parent if isinstance(focused, NoteText) else None
        return field.note if isinstance(field, NoteField) else ""

    def write(self, note: str, cursor: tuple[int, int] | None = None) -> None:
        """Write in ``note``, at ``cursor`` or at its end."""
        self.commit()
        if self.finished:
            words = f"case {self.case} is finished; reopen it, saying why, to change it"
            self.app.show_message(words)
        self.add_class(f"-in-{note}")
        self.note_field(note).write(cursor)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Another part has the keys: what is typed in a note from now on is one step to undo."""
        note = self.note
        for name in NOTE_TITLES:
            self.set_class(name == note, f"-in-{name}")
        self.set_class(bool(note), "-writing")
        if note and not self.finished:
            self._editing.begin(self.question, note)
        if self.is_mounted and self.open:
            self.note_place()
            self.update_tip()
            self.arrange_text()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The part that had the keys has them no longer: what was typed in it is kept."""
        if isinstance(event.widget, NoteText) and self.open:
            self.commit()
            self._editing.end()

    @on(NoteField.Edited)
    def _note_edited(self) -> None:
        """A key in the note."""
        self.commit_soon()

    def commit(self) -> None:
        """Put what is in the box into the record: one step to undo, however long one types."""
        self.commits_soon = False
        editing = self._editing
        if not editing.note or not self.open:
            return
        try:
            session = editing.with_text(self.session, self.note_field(editing.note).text)
        except SqsError as error:
            self.app.show_error(error)
            return
        if session is not None:
            self.workspace.save(session)
            self.note_saved()
        self.note_place()

    def note_place(self) -> None:
        """Remember where one is."""
        note = self.note
        row, column = self.note_field(note).area.cursor_location if note else (0, 0)
        self.app.note_place(Place(self.case, self.question, note, row, column))

    def action_question_evidence(self) -> None:
        """Write the evidence."""
        self.write("evidence")

    def action_question_said(self) -> None:
        """Write what the case manager said."""
        self.write("said")

    def action_question_learning(self) -> None:
        """Write what the case manager takes away."""
        self.write("learning")

    def action_question_strength(self) -> None:
        """Write what was done well."""
        self.write("strength")

    def action_copy(self) -> None:
        """Send the note one is in, else the evidence, to the terminal's clipboard."""
        self.commit()
        note = self.note or "evidence"
        words = getattr(self.answer, note)
        if words:
            self.app.send_to_terminal_clipboard(words)
        else:
            self.app.show_message(f"there is nothing to copy in: {NOTE_TITLES[note].lower()}")

    def action_editor(self) -> None:
        """Write the note in an editor: what comes back is one step to undo."""
        note = self.note
        if not note or self.finished:
            super().action_editor()
            return
        field = self.note_field(note)
        which = TextOf(self.workspace.folder, "case", self.case, f"{self.question}.{note}")
        try:
            found = edit_outside(self.app, which, field.text)
        except SqsError as error:
            self.app.show_error(error)
            return
        if found is not None and found != field.text:
            self._editing.begin(self.question, note)
            field.load(found, read_only=False)
            field.write()
            self.commit()
            self._editing.begin(self.question, note)  # what is typed after it is another step
