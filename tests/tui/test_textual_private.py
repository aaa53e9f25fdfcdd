"""What is used of Textual's private parts does what it is there for, in the version that is installed."""

from __future__ import annotations

from itertools import chain

import pytest
from textual import events
from textual.app import App

from sqs_tui.textual_private import TerminalParser

ANSWERS = {
    "secondary attributes": "\x1b[>1;5202;0c",
    "primary attributes": "\x1b[?62;22;52c",
    "foreground colour": "\x1b]10;rgb:d3d3/d7d7/cfcf\x1b\\",
    "background colour, ended by a bell": "\x1b]11;rgb:0000/0000/0000\x07",
    "status": "\x1b[0n",
    "version": "\x1bP>|XTerm(379)\x1b\\",
    "a setting": "\x1bP1$r0 q\x1b\\",
}


def keys(*pieces: str) -> list[str]:
    """The keys that a parser makes of what comes in these pieces."""
    parser = TerminalParser()
    made = chain.from_iterable([*parser.feed(piece), *parser.tick()] for piece in pieces)
    return [message.key for message in made if isinstance(message, events.Key)]


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_what_a_terminal_answers_about_itself_is_no_key_whole_or_in_pieces(answer: str) -> None:
    assert keys("y", answer, "n") == ["y", "n"]
    assert keys(f"y{answer}n") == ["y", "n"]
    assert keys("y", *answer, "n") == ["y", "n"]


def test_keys_are_keys() -> None:
    assert keys("y\x1b[A\x1b[15~\x1bOP\x01é") == ["y", "up", "f5", "f1", "ctrl+a", "é"]


def test_a_letter_with_alt_types_nothing_and_esc_before_a_letter_is_esc() -> None:
    together = [m for m in TerminalParser().feed("\x1bcn\x1b1\x1bf") if isinstance(m, events.Key)]
    assert [(key.key, key.character) for key in together] == [
        ("alt+c", None),
        ("n", "n"),
        ("alt+1", None),
        ("ctrl+right", None),  # as some terminals send it
    ]
    assert keys("\x1b", "cn", "\x1b", "b") == ["escape", "c", "n", "escape", "b"]


def test_what_is_pasted_comes_as_one_text() -> None:
    messages = list(TerminalParser().feed("\x1b[200~yes, and no\x1b[201~"))
    assert [message.text for message in messages if isinstance(message, events.Paste)] == ["yes, and no"]
    assert not [message for message in messages if isinstance(message, events.Key)]


def test_the_methods_that_are_replaced_or_called_are_there() -> None:
    names = ("_fatal_error", "_close_messages_no_wait", "_exit_renderables", "_exception")
    app = App[None]()
    assert [name for name in names if not hasattr(app, name)] == []
