"""How text reaches the terminal and files the disk, held by reading the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import textual.command
import textual.containers
import textual.widgets
from textual.screen import Screen

import sqs_tui
import sqs_tui.navigation

ROOM = Path(sqs_tui.__file__).parent
TREES = {
    path.relative_to(ROOM).as_posix(): ast.parse(path.read_text()) for path in sorted(ROOM.rglob("*.py"))
}
SHEETS = [(path.name, path) for path in sorted(ROOM.rglob("*.tcss"))]
READS_MARKUP = {
    "Static",
    "Label",
    "Button",
    "Checkbox",
    "OptionList",
    "SelectionList",
    "RadioButton",
    "notify",
}
"""What of Textual takes a ``str`` for markup, unless it is told not to."""
TITLES = {"border_title", "border_subtitle", "tooltip", "title", "sub_title"}
"""Attributes of a widget that Textual reads as markup."""
BY_THE_CORE = {"open", "read_text", "write_text", "read_bytes_", "write_bytes", "unlink", "mkdir", "rmtree"}


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call with its place and the last part of the name called."""
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                yield f"{file}:{node.lineno} {name}", name, node


def is_markup(value: ast.expr) -> bool:
    """Whether ``value`` may be a ``str`` that is not written here."""
    if isinstance(value, ast.Call):
        made_by = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        return made_by not in ("Content", "text", "styled", "assemble", "empty")
    return not isinstance(value, ast.Constant)


def test_no_words_of_a_record_are_read_as_markup() -> None:
    found = [
        place
        for place, name, call in calls()
        if name in READS_MARKUP
        and not any(k.arg == "markup" and getattr(k.value, "value", True) is False for k in call.keywords)
        and any(is_markup(value) for value in call.args[:1])
    ]
    assert found == []


def test_no_title_or_tooltip_is_set_from_a_value_that_could_be_markup() -> None:
    found = [
        f"{file}:{node.lineno}"
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and is_markup(node.value)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr in TITLES
    ]
    assert found == []


def test_no_file_but_the_style_sheets_is_opened_but_through_the_core() -> None:
    found = [
        place.partition(":")[0]
        for place, name, call in calls()
        if name in BY_THE_CORE and (name != "open" or isinstance(call.func, ast.Name))
    ]
    assert found == ["app.py"]


def test_what_textual_keeps_private_is_imported_in_one_file() -> None:
    found = {
        file
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("textual")
        and (
            any(part.startswith("_") for part in (node.module or "").split("."))
            or any(alias.name.startswith("_") for alias in node.names)
        )
    }
    assert found == {"textual_private.py"}


def test_what_is_styled_or_focused_by_its_name_is_a_widget() -> None:
    known = {
        node.name for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    }
    known |= {
        *textual.widgets.__all__,
        *dir(textual.containers),
        *dir(textual.command),
        "Screen",
        "App",
        "FooterKey",
    }
    sheets = {
        file: re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", sheet.read_text(), flags=re.S) for file, sheet in SHEETS
    }
    sheets |= {
        f"{file}:{node.lineno}": ast.literal_eval(node.value) or ""
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        if any(ast.unparse(target).endswith("AUTO_FOCUS") for target in node.targets)
    }
    unknown = {
        f"{place} {name}"
        for place, words in sheets.items()
        for name in re.findall(r"(?<![\w.#$:-])[A-Z]\w+", words)
        if name not in known
    }
    assert unknown == set()


def screens(kind: type[Screen[object]]) -> Iterator[type[Screen[object]]]:
    """The screens that derive from ``kind``, and those that derive from them."""
    for one in kind.__subclasses__():
        yield from (one, *screens(one))


def test_a_style_of_a_base_reaches_every_screen_that_derives_from_it() -> None:
    styled = {
        name for _, sheet in SHEETS for name in re.findall(r"(?m)(?:^|, )([A-Z]\w+)", sheet.read_text())
    }
    lost = {
        f"{kind.__name__} {base.__name__}"
        for kind in screens(Screen)
        for base in kind.__mro__
        if base.__module__.startswith("sqs_tui.")
        and base.__name__ in styled
        and base.__name__ not in kind._css_type_names
    }
    assert lost == set()
