"""Criteria versions in Excel workbooks: reading one, as somebody sent it, and writing one.

It takes openpyxl, which ``sqs-screening[spreadsheet]`` brings.

Codes: X001 no workbook that can be read; the others are those of the sheets (:mod:`.criteria_sheets`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

import tomli_w

from sqs_core.criteria.lint.finding import path_words
from sqs_core.criteria.lint.linter import lint
from sqs_core.criteria.model import Criteria
from sqs_core.errors import PluginError, Problem, RecordError, UsageError
from sqs_core.letter.lint_plan import lint_letter
from sqs_core.storage.converter import structured
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.criteria_sheets import (
    CriteriaSheet,
    columns_of,
    from_sheets,
    sheet_plans,
    to_sheets,
)
from sqs_core.storage.first_letter import standard_letter
from sqs_core.storage.safe_read import MissingFileError, parse_toml, read_bytes
from sqs_core.text import forbidden, with_newlines

MOST_BYTES: Final = 4 << 20
MOST_UNPACKED: Final = 64 << 20
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200


def import_workbook(path: Path) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the criteria file that the workbook at ``path`` says, and advice on it.

    Raises:
        RecordError: every mistake in it, by sheet and cell.
        UsageError: there is no such file, or it is no ``.xlsx`` file.
        PluginError: openpyxl is not installed.
    """
    return import_sheets(read_workbook(path), path.name)


def import_sheets(sheets: Iterable[CriteriaSheet], file: str) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the criteria file that ``sheets`` of the workbook ``file`` say, as :func:`import_workbook`."""
    said = from_sheets(sheets, file, standard_letter())
    criteria, problems = structured(
        said.parsed, Criteria, said.place, lambda keys: path_words(keys, said.parsed)
    )
    if said.problems:
        # Ids that are wrong themselves are why others lead nowhere; the rest may follow from what is told.
        names = lint(criteria, said.place) if criteria else ()
        raise RecordError(*(p for p in names if p.code in ("V101", "V106")), *said.problems)
    if criteria is None:
        raise RecordError(*problems)
    found = (*lint(criteria, said.place), *lint_letter(criteria, said.place))
    if any(not problem.advice for problem in found):
        raise RecordError(*found)
    data = tomli_w.dumps(said.parsed, multiline_strings=True).encode()
    read_criteria(data, file)  # what is written can be read
    return data, found


def export_workbook(data: bytes, where: str) -> bytes:
    """Return a workbook of the criteria file ``data``; imported, it is the same version again."""
    openpyxl = _openpyxl()
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in to_sheets(parse_toml(data, where, end_mark=False)):
        made = book.create_sheet(sheet.name)
        for number, row in enumerate(sheet.rows, 1):
            for column, words in enumerate(row, 1):
                at = made.cell(number, column, words or None)
                at.data_type = "s" if words else "n"  # words that begin with "=" are no formula
                at.number_format = "@"  # or the program makes a date of 3/4
                at.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    at.font = Font(bold=True)
        for column, name in enumerate(sheet.rows[0], 1):
            longest = max(len(line) for row in sheet.rows for line in row[column - 1].split("\n"))
            made.column_dimensions[get_column_letter(column)].width = min(longest + 2, 50)
            if choices := _choices(sheet.name, name):
                rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
                rule.add(f"{get_column_letter(column)}2:{get_column_letter(column)}{MOST_ROWS}")
                made.add_data_validation(rule)
        made.freeze_panes = "B2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_workbook(path: Path) -> tuple[CriteriaSheet, ...]:
    """Return the sheets of the workbook at ``path``, each cell as text; it refuses as the import does."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{path} is no .xlsx file; save it as an Excel workbook (.xlsx)")
    try:
        data = read_bytes(path, most=MOST_BYTES)
    except MissingFileError:
        raise UsageError(f"no file {path}") from None
    book = _opened(data, path.name)
    problems: list[Problem] = []
    sheets = [_sheet(sheet, path.name, problems) for sheet in book.worksheets]
    if problems:
        raise RecordError(*problems)
    return tuple(sheets)


def _openpyxl() -> Any:
    try:
        import openpyxl  # type: ignore[import-untyped]
    except ImportError:
        what = "workbooks take openpyxl, which is not installed"
        raise PluginError(Problem("", what, "pip install 'sqs-screening[spreadsheet]'")) from None
    return openpyxl


def _opened(data: bytes, name: str) -> Any:
    openpyxl = _openpyxl()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked <= MOST_UNPACKED:
            return openpyxl.load_workbook(io.BytesIO(data))
    except Exception:  # whatever is wrong with a file that somebody sent
        what = "is no workbook that can be read, or has a password"
        raise RecordError(Problem(name, what, "open it, and save it anew as .xlsx", "X001")) from None
    raise RecordError(Problem(name, "is larger than any criteria version", "see what else it holds", "X001"))


def _sheet(sheet: Any, file: str, problems: list[Problem]) -> CriteriaSheet:
    """Return one sheet; what no text may hold, and what lies far out, is added to ``problems``."""
    cells: dict[tuple[int, int], str] = {}
    formulas: list[str] = []
    # All of a sheet's cells, and not all that lie within the outermost: one far out would make millions.
    for (row, column), found in sheet._cells.items():
        words = _words(found.value)
        if not words:
            continue
        where = f"{file} {sheet.title}!{found.coordinate}"
        if row > MOST_ROWS or column > MOST_COLUMNS:
            what = f"a cell beyond row {MOST_ROWS} or column {MOST_COLUMNS} is filled"
            problems.append(Problem(where, what, "empty it, or move it to the others", "X001"))
        elif odd := forbidden(words):
            what = f"{odd.name} stands here, which no text may hold"
            problems.append(Problem(where, what, "take it out", "R005"))
        elif found.data_type == "f":
            formulas.append(found.coordinate)
        else:
            cells[row, column] = words
    last_row = max((row for row, _ in cells), default=0)
    last = max((column for _, column in cells), default=0)
    rows = tuple(
        tuple(cells.get((row, column), "") for column in range(1, last + 1)) for row in range(1, last_row + 1)
    )
    merged = tuple(str(cells) for cells in sheet.merged_cells.ranges)
    return CriteriaSheet(sheet.title, rows, merged, tuple(formulas))


def _words(value: Any) -> str:
    """Return what a cell says, as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return with_newlines(str(value)).strip(" \t\u00a0")


def _choices(sheet: str, column: str) -> tuple[str, ...]:
    """Return the words that may stand in a column, where they are few and known; none for any others."""
    plan = sheet_plans().get(sheet)
    kind = columns_of(plan.cls).get(column) if plan else None
    if kind is bool:
        return ("yes", "no")
    return tuple(word for word in get_args(kind) if word) if get_origin(kind) is Literal else ()
