"""The words that work at a question."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.cli.plain.line_io import End
from sqs_core.cli.plain.question import QuestionRoom, heading, put_note, write_note
from sqs_core.cli.plain.shell import Shell
from sqs_core.cli.plain.workspace import TextBeside
from sqs_core.storage.source_file import pasted_source, read_source
from sqs_core.text import counted, whole_number
from sqs_core.workflow.answering import NOTE_TITLES, coming_back, discussing, taking_away

LABEL = "PSR"
MOST_FOUND = 20
PASTE = "paste"


class AtAQuestion(Shell):
    """Notes, marks, and the text read beside a question."""

    def do_read(self, rest: str) -> None:
        """Say the question, its answer and its notes again."""
        self.say_all(heading(self, self.criteria.question(self.here.item)))

    def do_guidance(self, rest: str) -> None:
        """Say what to look for."""
        words = str(self.criteria.question(self.here.item).guidance).strip()
        self.say(words or "There is no guidance for this question.")

    def do_reasons(self, rest: str) -> None:
        """Ask for reasons."""
        assert isinstance(self.room, QuestionRoom)
        self.room.ask_reasons()

    def do_points(self, rest: str) -> None:
        """Ask how the points of the question are weighed."""
        assert isinstance(self.room, QuestionRoom)
        self.room.ask_points()

    def _note(self, note: str, text: str) -> None:
        if text:
            put_note(self, note, text)
        else:
            write_note(self, note)

    def do_evidence(self, rest: str) -> None:
        """Write evidence."""
        self._note("evidence", rest)

    def do_said(self, rest: str) -> None:
        """Write what the case manager said."""
        self._note("said", rest)

    def do_learning(self, rest: str) -> None:
        """Write what to take away."""
        self._note("learning", rest)

    def do_strength(self, rest: str) -> None:
        """Write what was done well."""
        self._note("strength", rest)

    def do_keep(self, rest: str) -> None:
        """Put the line that meant nothing into a note."""
        note = rest.lower() or "evidence"
        if note not in NOTE_TITLES:
            self.say(f'There is no note "{rest}"; the notes are {", ".join(NOTE_TITLES)}.')
        elif not self.unclaimed:
            self.say("There is no line to keep: every line was understood.")
        else:
            put_note(self, note, self.unclaimed)
            self.unclaimed = ""

    def do_later(self, rest: str) -> None:
        """Mark the question to come back to, with a line of why."""
        try:
            why = rest or self.ask("Why? One line, Enter for none:")
        except End:
            self._come_back("")
            raise
        self._come_back(why)

    def do_done(self, rest: str) -> None:
        """Take the mark to come back away."""
        if self.record.answer(self.here.item).later is None:
            self.say(f"{self.workspace.number(self.here.item)} was not marked to come back to.")
        else:
            self._come_back(None)

    def _come_back(self, why: str | None) -> None:
        self.workspace.make(self.here.case, coming_back(self.criteria, self.here.item, why))

    def do_discuss(self, rest: str) -> None:
        """Mark the question for moderation, or take the mark away."""
        wanted = not self.record.answer(self.here.item).discuss
        self.workspace.make(self.here.case, discussing(self.criteria, self.here.item, wanted))

    def do_none(self, rest: str) -> None:
        """Take the answer away; notes stay."""
        self.workspace.make(self.here.case, taking_away(self.criteria, self.here.item))

    # ------------------------------------------------------------ a text beside it

    def do_text(self, rest: str) -> None:
        """Read a report, or lines pasted, to find sentences in; nothing of it is saved.

        What to call it may stand behind an "as".
        """
        if self.workspace.shared:
            self.say('No text is read in the shared view; "shared" turns it off.')
            return
        if not rest:
            self._say_which_text()
            return
        file, _, label = f" {rest}".partition(" as ")
        file, label = file.strip(), label.strip()[:40] or LABEL
        if file == PASTE:
            self.say("Paste the text, or type it. Finish with a line holding only a full stop.")
            source = pasted_source("\n".join(self._pasted()), label)
        else:
            source = read_source(file, label)
        self.workspace.texts[self.here.case] = TextBeside(source)
        left = f" {counted(source.dropped, 'hostile character')} left out." if source.dropped else ""
        self.say(f"{source.label}: {counted(len(source.paragraphs), 'paragraph')} read, none saved.{left}")
        self.say('"quote" and some words finds sentences in it.')

    def _pasted(self) -> Iterator[str]:
        """Yield lines up to one that holds a full stop only; where the input ends before, it is no text."""
        while (line := self.io.line(">")).strip() != ".":
            yield line

    def _say_which_text(self) -> None:
        if text := self.workspace.texts.get(self.here.case):
            self.say(f"{text.source.label} is open for this case, and saved nowhere.")
        else:
            self.say(
                'No text is open for this case: "text report.txt" reads one; .txt, .md and .docx can be '
                'read. "text paste" takes one that is pasted.'
            )

    def do_quote(self, rest: str) -> None:
        """Say the sentences that hold some words, or put the one of that number into the evidence."""
        text = self.workspace.texts.get(self.here.case)
        if self.workspace.shared or text is None:
            self.do_text("")
        elif 0 < (place := whole_number(rest) or 0) <= len(text.found):
            put_note(self, "evidence", text.source.quote(text.found[place - 1]))
        elif rest:
            self.say_all(_found(text, rest))
        else:
            self.say('Quote what? "quote" and some words finds sentences, "quote 1" quotes the first.')


def _found(text: TextBeside, words: str) -> Iterator[str]:
    source = text.source
    places = dict.fromkeys(source.unit_at("sentence", start) for start, _ in source.found(words))
    text.found = tuple(source.sentences[place] for place in places)[:MOST_FOUND]
    for number, span in enumerate(text.found, 1):
        yield f"{number}. {source.quote(span)}"
    if not places:
        yield "Those words are not in the text."
    elif len(places) > MOST_FOUND:
        yield f"And {len(places) - MOST_FOUND} more; say more words of what you want."
    else:
        yield '"quote 1" puts the first into the evidence.'
