"""The keys that these screens promise: each runs an action that is there, and its help names it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key
from textual.screen import Screen

from sqs_core.workflow.commands import COMMANDS
from sqs_tui.app import SqsApp
from sqs_tui.key_map import WITHOUT_COMMAND, keys_to_use
from sqs_tui.screens.base import SqsScreen
from sqs_tui.screens.board import BoardScreen
from sqs_tui.screens.check import CheckScreen
from sqs_tui.screens.facts import FactsScreen
from sqs_tui.screens.letter import LetterScreen
from sqs_tui.screens.merge import MergeScreen
from sqs_tui.screens.moderation import ModerationScreen
from sqs_tui.screens.override import OverrideScreen
from sqs_tui.screens.overview import OverviewScreen
from sqs_tui.screens.question import QuestionScreen
from sqs_tui.screens.review import ReviewScreen
from sqs_tui.screens.start import StartScreen

VIEWS = "1 2 3 4 5"
PROMISED: dict[type[SqsScreen], str] = {
    StartScreen: "enter n o t i f2",
    OverviewScreen: f"enter f a p X s F Q m {VIEWS}",
    FactsScreen: "enter p F u U",
    QuestionScreen: "l d g v e c t + r b ] [ enter backspace u U f F p M",
    ReviewScreen: "enter F R p u U",
    BoardScreen: f"enter | s w X m {VIEWS} 6",
    LetterScreen: f"left right enter [ ] w e E D S + I X K h m {VIEWS} 6",
    CheckScreen: f"enter m {VIEWS} 6",
    ModerationScreen: "left right = o l e N g backspace enter ctrl+j W u",
    MergeScreen: "left right < > e T o backspace enter ctrl+j W u",
    OverrideScreen: "e A backspace ctrl+j W u",
}
ALWAYS = "? f1 ctrl+p G ctrl+g / ctrl+f ctrl+s q ctrl+q ctrl+o escape Z Y"


def key_named(key: str) -> str:
    """The name that Textual has for a key."""
    return _character_to_key(key) if len(key) == 1 else key


def bound(screen: type[SqsScreen]) -> dict[str, list[Binding]]:
    """The bindings by key that a screen has of its own and shares with all."""
    found: dict[str, list[Binding]] = {}
    for base in screen.__mro__:
        for one in base.__dict__.get("BINDINGS", ()) if issubclass(base, Screen) else ():
            for single in Binding.make_bindings([one]):
                found.setdefault(single.key, []).append(single)
    return found


@pytest.mark.parametrize("screen", PROMISED, ids=lambda screen: screen.__name__)
def test_every_key_of_a_screen_does_something_that_its_help_names(screen: type[SqsScreen]) -> None:
    keys = bound(screen)
    for key in f"{PROMISED[screen]} {ALWAYS}".split():
        assert key_named(key) in keys, f"{key} does nothing on {screen.__name__}"
        one = keys[key_named(key)][0]
        assert one.tooltip, f"the help has no words for {key} on {screen.__name__}"
        node: type[Any] = SqsApp if one.action.startswith("app.") else screen
        name = one.action.removeprefix("app.").partition("(")[0]
        assert hasattr(node, f"action_{name}") or hasattr(screen, f"action_{name}"), one.id


@pytest.mark.parametrize("screen", PROMISED, ids=lambda screen: screen.__name__)
def test_no_two_commands_of_a_screen_want_the_same_key(screen: type[SqsScreen]) -> None:
    wanted = {key: {one.id for one in found} for key, found in bound(screen).items()}
    assert {key: ids for key, ids in wanted.items() if len(ids) > 1} == {}


def kinds_of(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    """The kinds of screen and widget of this package that derive from ``kind``."""
    for one in kind.__subclasses__():
        yield from kinds_of(one)
        if one.__module__.startswith("sqs_tui."):
            yield one


def test_no_key_is_bound_under_the_id_of_one_command_to_what_another_does() -> None:
    ids = {one.action: one.id for one in COMMANDS if one.id != "app.back"}  # back is out of anything
    crossed = [
        (kind.__name__, one.id, one.action)
        for kind in set(kinds_of(DOMNode))
        for one in Binding.make_bindings(kind.__dict__.get("BINDINGS", ()))
        if one.id and ids.get(one.action.rpartition(".")[2], one.id) != one.id
    ]
    assert crossed == []


def test_every_id_that_a_key_can_be_given_to_is_known() -> None:
    ids = {one.id for kind in set(kinds_of(DOMNode)) for one in Binding.make_bindings(
        kind.__dict__.get("BINDINGS", ())) if one.id}  # fmt: skip
    assert ids - {one.id for one in COMMANDS} <= WITHOUT_COMMAND
    assert keys_to_use(dict.fromkeys(ids, "f8"))[0].keys() == ids
