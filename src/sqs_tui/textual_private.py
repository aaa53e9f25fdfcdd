"""The only use of what Textual keeps private; tests/tui/test_textual_private.py guards it.

Three things cannot be had otherwise:

``CrashHook``   Textual prints the values of variables when the program fails, that is, what was noted about
                children.  What is printed instead is decided in a method whose name begins with "_".
                ``write_to_terminal`` of the same class shows the cursor that Textual hides: what writes to
                the terminal is not public.
``TerminalParser``  Textual takes a control sequence it does not know for keys, so that a late answer of the
                terminal about itself changes a recorded judgement (textual#6456 and its like).  The parser
                that both its drivers use is not public.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic

from rich.console import RenderableType
from textual._xterm_parser import (
    SPECIAL_SEQUENCES,
    XTermParser,
    _re_cursor_position,
    _re_in_band_window_resize,
    _re_mouse_event,
    _re_terminal_mode_response,
)
from textual.app import App
from textual.events import Key
from textual.message import Message

PATIENCE = 0.1
"""Seconds after which a control sequence that goes no further is over."""
MOST_HELD = 4096
"""Characters of an unfinished sequence that are kept; what goes on beyond them is swallowed."""
_IGNORED = "\x1b[G"
"""A sequence that Textual knows and makes no key of: it ends an escape that was handed on alone."""
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
_STRINGS = "]P_^X"
"""What follows the escape of an OSC, DCS, APC, PM or SOS sequence: these go on to their terminator."""


class CrashHook(App[None]):
    """An application that decides itself what is printed when it fails."""

    def crash_report(self, error: BaseException | None) -> RenderableType:
        """Return what is printed on the shell about ``error``."""
        raise NotImplementedError

    def _fatal_error(self) -> None:
        self._exit_renderables.append(self.crash_report(self._exception))
        self._close_messages_no_wait()

    def write_to_terminal(self, sequence: str) -> None:
        """Send a control sequence to the terminal as it is; nothing where there is none."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)
            self._driver.flush()


class TerminalParser(XTermParser):
    """Makes keys of what a terminal sends; a control sequence that Textual does not know is swallowed whole.

    A sequence is held until it is complete, as it may come in pieces.  An escape alone is handed on at
    once: it may be the key.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._held = ""
        self._since = 0.0
        self._escape_is_out = False
        self._pasting = False

    def feed(self, data: str) -> Iterable[Message]:
        """Return the messages that ``data`` makes."""
        if data:
            data = self._without_unknown(data)
            if not data:
                return ()
        return super().feed(data)

    def tick(self) -> Iterable[Message]:
        """Return the messages that are due as nothing more has come."""
        yield from super().tick()
        if self._held and not self._pasting and monotonic() - self._since > PATIENCE:
            held, self._held = self._held, ""
            if len(held) == 2:  # Alt and a key, or Esc and a key: not the beginning of a sequence
                yield from super().feed(held[1:] if self._escape_is_out else held)

    def _without_unknown(self, data: str) -> str:
        """Return ``data`` without sequences that are not known, and without what is held for later."""
        # Textual's parser still waits for what follows an escape that it was given alone.
        out = self._escape_is_out and self._timeout_time is not None
        data = (self._held or ("\x1b" if out else "")) + data
        self._held, self._escape_is_out, self._since = "", False, monotonic()
        made: list[str] = []
        at = 0
        while at < len(data):
            if self._pasting:
                at = self._paste(data, at, made)
                continue
            if data[at] != "\x1b":
                made.append(data[at])
                at += 1
                continue
            stop = _end_of_sequence(data, at)
            if stop < 0:  # not complete yet
                alone = at + 1 == len(data)
                made.append("\x1b" if alone and not out else "")
                self._held = "" if alone else data[at : at + MOST_HELD]
                self._escape_is_out = alone or out
                break
            sequence = data[at:stop]
            if out and _is_alt(sequence):  # an escape that came alone was the key, whatever is typed next
                made.append(f"{_IGNORED}{sequence[1:]}")
            elif self._knows(sequence):
                made.append(sequence[1:] if out else sequence)
                self._pasting = sequence == _PASTE
            elif out:
                made.append(_IGNORED[1:])
            at, out = stop, False
        return "".join(made)

    def _paste(self, data: str, at: int, made: list[str]) -> int:
        """Take what is pasted out of ``data``, and return how far.

        An escape in it would be a key to Textual: another control character stands in for it, which no
        record may hold either, so that it is told of with the rest.
        """
        end = data.find(_PASTED, at)
        if end < 0:
            kept = next((n for n in range(len(_PASTED) - 1, 0, -1) if data.endswith(_PASTED[:n], at)), 0)
            self._held = data[len(data) - kept :]
            made.append(data[at : len(data) - kept].replace("\x1b", "\x18"))
            return len(data)
        made.append(data[at:end].replace("\x1b", "\x18") + _PASTED)
        self._pasting = False
        return end + len(_PASTED)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        """Yield the keys of ``sequence``; one with Alt types nothing: the letter is not what was meant."""
        found = list(super()._sequence_to_key_events(sequence, alt))
        if _is_alt(sequence) and not (
            found and found[0].character is None
        ):  # else an arrow of some terminals
            alt, found = True, list(super()._sequence_to_key_events(sequence[1:]))
        yield from (Key(f"alt+{key.key.removeprefix('alt+')}", None) for key in found) if alt else found

    def _knows(self, sequence: str) -> bool:
        """Whether Textual makes something of a whole ``sequence``, a key or another message."""
        if sequence[1:2] != "[":
            return sequence[1:2] == "" or sequence[1] not in _STRINGS
        return (
            sequence in SPECIAL_SEQUENCES
            or _re_mouse_event.match(sequence) is not None
            or _re_terminal_mode_response.match(sequence) is not None
            or _re_cursor_position.match(sequence) is not None
            or _re_in_band_window_resize.fullmatch(sequence) is not None
            or any(True for _ in self._sequence_to_key_events(sequence))
        )


def _is_alt(sequence: str) -> bool:
    """Whether ``sequence`` is an escape and one character that is typed: Alt with that, or Esc before it."""
    return len(sequence) == 2 and sequence[1].isprintable() and sequence[1] not in f"[O{_STRINGS}"


def _end_of_sequence(data: str, at: int) -> int:
    """Return where the sequence that begins at ``at`` ends; -1 where its end has not come yet."""
    if at + 1 >= len(data):
        return -1
    kind = data[at + 1]
    if kind == "[":
        return _end_of_csi(data, at + 2)
    if kind in _STRINGS:
        for place in range(at + 2, len(data)):
            if data[place] == "\x07":
                return place + 1
            if data[place] == "\x1b":
                # The terminator is an escape and a backslash; any other escape begins a new sequence.
                if place + 1 >= len(data):
                    return -1
                return place + 2 if data[place + 1] == "\\" else place
        return -1
    return at + 1 if kind == "\x1b" else at + 2


def _end_of_csi(data: str, at: int) -> int:
    """Return where a CSI sequence ends, of which ``at`` is the first character after the bracket."""
    for place in range(at, len(data)):
        if data[place] == "\x1b":  # cut short
            return place
        if "@" <= data[place] <= "~":
            # The old mouse report has three characters after its letter, a Linux function key one.
            more = {"M": 3, "[": 1}.get(data[place], 0) if place == at else 0
            return place + 1 + more if place + more < len(data) else -1
    return -1
