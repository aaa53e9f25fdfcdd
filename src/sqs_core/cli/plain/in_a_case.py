"""The words that work in a case, and in an interview."""

from __future__ import annotations

from sqs_core.cli.plain.review import answer_sentences
from sqs_core.cli.plain.shell import Shell
from sqs_core.cli.plain.writing import Written
from sqs_core.criteria.questions import INTERVIEWS, NOTE
from sqs_core.records.case import Session
from sqs_core.state import path_typed
from sqs_core.storage.external_editor import TextOf
from sqs_core.storage.moderation.second import finish_second
from sqs_core.storage.moderation.sign_off import UnfinishedError, finish, reopen
from sqs_core.text import counted
from sqs_core.workflow.changes import changed_names
from sqs_core.workflow.letter_text import cite
from sqs_core.workflow.letter_undo import redo_letter, undo_letter
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.outputs import takeaway_of, takeaway_output

INCOMPLETE = "incomplete"


class InACase(Shell):
    """Answers, take-away sheet, finishing, undo; the note on a person."""

    def do_answers(self, rest: str) -> None:
        """Say every answer of this case."""
        self.say_all(answer_sentences(self))

    def do_takeaway(self, rest: str) -> None:
        """Say the sheet for the case manager; "judgements" tells them too, a file's name writes it."""
        parts = rest.split(maxsplit=1)
        judgements = bool(parts) and parts[0].lower() == "judgements"
        file = (parts[1] if len(parts) > 1 else "") if judgements else rest
        sheet = takeaway_of(self.folder, self.record, judgements=judgements)
        if not file:
            self.say_all(filter(None, sheet.text.split("\n")))
            return
        self.say_written(self.folder, takeaway_output(sheet, path_typed(file)))

    # ------------------------------------------------------------ finishing

    def do_finish(self, rest: str) -> None:
        """Lock the answers; where something is missing, go to the review, which lists it with numbers.

        What follows the word is a remark for the history.  A second marking ends for good, as it is
        where the word is "finish incomplete".
        """
        case = self.here.case
        if self.workspace.second:
            self._finish_second(rest)
            return
        try:
            locked = finish(self.folder, case, rest)
        except UnfinishedError:
            self.workspace.reread(case)
            self.say(f"{self.criteria.heading(case)} cannot be finished yet.")
            if self.here.view == "review":  # it is said on arriving only
                self.room.arrive()
            self.go(Location("review", case))
            return
        self.workspace.reread(case)
        if locked:
            self.say_saved(
                f'{self.criteria.heading(case)} is finished, its answers locked. "reopen" opens it.'
            )
        else:
            self.say(f"{self.criteria.heading(case)} was finished already.")

    def _finish_second(self, rest: str) -> None:
        case = self.here.case
        if rest.lower() not in ("", INCOMPLETE):
            self.say(
                f'Only "{INCOMPLETE}" can follow "finish" here: it ends the marking with answers missing.'
            )
            return
        # Through the person's own yes: nothing opens it again, and the first can be seen from then on.
        if self.ask("This ends the second marking for good. Type yes to end it:").lower() != "yes":
            self.say(f"The second marking of {self.criteria.named(case)} is open as before.")
            return
        finish_second(self.folder, case, incomplete=bool(rest))
        self.workspace.reread(case)
        self.say(
            f"The second marking of {self.criteria.named(case)} is finished. {self.workspace.saved} "
            "What differs from the first is told by 'sqs second differences'."
        )

    def do_reopen(self, rest: str) -> None:
        """Open a finished case again; the reason is kept in the history."""
        case = self.here.case
        if self.record.status != "finished":
            self.say(f"{self.criteria.heading(case)} is not finished: it is open.")
            return
        why = rest or self.ask("Why is it opened again? One line, it is kept in the history:")
        if not why:
            self.say("It stays finished: a reason is needed.")
            return
        reopen(self.folder, case, why)
        self.workspace.reread(case)
        self.say_saved(f"{self.criteria.heading(case)} is open again.")

    # ------------------------------------------------------------ undo

    def do_undo(self, rest: str) -> None:
        """Take the last change back, in the case one is in."""
        self._step("undo", "Undone")

    def do_redo(self, rest: str) -> None:
        """Make the change taken back again."""
        self._step("redo", "Made again")

    def _step(self, word: str, done: str) -> None:
        if not self.here.case:
            self._step_letter(word, done)
            return
        session = self.workspace.session(self.here.case)
        redo = word == "redo"
        if not (session.future if redo else session.past):
            self.say(f"There is nothing to {word} in this {self.criteria.one}.")
            return
        before = session.record
        if self.workspace.change(
            self.here.case, lambda s: s.redoing() if redo else s.undoing(), f"the {word}"
        ):
            names = changed_names(self.criteria, before, self.record)
            self.say_saved(f"{done}: {', '.join(names)}.")

    def _step_letter(self, word: str, done: str) -> None:
        """Go back or forward in the letter: its text, lists, details and wording."""
        if self.workspace.second:
            self.say(f'"{word}" works in a case.')
            return
        step = redo_letter(self.folder) if word == "redo" else undo_letter(self.folder)
        if step is None:
            self.say(f"There is nothing to {word} in the letter; in a case it works there.")
            return
        self.workspace.folder = step.folder
        self.say_saved(f"{done}: {', '.join(step.names)}.")

    # ------------------------------------------------------------ in an interview

    def do_note(self, rest: str) -> None:
        """Write the note on this person."""
        if not self._is_of_a_person("note"):
            return
        person, before = self.here.case, str(self.record.facts.get(NOTE, ""))

        def save(found: Written) -> None:
            def change(session: Session) -> Session:
                return session.setting(NOTE, found.onto(str(session.record.facts.get(NOTE, ""))) or None)

            if self.workspace.change(person, change, f"a note on {person}", found.text):
                self.say_saved(f"Note: {counted(len(found.text), 'character')}.")

        intro = f"Note now: {before}" if before and not self.workspace.shared else ""
        self.write("Note", before, TextOf(self.folder, "case", person, "note"), save, intro=intro)

    def do_cite(self, rest: str) -> None:
        """Put the note on this person into the letter, or take it out again."""
        if self._is_of_a_person("cite"):
            place = cite(self.folder, self.here.case)
            quoted = f'Quoted in the letter; "letter {place}" reads it.'
            self.say_saved(quoted if place else "Taken out of the letter.")

    def _is_of_a_person(self, word: str) -> bool:
        """Return whether one is in an interview; it is said where not."""
        if self.folder.own_population == INTERVIEWS:
            return True
        self.say(f'"{word}" works in an interview; "interviews" leads there.')
        return False
