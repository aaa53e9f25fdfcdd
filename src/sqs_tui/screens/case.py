"""What the screens of one case share: changing it, undo and redo, its check, a text to read, its notes."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve
from textual import events, on

from sqs_core.criteria.questions import Outcome, Question
from sqs_core.errors import SqsError
from sqs_core.letter.source_text import SourceText
from sqs_core.records import Answer, CaseRecord, Session
from sqs_core.scoring.states import State
from sqs_core.storage.external_editor import TextOf
from sqs_core.storage.source_file import pasted_source, read_source
from sqs_core.text import counted, first_few, without_forbidden
from sqs_core.workflow.answering import NOTE_TITLES, added, answered_instead, note_title
from sqs_core.workflow.changes import changed_names
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.progress import CaseProgress
from sqs_tui.external_editor import edit_externally
from sqs_tui.open_text import OpenText
from sqs_tui.recent import Place
from sqs_tui.screens.base import SqsScreen
from sqs_tui.undo_history import recover, recover_now
from sqs_tui.widgets.note_field import NoteField, NoteText
from sqs_tui.widgets.text_panel import TextPanel


class GrowingStep:
    """One step to undo that is made anew with every change, as long as nothing else changes the case."""

    def __init__(self) -> None:
        self._made: CaseRecord | None = None

    def changing(self, now: Session, how: Callable[[Session], Session]) -> Session:
        """Return ``now`` changed by ``how``, in place of the change before where that is the last one.

        The steps before it are those of ``now``: what was done in an earlier run may have been found since.
        """
        before = now
        if now.past and now.record == self._made:
            before = evolve(now, record=now.past[-1], past=now.past[:-1])
        after = how(before)
        self._made = after.record if after.record != before.record else None
        return after


MOST_NAMED = 2
"""Changes that "taken back" names."""


class CaseScreen(SqsScreen):
    """A screen of one case: every change goes to the session, and from there to the disk."""

    def __init__(self, case: str) -> None:
        super().__init__()
        self.case = case

    def on_mount(self) -> None:
        """Look for what can be undone of the runs before this one."""
        self.recover()

    def recover(self) -> None:
        """Find, off the UI thread, what can be undone of the runs before this one."""
        recover(self.app, self.workspace, self.case)

    @property
    def open(self) -> bool:
        """Whether the case can be worked on; not while it is blinded."""
        return self.app.workspace is not None and self.case in self.app.workspace.sessions

    def refresh_view(self) -> None:
        """Show everything; nothing where the case was blinded while it was in view."""
        if self.open:
            super().refresh_view()

    def show_place(self) -> None:
        """Show row 1; nothing where the case was blinded."""
        if self.open:
            super().show_place()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done; nothing can on a case that was blinded."""
        if not self.open and action not in ("back", "app.quit", "app.help"):
            return False
        return super().check_action(action, parameters)

    @property
    def session(self) -> Session:
        """The session over the case, as it is now."""
        return self.workspace.sessions[self.case]

    @property
    def named(self) -> str:
        """What the case is called within a sentence: "case 07"."""
        return self.criteria.named(self.case)

    @property
    def heading(self) -> str:
        """What the case is called at the head of a page: "Case 07", "Second marking of case 07"."""
        return self.workspace.heading(self.case)

    @property
    def lock_mark(self) -> str:
        """That the answers are locked, for row 1; "" while they are not."""
        return " ✓ finished, locked" if self.finished else ""

    @property
    def locked(self) -> str:
        """Why nothing of a finished case changes, and what would work; a second marking stays for good."""
        if self.workspace.second:
            return f"the second marking of {self.named} is finished and stays as it is"
        return f"{self.named} is finished, its answers locked: F, then R opens it again"

    @property
    def record(self) -> CaseRecord:
        """The record of the case, as it is now."""
        return self.session.record

    @property
    def progress(self) -> CaseProgress:
        """How far the case is."""
        return self.workspace.progress(self.case)

    @property
    def finished(self) -> bool:
        """Whether the answers are locked."""
        return self.record.status == "finished"

    def change(self, how: Callable[[Session], Session]) -> bool:
        """Change the case and return whether anything changed; what the core refuses is told in row 1."""
        before = self.session
        if self.finished:
            self.app.show_message(self.locked, warning=True)
            return False
        try:
            self.workspace.save(how(before))
        except SqsError as error:
            self.app.show_error(error)
        self.refresh_view()
        return self.session.record != before.record

    def action_undo(self) -> None:
        """Take back the last change in this case."""
        self._step_in_time(
            Session.undoing,
            self.in_its_words("nothing to undo in this case"),
            "taken back: {}; U makes it again",
        )

    def action_redo(self) -> None:
        """Make it again."""
        nothing = self.in_its_words("nothing to redo in this case")
        self._step_in_time(Session.redoing, nothing, "made again: {}; u takes it back")

    def _step_in_time(self, how: Callable[[Session], Session], nothing: str, done: str) -> None:
        recover_now(self.workspace, self.case)
        before = self.record
        if self.change(how):
            names = changed_names(self.criteria, before, self.record)
            self.app.show_message(done.format(first_few(names, MOST_NAMED)))
        elif not self.finished:
            self.app.show_message(nothing)

    def action_again(self) -> None:
        """Take what is on the disk."""
        self.workspace.read_again(self.case)
        words = f"{self.named} read from disk again; yours is in the rescue folder if it was refused"
        self.app.show_message(words)
        self.refresh_view()

    def action_case_takeaway(self) -> None:
        """Show the sheet for the case manager."""
        self.commit()
        self.go_to(Location("takeaway", self.case))

    def action_case_review(self) -> None:
        """Show what is to be put right before the case is finished."""
        self.commit()
        self.go_to(Location("review", self.case))

    def action_case_facts(self) -> None:
        """Show the facts of the case."""
        self.commit()
        self.go_to(Location("facts", self.case))


# ------------------------------------------------------------ with a text beside it

LABEL = "PSR"
"""What a text is called where nobody says otherwise.  Not the name of its file: that may name a child."""
NAMING = "What is it called where you quote it?"
PLACES = ("beside", "below", "whole")


class ReadingScreen(CaseScreen):
    """A screen of one question that has a :class:`TextPanel`; a class of the screen tells where it stands."""

    question: str
    shared: bool

    def to_judgement(self) -> None:
        """Give the keys to the judgement."""
        raise NotImplementedError

    @property
    def panel(self) -> TextPanel:
        """The widget."""
        return self.query_one(TextPanel)

    @property
    def open_text(self) -> OpenText | None:
        """The text of this case, where it is open and may be seen."""
        found = self.workspace.texts.get(self.case)
        return found if found is not None and found.shown and not self.shared else None

    @property
    def reading(self) -> bool:
        """Whether the text has the keys."""
        return isinstance(self.focused, TextPanel)

    def arrange_text(self) -> None:
        """Have the text where it belongs: beside the question, below it, or instead of it; or nowhere."""
        found = self.open_text
        place = ""
        if found is not None and self.has_class("-wide"):
            place = "below" if found.moved else "beside"
        elif found is not None:
            place = "whole" if found.moved and self.reading else "below"
        for name in PLACES:
            self.set_class(name == place, f"-text-{name}")
        if found is not None:
            self.panel.show_text(found)

    def reading_tip(self) -> str:
        """Return what the arrows do."""
        found = self.open_text
        if found is None or found.source is None:
            return "paste, or o for a file"
        if found.found:
            return f"↑ ↓ the other matches   Esc ends the search   ← → {found.unit}"
        return f"↑ ↓ {found.unit} by {found.unit}   ← → line, sentence, paragraph"

    # ------------------------------------------------------------ opening, moving, closing

    def _ensured(self) -> OpenText:
        return self.workspace.texts.setdefault(self.case, OpenText())

    def action_question_text(self) -> None:
        """Open the text, give it the keys, or close it where it has them."""
        if self.reading:
            self._ensured().shown = False
            self.to_judgement()
            self.arrange_text()
        else:
            self._read_on()

    def _read_on(self) -> None:
        self.commit()
        self._ensured().shown = True
        self.arrange_text()
        self.set_focus(self.panel)

    def action_text_move(self) -> None:
        """Have the text elsewhere."""
        found = self.open_text
        if found is None:
            self.app.show_message("v opens a text; V moves it then")
            return
        found.moved = not found.moved
        self.arrange_text()

    def action_text_forget(self) -> None:
        """Let go of the text."""
        gone = self.workspace.texts.pop(self.case, None)
        if self.reading:
            self.to_judgement()
        self.arrange_text()
        self.app.show_message(
            "the text is forgotten"
            if gone and gone.source
            else self.in_its_words("no text is open for this case")
        )

    def action_text_find(self) -> None:
        """Find words in it."""
        self.app.ask("Find in this text:", self._ensured().words, self._find, does="find")

    def action_text_other(self) -> None:
        """Read another file, or a paste."""
        self._read_on()
        self.app.ask("File to read (.txt, .md, .docx):", "", self._file_named, does="go on")

    def leave_text(self) -> None:
        """Go from the search to the text, from there to the judgement."""
        found = self.open_text
        if found is not None and found.words:
            self._find("")
        else:
            self.to_judgement()
            self.arrange_text()

    def _find(self, words: str) -> None:
        self._ensured().find(words)
        self.refresh_view()

    # ------------------------------------------------------------ reading a file or a paste

    def _file_named(self, path: str) -> None:
        if path.strip():
            self.app.ask(NAMING, LABEL, lambda label: self._read(path.strip(), label), does="open it")

    def _read(self, path: str, label: str) -> None:
        """Read the file off the UI thread: it may be on a slow share."""
        found = self._ensured()
        before, found.source, found.waiting = found.source, None, True

        def then(source: SourceText) -> None:
            found.source, found.waiting = before, False
            self._open(found, source, label)

        def refused(error: SqsError) -> None:
            found.source, found.waiting = before, False
            self.app.show_error(error)
            self.refresh_view()

        self.in_background(lambda: read_source(path, LABEL), then, refused)

    @on(TextPanel.Pasted)
    def _pasted(self, message: TextPanel.Pasted) -> None:
        """A paste into the panel is the text to read."""
        try:
            source = pasted_source(message.text, LABEL)
        except SqsError as error:
            self.app.show_error(error)
            return
        found = self._ensured()
        self.app.ask(NAMING, LABEL, lambda label: self._open(found, source, label), does="open it")

    def _open(self, found: OpenText, source: SourceText, label: str) -> None:
        found.open(evolve(source, label=without_forbidden(label)[0].strip()[:40] or LABEL))
        words = f"{counted(len(source.paragraphs), 'paragraph')} to read, none saved"
        left = counted(source.dropped, "hostile character")
        self.app.show_message(f"{words}; {left} left out" if source.dropped else words)
        self.refresh_view()

    def action_text_quote(self) -> None:
        """Put what is chosen into the evidence, with its place: one step to undo."""
        found = self._ensured()
        source = found.source
        if source is None:
            self.app.show_message("o opens a file, or paste a text; then Enter quotes")
            return
        asked, span = self.question, found.span
        text = added(self.record.answer(asked).evidence, source.quote(span))
        if self.change(lambda session: session.noting(asked, "evidence", text)):
            self.app.show_message(f"evidence: {source.label} {source.place(span)} quoted; u takes it back")


class NotesScreen(ReadingScreen):
    """A screen of one question that has a :class:`NoteField` for each of its notes."""

    def __init__(self, case: str, question: str) -> None:
        super().__init__(case)
        self.question = question
        self._begin_note("", "")

    def _begin_note(self, question: str, note: str) -> None:
        """Write ``note`` on ``question`` from now on: a step to undo of its own; "" twice writes nothing."""
        self.note_written, self._step = (question, note), GrowingStep()

    def update_tip(self) -> None:
        """Say in the row over the footer what can be done now."""

    def note_saved(self) -> None:
        """Show that the record holds what was written."""
        self.show_place()

    @property
    def asked(self) -> Question:
        """The question."""
        return self.criteria.question(self.question)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes the question has."""
        return self.criteria.outcomes_of(self.asked)

    @property
    def state(self) -> State:
        """Whether the question applies, and is answered."""
        return self.progress.states[self.question]

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
            self.app.show_message(self.locked)
        self.add_class(f"-in-{note}")
        self.note_field(note).write(cursor)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Another part has the keys: what is typed in a note from now on is one step to undo."""
        note = self.note
        for name in NOTE_TITLES:
            self.set_class(name == note, f"-in-{name}")
        self.set_class(bool(note), "-writing")
        if note and not self.finished:
            self._begin_note(self.question, note)
        if self.is_mounted and self.open:
            self.note_place()
            self.update_tip()
            self.arrange_text()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The part that had the keys has them no longer: what was typed in it is kept."""
        if isinstance(event.widget, NoteText) and self.open:
            self.commit()
            self.note_written = ("", "")

    @on(NoteField.Edited)
    def _note_edited(self) -> None:
        """A key in the note."""
        self.commit_soon()

    def commit(self) -> None:
        """Put what is in the box into the record: one step to undo, however long one types."""
        self.commits_soon = False
        question, note = self.note_written
        if not note or not self.open:
            return
        before = self.record
        words = without_forbidden(self.note_field(note).text)[0]
        words = words if words.strip() else ""
        if getattr(before.answer(question), note) != words:
            try:
                session = self._step.changing(self.session, lambda s: s.noting(question, note, words))
            except SqsError as error:
                self.app.show_error(error)
                return
            self.workspace.save(session)
            self.note_saved()
            if instead := answered_instead(self.criteria, before, session.record, question):
                self.app.show_message(instead)
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
            self.app.show_message(f"there is nothing to copy in: {note_title(self.criteria, note).lower()}")

    def action_editor(self) -> None:
        """Write the note in an editor: what comes back is one step to undo."""
        note = self.note
        if not note or self.finished:
            super().action_editor()
            return
        field = self.note_field(note)
        which = TextOf(self.workspace.folder, "case", self.case, f"{self.question}.{note}")
        found = edit_externally(self.app, which, field.text)
        if found is not None and found != field.text:
            self._begin_note(self.question, note)
            field.load(found, read_only=False)
            field.write()
            self.commit()
            self._begin_note(self.question, note)  # what is typed after it is another step
