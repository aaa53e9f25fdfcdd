"""One catalogue of commands: each key and each word means one thing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from scripts import script
from sqs_core.cli.plain.conversation import PlainMode
from sqs_core.criteria.lint.outcomes import LEADING_OUT, RESERVED
from sqs_core.workflow.commands import (
    COMMANDS,
    by_section,
    command,
    commands_in,
    key_shown,
    word_called,
    words_in,
)

SAME = {
    "enter": "goes on, or opens what the mark is on",
    "space": "chooses what the mark is on",
    "backspace": "takes away what the mark is on",
    "ctrl+j": "done with what is being written",
    "left": "to the left",
    "right": "to the right",
    "[": "the one before",
    "]": "the one after",
    "/": "find words",
    "a": "add",
    "e": "write words about what the mark is on",
    "f": "facts",
    "F": "check the case; where nothing is left, finish it",
    "g": "guidance",
    "l": "leave it for later",
    "o": "another one than what is here",
    "r": "the list that goes with it: reasons, roles",
    "s": "sort",
    "t": "take away; before an inspection there is nothing to take away: try",
    "n": "before an inspection there is nothing to answer: new",
    "V": "the view: where the text stands, whether somebody gave theirs",
    "+": "a strength",
    "X": "write a file",
    "w": "wording",
    "W": "write what was chosen",
    "K": "keep as it is",
    "R": "again: reopen the case, recall the details",
}
"""The keys of more than one command, with the one thing that they mean in all of them."""


def test_a_key_means_one_thing_everywhere() -> None:
    meanings = defaultdict(set)
    for one in COMMANDS:
        for key in one.keys:
            meanings[key].add(one.id)
    assert {key for key, ids in meanings.items() if len(ids) > 1} <= set(SAME)


@pytest.mark.parametrize("view", sorted({view for one in COMMANDS for view in one.views}))
def test_no_key_has_two_commands_in_one_view(view: str) -> None:
    keys = [key for one in commands_in(view) if view in one.views for key in one.keys]  # type: ignore[arg-type]
    assert sorted(keys) == sorted(set(keys))


def test_the_letters_that_are_outcomes_are_no_commands_where_outcomes_are_given() -> None:
    outcomes = {"y", "n", "x", "k"}
    for view in ("question", "moderation", "override"):
        assert {key for one in commands_in(view) for key in one.keys} & outcomes == set()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "ids"),
    [
        ("b", ["question.return"]),
        ("p", ["case.takeaway"]),
        ("d", ["question.discuss"]),
        ("m", ["inspection.moderate"]),
        ("x", []),
        ("k", []),
    ],
)
def test_the_keys_that_used_to_differ_have_one_meaning(key: str, ids: list[str]) -> None:
    assert [one.id for one in COMMANDS if key in one.keys] == ids


@pytest.mark.parametrize("room", ["cases", "facts", "question", "review"])
def test_no_word_or_short_form_means_two_things_in_a_room(room: str) -> None:
    words = [word for one in words_in(room) for word in {one.word, *one.short}]  # type: ignore[arg-type]
    assert sorted(words) == sorted(set(words))


def test_a_word_is_one_of_its_room_first_and_else_says_where_it_works() -> None:
    assert [word_called(line, "cases")[0].id for line in ("g 2.3", "evidence x", "?")] == [  # type: ignore[index]
        *("app.go", "question.evidence", "app.help"),
    ]
    assert word_called("new leeds", "start") == (command("start.new"), "leeds")
    assert word_called("new leeds", "cases") is None


def test_no_two_commands_are_carried_out_by_methods_of_one_name() -> None:
    actions = Counter(one.action for one in COMMANDS)
    assert {action for action, count in actions.items() if count > 1} == set()


def test_every_command_has_an_id_a_name_and_a_phrase_of_help_that_needs_no_other() -> None:
    assert len({one.id for one in COMMANDS}) == len(COMMANDS)
    for one in COMMANDS:
        assert re.fullmatch(r"[a-z]+\.[a-z-]+", one.id)
        assert one.help
        assert not one.help.endswith(".")
        assert one.keys or one.word or not one.rooms


def test_the_palette_finds_a_command_by_words_that_are_not_its_name() -> None:
    found = {one.id for one in commands_in("letter") if "pdf" in one.found_by}
    assert "file.report" in found


def test_sections_are_in_the_order_of_the_catalogue() -> None:
    sections = [section for section, _ in by_section(words_in("question"))]
    assert sections == [
        *("moving", "this question", "this case", "the inspection", "the letter", "files", "always"),
    ]


def test_keys_are_printed_as_they_are_on_a_keyboard() -> None:
    assert [key_shown(key) for key in ("ctrl+p", "ctrl+enter", "f1", "left", "X")] == [
        *("^P", "^Enter", "F1", "←", "X"),
    ]


def test_the_linter_knows_every_key_of_the_question_step() -> None:
    keys = {key for one in commands_in("question") for key in one.keys if len(key) == 1}
    assert {*RESERVED, *LEADING_OUT} == keys | set("0123456789")


def test_every_word_is_obeyed_by_plain_mode() -> None:
    words = {one.word for one in COMMANDS if one.word and "start" not in one.rooms}
    assert {word for word in words if not hasattr(PlainMode, f"do_{word}")} == set()


def test_the_tables_in_the_documentation_are_those_of_the_catalogue() -> None:
    module = script("docs/commands.py")
    written = {path: path.read_text(encoding="utf-8") for path in module.pages()}
    assert written == module.pages(), "run: PYTHONPATH=src:criteria python docs/commands.py"
