"""Search all notes for words: every case, every interview.

>>> for hit in search(criteria, records, interviews, "curfew"):    # doctest: +SKIP
...     print(hit.location, hit.kind, hit.around)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import INTERVIEWS, NOTE
from sqs_core.documents.folding import Span, found, readable
from sqs_core.records.case import CaseRecord
from sqs_core.records.interview import Interview
from sqs_core.text import one_line
from sqs_core.workflow.navigation import Location

ROOM = 60
"""Characters shown around what was found."""
KINDS = {
    "evidence": "evidence",
    "said": "the case manager said",
    "learning": "learning",
    "strength": "strength",
    "later": "come back",
}


@frozen
class Hit:
    """A note that holds the words: where it is, which note it is, and the words with what is around them."""

    location: Location
    kind: str
    around: str


def search(
    criteria: Criteria, records: Iterable[CaseRecord], interviews: Iterable[Interview], words: str
) -> Iterator[Hit]:
    """Yield every note that holds ``words``, whatever the case, the quotes or the line ends between them."""
    records = tuple(records)
    kinds = {note: criteria.in_its_words(kind) for note, kind in KINDS.items()}
    for record in records:
        for question in criteria.questions:
            answer = record.answer(question.id)
            for note, kind in kinds.items():
                text = readable(getattr(answer, note) or "")
                if places := found(text, words):
                    where = Location("question", record.case, question.id)
                    yield Hit(where, kind, around(text, places[0]))
    for record in (*records, *interviews):
        text = readable(record.note) if isinstance(record, Interview) else ""
        if places := found(text, words):
            yield Hit(Location("facts", f"{INTERVIEWS}/{record.case}"), NOTE, around(text, places[0]))


def around(text: str, place: Span) -> str:
    """Return what stands at ``place`` in ``text`` with some characters around it, on one line."""
    start = max(0, place[0] - ROOM // 2)
    if start:  # at a word, where one begins before what was found
        start = text.find(" ", start - 1, place[0]) + 1 or start
    part = text[start : start + ROOM + place[1] - place[0]]
    end = " …" if start + len(part) < len(text) else ""
    return f"{'… ' if start else ''}{one_line(part)}{end}"
