"""Facts of many cases from a CSV file, as a case-management system exports it.

It is read as the list that a sample is drawn from (:mod:`.frame_file`): a column that may name a child, or
holds dates of birth, is refused, and no message repeats a value.  Headings say which column is which fact,
or somebody said so once, which this computer remembers for the version.

Codes: F001 to F007 as there; F008 two columns for one fact, F009 not a value of the fact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

import tomli_w
from attrs import frozen

from sqs_core.criteria import Criteria, Fact
from sqs_core.criteria.conditions import FactValue
from sqs_core.errors import Problem, RecordError, SqsError, UsageError, did_you_mean
from sqs_core.records.case import NONE_OF_THEM
from sqs_core.records.dates import parse_date
from sqs_core.state import state_folder
from sqs_core.storage.atomic import ANY, write_durably
from sqs_core.storage.frame_file import CASE, check_birth_dates, check_names, read_table, too_long
from sqs_core.storage.fsync import make_folder
from sqs_core.storage.safe_read import parse_toml, read_bytes

REMEMBERED: Final = "columns.toml"
_YES_NO = dict.fromkeys(("yes", "y", "true", "1"), True)
_YES_NO |= dict.fromkeys(("no", "n", "false", "0"), False)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]00:00(:00(\.0+)?)?")


@frozen
class FactTable:
    """What a file says about the cases of an inspection.

    Args:
        facts: the facts that it has a value for, by case.
        columns: the fact (or "case") that each heading was taken for.
        unused: the headings that were taken for nothing.
        others: how many rows are about cases that are not in the inspection.
    """

    facts: Mapping[str, Mapping[str, FactValue]]
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    others: int


def read_fact_file(
    path: Path, criteria: Criteria, cases: Sequence[str], columns: Mapping[str, str], day: date | None
) -> FactTable:
    """Return the facts in the CSV file at ``path`` of those ``cases`` that it lists.

    ``columns`` says which fact a heading is for, where the headings do not; ``day`` is the first of
    fieldwork, by which a date of birth is known.

    Raises:
        RecordError: a column may name a child, or a cell cannot be taken; each told by its line.
        UsageError: no column holds case references, or ``columns`` names a fact or heading there is not.
    """
    header, lines = read_table(path, f"{CASE},…")
    where = path.name
    check_names(header, where)
    check_birth_dates(header, [cells for _, cells in lines], where, day)
    taken = _columns(header, criteria, columns, where)
    known = {case.casefold(): case for case in cases}
    numbers = {int(case): case for case in cases if case.isdecimal()}
    problems: list[Problem] = []
    found: dict[str, dict[str, FactValue]] = {}
    seen: dict[str, int] = {}
    others = 0
    for number, cells in lines:
        place = f"{where}:{number}"
        if problem := too_long(place, header, cells):
            problems.append(problem)
            continue
        row = {taken[i]: cell.strip() for i, cell in enumerate(cells) if i in taken}
        words = row.pop(CASE)
        case = known.get(words.casefold()) or (numbers.get(int(words)) if words.isdecimal() else None)
        if case is None:
            others += 1
            continue
        if (before := seen.setdefault(case, number)) != number:
            problems.append(Problem(place, f"repeats the case of line {before}", "list it once", "F005"))
            continue
        found[case] = {}
        for name, cell in row.items():
            if cell:
                try:
                    found[case][name] = _value(criteria.fact(name), cell)
                except ValueError as error:
                    what, _, remedy = str(error).partition("; ")
                    problems.append(Problem(place, f"{name}: {what}", remedy, "F009"))
    if problems:
        raise RecordError(*problems)
    headings = {header[i]: name for i, name in taken.items()}
    unused = tuple(name for i, name in enumerate(header) if name and i not in taken)
    return FactTable(found, headings, unused, others)


def _columns(
    header: Sequence[str], criteria: Criteria, columns: Mapping[str, str], where: str
) -> dict[int, str]:
    """Return which fact, or the case, each column holds."""
    by_heading = {_plain(fact.id): fact.id for fact in criteria.facts} | {CASE: CASE}
    for fact in criteria.facts:
        by_heading.setdefault(_plain(str(fact.text)), fact.id)
    given = {_plain(heading): name for heading, name in columns.items()}
    known = (CASE, *(fact.id for fact in criteria.facts))
    for name in columns.values():
        if name not in known:
            raise UsageError(f"no fact '{name}' in {criteria.id}; {did_you_mean(name, known, most=20)}")
    taken: dict[int, str] = {}
    for place, heading in enumerate(header):
        name = given.get(_plain(heading)) or by_heading.get(_plain(heading), "")
        if heading and name and name in taken.values():
            what = f"two columns are for '{name}'"
            raise RecordError(Problem(f"{where}:1", what, "take one out, or rename it", "F008"))
        if heading and name:
            taken[place] = name
    if CASE not in taken.values():
        raise UsageError(
            f"{where} has no column '{CASE}'; say which one holds the references: --column case=HEADING"
        )
    return taken


def _plain(words: str) -> str:
    """Return ``words`` as headings are compared: "Review due?" and "review_due" are one."""
    return "_".join(re.findall(r"[^\W_]+", words.casefold()))


def _value(fact: Fact, words: str) -> FactValue:
    """Return what a cell says of ``fact``; ValueError, without the words, where it says nothing."""
    value: FactValue = words
    if fact.kind == "boolean":
        if words.casefold() not in _YES_NO:
            raise ValueError("is neither yes nor no; write one of them, or leave it empty")
        value = _YES_NO[words.casefold()]
    elif fact.kind == "date":
        day = parse_date(match[1] if (match := _MIDNIGHT.fullmatch(words)) else words)
        if day is None:
            raise ValueError("is not a date; write it as 2012-09-12 or 12/09/2012, or leave it empty")
        value = day
    elif fact.kind == "number":
        if (
            not re.fullmatch(r"-?[0-9]{1,9}(\.0+)?", words)
            or not fact.least <= int(float(words)) <= fact.most
        ):
            raise ValueError(f"is not a whole number from {fact.least} to {fact.most}")
        value = int(float(words))
    elif fact.kind in ("several", "choice"):
        meant = {_plain(str(choice.text)): choice.id for choice in fact.choices}
        meant |= {_plain(choice.id): choice.id for choice in fact.choices}
        several = fact.kind == "several"
        parts = re.split("[,;]", words) if several else [words]
        ticked = [] if several and words.casefold() == NONE_OF_THEM else [_plain(part) for part in parts]
        if unknown := [part for part in ticked if part not in meant]:
            known = ", ".join(choice.id for choice in fact.choices)
            has = f"has {len(unknown)} that are" if several else "is"
            raise ValueError(f"{has} none of its choices; known: {known}")
        chosen = tuple(c.id for c in fact.choices if c.id in {meant[part] for part in ticked})
        value = chosen if several else chosen[0]
    return value


# ---------------------------------------------------------------- columns told once


def remembered_columns(criteria: str) -> dict[str, str]:
    """Return which fact each heading was said to be for under a version; nothing where nothing is kept."""
    table = _remembered().get(criteria, {})
    return {str(heading): str(name) for heading, name in table.items()} if isinstance(table, dict) else {}


def remember_columns(criteria: str, columns: Mapping[str, str]) -> None:
    """Remember which fact each heading is for; failing to is no failure of the import."""
    path = state_folder() / REMEMBERED
    table = {**_remembered(), criteria: {**remembered_columns(criteria), **columns}}
    with suppress(SqsError, OSError):
        make_folder(path.parent)
        write_durably(path, tomli_w.dumps(table).encode(), expect=ANY)


def _remembered() -> dict[str, Any]:
    path = state_folder() / REMEMBERED
    try:
        return parse_toml(read_bytes(path), str(path), end_mark=False)
    except SqsError:
        return {}


def changes_to(
    have: Mapping[str, FactValue], given: Mapping[str, FactValue], *, replace: bool
) -> tuple[dict[str, FactValue], tuple[str, ...]]:
    """Return the facts to set where a case ``have`` some, and those that it has otherwise and keeps."""
    new = {name: value for name, value in given.items() if have.get(name) != value}
    kept = () if replace else tuple(name for name in new if name in have)
    return {name: value for name, value in new.items() if name not in kept}, kept
