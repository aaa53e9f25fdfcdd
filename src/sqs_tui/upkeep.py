"""Keeping what is shown true: figures counted again, blinded cases, records that others changed."""

from __future__ import annotations

from sqs_core.storage.blinding import BlindedError
from sqs_tui.base_app import BaseApp
from sqs_tui.blinding import put_away_blinded
from sqs_tui.external_changes import apply_reload, named_in_short, poll
from sqs_tui.messages import Counted, ExternalChange, Recovered
from sqs_tui.screens.base import SqsScreen
from sqs_tui.screens.overview import OverviewScreen
from sqs_tui.screens.prompt import PromptScreen
from sqs_tui.undo_history import join
from sqs_tui.workspace import Workspace


class Upkeep:
    """What is done about the open inspection beside what a person does."""

    def __init__(self, app: BaseApp) -> None:
        self._app = app
        self.counting = False

    @property
    def _workspace(self) -> Workspace:
        workspace = self._app.workspace
        assert workspace is not None
        return workspace

    def count(self) -> None:
        """Count the figures anew off the UI thread, if any record changed; they arrive as a message."""
        workspace, app = self._workspace, self._app
        if self.counting or workspace.counted == workspace.version:
            return
        self.counting = True
        version = workspace.version
        app.run_worker(
            lambda: app.post_message(Counted(workspace.path, workspace.count(), version)),
            thread=True,
            group="count",
        )

    def counted(self, message: Counted) -> None:
        """Show figures; count again where a record changed meanwhile."""
        self.counting = False
        workspace = self._workspace
        ours = message.path == workspace.path  # another inspection may have been opened meanwhile
        if ours and message.version >= workspace.blinded_at:  # figures of a case blinded since are not shown
            workspace.findings, workspace.counted = message.findings, message.version
        self._app.refresh_screen()
        self.count()

    def check_blinded(self) -> None:
        """Put away the cases that are being marked a second time now, wherever they are shown."""
        blinded = put_away_blinded(self._workspace, self._app.commit, self._app.show_error)
        if blinded is None:
            return
        if blinded:
            self._leave_screens_of(blinded)
            words = f"blinded, being marked a second time: {', '.join(blinded)}"
            self._app.show_message(words, warning=True)
        self.count()
        self._app.refresh_screen()

    def _leave_screens_of(self, cases: tuple[str, ...]) -> None:
        """Go to the overview where a screen shows one of ``cases``, which have become blinded."""
        if any(
            (getattr(screen, "case", None) in cases and not isinstance(screen, OverviewScreen))
            or not isinstance(screen, SqsScreen)
            or screen.shows_notes
            for screen in self._app.screen_stack
        ):
            while len(self._app.screen_stack) > 1 and not isinstance(self._app.screen, OverviewScreen):
                self._app.pop_screen()

    def poll_external_changes(self) -> None:
        """Look for records that somebody else changed."""
        poll(self._app, self._workspace)

    def show_external_change(self, message: ExternalChange) -> None:
        """Show records as somebody else saved them."""
        found = apply_reload(self._workspace, message, self._is_being_written)
        for error in found.errors:
            if not isinstance(error, BlindedError):
                self._app.show_message("; ".join(map(str, error.problems)), warning=True)
        if found.taken:
            for screen in self._app.screen_stack:
                if isinstance(screen, SqsScreen):
                    screen.recover()
            self._app.show_failures()
            words = f"changed elsewhere, and shown as it is now: {named_in_short(found.taken)}"
            self._app.show_message(words)
            self.count()
            self._app.refresh_screen()
        if found.conflicts:
            words = f"two of you changed {'; '.join(found.conflicts)}"
            self._app.show_message(words, warning=True)

    def _is_being_written(self, named: tuple[str, str]) -> bool:
        kind, name = named
        writing = any(
            isinstance(s, PromptScreen) or (isinstance(s, SqsScreen) and s.writing)
            for s in self._app.screen_stack
        )
        return any(
            isinstance(screen, SqsScreen)
            and (screen.decides or (writing and (kind != "case" or getattr(screen, "case", None) == name)))
            for screen in self._app.screen_stack
        )

    def recovered(self, message: Recovered) -> None:
        """What was done to a case before this run can be undone too."""
        if message.path == self._workspace.path:
            join(self._workspace, message.session)
