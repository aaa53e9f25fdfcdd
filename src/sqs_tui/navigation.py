"""From screen to screen: where a location is, and which screens lie under it."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widget import Widget

from sqs_core.errors import UsageError
from sqs_core.scoring.states import APPLYING
from sqs_core.storage.blinding import BlindedError, blinded_problem
from sqs_core.storage.moderation.second import second_ids
from sqs_core.workflow.navigation import Location, View, next_open
from sqs_core.workflow.populations import population_of_place
from sqs_tui.base_app import BaseApp
from sqs_tui.exports import get_ready
from sqs_tui.recent import Place
from sqs_tui.screens.actions import ActionsScreen
from sqs_tui.screens.base import SqsScreen
from sqs_tui.screens.board import BoardScreen
from sqs_tui.screens.check import CheckScreen
from sqs_tui.screens.compared import ComparedScreen
from sqs_tui.screens.details import DetailsScreen
from sqs_tui.screens.facts import FactsScreen
from sqs_tui.screens.jump import JumpScreen, Target
from sqs_tui.screens.left import LeftScreen
from sqs_tui.screens.letter import LetterScreen
from sqs_tui.screens.letter_list import LetterListScreen
from sqs_tui.screens.merge import MergeScreen
from sqs_tui.screens.moderation import ModerationScreen
from sqs_tui.screens.new import NewScreen
from sqs_tui.screens.override import OverrideScreen
from sqs_tui.screens.overview import OverviewScreen
from sqs_tui.screens.question import QuestionScreen
from sqs_tui.screens.review import ReviewScreen
from sqs_tui.screens.settings import SettingsScreen
from sqs_tui.screens.stack import pop_to, to_overview
from sqs_tui.screens.start import StartScreen
from sqs_tui.screens.takeaway import TakeawayScreen
from sqs_tui.screens.unsaved import UnsavedScreen
from sqs_tui.widgets.note_field import NoteField
from sqs_tui.workspace import Workspace


class Navigation:
    """Opens the screen for a location.  A new screen is made known here, in :meth:`go_to`."""

    def __init__(self, app: BaseApp) -> None:
        self._app = app

    @property
    def _workspace(self) -> Workspace:
        workspace = self._app.workspace
        assert workspace is not None
        return workspace

    def go_to(self, location: Location) -> None:
        """Open the screen for ``location``."""
        if location.view in ("start", "new", "settings"):
            self._open_outside(location)
        elif self._app.workspace is None:
            self._app.show_message("still reading the records")
        else:
            try:
                found = population_of_place(self._workspace.folder, location)
            except UsageError as error:
                self._app.show_error(error)
                return
            if found is None:
                self._open_here(location)
            elif found[0] == self._workspace.folder.own_population:
                self.go_to(found[1])
            else:
                self._app.turn_to_population(*found)

    def _open_here(self, location: Location) -> None:
        """Open the screen for ``location``, which is in the population in view."""
        if location.view == "cases":
            to_overview(self._app)
        elif location.view in ("question", "facts", "review"):
            self.open_case(location)
        elif location.view == "board":
            self._open_board()
        elif location.view == "moderation":
            self._open_moderation(location.case)
        elif location.view == "override":
            self._open_override(location.case, location.item)
        elif location.view == "merge":
            self._open_merge()
        elif location.view in ("letter", "left", "check"):
            self._open_view(location)
        elif location.view == "details":
            self._app.push_screen(DetailsScreen(location.item))
        elif location.view == "list":
            self._app.push_screen(LetterListScreen(location.item, location.case))
        elif location.view in ("actions", "compared"):
            self._open_over_time(location.view)
        elif location.view == "unsaved":
            self._app.push_screen(UnsavedScreen())
        elif location.view == "takeaway":
            self._app.push_screen(TakeawayScreen(location.case))

    def _open_over_time(self, view: View) -> None:
        """Open the actions after the letter, or the comparison with the inspection before."""
        if self._workspace.second:
            self._app.show_error(self._workspace.no_letter())
        else:
            self._app.push_screen(ActionsScreen() if view == "actions" else ComparedScreen())

    def _open_view(self, location: Location) -> None:
        """Open one of the views of the inspection; from and over what is left, so that Esc leads back."""
        if self._workspace.second and location.view != "check":
            self._app.show_error(self._workspace.no_letter())
            return
        here = self._app.screen
        if location.view == "left" and isinstance(here, BoardScreen | LetterScreen):
            if pop_to(self._app, lambda screen: isinstance(screen, LeftScreen)):  # it was opened from there
                self._app.pop_screen()
        elif not isinstance(here, LeftScreen) or location.view != "letter" or not location.item:
            to_overview(self._app)
        get_ready()
        if location.view == "letter":
            self._app.push_screen(LetterScreen(location.item))
        else:
            self._app.push_screen(LeftScreen(location.item) if location.view == "left" else CheckScreen())

    def _open_board(self) -> None:
        """Open the board over the grid, or over what is left, so that Esc leads back."""
        get_ready()
        if not pop_to(self._app, lambda screen: isinstance(screen, BoardScreen)):
            if not isinstance(self._app.screen, LeftScreen):
                to_overview(self._app)
            self._app.push_screen(BoardScreen())

    def _open_moderation(self, case: str) -> None:
        """Open moderation: of ``case`` where it was marked twice, else of every case."""
        if self._workspace.second:
            words = "a second marking sees nothing of the first; with both finished, open without --second"
            self._app.show_message(words)
            return
        self._app.commit()
        self._app.push_screen(ModerationScreen(case if case in second_ids(self._workspace.folder) else ""))

    def _open_override(self, case: str, question: str) -> None:
        """Open an override of an answer, of a finished case or an open one."""
        if self._workspace.second:
            self._app.show_message("an override is of what counts, and no part of a second marking")
        elif not self._workspace.criteria.question(question).is_judged:
            self._app.show_message("only a judgement is overridden; this answer itself can be changed")
        elif self._workspace.record(case).judged(question) is None:
            self._app.show_message("there is no answer yet to put another outcome over")
        else:
            self._app.commit()
            self._app.push_screen(OverrideScreen(case, question))

    def _open_merge(self) -> None:
        """Open the merging of another inspector's folder into this one."""
        if self._workspace.second or self._workspace.practice:
            self._app.show_message("merging is of the inspection itself: no second marking, no practice")
        else:
            self._app.commit()
            self._app.push_screen(MergeScreen())

    def _open_outside(self, location: Location) -> None:
        if location.view == "new":
            self._app.push_screen(NewScreen())
        elif location.view == "settings":
            self._app.push_screen(SettingsScreen())
        elif not pop_to(self._app, lambda screen: isinstance(screen, StartScreen)):
            self._app.push_screen(StartScreen())

    def open_case(self, location: Location) -> None:
        """Open a case: at a question, else where one was, else at the next question, or at blank facts.

        One that was blinded meanwhile is not opened: row 1 says so.
        """
        self._app.check_blinded()
        workspace, case = self._workspace, location.case
        if case not in workspace.sessions:
            self._app.show_error(BlindedError(blinded_problem(case)))
            return
        for screen in self._app.screen_stack:
            if isinstance(screen, OverviewScreen):
                screen.put_cursor(case)  # where one comes back to
        if location.view == "review":
            self._app.push_screen(ReviewScreen(case))
        elif location.view == "facts":
            self._open_facts(case)
        elif not (location.item and self._visit(case, location.item)):
            self._open_question(location)

    def _open_facts(self, case: str) -> None:
        if isinstance(self._app.screen, ReviewScreen):
            self._app.switch_screen(FactsScreen(case))
        else:
            self._app.push_screen(FactsScreen(case))

    def _visit(self, case: str, question: str) -> bool:
        """Go to ``question`` on the screen that is open on ``case``, under another one or not."""
        if not pop_to(self._app, lambda screen: isinstance(screen, QuestionScreen) and screen.case == case):
            return False
        assert isinstance(self._app.screen, QuestionScreen)
        self._app.screen.visit(question)
        return True

    def _open_question(self, location: Location) -> None:
        workspace, case = self._workspace, location.case
        if not workspace.criteria.questions:
            why = "; ".join(str(m.what) for m in workspace.criteria.missing)
            self._app.show_message(f"nothing is asked here; missing in these criteria: {why}")
            if not isinstance(self._app.screen, FactsScreen):
                self._app.push_screen(FactsScreen(case))
            return
        from_facts = isinstance(self._app.screen, FactsScreen)
        if from_facts and pop_to(
            self._app, lambda screen: isinstance(screen, QuestionScreen) and screen.case == case
        ):
            return
        if workspace.progress(case).facts_first and not location.item and not from_facts:
            self._app.push_screen(FactsScreen(case))
            return
        known = self._app.recent.of(workspace.path)
        place = known.place if known and known.place.case == case and not location.item else Place()
        if not workspace.criteria.has_question(place.question) or from_facts:
            progress = workspace.progress(case)
            first = next(
                (q for q, s in progress.states.items() if s in APPLYING), next(iter(progress.states))
            )
            wanted = location.item or next_open(workspace.criteria, workspace.record(case)) or first
            place = Place(case, wanted)
        if from_facts or isinstance(self._app.screen, ReviewScreen):
            self._app.switch_screen(QuestionScreen(case, place))
        else:
            self._app.push_screen(QuestionScreen(case, place))

    def jump(self) -> None:
        """Put a letter on every field."""
        screen = self._app.screen
        if not isinstance(screen, SqsScreen):
            self._app.show_message("there is nothing to jump to here")
            return
        targets = [
            Target(Offset(widget.region.x - _lead(widget), widget.region.y + row), letter, name)
            for widget, row, letter, name in screen.jump_targets()
            if widget.is_on_screen
        ]
        if not targets:
            self._app.show_message("there is nothing to jump to here")
            return
        screen.commit()
        self._app.push_screen(JumpScreen(targets), lambda name: screen.jump_to(name) if name else None)


def _lead(widget: Widget) -> int:
    """Return how far before ``widget`` its letter stands: a note in one row begins with its name."""
    return 2 if isinstance(widget, NoteField) and widget.content_region.y == widget.region.y else 0
