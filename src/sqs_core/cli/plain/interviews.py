"""Staff interviews: one person, one question at a time.  People are letters, never names."""

from __future__ import annotations

from sqs_core.cli.plain.shell import Room, Shell
from sqs_core.cli.plain.writing import Written
from sqs_core.criteria.model import NOTE
from sqs_core.records.interview import Interview
from sqs_core.storage.external_editor import TextOf
from sqs_core.text import counted
from sqs_core.workflow.interviews import (
    ROLE,
    VIEWS,
    after_item,
    answering,
    choice_called,
    choices_of,
    held,
    items_asked,
    state_of,
    text_of,
)
from sqs_core.workflow.navigation import CASES, Location, case_called


class InterviewsRoom(Room):
    """List the people, ask for one; "add person G" makes another."""

    fits = "the letter of a person"

    def arrive(self) -> None:
        """List the people."""
        shell = self.shell
        found, problems = shell.workspace.folder.interviews()
        shell.say(f"Staff interviews. {counted(len(found), 'person', 'people')}. Letters, never names.")
        shell.say_all(f"{one.person}. {state_of(shell.criteria, one)}" for one in found)
        shell.say_all(f"Cannot be read: {problem}." for problem in problems)

    def prompt(self) -> str:
        """Ask for a person."""
        return 'Person (a letter, "add person G", Enter for the cases):'

    def enter(self) -> None:
        """Back to the cases."""
        self.shell.go(CASES)

    def typed(self, line: str) -> bool:
        """Go to the person of that letter."""
        person = case_called(line, self.shell.workspace.folder.people())
        if person:
            self.shell.go(Location("interview", person))
        return person is not None


class InterviewRoom(Room):
    """Ask one thing of one person; Enter goes on, after the last one to the list of people."""

    fits = "the number of an answer"

    @property
    def interview(self) -> Interview:
        """The interview as it is now."""
        return self.shell.workspace.interview(self.shell.here.case).record

    def arrive(self) -> None:
        """Say the question and its answers by number."""
        shell, here = self.shell, self.shell.here
        asked = items_asked(shell.criteria)
        state = state_of(shell.criteria, self.interview)
        shell.say(f"Interview {here.case}. {asked.index(here.item) + 1} of {len(asked)}. {state}.")
        shell.say(text_of(shell.criteria, here.item))
        choices = choices_of(shell.criteria, here.item)
        shell.say("\n".join(f"{n}. {choice.text}" for n, choice in enumerate(choices, 1)))

    def prompt(self) -> str:
        """Ask for the answer."""
        item = self.shell.here.item
        given = held(self.interview, item)
        choices = choices_of(self.shell.criteria, item)
        now = next((choice.text for choice in choices if choice.value == given), "none")
        return f"Answer (now: {now}):"

    def enter(self) -> None:
        """Go on to the next item."""
        here = self.shell.here
        self.shell.go(after_item(self.shell.criteria, here.case, here.item))

    def typed(self, line: str) -> bool:
        """Take an answer."""
        shell, here = self.shell, self.shell.here
        choice = choice_called(shell.criteria, here.item, line)
        if choice is not None:
            value = choice.value
            what = f"an answer of {here.case}: {choice.text}"
            if shell.workspace.change_interview(here.case, lambda p: answering(p, here.item, value), what):
                shell.say(f"Answer: {choice.text}. {shell.workspace.saved}")
                shell.go(after_item(shell.criteria, here.case, here.item, value))
            return True
        if line.lower() not in ("none", "clear") or here.item in (ROLE, VIEWS):
            return False
        if shell.workspace.change_interview(
            here.case, lambda p: answering(p, here.item, None), "an answer taken away"
        ):
            shell.say(f"Answer: none. {shell.workspace.saved}")
        return True


def write_note(shell: Shell) -> None:
    """Ask for the note on a person in lines and save it."""
    workspace, person = shell.workspace, shell.here.case
    before = workspace.interview(person).record.note
    told = f"Note now: {before}" if before and not workspace.shared else ""

    def save(found: Written) -> None:
        def change(interview: Interview) -> Interview:
            return interview.noting(NOTE, found.onto(interview.note))

        if workspace.change_interview(person, change, f"a note on {person}", found.text):
            shell.say(f"Note: {counted(len(found.text), 'character')}. {workspace.saved}")

    shell.write("Note", before, TextOf(workspace.folder, "interview", person, "note"), save, told=told)
