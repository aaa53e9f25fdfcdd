"""What the five views of an inspection share: row 1, the row of views, and the keys from one to the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual import on

from sqs_core.workflow.navigation import Location, the_cases
from sqs_tui.screens.base import SqsScreen
from sqs_tui.styles import day_of, days
from sqs_tui.widgets.view_tabs import ViewTabs


class InspectionScreen(SqsScreen):
    """A screen that is one of the five views."""

    def where(self) -> str:
        """The inspection and its days."""
        workspace = self.app.workspace
        if workspace is None:
            folder = self.app.folder_asked_for
            return f"opening {Path(folder).absolute().name} …" if folder else "opening …"
        inspection = workspace.inspection
        if workspace.practice:
            return "Practice: nothing here is kept"
        if workspace.second:
            of = f" · {workspace.criteria.population.title}" if workspace.criteria.population else ""
            return f"{inspection.place}{of} · second marking, blind"
        population = workspace.criteria.population
        title = str(population.title) if population else ""
        parts = (inspection.place, title, days(inspection), day_of(inspection, date.today()))
        return " · ".join(part for part in parts if part)

    def show_place(self) -> None:
        """Show row 1, and the views by their names, as they are now."""
        super().show_place()
        tabs = self.query(ViewTabs)
        if self.app.workspace is not None and tabs and tabs.first().criteria is not self.criteria:
            tabs.first().criteria = self.criteria
            self.refresh_bindings()  # the footer speaks of its records too

    def far(self) -> str:
        """How many cases have every answer."""
        workspace = self.app.workspace
        if workspace is None:
            return ""
        return f"{workspace.complete()} of {workspace.criteria.counted(len(workspace.cases))}"

    @on(ViewTabs.Picked)
    async def _view_picked(self, message: ViewTabs.Picked) -> None:
        await self.run_action(f"view('{message.view}')")

    def action_view(self, view: str) -> None:
        """Show a view; of the cases those of the population in view."""
        if view == "cases" and self.app.workspace is not None:
            self.go_to(the_cases(self.criteria))
        else:
            super().action_view(view)

    def action_inspection_population(self) -> None:
        """Show the next population."""
        self.app.turn_to_population()

    def action_inspection_moderate(self) -> None:
        """Settle where two markings of a case differ."""
        self.go_to(Location("moderation"))
