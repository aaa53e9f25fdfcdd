"""Reading a text beside the question: finding in it, and quoting from it into the evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve
from textual import events

from sqs_core.errors import SqsError
from sqs_core.letter.source_text import SourceText
from sqs_core.text import without_forbidden
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import Line, line
from sqs_tui.paint.words import number
from sqs_tui.pictures.sheet import NOTE_NAME
from sqs_tui.screens.fields import Fields
from sqs_tui.texts import OpenText

FIELD = "text"
LABEL = "PSR"
"""What a text is called where nobody says otherwise.  Not the name of its file: that may name a child."""

NAMING = "What is it called where you quote it?"

DEEDS = (
    Deed("question.text", "v", "text", "Read a pre-sentence report or the like beside the question", foot=10),
    Deed("question.text-place", "V", "move the text", "The text below the question, or all over the screen"),
    Deed("question.text-other", "", "other text", "Read another file, or a paste, beside this case"),
    Deed("question.text-forget", "", "forget the text", "Nothing of it is kept but what was quoted"),
)
READING = (
    Deed("text.quote", "enter", "quote into evidence", foot=1),
    Deed("text.find", "/", "find", foot=2),
    Deed("text.leave", "escape", "to the question", foot=3),
    Deed("text.close", "v", "close", foot=4),
    Deed("text.move", "V", "move", foot=5),
    Deed("text.other", "o", "other text", foot=6),
)
EMPTY_PANEL = (READING[5], READING[2], READING[3])
HELP = (
    "v opens a text beside the question, from a file or pasted.  In it ↑ and ↓ go from sentence to "
    "sentence, ← and → choose a line, a sentence or a paragraph at a time; / finds words, and then ↑ "
    "and ↓ go from match to match; Enter quotes what is chosen, with its page, into the evidence.  The "
    "letters of the judgement work as ever.  The text is kept nowhere: only what is quoted is saved."
)
STEPS = {"down": 1, "up": -1}
LEAVES = {"pagedown": 10, "space": 10, "pageup": -10, "home": -1_000_000, "end": 1_000_000}


class Reading(Fields):
    """A screen on one question with a panel to read in.  The panel has the keys while ``field`` is "text"."""

    @property
    def panel(self) -> OpenText | None:
        """The panel of this case, where it is open and may be seen."""
        panel = self.desk.texts.get(self.case)
        return panel if panel is not None and panel.shown and not self.in_common else None

    @property
    def reading(self) -> bool:
        """Whether the panel has the keys."""
        return self.field == FIELD and self.panel is not None

    def panel_place(self, room_beside: bool) -> str:
        """Where the panel stands: "", "beside", "below", or "whole", instead of the question."""
        panel = self.panel
        if panel is None:
            return ""
        if room_beside:
            return "below" if panel.moved else "beside"
        return "whole" if panel.moved and self.reading else "below"

    def reading_tip(self) -> Line:
        """What the arrows do."""
        panel = self.panel
        if panel is None or panel.source is None:
            return line(("  paste, or o for a file", "dim"))
        if panel.found:
            return line((f"  ↑ ↓ the other matches   Esc ends the search   ← → {panel.unit}", "dim"))
        return line((f"  ↑ ↓ {panel.unit} by {panel.unit}   ← → line, sentence, paragraph", "dim"))

    def reading_deeds(self) -> Sequence[Deed]:
        """The footer of the panel."""
        panel = self.panel
        return EMPTY_PANEL if panel is None or panel.source is None else READING

    # ------------------------------------------------------------ opening, moving, closing

    def do_text(self) -> None:
        """Open the panel, give it the keys, or close it where it has them."""
        panel = self.desk.texts.setdefault(self.case, OpenText())
        if self.reading:
            self._close()
        else:
            panel.shown = True
            self.to_field(FIELD)

    def do_text_place(self) -> None:
        """Move the panel."""
        panel = self.panel
        if panel is None:
            self.sqs.say("v opens a text; V moves it then")
            return
        panel.moved = not panel.moved
        self.draw()

    def do_text_other(self) -> None:
        """Open another file."""
        self.desk.texts.setdefault(self.case, OpenText()).shown = True
        self.to_field(FIELD)
        self.ask("File to read (.txt, .md, .docx):", "", self._found)

    def do_text_forget(self) -> None:
        """Let go of the text."""
        gone = self.desk.texts.pop(self.case, None)
        if self.field == FIELD:
            self.to_field("judgement")
        self.sqs.say("the text is forgotten" if gone and gone.source else "no text is open for this case")
        self.draw()

    def _close(self) -> None:
        if self.panel is not None:
            self.panel.shown = False
        self.to_field("judgement")

    def _found(self, path: str) -> None:
        if path.strip():
            self.ask(NAMING, LABEL, lambda label: self._read(path.strip(), label))

    def _read(self, path: str, label: str) -> None:
        """Read the file off the UI thread: it may be on a slow share."""
        panel = self.desk.texts.setdefault(self.case, OpenText())
        before, panel.source, panel.waiting = panel.source, None, True

        def arrived(source: SourceText | None, error: SqsError | None = None) -> None:
            panel.source, panel.waiting = before, False
            if source is not None:
                self._take(panel, source, label)
            if error is not None:
                self.refused(error)
            self.draw()

        def work() -> None:
            from sqs_core.storage.source_file import read_source

            try:
                self.app.call_from_thread(arrived, read_source(path, LABEL))
            except SqsError as error:
                self.app.call_from_thread(arrived, None, error)

        self.run_worker(work, thread=True, exclusive=True, group="text")

    def paste_goes(self) -> str:
        """The boxes of a question, and the panel."""
        if self.in_common:
            return "c opens what the case manager said; paste there"
        return "e opens the evidence, v a text to read; paste there"

    def on_paste(self, event: events.Paste) -> None:
        """A paste into the panel is the text to read."""
        event.prevent_default()  # the frame's own handler would be called as well
        if not self.reading or self.asking:
            super().on_paste(event)
        else:
            from sqs_core.storage.source_file import pasted_source

            event.stop()
            try:
                source = pasted_source(event.text, LABEL)
            except SqsError as error:
                self.refused(error)
                return
            panel = self.desk.texts.setdefault(self.case, OpenText())
            self.ask(NAMING, LABEL, lambda label: self._take(panel, source, label))

    def _take(self, panel: OpenText, source: SourceText, label: str) -> None:
        panel.take(evolve(source, label=without_forbidden(label)[0].strip()[:40] or LABEL))
        words = f"{number(len(source.paragraphs), 'paragraph')} to read, none saved"
        left = number(source.dropped, "hostile character")
        self.sqs.say(f"{words}; {left} left out" if source.dropped else words)

    # ------------------------------------------------------------ in the panel

    def reading_key(self, key: str) -> bool:
        """A key for the panel; the letters of the judgement are not."""
        panel = self.panel
        if not self.reading or panel is None:
            return False
        act = self._acts(panel).get(key)
        if act is None:
            return False
        act()
        self.draw()
        return True

    def _acts(self, panel: OpenText) -> dict[str, Callable[[], object]]:
        acts: dict[str, Callable[[], object]] = {
            "escape": self._leave,
            "tab": lambda: self.to_field("judgement"),
            "shift+tab": lambda: self.to_field("strength"),
            "backspace": lambda: None,  # here it would take the answer away, which nobody means
            "o": self.do_text_other,
            "enter": self._quote,
            "/": lambda: self.ask("Find in this text:", panel.words, self._find),
            "right": lambda: panel.choose(1),
            "left": lambda: panel.choose(-1),
        }
        acts |= {key: lambda step=step: panel.step(step) for key, step in STEPS.items()}  # type: ignore[misc]
        acts |= {key: lambda rows=rows: panel.leaf(rows) for key, rows in LEAVES.items()}  # type: ignore[misc]
        return acts

    def _leave(self) -> None:
        """From the search to the text, from there to the judgement."""
        panel = self.panel
        if panel is not None and panel.words:
            panel.find("")
        else:
            self.to_field("judgement")

    def _find(self, words: str) -> None:
        if self.panel is not None:
            self.panel.find(words)

    def _quote(self) -> None:
        """What is chosen goes into the evidence, with its place: one step to undo."""
        panel = self.panel
        if panel is None or panel.source is None:
            self.sqs.say("o opens a file, or paste a text; then Enter quotes")
            return
        quotation = panel.source.quote(panel.span)
        before = self.record.answer(self.question).evidence
        text = f"{before}\n{quotation}" if before else quotation
        asked = self.question
        if self.change(lambda session: session.noting(asked, "evidence", text)):
            place = panel.source.place(panel.span)
            self.sqs.say(
                f"{NOTE_NAME['evidence'].lower()}: {panel.source.label} {place} quoted; u takes it back"
            )
