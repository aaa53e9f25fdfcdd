"""A view that tells the time in each case, and the pace."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqs_tui.screens.view import ViewFrame

if TYPE_CHECKING:
    from sqs_core.scoring.pace import Pace
    from sqs_tui.pictures.pace import Clock
    from sqs_tui.times import Timed


class TimedView(ViewFrame):
    """Looks at the history when it comes into view; nobody waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self._pace: tuple[tuple[int, int, str], Pace] | None = None

    def clock(self) -> Clock:
        """The time in each case, and the pace where there is room to tell it."""
        from sqs_tui.pictures.pace import Clock
        from sqs_tui.times import pace_of

        now = datetime.now().astimezone()
        made_of = (self.desk.version, self.desk.times.number, f"{now:%H:%M}")
        # A thousand cases are reckoned once for each change and minute, not for each arrow.
        if self._pace is None or self._pace[0] != made_of:
            self._pace = made_of, pace_of(self.desk, now)
        return Clock(
            now,
            self._pace[1],
            self.desk.times.spent,
            self.desk.inspection.first_day,
            self.sqs.settings.timer,
        )

    def on_screen_resume(self) -> None:
        """Come back: what was answered meanwhile shows its minutes."""
        super().on_screen_resume()
        self.look_at_times()

    def look_at_times(self) -> None:
        """Read what the history says since the last look."""
        if self.sqs.desk is not None and self.sqs.settings.timer:
            from sqs_tui.times import look

            look(self)
            if self.sqs.saver.writing:
                self.set_timer(1.0, self.look_at_times)

    def on_timed(self, message: Timed) -> None:
        """The time in the cases has been read."""
        if self.sqs.desk is not None and message.path == str(self.desk.folder.path):
            self.desk.times = message.times
            self.draw()
