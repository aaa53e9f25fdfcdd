"""A form: lines one under the other, each of which is written in the row over the footer."""

from __future__ import annotations

from sqs_tui.screens.frame import Frame

STEPS = {"tab": 1, "down": 1, "shift+tab": -1, "up": -1}


class Form(Frame):
    """A screen on which Tab and the arrows keep the line that is being written, and go on from it."""

    cursor: int

    def go(self, place: int) -> None:
        """To the line at ``place``, which may lie before the first or after the last."""
        raise NotImplementedError

    def take(self, key: str) -> bool:
        """Run what ``key`` means; from a line that is refused none of the keys leads away."""
        if not self.asking or key not in STEPS:
            return super().take(key)
        at = self.cursor
        self.sqs.hush()
        if self.enter() and STEPS[key] < 0:
            self.go(at - 1)
        return True

    def pointed(self, row: int) -> None:
        """A click elsewhere keeps what is being written, as Tab does."""
        if not self.asking or self.enter():
            self.chosen(row)

    def chosen(self, row: int) -> None:
        """A click on line ``row``."""
        raise NotImplementedError
