"""The actions after the letter: what is overdue first, what was seen, and the cases behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from sqs_core.letter.followed_actions import by_standing
from sqs_core.records.dates import day
from sqs_core.records.followed_action import FollowedAction, FollowedActions
from sqs_core.text import counted
from sqs_core.workflow.following import add_actions, new_action, noted_in_words
from sqs_tui.bindings import bindings_of
from sqs_tui.screens.cases_behind import CasesBehindScreen, figure_behind
from sqs_tui.screens.menu import ListScreen
from sqs_tui.styles import DIM, TITLE, WARN, fitted, joined, shortened, text, wrapped
from sqs_tui.widgets.option_menu import Line


class ActionsScreen(ListScreen):
    """One list by where each stands; e writes what was seen, Enter opens the cases behind."""

    view = "actions"
    counts = True
    on_a_line = ("list_open", "actions_note")
    BINDINGS = bindings_of("actions", opens="cases behind")
    help_text = (
        "a adds an action: its area for improvement, a colon and what will be done (ii: train the team).  e "
        "says where one stands and what was seen (done nine of ten plans name the victim).  Who does it and "
        "by when is set by sqs action set.  Enter opens the cases behind the question that it should show in."
    )

    def where(self) -> str:
        """The list."""
        return f"{self.workspace.inspection.place} ▸ Actions after the letter"

    @property
    def actions(self) -> FollowedActions:
        """The actions as they are on the disk now."""
        return self.workspace.folder.actions().record

    @property
    def action(self) -> FollowedAction | None:
        """The action with the mark."""
        return self.actions.actions.get(self.menu.marked)

    def update_view(self) -> None:
        """Show the list."""
        found, today = self.actions, self.workspace.folder.actor.clock().date()
        overdue = sum(one.is_overdue(today) for one in found.actions.values())
        words = f"  {counted(len(found.actions), 'action')}, {overdue} overdue" if found.actions else ""
        none = "  No action is followed up yet: a adds one."
        self.show_summary(text(words, TITLE) if words else text(none, DIM))
        self.menu.show_lines(self._lines(found))
        self.show_item()

    def _lines(self, found: FollowedActions) -> Iterator[Line]:
        today = self.workspace.folder.actor.clock().date()
        for standing, group in by_standing(found, today).items():
            yield Line("", text(f"  {standing.capitalize()}", WARN if standing == "overdue" else DIM))
            for number, one in group.items():
                due = day(one.due) if one.due else "no date"
                words = shortened(" ".join(one.action.split()), max(8, self.size.width - 40))
                lead = joined(
                    fitted(number, 4), fitted(due, 12), fitted(one.owner or "nobody yet", 18), Content(" ")
                )
                yield Line(number, lead + words)

    def in_full(self, width: int) -> Sequence[Content]:
        """Return what is to be done, where it should show, and what was seen last."""
        one = self.action
        if one is None:
            return []
        numbers = self.criteria.question_numbers
        shows = ", ".join(numbers.get(name, name) for name in one.questions)
        rows = wrapped(" ".join(one.action.split()), width)[:2]
        rows.append(shortened(f"Should show in {shows or 'no question yet'}", width, DIM))
        if one.notes:
            last = one.notes[-1]
            rows.append(shortened(f"{day(last.day)}, {last.state}: {' '.join(last.note.split())}", width))
        return rows

    # ------------------------------------------------------------ what can be done

    def why_not(self, action: str) -> str:
        """Return what would work instead."""
        return "no action is followed up yet; a adds one" if action in self.on_a_line else ""

    def action_list_add(self) -> None:
        """Add an action."""

        def on_answer(words: str) -> None:
            area, colon, what = words.partition(":")
            made = new_action(self.workspace.folder, what if colon else words, area=area if colon else "")
            (number,) = add_actions(self.workspace.folder, [made])
            self.app.show_message(f"added as action {number}")
            self.refresh_view()

        asked = "What will be done? With its area for improvement: ii: train the team"
        self.app.ask(asked, "", on_answer, does="add it")

    def action_actions_note(self) -> None:
        """Say where it stands, and what was seen."""
        number = self.menu.marked
        if self.action is None:
            return

        def on_answer(words: str) -> None:
            after = noted_in_words(self.workspace.folder, number, words)
            self.app.show_message(f"action {number}: {after.state}")
            self.refresh_view()

        self.app.ask("Where does it stand (open, started, done, dropped), and what was seen?", "", on_answer)

    @on(OptionList.OptionSelected)
    def action_list_open(self) -> None:
        """Open the cases behind the question that it should show in."""
        one = self.action
        if one is None:
            return
        findings = self.workspace.findings
        if not one.questions or findings is None:
            self.app.show_message("no question is named in which it should show")
            return
        self.app.push_screen(CasesBehindScreen(figure_behind(findings, one.questions[0])))
