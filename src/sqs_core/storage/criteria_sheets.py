"""The sheets of a criteria workbook: one for each list of the model, with the keys of its table as columns.

Lists within a table (the reasons of a question, the choices of a fact, the bands of a roll-up) have sheets of
their own, whose first column names what they belong to.  ``version`` and ``letter words`` are lists of keys
with their values.  The annotations of the model say which sheets and columns there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, evolve, field, fields, frozen, has

from sqs_core.criteria import Criteria, Sentence
from sqs_core.criteria.conditions import Condition
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


def is_condition(kind: Any) -> bool:
    """Return whether a column of this kind holds conditions."""
    return kind in (Condition, Condition | None)


def is_needed(attribute: Attribute[Any]) -> bool:
    """Return whether a column must be there: its key has no default."""
    return attribute.default is NOTHING
