"""Words in all notes: every case, every interview.

>>> for hit in search(criteria, records, interviews, "curfew"):    # doctest: +SKIP
...     print(hit.location, hit.kind, hit.around)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.records.case import CaseRecord
from sqs_core.records.interview import Interview
from sqs_core.text import lowered, one_line
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
    """Yield every note that holds ``words``, whatever the case of its letters; none for no words."""
    wanted = lowered(words.strip())
    if not wanted:
        return
    for record in records:
        for question in criteria.questions:
            answer = record.answer(question.id)
            for note, kind in KINDS.items():
                text = getattr(answer, note) or ""
                if (at := lowered(text).find(wanted)) >= 0:
                    place = Location("question", record.case, question.id)
                    yield Hit(place, kind, around(text, at, len(wanted)))
    for interview in interviews:
        if (at := lowered(interview.note).find(wanted)) >= 0:
            yield Hit(
                Location("interview", interview.person), "note", around(interview.note, at, len(wanted))
            )


def around(text: str, at: int, length: int) -> str:
    """Return ``length`` characters of ``text`` from ``at`` on with some around them, on one line."""
    start = max(0, at - ROOM // 2)
    part = text[start : start + ROOM + length]
    end = " …" if start + len(part) < len(text) else ""
    return f"{'… ' if start else ''}{one_line(part)}{end}"
