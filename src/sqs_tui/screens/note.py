"""Writing a note: half a second after a key it is on its way to the disk, as one step to undo."""

from __future__ import annotations

from textual.widgets import TextArea

from sqs_core.errors import SqsError
from sqs_core.records import Session
from sqs_core.text import without_forbidden
from sqs_tui.memory import Place
from sqs_tui.pictures.sheet import NOTE_NAME, Box
from sqs_tui.screens.case import CaseFrame
from sqs_tui.screens.prompt import PAUSE
from sqs_tui.widgets.editor import NoteBox


class Writing(CaseFrame):
    """A screen of one case with one box to write in, laid over the picture of the note."""

    question: str
    field: str
    mark: int
    _box: Box

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.note_box = NoteBox()
        self._before: Session | None = None
        self._pending = False

    def on_mount(self) -> None:
        """Look for a text that an editor left when the program ended."""
        folder, case = self.desk.folder, self.case

        def work() -> None:
            from sqs_core.storage.external_editor import left_behind

            left = left_behind(folder, case)
            if left:
                self.app.call_from_thread(self._tell_of, left)

        self.run_worker(work, thread=True, group="left")

    def _tell_of(self, left: tuple[str, ...]) -> None:
        question, _, note = left[0].rpartition(".")
        known = self.desk.criteria.has_question(question) and note in NOTE_NAME
        name = (
            f"{NOTE_NAME[note].lower()} of {self.desk.criteria.question(question).short}"
            if known
            else left[0]
        )
        words = f"a text was left in an editor when the program ended: {name}; F4 there opens it"
        self.sqs.say(words, warning=True)

    def write(self, note: str, cursor: tuple[int, int] | None = None) -> None:
        """Write in ``note``, at ``cursor`` or at its end."""
        self.commit()
        if self.record.status == "finished":
            self.sqs.say(f"case {self.case} is finished; reopen it, saying why, to change it")
            return
        self.field, self._before = note, self.session
        box = self.note_box
        text = getattr(self.record.answer(self.question), note)
        if box.text != text:
            with self.prevent(TextArea.Changed):
                box.load_text(text)
        self.draw()
        box.display = True
        box.focus()
        box.move_cursor(cursor if cursor is not None else box.document.end)
        self.note_place()

    def do_editor(self) -> None:
        """The note that is being written, in an editor: what comes back is one step to undo."""
        from sqs_tui.outside import Text, in_editor

        if self.field not in NOTE_NAME or not self.writing or self.asking:
            super().do_editor()
            return
        which = Text("case", self.case, f"{self.question}.{self.field}")
        text = in_editor(self.sqs, which, self.note_box.text)
        if text is not None and text != self.note_box.text:
            self._before = self.session
            with self.prevent(TextArea.Changed):
                self.note_box.load_text(text)
            self.note_box.move_cursor(self.note_box.document.end)
            self.commit()
            self._before = self.session  # what is typed after it is a step of its own
        self.draw()

    def stop_writing(self) -> None:
        """Keep what was typed and give the keys back to the judgement."""
        self.commit()
        self._before = None
        if self.field in NOTE_NAME:
            self.field, self.mark = "judgement", 0
        if self.note_box.display:
            self.note_box.display = False
            self.query_one("#body").focus()
            self.note_place()
            self.call_after_refresh(self.draw)
        self.draw()

    @property
    def typed(self) -> int:
        """How many characters are in the note being written, saved or not."""
        return len(self.note_box.text) if self.field in NOTE_NAME else 0

    @property
    def wants_words(self) -> bool:
        """Whether one is writing, in a note or in the line over the footer."""
        return self.field in NOTE_NAME or super().wants_words

    def draw(self) -> None:
        """Draw, and lay the box over its place."""
        super().draw()
        if self.field in NOTE_NAME and self.is_mounted:
            box, place = self.note_box, self._box
            box.styles.offset = (place.x, place.y + 1)
            box.styles.width, box.styles.height = place.width, place.height
            self.call_after_refresh(box.point)

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """A key in the note: count it, and save soon.  The clock is not set back by further keys."""
        if self.field in NOTE_NAME:
            self.draw_body()
        if self.field in NOTE_NAME and not self._pending:
            self._pending = True
            self.set_timer(PAUSE, self._pause_over)

    def _pause_over(self) -> None:
        if self._pending:
            self.commit()

    def commit(self) -> None:
        """Put what is in the box into the record: one step to undo, however long one types."""
        super().commit()
        self._pending = False
        if self._before is None or self.field not in NOTE_NAME:
            return
        text = without_forbidden(self.note_box.text)[0]
        before = self._before
        if text.strip() == "":
            text = ""
        if getattr(self.record.answer(self.question), self.field) == text:
            self.note_place()
            return
        try:
            self.desk.keep(before.noting(self.question, self.field, text))
        except SqsError as error:
            self.sqs.warn(error)
            return
        self.note_place()
        self.draw_header()

    def note_place(self) -> None:
        """Remember where one is."""
        note = self.field if self.field in NOTE_NAME else ""
        row, column = self.note_box.cursor_location if note else (0, 0)
        self.sqs.note_place(Place(self.case, self.question, note, row, column))
