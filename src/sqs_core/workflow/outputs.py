"""Write outputs to files: the letter, the board, the tables for analysts, a take-away sheet.

>>> output = report_output(folder, "letter.docx")            # doctest: +SKIP
>>> write_output(folder, output)                             # HeldError: somebody edited that file
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.letter_plan import TakeawayWords
from sqs_core.errors import Problem, RecordError, SqsError, UsageError
from sqs_core.exports.board import board_csv
from sqs_core.exports.csv_file import csv_bytes
from sqs_core.exports.set_up import set_up_files
from sqs_core.exports.table import export_tables
from sqs_core.letter.action_plan import PlanRow, plan_csv, plan_document, plan_markdown
from sqs_core.letter.document import Document, Picture
from sqs_core.letter.report import Report, document_report, report_on
from sqs_core.letter.takeaway import (
    Takeaway,
    takeaway,
    takeaway_document,
    takeaway_html,
    takeaway_text,
    takeaway_words,
)
from sqs_core.plugins import load_plugins
from sqs_core.plugins.registry import Offer
from sqs_core.plugins.renderer import Renderer
from sqs_core.plugins.rendering import fitting, rendered
from sqs_core.records.case import CaseRecord
from sqs_core.records.interview import Interview
from sqs_core.scoring.findings import count_findings
from sqs_core.state import path_typed
from sqs_core.storage.drafts import since_draft
from sqs_core.storage.findings import checked_findings, findings_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.kept_options import kept_options
from sqs_core.storage.layout import within_population
from sqs_core.storage.output import write_outputs
from sqs_core.workflow.composing import compose_report
from sqs_core.workflow.what_is_left import WhatIsLeft, what_is_left


@frozen
class Output:
    """Files made and not written yet; ``what`` and ``details`` are entered in the history with them.

    ``cases`` is how many cases a table covers, ``draft`` why a letter is a draft; ``counted`` is how many
    records of each population tables cover, in its words.
    """

    files: Mapping[Path, bytes] = field(repr=False)
    what: str
    details: Mapping[str, Any] = field(factory=dict)
    cases: int = 0
    draft: str = ""
    counted: tuple[str, ...] = ()


def write_output(folder: InspectionFolder, output: Output, *, force: bool = False) -> tuple[Path, ...]:
    """Write the files, each whole or not at all, enter that they left the machine, and return their paths.

    Raises:
        HeldError: one of them is there and perhaps edited since; none is written (unless ``force``).
    """
    write_outputs(folder, output.files, output.what, output.details, force=force)
    return tuple(output.files)


# ---------------------------------------------------------------- letter and board


def report_kinds() -> tuple[str, ...]:
    """Return the names of the renderers installed."""
    return tuple(sorted(offer.name for offer in load_plugins().renderers))


def report_suffixes(about: str) -> tuple[str, ...]:
    """Return the endings of files that hold ``about`` ("letter" or "board"), such as ".html"."""
    found = {offer.value.suffix for offer in load_plugins().renderers if offer.value.stem == about}
    return tuple(sorted(found))


def renderer_meant(words: str) -> tuple[Path, Offer[Renderer]]:
    """Return the file and the renderer meant by "letter.html", "board.svg" or "one-page sheet.html".

    Raises:
        UsageError: no kind of report is called so, or the file's ending says none.
    """
    names = {offer.name: offer for offer in load_plugins().renderers}
    kind, _, file = words.strip().partition(" ")
    if file.strip():
        if kind not in names:
            raise UsageError(f"no kind of report is called '{kind}'; known: {', '.join(sorted(names))}")
        return path_typed(file), names[kind]
    path = path_typed(words)
    about = "board" if path.stem.startswith("board") else "letter"
    return path, fitting(load_plugins(), path.name, about)


class NotFinalError(SqsError):
    """Something is left before the letter can go; the problems say what."""


def report_of(
    folder: InspectionFolder, *, letter: bool = True, final: bool = False, left: WhatIsLeft | None = None
) -> Report:
    """Return the letter with its findings, marked as a draft while anything is ``left``.

    ``letter`` false is for boards, which do without where the version plans no letter.  An inspection of
    nothing but practice cases counts those, and is marked as practice.

    Raises:
        NotFinalError: it was to be ``final``, and something is left.
    """
    report = _counting_practice(folder, compose_report(folder, letter=letter), letter=letter)
    left = left or what_is_left(folder)
    if final and not left.final:
        head = Problem(
            "", f"the letter cannot go yet: {left.summary[:-1]}", "accept what may stay, or mend it"
        )
        raise NotFinalError(head, *(Problem(i.where, i.what, i.remedy, i.code) for i in left.items))
    return evolve(report, draft="" if left.final else left.summary)


def _counting_practice(folder: InspectionFolder, report: Report, *, letter: bool) -> Report:
    if report.findings.cases:
        return report
    findings, practice = checked_findings(folder)
    if not practice:
        return report
    made = report_on(folder.inspection, findings, folder.narrative().record, letter=letter)
    return evolve(made, history_head=report.history_head, practice=True)


def report_output(folder: InspectionFolder, words: str, *, since: str = "") -> Output:
    """Return the letter or the board as :func:`renderer_meant` by ``words``, rendered.

    ``since`` is a draft ("1", or "last"): the letter ends with what changed since then.
    """
    path, offer = renderer_meant(words)
    report = report_of(folder, letter=offer.value.needs_letter)
    if since:
        report = since_draft(folder.path, report, since, [offer.value])
    report = evolve(report, options=kept_options(offer.value))
    details = {"renderer": offer.name, "head": report.history_head}
    return Output({path: rendered(offer, report)}, "render", details, draft=report.draft)


# ---------------------------------------------------------------- tables


def all_records(folder: InspectionFolder) -> tuple[tuple[CaseRecord, ...], tuple[Interview, ...]]:
    """Return the cases and the interviews of ``folder``.

    Raises:
        RecordError: one cannot be read; a table without it would be wrong.
    """
    records, problems = folder.cases()
    interviews, more = folder.interviews()
    if problems or more:
        raise RecordError(*problems, *more)
    return records, interviews


def tables_output(folder: InspectionFolder, target: Path, *, text: bool = False, bom: bool = False) -> Output:
    """Return the tables for analysts in the folder ``target``.

    Raises:
        RecordError: a record cannot be read; a table without it would be wrong.
    """
    records, interviews = all_records(folder)
    made = export_files(folder.criteria, records, interviews, text=text, bom=bom)
    counted = sum(not record.practice for record in records)
    sizes = [folder.criteria.counted(counted)]
    files = {target / name: data for name, data in made.items()}
    # Each other population has tables of its own, in a folder of its name: no row stands beside another's.
    for name in folder.other_populations:
        try:
            within = tables_output(folder.population(name), target / name, text=text, bom=bom)
        except RecordError as error:
            raise RecordError(*within_population(name, error.problems)) from None
        files |= within.files
        made |= {f"{name}/{path.name}": data for path, data in within.files.items()}
        sizes += within.counted
    details = {"files": sorted(made), "text": text}
    return Output(files, "export", details, counted, counted=tuple(sizes))


def export_files(
    criteria: Criteria,
    records: Iterable[CaseRecord],
    interviews: Iterable[Interview],
    *,
    text: bool = False,
    bom: bool = False,
) -> dict[str, bytes]:
    """Return the files for analysts by name; ``text`` adds what people wrote, ``bom`` a mark for Excel."""
    cases, people = tuple(records), tuple(interviews)
    made = export_tables(criteria, cases, people, text=text)
    files = {f"{table.name}.csv": csv_bytes(table, bom=bom) for table in made}
    board = board_csv(count_findings(criteria, cases, people))
    files["board.csv"] = board.encode("utf-8-sig" if bom else "utf-8")
    return files | set_up_files(table for table in made if table.name != "codebook")


# ---------------------------------------------------------------- the take-away sheet


@frozen
class TakeawaySheet:
    """What the person seen takes away, and the version's words round it."""

    sheet: Takeaway
    texts: TakeawayWords
    folder: InspectionFolder = field(repr=False)

    @property
    def text(self) -> str:
        """The sheet as lines."""
        return takeaway_text(self.sheet, self.texts)

    @property
    def html(self) -> str:
        """The sheet as a page to print."""
        return takeaway_html(self.sheet, self.texts)


def takeaway_of(folder: InspectionFolder, record: CaseRecord, *, judgements: bool = False) -> TakeawaySheet:
    """Return the take-away sheet of a case; with ``judgements`` it includes them."""
    language = folder.inspection.language
    sheet = takeaway(folder.criteria, record, language=language, judgements=judgements)
    return TakeawaySheet(sheet, takeaway_words(folder.criteria), folder)


def takeaway_output(sheet: TakeawaySheet, path: Path) -> Output:
    """Return the sheet as a file of the kind that its name ends in: text, a page, Word, PDF and so on.

    Raises:
        UsageError: nothing here writes files that end so.
    """
    by_suffix: dict[str, Callable[[], bytes]] = {
        **dict.fromkeys((".html", ".htm"), lambda: sheet.html.encode()),
        **dict.fromkeys(("", ".txt"), lambda: f"{sheet.text}\n".encode()),
    }

    def paper() -> bytes:
        document = takeaway_document(sheet.sheet, sheet.texts)
        return document_file(sheet.folder, document, path, practice=sheet.sheet.practice)

    return paper_output(path, by_suffix, paper)


def paper_output(
    path: Path,
    by_suffix: Mapping[str, Callable[[], bytes]],
    otherwise: Callable[[], bytes],
    *,
    text: bool = True,
) -> Output:
    """Return a paper beside the letter as a file of the kind that its name ends in.

    ``by_suffix`` makes the kinds that need no renderer; ``text`` says that it holds what people wrote.
    """
    made = by_suffix.get(path.suffix.lower(), otherwise)()
    return Output({path: made}, "export", {"files": [path.name], "text": text})


def document_file(
    folder: InspectionFolder,
    document: Document,
    path: Path,
    *,
    practice: bool = False,
    pictures: Iterable[Picture] = (),
    pictures_at: int | None = None,
) -> bytes:
    """Return ``document``, which is not the letter, as a file of the kind that ``path`` ends in.

    ``practice`` says that its cases are made up: every page is marked so.

    Raises:
        UsageError: nothing here writes files that end so.
    """
    offer = fitting(load_plugins(), path.name, "letter")
    report = document_report(folder.inspection, findings_of(folder), document)
    report = evolve(report, practice=practice, pictures=tuple(pictures), pictures_at=pictures_at)
    return rendered(offer, report)


def actions_output(folder: InspectionFolder, rows: tuple[PlanRow, ...], path: Path) -> Output:
    """Return the action plan as a file of the kind that its name ends in.

    Raises:
        UsageError: nothing here writes files that end so.
    """

    def paper() -> bytes:
        title = f"Action plan: {folder.inspection.service}"
        language = folder.inspection.language or folder.criteria.languages[0]
        document = plan_document(title, language, rows)
        return document_file(folder, document, path, practice=is_practice(folder))

    by_suffix = {".csv": lambda: plan_csv(rows).encode(), ".md": lambda: plan_markdown(rows).encode()}
    return paper_output(path, by_suffix, paper)


def is_practice(folder: InspectionFolder) -> bool:
    """Return whether an inspection has made-up cases and no others."""
    records, _ = folder.cases()
    return bool(records) and all(record.practice for record in records)
