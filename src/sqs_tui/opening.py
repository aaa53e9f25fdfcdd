"""How an inspection comes onto the desk: read off the UI thread, once the first frame is out."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import Worker, get_current_worker

from sqs_core.errors import SqsError
from sqs_core.state import at_home, state_folder
from sqs_tui.memory import Memory
from sqs_tui.telling import Telling

if TYPE_CHECKING:
    from sqs_tui.desk import Desk
    from sqs_tui.messages import Loaded, NotLoaded, Reading
    from sqs_tui.snapshot import Snapshot


class Opening(Telling, inherit_bindings=False):
    """An application that opens one inspection after another."""

    def __init__(self, folder: str | None, case: str | None, *, second: bool) -> None:
        super().__init__()
        self.asked_for = (folder, case)
        self.second = second
        self.desk: Desk | None = None
        self.state: Path = state_folder()
        self.memory = Memory()
        self.carry_on = False
        self.reading = ""
        self._reader: Worker[None] | None = None

    def land(self) -> None:
        """Go on where one was."""
        raise NotImplementedError

    def read(self, folder: str) -> None:
        """Read an inspection folder off the UI thread; it arrives as a message."""
        second = self.second and folder == self.asked_for[0]

        def work() -> None:
            from sqs_core.storage.actor import current_actor
            from sqs_core.storage.audit.access_log import log_opening
            from sqs_tui.messages import Loaded, NotLoaded, Reading
            from sqs_tui.snapshot import read_folder

            worker = get_current_worker()

            def told(done: int, total: int) -> None:
                if worker.is_cancelled:  # the program is being left: do not make it wait
                    raise SqsError("reading was given up")
                self.post_message(Reading(done, total))

            try:
                actor = current_actor(self.told)
                snapshot = read_folder(folder, told, second=second, actor=actor)
                self.post_message(Loaded(snapshot))
                log_opening(snapshot.folder)
                self._tell_of_copies(snapshot.folder.path)
            except SqsError as error:
                if not worker.is_cancelled:
                    self.post_message(NotLoaded(error))

        self.reading = "from the disk"
        self._reader = self.run_worker(work, thread=True, exclusive=True, group="read")

    def _tell_of_copies(self, folder: Path) -> None:
        """A save was refused when the program was last left: nobody has to remember where the copy is."""
        from sqs_core.storage.rescue import unsaved_copies

        copies = unsaved_copies(folder)
        if copies:
            more = f" (and {len(copies) - 1} more there)" if len(copies) > 1 else ""
            self.told(f"not saved when last open: compare {at_home(copies[0])}{more}, then delete it")

    def give_up(self) -> bool:
        """Give up reading an inspection, or what else takes long."""
        from sqs_tui.screens.view import ViewFrame

        if not self.reading or self._reader is None:
            return super().give_up()
        self._reader.cancel()
        self.reading, self.asked_for, self.carry_on = "", (None, None), False
        if self.desk is None and isinstance(self.screen, ViewFrame):
            self.screen.do_back()
        self.say("reading was given up; nothing was changed")
        return True

    def on_reading(self, message: Reading) -> None:
        """Say how far it is; Esc gives it up, q leaves without waiting for the rest."""
        if not self.reading:  # given up meanwhile
            return
        self.reading = f"{message.done} of {message.total}"
        self.tell(f"reading the records … {self.reading}  Esc gives up")
        self.redraw()

    def on_loaded(self, message: Loaded) -> None:
        """Put an inspection on the desk."""
        from sqs_tui.screens.overview import OverviewScreen

        self.reading = ""
        self.put_on_desk(message.snapshot)
        gc.freeze()  # what was read stays: looking through all of it for garbage would hold up a key
        self.unsay()
        assert self.desk is not None
        for problem in self.desk.problems:
            self.say(str(problem), warning=True)
        overview = next((s for s in self.screen_stack if isinstance(s, OverviewScreen)), None)
        if overview is None:
            overview = OverviewScreen()
            self.push_screen(overview)
        elif self.screen is not overview:
            self.pop_screen()  # the start screen, come to from the grid
        overview.arrived()
        if self.carry_on:
            self.carry_on = False
            self.land()

    def put_on_desk(self, snapshot: Snapshot) -> None:
        """Work on the inspection of ``snapshot`` from now on."""
        from sqs_tui.desk import Desk

        self.desk = Desk.opened(snapshot, self.saver, self.state / "rescue")
        self.desk.started = self.save_started
        self.desk.practice = self.desk.path == str((self.state / "practice").resolve())

    def on_not_loaded(self, message: NotLoaded) -> None:
        """Say why there is no inspection: in row 1 where there is a screen to stay on, else to the shell."""
        self.reading = ""
        if self.asked_for[0] is None or self.desk is not None:
            self.warn(message.error)
        else:
            self.end_with(message.error.exit_code, str(message.error))
