"""A criteria version as the sheets of a workbook: one for each list of the model, its keys as columns.

Lists within a table (the reasons of a question, the choices of a fact, the bands of a roll-up) have sheets of
their own, whose first column names what they belong to.  ``version`` and ``letter words`` are lists of keys
with their values.  The annotations of the model say which sheets and columns there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, evolve, field, fields, frozen, has

from sqs_core.criteria import Criteria, PlannedSection, Sentence
from sqs_core.storage.sheet_cells import as_toml, cell_text, dotted_key, is_name, is_plain
from sqs_core.text import Text

CHOICES: Final = "choices"
VERSION, REASONS, LETTER, SECTIONS, WORDS = "version", "reasons", "letter", "sections", "letter words"
EVERY: Final = "every question"
"""What a reason of all questions names in place of one."""
NAMES_NONE: Final = "this row names no "
EVERY_WORDS: Final = (EVERY, "every", "all", "all questions")
USUAL: Final = ("section", "paragraph", "about", "some", "few", "none", "nothing", "other", "because")
"""The columns of the sheet of the letter that are there in any case."""
NOT_COLUMNS = {"hash", "format"}
"""Keys of a version that no column holds."""


@frozen
class CriteriaSheet:
    """One sheet: its name, and its rows, the first of which is its heading; each cell as text.

    ``merged`` are the ranges of merged cells ("B2:B4"), ``formulas`` the cells that hold one, ``made`` those
    of which the program made a date or a number, with what it made of them.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[str, ...] = ()
    formulas: tuple[str, ...] = ()
    made: Mapping[str, str] = field(factory=dict)


@frozen
class SheetPlan:
    """What a sheet holds: the table of which class, and the column that names what it belongs to.

    ``paths`` are where that list is in a version: choices are those of facts, and of questions.
    """

    name: str
    cls: type
    paths: tuple[tuple[str, ...], ...] = ()
    owner: str = ""


@frozen
class LetterRow(Sentence):
    """A row of the sheet of the letter: a sentence, with the section and the paragraph it stands in."""

    section: str = ""
    paragraph: str = ""
    paragraph_numbered: bool = True
    paragraph_optional: bool = False


@cache
def sheet_plans() -> Mapping[str, SheetPlan]:
    """Return the sheets of lists, by name, in the order of the model; those within a list after it."""
    found: dict[str, SheetPlan] = {}
    for name, cls in lists_of(Criteria):
        if name == "common_reasons":
            continue
        found[name] = SheetPlan(name, cls, ((name,),))
        for inner, part in lists_of(cls):
            known = found.get(inner, SheetPlan(inner, part, (), name.removesuffix("s")))
            found[inner] = evolve(known, paths=(*known.paths, (name, inner)))
    return found


def lists_of(cls: Any) -> Iterator[tuple[str, type]]:
    """Yield the attributes of ``cls`` that are lists of tables, with the class of the tables."""
    hints = get_type_hints(cls)
    for attribute in fields(cls):
        kind = hints[attribute.name]
        if get_origin(kind) is tuple and has(part := get_args(kind)[0]) and part is not Text:
            yield attribute.name, part


def columns_of(cls: Any) -> dict[str, Any]:
    """Return the columns of a sheet of ``cls`` with what each holds."""
    hints = get_type_hints(cls)
    if cls is LetterRow:
        names = dict.fromkeys((*USUAL, *(a.name for a in fields(cls))))
        return {name: hints[name] for name in names}
    inner = {name for name, _ in lists_of(cls)}
    return {a.name: hints[a.name] for a in fields(cls) if a.name not in inner | NOT_COLUMNS}


def cell(row: int, column: int) -> str:
    """Return the name of a cell, both counted from 0: "C4"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def is_needed(attribute: Attribute[Any]) -> bool:
    """Return whether a column must be there: its key has no default."""
    return attribute.default is NOTHING


# ---------------------------------------------------------------- a version as sheets


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
