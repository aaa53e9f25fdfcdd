"""The words that lead from place to place."""

from __future__ import annotations

from sqs_core.cli.plain.shell import Shell
from sqs_core.errors import SqsError
from sqs_core.workflow.commands import word_called
from sqs_core.workflow.navigation import (
    IN_CASE,
    INTERVIEWS,
    Location,
    case_called,
    go_to,
    interview_called,
    neighbour,
    next_location,
    the_cases,
    to_come_back_to,
)
from sqs_core.workflow.populations import other_population


class Moving(Shell):
    """Next, back, goto and the rooms."""

    def place_called(self, words: str) -> Location | str:
        """Return the place that ``words`` name, or the sentence that says why there is none."""
        folder = self.folder
        name, slash, rest = words.removeprefix("case ").partition("/")
        ids = [population.id for population in self.criteria.all_populations]
        if slash and name in ids and name != folder.own_population:
            other = other_population(folder, name)
            case = case_called(rest, other.case_ids())
            return (
                Location("question", f"{name}/{case}")
                if case
                else f"There is no {other.criteria.one} {words}."
            )
        return go_to(self.criteria, words, self.here, folder.case_ids(), folder.people())

    def do_next(self, rest: str) -> None:
        """Go to the next question not answered."""
        self.go(next_location(self.criteria, self.record, self.here.item))

    def do_back(self, rest: str) -> None:
        """Go where one was before."""
        while self.trail:
            place = self.trail.pop()
            if place != self.here:
                self._move(place)
                return
        self.say("There is nothing before this.")

    def do_forward(self, rest: str) -> None:
        """Go to the next question that applies, answered or not."""
        self._in_order(1)

    def do_backward(self, rest: str) -> None:
        """Go to the question before that applies."""
        self._in_order(-1)

    def _in_order(self, step: int) -> None:
        name = neighbour(self.criteria, self.record, self.here.item, step)
        if name is None:
            self.say("There is no further question that applies.")
        else:
            self.go(Location("question", self.here.case, name))

    def do_goto(self, rest: str) -> None:
        """Go to a question, a case, a room, or what is marked to come back to; "goto board" is "board"."""
        if rest.lower() == "later":
            self._to_later()
            return
        found = word_called(rest, self.here.view)
        if found and found[0].word != "goto":
            self.obey(rest)
            return
        place = self.place_called(rest)
        if isinstance(place, str):
            self.say(place)
        else:
            self.go(place)

    def _to_later(self) -> None:
        """Go to the next mark to come back: first in this case, then in the others."""
        cases = self.folder.case_ids()
        if self.here.view in IN_CASE:
            at = cases.index(self.here.case) if self.here.case in cases else 0  # perhaps purged meanwhile
            cases = (*cases[at:], *cases[:at])
        for case in cases[:1] if self.workspace.shared else cases:
            try:
                record = self.workspace.record(case)
            except SqsError:  # a record that cannot be read is named in the list of cases
                continue
            for _, question, _ in to_come_back_to(self.criteria, [record]):
                place = Location("question", case, question)
                if place != self.here:
                    self.go(place)
                    return
        self.say("Nothing else is marked to come back to.")

    def do_cases(self, rest: str) -> None:
        """Go to the list of cases."""
        self.go(the_cases(self.criteria))

    def do_facts(self, rest: str) -> None:
        """Go to the facts of this case."""
        self.go(Location("facts", self.here.case))

    def do_review(self, rest: str) -> None:
        """Go to the review of this case."""
        self.go(Location("review", self.here.case))

    def do_interviews(self, rest: str) -> None:
        """Go to the interviews, or to one person."""
        people = self.folder.people()
        place = interview_called(rest, people) if rest else INTERVIEWS
        if isinstance(place, str):
            self.say(place)
            place = INTERVIEWS
        self.go(place)
