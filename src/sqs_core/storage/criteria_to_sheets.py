"""A criteria version as the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqs_core.criteria import Criteria, PlannedSection
from sqs_core.storage.criteria_sheets import (
    EVERY,
    LETTER,
    REASONS,
    SECTIONS,
    USUAL,
    VERSION,
    WORDS,
    CriteriaSheet,
    LetterRow,
    SheetPlan,
    columns_of,
    lists_of,
    sheet_plans,
)
from sqs_core.storage.sheet_cells import as_toml, cell_text, dotted_key, is_name, is_plain
from sqs_core.text import Text


def to_sheets(parsed: Mapping[str, Any]) -> tuple[CriteriaSheet, ...]:
    """Return the sheets of a criteria file, given as its parsed table."""
    lists = {name for name, _ in lists_of(Criteria)}
    top = {key: value for key, value in parsed.items() if key not in lists | {"letter", "format"}}
    made = [CriteriaSheet(VERSION, (("key", "value"), *_settings(top)))]
    for plan in sheet_plans().values():
        rows = list(_rows_of(plan, parsed))
        if plan.name == REASONS:
            rows = [(EVERY, table) for table in parsed.get("common_reasons", ())] + rows
        if rows or plan.name in ("questions", "outcomes", "themes", "facts", REASONS):
            made.append(_table_sheet(plan.name, plan.cls, rows, plan.owner))
    if letter := parsed.get("letter"):
        made += _letter_sheets(letter)
    return tuple(made)


def _rows_of(plan: SheetPlan, parsed: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for outer, *inner in plan.paths:
        for table in parsed.get(outer, ()):
            if not inner:
                yield "", table
            else:
                yield from ((str(table.get("id", "")), part) for part in table.get(inner[0], ()))


def _table_sheet(
    name: str, cls: Any, rows: Sequence[tuple[str, Mapping[str, Any]]], owner: str, *more: str
) -> CriteriaSheet:
    heading: list[tuple[str, str, Any]] = []
    for column, kind in columns_of(cls).items():
        values = [table[column] for _, table in rows if column in table]
        if cls is LetterRow and not values and column not in USUAL:
            continue
        tags = sorted({tag for value in values if isinstance(value, dict) and kind is Text for tag in value})
        plain = any(not isinstance(value, dict) for value in values)
        if kind is not Text or plain or not tags:
            heading.append((column, "", kind))
        heading += [(column, tag, kind) for tag in tags]
    lines = [
        ([key] if owner else []) + [cell_text(table.get(column), tag, kind) for column, tag, kind in heading]
        for key, table in rows
    ]
    names = [f"{column}::{tag}" if tag else column for column, tag, _ in heading]
    return CriteriaSheet(name, (tuple([owner] * bool(owner) + names), *map(tuple, lines)))


def _settings(table: Mapping[str, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield keys and values, tables within the table by dotted keys."""
    for name, value in table.items():
        keys = (*before, name)
        if isinstance(value, dict) and value:
            yield from _settings(value, keys)
            continue
        plain = isinstance(value, str) and is_plain(value)
        names = isinstance(value, list) and len(keys) == 1 and all(is_name(part) for part in value)
        listed = ", ".join(map(str, value)) if names else ""
        yield dotted_key(keys), value if plain else listed or as_toml(value)


def _letter_sheets(letter: Mapping[str, Any]) -> Iterator[CriteriaSheet]:
    sections = letter.get("sections", ())
    yield _table_sheet(SECTIONS, PlannedSection, [("", table) for table in sections], "")
    rows: list[tuple[str, Mapping[str, Any]]] = []
    for section in sections:
        for paragraph in section.get("paragraphs", ()):
            marks = (key for key in ("numbered", "optional") if key in paragraph)
            of_it = {f"paragraph_{key}": paragraph[key] for key in marks}
            for sentence in paragraph.get("sentences", ({},)):
                head = {"section": section.get("id", ""), "paragraph": paragraph.get("id", "")}
                rows.append(("", {**head, **of_it, **sentence}))
    sheet = _table_sheet(LETTER, LetterRow, rows, "")
    yield sheet
    rest = {key: value for key, value in letter.items() if key != "sections"}
    yield CriteriaSheet(WORDS, (("key", "value"), *_settings(rest)))
