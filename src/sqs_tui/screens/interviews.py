"""What members of staff said: letters for people, y n x for answers."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from sqs_core.errors import UsageError
from sqs_core.letter.quotes import is_quoted, place_of_quotes, quoting, unquoting
from sqs_core.records import Interview
from sqs_core.records.interview import check_person_id
from sqs_core.text import without_forbidden
from sqs_tui.deeds import Deed
from sqs_tui.outside import Text
from sqs_tui.paint.lines import Line
from sqs_tui.pictures.interviews import Seats, interviews_picture
from sqs_tui.screens.view import ViewFrame


class InterviewsScreen(ViewFrame):
    """Question by person."""

    deeds = (
        Deed("interviews.add", "a", "add a person", "By a letter, never a name", foot=2),
        Deed("interviews.note", "e", "note", "A note on this person", foot=3),
        Deed("interviews.role", "r", "role", "The next of the roles the letter knows", foot=4),
        Deed(
            "interviews.views",
            "v",
            "gave views",
            "Whether this person gave views, or was only interviewed",
            foot=5,
        ),
        Deed("interviews.quote", "Q", "quote", "Put this note into the letter, or take it out", foot=6),
        Deed("interviews.clear", "backspace", "take away", "Take this answer away"),
        *ViewFrame.views,
    )
    help_text = (
        "A column is a person, known by a letter only.  ← → choose the person, ↑ ↓ the question; the "
        "letters under the grid answer.  Someone who was interviewed but gave no views is counted as "
        "interviewed only.  A note goes into the letter only where Q ticked it."
    )

    mark_name = "row"

    def __init__(self) -> None:
        super().__init__()
        self.row = 0
        self.column = 0

    @property
    def people(self) -> list[str]:
        """The people, by letter."""
        return sorted(self.desk.interviews)

    @property
    def person(self) -> Interview:
        """The person in the column with the mark; UsageError while there is nobody."""
        if not self.people:
            raise UsageError("nobody has been added yet; a adds a person")
        return self.desk.interviews[self.people[self.column]]

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The grid, and the person in view."""
        desk = self.desk
        self.column = max(0, min(self.column, len(self.people) - 1))
        quoted = bool(self.people) and is_quoted(desk.narrative, self.person)
        seats = Seats(desk.criteria, desk.interviews, self.row, self.column, quoted)
        return interviews_picture(seats, width, height)

    def other_key(self, key: str) -> bool:
        """Arrows, and the letters of the outcomes."""
        outcome = next((o for o in self.desk.criteria.interview_outcomes if o.key == key), None)
        if outcome is not None:
            self._answer(outcome.id)
            return True
        questions = len(self.desk.criteria.interview_questions)
        if key in ("down", "j", "up", "k") and questions:
            self.row = (self.row + (1 if key in ("down", "j") else -1)) % questions
        elif key in ("right", "left") and self.people:
            self.column = (self.column + (1 if key == "right" else -1)) % len(self.people)
        else:
            return False
        self.draw()
        return True

    def pointed(self, row: int) -> None:
        """A click chooses a question."""
        self.row = row
        self.draw()

    def _answer(self, outcome: str | None) -> None:
        if not self.people:
            self.sqs.say("nobody has been added yet; a adds a person")
            return
        person = self.person
        if not person.gave_views:
            self.sqs.say(f"{person.person} gave no views; v changes that")
            return
        question = self.desk.criteria.interview_questions[self.row]
        self._keep(person.answering(question.id, outcome))

    def _keep(self, interview: Interview) -> None:
        self.desk.keep_interview(interview)
        self.draw()

    def do_clear(self) -> None:
        """Take the answer away."""
        self._answer(None)

    def do_add(self) -> None:
        """Add a person by the next letter."""
        free = next((c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in self.desk.interviews), "")
        self.ask("Letter of the person (no name):", free, self._added)

    def _added(self, letter: str) -> None:
        letter = letter.strip()
        check_person_id(letter)
        if letter in self.desk.interviews:
            raise UsageError(f"there is a person {letter} already")
        criteria = self.desk.criteria
        roles = list(criteria.letter.roles) if criteria.letter else []
        person = Interview(letter, criteria.id, criteria.hash, role=roles[0] if roles else "")
        self._keep(person)
        self.column = self.people.index(letter)
        self.draw()

    def do_note(self) -> None:
        """Write a note on the person."""
        person = self.person

        def noted(words: str) -> None:
            self._keep(evolve(person, note=without_forbidden(words)[0].strip()))

        words, which = " ".join(person.note.split()), Text("interview", person.person, "note")
        self.ask(f"Note on {person.person}:", words, noted, live=noted, text=which)

    def do_quote(self) -> None:
        """Put the note into the letter as a quote, or take it out again."""
        desk, person = self.desk, self.person
        if is_quoted(desk.narrative, person):
            desk.keep_narrative(unquoting(desk.narrative, person))
            self.sqs.say("taken out of the letter")
        else:
            if desk.findings is None:
                desk.findings, desk.counted = desk.count(), desk.version
            place = place_of_quotes(desk.report(desk.findings).document, desk.criteria)
            desk.keep_narrative(quoting(desk.narrative, person, place))
            self.sqs.say("quoted in the letter; 4 shows it, and what could make a person known by it")
        self.draw()

    def do_undo(self) -> None:
        """Take back the last change to this interview, also one of an earlier run."""
        self._step("undo")

    def do_redo(self) -> None:
        """Make it again."""
        self._step("redo")

    def _step(self, word: str) -> None:
        from sqs_core.storage.audit.undo import interview_undo_history

        self.commit()
        person = self.person
        if not self.sqs.saver.flush(2.0):
            self.sqs.say("not saved yet: try again in a moment")
            return
        past, future = interview_undo_history(self.desk.folder, self.desk.folder.interview(person.person))
        if word == "undo" and past:
            self._keep(past[-1])
            self.sqs.say("taken back; U makes it again")
        elif word == "redo" and future:
            self._keep(future[0])
        else:
            self.sqs.say(f"nothing to {word} in this interview")

    def do_role(self) -> None:
        """The next role."""
        letter = self.desk.criteria.letter
        roles = ["", *(letter.roles if letter else ())]
        person = self.person
        self._keep(evolve(person, role=roles[(roles.index(person.role) + 1) % len(roles)]))

    def do_views(self) -> None:
        """Whether the person gave views."""
        person = self.person
        self._keep(evolve(person, gave_views=not person.gave_views))
