"""Before a case is finished: what is to be put right, apart from what to think about."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from sqs_core.errors import UsageError
from sqs_core.scoring.states import State
from sqs_core.storage.moderation import second, sign_off
from sqs_core.text import counted
from sqs_core.workflow.navigation import CASES, where_work_goes_on
from sqs_core.workflow.review import Gap, Review, review_of
from sqs_tui.bindings import bindings_of
from sqs_tui.screens.case import CaseScreen
from sqs_tui.screens.menu import MenuScreen
from sqs_tui.styles import DIM, FLAG, GOOD, NO, TITLE, fitted, outcome_word, question_mark, shortened
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.option_menu import Line, PlaceMenu


class ReviewScreen(CaseScreen, MenuScreen):
    """Everything that links to a question, with the way there."""

    view = "review"
    BINDINGS = bindings_of("review", opens="go on")
    help_text = (
        "What stands first stops the case from being finished; what is only advice does not.  Finishing "
        "locks the answers.  A finished case is reopened with a reason, which is kept."
    )

    def compose_body(self) -> ComposeResult:
        """Yield the sentence, the list, and the case at a glance."""
        yield LinesView(id="summary")
        yield PlaceMenu(id="gaps")
        yield LinesView(id="glance")

    def where(self) -> str:
        """The case."""
        return f"{self.workspace.inspection.place} ▸ {self.heading}{self.lock_mark} ▸ Check before finishing"

    @property
    def found(self) -> Review:
        """What stops the case from being finished, what to think about, and its counts."""
        return review_of(self.criteria, self.record, second=self.workspace.second)

    # ------------------------------------------------------------ what is shown

    def update_view(self) -> None:
        """Show errors that link, advice apart, and the case at a glance."""
        found = self.found
        self.show_summary(self._summary(found))
        longest = max((len(self._called(gap)) for gap in found.gaps), default=0)
        room = min(34 if self.size.width >= 74 else 30, longest)
        lines = [self._line(place, gap, room) for place, gap in enumerate(found.gaps)]
        if found.advice:
            words = f"  {counted(len(found.advice), 'thing')} to think about (does not stop you)"
            lines.insert(len(found.stops), Line("", Content.styled(words, FLAG)))
        self.menu.show_lines(lines)
        self.show_rows("#glance", self._glance(found))
        count = len(found.gaps)
        self.show_tip(f"{count} in all  ↓↑ for more" if count >= self.menu.size.height > 0 else "")
        self.refresh_bindings()

    def _summary(self, found: Review) -> Content:
        one = self._what
        if found.finished and self.workspace.second:
            words = "  ✓ This second marking is finished, for good: nothing of it changes any more."
            return Content.styled(words, GOOD)
        if found.finished:
            return Content.styled(f"  ✓ This {one} is finished; its answers are locked.", GOOD)
        if found.stops:
            words = f"  {counted(len(found.stops), 'thing')} to put right before this {one} can be finished"
            return Content.styled(words, NO)
        return Content.styled(f"  ✓ Nothing is left to put right: F finishes the {one}.", GOOD)

    @property
    def _what(self) -> str:
        """What is finished here: "case", "second marking"."""
        return "second marking" if self.workspace.second else self.criteria.one

    def _called(self, gap: Gap) -> str:
        question = gap.location.item
        return str(self.criteria.question(question).short) if question else "the facts"

    def _line(self, place: int, gap: Gap, room: int) -> Line:
        about = shortened(gap.about, self.size.width - room - 7)
        return Line(str(place), fitted(self._called(gap), room) + Content("  ") + about)

    def _glance(self, found: Review) -> list[Content]:
        criteria, record, progress = self.criteria, self.record, self.progress
        width = self.size.width
        most = max((len(criteria.theme_questions(theme.id)) for theme in criteria.themes), default=0)
        room = max(16, min(38, width - 6 - 6 * most))
        rows = []
        for theme in criteria.themes:
            parts = [
                Content.styled(f"  {theme.label} ", TITLE),
                fitted(str(theme.title), room, DIM),
                Content(" "),
            ]
            for question in criteria.theme_questions(theme.id):
                state = progress.states[question.id]
                if state is not State.NOT_ASKED:
                    mark, style = question_mark(criteria, record, question, state)
                    word = outcome_word(criteria, record, question, state) or mark
                    parts.append(Content.styled(f"{word} ".ljust(6), style))
            rows.append(Content("").join(parts))
        totals = f"  {counted(found.learning, 'learning point')}, {counted(found.strengths, 'strength')}"
        totals += f", {len(found.discuss)} to discuss at moderation"
        spent = self.workspace.times.spent.get(self.case) if self.app.settings.timer else None
        totals += f", {counted(spent.minutes, 'minute')} seen" if spent and spent.minutes else ""
        note = "  Finishing locks the answers; reopening asks for a reason, which is kept."
        if self.workspace.second:
            note = "  Finishing ends a second marking for good; the first can be seen from then on."
        return [*rows, shortened(totals, width, DIM), shortened(note, width, DIM)]

    # ------------------------------------------------------------ what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done with the case as it is; what cannot is not in the footer."""
        if self.open and (
            (action == "list_open" and not self.found.gaps and not self.finished)
            or (action == "case_finish" and self.finished)
            or (action == "case_reopen" and (self.workspace.second or not self.finished))
        ):
            return None
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Return what would work instead."""
        one = self._what
        finished = f"this {one} is finished already; R opens it again, saying why"
        return {
            "list_open": f"nothing to go to; F finishes the {one}",
            "case_finish": self.locked if self.workspace.second else finished,
            "case_reopen": self.locked if self.finished else f"this {one} is open",
        }.get(action, "")

    @on(OptionList.OptionSelected)
    def action_list_open(self) -> None:
        """Go to the question with the mark, or to the facts; from a finished case to the next one."""
        gaps = self.found.gaps
        marked = self.menu.marked
        if self.finished:
            self._next_case()
        elif marked:
            self.go_to(gaps[int(marked)].location)

    def _next_case(self) -> None:
        """Go on with the next case that is not finished; with none left, to the list of cases."""
        records = self.workspace.records()
        at = next(place for place, record in enumerate(records) if record.case == self.case)
        left = [record for record in (*records[at + 1 :], *records[:at]) if record.status != "finished"]
        self.go_to(CASES)  # what is under this page is of the case that is done
        if left:
            self.go_to(where_work_goes_on(self.criteria, left[0]))

    def action_case_finish(self) -> None:
        """Lock the answers, when nothing is left to put right."""
        found = self.found
        if found.stops:
            self.app.show_message(f"{counted(len(found.stops), 'thing')} to put right first", warning=True)
        elif self.workspace.second:
            self._finish_second()
        else:
            self.app.attempt(self._finish, f"{self.named} is finished")
        self.refresh_view()

    def _finish(self) -> None:
        self.workspace.check_saved_as_seen(self.case)
        folder = self.workspace.folder
        finish = second.finish_second if isinstance(folder, second.SecondFolder) else sign_off.finish
        finish(folder, self.case)
        self.workspace.read_again(self.case)

    def _finish_second(self) -> None:
        """End a second marking through the person's own yes: nothing opens it again."""

        def on_answer(word: str) -> None:
            if word.strip().lower() != "yes":
                raise UsageError("yes ends it, Esc leaves it open")
            self._finish()
            self.app.show_message(f"the second marking of {self.named} is finished, for good")
            self.refresh_view()

        asked = f"This ends the second marking of {self.named} for good.  Type yes to end it:"
        self.app.ask(asked, "", on_answer, does="end it")

    def action_case_reopen(self) -> None:
        """Unlock the answers, saying why."""
        named = self.named

        def on_answer(why: str) -> None:
            if not why.strip():
                raise UsageError(f"no reason was written: {named} is not opened, it stays finished")
            self.workspace.check_saved_as_seen(self.case)
            sign_off.reopen(self.workspace.folder, self.case, why)
            self.workspace.read_again(self.case)
            self.app.show_message(f"{named} is open again")
            self.refresh_view()

        self.app.ask(f"Why is {named} opened again?", "", on_answer, does="open it again")
