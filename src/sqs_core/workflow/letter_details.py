"""Set the details of the letter one by one, or recall them: to whom, from whom, on what date.

    >>> with_detail(inspection, "addressee", ["Ms A. Example"])  # doctest: +SKIP
    >>> change_details(folder, lambda i: with_detail(i, "date", ["2026-12-01"]))
    >>> missing_details(inspection, criteria)                    # what the letter cannot be sent without
    >>> recall(inspection, other_inspections(folder.path))       # from the last one of the same service

A screen shows a line for each of :data:`DETAILS`; ``sqs letter details`` has an option for each.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import SqsError, UsageError, did_you_mean
from sqs_core.records.dates import parse_date
from sqs_core.records.inspection import Inspection
from sqs_core.state import path_typed
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.layout import INSPECTION, inspections_beside
from sqs_core.storage.record_files import decode
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import clean
from sqs_core.workflow.retrying import retried


@frozen
class LetterDetail:
    """One detail: its name, what it is called, a hint, and where in the inspection it is kept.

    ``many`` says that it has several lines; ``needed`` that the letter cannot be sent without it;
    ``recalled`` that the next inspection of the same service begins with it.  ``finds`` are further words
    to find it by.
    """

    name: str
    label: str
    hint: str
    path: tuple[str, ...]
    many: bool = field(kw_only=True, default=False)
    day: bool = field(kw_only=True, default=False)
    needed: bool = field(kw_only=True, default=False)
    recalled: bool = field(kw_only=True, default=True)
    finds: str = field(kw_only=True, default="")


DETAILS: Final = (
    LetterDetail("addressee", "Addressee", "the chair of the management board, by name",
                 ("addressee", "name"), needed=True, finds="to"),
    LetterDetail("address", "Address", "the lines under the name", ("addressee", "lines"), many=True),
    LetterDetail("salutation", "Salutation", "what follows Dear; the addressee where nothing is written",
                 ("addressee", "salutation"), finds="dear greeting"),
    LetterDetail("date", "Date of the letter", "such as 2026-12-19 or 19 December 2026", ("letter_date",),
                 day=True, needed=True, recalled=False),
    LetterDetail("first-day", "First day of fieldwork", "a date", ("first_day",),
                 day=True, needed=True, recalled=False, finds="dates"),
    LetterDetail("last-day", "Last day of fieldwork", "a date", ("last_day",),
                 day=True, recalled=False, finds="dates"),
    LetterDetail("area", "Area", "the place the service serves, as the title says it", ("area",)),
    LetterDetail("short", "Short name", "what the letter calls the service after the first time", ("short",)),
    LetterDetail("lead", "Lead inspector", "whom to ask about the inspection", ("lead", "name"),
                 needed=True, finds="contact"),
    LetterDetail("phone", "Telephone", "of the lead inspector", ("lead", "phone"), needed=True,
                 finds="contact number"),
    LetterDetail("email", "E-mail", "of the lead inspector", ("lead", "email"), needed=True,
                 finds="contact mail"),
    LetterDetail("signatory", "Signatory", "who signs", ("signatory", "name"), needed=True,
                 finds="sign signature"),
    LetterDetail("role", "Role of the signatory", "such as Head of Inspection", ("signatory", "role"),
                 finds="sign signature"),
    LetterDetail("letterhead", "Letterhead", "lines at the head of the letter", ("letterhead",), many=True,
                 finds="logo office"),
    LetterDetail("copies", "Copies to", "a line for each who gets a copy", ("copies",), many=True,
                 finds="copy list cc"),
    LetterDetail("voice", "Voice", "who writes: inspectorate, or authority that audits itself", ("voice",),
                 finds="we audited"),
    LetterDetail("language", "Language", "of the letter: en, or cy where the version has Welsh",
                 ("language",), recalled=False, finds="welsh cymraeg english bilingual"),
    LetterDetail("earlier", "Inspection before", "the folder of the screening that this one is compared with",
                 ("earlier", "folder"), recalled=False, finds="compare changed since re-screening"),
    LetterDetail("publications-note", "Note on publications", "a line at the end", ("publications_note",)),
)  # fmt: skip


def detail_called(words: str) -> LetterDetail:
    """Return the detail meant by its name or its label; UsageError with those there are."""
    wanted = words.strip().lower()
    for detail in DETAILS:
        if wanted in (detail.name, detail.label.lower(), detail.name.replace("-", " ")):
            return detail
    raise UsageError(f"no detail '{words}'; {did_you_mean(wanted, [d.name for d in DETAILS], most=20)}")


def held_lines(inspection: Inspection, detail: LetterDetail) -> tuple[str, ...]:
    """Return the lines that ``inspection`` holds for a detail; none where nothing is written."""
    value: Any = inspection
    for name in detail.path:
        value = getattr(value, name)
    if isinstance(value, tuple):
        return value
    if isinstance(value, date):
        return (value.isoformat(),)
    return (str(value),) if value else ()


def with_detail(inspection: Inspection, name: str, lines: Sequence[str]) -> Inspection:
    """Return the inspection with ``lines`` as the detail ``name``; none of them takes it away.

    Raises:
        UsageError: no such detail, no day, several lines where there is one, or a character that no
            record may hold.
    """
    detail = detail_called(name)
    lines = [clean(line, f"the {detail.label.lower()}").strip() for line in lines]
    if not detail.many:
        lines = [" ".join(line.split()) for line in lines if line]
        if len(lines) > 1:
            raise UsageError(f"{detail.label.lower()} is one line, not {len(lines)}")
    while lines and not lines[-1]:
        lines.pop()
    value: Any = tuple(lines) if detail.many else "".join(lines)
    if detail.day:
        value = parse_date(lines[0]) if lines else None
        if lines and value is None:
            raise UsageError(f"'{lines[0]}' is no date; write {detail.hint}")
    changed = _with(inspection, detail.path, value)
    first, last = changed.first_day, changed.last_day
    if first and last and last < first:
        raise UsageError("the last day of fieldwork comes before the first")
    return changed


def _with(inspection: Inspection, path: tuple[str, ...], value: Any) -> Inspection:
    if len(path) == 2:
        value = evolve(getattr(inspection, path[0]), **{path[1]: value})
    changes: dict[str, Any] = {path[0]: value}
    return evolve(inspection, **changes)


def lines_typed(folder: Path, name: str, lines: Sequence[str]) -> Sequence[str]:
    """Return what somebody typed for the detail ``name`` as the inspection in ``folder`` is to hold it.

    The inspection before is held as seen from ``folder``, wherever it was typed.

    Raises:
        SqsError: there is no inspection that can be opened, or it is on another drive.
    """
    words = "".join(lines).strip()
    if name != "earlier" or not words:
        return lines
    typed = path_typed(words)
    before = open_inspection(typed if (typed / INSPECTION).is_file() else folder / typed)
    try:
        seen = os.path.relpath(before.path.resolve(), folder.resolve())
    except ValueError:  # two drives of Windows
        raise UsageError(f"{words} is on another drive; put it beside {folder}") from None
    return [Path(seen).as_posix()]


def missing_details(inspection: Inspection, criteria: Criteria) -> tuple[LetterDetail, ...]:
    """Return what the letter cannot be sent without and does not have."""
    return tuple(d for d in needed_details(criteria) if not held_lines(inspection, d))


def needed_details(criteria: Criteria) -> tuple[LetterDetail, ...]:
    """Return what the letter of a version cannot be sent without: of the lead only what its texts name."""
    plan = criteria.letter
    return tuple(d for d in DETAILS if d.needed and (d.path[0] != "lead" or (plan and plan.names(d.name))))


def details_of(criteria: Criteria) -> tuple[LetterDetail, ...]:
    """Return the details that are asked for under a version: a short name only where its letter says it."""
    plan = criteria.letter
    return tuple(d for d in DETAILS if d.name != "short" or (plan is not None and plan.names(d.name)))


def check_language(criteria: Criteria, language: str) -> None:
    """Raise UsageError where a version has no letter in ``language``; "" is its first language."""
    known = [tag for tag in criteria.languages if criteria.letter and tag in criteria.letter.words]
    if language and language not in known:
        in_which = did_you_mean(language, known) if known else "it has no letter"
        raise UsageError(f"the letter of {criteria.id} is not written in '{language}'; {in_which}")


def in_language(folder: InspectionFolder, language: str) -> InspectionFolder:
    """Return ``folder`` with its letter in ``language``, unsaved; ``folder`` itself where that is "".

    UsageError where the version has no letter in it.
    """
    if not language:
        return folder
    check_language(folder.criteria, language)
    return evolve(folder, inspection=evolve(folder.inspection, language=language))


# ---------------------------------------------------------------- saving


def change_details(folder: InspectionFolder, change: Callable[[Inspection], Inspection]) -> InspectionFolder:
    """Save ``change`` durably and return the folder with it.

    It is applied to the inspection as it is on the disk by then, so that two people who change different
    details both keep theirs.

    Raises:
        HeldError: others save it again and again.
    """

    def once() -> InspectionFolder:
        now = open_inspection(folder.path, actor=folder.actor)
        after = change(now.inspection)
        if after == now.inspection:
            return now
        if after.language != now.inspection.language:
            check_language(now.criteria, after.language)
        return now.save_inspection(after)

    return retried(once)


# ---------------------------------------------------------------- recalling


def other_inspections(folder: Path) -> Iterator[Inspection]:
    """Yield the inspections beside ``folder``; what is broken is passed over."""
    for path in inspections_beside(folder):
        with suppress(SqsError):
            yield decode(read_bytes(path / INSPECTION), Inspection, INSPECTION)


def last_of_the_service(inspection: Inspection, others: Iterable[Inspection]) -> Inspection | None:
    """Return the latest other inspection of the same service."""
    same = [other for other in others if _same_service(inspection, other) and other != inspection]
    return max(same, key=_when, default=None)


def _same_service(one: Inspection, other: Inspection) -> bool:
    return " ".join(one.service.casefold().split()) == " ".join(other.service.casefold().split())


def _when(inspection: Inspection) -> date:
    return inspection.letter_date or inspection.last_day or inspection.first_day or date.min


def recall(inspection: Inspection, others: Iterable[Inspection]) -> tuple[Inspection, tuple[str, ...]]:
    """Return the inspection with its blank details as they were last for this service, and which they are."""
    last = last_of_the_service(inspection, others)
    names: list[str] = []
    for detail in DETAILS if last else ():
        before = held_lines(last, detail) if last else ()
        default = detail.name == "short" and inspection.short == Inspection("", "", "").short
        if detail.recalled and before and (default or not held_lines(inspection, detail)):
            changed = with_detail(inspection, detail.name, before)
            if changed != inspection:
                names.append(detail.name)
            inspection = changed
    return inspection, tuple(names)
