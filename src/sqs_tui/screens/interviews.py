"""What members of staff said: letters for people, the letters of the outcomes for answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from sqs_core.criteria.model import NOTE
from sqs_core.errors import UsageError
from sqs_core.letter.quotes import is_quoted
from sqs_core.records import Interview
from sqs_core.records.interview import check_person_id, interview_with
from sqs_core.scoring.by_role import LEAST, count_by_role
from sqs_core.storage.audit.undo import interview_undo_history
from sqs_core.storage.external_editor import TextOf
from sqs_core.text import without_forbidden
from sqs_core.workflow.interviews import ROLE, VIEWS, answering, held, roles_of
from sqs_core.workflow.letter_text import citing
from sqs_tui.bindings import bindings_of
from sqs_tui.board_figures import whole_items
from sqs_tui.screens.inspection import InspectionScreen
from sqs_tui.styles import DIM, HERE, TITLE, shortened, text
from sqs_tui.widgets.interview_grid import InterviewGrid
from sqs_tui.widgets.pick_row import Entry, Pick, PickRow
from sqs_tui.widgets.view_tabs import ViewTabs

OF_A_PERSON = (
    *("interview_note", "interview_role", "interview_views", "interview_cite", "interview_clear"),
    *("undo", "redo"),
)
"""What can be done only where there is somebody."""
NOBODY = "nobody has been added yet; a adds a person"


class InterviewsScreen(InspectionScreen):
    """Question by person; the letters of the outcomes answer."""

    view = "interviews"
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("interviews")
    AUTO_FOCUS = "InterviewGrid"
    help_text = (
        "A column is a person, known by a letter only.  ← → choose the person, ↑ ↓ the question; the "
        "letters under the grid answer.  Someone who was interviewed but gave no views is counted as "
        "interviewed only.  A note goes into the letter only where Q ticked it."
    )

    def __init__(self, person: str = "") -> None:
        super().__init__()
        self._wanted = person

    def compose_body(self) -> ComposeResult:
        """Yield the views, the grid, and the person in view."""
        yield ViewTabs("interviews")
        yield InterviewGrid()
        yield PickRow(id="person")

    @property
    def grid(self) -> InterviewGrid:
        """The grid."""
        return self.query_one(InterviewGrid)

    @property
    def person(self) -> Interview:
        """The person with the cursor."""
        person = self.grid.person
        if person is None:
            raise UsageError(NOBODY)
        return person

    # ------------------------------------------------------------ what is shown

    def update_view(self) -> None:
        """Show the answers, and the person in view."""
        people = self.workspace.interviews
        gave = sum(person.gave_views for person in people.values())
        self.query_one(ViewTabs).aside = f"{gave} of {len(people)} gave views"
        self.grid.show_people(self.workspace.criteria, people)
        if self._wanted:
            self.grid.put_cursor(self._wanted)
            self._wanted = ""
        self._show_person()
        self.refresh_bindings()

    @on(InterviewGrid.Moved)
    def _show_person(self) -> None:
        self.query_one("#person", PickRow).show_picks(self._foot())

    def _foot(self) -> list[Entry]:
        width, short = self.size.width, self.has_class("-short")
        if self.grid.person is None:
            return [
                Content("  Nobody yet.  "),
                Pick("inspection_add", text("a", TITLE)),
                Content(" adds a person, by a letter."),
            ]
        person, people, criteria = self.person, self.workspace.interviews, self.workspace.criteria
        roles = {name: words[0] for name, words in roles_of(criteria).items()}
        told = text(_told(person, roles), TITLE)
        entries: list[Entry] = [text(f"  {person.person}  ", HERE), Pick("interview_role", told)]
        if not short:
            entries.append(whole_items("    ", _others(people, person, roles), width - 24, style=DIM))
        note = shortened(" ".join(person.note.split()) or "–", width - 12)
        quoted = is_quoted(self.workspace.narrative, person)
        words = "the note stands in the letter" if quoted else "a note goes into the letter only when ticked"
        entries += [None, Pick("interview_note", Content.styled("  e Note   ", TITLE) + note)]
        tick = Content.styled(f"  Q [{'x' if quoted else ' '}]    ", TITLE)
        entries += [None, Pick("interview_cite", tick + shortened(words, width - 12, DIM))]
        if not short:
            entries += [None, shortened(f"  {self._split(roles)}", width - 1, DIM)]
        entries += [None, Content(" ")]
        entries += [Pick(f"={o.id}", text(f" {o.key} {o.text}  ", DIM)) for o in criteria.interview_outcomes]
        return [*entries, text(" Letters only, no names.", DIM)]

    def _split(self, roles: Mapping[str, str]) -> str:
        """Return the question with the cursor by role, or why it is not told so."""
        question = self.grid.question
        if not question:
            return ""
        split = count_by_role(self.workspace.criteria, self.workspace.interviews.values(), question)
        if not split:
            return f"No split by role: where fewer than {LEAST} answered, a person could be known."
        return "By role: " + ", ".join(
            f"{roles.get(role, role) or 'no role'} {k} of {n}" for role, (k, n) in split.items()
        )

    def on_resize(self) -> None:
        """Other parts have room."""
        self.call_after_refresh(self.refresh_view)

    # ------------------------------------------------------------ what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done: most are about a person."""
        if action in OF_A_PERSON and self.app.workspace is not None and not self.workspace.interviews:
            return None
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Return how there comes to be somebody."""
        return NOBODY if action in OF_A_PERSON else ""

    def on_key(self, event: events.Key) -> None:
        """Take the letter of an outcome."""
        outcome = next(
            (o for o in self.workspace.criteria.interview_outcomes if o.key == event.character), None
        )
        if outcome is not None:
            event.stop()
            self._answer(outcome.id)

    @on(PickRow.Picked)
    async def _picked(self, message: PickRow.Picked) -> None:
        if message.id.startswith("="):
            self._answer(message.id[1:])
        else:
            await self.run_action(message.id)

    def _answer(self, outcome: str | None) -> None:
        if self.grid.person is None:
            self.app.show_message(NOBODY)
        elif not self.person.gave_views:
            self.app.show_message(f"{self.person.person} gave no views; V changes that")
        else:
            self._save(answering(self.person, self.grid.question, outcome))

    def _save(self, interview: Interview) -> None:
        self.workspace.save_interview(interview)
        self.refresh_view()

    def action_interview_clear(self) -> None:
        """Take the answer away."""
        self._answer(None)

    def action_inspection_add(self) -> None:
        """Add a person by the next letter."""
        free = next((c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in self.workspace.interviews), "")
        self.app.ask("Letter of the person (no name):", free, self._added)

    def _added(self, letter: str) -> None:
        letter = letter.strip()
        check_person_id(letter)
        if letter in self.workspace.interviews:
            raise UsageError(f"there is a person {letter} already")
        criteria = self.workspace.criteria
        role = next(iter(roles_of(criteria)), "")
        self._wanted = letter
        self.workspace.save_interview(interview_with(letter, criteria.id, criteria.hash, role))
        self.refresh_view()

    def action_interview_note(self) -> None:
        """Write a note on the person."""
        letter = self.person.person

        def noted(words: str) -> None:
            person = self.workspace.interviews[letter]
            self._save(person.noting(NOTE, without_forbidden(words)[0].strip()))

        words = " ".join(self.person.note.split())
        which = TextOf(self.workspace.folder, "interview", letter, "note")
        self.app.ask(f"Note on {letter}:", words, noted, live=noted, which=which)

    def action_interview_cite(self) -> None:
        """Put the note into the letter as a quote, or take it out again."""
        self.app.attempt(self._cite)
        self.refresh_view()

    def _cite(self) -> None:
        workspace = self.workspace
        if workspace.findings is None:
            workspace.findings, workspace.counted = workspace.count(), workspace.version
        document = workspace.report(workspace.findings).document
        narrative, place = citing(document, workspace.criteria, workspace.narrative, self.person)
        workspace.save_narrative(narrative)
        quoted = "quoted in the letter; 4 shows it, and what could make a person known by it"
        self.app.show_message(quoted if place else "taken out of the letter")

    def action_undo(self) -> None:
        """Take back the last change to this interview, also one of an earlier run."""
        self._step_in_time("undo")

    def action_redo(self) -> None:
        """Make it again."""
        self._step_in_time("redo")

    def _step_in_time(self, word: str) -> None:
        if not self.app.autosave.flush(2.0):
            self.app.show_message("not saved yet: try again in a moment")
            return
        folder = self.workspace.folder
        past, future = interview_undo_history(folder, folder.interview(self.person.person))
        if word == "undo" and past:
            self._save(past[-1])
            self.app.show_message("taken back; U makes it again")
        elif word == "redo" and future:
            self._save(future[0])
            self.app.show_message("made again; u takes it back")
        else:
            self.app.show_message(f"nothing to {word} in this interview")

    def action_interview_role(self) -> None:
        """Give the person the next role."""
        roles = ["", *roles_of(self.workspace.criteria)]
        now = held(self.person, ROLE)
        at = roles.index(now) if now in roles else 0
        self._save(answering(self.person, ROLE, roles[(at + 1) % len(roles)]))

    def action_interview_views(self) -> None:
        """Say that the person gave views, or did not."""
        self._save(answering(self.person, VIEWS, "no" if self.person.gave_views else "yes"))

    def show_person(self, person: str) -> None:
        """Have the cursor on ``person``."""
        self._wanted = person
        self.refresh_view()

    def jump_targets(self) -> Iterator[tuple[Widget, int, str, str]]:
        """The questions in view."""
        for row, question in self.grid.lines_in_view():
            yield self.grid, row, "", str(question)

    def jump_to(self, name: str) -> None:
        """Have the cursor on a question."""
        self.grid.row = int(name)
        self.set_focus(self.grid)


def _told(who: Interview, roles: Mapping[str, str]) -> str:
    role = roles.get(who.role, who.role) or "no role yet"
    return role if who.gave_views else f"{role}, gave no views"


def _others(people: Mapping[str, Interview], here: Interview, roles: Mapping[str, str]) -> list[str]:
    """Return who else there is, those of one role together."""
    alike: dict[str, list[str]] = {}
    # Whose column is empty comes first: that is what somebody asks who sees it.
    for letter in sorted(people, key=lambda letter: (people[letter].gave_views, letter)):
        if letter != here.person:
            alike.setdefault(_told(people[letter], roles), []).append(letter)
    return [f"{' '.join(letters)} {role}" for role, letters in alike.items()]
