"""Read the list of cases to draw a sample from, a CSV file; one that could name a child is refused.

The file has a header; capitals in it do not count.  ``case`` holds references, ``order_made`` dates
(2012-09-12 or 12/09/2012); other columns are read only where the sample is stratified by them.  It may be
as Excel writes it: with a first line ``sep=;``, without the empty cells at the end of a row, or with empty
columns after the last.  No message here repeats a value
of the file, for a value may be a name in the wrong column.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from sqs_core.errors import Problem, RecordError, UsageError, did_you_mean
from sqs_core.records.dates import parse_date
from sqs_core.scoring.sampling import FrameCase
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import CASE_ID_RULE, forbidden, valid_case_id

CASE, ORDER_MADE = "case", "order_made"
_NAMING = re.compile(
    "names?|forenames?|surname|firstname|lastname|fullname|nickname|alias|initials|dob|birth|birthdate|"
    "birthday|born|dateofbirth|age|address|postcode|phone|telephone|mobile|email|nhs|pnc|nino|school|upn|"
    "enw|cyfenw|geni"
)
# A column of these is called a name, and names no child.
_HARMLESS = ("service", "team", "area", "yot", "yos", "yjs", "office", "borough", "order", "offence", "court")
_CHILDHOOD = (8, 22)


def read_frame_file(path: Path, by: Sequence[str] = (), *, dated: bool = True) -> tuple[FrameCase, ...]:
    """Return the cases listed in the CSV file at ``path``, each with its values in the columns ``by``.

    ``dated`` False does not look at ``order_made``.

    Raises:
        RecordError: a column may name a child, or lines are not in order, each told by its line.
        UsageError: a column is missing.
    """
    header, lines = read_table(path, f"{CASE},{ORDER_MADE},…")
    where = path.name
    check_names(header, where)
    header = [column.casefold() for column in header]
    by = [column.casefold() for column in by]
    _check_columns(header, (CASE, *((ORDER_MADE,) if dated else ()), *by), where)
    check_birth_dates(header, [cells for _, cells in lines], where)
    problems: list[Problem] = []
    cases: dict[str, int] = {}
    listed: list[FrameCase] = []
    for number, cells in lines:
        place = f"{where}:{number}"
        if problem := too_long(place, header, cells):
            problems.append(problem)
            continue
        row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
        case = row[CASE]
        if not valid_case_id(case):
            problems.append(Problem(place, "the case reference cannot be used", CASE_ID_RULE, "F004"))
            continue
        # Two that differ in case alone would be one file on some systems.
        if (before := cases.setdefault(case.casefold(), number)) != number:
            problems.append(Problem(place, f"repeats the case of line {before}", "list it once", "F005"))
            continue
        day = row[ORDER_MADE] if dated else ""
        made = parse_date(day)
        if day and made is None:
            remedy = "write it as 2012-09-12 or 12/09/2012, or leave it empty"
            problems.append(Problem(place, f"{ORDER_MADE} is not a date", remedy, "F006"))
            continue
        listed.append(FrameCase(case, made, tuple(row[column] for column in by)))
    if problems:
        raise RecordError(*problems)
    if sum(not any(c.isdigit() for c in case.case) for case in listed) * 2 > len(listed):
        what = f"most references in column '{CASE}' have no digit in them: are they names?"
        raise RecordError(Problem(f"{where}:1", what, "give each case a number instead", "F007"))
    return tuple(listed)


def read_table(path: Path, wanted: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header of a CSV file and its rows with their lines; ``wanted`` is a header to propose."""
    where = path.name
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RecordError(Problem(where, "is not UTF-8 text", "save it as CSV UTF-8", "F001")) from None
    if found := forbidden(text.replace("\r\n", "\n")):
        what = f"holds {found.name}, which no list may hold"
        raise RecordError(Problem(f"{where}:{found.line}", what, "take it out", "F001"))
    first, _, rest = text.partition("\n")
    if sign := re.fullmatch(r"sep=(.)\r?", first, re.IGNORECASE):
        delimiter, skipped, text = sign[1], 1, rest
    else:
        delimiter, skipped = max(",;\t", key=first.count), 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = [(reader.line_num + skipped, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        place = f"{where}:{reader.line_num + skipped}"
        raise RecordError(Problem(place, "is not CSV", "look at its quotation marks", "F001")) from None
    if not lines:
        raise RecordError(Problem(where, "is empty", f"give it a header: {wanted}", "F001"))
    header = _without_empty_end([cell.strip() for cell in lines[0][1]], 0)
    rows = [(number, _without_empty_end(cells, len(header))) for number, cells in lines[1:]]
    return header, [(number, cells + [""] * (len(header) - len(cells))) for number, cells in rows]


def too_long(place: str, header: Sequence[str], cells: Sequence[str]) -> Problem | None:
    """Return the problem of a row that has more cells than ``header``; None where it has not."""
    if len(cells) <= len(header):
        return None
    remedy = "give each column a heading, or take out what stands beside the table"
    return Problem(place, "has more cells than the header", remedy, "F003")


def _without_empty_end(cells: list[str], least: int) -> list[str]:
    """Return ``cells`` without the empty ones at their end, ``least`` of them kept."""
    while len(cells) > least and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def check_names(header: Sequence[str], where: str) -> None:
    """Refuse columns whose headings say that they could make a child known; RecordError names each."""
    # Without a column "case" the first line may be no header at all, and is not repeated either.
    named = CASE in map(str.casefold, header)
    problems = []
    for number, column in enumerate(header, 1):
        if word := _naming(column):
            name = f"'{column}'" if named else f"{number} ('{word}')"
            what = f"column {name} may hold a name, a date of birth or what else makes a child known"
            problems.append(Problem(f"{where}:1", what, "take the column out of the file", "F002"))
    if problems:
        raise RecordError(*problems)


def _naming(column: str) -> str:
    """Return the word by which a column heading says that it could make a child known; "" for none."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)
    words = [found.group().lower() for found in re.finditer(r"[^\W\d_]+", spaced)]
    together = "".join(words)
    harmless = any(word in _HARMLESS for word in words) or together.startswith(_HARMLESS)
    for word in (*words, together):
        if _NAMING.fullmatch(word) and not (harmless and word.startswith("name")):
            return word
    for ending in ("forename", "surname", "name", "dob"):
        if together.endswith(ending) and not harmless:
            return ending
    return ""


def check_birth_dates(
    header: Sequence[str], rows: Sequence[Sequence[str]], where: str, newest: date | None = None
) -> None:
    """Refuse a column of dates a childhood before ``newest``: they are of birth, whatever it is called.

    ``newest`` is the day of the newest order in the column ``order_made``, where it is not given.
    """
    made = header.index(ORDER_MADE) if ORDER_MADE in header else -1
    if newest is None:
        newest = max((day for day in _days(rows, made) if day), default=None) if made >= 0 else None
    if newest is None:
        return
    for number, column in enumerate(header):
        days = [day for day in _days(rows, number) if day]
        young = sum(_CHILDHOOD[0] <= newest.year - day.year <= _CHILDHOOD[1] for day in days)
        if number != made and young * 2 > len(days):
            what = f"column '{column}' holds dates a childhood ago: dates of birth?"
            raise RecordError(Problem(f"{where}:1", what, "take the column out of the file", "F002"))


def _days(rows: Sequence[Sequence[str]], column: int) -> Iterator[date | None]:
    return (parse_date(row[column].strip()) for row in rows if column < len(row))


def _check_columns(header: Sequence[str], wanted: Sequence[str], where: str) -> None:
    if CASE not in header:
        expected = f"its first line names the columns: {CASE},{ORDER_MADE},…"
        raise UsageError(f"{where} has no column '{CASE}'; {expected}")
    if len(set(header)) != len(header):
        twin = next(column for column in header if header.count(column) > 1)
        named = f"called '{twin}'" if twin else "without a heading"
        raise UsageError(f"{where} has two columns {named}; rename one, or take it out")
    for column in wanted:
        if column not in header:
            hint = "; --any-date does not look at dates" if column == ORDER_MADE else ""
            raise UsageError(f"{where} has no column '{column}'; {did_you_mean(column, header)}{hint}")
