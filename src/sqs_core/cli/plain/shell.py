"""The loop of plain mode: one prompt at a time, and the words that work at any of them."""

from __future__ import annotations

import cmd
from collections.abc import Callable, Iterable
from typing import IO, cast

from sqs_core.cli.plain.line_io import LineIO
from sqs_core.cli.plain.saving import sentence
from sqs_core.cli.plain.workspace import PlainWorkspace
from sqs_core.cli.plain.writing import Writing, Written, written
from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, SqsError, did_you_mean
from sqs_core.records.case import CaseRecord
from sqs_core.storage.external_editor import TextOf, put_away
from sqs_core.storage.folder import InspectionFolder
from sqs_core.text import one_line
from sqs_core.workflow.answering import added
from sqs_core.workflow.commands import NOT_OF_A_SECOND_MARKING, word_called, words_in
from sqs_core.workflow.navigation import CASES, Location, where_work_goes_on
from sqs_core.workflow.outputs import Output, write_output
from sqs_core.workflow.populations import other_population, population_of_place

MOST_TRAIL = 200
_WHERE = {
    ("question",): "at a question",
    ("question", "facts", "review"): "in a case",
}


PRIVATE = {
    "board": "The board would show other cases",
    "check": "This check would show other cases",
    "compare": "The comparison would show other cases",
    "draft": "The letter would show other cases",
    "improvements": "The letter tells of other cases",
    "left": "This list tells of other cases",
    "letter": "The letter would show other cases",
    "merge": "A merge tells of other cases",
    "moderate": "Moderation tells of other cases",
    "override": "The effect tells of other cases",
    "pace": "The pace would show other cases",
    "proof": "The letter would show other cases",
    "search": "Notes are not searched in the shared view",
    "strengths": "The letter tells of other cases",
    "write": "The letter tells of other cases",
}
"""The words that do nothing while the shared view is on, and why."""


class Talk:
    """What a room and its shell have in common: the inspection, and lines that are said and asked for."""

    workspace: PlainWorkspace

    @property
    def io(self) -> LineIO:
        """The lines."""
        return self.workspace.io

    @property
    def folder(self) -> InspectionFolder:
        """The inspection one is in, or a population of it."""
        return self.workspace.folder

    @property
    def criteria(self) -> Criteria:
        """The criteria version."""
        return self.workspace.criteria

    def say(self, *paragraphs: str) -> None:
        """Say something."""
        self.io.say(*paragraphs)

    def say_all(self, lines: Iterable[str]) -> None:
        """Say every one of ``lines``, each as soon as it is known."""
        for line in lines:
            self.io.say(line)

    def say_saved(self, words: str) -> None:
        """Say ``words``, and when it was saved."""
        self.say(f"{words} {self.workspace.saved}")

    def ask(self, prompt: str) -> str:
        """Return the line typed at ``prompt``."""
        return self.io.ask(prompt)


class Room(Talk):
    """One place of plain mode: what is said on arriving, asked at the prompt, and done with the answer."""

    fits = ""
    """What can be typed here, for a line that means nothing."""

    def __init__(self, shell: Shell) -> None:
        self.shell, self.workspace, self.go = shell, shell.workspace, shell.go

    @property
    def record(self) -> CaseRecord:
        """The record of the case one is in."""
        return self.shell.record

    def arrive(self) -> None:
        """Say where one is."""

    def prompt(self) -> str:
        """Return what to ask."""
        raise NotImplementedError

    def enter(self) -> None:
        """Go on: nothing was typed but Enter."""
        raise NotImplementedError

    def typed(self, line: str) -> bool:
        """Take ``line`` as an answer; False where it is none, and then it may be a word."""
        return False

    def not_understood(self) -> str:
        """Return what would work, for a line that is neither an answer nor a word."""
        return f'Type {self.criteria.in_its_words(self.fits)}, or "help".'


class _Asking:
    """What ``cmd`` reads its lines from."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def readline(self) -> str:
        return self._shell.io.ask(self._shell.prompt_words()) + "\n"


class Shell(Talk, cmd.Cmd):
    """Plain mode over one inspection.  It never returns: it ends by Quit, Ended, Stopped or NotKept.

    ``here`` is where one is, ``trail`` where one was before; ``unclaimed`` are the last lines in a row that
    meant nothing at their prompts: "keep" can still use them.
    """

    use_rawinput = False
    prompt = ""
    rooms: dict[str, type[Room]]

    def __init__(self, workspace: PlainWorkspace, here: Location = CASES) -> None:
        super().__init__(stdin=cast(IO[str], _Asking(self)))
        self.workspace = workspace
        self.here = CASES
        self.trail: list[Location] = []
        self.unclaimed = ""
        self._unclaimed_before = self._unclaimed_now = False
        self.hinted = False
        self.room = self.rooms[CASES.view](self)
        self._arriving = True
        self._move(self._whole(here))

    @property
    def record(self) -> CaseRecord:
        """The record of the case one is in."""
        return self.workspace.record(self.here.case)

    def yes(self, what: str) -> bool:
        """Return whether the person types yes to having ``what`` written; anything else writes nothing."""
        if self.ask(f"Type yes to write {what}:").lower() == "yes":
            return True
        self.say("Nothing is written. What you chose is kept.")
        return False

    def say_written(self, folder: InspectionFolder, output: Output) -> None:
        """Write files about ``folder`` and say which; where one may have been edited since, none is."""
        try:
            self.say_all(f"Wrote {path}." for path in write_output(folder, output))
        except HeldError as error:
            names = ", ".join(problem.where for problem in error.problems)
            self.say(
                f"{names}: there already, and perhaps edited since. Nothing was written; choose another name."
            )

    # ------------------------------------------------------------ going

    def to_population(self, name: str, there: Location = CASES) -> None:
        """Go to ``there`` in the population called ``name``; "back" does not lead here again."""
        self.workspace.turn_to(other_population(self.folder, name))
        self.trail = []
        population = self.criteria.population
        if population:
            self.say(f"{population.title}.")
        self.here, self._arriving = self._whole(there), True

    def go(self, there: Location) -> None:
        """Go to ``there``; "back" leads here again."""
        if found := population_of_place(self.folder, there):
            name, there = found
            if name != self.folder.own_population:
                self.to_population(name, there)
                return
        there = self._whole(there)
        if there != self.here:
            self.trail = [*self.trail, self.here][-MOST_TRAIL:]
            self._move(there)

    def _move(self, there: Location) -> None:
        if there != self.here:
            self.here, self._arriving = there, True

    def _whole(self, there: Location) -> Location:
        """Return ``there`` with the item that work goes on at, where it names none."""
        if there.item or not there.case:
            return there
        if there.view == "question":
            return where_work_goes_on(self.criteria, self.workspace.record(there.case))
        return there

    def preloop(self) -> None:
        """Arrive at the first place."""
        self.postcmd(False, "")

    def postcmd(self, stop: bool, line: str) -> bool:
        """Arrive where the line led; at the cases, where that cannot be read."""
        while self._arriving:
            self._arriving = False
            self.room = self.rooms[self.here.view](self)
            try:
                self.room.arrive()
            except SqsError as error:
                self._astray(error)
        return stop

    def prompt_words(self) -> str:
        """Return what is asked here."""
        try:
            return self.room.prompt()
        except SqsError as error:  # a record that someone broke, or took away, while we were in it
            self._astray(error)
            self.postcmd(False, "")
            return self.room.prompt()

    def _astray(self, error: SqsError) -> None:
        self.say(sentence(error))
        if self.here != CASES:
            self.go(CASES)

    # ------------------------------------------------------------ what is typed

    def onecmd(self, line: str) -> bool:
        """Take a line as an answer, as Enter, or as a word."""
        self._unclaimed_before, self._unclaimed_now = self._unclaimed_now, False
        try:
            if not line:
                self.room.enter()
            elif not self.room.typed(line):
                self.obey(line)
        except SqsError as error:
            self.say(sentence(error))
        return False

    def obey(self, line: str) -> None:
        """Do what a word says; a line that begins with none may name a place."""
        found = word_called(line, self.here.view)
        if found is None:
            self.default(line)
            return
        command, rest = found
        if command.rooms and self.here.view not in command.rooms:
            self.say(f'"{command.word}" works {_WHERE[command.rooms]}; "goto" leads there.')
        elif self.workspace.second and command.word in NOT_OF_A_SECOND_MARKING:
            self.say(f'"{command.word}" is no part of a second marking.')
        else:
            if command.section == "the letter" and not self.folder.whole_is_here:
                # The letter is of the whole inspection.
                self.to_population(self.criteria.all_populations[0].id)
            if self.workspace.shared and command.word in PRIVATE:
                why = self.criteria.in_its_words(PRIVATE[command.word])
                self.say(f'{why}; "shared" turns the shared view off.')
            else:
                getattr(self, f"do_{command.word}")(rest)

    def default(self, line: str) -> None:
        """Go where a line such as "3.2" or "case 9" leads; say what would work where it means nothing."""
        if "." in line or line.lower().startswith(("case ", f"{self.criteria.one.lower()} ")):
            place = self.place_called(line)
            if isinstance(place, Location):
                self.go(place)
                return
        if line == ".":
            self.say("No text is being written here, so there is none to end.")
            return
        self.unclaimed = added(self.unclaimed, line) if self._unclaimed_before else line
        self._unclaimed_now = True
        words = [command.word for command in words_in(self.here.view)]
        close = did_you_mean(line.split()[0].lower(), words, most=0).partition(" known")[0]
        close = f" {close[0].upper()}{close[1:]}" if close.startswith("did") else ""
        self.say(f'"{one_line(line, 40)}" means nothing here.{close} {self.room.not_understood()}')

    def place_called(self, words: str) -> Location | str:
        """Return the place that ``words`` name, or the sentence that says why there is none."""
        raise NotImplementedError

    # ------------------------------------------------------------ longer words

    def write(
        self,
        title: str,
        before: str,
        which: TextOf,
        save: Callable[[Written], object],
        *,
        intro: str = "",
        writing: Writing | None = None,
    ) -> None:
        """Ask for a text in lines and have it kept, also where it is broken off.

        ``intro`` says what is there; ``writing`` is how its lines are taken.
        """
        writing = writing or Writing()
        if intro:
            self.say(intro)
        added = ' What you type is added; "clear" takes away what is there, and ends.' if before else ""
        ends = 'Finish with a line holding only a full stop, or "edit" for your editor.'
        self.say(f"{title}. {ends}{added}{writing.help}")
        found = written(self.io, before, which, self.here.view, writing)
        if found.changes:
            save(found)
            put_away(which)
        elif not found.broken_off:
            self.say(f"{title}: {'as it was' if before else 'none'}.")
        if found.broken_off:
            raise found.broken_off
