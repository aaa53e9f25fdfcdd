"""What a renderer is given: the letter and the board, and no private notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.letter.compose import compose
from sqs_core.letter.document import Block, Document, Figure, Heading, Items, Lines, Paragraph, Picture, Run
from sqs_core.records.inspection import Inspection
from sqs_core.records.narrative import Narrative
from sqs_core.scoring.findings import Findings
from sqs_core.text import forbidden, with_newlines


@frozen
class PageMark:
    """A word that stands on every page, such as DRAFT, and why: both in the language of the letter.

    The reason states no number: somebody may hold the page against the records.
    """

    word: str
    why: str

    def __str__(self) -> str:
        return f"{self.word}: {self.why}"


_MARKS = {
    "draft": {
        "en": PageMark("DRAFT", "not finished; sqs check shows what is left"),
        "cy": PageMark("DRAFFT", "heb ei orffen; mae sqs check yn dangos beth sydd ar ôl"),
    },
    "practice": {
        "en": PageMark("PRACTICE", "made-up cases, not findings"),
        "cy": PageMark("YMARFER", "achosion dychmygol, nid canfyddiadau"),
    },
}


def page_mark(kind: Literal["draft", "practice"], language: str) -> PageMark:
    """Return the mark ``kind`` in ``language``; in English where it is not known in that one."""
    known = _MARKS[kind]
    return known.get(language.partition("-")[0], known["en"])


@frozen(repr=False)
class Report:
    """A letter ready to be rendered, with the findings its figures come from.

    ``document`` is the letter; ``findings`` are the tallies, for boards and charts.  It holds
    case references, but nothing that anyone noted about a case.  ``history_head`` is the head of
    the change log it was made from ("" where none is kept).  It only ever gains fields.

    No text in it holds a control character, a bidirectional control or a newline, so that a
    renderer has nothing to sanitise, only to escape.  ``options`` are those the renderer
    declares, as given with ``--option NAME=VALUE``; absent ones are absent.

    ``pictures`` stand after the text, or before the block numbered ``pictures_at``, each with its table; a
    format without pictures leaves them out.

    ``draft`` says why the letter cannot go yet ("" where it can), ``practice`` that the cases are made
    up: their ``marks`` stand on every page of a format that has pages, else at head and foot.

    >>> compose_report(open_inspection("darlington-2012"))
    <Report on Darlington Youth Offending Service: 14 cases>
    """

    document: Document
    findings: Findings
    service: str
    place: str
    first_day: date | None = None
    last_day: date | None = None
    practice: bool = False
    options: Mapping[str, str] = field(factory=dict)
    history_head: str = ""
    draft: str = ""
    pictures: tuple[Picture, ...] = ()
    pictures_at: int | None = None

    def __repr__(self) -> str:
        return f"<Report on {self.service}: {len(self.findings.cases)} cases>"

    @property
    def marks(self) -> tuple[PageMark, ...]:
        """The marks that stand on every page, in the language of the letter."""
        kinds: list[Literal["draft", "practice"]] = ["practice"] if self.practice else []
        kinds += ["draft"] if self.draft else []
        return tuple(page_mark(kind, self.document.language) for kind in kinds)

    @property
    def mark_line(self) -> str:
        """The marks on one line; "" where there is none."""
        return " · ".join(map(str, self.marks))

    @property
    def around_pictures(self) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """The blocks that stand before the pictures, and those that stand after them."""
        blocks = self.document.blocks
        place = len(blocks) if self.pictures_at is None else self.pictures_at
        return blocks[:place], blocks[place:]

    @property
    def language_tag(self) -> str:
        """The language of the letter as files name it, with its country where it is one of ours: "en-GB"."""
        language = self.document.language
        return {"en": "en-GB", "cy": "cy-GB"}.get(language, language)

    @property
    def file_time(self) -> datetime:
        """The time a file of it states for itself, which is not today: the same file is made tomorrow."""
        day = self.last_day or self.first_day or date(2000, 1, 1)
        return datetime(day.year, day.month, day.day)

    @property
    def criteria(self) -> Criteria:
        """The criteria version the records were made under."""
        return self.findings.criteria


def report_on(
    inspection: Inspection, findings: Findings, narrative: Narrative | None = None, *, letter: bool = True
) -> Report:
    """Return the report on an inspection: its letter composed, its findings attached.

    UsageError where the version plans no letter; with ``letter`` false its document is then
    empty but for the title, which is enough for a board.  So it is for a board of one of several populations.

    >>> folder = open_inspection("darlington-2012")
    >>> report_on(folder.inspection, findings_of(folder), folder.narrative().record)
    <Report on Darlington Youth Offending Service: 14 cases>
    """
    criteria = findings.criteria
    if not letter and (criteria.letter is None or criteria.population):
        about = f", {criteria.population.title}" if criteria.population else ""
        title = f"{criteria.title}{about}: {inspection.service}"
        document = Document(title, inspection.language or criteria.languages[0], ())
    else:
        findings = findings.of_all
        document = compose(inspection, findings, narrative)
    return document_report(inspection, findings, document)


def document_report(inspection: Inspection, findings: Findings, document: Document) -> Report:
    """Return a report whose document is ``document``: a letter, or another paper of the inspection."""
    return Report(
        document=_printable(document),
        findings=findings,
        service=_line(inspection.service),
        place=_line(inspection.place),
        first_day=inspection.first_day,
        last_day=inspection.last_day,
    )


def ending_with(report: Report, blocks: Iterable[Block]) -> Report:
    """Return ``report`` with further blocks at the end of its letter, made as printable as the rest."""
    whole = evolve(report.document, blocks=(*report.document.blocks, *blocks))
    return evolve(report, document=_printable(whole))


def _line(text: str) -> str:
    """Return ``text`` on one line; what a terminal or a word processor would obey becomes U+FFFD.

    One mark for all of them, for it is in every font, and the pictures of controls are not.
    """
    if text.isprintable():
        return text
    spaced = with_newlines(text).replace("\n", " ").replace("\t", " ")
    return "".join("\N{REPLACEMENT CHARACTER}" if forbidden(letter) else letter for letter in spaced)


def _printable(document: Document) -> Document:
    return evolve(document, title=_line(document.title), blocks=tuple(_block(b) for b in document.blocks))


def _block(block: Block) -> Block:
    if isinstance(block, Heading):
        return evolve(block, text=_line(block.text))
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Items):
        return evolve(block, items=tuple(_paragraph(item) for item in block.items))
    assert isinstance(block, Lines)
    lines = tuple(_line(part) for line in block.lines for part in line.splitlines() or [""])
    return evolve(block, lines=lines, title=_line(block.title))


def _paragraph(paragraph: Paragraph) -> Paragraph:
    return evolve(paragraph, runs=tuple(_run(run) for run in paragraph.runs))


def _run(run: Run) -> Run:
    return evolve(run, text=_line(run.text)) if isinstance(run, Figure) else _line(run)
