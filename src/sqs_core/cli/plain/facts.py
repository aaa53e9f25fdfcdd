"""The facts of a case: who screened it, and what decides which questions are asked."""

from __future__ import annotations

from sqs_core.cli.plain.shell import Room, Shell
from sqs_core.criteria.questions import INTERVIEWS, NOTE
from sqs_core.scoring.states import applying_questions
from sqs_core.text import counted, whole_number
from sqs_core.workflow.answering import recording
from sqs_core.workflow.case_form import Field, case_form, value_called, words_held
from sqs_core.workflow.commands import word_called
from sqs_core.workflow.navigation import ALL, Location, next_location


class FactsRoom(Room):
    """The form: one line after the other with the item "all", else by its numbers.

    ``asking`` is the place of the line being asked for, None while a number is asked for.
    """

    fits = "yes, no, a value, or the number of a line"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        # The note on a person has a word of its own.
        staff = shell.folder.own_population == INTERVIEWS
        self.fields = tuple(f for f in case_form(shell.criteria) if not (staff and f.name == NOTE))
        self.walking = shell.here.item == ALL
        self.asking: int | None = None

    def arrive(self) -> None:
        """List the lines with what they hold, or begin with the first one."""
        heading = self.criteria.heading(self.shell.here.case)
        if self.walking:
            self.say(
                f"{heading}. Facts, {len(self.fields)} of them. They decide which questions "
                'are asked. No names. Enter leaves one as it is, "before" goes back one, "done" ends.'
            )
            self._ask(0)
            return
        self.say(
            f"{heading}. Facts. They decide which questions are asked. No names. "
            'A number changes one, "all" goes through them.'
        )
        record = self.record
        self.say_all(f"{n}. {f.label}: {words_held(record, f)}" for n, f in enumerate(self.fields, 1))
        self._say_how_many()

    def prompt(self) -> str:
        """Ask for the line in view, or for a number."""
        if self.asking is None:
            return 'Facts (a number, "all", Enter for the questions):'
        return f"Now {words_held(self.record, self.fields[self.asking])}:"

    def enter(self) -> None:
        """Leave the line as it is; from the list, go on to the questions."""
        if self.asking is None:
            self._to_the_questions()
        else:
            self._on(1)

    def typed(self, line: str) -> bool:
        """Take a value for the line in view, or a number and perhaps a value."""
        if self.asking is not None:
            return self._answer(self.fields[self.asking], line)
        if line.lower() == ALL:
            self.go(Location("facts", self.shell.here.case, ALL))
            return True
        number, _, value = line.partition(" ")
        if (place := whole_number(number)) is not None:
            if not 1 <= place <= len(self.fields):
                self.say(f"There is no line {number}; they are numbered 1 to {len(self.fields)}.")
            elif value:
                self._record(self.fields[place - 1], value.strip())
            else:
                self._ask(place - 1)
            return True
        name, equals, value = line.partition("=")
        named = next((field for field in self.fields if field.name == name.strip()), None)
        if not equals or named is None:
            return False
        self._record(named, value.strip())
        return True

    def _ask(self, place: int) -> None:
        field = self.fields[place]
        self.asking = place
        number = f"{place + 1} of {len(self.fields)}. " if self.walking else ""
        hint = f" ({field.hint})" if field.hint else ""
        options = "".join(f" {n}. {words}." for n, (_, words) in enumerate(field.choices, 1))
        self.say(f"{number}{field.label}{hint}{'?' if field.choices else '.'}{options}")

    def _answer(self, field: Field, line: str) -> bool:
        if self.walking and line.lower() in ("before", "done"):
            self._on(-1 if line.lower() == "before" else len(self.fields))
            return True
        if _is_command(field, line) or value_called(field, line) is None:
            return False
        if self._record(field, line):
            self._on(1)
        return True

    def _on(self, step: int) -> None:
        """Go on to the next line, or end."""
        if not self.walking or self.asking is None:
            self.asking = None
        elif self.asking + step < len(self.fields):
            self._ask(max(0, self.asking + step))
        else:
            self._say_how_many()
            self._to_the_questions()

    def _record(self, field: Field, typed: str) -> bool:
        """Record what was typed for a line, and say which questions that adds or leaves out."""
        value = value_called(field, typed)
        if value is None:
            known = ", ".join(words for _, words in field.choices)
            self.say(f'"{typed}" is none of: {known}.')
            return False
        if value == "" and field.required:
            self.say("This can be yes or no, but not taken away again.")
            return False
        step = recording(self.criteria, field, value)
        return self.workspace.make(self.shell.here.case, step)

    def _say_how_many(self) -> None:
        count = len(applying_questions(self.criteria, self.record))
        self.say(f"{counted(count, 'question applies', 'questions apply')} to this {self.criteria.one}.")

    def _to_the_questions(self) -> None:
        self.go(next_location(self.criteria, self.record))


def _is_command(field: Field, line: str) -> bool:
    """Return whether a line where any words fit is a command: only whole ones are, for "Q" is an initial."""
    found = word_called(line, "facts") if not field.choices else None
    first, _, rest = line.lower().partition(" ")
    whole = found is not None and first == found[0].word and (bool(found[0].takes) or not rest)
    return whole or first == "?"
