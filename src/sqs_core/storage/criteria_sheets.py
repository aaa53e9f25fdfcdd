"""A criteria version as the sheets of a workbook, and back: one sheet for each list of the model.

The columns of a sheet are the keys of its table; lists within a table (the reasons of a question, the choices
of a fact, the bands of a roll-up) have sheets of their own, whose first column names what they belong to.
``version`` and ``letter words`` are lists of keys with their values.  Which sheets and columns there are is
told by the annotations of the model.  A mistake is told by its cell, as the linter's are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import tomli
import tomli_w
from attrs import NOTHING, Attribute, evolve, field, fields, frozen, has

from sqs_core.criteria import Criteria, LetterPlan, PlannedSection, Sentence, Words
from sqs_core.criteria.condition_text import read_condition, write_condition
from sqs_core.criteria.conditions import Condition, parse_condition
from sqs_core.criteria.model import AnswerKind
from sqs_core.errors import Problem, did_you_mean
from sqs_core.text import Text

Keys = tuple[str | int, ...]
CHOICES: Final = "choices"
VERSION, REASONS, LETTER, SECTIONS, WORDS = "version", "reasons", "letter", "sections", "letter words"
EVERY: Final = "every question"
"""What a reason of all questions names in place of one."""
NAMES_NONE: Final = "this row names no "
EVERY_WORDS: Final = (EVERY, "every", "all", "all questions")
USUAL: Final = ("section", "paragraph", "about", "some", "few", "none", "nothing", "other", "because")
"""The columns of the sheet of the letter that are there in any case."""
_IGNORED = re.compile(r"_.*|notes?|read ?me|help", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]+")
_NOT_COLUMNS = {"hash", "format"}
_QUOTED_AT_MOST = 40
_EXAMPLES: Final = {
    "timely": "start = referred, end = assessed, within = 15, days = working",
    "items": '[{ about = "plan.risk", clause = "the plan" }]',
    "next": '{ some = "…", none = "…" }',
    "again": '{ some = "…", none = "…" }',
    "when": '[{ about = "plan.risk:absent", count_at_least = 1 }]',
    "weights": "plan = 2, risk = 1",
    "grey_zone": "{ lowest = 40, highest = 60 }",
}
"""What can stand in the columns that hold more than words, a number or a list of names."""


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
    for name, cls in _lists(Criteria):
        if name == "common_reasons":
            continue
        found[name] = SheetPlan(name, cls, ((name,),))
        for inner, part in _lists(cls):
            known = found.get(inner, SheetPlan(inner, part, (), name.removesuffix("s")))
            found[inner] = evolve(known, paths=(*known.paths, (name, inner)))
    return found


def _lists(cls: Any) -> Iterator[tuple[str, type]]:
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
    inner = {name for name, _ in _lists(cls)}
    return {a.name: hints[a.name] for a in fields(cls) if a.name not in inner | _NOT_COLUMNS}


def cell(row: int, column: int) -> str:
    """Return the name of a cell, both counted from 0: "C4"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


# ---------------------------------------------------------------- to sheets


def to_sheets(parsed: Mapping[str, Any]) -> tuple[CriteriaSheet, ...]:
    """Return the sheets of a criteria file, given as its parsed table."""
    lists = {name for name, _ in _lists(Criteria)}
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
        ([key] if owner else []) + [_cell_text(table.get(column), tag, kind) for column, tag, kind in heading]
        for key, table in rows
    ]
    names = [f"{column}::{tag}" if tag else column for column, tag, _ in heading]
    return CriteriaSheet(name, (tuple([owner] * bool(owner) + names), *map(tuple, lines)))


def _cell_text(value: Any, tag: str, kind: Any) -> str:
    if value is None:
        return ""
    if kind is Text:
        words = value.get(tag) if isinstance(value, dict) else None if tag else value
        return words or ""
    if _is_condition(kind):
        return write_condition(parse_condition(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) and "," not in part for part in value):
        return ", ".join(value)
    if isinstance(value, dict) and all(type(part) is int for part in value.values()):
        return ", ".join(f"{name} = {part}" for name, part in value.items())
    return _as_toml(value)


def _as_toml(value: Any) -> str:
    """Return ``value`` as it is written after an equals sign, in one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key((name,))} = {_as_toml(part)}" for name, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_as_toml, value)) + "]"
    return tomli_w.dumps({"v": value}).removeprefix("v = ").rstrip("\n")


def _settings(table: Mapping[str, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield keys and values, tables within the table by dotted keys."""
    for name, value in table.items():
        keys = (*before, name)
        if isinstance(value, dict) and value:
            yield from _settings(value, keys)
            continue
        plain = isinstance(value, str) and _is_plain(value)
        names = isinstance(value, list) and len(keys) == 1 and all(_is_name(part) for part in value)
        listed = ", ".join(map(str, value)) if names else ""
        yield _key(keys), value if plain else listed or _as_toml(value)


def _is_plain(words: str) -> bool:
    """Return whether ``words`` can stand in a cell as they are, and read back as words."""
    looks = words[:1] in ('"', "'", "[", "{") or _NUMBER.fullmatch(words) or words in ("true", "false")
    return bool(words) and words == words.strip() and not looks and _date(words) is None


def _is_name(part: object) -> bool:
    return type(part) is date or (
        isinstance(part, str) and re.fullmatch(r"[A-Za-z][\w.-]*", part) is not None
    )


def _key(keys: Sequence[str]) -> str:
    bare = re.compile(r"[A-Za-z0-9_-]+")
    return ".".join(key if bare.fullmatch(key) else _as_toml(key) for key in keys)


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


# ---------------------------------------------------------------- from sheets


@frozen
class FromSheets:
    """What the sheets say as the table of a criteria file, the cell of each key, and what cannot be taken.

    ``lost`` are the sheets whose ids nobody knows: a name that leads to one of them may be right.
    """

    parsed: dict[str, Any]
    places: Mapping[Keys, str]
    problems: tuple[Problem, ...]
    lost: frozenset[str] = frozenset()

    def place(self, path: Sequence[str | int]) -> str:
        """Return the cell of the longest part of ``path`` that has one: "audit.xlsx questions!C4"."""
        wanted = tuple(path)
        parts = (wanted[:end] for end in range(len(wanted), -1, -1))
        return next(self.places[part] for part in parts if part in self.places)


def from_sheets(sheets: Iterable[CriteriaSheet], file: str, plan_words: Mapping[str, Any]) -> FromSheets:
    """Return the version in ``sheets``; ``plan_words`` is the ``[letter]`` taken where no words are given."""
    return _FromSheets(file, plan_words).read({sheet.name.strip(): sheet for sheet in sheets})


class _FromSheets:
    def __init__(self, file: str, plan_words: Mapping[str, Any]) -> None:
        self.file, self.plan_words = file, plan_words
        self.parsed: dict[str, Any] = {"format": 1}
        self.places: dict[Keys, str] = {(): file}
        self.problems: list[Problem] = []
        self.conditions: list[tuple[dict[str, Any], str, str, str]] = []
        self.lost: set[str] = set()

    def tell(self, where: str, what: str, remedy: str, code: str) -> None:
        self.problems.append(Problem(f"{self.file} {where}", what, remedy, code))

    def read(self, sheets: Mapping[str, CriteriaSheet]) -> FromSheets:
        plans = sheet_plans()
        known = (VERSION, *plans, SECTIONS, LETTER, WORDS)
        found: dict[str, CriteriaSheet] = {}
        for name, sheet in sheets.items():
            if name.lower() in found:
                what = f"the sheet '{name.lower()}' is there twice"
                self.tell(f"{name}!A1", what, "keep one of them", "X002")
            elif name.lower() in known:
                found[name.lower()] = sheet
                self._check(sheet)
            elif not _IGNORED.fullmatch(name):
                remedy = f"{did_you_mean(name.lower(), known)}; one called 'notes' is for people only"
                self.tell(f"{name}!A1", f"there is no sheet '{name}'", remedy, "X002")
                self.lost |= {one for one in known if _is_meant(one, remedy)} - found.keys()
        for name in (VERSION, "outcomes", "themes", "questions"):
            if name not in found and name not in self.lost:
                self.tell(name, f"the sheet '{name}' is missing", "add it", "X002")
                self.lost.add(name)
        self.parsed["facts"] = []
        if VERSION in found:
            self._settings(found[VERSION], self.parsed, (), Criteria)
        for plan in sorted(plans.values(), key=lambda plan: plan.name == CHOICES):  # once questions are known
            if plan.name == CHOICES:
                self._check_facts(found)
            if plan.name in found:
                if plan.owner:
                    self._inner(found[plan.name], plan)
                else:
                    self._list(found[plan.name], plan.cls, plan.name)
        if SECTIONS in found or LETTER in found:
            self._letter(found)
        self._missing(found)
        self._read_conditions()
        return FromSheets(self.parsed, self.places, tuple(self.problems), frozenset(self.lost))

    def _check_facts(self, found: Mapping[str, CriteriaSheet]) -> None:
        """Tell where choices can only be those of facts, and there is no sheet of these."""
        asked = any(row.get("answer") == "several" for row in self.parsed.get("questions", []))
        if "facts" not in found and CHOICES in found and not asked and "facts" not in self.lost:
            what = "the sheet 'facts' is missing, and 'choices' has those of facts"
            self.tell("facts", what, "add it", "X002")
            self.lost.add("facts")

    def _missing(self, found: Mapping[str, CriteriaSheet]) -> None:
        """Tell once each sheet that is missing though rows of others refer to it."""
        parsed = self.parsed
        rows = [row for name in ("themes", "facts", "subsets", "missing") for row in parsed.get(name, [])]
        asked = [row for row in parsed.get("questions", []) if row.get("answer") == "several"]
        chosen = [row for row in parsed.get("facts", []) if row.get("kind") in ("choice", "several")]
        takers = [f"fact '{row.get('id')}' is a {row['kind']}" for row in chosen]
        takers += [f"question '{row.get('id')}' takes several choices" for row in asked]
        demanding = [row for row in parsed.get("outcomes", []) if "reason" in row.get("demands", [])]
        empty = [row for row in parsed.get("letter", {}).get("sections", []) if "holds" not in row]
        wanted = {
            "populations": next((f"rows are of '{row['of']}'" for row in rows if row.get("of")), ""),
            CHOICES: next(iter(takers), ""),
            REASONS: next((f"'{row.get('id')}' demands a reason" for row in demanding), ""),
            LETTER: next((f"section '{row.get('id')}' holds paragraphs" for row in empty), ""),
        }
        for name, why in wanted.items():
            if why and name not in found and name not in self.lost:
                self.tell(name, f"the sheet '{name}' is missing, and {why}", "add it", "X002")
                self.lost.add(name)

    def _check(self, sheet: CriteriaSheet) -> None:
        for cells in sheet.merged:
            what = f"the cells {cells} are merged, so that all but the first are empty"
            self.tell(f"{sheet.name}!{cells.split(':')[0]}", what, "split them, and fill each", "X005")
        for at in sheet.formulas:
            what = "a formula stands here, and only its result can be read in it"
            self.tell(f"{sheet.name}!{at}", what, "copy it, and paste it as a value", "X006")

    # ------------------------------------------------------------ tables

    def _tables(
        self, sheet: CriteriaSheet, cls: Any, owner: str = ""
    ) -> Iterator[tuple[int, str, dict[str, Any], dict[str, str]]]:
        """Yield each row as its number, what it belongs to, its table and the cell of each key."""
        kinds = columns_of(cls)
        heading = [words.strip() for words in sheet.rows[0]] if sheet.rows else []
        columns = self._heading(sheet, heading, kinds, owner)
        if any(heading) and not columns:
            self.lost.add(sheet.name.lower())
            return
        needed = {a.name for a in fields(cls) if _is_needed(a)} & kinds.keys()
        there = {column for column, _ in columns.values()}
        meant = [p.remedy for p in self.problems if p.code == "X003" and p.where.startswith(self._of(sheet))]
        for name in sorted({*needed, owner} - {"", *there}):
            if not any(_is_meant(name, remedy) for remedy in meant):
                self.tell(f"{sheet.name}!A1", f"the column '{name}' is missing", "add it", "X003")
        if "id" in needed - there:
            self.lost.add(sheet.name.lower())
        for number, row in enumerate(sheet.rows[1:], 1):
            if not any(row) or row[0].startswith("#"):
                continue
            table: dict[str, Any] = {}
            cells: dict[str, str] = {}
            for place, words in enumerate(row):
                at = f"{sheet.name}!{cell(number, place)}"
                if not words:
                    continue
                if place not in columns:
                    if place >= len(heading) or not heading[place]:
                        self.tell(at, "this cell has no heading", "give its column one, or empty it", "X004")
                    continue
                name, tag = columns[place]
                cells.setdefault(name, at)
                if name == owner:
                    table[name] = words
                else:
                    self._tell_made(sheet, name, kinds[name], cell(number, place))
                    self._put(table, name, tag, words, kinds[name], at)
            whose = table.pop(owner, "") if owner else ""
            if "id" in needed & there and "id" not in table:
                self.lost.add(sheet.name.lower())  # what names it may be right
            yield number, str(whose), table, cells

    def _of(self, sheet: CriteriaSheet) -> str:
        return f"{self.file} {sheet.name}!"

    def _tell_made(self, sheet: CriteriaSheet, name: str, kind: Any, at: str) -> None:
        """Tell a cell of which the program made a date or a number where words belong."""
        if kind in (int, bool, Fraction) or "date" in str(kind) or "Fraction" in str(kind):
            return
        if made := sheet.made.get(at):
            what = f"{name}: the program made {made} of this cell, where words belong"
            self.tell(f"{sheet.name}!{at}", what, "format the cell as text, and type them again", "X007")
            self.lost |= {sheet.name.lower()} if name == "id" else set()

    def _heading(
        self, sheet: CriteriaSheet, heading: Sequence[str], kinds: Mapping[str, Any], owner: str
    ) -> dict[int, tuple[str, str]]:
        """Return which key and language each column holds."""
        columns: dict[int, tuple[str, str]] = {}
        known = ([owner] if owner else []) + list(kinds)
        named = {"_".join(words.partition("::")[0].lower().split()) for words in heading}
        if any(heading) and not named & set(known):
            remedy = f"put the names of the columns there: {', '.join(known[:12])}"
            self.tell(f"{sheet.name}!A1", "the first row names no column of this sheet", remedy, "X003")
            return {}
        for place, words in enumerate(heading):
            name, _, tag = (part.strip() for part in words.partition("::"))
            name = "_".join(name.lower().split())
            tag = next((one for one in self._languages() if one.lower() == tag.lower()), tag)
            at = f"{sheet.name}!{cell(0, place)}"
            if not words or words.startswith("#"):
                continue
            if name not in known:
                remedy = f"{did_you_mean(name, known, most=20)}; one that begins with # is for people only"
                self.tell(at, f"there is no column '{name}' in this sheet", remedy, "X003")
            elif (name, tag) in columns.values():
                self.tell(at, f"the column '{words}' is there twice", "keep one of them", "X004")
            elif tag and kinds.get(name) is not Text:
                self.tell(at, f"'{name}' has no wording in several languages", f"call it {name}", "X003")
            else:
                columns[place] = name, tag
        return columns

    def _put(self, table: dict[str, Any], name: str, tag: str, words: str, kind: Any, at: str) -> None:
        """Put what the cell ``at`` says into ``table``."""
        if kind is Text:
            before = table.get(name)
            if tag:
                first = {self._languages()[0]: before} if isinstance(before, str) else before or {}
                table[name] = {**first, tag: words}
            else:
                table[name] = {self._languages()[0]: words, **before} if before else words
        elif _is_condition(kind):
            self.conditions.append((table, name, words, at))
        else:
            value, wrong = _value(words, kind, name)
            if wrong:
                self.tell(at, f"{name}: {wrong[0]}", wrong[1], "X007")
            else:
                table[name] = value

    def _languages(self) -> list[str]:
        languages = self.parsed.get("languages")
        return list(map(str, languages)) if isinstance(languages, list) and languages else ["en"]

    def _list(self, sheet: CriteriaSheet, cls: Any, key: str) -> None:
        made = self.parsed.setdefault(key, [])
        for number, _, table, cells in self._tables(sheet, cls):
            self._place((key, len(made)), f"{sheet.name}!{cell(number, 0)}", cells)
            made.append(table)
        self.places.setdefault((key,), f"{self.file} {sheet.name}!A1")

    def _place(self, path: Keys, row: str, cells: Mapping[str, str]) -> None:
        self.places[path] = f"{self.file} {row}"
        for name, at in cells.items():
            self.places[(*path, name)] = f"{self.file} {at}"

    def _inner(self, sheet: CriteriaSheet, plan: SheetPlan) -> None:
        owners = {
            str(table["id"]): (outer, place, table)
            for outer, _ in plan.paths
            for place, table in enumerate(self.parsed.get(outer, []))
            if "id" in table
        }
        for number, whose, table, cells in self._tables(sheet, plan.cls, plan.owner):
            row = f"{sheet.name}!{cell(number, 0)}"
            common = plan.name == REASONS
            if common and whose.lower() in ("", *EVERY_WORDS) and whose not in owners:
                made = self.parsed.setdefault("common_reasons", [])
                path: Keys = ("common_reasons", len(made))
            elif whose in owners:
                outer, place, owner = owners[whose]
                made = owner.setdefault(plan.name, [])
                path = (outer, place, plan.name, len(made))
            else:
                if not self.lost & {outer for outer, _ in plan.paths}:
                    takers = [
                        name for name, (key, _, row) in owners.items() if _takes_choices(plan, key, row)
                    ]
                    asks = any(owners[name][0] == "questions" for name in takers) and plan.name == CHOICES
                    kind = "fact or question" if asks else plan.owner
                    what = f"no {kind} '{whose}'" if whose else f"{NAMES_NONE}{plan.owner}"
                    remedy = did_you_mean(whose, takers) + (f"; or '{EVERY}'" if common else "")
                    self.tell(cells.get(plan.owner, row), what, remedy, "X009")
                continue
            self._place(path, row, cells)
            made.append(table)

    # ------------------------------------------------------------ keys and values

    def _settings(self, sheet: CriteriaSheet, into: dict[str, Any], path: Keys, cls: Any) -> None:
        hints = get_type_hints(cls)
        lists = {name for name, _ in _lists(cls)}
        known = [a.name for a in fields(cls) if a.name not in lists | _NOT_COLUMNS | {"letter"}]
        for number, row in enumerate(sheet.rows[1:], 1):
            name, words = (*row, "", "")[:2]
            at = f"{sheet.name}!{cell(number, 0)}"
            if not name or name.startswith("#"):
                continue
            try:
                keys = _keys(name)
            except ValueError:
                self.tell(at, "this is no key", "write it as words.en.comma", "X003")
                continue
            if keys[0].lower() in known:
                keys = (keys[0].lower(), *keys[1:])
            if keys[0] not in known and keys[0] != "phrase_scale":
                self.tell(at, f"there is no key '{keys[0]}' here", did_you_mean(keys[0], known), "X003")
                continue
            self._tell_made(sheet, name, hints.get(keys[0]) if len(keys) == 1 else None, cell(number, 1))
            try:
                value: Any = _setting(words, hints.get(keys[0]) if len(keys) == 1 else None, name)
            except ValueError as error:
                what, _, remedy = str(error).partition("; ")
                self.tell(f"{sheet.name}!{cell(number, 1)}", f"{name}: {what}", remedy, "X007")
                continue
            if value is None:
                continue
            table = into
            for key in keys[:-1]:
                table = table.setdefault(key, {})
                if not isinstance(table, dict):
                    break
            if not isinstance(table, dict) or keys[-1] in table:
                self.tell(at, f"the key '{name}' is there twice", "keep one of them", "X010")
                continue
            table[keys[-1]] = value
            self.places[(*path, *keys)] = f"{self.file} {sheet.name}!{cell(number, 1)}"
        self.places.setdefault(path, f"{self.file} {sheet.name}!A1")

    # ------------------------------------------------------------ the letter

    def _letter(self, found: Mapping[str, CriteriaSheet]) -> None:
        letter: dict[str, Any] = {}
        if WORDS in found:
            self._settings(found[WORDS], letter, ("letter",), LetterPlan)
            # A whole sheet of words says all that is said; a few rows change what they name.
            if _lacks(letter):
                letter = _laid_over(self.plan_words, letter)
        else:
            letter = dict(self.plan_words)
            self.places[("letter",)] = f"{self.file} {LETTER}!A1"
        self.parsed["letter"] = letter
        letter["sections"] = []
        if SECTIONS in found:
            for number, _, table, cells in self._tables(found[SECTIONS], PlannedSection):
                row = f"{SECTIONS}!{cell(number, 0)}"
                self._place(("letter", "sections", len(letter["sections"])), row, cells)
                letter["sections"].append(table)
        elif SECTIONS not in self.lost:
            self.tell(SECTIONS, "the letter has no sheet 'sections'", "add it: id, number, title", "X002")
        sections = {str(t["id"]): (i, t) for i, t in enumerate(letter["sections"]) if "id" in t}
        if LETTER in found:
            self._sentences(found[LETTER], sections)

    def _sentences(self, sheet: CriteriaSheet, sections: Mapping[str, tuple[int, dict[str, Any]]]) -> None:
        for number, _, table, cells in self._tables(sheet, LetterRow):
            row = f"{sheet.name}!{cell(number, 0)}"
            section, paragraph = str(table.pop("section", "")), str(table.pop("paragraph", ""))
            if section not in sections:
                if sections and SECTIONS not in self.lost:
                    at = cells.get("section", row)
                    what = f"no section '{section}'" if section else f"{NAMES_NONE}section"
                    self.tell(at, what, did_you_mean(section, sections), "X009")
                continue
            place, owner = sections[section]
            paragraphs = owner.setdefault("paragraphs", [])
            if not paragraphs or paragraphs[-1]["id"] != paragraph:
                paragraphs.append({"id": paragraph})
                path: Keys = ("letter", "sections", place, "paragraphs", len(paragraphs) - 1)
                self._place(path, row, {"id": cells.get("paragraph", row)})
            for key in ("numbered", "optional"):
                if f"paragraph_{key}" in table:
                    paragraphs[-1][key] = table.pop(f"paragraph_{key}")
            if table:
                sentences = paragraphs[-1].setdefault("sentences", [])
                within = ("letter", "sections", place, "paragraphs", len(paragraphs) - 1)
                self._place((*within, "sentences", len(sentences)), row, cells)
                sentences.append(table)

    def _read_conditions(self) -> None:
        """Read the conditions, once every fact and question is known."""
        given = self.parsed.get("facts", [])
        facts = {str(fact["id"]): str(fact.get("kind", "boolean")) for fact in given if "id" in fact}
        asked = [question for question in self.parsed.get("questions", []) if "id" in question]
        kinds = get_args(AnswerKind)
        questions = {
            # Of a kind that is mistyped, the cells of conditions are read as what was probably meant.
            str(q["id"]): next(iter(get_close_matches(str(q.get("answer")), kinds, 1)), kinds[0])
            for q in asked
        }
        for table, name, words, at in self.conditions:
            try:
                table[name] = read_condition(words, facts, questions)
            except ValueError as error:
                what, _, remedy = str(error).partition("; ")
                if what.startswith("no fact or question") and self.lost & {"facts", "questions"}:
                    table[name] = read_condition("always", facts, questions)  # it may well be one
                    continue
                self.tell(at, f"{name}: {what}", remedy, "X008")


def _takes_choices(plan: SheetPlan, key: str, row: Mapping[str, Any]) -> bool:
    """Return whether a row may be what a row of ``plan`` belongs to: choices are of few questions."""
    return plan.name != CHOICES or key == "facts" or row.get("answer") == "several"


# ---------------------------------------------------------------- cells


def _value(words: str, kind: Any, name: str) -> tuple[Any, tuple[str, str] | None]:
    """Return what ``words`` in the column ``name`` are as a ``kind``, or what is wrong and its cure."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        kind = next(part for part in parts if part is not NoneType)
        origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return (words.lower() if words.lower() in parts else words), None
    if kind is str:
        return words, None
    if kind is Fraction:
        if re.fullmatch(r"[0-9]+(\.[0-9]+)?|[0-9]+/[0-9]+", words):
            return (int(words) if words.isdigit() else words), None
        if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?\s?%", words):
            return str(Fraction(words.rstrip(" %")) / 100), None
        cure = "format the cell as text, and write it as 3/4 or 75%"
        if _date(words):
            return None, ("expected a fraction (the program made a date of it)", cure)
        return _wrong("a fraction", words, cure)
    if kind is int:
        fits = _NUMBER.fullmatch(words) and len(words) < 10
        cure = "write a number of them, such as 3" if "%" in words else "write one such as 3"
        return (int(words), None) if fits else _wrong("a whole number", words, cure)
    if kind is bool:
        known = {"yes": True, "no": False, "true": True, "false": False}
        if words.lower() in known:
            return known[words.lower()], None
        return _wrong("yes or no", words, "write one of them")
    if kind is date:
        day = _date(words)
        return (day, None) if day else _wrong("a date", words, "write it as 2026-11-23")
    if origin is tuple and parts[-1] is ...:
        listed = [part.strip() for part in words.strip("[]").replace(";", ",").split(",") if part.strip()]
        if parts[0] is date:
            odd = next((part for part in listed if not _date(part)), None)
            cure = "write them as 2026-12-25, 2026-12-28"
            return ([_date(part) for part in listed], None) if odd is None else _wrong("dates", odd, cure)
        if parts[0] is str or get_origin(parts[0]) is Literal:
            return listed, None
    example = f"write it as {_EXAMPLES[name]}" if name in _EXAMPLES else "write it as in a criteria file"
    numbers = origin is not None and bool(parts) and parts[-1] is int
    if (numbers or has(kind)) and "=" in words and not words.startswith("{"):
        pairs = [[part.strip() for part in pair.split("=", 1)] for pair in words.replace(";", ",").split(",")]
        if any(len(pair) != 2 or (numbers and not _NUMBER.fullmatch(pair[1])) for pair in pairs):
            return _wrong("names with numbers" if numbers else "names with their values", words, example)
        return {key: int(said) if _NUMBER.fullmatch(said) else said.strip('"') for key, said in pairs}, None
    try:
        return _toml(words), None
    except ValueError:
        return _wrong("a list" if origin is tuple else "names with their values", words, example)


def _lacks(letter: Mapping[str, Any]) -> bool:
    """Return whether words are missing without which there is no letter."""
    needed = {a.name for a in fields(LetterPlan) if _is_needed(a)} - {SECTIONS}
    small = {a.name for a in fields(Words) if _is_needed(a)}
    words = letter.get("words")
    languages = words.values() if isinstance(words, dict) else ()
    return bool(needed - letter.keys()) or any(isinstance(of, dict) and small - of.keys() for of in languages)


def _laid_over(usual: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``usual`` with what is ``given`` in its place, table by table."""
    made = dict(usual)
    for key, value in given.items():
        before = made.get(key)
        both = isinstance(before, Mapping) and isinstance(value, dict)
        made[key] = _laid_over(before, value) if both and before else value
    return made


def _is_meant(name: str, remedy: str) -> bool:
    return remedy.startswith(f"did you mean '{name}'?")


def _wrong(expected: str, words: str, cure: str) -> tuple[None, tuple[str, str]]:
    shown = words if len(words) <= _QUOTED_AT_MOST else f"{words[:_QUOTED_AT_MOST]}…"
    return None, (f"expected {expected}, and '{shown}' stands here", cure)


def _setting(words: str, kind: Any, name: str) -> Any:
    """Return the value of a key: a list of names, a date, a number, words, or as in a criteria file."""
    if not words:
        return None
    if words[:1] in ('"', "'", "[", "{") and kind != tuple[date, ...]:
        try:
            return _toml(words)
        except ValueError:
            raise ValueError("this is not closed, or no list, table or quoted text") from None
    if kind == tuple[Text, ...]:
        return [words]
    if kind is not None and kind is not Text and kind is not str:
        value, wrong = _value(words, kind, name)
        if wrong:
            raise ValueError("; ".join(wrong))
        return value
    if kind is None and _NUMBER.fullmatch(words):
        return int(words)
    if kind is None and words in ("true", "false"):
        return words == "true"
    return words


def _toml(words: str) -> Any:
    try:
        value = tomli.loads(f"v = {words}")
    except (ValueError, RecursionError):
        raise ValueError("no TOML") from None
    if value.keys() != {"v"}:
        raise ValueError("more than one value")
    return value["v"]


def _keys(name: str) -> tuple[str, ...]:
    if "=" in name or "\n" in name or name.count(".") > 12:
        raise ValueError(name)
    try:
        table: Any = tomli.loads(f"{name} = 0")
    except (ValueError, RecursionError):
        raise ValueError(name) from None
    keys: list[str] = []
    while isinstance(table, dict):
        ((key, table),) = table.items()
        keys.append(key)
    return tuple(keys)


def _date(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _is_condition(kind: Any) -> bool:
    return kind in (Condition, Condition | None)


def _is_needed(attribute: Attribute[Any]) -> bool:
    return attribute.default is NOTHING
