"""A list with a mark in it: arrows move the mark, a click goes where Enter goes."""

from __future__ import annotations

from sqs_tui.screens.frame import Frame


class Listed(Frame):
    """A screen with a list; ``picture`` keeps ``cursor`` within it."""

    cursor = 0

    def do_open(self) -> None:
        """Go to what the mark is on."""
        raise NotImplementedError

    def other_key(self, key: str) -> bool:
        """Arrows."""
        if key not in ("down", "j", "up", "k"):
            return False
        self.cursor += 1 if key in ("down", "j") else -1
        self.draw()
        return True

    def pointed(self, row: int) -> None:
        """A click goes there."""
        self.cursor = row
        self.do_open()
