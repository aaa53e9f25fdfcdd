"""The list of cases: every case in a line, what is left, what to come back to."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.cli.plain.shell import Room
from sqs_core.records.dates import day
from sqs_core.text import capitalised, counted
from sqs_core.workflow.navigation import Location, case_called, next_case
from sqs_core.workflow.progress import InspectionProgress, inspection_progress


class CasesRoom(Room):
    """Ask which case; Enter opens the first one that is not complete."""

    fits = "the number of a case"

    def arrive(self) -> None:
        """List the cases; in the shared view none."""
        self.workspace.refresh()
        if self.workspace.shared:
            self.say('Shared view: other cases are not listed. "goto 9" opens one.')
            return
        records, problems = self.folder.cases()
        self.say_all(self._overview(inspection_progress(self.criteria, records)))
        self.say_all(f"Cannot be read: {problem}." for problem in problems)

    def _overview(self, progress: InspectionProgress) -> Iterator[str]:
        folder, criteria = self.folder, self.criteria
        inspection = folder.inspection
        days = [day(d) for d in (inspection.first_day, inspection.last_day) if d]
        when = f" {' to '.join(dict.fromkeys(days))}." if days else ""
        yield f"{inspection.service}.{when} Criteria: {criteria.title}, {criteria.source}."
        people = counted(len(folder.people()), "interview")
        asked = folder.whole_is_here and (folder.people() or criteria.whole.interview_questions)
        interviewed = f"; {people}" if asked else ""
        for case in progress.cases:
            yield f"{case.record.case}. {case.words}"
        yield (
            f"{criteria.counted(len(progress.cases))}, {progress.complete} complete; "
            f"{counted(progress.left, 'answer')} left{interviewed}."
        )
        if others := [name for name in folder.populations if folder.criteria.population is not None]:
            yield f'Populations: {", ".join(others)}; "population {others[-1]}" goes there.'

    def prompt(self) -> str:
        """Ask which case."""
        return f"{capitalised(self.criteria.one)} (a number, a word, Enter for the next one to do):"

    def enter(self) -> None:
        """Open the first case that is not complete."""
        records = self.folder.cases()[0]
        case = next_case(self.criteria, records)
        if case:
            self.go(Location("question", case))
        elif not records:
            self.say(f"There are no {self.criteria.many} yet.")
        else:
            self.say(f'Every {self.criteria.one} is complete. "board", "letter" and "check" go on from here.')

    def typed(self, line: str) -> bool:
        """Open the case of that number."""
        case = case_called(line, self.folder.case_ids())
        if case:
            self.go(Location("question", case))
        return case is not None
