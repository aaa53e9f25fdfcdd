"""What the room may import and how text reaches the terminal, held by reading the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import sqs_tui

ROOM = Path(sqs_tui.__file__).parent
FILES = sorted(ROOM.rglob("*.py"))
DRAWING = {
    "Static",
    "Label",
    "Button",
    "Checkbox",
    "OptionList",
    "DataTable",
    "RichLog",
    "Markdown",
    "notify",
}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a module with the last part of the name called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


def test_no_widget_that_reads_markup_is_used_anywhere() -> None:
    found = [
        f"{file.name}:{call.lineno} {name}"
        for file in FILES
        for name, call in calls(ast.parse(file.read_text()))
        if name in DRAWING
    ]
    assert found == []


def test_text_reaches_the_terminal_through_the_one_widget_that_sanitises_it() -> None:
    found = {
        file.name
        for file in FILES
        for name, _ in calls(ast.parse(file.read_text()))
        if name in ("Segment", "Strip", "Content")
    }
    assert found == {"painted.py"}


def test_no_title_tooltip_or_placeholder_is_set_from_a_value() -> None:
    names = {"border_title", "border_subtitle", "tooltip", "placeholder", "title", "sub_title"}
    found = [
        f"{file.name}:{node.lineno}"
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr in names
    ]
    assert found == []


def test_no_file_is_opened_but_through_the_core() -> None:
    found = [
        f"{file.name}:{call.lineno} {name}"
        for file in FILES
        for name, call in calls(ast.parse(file.read_text()))
        if name
        in {"open", "read_text", "write_text", "read_bytes_", "write_bytes", "unlink", "mkdir", "rmtree"}
    ]
    assert found == []
