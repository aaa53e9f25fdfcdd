"""What can be written to files: the letter, the board, the tables for analysts, a take-away sheet.

>>> output = report_output(folder, "letter.docx")            # doctest: +SKIP
>>> write_output(folder, output)                             # HeldError: somebody edited that file
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.letter_plan import PLAIN_TAKEAWAY, TakeawayWords
from sqs_core.errors import RecordError, UsageError
from sqs_core.exports.csv_file import csv_bytes
from sqs_core.exports.set_up import set_up_files
from sqs_core.exports.table import export_tables
from sqs_core.letter.takeaway import Takeaway, takeaway, takeaway_html, takeaway_text
from sqs_core.plugins import installed
from sqs_core.plugins.registry import Offer
from sqs_core.plugins.renderer import Renderer
from sqs_core.plugins.rendering import fitting, rendered
from sqs_core.records.case import CaseRecord
from sqs_core.records.interview import Interview
from sqs_core.scoring.board import board_csv
from sqs_core.scoring.findings import count_findings
from sqs_core.state import path_typed
from sqs_core.storage.drafts import since_draft
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.write_outputs import write_outputs


@frozen
class Output:
    """Files made and not written yet; ``what`` and ``details`` are entered in the history with them.

    ``cases`` is how many cases a table tells of.
    """

    files: Mapping[Path, bytes] = field(repr=False)
    what: str
    details: Mapping[str, Any] = field(factory=dict)
    cases: int = 0


def write_output(folder: InspectionFolder, output: Output, *, force: bool = False) -> tuple[Path, ...]:
    """Write the files, each whole or not at all, and enter that they left the machine; gives where they are.

    Raises:
        HeldError: one of them is there and perhaps edited since; none is written (unless ``force``).
    """
    write_outputs(folder, output.files, output.what, output.details, force=force)
    return tuple(output.files)


# ---------------------------------------------------------------- letter and board


def report_kinds() -> tuple[str, ...]:
    """Return the names of the renderers installed."""
    return tuple(sorted(offer.name for offer in installed().renderers))


def report_suffixes(about: str) -> tuple[str, ...]:
    """Return the endings of files that hold ``about`` ("letter" or "board"), such as ".html"."""
    found = {offer.value.suffix for offer in installed().renderers if offer.value.stem == about}
    return tuple(sorted(found))


def renderer_meant(words: str) -> tuple[Path, Offer[Renderer]]:
    """Return the file and the renderer meant by "letter.html", "board.svg" or "one-page sheet.html".

    Raises:
        UsageError: no kind of report is called so, or the file's ending says none.
    """
    offers = installed().renderers
    names = {offer.name: offer for offer in offers}
    kind, _, file = words.strip().partition(" ")
    if file.strip():
        if kind not in names:
            raise UsageError(f"no kind of report is called '{kind}'; known: {', '.join(sorted(names))}")
        return path_typed(file), names[kind]
    path = path_typed(words)
    about = "board" if path.stem.startswith("board") else "letter"
    return path, fitting(offers, path.name, about)


def report_output(folder: InspectionFolder, words: str, *, since: str = "") -> Output:
    """Return the letter or the board as :func:`renderer_meant` by ``words``, rendered.

    ``since`` is a draft ("1", or "last"): the letter ends with what changed since then.
    """
    path, offer = renderer_meant(words)
    report = folder.report(letter=offer.value.needs_letter)
    if since:
        report = since_draft(folder.path, report, since, [offer.value])
    details = {"renderer": offer.name, "head": report.history_head}
    return Output({path: rendered(offer, report)}, "render", details)


# ---------------------------------------------------------------- tables


def tables_output(folder: InspectionFolder, target: Path, *, text: bool = False, bom: bool = False) -> Output:
    """Return the tables for analysts in the folder ``target``.

    Raises:
        RecordError: a record cannot be read; a table without it would be wrong.
    """
    records, problems = folder.cases()
    interviews, more = folder.interviews()
    if problems or more:
        raise RecordError(*problems, *more)
    made = export_files(folder.criteria, records, interviews, text=text, bom=bom)
    files = {target / name: data for name, data in made.items()}
    counted = sum(not record.practice for record in records)
    return Output(files, "export", {"files": sorted(made), "text": text}, counted)


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
    """What a case manager takes away, and the version's words round it."""

    sheet: Takeaway
    texts: TakeawayWords

    @property
    def text(self) -> str:
        """The sheet as lines."""
        return takeaway_text(self.sheet, self.texts)

    @property
    def html(self) -> str:
        """The sheet as a page to print."""
        return takeaway_html(self.sheet, self.texts)


def takeaway_of(folder: InspectionFolder, record: CaseRecord, *, judgements: bool = False) -> TakeawaySheet:
    """Return the take-away sheet of a case; with ``judgements`` it tells them too."""
    plan = folder.criteria.letter
    language = folder.inspection.language
    sheet = takeaway(folder.criteria, record, language=language, judgements=judgements)
    return TakeawaySheet(sheet, plan.takeaway if plan else PLAIN_TAKEAWAY)


def takeaway_output(sheet: TakeawaySheet, path: Path) -> Output:
    """Return the sheet as a file: a page where its name ends so, else text."""
    page = path.suffix.lower() in (".html", ".htm")
    data = sheet.html if page else sheet.text + "\n"
    return Output({path: data.encode()}, "export", {"files": [path.name], "text": True})
