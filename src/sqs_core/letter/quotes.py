"""What a member of staff said, quoted in the letter: only where its author chose to."""

from __future__ import annotations

from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.errors import UsageError
from sqs_core.letter.document import Document
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import EditedParagraph, Narrative


def quote_of(interview: Interview) -> str:
    """The note of an interview as it is quoted, in one line and its own quotation marks; "" for none."""
    words = " ".join(interview.note.split()).strip("“”\"'")
    return f"“{words}”" if words else ""


def place_of_quotes(document: Document, criteria: Criteria) -> str:
    """Return the id of the last paragraph that tells what staff said; UsageError where none does."""
    asked = {INTERVIEWS, *(question.id for question in criteria.interview_questions)}
    found = [p.id for p in document.paragraphs() if p.id and any(f.measure in asked for f in p.figures)]
    if not found:
        raise UsageError(
            "no paragraph of this letter tells what staff said; write the quote into one of yours"
        )
    return found[-1]


def is_quoted(narrative: Narrative, interview: Interview) -> bool:
    """Return whether the note stands in the author's part of the letter."""
    quote = quote_of(interview)
    return bool(quote) and any(quote in p.add or quote in p.text for p in narrative.paragraphs.values())


def quoting(narrative: Narrative, interview: Interview, place: str) -> Narrative:
    """The narrative with the note after the paragraph ``place``; UsageError where it cannot be quoted."""
    quote = quote_of(interview)
    if not quote:
        raise UsageError("there is no note to quote yet; e writes it")
    if "{" in quote or "}" in quote:
        raise UsageError("braces stand for live figures in the letter; take them out of the note first")
    edit = narrative.paragraphs.get(place, EditedParagraph())
    added = evolve(edit, add=f"{edit.add} {quote}".strip())
    return evolve(narrative, paragraphs={**narrative.paragraphs, place: added})


def unquoting(narrative: Narrative, interview: Interview) -> Narrative:
    """Return the narrative without the note, wherever it stood."""
    quote = quote_of(interview)
    paragraphs = {}
    for name, edit in narrative.paragraphs.items():
        left = EditedParagraph(_without(edit.text, quote), _without(edit.add, quote))
        if left != EditedParagraph():
            paragraphs[name] = left
    return evolve(narrative, paragraphs=paragraphs)


def _without(text: str, quote: str) -> str:
    return text.replace(quote, "").replace("  ", " ").strip() if quote in text else text
