"""Keep what is shown true: figures counted again, blinded cases put away, what others changed taken up.

A draw for second markings can be made while the screens are open, on this computer or another; so blinded
cases are looked for when a case is opened, when a screen comes into view, and every two seconds.  As often
records are looked for that somebody else changed.  What one is writing, and what is not on the disk yet, is
left alone: saving it is refused as ever, and row 1 says who changed the record.
"""

from __future__ import annotations

from sqs_core.errors import SqsError
from sqs_core.records import Narrative
from sqs_core.state import at_home
from sqs_core.storage.blinding import BlindedError, blinded_cases
from sqs_core.storage.changes import RecordKey
from sqs_core.storage.layout import CASES
from sqs_core.text import first_few
from sqs_tui.base_app import BaseApp
from sqs_tui.messages import Counted, ExternalChange, Found
from sqs_tui.screens.base import SqsScreen
from sqs_tui.screens.overview import OverviewScreen
from sqs_tui.screens.prompt import PromptScreen
from sqs_tui.workspace import Workspace

MOST_NAMED = 3
"""Records named in row 1; the others are only counted."""


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

    # ------------------------------------------------------------ figures

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

    # ------------------------------------------------------------ blinded cases

    def check_blinded(self) -> None:
        """Put away the cases that are being marked a second time now, wherever they are shown."""
        workspace = self._workspace
        if workspace.folder.room != CASES:
            return
        before, blinded = workspace.blinded, blinded_cases(workspace.folder.path)
        if blinded == before:
            return
        newly = tuple(case for case in blinded if case in workspace.sessions)
        if newly:
            self._app.commit()  # the rescue copy has what is being typed
        workspace.blinded = blinded
        for case in newly:
            workspace.blind(case)
        for case in before:
            if case not in blinded:
                self._app.attempt(lambda case=case: workspace.unblind(case))  # type: ignore[misc]
        if newly:
            self._leave_screens_of(newly)
            words = f"blinded, being marked a second time: {', '.join(newly)}"
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

    # ------------------------------------------------------------ records that others changed

    def poll_external_changes(self) -> None:
        """Look, off the UI thread, for records that are no longer as they were read or saved."""
        app, workspace = self._app, self._workspace
        changes = workspace.changes
        if changes is None or workspace.autosave.saving(workspace.path):
            return
        version = workspace.version

        def work() -> None:
            found = tuple(_read(workspace, named) for named in changes.poll())
            if found:
                app.post_message(ExternalChange(workspace.path, version, found))

        app.run_worker(work, thread=True, exclusive=True, group="elsewhere")

    def show_external_change(self, message: ExternalChange) -> None:
        """Take up what was found, but for what is being worked on, and show it.

        What could not be saved here, as somebody else saved first, is put together with theirs and saved.
        The letter is not: its author decides about what both wrote.
        """
        workspace = self._workspace
        if workspace.changes is None or workspace.path != message.path:
            return
        # One of the changes may be our own save.
        late = workspace.version != message.version or workspace.autosave.saving(workspace.path)
        taken: list[str] = []
        conflicts: list[str] = []
        for found in message.found:
            key, name = workspace.key(*found.named), _named(found.named)
            if found.record is None:
                if found.error is not None and not isinstance(found.error, BlindedError):
                    self._app.show_message("; ".join(map(str, found.error.problems)), warning=True)
            elif late or self._is_being_written(found.named):
                workspace.changes.again(found.named)
            elif workspace.autosave.pending(key):
                if isinstance(found.record, Narrative):
                    workspace.changes.again(found.named)
                    continue
                both, copy = workspace.merge_external_change(found.named, found.record, found.hash)
                taken.append(name)
                if both:
                    conflicts.append(f"{name}, {both}: theirs stands; yours is in {at_home(copy)}")
            elif workspace.autosave.hashes.get(key) != found.hash:
                workspace.apply_change(found.named, found.record, found.hash)
                taken.append(name)
        if taken:
            for screen in self._app.screen_stack:
                if isinstance(screen, SqsScreen):
                    screen.recover()
            self._app.show_failures()
            words = f"changed elsewhere, and shown as it is now: {first_few(taken, MOST_NAMED)}"
            self._app.show_message(words)
            self.count()
            self._app.refresh_screen()
        if conflicts:
            self._app.show_message(f"two of you changed {'; '.join(conflicts)}", warning=True)

    def _is_being_written(self, named: RecordKey) -> bool:
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


def _read(workspace: Workspace, named: RecordKey) -> Found:
    kind, name = named
    folder = workspace.folder
    try:
        if kind == "case":
            return Found(named, *folder.case(name))
        return Found(named, *folder.narrative())
    except SqsError as error:
        return Found(named, error=error)


def _named(named: RecordKey) -> str:
    kind, name = named
    return f"{kind} {name}" if name else "the letter"
