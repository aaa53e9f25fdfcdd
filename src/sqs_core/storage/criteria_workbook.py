"""Criteria versions in Excel workbooks: reading one, as somebody sent it, and writing one.

It takes openpyxl, which ``sqs-screening[spreadsheet]`` brings.

Codes: X001 no workbook that can be read; the others are those of the sheets (:mod:`.criteria_from_sheets`).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from datetime import date, datetime, time
from difflib import get_close_matches
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
from sqs_core.storage.criteria_from_sheets import from_sheets
from sqs_core.storage.criteria_sheets import (
    EVERY_WORDS,
    LETTER,
    NAMES_NONE,
    VERSION,
    CriteriaSheet,
    cell,
    columns_of,
    sheet_plans,
    to_sheets,
)
from sqs_core.storage.first_letter import standard_letter
from sqs_core.storage.safe_read import Keys, MissingFileError, parse_toml, read_bytes
from sqs_core.text import forbidden, with_newlines

MOST_BYTES: Final = 4 << 20
MOST_UNPACKED: Final = 64 << 20
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
_NO_SUCH: Final = re.compile(r".*?\bno (fact or question|[a-z-]+) '")
"""How a name is told that leads nowhere."""
_OF_IDS: Final = ("V101", "V106")
_OF_CELLS: Final = ("R010", "X007")
_OF_COLUMNS: Final = ("X003", "X004", "X005", "X010")
_OF_NUMBERS: Final = ("V107", "V113", "V702", "V704")
"""The codes of what has an order or a count: judgements, and the bands of a rating."""
_OF_ALL: Final = ("V202", "V203", "V701")
"""The codes of what depends on ids of other sheets."""
_OF_HEADINGS: Final = ("V104", "V105", "V601", "V602", "V604", "V701")
"""The codes of what is told of each row of a sheet of which a column could not be read."""
_OF_ANSWERS: Final = ("V107", "V108", "V114", "V115", "V202", "V203", "V602", "V705")
"""What may be told wrongly of questions whose kind of answer could not be read."""
_OF_OUTCOMES: Final = ("V107", "V113", "V114", "V401")
"""The codes of what depends on how outcomes count."""
_OF_KINDS: Final = ("V108", "V114", "V203", "V207")
"""The codes of what depends on the kinds of facts."""
_OF_SHEETS: Final = {"choices": "V108", "reasons": "V401", "letter": "V604"}
"""The code of what is told of each row where a sheet is missing."""
_OF_PLACES: Final = ("V110", "V207", "V601", "V704")
"""The codes of what is told of a population."""
_OF_POPULATIONS: Final = re.compile(
    r"population '|this is of |'[^']*' names a record|'[^']*' counts |roll-up '[^']*' counts |no unit '"
)
"""How it begins what only follows from a population that nobody knows."""
_NO_POPULATION: Final = re.compile(r"no population '([^']*)'")
_TWICE: Final = re.compile(r".*'([^']*)' is there twice")
_UNREAD: Final = "what-is-not-there"
"""What stands for a value that cannot be taken, while the rest is looked through."""


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
    sheets = tuple(sheets)
    said = from_sheets(sheets, file, standard_letter())
    wrong: list[Keys] = []

    def place(keys: Sequence[str | int]) -> str:
        wrong.append(tuple(keys))
        return said.place(keys)

    problems_found, criteria = list(said.problems), None
    try:
        criteria = structured(said.parsed, Criteria, place, lambda keys: path_words(keys, said.parsed))
    except RecordError as error:
        problems_found += error.problems
    if problems_found:
        with suppress(RecordError):
            criteria = structured(_stopgap(said.parsed, wrong), Criteria, said.place)
    found = (*lint(criteria, said.place), *lint_letter(criteria, said.place)) if criteria else ()
    if criteria and not problems_found and all(problem.advice for problem in found):
        # The checker's parser is a large library: a workbook with other mistakes is told without it.
        from sqs_core.claims.lint_words import lint_claim_words

        found = (*found, *lint_claim_words(criteria, said.place))
    if problems_found or any(not problem.advice for problem in found):
        cells = {
            f"{file} {sheet.name}!{cell(row, column)}": words
            for sheet in sheets
            for row, line in enumerate(sheet.rows)
            for column, words in enumerate(line)
        }
        kept = _without_what_follows((*problems_found, *found), said.lost, cells)
        raise RecordError(*_in_ranges([_with_first(problem, sheets) for problem in kept]))
    data = tomli_w.dumps(said.parsed, multiline_strings=True).encode()
    read_criteria(data, file)  # what is written can be read
    return data, found


def _without_what_follows(
    problems: Sequence[Problem], lost: frozenset[str], words: Mapping[str, str]
) -> list[Problem]:
    """Leave out of ``problems`` what may only follow from another one, so that its cure would mislead.

    So is a second one in a cell; what is missing in a row or sheet of which a part could not be read; a name
    that leads to one of the ``lost`` sheets, or for which a wrong id stands; a figure of a measure that is
    not there; and the order of numbers of which one is wrong.  ``words`` are those of each cell.
    """
    problems = [_in_its_words(problem) for problem in problems if _UNREAD not in problem.what]
    cells = [_cell_of(problem) for problem in problems]
    ids = {words.get(problem.where, "") for problem in problems if problem.code in _OF_IDS} - {""}
    codes: dict[str, set[str]] = {}
    rows: dict[tuple[str, str], set[str]] = {}
    for problem, (sheet, column, row) in zip(problems, cells, strict=True):
        codes.setdefault(sheet, set()).add(problem.code)
        rows.setdefault((sheet, row), set()).add(column)
    twice = {found[1] for p in problems if p.code == "V101" and (found := _TWICE.fullmatch(p.what))}
    lost |= {sheet for p, (sheet, _, _) in zip(problems, cells, strict=True) if p.code == "V101"}
    unread = {sheet for sheet, found in codes.items() if found & set(_OF_CELLS)}
    unfilled = {at[::2] for p, at in zip(problems, cells, strict=True) if p.code == "V602"}
    headless = {sheet for sheet, found in codes.items() if found & set(_OF_COLUMNS)}
    astray = (
        bool(headless & {"questions", "facts", "subsets", "populations", "themes"})
        or bool(lost & {"populations", "themes"})
        or any(p.what.startswith(("no population '", "no theme '")) for p in problems)
    )
    kindless = any(
        p.code == "X003" and p.remedy.startswith("did you mean 'answer'?") and sheet == "questions"
        for p, (sheet, _, _) in zip(problems, cells, strict=True)
    )
    unknown = {found[1] for p in problems if (found := _NO_POPULATION.match(p.what))}
    following = (
        (_OF_NUMBERS, (unread | lost) & {"outcomes", "bands", "limits", "rollups"}),
        (_OF_ALL, lost),
        (_OF_KINDS, "facts" in headless),
        (_OF_ANSWERS, kindless),
        (_OF_OUTCOMES, "outcomes" in headless | unread),
        (("V604",), "X009" in codes.get(LETTER, ())),
        *(((code,), sheet in lost) for sheet, code in _OF_SHEETS.items()),
    )
    doubtful = {code for of, cause in following if cause for code in of}
    kept: list[Problem] = []
    taken: set[str] = set()
    for problem, (sheet, column, row) in zip(problems, cells, strict=True):
        in_row = bool(rows[sheet, row] - {column})
        by_column = sheet in headless
        name = _NO_SUCH.match(problem.what.partition(": ")[2] or problem.what) or _NO_SUCH.match(problem.what)
        follows = (
            (problem.where in taken)
            or (problem.code == "R010" and "is missing" in problem.what and (in_row or by_column))
            or (problem.code == "X009" and NAMES_NONE in problem.what and by_column)
            or (name is not None and any(_names(sheet_lost, name[1]) for sheet_lost in lost))
            or any(problem.remedy.startswith(f"did you mean '{name}'?") for name in ids)
            or (problem.code != "V101" and any(f"'{name}'" in problem.what for name in twice))
            or (problem.code == "V601" and (sheet, row) in unfilled)
            or (problem.code == "V601" and any(f"no measure '{name}'" in problem.what for name in unknown))
            or problem.code in doubtful
            or (problem.code in _OF_HEADINGS and by_column)
            or (problem.code in _OF_PLACES and astray and _OF_POPULATIONS.match(problem.what) is not None)
            or (problem.code == "R010" and not row and any(p.code == "X002" for p in problems))
        )
        if not follows:
            kept.append(problem)
            taken.add(problem.where)
    return [p for p in kept if not p.advice]


def _in_its_words(problem: Problem) -> Problem:
    """Return a problem whose cure names only what is in the workbook, and keys as its columns are called."""
    remedy = problem.remedy.replace("optional = true", "paragraph_optional = yes")
    remedy = remedy.replace(f"known: {_UNREAD}, ", "known: ").replace(f", {_UNREAD}", "")
    return problem._replace(remedy=remedy.replace(f"known: {_UNREAD}", "none are known here"))


def _with_first(problem: Problem, sheets: Sequence[CriteriaSheet]) -> Problem:
    """Return a problem of an id that is there twice with the cell where it stands first."""
    twice = _TWICE.fullmatch(problem.what)
    name, _, row = _cell_of(problem)
    if not twice or not row:
        return problem
    plan = sheet_plans().get(name)
    for sheet in (sheet for table in (name, "questions") for sheet in sheets if sheet.name.lower() == table):
        heading = ["_".join(words.lower().split()) for words in sheet.rows[0]]
        column = "paragraph" if name == LETTER else "id"
        owner = plan.owner if plan else ""
        if column not in heading:
            continue
        at = heading.index(column)
        lines = list(enumerate(sheet.rows[1:], 1))
        before = lines[: int(row) - 2] if sheet.name.lower() == name else lines
        whose = sheet.rows[int(row) - 1][heading.index(owner)] if owner in heading else ""
        for number, line in before:
            of_it = owner not in heading or line[heading.index(owner)] in (whose, *EVERY_WORDS)
            if line[at].strip() == twice[1] and of_it:
                return problem._replace(what=f"{problem.what}, first in {sheet.name}!{cell(number, at)}")
    return problem


def _in_ranges(problems: Sequence[Problem]) -> list[Problem]:
    """Return ``problems`` with one problem in place of several that say the same of cells of one column.

    Of a population that is not there it is one for all sheets: its row is missing, and nothing else is wrong.
    """
    same: dict[tuple[str, str, Problem], list[int]] = {}
    for problem in problems:
        _, column, row = _cell_of(problem)
        sheet = problem.where.removesuffix(f"{column}{row}")
        same.setdefault((sheet, column, problem._replace(where="")), []).append(int(row or 0))
    places: dict[tuple[Problem, str], list[str]] = {}
    for (sheet, column, problem), rows in same.items():
        where = sheet + (_runs(column, sorted(rows)) if column else "")
        apart = "" if _NO_POPULATION.match(problem.what) else where
        places.setdefault((problem, apart), []).append(where)
    return [
        problem._replace(where=", ".join((first, *(where.partition(" ")[2] or where for where in more))))
        for (problem, _), (first, *more) in places.items()
    ]


def _runs(column: str, rows: Sequence[int]) -> str:
    """Return the cells of a column, those next to each other as a range: "B2:B9,B12"."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return ",".join(f"{column}{run[0]}" + (f":{column}{run[-1]}" if len(run) > 1 else "") for run in runs)


def _cell_of(problem: Problem) -> tuple[str, str, str]:
    """Return the sheet, column and row of a problem; what has no place is of the sheet ``version``."""
    place = problem.where.rpartition(" ")[2]
    sheet, mark, cell = place.rpartition("!")
    column = cell.rstrip("0123456789")
    return (sheet.lower(), column, cell[len(column) :]) if mark else (VERSION, "", "")


def _names(sheet: str, kind: str) -> bool:
    """Return whether what is called a ``kind`` ("fact or question", "measure") has its ids in a sheet."""
    kinds = kind.replace("measure", "question").replace("roll-up", "rollup").split(" or ")
    # Reasons belong to questions: of questions that nobody knows, nobody knows the reasons.
    return sheet.removesuffix("s") in kinds or (sheet == "questions" and "reason" in kinds)


def _stopgap(parsed: dict[str, Any], wrong: Sequence[Keys]) -> dict[str, Any]:
    """Return a version with something for each value that cannot be taken, to find what else is wrong."""
    made: dict[str, Any] = deepcopy(parsed)
    for keys in wrong:
        table: Any = made
        if keys == ("languages",):
            made["languages"] = ["en"]
            continue
        for key in keys[:-1]:
            table = table[key] if isinstance(key, int) else table.setdefault(key, [])
        lists = [key for key in keys[:-1] if isinstance(key, str)]
        plan = sheet_plans().get(lists[-1].replace("common_", "")) if lists else None
        kind = columns_of(plan.cls if plan else Criteria).get(str(keys[-1])) if keys else None
        if isinstance(table, dict) and keys:
            before = table.pop(keys[-1], "")
            words = [word for word in get_args(kind) if word] if get_origin(kind) is Literal else [_UNREAD]
            near = get_close_matches(str(before), words, n=1) or words
            table[keys[-1]] = 1 if kind is int else [] if get_origin(kind) is tuple else near[0]
    return made


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
        what = "workbooks need openpyxl, which is not installed"
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
        what = "is not a readable workbook, or has a password"
        raise RecordError(Problem(name, what, "open it, and save it again as .xlsx", "X001")) from None
    raise RecordError(Problem(name, "is larger than any criteria version", "see what else it holds", "X001"))


def _sheet(sheet: Any, file: str, problems: list[Problem]) -> CriteriaSheet:
    """Return one sheet; what no text may hold, and what lies far out, is added to ``problems``."""
    cells: dict[tuple[int, int], str] = {}
    formulas: list[str] = []
    made: dict[str, str] = {}
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
            if isinstance(found.value, datetime | date | time):
                made[found.coordinate] = "a date or a time"
            elif isinstance(found.value, bool):
                made[found.coordinate] = "yes or no"
            elif isinstance(found.value, float) and not found.value.is_integer():
                made[found.coordinate] = "a number"
    last_row = max((row for row, _ in cells), default=0)
    last = max((column for _, column in cells), default=0)
    rows = tuple(
        tuple(cells.get((row, column), "") for column in range(1, last + 1)) for row in range(1, last_row + 1)
    )
    merged = tuple(str(cells) for cells in sheet.merged_cells.ranges)
    return CriteriaSheet(sheet.title, rows, merged, tuple(formulas), made)


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
