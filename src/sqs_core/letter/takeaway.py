"""The take-away sheet of one case: what went well and what there is to learn."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from attrs import evolve, frozen

from sqs_core.criteria import Criteria, Text
from sqs_core.criteria.letter_plan import PLAIN_TAKEAWAY, TakeawayWords
from sqs_core.criteria.questions import Weight
from sqs_core.letter.document import Block, Document, Heading, Items, Paragraph
from sqs_core.letter.report import page_mark
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.states import APPLYING, question_states
from sqs_core.text import capitalised

STYLE = """\
body { font: 1.125rem/1.5 Arial, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
.mark { border: 2px solid; padding: 0.25rem 0.5rem; font-weight: bold; }\
"""


@frozen
class Point:
    """One note, and the question it is about; ``outcome`` is "" where no judgement is told."""

    question: str
    text: str
    outcome: str = ""


@frozen
class Takeaway:
    """What the person seen takes away; no judgement unless it was asked for, and never evidence."""

    case: str
    case_manager: str
    strengths: tuple[Point, ...]
    learning: tuple[Point, ...]
    language: str = "en"
    practice: bool = False

    @property
    def mark(self) -> str:
        """What stands over and under the sheet of a practice case; "" for others."""
        return str(page_mark("practice", self.language)) if self.practice else ""


def takeaway(
    criteria: Criteria, record: CaseRecord, *, language: str = "", judgements: bool = False
) -> Takeaway:
    """Return the strengths and the learning noted in ``record``, in the version's order.

    Only of questions that apply: what is parked is not told.  With ``judgements`` the points weighed
    "yes" are strengths too, and those weighed "no" learning.
    """
    found = question_states(criteria, record)
    language = language or criteria.languages[0]

    def point(question: str, text: str) -> Point:
        asked = criteria.question(question)
        outcome = record.answer(question).outcome
        judged = (
            criteria.outcome_of(asked, outcome).text.in_language(language)
            if judgements and outcome and asked.is_judged
            else ""
        )
        return Point(asked.short.in_language(language), text, judged)

    applying = [q.id for q in criteria.questions if found[q.id] in APPLYING]

    def noted(note: str, weight: Weight) -> Iterator[Point]:
        for q in applying:
            answer = record.answer(q)
            if str(getattr(answer, note)).strip():
                yield point(q, getattr(answer, note))
            for prompt in criteria.question(q).prompts if judgements else ():
                if answer.prompts.get(prompt.id) == weight:
                    yield point(q, prompt.text.in_language(language))

    return Takeaway(
        record.case,
        record.case_manager,
        tuple(noted("strength", "yes")),
        tuple(noted("learning", "no")),
        language,
        record.practice,
    )


def takeaway_words(criteria: Criteria) -> TakeawayWords:
    """Return what stands round the sheet: the version's own words, or ours in those of the population."""
    own = criteria.letter.takeaway if criteria.letter else PLAIN_TAKEAWAY
    if own != PLAIN_TAKEAWAY or criteria.population is None:
        return own
    title = Text.plain(f"What to take away: {criteria.named('{case}')}")
    manager = Text.plain(criteria.in_its_words(str(own.manager)))
    return evolve(own, title=title, manager=manager)


def takeaway_text(sheet: Takeaway, words: TakeawayWords) -> str:
    """Return the sheet as plain text, in the version's ``words``."""
    title, manager, parts, nothing = _parts(sheet, words)
    lines = [title, manager] if manager else [title]
    for heading, points in parts:
        lines += ["", heading]
        lines += [f"- {_sentence(p)}" for p in points] or [nothing]
    if sheet.mark:
        lines = [sheet.mark, "", *lines, "", sheet.mark]
    return "\n".join(lines)


def takeaway_document(sheet: Takeaway, words: TakeawayWords) -> Document:
    """Return the sheet as a document, for renderers of any format."""
    title, manager, parts, nothing = _parts(sheet, words)
    blocks: list[Block] = [Heading(title, 1)]
    if manager:
        blocks.append(Paragraph((manager,)))
    for heading, points in parts:
        blocks.append(Heading(heading, 2))
        items = tuple(Paragraph((_sentence(point),)) for point in points)
        blocks.append(Items("bullet", items) if items else Paragraph((nothing,)))
    return Document(title, sheet.language, tuple(blocks))


def takeaway_html(sheet: Takeaway, words: TakeawayWords) -> str:
    """Return the sheet as one accessible page to print or send."""
    title, manager, parts, nothing = _parts(sheet, words)
    body = []
    for heading, points in parts:
        items = "".join(f"<li>{escape(_sentence(p))}</li>\n" for p in points)
        listed = f"<ul>\n{items}</ul>" if items else f"<p>{escape(nothing)}</p>"
        body.append(f"<h2>{escape(heading)}</h2>\n{listed}")
    byline = f"<p>{escape(manager)}</p>\n" if manager else ""
    mark = f'<p class="mark">{escape(sheet.mark)}</p>\n' if sheet.mark else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(sheet.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n<title>{escape(title)}</title>\n<style>{STYLE}</style>\n'
        f"</head>\n<body>\n{mark}<main>\n<h1>{escape(title)}</h1>\n{byline}" + "\n".join(body) + "\n"
        f"</main>\n{mark}</body>\n</html>\n"
    )


def _parts(
    sheet: Takeaway, words: TakeawayWords
) -> tuple[str, str, tuple[tuple[str, tuple[Point, ...]], ...], str]:
    """Return the title, the line for the case manager ("" without one), the two lists, "nothing noted"."""

    def said(text: Text) -> str:
        # Not str.format: a brace in a name would be taken for a field.
        filled = text.in_language(sheet.language).replace("{case}", sheet.case)
        return filled.replace("{manager}", sheet.case_manager)

    parts = ((said(words.strengths), sheet.strengths), (said(words.learning), sheet.learning))
    manager = said(words.manager) if sheet.case_manager else ""
    return said(words.title), manager, parts, said(words.nothing)


def _sentence(point: Point) -> str:
    suffix = f" ({point.outcome})" if point.outcome else ""
    return f"{capitalised(point.question)}{suffix}: {' '.join(point.text.split())}"
