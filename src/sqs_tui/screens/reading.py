"""A question with a text beside it: opening it, finding in it, quoting from it into the evidence."""

from __future__ import annotations

from attrs import evolve
from textual import on

from sqs_core.errors import SqsError
from sqs_core.letter.source_text import SourceText
from sqs_core.storage.source_file import pasted_source, read_source
from sqs_core.text import counted, without_forbidden
from sqs_core.workflow.answering import added
from sqs_tui.open_text import OpenText
from sqs_tui.screens.case import CaseScreen
from sqs_tui.widgets.text_panel import TextPanel

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

    def action_text(self) -> None:
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

    def action_move(self) -> None:
        """Have the text elsewhere."""
        found = self.open_text
        if found is None:
            self.app.show_message("v opens a text; V moves it then")
            return
        found.moved = not found.moved
        self.arrange_text()

    def action_forget(self) -> None:
        """Let go of the text."""
        gone = self.workspace.texts.pop(self.case, None)
        if self.reading:
            self.to_judgement()
        self.arrange_text()
        self.app.show_message(
            "the text is forgotten" if gone and gone.source else "no text is open for this case"
        )

    @on(TextPanel.Wanted)
    def _text_wanted(self, message: TextPanel.Wanted) -> None:
        found = self._ensured()
        if message.what == "quote":
            self._quote(found)
        elif message.what == "find":
            self.app.ask("Find in this text:", found.words, self._find)
        elif message.what == "other":
            self._read_on()
            self.app.ask("File to read (.txt, .md, .docx):", "", self._file_named)
        elif message.what == "move":
            self.action_move()
        else:
            self.action_forget()

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
            self.app.ask(NAMING, LABEL, lambda label: self._read(path.strip(), label))

    def _read(self, path: str, label: str) -> None:
        """Read the file off the UI thread: it may be on a slow share."""
        found = self._ensured()
        before, found.source, found.waiting = found.source, None, True

        def arrived(source: SourceText | None, error: SqsError | None = None) -> None:
            found.source, found.waiting = before, False
            if source is not None:
                self._open(found, source, label)
            if error is not None:
                self.app.show_error(error)
            self.refresh_view()

        def work() -> None:
            try:
                self.app.call_from_thread(arrived, read_source(path, LABEL))
            except SqsError as error:
                self.app.call_from_thread(arrived, None, error)

        self.run_worker(work, thread=True, exclusive=True, group="text")

    @on(TextPanel.Pasted)
    def _pasted(self, message: TextPanel.Pasted) -> None:
        """A paste into the panel is the text to read."""
        try:
            source = pasted_source(message.text, LABEL)
        except SqsError as error:
            self.app.show_error(error)
            return
        found = self._ensured()
        self.app.ask(NAMING, LABEL, lambda label: self._open(found, source, label))

    def _open(self, found: OpenText, source: SourceText, label: str) -> None:
        found.open(evolve(source, label=without_forbidden(label)[0].strip()[:40] or LABEL))
        words = f"{counted(len(source.paragraphs), 'paragraph')} to read, none saved"
        left = counted(source.dropped, "hostile character")
        self.app.show_message(f"{words}; {left} left out" if source.dropped else words)
        self.refresh_view()

    def _quote(self, found: OpenText) -> None:
        """What is chosen goes into the evidence, with its place: one step to undo."""
        source = found.source
        if source is None:
            self.app.show_message("o opens a file, or paste a text; then Enter quotes")
            return
        asked, span = self.question, found.span
        text = added(self.record.answer(asked).evidence, source.quote(span))
        if self.change(lambda session: session.noting(asked, "evidence", text)):
            self.app.show_message(f"evidence: {source.label} {source.place(span)} quoted; u takes it back")
