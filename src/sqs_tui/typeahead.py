"""Keys in the order in which they were pressed: the next one waits until the one before has had its effect.

Textual hands a key to whatever has the focus when it is read, and a box or a screen that the key before
asked for gets the focus a little later.  Keys that arrive together, as they do over a slow line or from a
fast hand, would then mean something else: "e" and a word that begins with "y" would answer yes.  What is
pasted comes in the same way, and waits in the same row.
"""

from __future__ import annotations

from collections import deque

from textual import events
from textual.command import CommandPalette
from textual.message_pump import MessagePump

from sqs_tui.terminal_input import TerminalDriver
from sqs_tui.textual_private import CrashHook

PATIENCE = 500
"""Looks after which a key is handed on although the one before seems to be at work still: two seconds where
nothing else is done, and more on a machine that is busy, so that no key goes astray there."""
NOT_PAINTED = 0.1
"""Seconds after which a key is followed although no effect of it was painted."""
LOOK = 0.004
"""Seconds between two looks whether a screen that is being opened can take keys."""
ROUNDS = 3
"""How often the way of a key is followed: for the key, a widget's message, a message made of that."""


class TypeAhead(CrashHook):
    """An application that hands on one key after another."""

    def __init__(self) -> None:
        super().__init__(driver_class=TerminalDriver)
        self._ahead: deque[events.Key | events.Paste] = deque()
        self._at_work: events.Key | events.Paste | None = None
        self._way: list[MessagePump] = []
        self._rounds = 0
        self._follower: MessagePump = self
        self._left: list[MessagePump] = []
        self._at: tuple[MessagePump, MessagePump | None] = (self, None)
        self._looks = 0
        self._looking = False

    async def on_event(self, event: events.Event) -> None:
        """Hold back a key, or a paste, while the one before is at work."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if not self._ahead and self._at_work is None:
            self._looks = 0
        self._ahead.append(event)
        await self._hand_on()

    async def _look(self) -> None:
        """Look whether what waits can be handed on."""
        self._looking = False
        self._looks += 1
        await self._hand_on()

    async def _hand_on(self) -> None:
        """Hand on what waits, as far as it may be handed on now."""
        while self._ahead:
            self._follow_at_once()
            if self._at_work is not None and not self._follower.is_running:  # it closed, and forgot
                self._follow(self._at_work, self._left)
            busy = self._at_work is not None or not self.takes_keys(self._ahead[0])
            if busy and self._looks < PATIENCE:
                if not self._looking:
                    self._looking = True
                    self.set_timer(LOOK, self._look)
                return
            event, self._looks = self._ahead.popleft(), 0
            self._at_work = event
            self._rounds, self._at = ROUNDS, self._where()
            self._way = [*(self.focused or self.screen).ancestors_with_self]
            self.key_begins()
            await super().on_event(event)
            # Following it can wait until its effect is painted, unless another key comes before.
            self.call_after_refresh(self._follow_at_once)
            self.set_timer(NOT_PAINTED, self._follow_at_once)  # a screen that was left is never painted

    def key_begins(self) -> None:
        """A key, or a paste, is handed on now."""

    def _follow_at_once(self) -> None:
        """Begin to follow the key that is at work, if that was not begun."""
        way, self._way = self._way, []
        if way and self._at_work is not None:
            self._follow(self._at_work, way)

    def _follow(self, event: events.Key | events.Paste, way: list[MessagePump]) -> None:
        """Go the way of ``event``, behind it: from the widget it went to up to the application."""
        while way:
            self._follower = way.pop(0)
            if self._follower.call_later(self._follow, event, way):
                self._left = way
                return
        if self._at_work is not event:
            return
        if self._at != self._where():  # another screen, or another box: what that asked for is followed too
            self._rounds, self._at = ROUNDS, self._where()
        else:
            self._rounds -= 1
        if self._rounds:
            self._follow(event, [*(self.focused or self.screen).ancestors_with_self])
        else:
            self._at_work = None
            self.call_next(self._hand_on)  # behind what a screen that closed has asked for

    @property
    def busy(self) -> bool:
        """Whether a key is at work, or waits to be handed on."""
        return bool(self._ahead) or (
            self._at_work is not None and (bool(self._way) or self._follower.is_running)
        )

    def _where(self) -> tuple[MessagePump, MessagePump | None]:
        """Return the screen in view and what has the keys."""
        return self.screen, self.focused

    def takes_keys(self, event: events.Key | events.Paste) -> bool:
        """Return whether ``event`` would get now to where it belongs."""
        screen = self.screen
        if not screen.is_mounted or (screen.focused is None and screen.focus_chain):
            return False
        takes_key = getattr(screen, "takes_key", None)
        if takes_key is not None and not takes_key(event):
            return False
        if isinstance(screen, CommandPalette) and isinstance(event, events.Key) and not event.is_printable:
            # Enter chooses from what the words found: it waits until they have been looked for.
            return not any(w.node is screen and not w.is_finished for w in self.workers)
        return True
