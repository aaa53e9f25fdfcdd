"""Clean a paste: no record may hold control characters, and what is dropped is reported."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget

from sqs_core.text import without_forbidden


@dataclass
class Dropped(Message):
    """``count`` characters of a paste that no record may hold were left out."""

    count: int


def cleaned(box: Widget, text: str) -> str:
    """Return ``text`` without them; ``box`` posts how many there were."""
    text, dropped = without_forbidden(text)
    if dropped:
        box.post_message(Dropped(dropped))
    return text
