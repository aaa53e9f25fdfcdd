"""The notes on a question: as boxes, as lines, and the one being written."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_tui.paint.lines import EMPTY, Line, Span, box, line, short, wrapped
from sqs_tui.paint.words import number
from sqs_tui.pictures.sheet import NOTE_NAME, NOTES, Box, Sheet


def notes_lines(sheet: Sheet, width: int, height: int, *, writing: bool) -> tuple[list[Line], Box]:
    """The notes in the rows left; the one being written gets all it can, the others one row each."""
    inner = width - 4
    if writing:
        name = NOTE_NAME[sheet.field]
        key = next(key for note, key, _ in NOTES if note == sheet.field)
        others = [n for n in NOTES if n[0] != sheet.field]
        tall = max(1, height - 2 - (len(others) if height >= 8 else 1 if height >= 4 else 0))
        tail = number(sheet.typed, "character") if sheet.typed else ""
        tail = "shown to both" if sheet.field == "said" else tail
        rows = framed(box(f"{key} {name}", [EMPTY] * tall, inner, tail=tail, on=True))
        rest = [_note_line(sheet, note, width) for note in others]
        return [*pointing(rows, f"field:{sheet.field}"), *rest][:height], Box(3, 1, inner - 2, tall)
    short_lines = [_note_line(sheet, note, width) for note in NOTES]
    if height < 6:
        pair = _pair_line(sheet, width)
        return [*short_lines[:2], pair][:height], Box(3, 0, inner, 1)
    said_rows = wrapped(sheet.answer.said, inner - 2) if sheet.answer.said else []
    said = max(1, min(len(said_rows), (height - 1) // 3 - 2, 4))
    evidence = max(1, height - 1 - 2 - 2 - said)
    spare = 0
    if evidence > 8:
        spare, evidence = evidence - 8, 8
    count = len(sheet.answer.evidence)
    tail = number(count, "character") if count else ""
    text = _text(sheet.answer.evidence, inner - 2, evidence)
    rows = framed(pointing(box("e Evidence", text, inner, tail=tail), "field:evidence"))
    text = _text(sheet.answer.said, inner - 2, said)
    name = "c What the case manager said"
    rows += framed(pointing(box(name, text, inner, tail="shown to both"), "field:said"))
    if spare >= 1:
        rows += short_lines[2:]
    else:
        rows.append(_pair_line(sheet, width))
    return rows, Box(3, 1, inner - 2, evidence)


def pointing(rows: Sequence[Line], wish: str) -> list[Line]:
    """``rows``, so that a click on whatever has no wish of its own posts ``wish``."""
    return [tuple(span if span.wish else span._replace(wish=wish) for span in row) for row in rows]


def framed(rows: Sequence[Line]) -> list[Line]:
    """``rows`` two cells in from the edge."""
    return [(Span("  "), *row) for row in rows]


def _text(text: str, width: int, height: int) -> list[Line]:
    rows = wrapped(text, width) if text else []
    if len(rows) > height:
        rows = rows[:height]
        rows[-1] = short(rows[-1] + " …", width)
    return [line(row) for row in rows] + [EMPTY] * (height - len(rows))


def _note_line(sheet: Sheet, note: tuple[str, str, str], width: int) -> Line:
    field, key, name = note
    text = getattr(sheet.answer, field)
    label = f"  {key} {name}: "
    return line(
        (label, "title"),
        (short(text or "–", width - len(label) - 1), "" if text else "dim"),
        wish=f"field:{field}",
    )


def _pair_line(sheet: Sheet, width: int) -> Line:
    """Learning and strength on one row."""
    learning, strength = sheet.answer.learning, sheet.answer.strength
    half = (width - 26) // 2
    return line(
        ("  t Learning: ", "title", "field:learning"),
        (
            short(learning or "–", half if strength else width - 30),
            "" if learning else "dim",
            "field:learning",
        ),
        ("   + Strength: ", "title", "field:strength"),
        (
            short(strength or "–", half if learning else width - 32),
            "" if strength else "dim",
            "field:strength",
        ),
    )
