"""Finding a word in all notes."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.talk import counted
from sqs_core.documents.folding import Span, found, readable
from sqs_core.text import one_line

ROOM = 60


def search_lines(desk: Desk, words: str) -> Iterator[str]:
    """Every note that holds ``words``, whatever the case of its letters; shared view: refused."""
    if desk.shared:
        yield 'Notes are not searched in the shared view; "shared" turns it off.'
        return
    if not words:
        yield "Search for what? For example: search curfew"
        return
    hits = 0
    records, problems = desk.folder.cases()
    for record in records:
        for question in desk.criteria.questions:
            answer = record.answer(question.id)
            for kind, text in (
                ("evidence", answer.evidence),
                ("the case manager said", answer.said),
                ("learning", answer.learning),
                ("strength", answer.strength),
                ("come back", answer.later or ""),
            ):
                if at := found(readable(text), words):
                    hits += 1
                    yield f"Case {record.case}, {desk.number(question.id)}, {kind}: {_around(text, at[0])}"
    for person in desk.folder.interviews()[0]:
        if at := found(readable(person.note), words):
            hits += 1
            yield f"Interview {person.person}, note: {_around(person.note, at[0])}"
    yield f'{counted(hits, "note")} with "{words}" in {counted(len(records), "case")}.'
    yield from (f"Cannot be read: {problem}." for problem in problems)


def _around(text: str, place: Span) -> str:
    text = readable(text)
    at = max(0, place[0] - ROOM // 2)
    part = text[at : at + ROOM + place[1] - place[0]]
    return f"{'… ' if at else ''}{one_line(part)}{' …' if at + len(part) < len(text) else ''}"
