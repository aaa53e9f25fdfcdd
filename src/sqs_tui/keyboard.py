"""Keys in the order in which they were pressed: the next one waits until the one before has had its effect.

The framework hands a key to whatever has the focus when it is read; a box or a screen that the
key before asked for gets the focus a little later.  Keys that arrive together, as they do over a
slow line or from a fast hand, would then mean something else: "e" and a word that begins with
"y" would answer yes.  What is pasted comes in the same way, and waits in the same row.
"""

from __future__ import annotations

from collections import deque
from time import monotonic

from textual import events
from textual.app import App

from sqs_tui.deeds import key_of
from sqs_tui.screens.frame import Frame

PATIENCE = 0.3
"""Seconds after which a key is handed on although the one before seems to be at work still."""
LOOK = 0.004
"""Seconds between two looks whether a screen that is being opened can take keys."""


class Keyboard(App[None], inherit_bindings=False):
    """An application that hands on one key after another."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead: deque[events.Key | events.Paste] = deque()
        self._in_a_box: Frame | None = None
        """The screen in whose box a key is at work; one that closes does not say that it is done."""
        self._since = 0.0

    async def on_event(self, event: events.Event) -> None:
        """Hold back a key, or a paste, while the key before is at work."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if not self._ahead:
            self._since = max(self._since, monotonic())
        self._ahead.append(event)
        await self._hand_on()

    async def _hand_on(self) -> None:
        while self._ahead:
            screen = self.screen if isinstance(self.screen, Frame) else None
            if self._in_a_box is not None and not self._in_a_box.is_running:
                self.call_later(self._box_is_done, self._in_a_box)  # behind what the screen left us to do
                return
            busy = self._in_a_box is not None or (screen is not None and not screen.takes_keys)
            if busy and monotonic() < self._since + PATIENCE:
                self.set_timer(LOOK, self._hand_on)
                return
            event, self._since = self._ahead.popleft(), monotonic()
            if isinstance(event, events.Paste):
                await super().on_event(event)
                continue
            if screen is not None and not screen.writing and screen.take(key_of(event)):
                continue
            await super().on_event(event)
            box = self.focused
            if screen is not None and box is not None and screen.writing and not event.is_printable:
                self._in_a_box = screen  # letters follow one another there of themselves
                # The key bubbles from the box over the screen to the application, which may act on the
                # box; what the box then sends goes to the screen.  This goes the same way, behind it.
                way = (screen.call_later, self.call_later, box.call_later, screen.call_later, self.call_later)
                box.call_later(*way, self._box_is_done, screen)

    async def _box_is_done(self, screen: Frame) -> None:
        if self._in_a_box is screen:
            self._in_a_box = None
        await self._hand_on()
