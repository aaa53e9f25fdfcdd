"""A criteria version from the sheets of a workbook; a mistake names its cell, as the linter's do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, get_args, get_type_hints

from attrs import fields, frozen

from sqs_core.criteria import Criteria, LetterPlan, PlannedSection, Words
from sqs_core.criteria.condition_text import read_condition
from sqs_core.criteria.questions import AnswerKind
from sqs_core.errors import Problem, did_you_mean
from sqs_core.storage.criteria_sheets import (
    CHOICES,
    EVERY,
    EVERY_WORDS,
    LETTER,
    NAMES_NONE,
    NOT_COLUMNS,
    REASONS,
    SECTIONS,
    VERSION,
    WORDS,
    CriteriaSheet,
    LetterRow,
    SheetPlan,
    cell,
    columns_of,
    is_needed,
    lists_of,
    sheet_plans,
)
from sqs_core.storage.safe_read import Keys
from sqs_core.storage.sheet_cells import CellError, cell_value, is_condition, keys_named, setting_value
from sqs_core.text import Text

_IGNORED = re.compile(r"_.*|notes?|read ?me|help", re.IGNORECASE)


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

    def _tell_missing(self, sheet: str, why: str = "") -> None:
        self.tell(sheet, f"the sheet '{sheet}' is missing{why}", "add it", "X002")
        self.lost.add(sheet)

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
                self._tell_missing(name)
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
            self._tell_missing("facts", ", and 'choices' has those of facts")

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
                self._tell_missing(name, f", and {why}")

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
        needed = {a.name for a in fields(cls) if is_needed(a)} & kinds.keys()
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
        elif is_condition(kind):
            self.conditions.append((table, name, words, at))
        else:
            try:
                table[name] = cell_value(words, kind, name)
            except CellError as error:
                self.tell(at, f"{name}: {error.what}", error.cure, "X007")

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
        lists = {name for name, _ in lists_of(cls)}
        known = [a.name for a in fields(cls) if a.name not in lists | NOT_COLUMNS | {"letter"}]
        for number, row in enumerate(sheet.rows[1:], 1):
            name, words = (*row, "", "")[:2]
            at = f"{sheet.name}!{cell(number, 0)}"
            if not name or name.startswith("#"):
                continue
            try:
                keys = keys_named(name)
            except ValueError:
                self.tell(at, "this is no key", "write it as words.en.comma", "X003")
                continue
            if keys[0].lower() in known:
                keys = (keys[0].lower(), *keys[1:])
            if keys[0] not in known and keys[0] != "phrase_scale":
                self.tell(at, f"there is no key '{keys[0]}' here", did_you_mean(keys[0], known), "X003")
                continue
            kind = hints.get(keys[0]) if len(keys) == 1 else None
            self._tell_made(sheet, name, kind, cell(number, 1))
            try:
                value: Any = setting_value(words, kind, name)
            except CellError as error:
                self.tell(f"{sheet.name}!{cell(number, 1)}", f"{name}: {error.what}", error.cure, "X007")
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


def _lacks(letter: Mapping[str, Any]) -> bool:
    """Return whether words are missing without which there is no letter."""
    needed = {a.name for a in fields(LetterPlan) if is_needed(a)} - {SECTIONS}
    small = {a.name for a in fields(Words) if is_needed(a)}
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
