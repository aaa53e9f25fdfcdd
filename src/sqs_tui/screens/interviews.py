"""What members of staff said: letters for people, y n x for answers."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from sqs_core.errors import UsageError
from sqs_core.records import Interview
from sqs_core.text import CASE_ID_RULE, valid_case_id, without_forbidden
from sqs_tui.deeds import Deed
from sqs_tui.outside import Text
from sqs_tui.paint.lines import EMPTY, Line, Part, line, rule, short
from sqs_tui.pictures.overview import tabs
from sqs_tui.pictures.words import STYLE_OF
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
        Deed("interviews.clear", "backspace", "take away", "Take this answer away"),
        *ViewFrame.views,
    )
    help_text = (
        "A column is a person, known by a letter only.  ← → choose the person, ↑ ↓ the question; the "
        "letters under the grid answer.  Someone who was interviewed but gave no views is counted as "
        "interviewed only."
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
        people = self.people
        self.column = max(0, min(self.column, len(people) - 1))
        gave = sum(desk.interviews[p].gave_views for p in people)
        rows: list[Line] = [tabs("Interviews", width, f"{gave} of {len(people)} gave views"), rule(width)]
        seats = max(1, min(len(people), (width - 50) // 3))
        first = max(0, min(self.column - seats + 1, len(people) - seats)) if people else 0
        label = width - 4 - 3 * seats - 15
        head: list[Part] = [" " * (label + 3)]
        for place in range(first, first + seats if people else 0):
            head.append((f"{short(people[place], 2):^3}", "here" if place == self.column else "title"))
        rows.append(line(*head, ("   yes of asked", "dim")))
        marks = {o.id: (o.mark, STYLE_OF[o.counts]) for o in desk.criteria.interview_outcomes}
        good = {o.id for o in desk.criteria.interview_outcomes if o.counts == "sufficient"}
        judged = {o.id for o in desk.criteria.interview_outcomes if not o.counts.startswith("not-")}
        foot = self._foot(width)
        room = height - len(rows) - len(foot)
        questions = desk.criteria.interview_questions
        top = max(0, min(self.row - room + 2, len(questions) - room))
        for at, question in list(enumerate(questions))[top : top + room]:
            here = at == self.row
            parts: list[Part] = [(" ▶ " if here else "   ", "here")]
            parts.append((f"{short(str(question.short), label):<{label}}", "here" if here else ""))
            for place in range(first, first + seats if people else 0):
                someone = desk.interviews[people[place]]
                mark, style = marks.get(someone.answers.get(question.id, ""), (".", "dim"))
                mark = mark if someone.gave_views else " "
                cell = f"[{mark}]" if here and place == self.column else f" {mark} "
                parts.append((cell, style))
            given = [i.answers.get(question.id) for i in desk.interviews.values() if i.gave_views]
            parts.append(f"   {sum(g in good for g in given):>2} of {sum(g in judged for g in given):<2}")
            rows.append(line(*parts, wish=f"row:{at}"))
        rows += [EMPTY] * (height - len(rows) - len(foot))
        return [*rows, *foot]

    def _foot(self, width: int) -> list[Line]:
        if not self.people:
            return [
                rule(width),
                line("  Nobody yet.  ", ("a", "title", "key:a"), " adds a person, by a letter."),
                EMPTY,
            ]
        person = self.person
        views = "gave views" if person.gave_views else "interviewed, gave no views"
        keys = "   ".join(f"{o.key} {o.text}" for o in self.desk.criteria.interview_outcomes)
        return [
            rule(width),
            line((f"  {person.person}  ", "here"), f"{person.role or 'no role yet'}, {views}"),
            line(("  Note  ", "dim"), short(person.note or "–", width - 10)),
            line((f"  {keys}   Letters only, no names.", "dim")),
        ]

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
        if not valid_case_id(letter):
            raise UsageError(CASE_ID_RULE.replace("a case id", "a person's letter"))
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
